"""The national indices and the five stars: one institution by hand, the three states, the gate, and a whole round.

docs/explanation/open-data-national.md, digital-government-national.md and five-stars.md show the same figures.
"""

from collections.abc import Mapping
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.history.read import Sealed
from atalaya.indices.engine import Computed, compute
from atalaya.indices.groups import group_figures
from atalaya.indices.language.building import built
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import SHIPPED, parse_index, read_index
from atalaya.indices.reruns import Reruns
from atalaya.indices.series import State
from atalaya.indices.table import of_measures
from atalaya.measures.registry import measure_ids
from atalaya.rounds.measuring import check_rules

OPEN_DATA, DIGITAL, STARS = "open-data-national", "digital-government-national", "five-stars"
ALL = (OPEN_DATA, DIGITAL, STARS)

Counts = tuple[int, int, int]
"""Cases that passed, that were decided, and that could not be decided."""

WORKED: dict[str, Counts] = {
    "publishes@1": (1, 1, 0),
    "licence_open@3": (6, 10, 0),
    "machine_readable@2": (8, 10, 0),
    "open_format@1": (9, 10, 0),
    "data_downloadable@1": (5, 10, 0),
    "service_capable@2": (0, 0, 0),
    "available_to_machines@2": (10, 10, 0),
    "unprotected@1": (10, 10, 0),
    "five_stars@2": (5, 10, 0),
    "history_deep@2": (3, 4, 0),
    "mqa_dcat_ap_compliance@1": (4, 10, 0),
    "metadata_present@2": (2, 10, 0),
    "publisher_named@2": (10, 10, 0),
    "dates_consistent@2": (9, 10, 0),
    "described@3": (4, 10, 0),
    "resources_documented@2": (3, 10, 0),
    "reachable@1": (10, 10, 0),
    "format_true@2": (6, 8, 2),
    "media_type_served@1": (10, 10, 0),
    "current_declared@3": (0, 0, 10),
    "current_observed@3": (0, 0, 10),
    "rows_even@1": (10, 10, 0),
    "columns_distinct@1": (10, 10, 0),
    "header_meaningful@2": (8, 10, 0),
    "encoding_utf8@1": (10, 10, 0),
    "contact_present@1": (6, 10, 0),
    "catalogue_readable@2": (1, 1, 0),
    "redirect_short@1": (8, 10, 0),
    "address_lasting@2": (5, 10, 0),
    "https_used@1": (10, 10, 0),
    "tls_valid@1": (0, 0, 10),
    "catalogue_tls_valid@1": (1, 1, 0),
    "personal_data_absent@2": (10, 10, 0),
}


def row(measure: str, counts: Counts, unit: str = "x:u") -> dict[str, object]:
    passed, decided, unknown = counts
    cases = decided + unknown
    return {
        "measure_id": measure,
        "institution_id": unit,
        "value": passed / decided if decided else None,
        "low": passed / cases if cases else None,
        "high": (passed + unknown) / cases if cases else None,
        "applied": decided,
        "unknown": unknown,
    }


def read(name: str) -> Index:
    return read_index(SHIPPED / name / "1.yml", measure_ids(check_rules()))


@pytest.fixture(scope="module")
def indices() -> dict[str, Index]:
    return {name: read(name) for name in ALL}


def scored(index: Index, measured: Mapping[str, Counts]) -> Computed:
    rows = [row(measure, counts) for measure, counts in measured.items()]
    return compute(index, of_measures(rows, ["x:u"], {"group": ["main"]}))


def test_every_measure_exists_and_one_institution_has_them_all(indices) -> None:
    cited = {measure for index in indices.values() for measure in index.measures}
    assert cited == set(WORKED)


