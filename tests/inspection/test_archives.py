"""7z and RAR: members listed with their sizes and formats, read where a free method packed them, the rest told."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits
from atalaya.inspection.seven_zip import Archive
from tests.inspection.archive_bytes import rar_five, rar_four, seven_zip, seven_zip_around, written

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
A = "lugar,casos\nCobán,3\nFlores,5\n".encode()
B = b"x;y\n1;2\n3;4\n"


def codes(inspection: Inspection) -> list[tuple[str, str]]:
    return [(defect.code, defect.place) for defect in inspection.defects]


def members(inspection: Inspection) -> list[tuple[str, int, str | None]]:
    return [(member.path, member.size, member.format) for member in inspection.members]


def tables(inspection: Inspection) -> list[tuple[str, int]]:
    return [(table.name, table.rows) for table in inspection.tables]


@pytest.mark.parametrize("method", ["lzma", "bzip2"])
def test_archives_of_seven_zip_itself(method: str) -> None:
    inspection = inspect_bytes(written(method), url="a.7z")
    listed = [member for member in members(inspection) if member[0] != "nada.txt"]
    assert (inspection.format, listed) == ("seven_zip", [("a.csv", 30, "csv"), ("b.csv", 12, "csv")])
    assert tables(inspection) == [("a.csv", 2), ("b.csv", 2)]


def test_what_only_seven_zip_unpacks_is_listed() -> None:
    inspection = inspect_bytes(written("ppmd"))
    assert (members(inspection), codes(inspection)) == ([("a.csv", 30, None)], [("not_unpacked", "file")])
    assert "(a.csv)" in inspection.defects[0].detail


def test_passwords_of_seven_zip() -> None:
    inspection = inspect_bytes(written("encrypted"))
    assert members(inspection) == [("a.csv", 30, None), ("b.csv", 12, None)]
    assert codes(inspection) == [("password_protected", "a.csv"), ("password_protected", "b.csv")]
    assert codes(inspect_bytes(written("encrypted_names"))) == [("password_protected", "file")]


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text("abcñ/.", min_size=1), st.binary(min_size=1, max_size=3_000), min_size=1, max_size=5))
def test_members_come_back_as_they_were_packed(content: dict[str, bytes]) -> None:
    archive = Archive(seven_zip(content))
    assert [(entry.name, entry.size) for entry in archive.entries] == [
        (name, len(data)) for name, data in content.items()
    ]
    whole = b"".join(archive.unpack(0))
    assert [whole[entry.start : entry.start + entry.size] for entry in archive.entries] == list(content.values())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_directory_ends_as_an_outcome(data: st.DataObject) -> None:
    whole = bytearray(seven_zip({"a.csv": A, "b.csv": B}))
    header = int.from_bytes(whole[12:20], "little") + 32
    changed = bytearray(whole[header:])
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    inspection = inspect_bytes(seven_zip_around(bytes(whole[32:header]), bytes(changed)))
    assert inspection.format == "seven_zip"


def test_a_damaged_member_is_told_and_those_before_it_are_read() -> None:
    data = bytearray(seven_zip({"a.csv": A, "b.csv": B}))
    place = data.index(B)  # short texts lie in LZMA2 as they are
    data[place] ^= 1
    inspection = inspect_bytes(bytes(data))
    assert (members(inspection)[0], codes(inspection)) == (("a.csv", 30, "csv"), [("unreadable", "b.csv")])


def test_seven_zip_bombs_are_stopped() -> None:
    data = seven_zip({"ceros.bin": bytes(40 << 20)})
    inspection = inspect_bytes(data, limits=Limits(ratio_from=1 << 20))
    assert codes(inspection) == [("bomb", "ceros.bin")]
    claimed = seven_zip_around(b"", b"\x01\x05" + b"\xff" + (1 << 40).to_bytes(8, "little"))
    assert codes(inspect_bytes(claimed)) == [("unreadable", "file")]


@pytest.mark.parametrize("archive", [rar_four(("d/a.csv", A, 0x30, 0), ("b.csv", B, 0x33, 0)),
                                     rar_five(("d/a.csv", A, 0, False), ("b.csv", B, 3, False))])  # fmt: skip
def test_rar_lists_all_and_reads_what_is_stored(archive: bytes) -> None:
    inspection = inspect_bytes(archive, url="a.rar")
    packed = len(B) if archive[6:7] == b"\x01" else 3 * len(B)
    assert (inspection.format, members(inspection)) == ("rar", [("d/a.csv", 30, "csv"), ("b.csv", packed, None)])
    assert (tables(inspection), inspection.encoding) == ([("", 2)], "utf-8")
    assert codes(inspection) == [("not_unpacked", "file")]
    assert "(b.csv)" in inspection.defects[0].detail


def test_passwords_of_rar() -> None:
    four = inspect_bytes(rar_four(("a.csv", A, 0x30, 0x04)))
    five = inspect_bytes(rar_five(("a.csv", A, 0, True)))
    assert [codes(each) for each in (four, five)] == [[("password_protected", "a.csv")]] * 2
    assert codes(inspect_bytes(rar_five(locked=True))) == [("password_protected", "file")]


def test_a_member_that_goes_on_in_another_volume() -> None:
    assert codes(inspect_bytes(rar_four(("a.csv", A, 0x30, 0x02)))) == [("truncated", "a.csv")]


@pytest.mark.parametrize("whole", [written("lzma"), rar_four(("a.csv", A, 0x30, 0)), rar_five(("a.csv", A, 0, False))])
def test_archives_that_end_too_early(whole: bytes) -> None:
    for tenth in range(2, 10):
        inspection = inspect_bytes(whole[: len(whole) * tenth // 10])
        assert {defect.code for defect in inspection.defects} & {"truncated", "unreadable"}, tenth


def test_archives_in_archives_to_a_limit(zip_of: ZipOf) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("dentro.zip")
        inner = zip_of({"a.csv": A})
        info.size = len(inner)
        archive.addfile(info, io.BytesIO(inner))
    inspection = inspect_bytes(seven_zip({"todo.tar": out.getvalue()}))
    assert tables(inspection) == [("", 2)]
    deeper = inspect_bytes(zip_of({"x.7z": seven_zip({"todo.tar": out.getvalue()})}))
    assert {defect.code for defect in deeper.defects} == {"bomb"}


def test_zip_methods_outside_the_standard_are_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", A)
        archive.writestr("b.csv", B)
    data = bytearray(out.getvalue())
    last, central = data.rfind(b"PK\x03\x04"), data.rfind(b"PK\x01\x02")
    data[last + 8 : last + 10] = data[central + 10 : central + 12] = b"\x09\x00"
    inspection = inspect_bytes(bytes(data))
    assert (members(inspection)[1], codes(inspection)) == (("b.csv", 12, None), [("not_unpacked", "file")])
    assert tables(inspection) == [("", 2)]
