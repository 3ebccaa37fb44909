"""SPSS, Stata and SAS: the values, dates and labels that another program wrote, and what becomes of damaged files."""

import random
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.natives import sas, sas_transport, spss, spss_portable, stata
from atalaya.inspection.natives.messages import Budget
from atalaya.inspection.natives.sas_packing import unpack_rdc, unpack_rle
from atalaya.inspection.natives.sas_transport import number_of
from atalaya.inspection.natives.variables import when

FILES = Path(__file__).parent.parent / "fixtures" / "statistics"
READERS: dict[str, ModuleType] = {
    ".sav": spss, ".zsav": spss, ".dta": stata, ".sas7bdat": sas, ".xpt": sas_transport, ".por": spss_portable,
}  # fmt: skip
NAMES = sorted(path.name for path in FILES.iterdir() if path.suffix in READERS)
WHOLE = [name for name in NAMES if name.endswith(("sav", "118.dta", "117.dta"))]
"""Files whose format holds long texts and their letters."""
PLACES = ["Cobán", "Flores", "", "Petén", "ñu", "x"]
DAYS = ["2024-01-31", "1959-12-31", "2000-02-29", "1900-03-01", "1999-12-31", "2024-02-29"]


def inspected(data: bytes) -> Inspection:
    return inspect_bytes(data, limits=replace(DEFAULT, cells_kept=True))


def columns(inspection: Inspection, table: str = "") -> dict[str, list[str]]:
    (found,) = [each for each in inspection.tables if each.name == table]
    assert found.frame is not None
    return {name: list(values) for name, values in zip(found.frame.names, found.frame.columns, strict=True)}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "runs.sas7bdat"])
def test_what_another_program_wrote_is_read(name: str) -> None:
    inspection = inspected((FILES / name).read_bytes())
    assert inspection.defects == ()
    found = {column.lower(): values for column, values in columns(inspection).items()}
    assert found["edad"] == ["34", "", "99", "1000.5", "0", "-7"]
    assert found["sexo"] == ["1", "2", "1", "2", "9", "1"]
    if name != "plain.sas7bdat":  # its writer gave dates no format
        assert found["dia"] == DAYS
        assert set(found["hora"]) == {"2024-01-31T23:59:59"}
    plain = str.maketrans("áéñ", "aen") if name.endswith("por") else {}
    assert found["lugar"] == [place.translate(plain) for place in PLACES]


@pytest.mark.parametrize("name", WHOLE)
def test_long_texts_are_whole(name: str) -> None:
    notes = columns(inspected((FILES / name).read_bytes()))["nota"]
    assert notes == ["corta", "", "y" * 300, "ñ" * 260, "a", "b"]


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(("sav", "dta"))])
def test_what_codes_mean_stands_beside_the_data(name: str) -> None:
    inspection = inspected((FILES / name).read_bytes())
    assert columns(inspection, "values") == {
        "variable": ["sexo"] * 3, "value": ["1", "2", "9"], "label": ["Hombre", "Mujer", "No sabe"],
    }  # fmt: skip
    assert columns(inspection, "variables")["label"] == ["Edad en años", "Lugar", "Sexo", "Nota libre", "Día", "Hora"]
    assert [(table.name, table.content) for table in inspection.tables] == [
        ("", "data"), ("variables", "fields"), ("values", "fields"),
    ]  # fmt: skip


def test_rows_that_sas_packed_by_runs() -> None:
    found = columns(inspected((FILES / "runs.sas7bdat").read_bytes()))
    assert found["edad"] == ["" if n % 7 == 3 else f"{n * 1.5 - 4:g}" for n in range(40)]
    assert found["lugar"][8] == "@" * 40
    assert found["lugar"][15] == "x" * 15 + "Cobán@@@@ fin"
    assert found["dia"][:2] == ["1960-01-01", "1962-09-27"]