@pytest.mark.parametrize(
    ("name", "node", "value", "low", "high"),
    [
        (OPEN_DATA, "whole_download", 50, 50, 50),
        (OPEN_DATA, "openness", 430 / 6, 430 / 6, 430 / 6),
        (OPEN_DATA, "coverage", 87.5, 87.5, 87.5),
        (OPEN_DATA, "metadata", 30, 30, 30),
        (OPEN_DATA, "source_date_definition", 65, 65, 65),
        (OPEN_DATA, "links_alive", 275 / 3, 260 / 3, 280 / 3),
        (OPEN_DATA, "punctuality", None, 0, 100),
        (OPEN_DATA, "tables_sound", 95, 95, 95),
        (OPEN_DATA, "quality", 845 / 12, 166 / 3, 230 / 3),
        (OPEN_DATA, "governance", 60, 60, 60),
        (OPEN_DATA, "index", 73.2371794872, 69.7564102564, 74.6794871795),
        (DIGITAL, "services", 280 / 3, 280 / 3, 280 / 3),
        (DIGITAL, "core_systems", 75, 75, 75),
        (DIGITAL, "open_data", 60, 60, 60),
        (DIGITAL, "data", 80, 80, 80),
        (DIGITAL, "participation", 60, 60, 60),
        (DIGITAL, "trust", 100, 250 / 3, 100),
        (DIGITAL, "index", 81.5277777778, 80.1388888889, 81.5277777778),
        (STARS, "star_1", 0.6, 0.6, 0.6),
        (STARS, "star_3", 0.5, 0.5, 0.5),
        (STARS, "index", 1.6, 1.6, 1.6),
    ],
)
def test_one_institution_by_hand(indices, name, node, value, low, high) -> None:
    series = scored(indices[name], WORKED).nodes[node]
    assert (None if np.isnan(series.values[0]) else series.values[0]) == (
        None if value is None else pytest.approx(value, abs=1e-9)
    )
    assert (series.low[0], series.high[0]) == pytest.approx((low, high), abs=1e-9)


def test_how_much_was_measured_by_hand(indices) -> None:
    """Of the quality of the data 3.9333 of 5 indicators: the links have 2.8 of 3, punctuality nothing."""
    series = scored(indices[OPEN_DATA], WORKED)
    assert series.nodes["quality"].coverage[0] == pytest.approx((1 + 1 + 2.8 / 3 + 0 + 1) / 5)
    assert series.scores.coverage[0] == pytest.approx((25 + 15 + 15 * (3 + 2.8 / 3) / 5 + 10) / 65)


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        (OPEN_DATA, {"openness": 25, "coverage": 15, "quality": 15, "governance": 10}),
        (DIGITAL, {"services": 20, "core_systems": 15, "data": 10, "participation": 10, "trust": 5}),
    ],
)
def test_what_is_not_collected_weighs_nothing_and_says_where_it_will_come_from(indices, name, weights) -> None:
    index = indices[name]
    assert {item.id: item.weight for item in index.root.present} == weights
    assert sum(item.weight for item in index.root.children) == 100
    assert len(index.not_collected) >= 18
    for item in index.not_collected:
        assert item.text["es"].startswith("Fuente prevista: ")
        assert item.text["en"].startswith("Intended source: ")
    assert sum(index.root.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", [OPEN_DATA, DIGITAL])
def test_who_publishes_nothing_scores_zero(indices, name) -> None:
    nothing = dict.fromkeys(WORKED, (0, 0, 0)) | {"publishes@1": (0, 1, 0)}
    found = scored(indices[name], nothing)
    score = found.scores
    assert (score.values[0], score.low[0], score.high[0]) == (0, 0, 0)
    assert found.ranks["all"].rank[0] == 1
    catalogue = nothing | {"catalogue_readable@2": (1, 1, 0), "history_deep@2": (1, 1, 0)}
    gate = "index" if name == OPEN_DATA else "data"
    assert scored(indices[name], catalogue).nodes[gate].values[0] == 0


@pytest.mark.parametrize("name", [OPEN_DATA, DIGITAL])
def test_whether_it_publishes_is_unknown(indices, name) -> None:
    unknown = dict.fromkeys(WORKED, (0, 0, 1))
    found = scored(indices[name], unknown)
    assert found.scores.state[0] == State.UNKNOWN
    assert (found.scores.low[0], found.scores.high[0]) == (0, 100)
    assert not found.ranked[0]


def test_under_the_floor_it_is_listed_and_not_ranked(indices) -> None:
    """Openness, of 25 in 65, is not measured, nor is quality, of 15: 25 in 65 is left."""
    index = indices[OPEN_DATA]
    hidden = [leaf.source.name for branch in ("openness", "quality") for leaf in index.items[branch].leaves]
    found = scored(index, WORKED | dict.fromkeys(hidden, (0, 0, 4)))
    assert found.scores.coverage[0] == pytest.approx(25 / 65)
    assert not np.isnan(found.scores.values[0])
    assert np.isnan(found.ranks["all"].rank[0])


CASES = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)).map(lambda t: (t[0], t[0] + t[1], t[2]))


