"""Nothing of the first country stands in the code: its words belong to its pack."""

import re
from pathlib import Path

import pytest

import atalaya

WORDS = re.compile(
    r"guatemal|\bgt:|\bcui\b|\bnit\b|\blaip\b|minfin|segeplan|senacyt|guatecompras|quetzal|\bdpi\b|gob\.gt|chapín",
    re.IGNORECASE,
)
SOURCES = sorted(Path(atalaya.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("word", ["Guatemala", "gt:ine", "the CUI of", "NIT", "ley LAIP", "datos.gob.gt"])
def test_the_words_are_recognised(word: str) -> None:
    assert WORDS.search(word)


@pytest.mark.parametrize("word", ["unit", "circuit", "monitor", "length:", "knit"])
def test_other_words_are_not(word: str) -> None:
    assert not WORDS.search(word)


def test_no_word_of_a_country_stands_in_the_code() -> None:
    assert SOURCES
    found = [
        f"{path.relative_to(SOURCES[0].parent)}:{number}: {line.strip()}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if WORDS.search(line)
    ]
    assert found == [], "put it into the country's pack"