@pytest.mark.parametrize("name", NAMES)
def test_files_that_end_too_early(name: str) -> None:
    data = (FILES / name).read_bytes()
    for tenth in range(1, 10):
        inspection = inspect_bytes(data[: len(data) * tenth // 10])
        lost = sum(table.rows for table in inspection.tables if table.content == "data") < (40 if "runs" in name else 6)
        told = {defect.code for defect in inspection.defects} & {"truncated", "unreadable", "empty_file"}
        assert told or not lost, tenth


def broken(data: bytes, times: int) -> Iterator[bytes]:
    chance = random.Random(7)
    for _ in range(times):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        yield bytes(changed)


@pytest.mark.parametrize("name", NAMES)
def test_damage_ends_as_an_outcome(name: str) -> None:
    """Called without the process around it: what it raises would be told as a reader that broke."""
    module = READERS[Path(name).suffix]
    for data in broken((FILES / name).read_bytes(), 120):
        for message in module.read(data, Budget(1_000_000, 1_000_000)):
            assert message[0] in ("table", "rows", "fault", "fact")


def test_a_file_that_only_claims_to_hold_much_is_told() -> None:
    data = bytearray((FILES / "format113.dta").read_bytes())
    data[6:10] = struct.pack("<i", 2_000_000_000)
    (defect,) = inspect_bytes(bytes(data)).defects
    assert (defect.code, "of 2000000000 stated" in defect.detail) == ("truncated", True)


@pytest.mark.parametrize(
    ("packed", "row"),
    [
        (b"\x00\x00" + b"a" * 64, b"a" * 64),
        (b"\x2f" + b"b" * 111, b"b" * 111),
        (b"\x41\x02z", b"z" * 276),
        (b"\x50\x00\x60\x01\x70\x02", b"@" * 17 + b" " * 18 + bytes(19)),
        (
            b"\x82abc\x90" + b"d" * 17 + b"\xa0" + b"e" * 33 + b"\xb0" + b"f" * 49,
            b"abc" + b"d" * 17 + b"e" * 33 + b"f" * 49,
        ),
        (b"\xc1q\xd0\xe1\xf2", b"qqqq@@   " + bytes(4)),
    ],
)
def test_commands_of_runs(packed: bytes, row: bytes) -> None:
    assert unpack_rle(packed, len(row)) == row
    with pytest.raises(IndexError):
        unpack_rle(packed[:-1], len(row))


@pytest.mark.parametrize(
    ("packed", "row"),
    [
        (b"\x00\x00abcd", b"abcd"),
        (b"\x80\x00\x02x", b"xxxxx"),
        (b"\x80\x00\x11\x02y", b"y" * (1 + 32 + 19)),
        (b"\x10\x00abc\x30\x00def", b"abcabcdef"),
        (b"\x10\x00abc\x20\x00\x01", b"abc" + b"abcabcabcabcabcab"),
    ],
)
def test_commands_of_patterns(packed: bytes, row: bytes) -> None:
    assert unpack_rdc(packed, len(row)) == row


def test_a_pattern_from_before_the_row_is_refused() -> None:
    with pytest.raises(ValueError, match="before the row"):
        unpack_rdc(b"\x80\x00\x3f\x00", 10)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("4110000000000000", 1.0), ("c276a00000000000", -118.625), ("0000000000000000", 0.0), ("2e00000000000000", None),
        ("4100000000000000", None), ("40199999", 0.0999999940395355),
    ],
)  # fmt: skip
def test_numbers_of_mainframes(raw: str, number: float | None) -> None:
    assert number_of(bytes.fromhex(raw)) == (pytest.approx(number) if number is not None else None)


@pytest.mark.parametrize(
    ("number", "shown", "text"),
    [
        (0.0, "DATE9.", "1960-01-01"), (-1.0, "ddmmyy10.", "1959-12-31"), (86399.0, "DATETIME20.", "1960-01-01T23:59:59"),
        (5.0, "BEST12.", 5.0), (1e12, "DATE", 1e12),
    ],
)  # fmt: skip
def test_dates_of_sas(number: float, shown: str, text: object) -> None:
    assert when(number, shown) == text
