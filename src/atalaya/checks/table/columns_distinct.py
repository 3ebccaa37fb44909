"""No two columns of the table have the same name."""

from collections import Counter

from atalaya.catalogue.folding import fold
from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable
from atalaya.checks.quotation import quote


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts columns with a name. Case, accents and punctuation tell
    no names apart."""
    names = [column.name.strip() for column in case.table.columns]
    counts = Counter(fold(name) or name for name in names if name)
    named = sum(counts.values())
    if named < 2:
        return not_applicable("no_names")
    repeated = sum(number for number in counts.values() if number > 1)
    if not repeated:
        return Outcome(Verdict.PASS, "ok", {"columns": named}, named, named)
    first = next(name for name in names if name and counts[fold(name) or name] > 1)
    evidence: dict[str, str | int] = {"columns": named, "repeated": repeated, "name": quote(first, 60)}
    return Outcome(Verdict.FAIL, "repeated", evidence, named - repeated, named)


CHECK = Check(
    id="columns_distinct",
    version=1,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="No two columns have the same name",
    text="Every column of the table has a name that no other column of it has; capitals and accents alone tell no "
    "names apart. Programs "
    "that load the table by its names otherwise lose a column.",
    remedy="Give every column a name of its own, for example with the year or the unit in it.",
    effort=Effort.LOW,
    fields=("table.columns", "table.columns.name"),
    reasons={
        "ok": "The {columns} columns with a name have different ones.",
        "repeated": "{repeated} of {columns} columns share their name with another, such as “{name}”.",
        "no_names": "Fewer than two columns have a name.",
    },
    rule=rule,
    examples=(
        Example(table_case(table("codigo", "municipio", "monto")), Verdict.PASS, "ok", "three names"),
        Example(
            table_case(table("monto", "", "municipio", "")),
            Verdict.PASS,
            "ok",
            "columns without a name are another matter",
        ),
        Example(table_case(table("monto", "municipio", "Monto ")), Verdict.FAIL, "repeated", "the same name twice"),
        Example(table_case(table("", "", header_row=None)), Verdict.NOT_APPLICABLE, "no_names", "no header"),
    ),
)
