"""What checks on defects inside tables share: an inspection looks for defects of every kind (`inspection.defects`), and a check
says what one kind means for the table.

A table in which something certain was found fails, however much of it was searched. A defect that may be none (`doubtful`) leaves
the verdict *unknown*: only the source can tell, and a true value is nothing to mend. Where nothing was found, the check passes if
some column could have had the defect and all rows were searched. Of tables larger than what a round keeps of them the first rows
are searched, and inspections of older rounds looked for nothing: both leave it *unknown*.

Evidence names addresses of cells and columns. It shows a value only where everybody may see it (`CellDefect.shown`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table_case
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable, unknown
from atalaya.checks.quotation import quote
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.findings import Column, Table

NAMED_CELLS, NAMED_COLUMNS = 5, 3
"""Addresses and columns that a sentence names; the others are counted."""

Concerned = Callable[[TableCase], Sequence[Column]]
"""The columns of a table that a kind of defect could befall; none where it could not."""

_FIELDS = (
    "table.rows",
    "table.content",
    "table.examined",
    "table.columns",
    "table.columns.name",
    "table.columns.position",
    "table.defects",
    "table.defects.id",
    "table.defects.count",
    "table.defects.cells",
    "table.defects.columns",
    "table.defects.shown",
    "table.defects.doubtful",
)

_REASONS = {
    "ok": "Nothing of this kind was found in {rows} rows.",
    "no_rows": "The table has no rows.",
    "no_data": "The table holds no data of its own.",
    "not_searched": "The cells of the table were not searched for this.",
    "too_large": "The table is large: nothing of this kind was found in its first {examined} rows of {rows}, and the others "
    "were not searched.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the examples of a check show: tables that the kind could befall and could not (None where it could befall any), and a
    defect in the first."""

    sound: Table
    foreign: Table | None = None
    fault: CellDefect
    format: str = "csv"


def numeric(case: TableCase) -> tuple[Column, ...]:
    """The columns of numbers that hold some."""
    return tuple(each for each in case.table.columns if each.kind in ("integer", "number") and each.filled > 0)


def measures(case: TableCase) -> tuple[Column, ...]:
    """Those of them that count or measure something, by their names: no codes, years or coordinates."""
    words = column_words()
    labels = (words.code, words.year, words.coordinate)
    return tuple(each for each in numeric(case) if not any(label.search(folded(each.name)) for label in labels))


def at_least(least: int, columns: Sequence[Column]) -> Sequence[Column]:
    """The columns, or none where they are fewer than so many."""
    return columns if len(columns) >= least else ()


def on_defect(
    kind: DefectKind,
    *,
    check_id: str,
    title: str,
    concerned: Concerned,
    effort: Effort,
    shown: Shown,
    reads: Sequence[str] = (),
    counts: str = "columns",
    absent: str | None = None,
    found: str | None = None,
    doubtful: str | None = None,
    by_names: bool = False,
    text: str | None = None,
) -> Check[TableCase]:
    """The check on one kind of defect.

    `text` is what it asks, that of the kind by default; the remedy is the kind's. `found` and `doubtful` are the sentences of a
    fail and of an unknown: a check without `found` never fails. `absent` says why it does not concern a table. `reads` are the
    fields that `concerned` reads. `counts` tells what `passed` of `applied` counts: `columns` that are concerned, `rows`, or the
    `table`. `by_names`: the names of the columns tell all, so that rows that were not searched do not matter.
    """

    def rule(case: TableCase) -> Outcome:
        return _outcome(case, kind.id, concerned, counts, by_names=by_names)

    reasons: dict[str, str] = dict(_REASONS)
    if by_names:
        del reasons["too_large"]
    sentences = {"found": found, "doubtful": doubtful, "not_concerned": absent}
    reasons.update({code: text for code, text in sentences.items() if text})
    return Check(
        id=check_id,
        version=1,
        level=Level.TABLE,
        dimension=Dimension.CONTENT,
        title=title,
        text=text or kind.text,
        remedy=kind.remedy,
        effort=effort,
        fields=(*_FIELDS, *reads),
        thresholds=kind.thresholds,
        reasons=reasons,
        rule=rule,
        examples=_examples(shown, reasons),
    )


