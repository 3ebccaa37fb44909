"""The catalogue of a uData portal as tables: one row a dataset, or one row a resource with its dataset beside it.

Columns: https://www.data.gouv.fr/datasets/catalogue-des-donnees-de-data-gouv-fr/ (the portal's exports of its own catalogue).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from atalaya.catalogue.records import Agent, Dataset, Distribution, Period
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.tabular import Grid
from atalaya.harvest.udata_records import read_resource, withheld
from atalaya.harvest.visits import Refusal, Visit, landed

RESOURCES = "resources"
DATASETS = "datasets"
_DATASET_MARKS = frozenset(
    {"organization_id", "resources_count", "temporal_coverage.start", "spatial.granularity", "frequency", "archived"}
)


def kind_of(grid: Grid, visit: Visit) -> str | Refusal:
    """Whether the rows of a table are resources or datasets, or why they are neither."""
    names = set(grid.header)
    if {"dataset.id", "url"} <= names or {"dataset.id", "id"} <= names:
        return RESOURCES
    if {"id", "title", "slug"} <= names and len(names & _DATASET_MARKS) > 1:
        return DATASETS
    said = ", ".join(grid.header[:5])[:120]
    return Refusal("no_datasets", f"{landed(visit)}: a table of neither datasets nor resources (its columns: {said})")


def read_rows(grid: Grid, kind: str, ledger: Ledger) -> tuple[Dataset, ...]:
    """The datasets of a table; of one of resources they are put together by the id of their dataset."""
    return tuple(_datasets(grid, ledger) if kind == DATASETS else _grouped(grid, ledger).values())


def _datasets(grid: Grid, ledger: Ledger) -> Iterator[Dataset]:
    for place, row in grid.rows(ledger):
        entry = Entry(row, "", ledger)
        if not _is_withheld(entry, "", place):
            yield _dataset(entry, "")
            entry.close()


def _grouped(grid: Grid, ledger: Ledger) -> Mapping[str, Dataset]:
    """Datasets by id in the order met, with all their resources, wherever in the table these stand."""
    found: dict[str, Dataset] = {}
    files: dict[str, list[Distribution]] = {}
    for place, row in grid.rows(ledger):
        entry = Entry(row, "", ledger)
        if _is_withheld(entry, "dataset.", place):
            continue
        dataset = _dataset(entry, "dataset.")
        key = dataset.native_id or dataset.landing_page or f"{place} without a dataset"
        if dataset.native_id is None:
            ledger.problem(place, "a resource without the id of its dataset")
        found.setdefault(key, dataset)
        files.setdefault(key, []).append(read_resource(entry))
    return {key: replace(dataset, distributions=tuple(files[key])) for key, dataset in found.items()}


def _is_withheld(entry: Entry, prefix: str, place: str) -> bool:
    word = withheld(entry, prefix)
    if word is not None:
        entry.ledger.problem(
            f"{place} {entry.word(f'{prefix}id') or ''}".strip(), f"{word}: not published, so left out"
        )
    return word is not None


def _dataset(entry: Entry, prefix: str) -> Dataset:
    """What a row says of a dataset. The table of resources says little of it; what it lacks is blank."""

    def word(*names: str) -> str | None:
        return entry.word(*(f"{prefix}{name}" for name in names))

    page, origin = entry.url(f"{prefix}url"), None if prefix else entry.url("harvest.remote_url")
    organization = Agent(name=word("organization"), native_id=word("organization_id"))
    dataset = Dataset(
        native_id=word("id"),
        title=entry.text(f"{prefix}title"),
        publisher=None if organization == Agent() else organization,
        licence=word("license"),
        landing_page=page or origin,
    )
    if prefix:
        return dataset
    period = Period(start=word("temporal_coverage.start"), end=word("temporal_coverage.end"))
    return replace(
        dataset,
        description=entry.text("description"),
        keywords=_parts(entry, "tags"),
        issued=word("created_at"),
        modified=word("last_update", "last_modified"),
        frequency=word("frequency"),
        spatial=_parts(entry, "spatial.zones"),
        temporal=() if period == Period() else (period,),
    )


def _parts(entry: Entry, name: str) -> tuple[str, ...]:
    """A list that the table has as one text with commas."""
    text = entry.word(name) or ""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
