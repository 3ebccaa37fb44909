"""The arithmetic of progress against published figures and examples worked by hand."""

from decimal import Decimal

import pytest

from atalaya.commitments.progress import Part, Progress, counted, percentages, progress


def test_what_was_published_of_the_third_plan() -> None:
    goals = percentages({"met": 80, "substantial": 7, "rest": 5})
    assert goals == {"met": Decimal("86.96"), "substantial": Decimal("7.61"), "rest": Decimal("5.43")}
    review = {"completed": 2, "substantial": 12, "limited": 8, "not_started": 0}
    assert percentages(review) == {
        "completed": Decimal("9.09"),
        "substantial": Decimal("54.55"),
        "limited": Decimal("36.36"),
        "not_started": Decimal("0.00"),
    }
    assert list(percentages(review, "5").values()) == [10, 55, 35, 0]


def test_a_half_is_rounded_up_whatever_binary_numbers_make_of_it() -> None:
    assert percentages({"a": 1, "b": 7}, "1") == {"a": Decimal(13), "b": Decimal(88)}
    assert percentages({"a": 1, "b": 199}, "1") == {"a": Decimal(1), "b": Decimal(100)}


def test_by_hand_weights() -> None:
    # 3 of weight 3 complete, 1 of weight 1 begun (a half): (3 + 0.5) / 4.
    assert progress([Part(3, 1.0), Part(1, 0.5)]) == Progress(0.875, 0.875, 0.875, 2, 2)


def test_by_hand_a_weight_of_one_is_a_weight_like_any_other() -> None:
    # (1 × 1 + 3 × 0) / 4, where a tracker that leaves weights out for it says one half.
    assert progress([Part(1, 1.0), Part(3, 0.0)]).value == 0.25  # type: ignore[union-attr]


def test_by_hand_what_nobody_told_is_not_zero() -> None:
    # Two of four told, both complete: all of what is told, between a half (the others not begun) and all.
    assert progress([Part(1, 1.0), Part(1, 1.0), Part(), Part()]) == Progress(1.0, 0.5, 1.0, 2, 4)


def test_by_hand_nothing_told() -> None:
    assert progress([Part(), Part()]) == Progress(None, 0.0, 1.0, 0, 2)


def test_no_parts_and_no_weight_have_no_progress() -> None:
    assert progress([]) is None
    assert progress([Part(0, 1.0)]) is None


def test_thirds_add_up_exactly() -> None:
    assert progress([Part(0.1, 1.0)] * 10).value == 1.0  # type: ignore[union-attr]


@pytest.mark.parametrize("part", [Part(-1, 0.5), Part(1, 1.5), Part(1, -0.1)])
def test_what_cannot_be_is_refused(part: Part) -> None:
    with pytest.raises(ValueError, match=r"zero|between"):
        progress([part])


@pytest.mark.parametrize(("counts", "step"), [({}, "1"), ({"a": 0}, "1"), ({"a": -1, "b": 2}, "1"), ({"a": 1}, "0")])
def test_shares_of_nothing_are_refused(counts: dict[str, int], step: str) -> None:
    with pytest.raises(ValueError, match="zero"):
        percentages(counts, step)


def test_levels_are_counted_and_what_is_none_of_them_is_unknown() -> None:
    assert counted(["complete", None, "x", "complete"], ("started", "complete")) == {
        "started": 0,
        "complete": 2,
        "unknown": 2,
    }
