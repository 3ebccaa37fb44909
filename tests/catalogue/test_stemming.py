"""Words are stemmed the same however many threads ask at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from atalaya.catalogue.stemming import stem

WORDS = [f"contrataciones{number}nacionalización" for number in range(1500)]


@pytest.fixture
def short_turns() -> Iterator[None]:
    """Threads take turns as often as they can."""
    kept = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(kept)


def test_threads_do_not_spoil_each_others_words(short_turns: None) -> None:
    one_by_one = [stem(word, "en") for word in WORDS]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda word: stem(word, "en"), WORDS)) == one_by_one
