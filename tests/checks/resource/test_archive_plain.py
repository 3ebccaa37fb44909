"""Edges of `archive_plain`: what is an archive inside, and what only looks like it."""

import pytest

from atalaya.checks.example_cases import inspection, resource_case
from atalaya.checks.resource.archive_plain import rule
from atalaya.inspection.findings import Member


def said(*members: tuple[str, str | None], format_id: str = "zip") -> tuple[str, int, int]:
    listed = tuple(Member(path=path, size=1, format=found) for path, found in members)
    outcome = rule(resource_case(inspection=inspection(format_id, members=listed)))
    return outcome.reason, outcome.passed, outcome.applied


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((("a.csv", "csv"), ("b.xlsx", "xlsx")), ("ok", 2, 2)),
        ((("mapa.zip", "shapefile"),), ("ok", 1, 1)),
        ((("a.csv", "csv"), ("b.csv.gz", "gzip")), ("archives", 1, 2)),
        ((("b.rar", None),), ("archives", 0, 1)),
        ((("sin_nombre", None),), ("ok", 1, 1)),
        ((("leame.bat", "txt"), ("a.csv", "csv")), ("programs", 1, 2)),
        ((("visor", "executable"),), ("programs", 0, 1)),
        ((("C:\\datos\\a.csv", "csv"),), ("outside", 0, 1)),
        ((("/etc/a.csv", "csv"),), ("outside", 0, 1)),
        ((("datos..2024/a.csv", "csv"),), ("ok", 1, 1)),
        ((("a.csv", "csv"), ("Thumbs.db", "ole2"), ("__MACOSX/._a.csv", None)), ("ok", 1, 1)),
    ],
)
def test_members(members: tuple[tuple[str, str | None], ...], expected: tuple[str, int, int]) -> None:
    assert said(*members) == expected


def test_a_compressed_file_is_an_archive_of_one() -> None:
    assert said(("a.csv", "csv"), format_id="gzip") == ("ok", 1, 1)


@pytest.mark.parametrize("format_id", ["xlsx", "shapefile", "kmz", "ole2"])
def test_files_that_are_packed_by_themselves_are_no_archives(format_id: str) -> None:
    assert said(("a.zip", "zip"), format_id=format_id)[0] == "no_archive"
