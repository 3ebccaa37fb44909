"""The columns of the table are still those of the observation before: none is gone, none holds another kind of value.

Programs and people who reuse a file rely on its columns. The order is no matter, and new columns break nothing.
"""

from collections.abc import Iterable

from atalaya.catalogue.folding import fold
from atalaya.checks.cases import PriorTable, TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import column, table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable, unknown
from atalaya.checks.quotation import quote

FAMILIES = {"integer": "number", "number": "number", "date": "date", "boolean": "boolean", "text": "text"}
"""Kinds of columns → what a reuser must be ready for: whole and broken numbers are one; a column without values says nothing."""


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts the columns that it had."""
    prior = case.prior
    if prior is None:
        return unknown("first_sight")
    before = _kinds(zip(prior.names, prior.kinds, strict=False))
    now = _kinds((each.name, each.kind) for each in case.table.columns)
    if not before or not now:
        return not_applicable("no_names")
    lost = [name for name in before if name not in now]
    turned = [name for name, kind in before.items() if name in now and kind and now[name] and kind != now[name]]
    added = sum(name not in before for name in now)
    good = len(before) - len(lost) - len(turned)
    evidence: dict[str, str | int] = {"columns": len(before), "lost": len(lost), "turned": len(turned), "added": added}
    if lost or turned:
        evidence["name"] = quote((lost or turned)[0], 60)
        return Outcome(Verdict.FAIL, "lost" if lost else "turned", evidence, good, len(before))
    return Outcome(Verdict.PASS, "added" if added else "ok", evidence, good, len(before))


def _kinds(columns: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Folded name → family of its kind; names that repeat say nothing of order and keep the first."""
    found: dict[str, str | None] = {}
    for name, kind in columns:
        key = fold(name)
        if key:
            found.setdefault(key, FAMILIES.get(kind))
    return found


_BEFORE = PriorTable(key="datos", names=("codigo", "municipio", "monto"), kinds=("text", "text", "integer"))


def _now(*names: str, kind: str = "number") -> TableCase:
    columns = tuple(column(n, name, kind if name == "monto" else "text") for n, name in enumerate(names, 1))
    return table_case(table(columns=columns), prior=_BEFORE)


CHECK = Check(
    id="schema_stable",
    version=1,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="The columns stay the same from one edition to the next",
    text="Since the observation before, no column of the table was taken out or renamed, and none turned from "
    "numbers into text or the "
    "like. Columns may be added and change their order.",
    remedy="Keep the names and kinds of the columns from one edition to the next. If they must change, publish the "
    "new form as another "
    "resource and say so in the description.",
    effort=Effort.MEDIUM,
    fields=("prior", "prior.names", "prior.kinds", "table.columns", "table.columns.name", "table.columns.kind"),
    reasons={
        "ok": "The {columns} columns are those of the observation before.",
        "added": "The {columns} columns of the observation before are still there, and {added} were added.",
        "lost": "{lost} of {columns} columns of the observation before are gone or renamed, such as “{name}”.",
        "turned": "{turned} of {columns} columns hold another kind of value than before, such as “{name}”.",
        "first_sight": "The table was never read before, so there is nothing to compare.",
        "no_names": "The columns have no names by which they could be compared.",
    },
    rule=rule,
    examples=(
        Example(
            _now("codigo", "municipio", "monto"),
            Verdict.PASS,
            "ok",
            "the same columns; whole numbers became broken ones",
        ),
        Example(_now("monto", "codigo", "municipio"), Verdict.PASS, "ok", "another order"),
        Example(_now("codigo", "municipio", "monto", "nota"), Verdict.PASS, "added", "one more"),
        Example(_now("codigo", "nombre", "monto"), Verdict.FAIL, "lost", "a renamed column"),
        Example(_now("codigo", "municipio", "monto", kind="text"), Verdict.FAIL, "turned", "numbers became text"),
        Example(table_case(table()), Verdict.UNKNOWN, "first_sight", "seen for the first time"),
        Example(table_case(table("", ""), prior=_BEFORE), Verdict.NOT_APPLICABLE, "no_names", "the header is gone"),
    ),
)
