"""A new country begins with a valid pack."""

from pathlib import Path

import pytest

from atalaya.countries.reader import examine_pack
from atalaya.countries.template import write_pack
from atalaya.exceptions import CountryPackError


@pytest.mark.parametrize(
    ("code", "name", "language", "holidays"),
    [
        ("uy", "Uruguay", "es", "UY"),
        ("zz", 'Zet"land: $x {y} #1', "eo", None),
        ("pt-20", "Região Autónoma dos Açores", "pt-PT", None),
    ],
)
def test_a_new_pack_has_no_problem(tmp_path: Path, code: str, name: str, language: str, holidays: str | None) -> None:
    folder = tmp_path / "new"
    files = write_pack(code, name, language, folder)
    examination = examine_pack(folder)
    assert examination.problems == ()
    assert examination.pack is not None
    assert (examination.pack.code, examination.pack.name) == (code, {language: name})
    assert examination.pack.calendar.holidays_country == holidays
    assert files == tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def test_every_yaml_file_says_what_goes_there(tmp_path: Path) -> None:
    for file in write_pack("uy", "Uruguay", "es", tmp_path / "new"):
        if file.suffix == ".yml":
            assert file.read_text(encoding="utf-8").startswith("# "), file.name


@pytest.mark.parametrize(
    ("code", "name", "language", "words"),
    [
        ("UY", "x", "es", "lower case"),
        ("../x", "x", "es", "code"),
        ("uy", " ", "es", "--name"),
        ("uy", "x", "x: y", "language"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, code: str, name: str, language: str, words: str) -> None:
    with pytest.raises(CountryPackError, match=words):
        write_pack(code, name, language, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CountryPackError, match="--folder"):
        write_pack("uy", "Uruguay", "es", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
