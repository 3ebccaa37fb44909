"""Large delimited texts: read from the file they give the same findings as read row by row, or are left to that reader."""

import csv
import hashlib
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from atalaya.inspection import inspector
from atalaya.inspection.findings import Inspection, Table
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings

FROM_FILE = Limits(held=0, cells_kept=True, described=False)
ROW_BY_ROW = Limits(held=1 << 40, cells_kept=True, described=False)

LARGEST = 250_000
"""Bytes of the largest recorded texts that are read both ways here."""
Taken = list[bool]
"""For each file that was sniffed as one to be read from itself, whether it was."""


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    found: Taken = []
    reading = inspector.read_large

    def watched(*given: object) -> Findings | None:
        findings = reading(*given)  # type: ignore[arg-type]
        found.append(findings is not None)
        return findings

    monkeypatch.setattr(inspector, "read_large", watched)
    return found


def both(data: bytes, url: str = "tabla.csv") -> tuple[Inspection, Inspection]:
    return inspect_bytes(data, url=url, limits=FROM_FILE), inspect_bytes(data, url=url, limits=ROW_BY_ROW)


def assert_same(from_file: Inspection, row_by_row: Inspection, *, whole: bool = True) -> None:
    """The same findings; with `whole` also the same cells."""
    assert from_file == row_by_row
    for one, other in zip(from_file.tables, row_by_row.tables, strict=True):
        assert_same_tallies(one, other)
        if whole:
            assert_same_cells(one, other)


def assert_same_tallies(one: Table, other: Table) -> None:
    assert one.tallies is not None
    assert other.tallies is not None
    for left, right in zip(one.tallies, other.tallies, strict=True):
        assert {kind: cells for kind, cells in right.kinds.items() if cells} == dict(left.kinds)
        assert (left.rows, left.distinct, left.whole) == (right.rows, right.distinct, right.whole)
        assert (left.sure_booleans, dict(left.missing)) == (right.sure_booleans, right.missing)
        assert left.commonest() == right.commonest()
        assert len(left.values) == len(right.values)
        if left.whole:
            assert left.values == right.values


def assert_same_cells(one: Table, other: Table) -> None:
    left, right = one.frame, other.frame
    assert left is not None
    assert right is not None
    assert (left.names, left.header_rows, left.numbers) == (right.names, right.header_rows, right.numbers)
    assert (left.titles, left.notes, left.cut, len(left.extras)) == (right.titles, right.notes, right.cut, 0)
    for values, others in zip(left.columns, right.columns, strict=True):
        assert (list(values.texts), values.codes) == (list(others.texts), others.codes)
        assert list(values.padded) == list(others.padded)


def test_a_quote_behind_the_head(taken: Taken) -> None:
    plain = "código,tamaño\n" + "".join(f"{row:06},5 cm\n" for row in range(100_000))
    for cell, quote in (('"a, b"', '"'), ('5"', None), ("5 cm", None)):
        data = plain.replace("095000,5 cm", f"095000,{cell}").encode()
        from_file, row_by_row = both(data)
        assert_same(from_file, row_by_row)
        assert from_file.dialect is not None
        assert from_file.dialect.quote == quote
    assert taken == [True, True, True]


def table(rows: int, *, end: str = "\n", delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    chance = random.Random(7)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(["código", "municipio", "monto", "fecha", "nota"])
    for row in range(rows):
        note = chance.choice(["", "s.d.", 'dice "sí"', f"uno{end}dos", "a, b; c", "sí", " con espacio "])
        place = chance.choice(["Flores", "Cobán", " Quiché", "Zacapa\u00a0"])
        writer.writerow([f"{row:05}", place, f"{chance.random() * 1e4:,.2f}", f"2024-0{row % 9 + 1}-11", note])
    return out.getvalue().encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_same_as_row_by_row(taken: Taken, end: str, delimiter: str) -> None:
    assert_same(*both(table(600, end=end, delimiter=delimiter)))
    assert taken == [True]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\n\n\n",
        lambda data: data + b",,,,\n , ,,,\n",
        lambda data: data + b"Fuente: INE,,,,\nCifras preliminares,,,,\n",
        lambda data: data + b"Fuente: INE,,,,\n,,,,\nNota: x,,,,\n,,,,\n",
        lambda data: data + b"Otro,,,,\nFuente: INE,,,,\n",
        lambda data: b"Registro de pagos,,,,\n,,,,\n" + data,
        lambda data: data.split(b"\n", 1)[1],
        lambda data: data.replace(b"Flores", b"Flo\0res"),
    ],
    ids=[
        "mark",
        "no end",
        "blank lines",
        "blank rows",
        "notes",
        "notes and blanks",
        "no note",
        "titles",
        "no header",
        "zeros",
    ],
)
def test_how_a_table_begins_and_ends(taken: Taken, change: Callable[[bytes], bytes]) -> None:
    assert_same(*both(change(table(600))))
    assert taken == [True]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"00300,", b"00300,x,"),
        lambda data: data.replace(b"00300,", b""),
        lambda data: data.replace(b"00300,", b",,,,\n00300,"),
        lambda data: data.replace(b"00300,", b"\n00300,"),
        lambda data: data.replace(b"00300,", "código,municipio,monto,fecha,nota\n00300,".encode()),
        lambda data: data.replace(b"00300,", b'"003"00,'),
        lambda data: data.replace(b"00300,", b' "00300",'),
        lambda data: data.replace(b"00300,", b'"00300,'),
        lambda data: data.replace(b"00300,", b"00\r300,"),
        lambda data: data.replace(b"00300,", b"00\xe9300,"),
        lambda data: data.replace(b"\n", b"\r\n", 300),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"sep=,\n" + data,
        lambda data: data.replace(b'""', b'\\"'),
        lambda data: data.replace(b"00300,", b"c\xc3\xb3digo,,,,\n00300,"),
    ],
    ids=[
        "a cell more",
        "a cell less",
        "blank row",
        "blank line",
        "header again",
        "letters behind a quote",
        "space before a quote",
        "open quote",
        "lone return",
        "another encoding",
        "two line ends",
        "returns only",
        "separator",
        "backslashes",
        "name alone",
    ],
)
def test_what_is_written_irregularly_is_read_row_by_row(taken: Taken, change: Callable[[bytes], bytes]) -> None:
    data = change(table(600))
    assert data != table(600)
    assert_same(*both(data), whole=False)
    assert True not in taken


