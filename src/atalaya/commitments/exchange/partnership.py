"""A plan in the columns of the Open Government Partnership, and what somebody changed in them back into the plan.

The table tells less than a plan has, so it is never read as a plan: only cells that differ from what the plan says are taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from atalaya.commitments.exchange.sheets import Cell, Table
from atalaya.commitments.partial_dates import read_range
from atalaya.commitments.plan import Commitment, Listing, Plan, Review, Version
from atalaya.yamls import load_yaml

NAME = "ogp"
"""The name of the table."""
KEY = "Commitment Number"
PLAN = "Action Plan"

_COMMITMENT = {"Commitment ID": "code"}
_VERSION = {
    "Title": "title",
    "Start Date": "start",
    "End Date": "end",
    "Lead Institution": "lead",
    "Supporting Institutions": "other_actors",
    "Policy Areas": "policy_areas",
    "OGP Values": "ogp_values",
}
_REVIEW = {
    "IRM Report": "report",
    "Verifiable": "verifiable",
    "Relevant": "relevant",
    "Ambition": "ambition",
    "Potential for Results": "potential_for_results",
    "Early Results": "early_results",
    "Completion": "completion",
    "Starred": "starred",
}
COLUMNS = (PLAN, KEY, *_COMMITMENT, *_VERSION, *_REVIEW)
"""The columns, in the order of the partnership's page of a commitment."""
SEPARATOR = "; "

_DATES = ("start", "end")
_NAMES = ("lead", "other_actors", "policy_areas", "ogp_values")


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why a cell cannot be taken: its row as a spreadsheet numbers it, its column, and what to do."""

    row: int
    column: str
    reason: str


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The values of the partnership beside ours: `data/vocabularies/ogp.yml`."""
    text = resources.files("atalaya").joinpath("data", "vocabularies", "ogp.yml").read_text(encoding="utf-8")
    found = load_yaml(text)
    # YAML reads the keys yes and no as truth values.
    words = {True: "yes", False: "no"}
    levels = {
        name: {words.get(key, key) if isinstance(key, bool) else key: value for key, value in table.items()}
        for name, table in found["levels"].items()
    }
    return {"levels": levels, "areas": found["areas"]}


def table_of(plan: Plan) -> Table:
    """A row for each commitment: its newest version, and its newest review."""
    return [_row(plan, each) for each in plan.commitments]


def applied(plan: Plan, rows: Sequence[Mapping[str, Cell]]) -> tuple[Plan, tuple[CellFault, ...]]:
    """The plan with what the rows say otherwise, and why cells cannot be taken; with one of these the plan is as it was."""
    known = {each.number: place for place, each in enumerate(plan.commitments)}
    commitments, faults = list(plan.commitments), []
    seen: set[int] = set()
    for number, row in enumerate(rows, 2):
        if all(cell in (None, "") for cell in row.values()):
            continue
        faults += [
            CellFault(number, name, f"is no column; they are {', '.join(COLUMNS)}")
            for name in row
            if name not in COLUMNS
        ]
        key = _key(row.get(KEY))
        if key is None or key not in known:
            faults.append(CellFault(number, KEY, "names no commitment of the plan; write its number"))
            continue
        if key in seen:
            faults.append(CellFault(number, KEY, "stands twice; tell the rows apart"))
        seen.add(key)
        place = known[key]
        try:
            commitments[place] = _changed(plan, commitments[place], row)
        except _Unreadable as error:
            faults.append(CellFault(number, error.column, str(error)))
    return (plan if faults else replace(plan, commitments=tuple(commitments))), tuple(faults)


