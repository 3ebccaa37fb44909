"""The files of languages, and what a wrong one is answered with."""

from importlib import resources

import pytest
import yaml

from atalaya.duties.justifications import statement_of
from atalaya.duties.wording import Wording, checked, language_file, load_wording
from atalaya.exceptions import CountryPackError

CODES = sorted(
    file.name.removesuffix(".yml") for file in resources.files("atalaya").joinpath("data", "languages").iterdir()
)


def test_there_are_languages() -> None:
    assert {"en", "es"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_whole(code: str) -> None:
    words = load_wording((code,))
    assert sorted(set(words.months.values())) == list(range(1, 13))
    assert words.generic
    assert words.unrelated
    assert words.numbers
    assert statement_of("", words) is None  # every pattern can be compiled


@pytest.mark.parametrize("code", CODES)
def test_no_text_is_both_generic_and_about_something_else(code: str) -> None:
    words = load_wording((code,))
    assert set(words.generic) & (set(words.unrelated) | set(words.navigation)) == set()


def test_languages_are_read_together_and_regions_as_their_language() -> None:
    words = load_wording(("es-GT", "en"))
    assert words.languages == ("es", "en")
    assert (words.months["enero"], words.months["january"]) == (1, 1)


def test_a_language_without_a_file_has_no_words() -> None:
    assert load_wording(("eo",)) == Wording(languages=("eo",))
    assert load_wording(("../es",)).months == {}


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("months", {13: ["x"], "x": ["y"]}, "months"),
        ("stop_words", ["of", False], "stop_words.1"),
        ("parts", {"decade": 120}, "parts.decade"),
        ("statments", {}, "statments"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(key: str, value: object, place: str) -> None:
    good = yaml.safe_load(language_file("en").read_text(encoding="utf-8"))
    with pytest.raises(CountryPackError, match=r"languages/en\.yml") as refused:
        checked({**good, key: value}, "languages/en.yml")
    assert place in str(refused.value)


def test_stems_leave_three_letters() -> None:
    words = load_wording(("es",))
    assert words.stem("manuales") == "manual"
    assert words.stem("becas") == words.stem("beca") == "bec"
    assert words.stem("poa") == "poa"
