"""How often an inspection says what others labelled: file type, encoding by decoded text, dialect, titles and header rows.

    python -m benchmarks.inspection_accuracy [FOLDER]

FOLDER is the recorded material (by default `ATALAYA_CORPORA`, else `../shared/corpora`). Labels are those of ckanext-qa, chardet
and the Pollock survey (see `survey`). Sheets of real workbooks are also written as pages, the way systems export them, and must
be read as the same table.
"""

import csv
import html
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import python_calamine
from rich.console import Console
from rich.table import Table as Grid

from atalaya.catalogue.vocabularies.formats import format_of_extension, read_format
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.kinds import cell_text
from atalaya.inspection.text import decode
from benchmarks import survey
from benchmarks.scores import Score, score

LANGUAGES = (
    "bulgarian", "russian", "greek", "turkish", "czech", "hungarian", "polish", "slovak", "slovene", "croatian", "hebrew",
    "arabic",
)  # fmt: skip
CODECS = {
    "gb2312": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "maccyrillic": "mac_cyrillic",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
}
"""Label → the superset of it that browsers read (WHATWG Encoding); what the files themselves hold."""
MOST_ROWS = 3_000
RE_ENCODED = ("cp1252", "latin-1", "cp850", "mac_roman", "utf-16-le", "utf-16-be")


def file_types(corpora: Path) -> Score:
    """File types of UK government files (ckanext-qa), told by bytes alone: no name and no media type is given."""
    folder = corpora / "groundtruth" / "filetype"
    with (folder / "ckanext-qa_expected.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return score("file type from bytes", (_file_type(folder / "ckanext-qa" / row["file"], row) for row in rows))


def _file_type(path: Path, row: dict[str, str]) -> tuple[str, bool, str]:
    inspection = inspect_bytes(path.read_bytes())
    expected = format_of_extension(row["expected_format"]) or next(iter(read_format(row["expected_format"]).ids), None)
    alike = {expected, "shapefile"} if expected == "shp" else {expected}
    found = {member.format for member in inspection.members} if row["expected_container"] else {inspection.format}
    right = bool(found & alike) and (not row["expected_container"] or inspection.format == "zip")
    return path.name, right, f"{sorted(map(str, found))}, labelled {expected}"


def encodings(corpora: Path) -> Score:
    """Encodings of the files of chardet, by equality of the decoded text."""
    folder = corpora / "groundtruth" / "encoding_chardet"
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return score("encoding, decoded text", (_encoding(folder / row["file"], row) for row in rows))


def _encoding(path: Path, row: dict[str, str]) -> tuple[str, bool, str]:
    label = row["expected_encoding_label"].lower()
    for language in LANGUAGES:
        label = label.removesuffix(f"-{language}")
    data = path.read_bytes()
    decoded = decode(data)
    expected = data.decode(CODECS.get(label, label), "replace").replace("\ufeff", "")
    right = decoded is not None and decoded.text.replace("\ufeff", "") == expected
    return row["file"], right, f"{decoded.encoding if decoded else 'binary'}, labelled {label}"


def spanish_tables(corpora: Path) -> Iterator[tuple[str, str]]:
    """Stretches of real Guatemalan and Latin American text, with the name of their file."""
    for folder in ("guatemala", "latam_tables", "laip_monitor", "evaluations"):
        for path in sorted((corpora / folder).rglob("*")):
            if path.suffix not in (".csv", ".json"):
                continue
            decoded = decode(path.read_bytes())
            lines = decoded.text.splitlines(keepends=True) if decoded is not None else []
            for start in range(0, min(len(lines), 4_000), 40):
                stretch = "".join(lines[start : start + 40])[:20_000]
                if not stretch.isascii():
                    yield f"{path.name} line {start + 1}", stretch


def re_encoded(corpora: Path) -> Score:
    """Real Spanish text written again in other code pages, by equality of the decoded text."""
    return score("Spanish re-encoded", _re_encoded(spanish_tables(corpora)))


def _re_encoded(stretches: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bool, str]]:
    for name, text in stretches:
        for codec in RE_ENCODED:
            try:
                data = text.encode(codec)
            except UnicodeEncodeError:
                continue
            decoded = decode(data)
            right = decoded is not None and decoded.text == text
            yield f"{name} in {codec}", right, decoded.encoding if decoded is not None else "binary"


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
        file_types(folder),
        encodings(folder),
        re_encoded(folder),
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
