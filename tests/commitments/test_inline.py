"""Two texts word by word give both texts back."""

from hypothesis import given
from hypothesis import strategies as st

from atalaya.commitments.inline import GONE, KEPT, NEW, compared

TEXTS = st.lists(st.sampled_from(["cinco", "foros", "en", "línea", " ", "\n", ".", "5", "ñ"]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_comparison(before: str, after: str) -> None:
    found = compared(before, after)
    assert "".join(text for mark, text in found if mark in (KEPT, GONE)) == before
    assert "".join(text for mark, text in found if mark in (KEPT, NEW)) == after
    assert all(text for _, text in found)


def test_a_text_beyond_the_limit_is_shown_whole() -> None:
    long = "a " * 9000
    assert [mark for mark, _ in compared(long, long + "b")] == [GONE, NEW]
