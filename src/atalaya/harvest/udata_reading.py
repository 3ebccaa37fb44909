"""What an answer of a uData portal holds: a page of its API, a dump of whole objects, one dataset, or a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.catalogue.records import Dataset, Reading
from atalaya.harvest import values
from atalaya.harvest.bodies import join, parse_json
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.tabular import Grid, is_json, read_grid
from atalaya.harvest.udata_addresses import following, is_list
from atalaya.harvest.udata_fields import IGNORED_FIELDS
from atalaya.harvest.udata_records import Link, link_of, read_dataset, withheld
from atalaya.harvest.udata_tables import DATASETS, kind_of, read_rows
from atalaya.harvest.visits import Refusal, Visit, landed

_MARKS = ("organization", "owner", "slug", "frequency", "private", "uri", "quality")


@dataclass(frozen=True, slots=True)
class Listing:
    """The datasets in an answer and where they stand. `own`: whether it is one of uData even when it is empty."""

    items: list[object]
    path: str
    page: bool = False
    dump: bool = False
    own: bool = False


class Reader:
    """Reads the answers of one list, and remembers what they leave to be asked."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.withheld = 0
        self.cut: Refusal | None = None
        self.without_resources: str | None = None

    def read(self, visit: Visit) -> Reading | Refusal:
        """The reading of one answer."""
        if not is_json(visit.body):
            return self._table(visit)
        parsed = parse_json(visit)
        if isinstance(parsed, Refusal):
            return parsed
        listing = listing_in(parsed[0], visit)
        if isinstance(listing, Refusal):
            return listing
        if listing.items and not any(isinstance(item, dict) for item in listing.items):
            return Refusal("no_datasets", f"{landed(visit)}: a list without objects")
        ledger = Ledger(IGNORED_FIELDS)
        if parsed[1] is not None:
            ledger.problem(visit.url, parsed[1])
        total, next_url = _envelope(parsed[0], listing, visit, ledger)
        datasets = [found for item in enumerate(listing.items) if (found := self._item(*item, listing, visit, ledger))]
        return Reading(
            datasets=tuple(datasets),
            fields=ledger.fields,
            problems=ledger.problems,
            declared_total=None if total is None else max(0, total - self.withheld),
            next_url=next_url,
        )

    def _item(self, number: int, item: object, listing: Listing, visit: Visit, ledger: Ledger) -> Dataset | None:
        """One item as a dataset; None where it is none or is not published, which is listed."""
        place = f"{listing.path or 'data[]'}".replace("[]", f"[{number}]")
        inner = item.get("dataset") if isinstance(item, dict) and listing.dump else item
        if not isinstance(item, dict) or not isinstance(inner, dict):
            ledger.problem(place, f"{type(item).__name__} instead of an object, so no dataset")
            return None
        holder = entry = Entry(item, listing.path, ledger)
        if listing.dump:
            holder.take("dataset")
            entry = Entry(inner, holder.at("dataset"), ledger)
        named = values.word(inner.get("id"))
        word = withheld(entry)
        if word is not None:
            ledger.problem(f"{place} {named or ''}".strip(), f"{word}: not published, so left out")
            self.withheld += 1
            return None
        link = link_of(holder)
        dataset = read_dataset(entry, holder, place)
        if listing.dump:
            holder.close()
        if link is not None and link.total != 0:
            address = join(visit.answer.final_url or visit.url, link.url)
            if named is None or address is None:
                ledger.problem(f"{place} resources", "behind a link that cannot be followed")
            else:
                self.links[named] = Link(address, link.total)
        return dataset

    def _table(self, visit: Visit) -> Reading | Refusal:
        table = table_in(visit)
        if isinstance(table, Refusal):
            return table
        grid, kind = table
        ledger = Ledger(IGNORED_FIELDS)
        if grid.note is not None:
            ledger.problem(visit.url, grid.note)
        datasets = read_rows(grid, kind, ledger)
        if grid.cut:
            self.cut = Refusal("incomplete", f"{landed(visit)}: the last row ends before its last column")
        if kind == DATASETS:
            self.without_resources = visit.url
        return Reading(datasets=datasets, fields=ledger.fields, problems=ledger.problems)


def table_in(visit: Visit) -> tuple[Grid, str] | Refusal:
    """The table of an answer and whether its rows are datasets or resources, or why it is no catalogue."""
    grid = read_grid(visit)
    if isinstance(grid, Refusal):
        return grid
    kind = kind_of(grid, visit)
    return kind if isinstance(kind, Refusal) else (grid, kind)


def listing_in(value: object, visit: Visit) -> Listing | Refusal:
    """The datasets of a JSON value, or why it lists none."""
    if not isinstance(value, dict):
        return Refusal("no_datasets", f"{landed(visit)} holds one {type(value).__name__}, not a catalogue")
    items = value.get("data")
    if isinstance(items, list) and ("next_page" in value or "total" in value or "page" in value):
        return Listing(items, "data[]", page=True, own=is_list(visit.url))
    dumped = value.get("datasets")
    if isinstance(dumped, list) and any(_is_dumped(item) for item in dumped[:50]):
        return Listing(dumped, "datasets[]", dump=True, own=True)
    if is_dataset(value):
        return Listing([value], "")
    return _error(value, visit)


def is_dataset(item: object) -> bool:
    """Whether an object is a dataset of this API beyond doubt: its id, its title, its resources and a mark of its own."""
    return (
        isinstance(item, dict)
        and all(name in item for name in ("id", "title", "resources"))
        and any(name in item for name in _MARKS)
    )


def _is_dumped(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("dataset"), dict) and "resources" in item


def _error(value: Mapping[str, object], visit: Visit) -> Refusal:
    """The portal's own error (`message`, `status`), else what the object is made of."""
    said = next((text for name in ("message", "error", "errors") if (text := values.word(value.get(name)))), None)
    if said is not None:
        return Refusal("error_object", f"{landed(visit)}: {' '.join(said.split())[:200]}")
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    return Refusal("no_datasets", f"{landed(visit)}: an object without datasets (its fields: {names or 'none'})")


def _envelope(value: object, listing: Listing, visit: Visit, ledger: Ledger) -> tuple[int | None, str | None]:
    """The declared total and the next page of a list, with the fields around it counted."""
    if not isinstance(value, dict) or not (listing.page or listing.dump):
        return None, None
    around = Entry(value, "", ledger)
    around.take(listing.path[:-2])
    if not listing.page:
        around.close()
        return None, None
    total, said = values.byte_size(around.take("total")), around.word("next_page")
    around.close()
    if said is not None:
        return total, join(visit.answer.final_url or visit.url, said)
    return total, None if "next_page" in value else following(visit.url, len(listing.items), total)
