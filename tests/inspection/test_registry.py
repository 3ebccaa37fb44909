"""The registry names formats that exist, in order, and every reader survives a file that is not what it says."""

import pytest

from atalaya.catalogue.vocabularies.formats import formats
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.registry import READERS, reader_of


def test_formats_exist_and_are_sorted() -> None:
    assert set(READERS) <= set(formats())
    assert list(READERS) == sorted(READERS)


def test_a_format_without_a_line_is_hashed_by_lines_or_bytes() -> None:
    assert reader_of("txt", True).__name__ == "read_plain"
    assert reader_of("png", False).__name__ == "read_as_bytes"


@pytest.mark.parametrize(
    "start",
    [
        b"PAR1",
        b"BZh9",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
        b"\x1f\x8b\x08\x00",
        b"SQLite format 3\x00",
        b"PK\x03\x04",
    ],
)
def test_a_signature_without_a_body_is_a_defect(start: bytes) -> None:
    inspection = inspect_bytes(start + b"\x00\x01garbage" * 20)
    assert inspection.defects != ()
