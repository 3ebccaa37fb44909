"""Published indices computed again: the comparisons of `make golden`, and comparisons that must not be met."""

from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from atalaya.indices.engine import compute
from benchmarks.golden_indices import (
    Comparison,
    asem,
    asem_comparisons,
    comparisons,
    godi_entries,
    odin,
    odin_cells,
    odin_comparisons,
    odin_ranks,
    printed,
)

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def every(corpora) -> list[Comparison]:
    return list(comparisons(corpora))


def test_every_comparison_is_met(every) -> None:
    assert [each for each in every if not each.met] == []
    assert printed(every, Console(quiet=True))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("ODIN 2018, 178 × scores", 3 * 178),
        ("ODIN 2022, 195 × scores", 3 * 195),
        ("ODIN 2022, 195 × categories", 3 * 22 * 195),
        ("ODIN 2022, 195 × sectors", 3 * 3 * 195),
        ("ODIN 2024, cells of GTM", 22 * 10),
        ("GODI 2013-2015, entries", 3153),
        ("GODI 2015, score of places", 122),
        ("GODI 2015, rank of places", 122),
        ("ASEM, denominated", 51 * 49 - 65),
        ("ASEM, imputed", 51 * 49),
        ("ASEM, treated", 51 * 49),
        ("ASEM, normalised", 51 * 49),
        ("ASEM, aggregated", 51 * 11),
        ("ASEM, ranks", 51),
        ("ASEM, nominal run, scores", 51),
        ("ASEM, nominal run, ranks", 51),
    ],
)
def test_as_many_figures_are_compared_as_were_published(every, name, count) -> None:
    assert {each.name: each.count for each in every}[name] == count


def test_guatemala_in_2024(corpora) -> None:
    computed = odin(corpora, 2024)
    figures = [computed.nodes[n].values[0] for n in ("index", "social", "economic", "environment")]
    figures += [computed.views[view, "index"].values[0] for view in ("coverage", "openness", "terms_of_use")]
    assert [round(float(figure), 1) for figure in figures] == [55.4, 51.0, 59.0, 56.7, 56.6, 54.3, 0.0]


def test_both_ranks_are_told_with_their_rules(every) -> None:
    notes = {each.name: each.note for each in every}
    assert notes["ODIN 2022, rank of GTM (computed)"] == "1 decimals, ties min: 153 of 195"
    assert notes["ODIN 2022, rank of GTM (as_quoted)"] == "0 decimals, ties max: 155 of 195"


def test_a_figure_that_moved_is_not_met(corpora) -> None:
    computed = odin(corpora, 2024)
    moved = replace(computed.nodes["index"], values=computed.nodes["index"].values + 0.2)
    wrong = replace(computed, nodes={**computed.nodes, "index": moved})
    assert [each.met for each in odin_comparisons(wrong, 2024)] == [False, True, True, True]
    first = computed.index.leaves[0].id
    assert odin_cells(computed, "GTM").met
    off = replace(computed.leaves[first], values=computed.leaves[first].values + 1)
    assert not odin_cells(replace(computed, leaves={**computed.leaves, first: off}), "GTM").met
    assert not next(odin_ranks(computed, "GTM", {"computed": 7})).met


def test_a_figure_that_is_not_there_is_not_met(corpora) -> None:
    computed = asem(corpora)
    gone = replace(computed.nodes["Sust"], values=np.where(np.arange(51) == 3, np.nan, computed.nodes["Sust"].values))
    found = {c.name: c for c in asem_comparisons(corpora, replace(computed, nodes={**computed.nodes, "Sust": gone}))}
    assert (found["ASEM, aggregated"].absent, found["ASEM, aggregated"].met) == (1, False)
    assert found["ASEM, normalised"].met


def test_nothing_compared_is_nothing_met() -> None:
    assert not Comparison("none", 1.0, 0.0, 0).met
    assert not printed([], Console(quiet=True))


def test_entries_are_points_of_a_yes_alone(corpora) -> None:
    assert godi_entries(corpora) == Comparison("GODI 2013-2015, entries", 0.0, 0.0, 3153)


def test_the_order_of_units_changes_nothing(corpora) -> None:
    """Permuted rows give the same figures, unit by unit."""
    computed = asem(corpora)
    order = np.random.default_rng(5).permutation(len(computed.table.units))
    table = replace(
        computed.table,
        units=tuple(computed.table.units[n] for n in order),
        names=tuple(computed.table.names[n] for n in order),
        columns={key: tuple(cells[n] for n in order) for key, cells in computed.table.columns.items()},
    )
    other = compute(computed.index, table)
    assert other.scores.values == pytest.approx(computed.scores.values[order], abs=1e-12)
    assert other.ranks["rank"].rank.tolist() == computed.ranks["rank"].rank[order].tolist()
