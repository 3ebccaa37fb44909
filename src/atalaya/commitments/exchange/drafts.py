"""One version of a commitment as the cells of a form, and back: the same cells that a spreadsheet has, read by the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atalaya.commitments.exchange.reading import plan_from
from atalaya.commitments.exchange.sheets import SHEETS, Cell
from atalaya.commitments.exchange.writing import tables_of
from atalaya.commitments.plan import Commitment, Plan, Version

_SHEETS = {sheet.name: sheet for sheet in SHEETS}
VERSION = tuple(column.name for column in _SHEETS["versions"].columns if column.name != "id")
"""Cells of a version, in the order of the template."""
MILESTONE = tuple(column.name for column in _SHEETS["milestones"].columns)
PROMISE = tuple(column.name for column in _SHEETS["promises"].columns)
MEASURED = tuple(column.name for column in _SHEETS["measured"].columns)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone as cells, with what it promises and what measures it."""

    cells: Cells
    promises: tuple[Cells, ...] = ()
    measured: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as cells; a cell that is not there is empty."""

    cells: Cells
    milestones: tuple[MilestoneDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be taken: the place of its milestone, None for a cell of the version itself; the cell; and the reason."""

    milestone: int | None
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a draft gives: the version where every cell can be taken, else the faults."""

    version: Version | None
    faults: tuple[Fault, ...] = field(default=())


def draft_of(version: Version) -> Draft:
    """The cells of a version."""
    plan = Plan(number=1, title="-", commitments=(Commitment(number=1, title=None, versions=(version,)),))
    tables = tables_of(plan)
    milestones = [
        MilestoneDraft(
            _written(row, MILESTONE),
            *(
                tuple(_written(each, names) for each in tables[sheet] if each["of_milestone"] == row["number"])
                for sheet, names in (("promises", PROMISE), ("measured", MEASURED))
            ),
        )
        for row in tables["milestones"]
    ]
    return Draft(_written(tables["versions"][0], VERSION), tuple(milestones))


def version_from(draft: Draft, identifier: str) -> Drafted:
    """The version that a draft holds, called `identifier`; milestones of which every cell is empty are left out."""
    filled = [(place, each) for place, each in enumerate(draft.milestones) if any(map(str.strip, each.cells.values()))]
    # Each milestone is read alone first: one without a number, or with one that stands twice, is told by its place.
    faults = [Fault(place, "number", "is empty; fill it in") for place, each in filled if not _number(each)]
    seen: set[str] = set()
    for place, each in filled:
        if _number(each) in seen:
            faults.append(Fault(place, "number", "stands twice; tell the rows apart"))
        seen.add(_number(each))
    if faults:
        return Drafted(None, tuple(faults))
    tables = _tables(draft.cells, [each for _, each in filled], identifier)
    found = plan_from(tables)
    if found.plan is not None:
        return Drafted(found.plan.commitments[0].versions[0])
    owners = {
        "milestones": [place for place, _ in filled],
        "promises": [place for place, each in filled for _ in each.promises],
        "measured": [place for place, each in filled for _ in each.measured],
    }
    return Drafted(
        None,
        tuple(
            Fault(
                owners[problem.table][problem.row - 2] if problem.table in owners else None,
                problem.table if problem.table in ("promises", "measured") else problem.column,
                problem.reason,
            )
            for problem in found.problems
        ),
    )


def renamed(version: Version, taken: Sequence[str], wanted: str) -> Version:
    """The version under a name that none of `taken` has: the one that is wanted, or it with a number."""
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return replace(version, id=next(name for name in names if name not in taken))


def _tables(cells: Cells, milestones: Sequence[MilestoneDraft], identifier: str) -> dict[str, list[dict[str, Cell]]]:
    owner: dict[str, Cell] = {"of_commitment": 1}
    one = {**owner, "of_version": identifier}
    own: dict[str, Cell] = {name: cells.get(name, "") for name in VERSION}
    return {
        "plan": [{"number": 1, "title": "-"}],
        "commitments": [{"number": 1}],
        "versions": [{**owner, "id": identifier, **own}],
        "milestones": [{**one, **{name: each.cells.get(name, "") for name in MILESTONE}} for each in milestones],
        "promises": [{**one, "of_milestone": _number(each), **row} for each in milestones for row in each.promises],
        "measured": [{**one, "of_milestone": _number(each), **row} for each in milestones for row in each.measured],
    }


def _number(milestone: MilestoneDraft) -> str:
    return milestone.cells.get("number", "").strip()


def _written(row: Mapping[str, Cell], names: Sequence[str]) -> dict[str, str]:
    return {name: _cell(row.get(name)) for name in names}


def _cell(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)
