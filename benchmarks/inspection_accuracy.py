"""How often an inspection says what others labelled: file type, encoding by decoded text, dialect, titles and header rows.

File types are in `file_types`, encodings in `encodings`, schemas in `schema_cases`.

    python -m benchmarks.inspection_accuracy [FOLDER]

FOLDER is the recorded material (by default `ATALAYA_CORPORA`, else `../shared/corpora`). Labels are those of ckanext-qa, chardet
and the Pollock survey (see `survey`). Sheets of real workbooks are also written as pages, the way systems export them, and must
be read as the same table.
"""

import html
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import python_calamine
from rich.console import Console
from rich.table import Table as Grid

from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.kinds import cell_text
from benchmarks import encodings, file_types, schema_cases, survey
from benchmarks.scores import Score, score

MOST_ROWS = 3_000


def as_pages(corpora: Path) -> Score:
    """Sheets of real workbooks written as tables in HTML, by rows and columns; sheets of thousands of rows are left out."""
    return score("sheet as HTML table", _as_pages(corpora))


def _as_pages(corpora: Path) -> Iterator[tuple[str, bool, str]]:
    for path in sorted(path for path in corpora.rglob("*") if path.suffix in (".xlsx", ".xls", ".ods")):
        for table in inspect_file(path).tables:
            if table.rows < 2 or len(table.columns) < 2 or table.rows > MOST_ROWS:
                continue
            try:
                rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(table.name).to_python()
            except python_calamine.CalamineError:
                continue
            found = inspect_bytes(page_of(rows).encode(), url="https://example.org/export.xls").tables
            shapes = [(each.rows, len(each.columns)) for each in found]
            yield f"{path.name} {table.name}", shapes == [(table.rows, len(table.columns))], str(shapes)


def page_of(rows: Iterable[Iterable[object]]) -> str:
    """A page with the rows in a table, as reporting systems write it."""
    lines = ["".join(f"<td>{html.escape(_text(cell))}</td>" for cell in row) for row in rows]
    return f"<html><body><table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></body></html>"


def _text(value: object) -> str:
    return cell_text(value if isinstance(value, str | int | float | bool) else str(value))


def main(arguments: list[str]) -> int:
    """Print the table, then every case that was not said as labelled."""
    folder = Path(arguments[0] if arguments else os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    if not folder.is_dir():
        print(f"{folder} is not there; give the folder of the recorded material")
        return 2
    scores = (
        *file_types.scores(folder),
        *encodings.scores(folder),
        *schema_cases.scores(folder),
        as_pages(folder),
        *survey.scores(folder),
    )
    grid = Grid("what", "right", "of", "share")
    for each in scores:
        grid.add_row(each.name, str(each.right), str(each.total), f"{each.share:.1%}")
    console = Console(soft_wrap=True, highlight=False)
    console.print(grid)
    for each in scores:
        for case in each.wrong:
            console.print(f"{each.name}: {case}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