@pytest.mark.parametrize(
    "data",
    [b'{"a": 1, "b": 2}\n' * 50, b"<a><b>1,2</b></a>\n", b'[["a","b"],["1","2"]]\n', b"una sola palabra\n" * 9],
    ids=["lines of JSON", "XML", "JSON", "text"],
)
def test_what_is_no_delimited_text_is_not_taken(taken: Taken, data: bytes) -> None:
    assert_same(*both(data, url="x"), whole=False)
    assert taken == []


def test_more_rows_than_are_sorted_and_more_values_than_are_kept(taken: Taken) -> None:
    data = table(25_000) + table(10).split(b"\n", 1)[1]
    from_file, row_by_row = both(data)
    assert_same(from_file, row_by_row)
    assert taken == [True]
    assert from_file.tables[0].rows == 25_010
    assert from_file.tables[0].duplicates == 10
    assert from_file.tables[0].columns[0].distinct == 25_000


def test_the_first_rows_are_kept(taken: Taken) -> None:
    data = table(5_000)
    found = inspect_bytes(data, url="a.csv", limits=Limits(held=0, cells_kept=True, frame_bytes=100_000)).tables[0]
    whole = inspect_bytes(data, url="a.csv", limits=ROW_BY_ROW).tables[0]
    assert taken == [True]
    assert found.frame is not None
    assert whole.frame is not None
    assert found.frame.cut
    assert 100 < len(found.frame) < 2_500
    assert list(found.frame.rows()) == list(whole.frame.rows())[: len(found.frame)]
    assert found == whole


def test_bytes_and_files_give_the_same(tmp_path: Path, taken: Taken) -> None:
    data = table(400)
    path = tmp_path / "pagos.csv"
    path.write_bytes(data)
    found = inspect_file(path, limits=FROM_FILE)
    assert found == inspect_bytes(data, url="pagos.csv", limits=FROM_FILE)
    assert taken == [True, True]
    assert (found.sha256, found.md5) == (hashlib.sha256(data).hexdigest(), hashlib.md5(data).hexdigest())
    assert found.sha1 == hashlib.sha1(data).hexdigest()


def test_columns_are_described_over_all_rows(taken: Taken) -> None:
    data = table(3_000)
    (found,) = inspect_bytes(data, url="a.csv", limits=Limits(held=0)).tables
    (other,) = inspect_bytes(data, url="a.csv", limits=Limits(held=1 << 40)).tables
    assert taken == [True]
    for one, two in zip(found.columns, other.columns, strict=True):
        assert one.description is not None
        assert two.description is not None
        assert one.description.rows == 3_000
        assert one.description.semantic.type == two.description.semantic.type
        assert one.description.distribution.top == two.description.distribution.top
        assert one.description.disguises == two.description.disguises
    assert (found.frame, found.tallies) == (None, None)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: Taken) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inspect_bytes(table(400), url="pagos.csv", limits=FROM_FILE)
    assert taken == [True]
    assert list(tmp_path.iterdir()) == []


CELL = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=8),
    st.sampled_from(
        ["", "N/D", "12", "1.234,5", "3/4/2019", "sí", '"', "a\nb", " x", "x ", "-", "0101", "Fuente: INE", "\u2003"]
    ),
)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Delimited texts in any dialect, some of them with a stray character in the middle."""
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=30))
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=draw(st.sampled_from(",;\t|")),
        quotechar=draw(st.sampled_from("\"'")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    writer.writerows(rows)
    text = out.getvalue()
    stray = draw(st.sampled_from(["", "", "", '"', "\r", "\n", ",", " ", "'", "\n\n", "\r\n"]))
    at = draw(st.integers(0, len(text)))
    return (text[:at] + stray + text[at:]).encode("utf-8", "surrogatepass")


@example(b'""\t""\t"" \t""\n' + b'""\t""\t""\t""\n' * 3 + b'""\t""\t""\t"0"\n')
@example(b'"","","0"\r\n"","00","000"\r\n"0","00","0000"\r\n\r"","","\xc3\x8c\xc2\x80"\r\n')
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts())
def test_any_text_gives_the_same(data: bytes) -> None:
    assert_same(*both(data), whole=False)


@pytest.mark.real
def test_recorded_files_give_the_same(corpora: Path, taken: Taken) -> None:
    """Every third recorded text of up to `LARGEST` bytes; most of those that are tables are written regularly."""
    sniffed = 0
    for path in list(_recorded(corpora))[::3]:
        before = len(taken)
        from_file = inspect_file(path, limits=FROM_FILE)
        if len(taken) > before:
            sniffed += 1
            assert_same(from_file, inspect_file(path, limits=ROW_BY_ROW), whole=taken[-1])
    assert sniffed > 100
    assert sum(taken) > 0.6 * sniffed


def _recorded(corpora: Path) -> Iterator[Path]:
    for path in sorted(corpora.rglob("*")):
        if path.suffix.lower() in (".csv", ".tsv", ".txt") and path.is_file() and path.stat().st_size < LARGEST:
            yield path
