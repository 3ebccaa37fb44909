"""The resources that a list of datasets leaves to be asked: behind a link in version 2, in the table beside one of datasets."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from atalaya.catalogue.identity import native_key
from atalaya.catalogue.records import Dataset, Distribution, Problem, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import join, parse_json
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.protocol import COMPLETE, PARTIAL, Harvest
from atalaya.harvest.readings import merge_fields
from atalaya.harvest.udata_addresses import table_of_resources
from atalaya.harvest.udata_fields import IGNORED_FIELDS
from atalaya.harvest.udata_reading import Reader
from atalaya.harvest.udata_records import Link, read_resources
from atalaya.harvest.visits import Getter, Refusal, Trail

LINKS_AT_ONCE = 4
"""Lists of resources asked at once where the source declares no number of connections."""
PAGES_LIMIT = 1_000
"""Pages of the resources of one dataset: the largest known dataset has about 11,000 resources, 220 pages of 50."""
_PATH = "data[].resources[]"


@dataclass(slots=True)
class _Found:
    """The resources of one dataset as they come in, and the first thing that kept some of them away."""

    resources: list[Distribution] = field(default_factory=list)
    trouble: Refusal | None = None


async def completed(found: Harvest, reader: Reader, source: Source, get: Getter) -> Harvest:
    """A harvest with the resources that its answers only pointed at; partial where some of them did not come."""
    if reader.cut is not None:
        found = _worsened(found, reader.cut)
    if reader.links:
        return await _linked(found, reader.links, source, get)
    beside = table_of_resources(reader.without_resources or "")
    if reader.without_resources is None:
        return found
    if beside is None:
        note = "lists how many resources each dataset has and not which; declare the table of resources to read them"
        return replace(found, problems=(*found.problems, Problem(place=reader.without_resources, reason=note)))
    return await _beside(found, beside, get)


def _worsened(found: Harvest, trouble: Refusal) -> Harvest:
    """The harvest as partial for this reason, unless it is no longer complete for another."""
    if found.state != COMPLETE:
        return found
    return replace(found, state=PARTIAL, reason=trouble.reason, detail=trouble.detail)


async def _linked(found: Harvest, links: dict[str, Link], source: Source, get: Getter) -> Harvest:
    """Every dataset with the resources of its link, some links at once."""
    trail, ledger = Trail(get), Ledger(IGNORED_FIELDS)
    at_once = source.connections or LINKS_AT_ONCE
    ids = list(links)
    came: dict[str, _Found] = {}
    for start in range(0, len(ids), at_once):
        batch = ids[start : start + at_once]
        answers = await asyncio.gather(*(_resources(links[name], name, trail, ledger) for name in batch))
        came.update(zip(batch, answers, strict=True))
    trouble = next((answer.trouble for answer in came.values() if answer.trouble is not None), None)
    datasets = [
        replace(dataset, distributions=tuple(came[dataset.native_id].resources))
        if dataset.native_id in came
        else dataset
        for dataset in found.datasets
    ]
    whole = _with(found, datasets, trail, Reading(fields=ledger.fields, problems=ledger.problems))
    return whole if trouble is None else _worsened(whole, trouble)


async def _resources(link: Link, name: str, trail: Trail, ledger: Ledger) -> _Found:
    """The resources behind one link, page by page; each address is asked once."""
    found = _Found()
    url: str | None = link.url
    asked: set[str] = set()
    while url is not None and url not in asked and len(asked) < PAGES_LIMIT:
        asked.add(url)
        visit = await trail.ask(url)
        parsed = visit.refusal or parse_json(visit)
        value = parsed if isinstance(parsed, Refusal) else parsed[0]
        items = value.get("data") if isinstance(value, dict) else value
        if isinstance(value, Refusal) or not isinstance(items, list):
            detail = value.detail if isinstance(value, Refusal) else f"{url}: no list of resources"
            ledger.problem(f"resources of {name}", detail)
            found.trouble = Refusal("page_failed", detail)
            return found
        found.resources.extend(read_resources(items, _PATH, Entry({}, "", ledger), name))
        following = values.word(value.get("next_page")) if isinstance(value, dict) and items else None
        url = None if following is None else join(visit.answer.final_url or url, following)
    if link.total is not None and len(found.resources) < link.total:
        detail = f"{len(found.resources)} of {link.total} declared resources of {name} were given"
        ledger.problem(f"resources of {name}", detail)
        found.trouble = Refusal("incomplete", detail)
    return found


async def _beside(found: Harvest, url: str, get: Getter) -> Harvest:
    """Every dataset of a table with its resources from the table beside it; a problem where there is none."""
    trail, reader = Trail(get), Reader()
    visit = await trail.ask(url)
    reading = visit.refusal or reader.read(visit)
    if isinstance(reading, Refusal):
        problem = Problem(place=url, reason=f"the resources of these datasets could not be read: {reading.detail}")
        return _with(found, found.datasets, trail, Reading(problems=(problem,)))
    files = {native_key(dataset): dataset.distributions for dataset in reading.datasets}
    known = {native_key(dataset) for dataset in found.datasets}
    strange = sum(len(items) for key, items in files.items() if key not in known)
    extra = [Problem(place=url, reason=f"{strange} resources of datasets that are not listed")] if strange else []
    datasets = [replace(item, distributions=files.get(native_key(item), ())) for item in found.datasets]
    whole = _with(found, datasets, trail, replace(reading, problems=(*reading.problems, *extra)))
    return whole if reader.cut is None else _worsened(whole, reader.cut)


def _with(found: Harvest, datasets: Iterable[Dataset], trail: Trail, more: Reading) -> Harvest:
    """The harvest with other datasets, and what reading more answers added."""
    return replace(
        found,
        datasets=tuple(datasets),
        fields=merge_fields([Reading(fields=found.fields), more]),
        problems=(*found.problems, *more.problems),
        pages=(*found.pages, *trail.pages),
    )
