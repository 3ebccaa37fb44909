"""What is known of each dataset of an observation that a topic may need: its words, columns, years and outcomes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.catalogue.records import preferred
from atalaya.history.appearances import set_aside
from atalaya.history.read import Sealed

MOST_COLUMNS = 400
"""Names of columns of one dataset that are looked at."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|a|al|to|hasta)\s*((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFacts:
    """One dataset: `years` are those that its titles and its declared period name; `verdicts` the best verdict of each check over
    the dataset and its resources (`pass` where one of them passes, else `unknown` where one is unknown, else `fail`)."""

    id: str
    title: str
    institution: str | None = None
    keywords: tuple[str, ...] = ()
    description: str = ""
    resources: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    verdicts: Mapping[str, str] = field(default_factory=dict)


def dataset_facts(observation: Sealed, checks: Iterable[str]) -> list[DatasetFacts]:
    """The datasets of an observation that count, with the outcomes of these checks, in order of their ids."""
    aside = set_aside(observation)
    owners = {str(record): unit for record, unit in observation.values("attributions", ("record_id", "institution_id"))}
    titles: defaultdict[str, list[str]] = defaultdict(list)
    record_of: dict[str, str] = {}
    for row in observation.rows("distributions", columns=("resource_id", "record_id", "title")):
        record_of[str(row["resource_id"])] = str(row["record_id"])
        titles[str(row["record_id"])].append(_text(row["title"]))
    columns = _columns(observation, record_of)
    verdicts = _verdicts(observation, sorted(set(checks)), record_of)
    found = []
    wanted = ("record_id", "title", "description", "keywords", "temporal")
    for row in observation.rows("records", columns=wanted):
        record = str(row["record_id"])
        if record in aside:
            continue
        title, owner = _text(row["title"]), owners.get(record)
        keywords = row["keywords"] if isinstance(row["keywords"], list) else []
        found.append(
            DatasetFacts(
                id=record,
                title=title,
                institution=str(owner) if owner else None,
                keywords=tuple(str(word) for word in keywords),
                description=_text(row["description"]),
                resources=tuple(titles[record]),
                columns=columns.get(record, ()),
                years=years_in((title, *titles[record])) | _declared(row["temporal"]),
                verdicts=verdicts.get(record, {}),
            )
        )
    return found


def years_in(texts: Iterable[str]) -> frozenset[int]:
    """The years that texts name, spans filled.

    >>> sorted(years_in(("Presupuesto 2019-2021", "Anexo 2024")))
    [2019, 2020, 2021, 2024]
    """
    found: set[int] = set()
    for text in texts:
        for first, last in _SPAN.findall(text):
            found |= set(range(int(first), int(last) + 1))
        found |= {int(year) for year in _YEAR.findall(text)}
    return frozenset(found)


def _declared(temporal: object) -> frozenset[int]:
    """The years from the beginning to the end of declared periods; a period without both ends tells its one year."""
    found: set[int] = set()
    for period in temporal if isinstance(temporal, list) else []:
        ends = [str(period.get(name) or "")[:4] for name in ("start", "end")] if isinstance(period, dict) else []
        known = [int(year) for year in ends if _YEAR.fullmatch(year)]
        if known and max(known) - min(known) < 200:
            found |= set(range(min(known), max(known) + 1))
    return frozenset(found)


def _text(texts: object) -> str:
    return (preferred(texts) if isinstance(texts, dict) else None) or ""


def _columns(observation: Sealed, record_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for resource, name in observation.values("columns", ("resource_id", "name")):
        names = found[record_of.get(str(resource), "")]
        if name and len(names) < MOST_COLUMNS:
            names[str(name)] = None
    return {record: tuple(names) for record, names in found.items()}


def _verdicts(observation: Sealed, checks: Sequence[str], record_of: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Record → check → the best verdict; cases that a check does not apply to say nothing."""
    order = ("pass", "unknown", "fail")
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    if not checks:
        return found
    where = "check_id IN (SELECT unnest(?::VARCHAR[])) AND verdict <> 'not_applicable'"
    columns = ("check_id", "record_id", "resource_id", "verdict")
    for check, record, resource, verdict in observation.values("outcomes", columns, where, [list(checks)]):
        owner = str(record) if record else record_of.get(str(resource), "")
        before = found[owner].get(str(check))
        if before is None or order.index(str(verdict)) < order.index(before):
            found[owner][str(check)] = str(verdict)
    return found


def unread_sources(observation: Sealed) -> list[tuple[str | None, tuple[str, ...]]]:
    """The catalogues that were not read whole: the institution that owns each, and those that it covers (none: any)."""
    rows = observation.rows("sources", "state <> 'complete' AND protocol <> 'site'")
    return [
        (str(row["institution_id"]) if row["institution_id"] else None, tuple(_list(row["covers"]))) for row in rows
    ]


def _list(value: object) -> list[str]:
    parsed = json.loads(value) if isinstance(value, str) else value
    return [str(each) for each in parsed] if isinstance(parsed, list) else []
