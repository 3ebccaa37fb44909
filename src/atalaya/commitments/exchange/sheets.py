"""The tables of a plan: their names, columns and kinds of cells, and the marks that cells hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atalaya.commitments.template import COMMITMENT, MILESTONE, Field

Cell = str | int | float | bool | date | None
Table = list[dict[str, Cell]]

MORE = "…"
ABSENT_MARK = "[absent]"
STAND_IN = "[stand-in] "
GUARDED = "=+-@[\\'\t\r"
"""First characters of a text that is written after a backslash."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is `text`, `whole` (a whole number), `number`, `yes` (yes or no), `date`, `day`, or `list`.
    `key` columns name the row and are always filled."""

    name: str
    kind: str = "text"
    key: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a plan: where its rows stand in the plain values (`parent` and `at`), and its columns."""

    name: str
    parent: str | None
    at: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    """Columns that name the row of the parent that this row belongs to."""


def _template(fields: Sequence[Field]) -> tuple[Column, ...]:
    kinds = {"short": "text", "long": "text", "date": "date", "names": "list"}
    return tuple(Column(field.name, kinds[field.kind]) for field in fields)


SHEETS = (
    Sheet(
        "plan",
        None,
        "",
        (
            Column("number", "whole", key=True),
            Column("title", key=True),
            Column("start", "date"),
            Column("end", "date"),
            Column("presented", "day"),
            Column("stated_commitments", "whole"),
            Column("note"),
            Column("sources", "list"),
        ),
    ),
    Sheet("axes", "plan", "axes", (Column("code", key=True), Column("name", key=True), Column("stated", "whole"))),
    Sheet("funnel", "plan", "funnel", (Column("count", "whole", key=True), Column("title"))),
    Sheet("roadmap", "plan", "roadmap", (Column("title", key=True), Column("when", "date"))),
    Sheet(
        "commitments",
        "plan",
        "commitments",
        (
            Column("number", "whole", key=True),
            Column("title"),
            Column("code"),
            Column("axis"),
            Column("sources", "list"),
        ),
    ),
    Sheet(
        "versions",
        "commitments",
        "versions",
        (
            Column("id", key=True),
            Column("published", "day"),
            Column("substance", "yes"),
            Column("note"),
            *_template(COMMITMENT),
            Column("all_milestones", "yes"),
        ),
        ("of_commitment",),
    ),
    Sheet(
        "reviews",
        "commitments",
        "reviews",
        (
            Column("report"),
            Column("as_of", "day"),
            *(
                Column(name)
                for name in (
                    "verifiable",
                    "relevant",
                    "ambition",
                    "potential_for_results",
                    "early_results",
                    "completion",
                )
            ),
            Column("starred", "yes"),
            Column("recommended", "list"),
        ),
        ("of_commitment",),
    ),
    Sheet(
        "milestones",
        "versions",
        "milestones",
        (Column("number", key=True), *_template(MILESTONE), Column("weight", "number")),
        ("of_commitment", "of_version"),
    ),
    Sheet(
        "promises",
        "milestones",
        "promises",
        (
            Column("kind", key=True),
            Column("text", key=True),
            Column("quantity", "number"),
            Column("unit"),
            Column("items", "list"),
        ),
        ("of_commitment", "of_version", "of_milestone"),
    ),
    Sheet(
        "measured",
        "milestones",
        "measured",
        (Column("kind", key=True), Column("id", key=True), Column("institution"), Column("target", "number")),
        ("of_commitment", "of_version", "of_milestone"),
    ),
)
"""The tables of a plan, each after its parent."""

IDS = {"commitments": "number", "versions": "id", "milestones": "number"}
"""Tables that others belong to, and the column that names their rows."""


def columns_of(sheet: Sheet) -> tuple[str, ...]:
    """The headings of a table: what its rows belong to, then its own."""
    return (*sheet.keys, *(column.name for column in sheet.columns))
