"""Hostile files end as defects, and what one costs is bounded however its containers are nested."""

import io
import time
import zipfile
from dataclasses import replace

import pytest

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import DEFAULT
from benchmarks import monsters

MIB = 1 << 20
SECONDS = 20.0
"""Processor seconds that one of these small files may take; each takes less than one."""


def codes(data: bytes, name: str) -> set[str]:
    return {defect.code for defect in inspect_bytes(data, url=name).defects}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("crowded.zip", monsters.crowded_zip(110_000)),
        ("overlapping.zip", monsters.overlapping_zip()),
        ("nested.zip", monsters.nested_zip()),
        ("zeros.zip", monsters.zip_bomb(64 * MIB)),
        ("zeros.gz", monsters.gzip_of_gzip(64 * MIB)),
        ("span.xlsx", monsters.workbook_span()),
        ("laughs.xml", monsters.laughs()),
        ("deep.json", monsters.deep_json()),
    ],
)
def test_a_bomb_is_told_as_one(name: str, data: bytes) -> None:
    started = time.process_time()
    assert "bomb" in codes(data, name)
    assert time.process_time() - started < SECONDS


def test_containers_in_containers_share_what_may_be_unpacked() -> None:
    """Each inner archive is below its own limit; together they are above that of the file."""
    inner = monsters.zip_bomb(8 * MIB)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.zip", inner)
    limits = replace(DEFAULT, unpacked_inside=64 * MIB)
    found = inspect_bytes(stream.getvalue(), url="many.zip", limits=limits)
    assert "bomb" in {defect.code for defect in found.defects}
    assert "bomb" not in codes(inner, "one.zip")


def test_after_one_workbook_that_took_all_it_may_the_others_are_not_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.xlsx", monsters.workbook_span())
    told = [defect.detail for defect in inspect_bytes(stream.getvalue(), url="many.zip").defects]
    assert sum("not opened: another workbook" in detail for detail in told) == 2


@pytest.mark.parametrize("line", [b"\n", b" \n", b"\r\n", b"\t\n"])
def test_blank_lines_without_end_take_no_time(line: bytes) -> None:
    started = time.process_time()
    inspect_bytes(b"a,b\n" + line * 300_000)
    assert time.process_time() - started < SECONDS
