"""Letters of a pack: what is read, and what is told with its file, line and column."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.countries.letters import places_of
from atalaya.countries.reader import examine_pack, find_pack, read_pack

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ZZ, tmp_path / "zz"))


def changed(pack: Path, **changes: Any) -> list[str]:
    """Problems of the pack after keys of its first letter were changed; None takes a key away."""
    path = pack / "letters.yml"
    letters = yaml.safe_load(path.read_text(encoding="utf-8"))
    letters[0] = {key: value for key, value in {**letters[0], **changes}.items() if value is not None}
    path.write_text(yaml.safe_dump(letters, allow_unicode=True), encoding="utf-8")
    return [str(problem) for problem in examine_pack(pack).problems]


def test_a_letter_is_read_with_its_law_and_term(pack: Path) -> None:
    letter, _ = read_pack(pack).letters
    assert (letter.id, letter.subject, letter.law, letter.deadline) == ("peto", "duty", "malfermo", "malfermo-respondo")
    assert letter.addressees[0].institution.startswith("zz:")
    assert letter.addressees[0].address == "Strato 1"
    assert set(letter.body) == {"eo", "en"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"law": "alia"}, "no law has the id 'alia'"),
        ({"deadline": "alia"}, "has no deadline 'alia' in days"),
        ({"for": "person"}, "none of duty, dataset, vanished"),
        ({"body": {"eo": ["{dataset}"]}}, "{dataset} cannot be filled in a letter for a duty"),
        ({"body": {"eo": ["{}"]}}, "{} cannot be filled"),
        ({"body": {"eo": ["{law"]}}, "a brace stands alone"),
        ({"body": {"en": ["x"]}}, "the letter has no text in 'eo'"),
        ({"post": None}, "lacks the key 'post'"),
        ({"id": "datumoj"}, "the letter 'datumoj' stands twice"),
        ({"addressees": [{"institution": "neniu", "source": "x"}]}, "no institution has the slug 'neniu'"),
    ],
)
def test_what_is_wrong_is_told(pack: Path, changes: dict[str, Any], words: str) -> None:
    problems = changed(pack, **changes)
    assert [problem for problem in problems if words in problem and problem.startswith("letters.yml:")]


def test_letters_of_packaged_packs_speak_both_languages_of_the_portal() -> None:
    letters = read_pack(find_pack("gt")).letters
    assert {letter.subject for letter in letters} == {"duty", "dataset", "vanished"}
    for letter in letters:
        places = {
            language: {name for text in body for name in places_of(text)} for language, body in letter.body.items()
        }
        assert set(places) == {"es", "en"}
        assert places["es"] == places["en"]
