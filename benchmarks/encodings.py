"""How often bytes are read as the text that they were written from: the labelled files of chardet, and real Spanish and
Portuguese tables written again in the code pages that Latin American systems write.

    python -m benchmarks.encodings [--peers]

`--peers` prints charset-normalizer and chardet beside it where they can be imported, over one table in `PEER_EVERY`: they take
some fifty times as long.

A table in a code page is right when every letter comes back. One in UTF-8 that breaks after more than a megabyte is right when
lines written in cp1252 come back as written, a character cut short in the middle is one U+FFFD (as browsers do, WHATWG Encoding
§4.1), and one cut short at the end of the file is left out: nothing was lost but the letter itself.
"""

import csv
import gzip
import importlib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import python_calamine

from atalaya.inspection.text import decode
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
CODE_PAGES = ("cp1252", "latin-1", "cp850", "mac_roman", "utf-16-le", "utf-16-be")
HEIGHTS = (4, 12, 25, 8, 60, 6)
"""Rows of the tables, in turn: short ones are the hard ones."""
DELIMITERS = (";", ",", "\t")
MEGABYTE = 1_100_000
EVERY = 30
"""One table in so many is also tried broken after a megabyte."""
MOST_ROWS = 1_500
"""Rows of one sheet or file that are cut into tables."""
PEER_EVERY = 60
FOLDERS = ("guatemala", "latam_tables", "laip_monitor", "evaluations")

Row = Sequence[object]


def labelled(corpora: Path) -> Score:
    """Encodings of the files of chardet, by equality of the decoded text."""
    folder = corpora / "groundtruth" / "encoding_chardet"
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return score("encoding: files of chardet", (_labelled(folder / row["file"], row) for row in rows))


def _labelled(path: Path, row: dict[str, str]) -> tuple[str, bool, str]:
    label = row["expected_encoding_label"].lower()
    for language in LANGUAGES:
        label = label.removesuffix(f"-{language}")
    data = path.read_bytes()
    decoded = decode(data)
    expected = data.decode(CODECS.get(label, label), "replace").replace("\ufeff", "")
    right = decoded is not None and decoded.text.replace("\ufeff", "") == expected
    return row["file"], right, f"{decoded.encoding if decoded else 'binary'}, labelled {label}"


def latin_american_files(corpora: Path) -> Score:
    """Every text file of Guatemala and Latin America as published: strict UTF-8 where all of it is, else cp1252.

    Those are the only two encodings in them (the manifests say so of the files in latin-1, and a person has read them).
    """
    return score("encoding: Latin American files", _published(corpora))


def _published(corpora: Path) -> Iterator[tuple[str, bool, str]]:
    for folder in (*FOLDERS, "groundtruth/data_cleaner"):
        for path in sorted((corpora / folder).rglob("*")):
            if path.suffix not in (".csv", ".json", ".prj", ".qpj"):
                continue
            data = path.read_bytes()
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252")
            yield path.name, *_same(data, text)


def re_encoded(tables: Iterable[tuple[str, str]], codecs: Sequence[str] = CODE_PAGES) -> Score:
    """Real tables written again in code pages, by equality of the decoded text; those that one cannot hold are left out."""
    name = codecs[0] if len(codecs) == 1 else "other encodings"
    return score(f"encoding: tables in {name}", _re_encoded(tables, codecs))


def _re_encoded(tables: Iterable[tuple[str, str]], codecs: Sequence[str]) -> Iterator[tuple[str, bool, str]]:
    for name, text in tables:
        for codec in codecs:
            try:
                data = text.encode(codec)
            except UnicodeEncodeError:
                continue
            yield f"{name} in {codec}", *_same(data, text)


def broken_late(tables: Iterable[tuple[str, str]]) -> Score:
    """Real tables in UTF-8 of more than a megabyte that break after it, by equality of the decoded text."""
    return score("encoding: UTF-8 broken after a megabyte", _broken_late(tables))


