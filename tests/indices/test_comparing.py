"""Two editions beside each other, and what an index says about itself."""

import pytest

from atalaya.indices.comparing import compare_editions
from atalaya.indices.diagnosing import diagnose
from tests.indices.indices_written import TWO, computed, index_of, table_for

OLD = [(1, 5), (2, 8), (9, 9)]
NEW = [(1, 9), (2, 8), (9, 9)]


def test_a_change_is_parted_into_rule_and_data_and_the_parts_add_up() -> None:
    old, new = index_of(""), index_of("", TWO.replace("weight: 3", "weight: 1"))
    found = compare_editions(old, table_for(old, OLD), new, table_for(new, NEW))
    by_unit = {each.unit: each for each in found.units}
    assert not found.same_rule
    for each in found.units:
        assert each.by_rule + each.by_data == pytest.approx(each.new - each.old)
    assert (by_unit["u2"].by_rule, by_unit["u2"].by_data) == (0, 0)
    assert (by_unit["u1"].by_rule, by_unit["u1"].by_data) == (-1.5, 0)
    assert by_unit["u0"].by_data == pytest.approx((3 + 2) / 2)
    assert (by_unit["u0"].old_rank, by_unit["u0"].new_rank) == (3, 2)


def test_the_same_rule_moves_nothing_by_rule() -> None:
    index = index_of("")
    found = compare_editions(index, table_for(index, OLD), index, table_for(index, [*NEW, (1, 1)]))
    assert found.same_rule
    assert {each.by_rule for each in found.units} == {0.0}
    assert found.only_new == ("u3",)


def test_another_index_of_other_columns_is_compared_by_ranks() -> None:
    first = index_of("")
    other = index_of("", "\ntree: {id: index, children: [{id: z, source: {column: z}}]}\n")
    found = compare_editions(first, table_for(first, OLD), other, table_for(other, [(3,), (2,), (1,)], "z"))
    assert found.rank_correlation == pytest.approx(-1)
    assert {each.by_rule for each in found.units} == {None}


def test_a_diagnosis_finds_the_pair_that_speaks_against_the_other() -> None:
    rest = 'steps: [{impute: {method: mean}}]\ncells: {not_applicable: ["-"]}\n'
    found = diagnose(computed(rest, [(1, 9), (2, 7), (3, 6), (4, 2), ("", 1), (5, "-")]))
    assert [(each["kind"], each["first"], each["second"]) for each in found.flags] == [("negative", "a", "b")]
    assert found.indicators[0]["imputed"] == pytest.approx(1 / 6)
    assert found.units[5]["measured"] == 1.0
    assert found.indicators[1]["nominal_weight"] == 0.75
    assert found.branches[0]["alpha"] < 0
