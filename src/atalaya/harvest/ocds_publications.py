"""One publication, one dataset: the parts that a source lists, put together.

A publisher's releases are one dataset, and the months or years that they are cut into are its distributions: that is how the
publisher speaks of them ("since January 2020, a file a month"), it keeps the dataset's identity when a month is added, and a
month that is missing shows as a gap in a series. A dataset a month would count one publication eighty times.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from atalaya.catalogue.identity import native_key
from atalaya.catalogue.records import Dataset, Distribution, Period, Problem, Text
from atalaya.harvest.ocds_periods import Span, missing, named, newest, oldest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a publication with the months that it covers, as far as the source tells."""

    distribution: Distribution
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one entry or page says of a publication.

    `identity` tells parts apart within the source; `publication` says which of them belong together, and None means that
    the part is a whole publication. `dataset` holds what is said of the publication; its distributions are in `files`.
    """

    identity: str | None
    publication: str | None
    dataset: Dataset
    files: tuple[File, ...] = ()

    @property
    def provisional(self) -> Dataset:
        """The part as a dataset of its own, which is what pages are compared and counted by."""
        dataset = replace(self.dataset, distributions=tuple(file.distribution for file in self.files))
        return dataset if self.publication is None else replace(dataset, native_id=self.identity, landing_page=None)


def title_after(publisher: str | None) -> Text:
    """A title by rule where the source states none, as OCDS packages never do; empty without a publisher.

    >>> title_after("Oficina de Compras")
    {'es': 'Entregas de Oficina de Compras', 'en': 'Releases of Oficina de Compras'}
    """
    return {} if publisher is None else {"es": f"Entregas de {publisher}", "en": f"Releases of {publisher}"}


def assemble(
    datasets: Sequence[Dataset], parts: Mapping[str, Part], *, whole: bool
) -> tuple[tuple[Dataset, ...], list[Problem]]:
    """The publications of the parts that were given, in the order met, and what is wrong with their series.

    `datasets` are provisional ones; `parts` gives the part of each by its key. Gaps are looked for where `whole`: in a list
    that broke off they would be ours.
    """
    order: dict[str, Dataset | None] = {}
    together: defaultdict[str, list[Part]] = defaultdict(list)
    for place, dataset in enumerate(datasets):
        part = parts.get(native_key(dataset))
        if part is None or part.publication is None:
            order[f"dataset {place}"] = dataset
        else:
            order.setdefault(f"publication {part.publication}", None)
            together[f"publication {part.publication}"].append(part)
    problems: list[Problem] = []
    found: list[Dataset] = []
    for key, alone in order.items():
        found.append(alone or _joined(together[key]))
        if whole and alone is None:
            problems.extend(_gaps(found[-1], together[key]))
    return tuple(found), problems


def _joined(parts: list[Part]) -> Dataset:
    """The dataset of one publication: each statement as the first part that makes it has it."""
    said = [part.dataset for part in parts]
    first = said[0]
    files = [file for part in parts for file in part.files]
    return replace(
        first,
        description=_first((item.description for item in said), {}),
        licence=_first((item.licence for item in said), None),
        landing_page=_first((item.landing_page for item in said), None),
        frequency=_first((item.frequency for item in said), None),
        issued=oldest(item.issued for item in said),
        modified=newest(item.modified for item in said),
        temporal=temporal([file.span for file in files]) or _widest(said),
        languages=tuple(dict.fromkeys(tag for item in said for tag in item.languages)),
        conforms_to=tuple(dict.fromkeys(name for item in said for name in item.conforms_to)),
        distributions=_once(file.distribution for file in files),
    )


def _widest(said: list[Dataset]) -> tuple[Period, ...]:
    """From the earliest to the latest of the periods that the parts state."""
    periods = [period for item in said for period in item.temporal]
    start, end = oldest(item.start for item in periods), newest(item.end for item in periods)
    return () if start is None and end is None else (Period(start=start, end=end),)


def _first(texts: Iterable[T], otherwise: T) -> T:
    return next((text for text in texts if text), otherwise)


def _once(distributions: Iterable[Distribution]) -> tuple[Distribution, ...]:
    """Each distribution once, although every page of a list names the same."""
    return tuple({(item.native_id, item.url): item for item in distributions}.values())


def temporal(spans: Iterable[Span | None]) -> tuple[Period, ...]:
    """From the first to the last month that files cover; nothing where none tells."""
    known = [item for item in spans if item is not None]
    if not known:
        return ()
    start, end = min(known, key=lambda item: item.first), max(known, key=lambda item: item.last)
    return (Period(start=start.start, end=end.end),)


def _gaps(dataset: Dataset, parts: list[Part]) -> list[Problem]:
    """The months that the series lacks, altogether and in one format only, and those that stand twice."""
    place = native_key(dataset)
    files = [file for part in parts for file in part.files if file.span is not None]
    spans = {file.span for file in files if file.span is not None}
    lacking = missing(spans)
    problems = []
    if lacking:
        start, end = min(spans).start, max(spans, key=lambda item: item.last).end
        problems.append(Problem(place=place, reason=f"the series from {start} to {end} lacks {named(lacking)}"))
    by_format: defaultdict[str, list[Span]] = defaultdict(list)
    for file in files:
        if file.span is not None:
            by_format[file.distribution.format or ""].append(file.span)
    for name, given in sorted(by_format.items()):
        covered = {month for item in given for month in range(item.first, item.last + 1)}
        absent = tuple(item.start for item in sorted(spans) if item.first not in covered)
        if name and absent:
            problems.append(Problem(place=place, reason=f"no file in the format {name} for {named(absent)}"))
        twice = tuple(item.start for item in sorted(set(given)) if given.count(item) > 1)
        if twice:
            problems.append(Problem(place=place, reason=f"more than one file in the format {name} for {named(twice)}"))
    return problems