def _broken_late(tables: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bool, str]]:
    for name, text in tables:
        long = text * (MEGABYTE // len(text.encode()) + 1)
        whole = long.encode()
        place = next(at for at, letter in enumerate(text) if letter > "\x7f")
        head, letter, tail = text[:place], text[place], text[place + 1 :]
        cut = letter.encode()[:-1]
        with suppress(UnicodeEncodeError):
            yield f"{name}, lines in cp1252", *_same(whole + text.encode("cp1252") + whole[:5_000], None, long + text)
        middle = f"{long}{head}\ufffd{tail}"
        yield f"{name}, cut in the middle", *_same(whole + head.encode() + cut + tail.encode(), middle)
        yield f"{name}, cut at the end", *_same(whole + head.encode() + cut, long + head)


def peers(tables: Sequence[tuple[str, str]]) -> Iterator[Score]:
    """What other detectors make of some of the tables, each in every code page."""
    readers = {"ours": _read, "charset_normalizer": _read_normalizer, "chardet": _read_chardet}
    cases = [(name, text, codec) for name, text in tables[::PEER_EVERY] for codec in CODE_PAGES if _holds(codec, text)]
    for peer, read in readers.items():
        try:
            yield score(peer, ((name, read(text.encode(codec)) == text, codec) for name, text, codec in cases))
        except ImportError:
            continue


def _holds(codec: str, text: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _read(data: bytes) -> str | None:
    decoded = decode(data)
    return decoded.text if decoded is not None else None


def _read_normalizer(data: bytes) -> str | None:
    best = importlib.import_module("charset_normalizer").from_bytes(data).best()
    return str(best) if best is not None else None


def _read_chardet(data: bytes) -> str | None:
    found = importlib.import_module("chardet").detect(data)["encoding"]
    return data.decode(found, "replace") if found else None


def _same(data: bytes, text: str | None, start: str = "") -> tuple[bool, str]:
    decoded = decode(data)
    if decoded is None:
        return False, "binary"
    return decoded.text == text if text is not None else decoded.text.startswith(start), decoded.encoding


def spanish_tables(corpora: Path) -> Iterator[tuple[str, str]]:
    """Tables of Guatemalan, Argentine, Chilean and other Spanish files and Brazilian texts, each once, as delimited text."""
    seen: set[str] = set()
    number = 0
    for name, rows in _sources(corpora):
        place = 0
        while place < min(len(rows), MOST_ROWS):
            height = HEIGHTS[number % len(HEIGHTS)]
            text = _written(rows[place : place + height], DELIMITERS[number % len(DELIMITERS)])
            number += 1
            if not text.isascii() and text not in seen:
                seen.add(text)
                yield f"{name} row {place + 1}", text
            place += height


def _written(rows: Iterable[Row], delimiter: str) -> str:
    out = io.StringIO()
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    csv.writer(out, delimiter=delimiter).writerows(cells)
    return out.getvalue().replace("\x00", "")


def _sources(corpora: Path) -> Iterator[tuple[str, Sequence[Row]]]:
    for folder in (*FOLDERS, "groundtruth/xls_repair_sinim/corrected"):
        for path in sorted((corpora / folder).rglob("*")):
            if path.suffix == ".csv":
                yield path.name, _csv_rows(path)
            elif path.suffix in (".xlsx", ".xls", ".ods"):
                yield from _sheets(path)
    yield (
        "instrumento_laip.json",
        _objects(json.loads((corpora / "laip_monitor/instrumento_laip.json").read_text("utf-8"))),
    )
    yield "tramites.json", _objects(json.loads((corpora / "evaluations/tramites_observatorio.json").read_text("utf-8")))
    chile = pq.read_table(corpora / "latam_tables/cl_sinim_2019-2023.parquet").slice(0, 60_000).to_pylist()
    yield "cl_sinim", [list(row.values()) for row in chile[::41]]
    yield from _argentine(corpora / "catalogues/datajson_ar")
    for path in sorted((corpora / "catalogues/ckan/dados.gov.br").glob("package*.json.gz")):
        yield path.name, _objects(json.loads(gzip.decompress(path.read_bytes())))


def _csv_rows(path: Path) -> Sequence[Row]:
    decoded = decode(path.read_bytes())
    assert decoded is not None
    text = decoded.text[:3_000_000]
    delimiter = max(";,\t", key=text[:5_000].count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))[:MOST_ROWS]


def _sheets(path: Path) -> Iterator[tuple[str, Sequence[Row]]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        try:
            rows = book.get_sheet_by_name(name).to_python()[:MOST_ROWS]
        except python_calamine.CalamineError:
            continue
        yield f"{path.name} {name}", [row for row in rows if any(cell != "" for cell in row)]


def _argentine(folder: Path) -> Iterator[tuple[str, Sequence[Row]]]:
    """The datasets of a catalogue as a table, and the fields that each distribution declares as another."""
    catalogue = json.loads(gzip.decompress((folder / "datos.gob.ar_2018-07-04.data.json.gz").read_bytes()))
    yield "datos.gob.ar", [[item.get("title"), item.get("description")] for item in catalogue["dataset"]]
    for dataset in catalogue["dataset"]:
        for distribution in dataset.get("distribution", ()):
            fields = distribution.get("field") or ()
            yield f"datos.gob.ar {distribution.get('title')}", _objects(fields)


def _objects(value: object) -> Sequence[Row]:
    """The leaves of every object inside a JSON value, one row an object."""
    rows: list[Row] = []
    pending = [value]
    while pending:
        found = pending.pop()
        if isinstance(found, Mapping):
            leaves = [leaf for leaf in found.values() if isinstance(leaf, str | int | float)]
            rows.append(leaves)
            pending.extend(each for each in found.values() if isinstance(each, Mapping | list | tuple))
        elif isinstance(found, list | tuple):
            pending.extend(found)
    return [row for row in rows if row]


def scores(corpora: Path) -> tuple[Score, ...]:
    """Every line of the table that is about encodings: each code page is a line of its own."""
    tables = list(spanish_tables(corpora))
    return (
        labelled(corpora),
        latin_american_files(corpora),
        *(re_encoded(tables, (codec,)) for codec in CODE_PAGES),
        broken_late(tables[::EVERY]),
    )


if __name__ == "__main__":
    folder = Path(os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    compared = peers(list(spanish_tables(folder))) if "--peers" in sys.argv else scores(folder)
    for line in compared:
        sys.stdout.write(f"{line.name}: {line.right} of {line.total} ({line.share:.1%})\n")
