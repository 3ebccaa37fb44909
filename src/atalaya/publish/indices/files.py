"""The files of a computed index: CSV, Parquet, JSON, and a workbook in which every step can be followed."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from atalaya.history.export import guarded
from atalaya.indices.analysis import Analysis
from atalaya.indices.engine import Computed
from atalaya.indices.groups import group_rows
from atalaya.indices.rows import (
    alternative_rows,
    item_rows,
    log_rows,
    plain,
    ranking_rows,
    score_rows,
    sensitivity_rows,
    step_rows,
    uncertainty_rows,
)

Row = Mapping[str, object]
_SHEET = 31
"""Characters of the longest name of a sheet."""
_MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""What workbooks say of when they were made: the same index gives the same bytes, whenever it is written."""


def write_files(folder: Path, computed: Computed, analysis: Analysis | None = None) -> tuple[Path, ...]:
    """Write `ranking.csv`, `scores.csv`, `scores.parquet`, `index.json` and `index.xlsx` into a folder, which is made.

    Also `groups.csv`, figures of groups of units. With an analysis `uncertainty.csv`, `sensitivity.csv` and `alternatives.csv`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ranking, scores = ranking_rows(computed), list(score_rows(computed))
    (folder / "ranking.csv").write_text(csv_of(ranking), encoding="utf-8")
    (folder / "scores.csv").write_text(csv_of(scores), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(scores), folder / "scores.parquet")
    (folder / "index.json").write_text(
        json.dumps(as_json(computed, analysis), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    write_workbook(folder / "index.xlsx", computed, analysis)
    tables = further_tables(computed, analysis)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(csv_of(rows), encoding="utf-8")
    names = (
        "ranking.csv",
        "scores.csv",
        "scores.parquet",
        "index.json",
        "index.xlsx",
        *(f"{name}.csv" for name in tables),
    )
    return tuple(folder / name for name in names)


def further_tables(computed: Computed, analysis: Analysis | None) -> dict[str, list[dict[str, object]]]:
    """The figures of groups, and the tables of an analysis where there is one, by name."""
    groups = {"groups": group_rows(computed)}
    if analysis is None:
        return groups
    return {
        **groups,
        "uncertainty": uncertainty_rows(computed, analysis.uncertain),
        "sensitivity": sensitivity_rows(analysis.sensitive),
        "alternatives": alternative_rows(analysis.alternatives),
    }


def csv_of(rows: Sequence[Row]) -> str:
    """Rows as CSV with the columns of all of them, in the order in which they first appear.

    What spreadsheets would take for a formula is guarded.
    """
    columns = list(dict.fromkeys(key for row in rows for key in row))
    stream = StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: guarded(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def as_json(computed: Computed, analysis: Analysis | None = None) -> dict[str, object]:
    """The methodology by id and hash, the ranking, the structure, and what was done."""
    index = computed.index
    return {
        "methodology": index.id,
        "sha256": index.sha256,
        "title": dict(index.title),
        "units": len(computed.table.units),
        "ranked": int(computed.ranked.sum()),
        "ranking": ranking_rows(computed),
        "structure": item_rows(computed),
        "not_collected": [item.id for item in index.not_collected],
        "log": log_rows(computed),
        **further_tables(computed, analysis),
    }


def write_workbook(path: Path, computed: Computed, analysis: Analysis | None = None) -> None:
    """A workbook: ranking, structure, the figures of every node, the indicators after every step, and the log.

    Texts are written as texts: nothing of the data becomes a formula or a link.
    """
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bottom": 1})
        sheets: dict[str, Sequence[Row]] = {
            "ranking": ranking_rows(computed),
            "structure": item_rows(computed),
            "nodes": _figures(computed),
            **{f"step {step}": rows for step, rows in step_rows(computed).items()},
            **further_tables(computed, analysis),
            "log": log_rows(computed),
        }
        for name, rows in sheets.items():
            write_sheet(book, name[:_SHEET], rows, head)


def _figures(computed: Computed) -> list[Row]:
    """The figures of every node, a unit a row."""
    table = computed.table
    return [
        {"unit": unit, "name": name, **{node: plain(series.values, place) for node, series in computed.nodes.items()}}
        for place, (unit, name) in enumerate(zip(table.units, table.names, strict=True))
    ]


def write_sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[Row], head: object) -> None:
    """Write rows onto a new sheet: numbers as numbers, everything else as text; `head` is the format of the first row."""
    sheet = book.add_worksheet(name)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, max(len(columns) - 1, 0), 14)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, bool) or not isinstance(value, int | float):
                if value is not None:
                    sheet.write_string(number, place, str(value))
            else:
                sheet.write_number(number, place, value)
