"""Numbers by which states identify persons: what is asked of a column before its values are judged one by one."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.identity_numbers import IdentityNumber, identity_numbers, is_known_number, mostly


@pytest.mark.parametrize("kind", identity_numbers(), ids=lambda kind: kind.rule.id)
@given(data=st.data())
def test_no_number_is_dropped_before_its_rule_is_asked(kind: IdentityNumber, data: st.DataObject) -> None:
    """A value of any form of the table passes what is asked of every value first."""
    alphabet = string.digits + string.ascii_uppercase
    value = data.draw(st.from_regex(kind.rule.pattern, fullmatch=True, alphabet=alphabet))
    assert sum(character.isdigit() for character in value) >= 5
    assert len(value) >= 6


def test_a_named_number_is_known() -> None:
    assert is_known_number("curp", ["LOPA850101HDFRRN09"] * 3, 0.5, organisations=False)
    assert not is_known_number("curp", ["Zacapa", "Jalapa", "Petén"], 0.5, organisations=False)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ("aab", 0.5, True),
        ("abb", 0.5, False),
        ("ab", 0.5, True),
        ("", 0.5, True),
        ("aaab", 0.8, False),
        ("aaaab", 0.8, True),
    ],
)
def test_mostly(values: str, share: float, expected: bool) -> None:
    held: Callable[[str], object] = "a".__eq__
    assert mostly(list(values), share, held) is expected


@given(st.lists(st.booleans()), st.floats(0, 1))
def test_mostly_is_the_share_of_all(values: list[bool], share: float) -> None:
    texts = ["x" if value else "" for value in values]
    exact = sum(values) >= share * len(values)
    near = abs(sum(values) - share * len(values)) < 1e-9
    assert near or mostly(texts, share, bool) is exact