def _outcome(case: TableCase, kind: str, concerned: Concerned, counts: str, *, by_names: bool) -> Outcome:
    rows, examined = case.table.rows, case.table.examined
    if rows <= 0:
        return not_applicable("no_rows")
    if case.table.content != "data":
        return not_applicable("no_data")
    defects = [each for each in case.table.defects if each.id == kind and each.count > 0]
    searched = rows if examined is None or not 0 < examined < rows else examined
    certain = [each for each in defects if not each.doubtful]
    if certain:
        wrong = sum(each.count for each in certain)
        bad = len({place for each in certain for place in each.columns})
        applied = {"rows": searched, "columns": max(len(concerned(case)), bad)}.get(counts, 1)
        left = applied - {"rows": wrong, "columns": bad}.get(counts, 1)
        applied = max(applied, 1)
        return Outcome(
            Verdict.FAIL, "found", _evidence(case, certain, searched), max(0, min(left, applied - 1)), applied
        )
    if defects:
        return unknown("doubtful", **_evidence(case, defects, searched))
    columns = concerned(case)
    if not columns:
        return not_applicable("not_concerned")
    if examined is None:
        return unknown("not_searched")
    if searched < rows and not by_names:
        return unknown("too_large", rows=rows, examined=searched)
    applied = {"rows": rows, "columns": len(columns)}.get(counts, 1)
    return Outcome(Verdict.PASS, "ok", {"rows": rows}, applied, applied)


def _evidence(case: TableCase, defects: Sequence[CellDefect], searched: int) -> Mapping[str, str | int]:
    cells = [cell for each in defects for cell in each.cells]
    places = dict.fromkeys(place for each in defects for place in each.columns)
    names = {each.position: each.name for each in case.table.columns}
    example = next((each.shown for each in defects if each.shown), None)
    told = ", ".join(quote(cell, 12) for cell in cells[:NAMED_CELLS]) or "?"
    shown = "; ".join(quote(names.get(place, ""), 40) or f"[{place}]" for place in list(places)[:NAMED_COLUMNS]) + (
        "; …" if len(places) > NAMED_COLUMNS else ""
    )
    evidence: dict[str, str | int] = {
        "rows": searched,
        "count": sum(each.count for each in defects),
        "cells": told,
        "columns": shown or "?",
    }
    if example:
        evidence["example"] = quote(example, 40)
        evidence["cells"] = f'{told} ("{evidence["example"]}")'
    return evidence


def _examples(shown: Shown, reasons: Mapping[str, str]) -> tuple[Example[TableCase], ...]:
    """One example for every reason, all but the table itself made alike."""
    sound, fault = replace(shown.sound, examined=shown.sound.rows), shown.fault
    cases: dict[str, tuple[Table | None, Verdict, str]] = {
        "ok": (sound, Verdict.PASS, "a table that could have the defect and has not"),
        "found": (replace(sound, defects=(*sound.defects, fault)), Verdict.FAIL, "the same table with it"),
        "doubtful": (
            replace(sound, defects=(*sound.defects, replace(fault, doubtful=True))),
            Verdict.UNKNOWN,
            "what only the source can tell",
        ),
        "not_concerned": (
            replace(shown.foreign, examined=shown.foreign.rows) if shown.foreign else None,
            Verdict.NOT_APPLICABLE,
            "a table that cannot have it",
        ),
        "no_rows": (replace(sound, rows=0), Verdict.NOT_APPLICABLE, "a header without rows"),
        "no_data": (replace(sound, content="fields"), Verdict.NOT_APPLICABLE, "a list of fields"),
        "not_searched": (replace(sound, examined=None), Verdict.UNKNOWN, "the inspection of an older round"),
        "too_large": (
            replace(sound, rows=900_000, examined=40_000),
            Verdict.UNKNOWN,
            "of a large table the first rows are searched",
        ),
    }
    return tuple(
        Example(table_case(each, shown.format), verdict, reason, note)
        for reason, (each, verdict, note) in cases.items()
        if reason in reasons and each is not None
    )