@settings(max_examples=12, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", ALL)
def test_three_states(name: str, data: st.DataObject) -> None:
    """Not applicable is as not collected; unknown opens the interval and never moves it past the ends of the answer."""
    index = _cached(name)
    measured = {measure: data.draw(CASES) for measure in index.measures if measure != "publishes@1"}
    measured["publishes@1"] = (1, 1, 0)
    leaf = data.draw(st.sampled_from([leaf for leaf in index.leaves if leaf.id != "publishes"]))
    without = scored(index, {**measured, leaf.source.name: (0, 0, 0)}).scores
    fewer = scored(_left_out(name, leaf.id), measured).scores
    for part in ("values", "low", "high", "coverage"):
        assert getattr(without, part) == pytest.approx(getattr(fewer, part), abs=1e-9, nan_ok=True)
    unknown = scored(index, {**measured, leaf.source.name: (0, 0, 3)}).scores
    for answer in (0, 3):
        known = scored(index, {**measured, leaf.source.name: (answer, 3, 0)}).scores
        assert unknown.low[0] - 1e-9 <= known.low[0] <= known.values[0] <= known.high[0] + 1e-9
        assert known.high[0] <= unknown.high[0] + 1e-9
    assert unknown.low[0] < unknown.high[0]


_READ: dict[str, Index] = {}


def _cached(name: str) -> Index:
    return _READ.setdefault(name, read(name))


def _left_out(name: str, leaf: str) -> Index:
    """The index in which one indicator is declared not collected."""
    document = deepcopy(dict(_cached(name).document))
    waiting = [document["tree"]]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("children", ()))
        if node["id"] == leaf:
            node["collected"] = False
    return built({key: value for key, value in document.items() if key != "uncertainty"}, "", None)


@pytest.mark.parametrize("name", ALL)
def test_a_measure_of_another_version_is_refused_with_its_line(name: str) -> None:
    text = (SHIPPED / name / "1.yml").read_text(encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "licence_open@3" in each)
    with pytest.raises(
        MethodologyError, match=rf"line {line}, .*there is no measure licence_open@99; cite licence_open@3"
    ):
        parse_index(text.replace("licence_open@3", "licence_open@99"), measures=measure_ids(check_rules()))


@pytest.mark.parametrize("name", ALL)
def test_the_declared_uncertainty_runs(indices, name: str) -> None:
    index = indices[name]
    kinds = [each.kind for each in index.uncertainty.inputs]
    assert kinds == (["unknown"] if name == STARS else ["weights", "choose", "unknown"])
    table = scored(index, WORKED).table
    coordinates = np.random.default_rng(3).random((64, len(kinds)))
    found = Reruns(index, table).scores(coordinates)
    again = Reruns(index, table).scores(coordinates)
    assert (found == again).all()
    assert ((index.low <= found) & (found <= index.high)).all()
    assert found.std() > 0 or name == STARS


# --------------------------------------------------------------------------------------------------------------- a round


@pytest.fixture
def measures(small_observation: Sealed) -> list[dict[str, object]]:
    """The measures of a whole round of the small country."""
    return [dict(each) for each in small_observation.rows("measures")]


def test_a_whole_round_is_computed(measures, indices) -> None:
    units = sorted({str(each["institution_id"]) for each in measures if str(each["institution_id"]).startswith("zz:")})
    table = of_measures(measures, units, {"group": ["all"] * len(units)})
    shares = {(str(each["measure_id"]), str(each["institution_id"])): each["value"] for each in measures}
    for name, index in indices.items():
        found = compute(index, table)
        score = found.scores
        assert score.known.all(), name
        assert (score.low <= score.values + 1e-9).all()
        assert (score.values <= score.high + 1e-9).all()
        assert (score.low < score.high).any() or name == STARS  # every licence and every format here could be judged
        assert not np.isnan(found.ranks["all"].rank[found.ranked]).any()
        [mean] = group_figures(found)
        assert mean.nodes["index"].values[0] == pytest.approx(score.values.mean())
        for place, unit in enumerate(units):
            assert score.values[place] == pytest.approx(_again(index.root, unit, shares, index), abs=1e-9)


def _again(item, unit, shares, index) -> float | None:
    """The figure computed once more, one institution at a time, from the shares alone."""
    if item.is_leaf:
        value = shares.get((item.source.name, unit))
        return None if value is None else float(value) * (100 if index.steps else 1)
    found = [(child.weight, _again(child, unit, shares, index)) for child in item.present]
    known = [(weight, value) for weight, value in found if value is not None]
    if not known:
        return None
    mean = sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)
    return mean * 3 if item.after else mean