def edited(current: Plan, rows: Sequence[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    """The rows with only the cells that somebody changed since the table was written of `current`: a plan that was edited in its
    other tables is not set back by what stands here from before. Places of rows stay."""
    told = {row[KEY]: row for row in table_of(current)}
    found: list[dict[str, Cell]] = []
    for row in rows:
        before = told.get(_key(row.get(KEY)), {})
        kept = {c: cell for c, cell in row.items() if c == KEY or c not in before or _text(cell) != _text(before[c])}
        found.append(kept)
    return found


class _Unreadable(ValueError):
    """A cell that cannot be taken; raised and caught here."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


def _row(plan: Plan, commitment: Commitment) -> dict[str, Cell]:
    version, review = commitment.current, commitment.reviews[-1] if commitment.reviews else None
    found: dict[str, Cell] = {PLAN: plan.title, KEY: commitment.number, "Commitment ID": commitment.code}
    for column, name in _VERSION.items():
        found[column] = _version_cell(name, getattr(version, name, None))
    if version is None or not isinstance(version.title, str):
        found["Title"] = commitment.title if isinstance(commitment.title, str) else None
    for column, name in _REVIEW.items():
        found[column] = _review_cell(name, getattr(review, name, None))
    return found


def _version_cell(name: str, value: object) -> Cell:
    if isinstance(value, Listing):
        areas = vocabulary()["areas"] if name == "policy_areas" else {}
        return SEPARATOR.join(areas.get(item, item) for item in value.items)
    if isinstance(value, str):
        return value
    return str(value) if name in _DATES and hasattr(value, "first") else None


def _review_cell(name: str, value: Any) -> Cell:
    if name == "starred":
        return None if value is None else "Yes" if value else "No"
    table: dict[str, str] = vocabulary()["levels"].get(name, {})
    return table.get(value, value) if value is not None else None


def _changed(plan: Plan, commitment: Commitment, row: Mapping[str, Cell]) -> Commitment:
    """A commitment with the cells that differ from what it says."""
    told = _row(plan, commitment)
    differing = {
        c: _text(row[c]) for c in COLUMNS if c in row and _text(row[c]) != _text(told[c]) and c not in (PLAN, KEY)
    }
    if not differing:
        return commitment
    found = commitment
    if "Commitment ID" in differing:
        found = replace(found, code=differing["Commitment ID"] or None)
    version = {_VERSION[c]: _version_value(c, text, found.current) for c, text in differing.items() if c in _VERSION}
    if version and found.versions:
        found = replace(found, versions=(*found.versions[:-1], replace(found.versions[-1], **version)))
    elif version:
        found = replace(found, versions=(Version(id="ogp", all_milestones=False, **version),))
    if "title" in version and (not isinstance(found.title, str) or found.title == told["Title"]):
        found = replace(found, title=version["title"])
    review = {_REVIEW[c]: _review_value(c, text) for c, text in differing.items() if c in _REVIEW}
    if review:
        last = found.reviews[-1] if found.reviews else Review()
        found = replace(found, reviews=(*found.reviews[:-1], replace(last, **review)))
    return found


def _version_value(column: str, text: str, before: Version | None) -> Any:
    name = _VERSION[column]
    if not text:
        return None
    if name in _DATES:
        try:
            return read_range(text)
        except ValueError as error:
            raise _Unreadable(column, str(error)) from error
    return _listing(name, text, getattr(before, name, None)) if name in _NAMES else text


def _listing(name: str, text: str, before: object) -> Listing:
    """The names of a cell, each as the list before had it; a list of which only a part was known stays one."""
    areas: dict[str, str] = vocabulary()["areas"] if name == "policy_areas" else {}
    held = before.items if isinstance(before, Listing) else ()
    ours = {other: name_ for name_, other in areas.items()} if any(item in areas for item in held) else {}
    own = {**ours, **{areas.get(item, item): item for item in held}}
    return Listing(tuple(own.get(item, item) for item in _items(text)), not isinstance(before, Listing) or before.whole)


def _review_value(column: str, text: str) -> Any:
    name = _REVIEW[column]
    if not text:
        return None
    if name == "starred":
        if text.casefold() not in ("yes", "no"):
            raise _Unreadable(column, f"{text!r} is neither yes nor no")
        return text.casefold() == "yes"
    table: dict[str, str] = vocabulary()["levels"].get(name, {})
    if not table:
        return text
    own = {other.casefold(): level for level, other in table.items()}
    if text.casefold() not in own:
        raise _Unreadable(column, f"{text!r} is none of {', '.join(table.values())}")
    return own[text.casefold()]


def _items(text: str) -> Iterator[str]:
    return (item.strip() for item in text.replace("\n", ";").split(";") if item.strip())


def _text(cell: Cell) -> str:
    """A cell as it is compared: a day of a spreadsheet is its date, a whole number has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _key(cell: Cell) -> int | None:
    text = _text(cell)
    return int(text) if text.isdecimal() else None
