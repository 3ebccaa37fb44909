"""The monitor of the duties of publication: three invented bodies by hand, and its instrument with its faults.

docs/explanation/laip-monitor.md works the same bodies.
"""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from atalaya.indices.batches import Batch, rerun
from atalaya.indices.engine import Computed, compute
from atalaya.indices.groups import group_figures
from atalaya.indices.imports.instrument import Instrument, read_instrument, wide_rows
from atalaya.indices.imports.instrument_faults import faults_of
from atalaya.indices.imports.instrument_methodology import rewritten
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import SHIPPED, read_index
from atalaya.indices.series import State
from atalaya.indices.table import table_of

PATH = SHIPPED / "laip-monitor" / "1.yml"

BODIES = {
    "nubes": {
        "nombre": "Instituto de las Nubes",
        "sector": "central",
        "numerales_aplicables": "1 3 4 30 56",
        "1": "Y",
        "2": "Y",
        "3": "N",
        "4": "NA",
        # 11: not exempt, so that 12 does not apply, whatever stands there
        "11": "N",
        "12": "N",
        "13": "Y",
        "14": "Y",
        "15": "N",
        "16": "Y",
        "17": "N",
        "18": "Y",
        # 19: not exempt; 25: pays no allowances, so that 26 applies and 27 does not
        "19": "N",
        "20": "N",
        "21": "Y",
        "22": "Y",
        "23": "Y",
        "24": "N",
        "25": "N",
        "26": "Y",
        "27": "N",
        "28": "Y",
        "29": "N",
        "30": "N",
        "31": "N",
        "163": "Y",
        "404": "N",
        "405": "N",
        "406": "N",
        "407": "N",
        "408": "Y",
    },
    "nunca": {
        "nombre": "Municipio de Nunca",
        "sector": "municipal",
        "numerales_aplicables": "1 3 4 56",
        "1": "Y",
        "2": "Y",
        "3": "Y",
        "4": "Y",
        "11": "Y",
        "12": "N",
        "19": "Y",
        "20": "Y",  # 25 is not even asked: neither 26 nor 27 applies
        **dict.fromkeys(["404", "405", "406", "407", "408"], "Y"),
    },
    "reloj": {
        "nombre": "Fundación del Reloj",
        "sector": "private",
        "numerales_aplicables": "25 50 51",
        # 303 is of a numeral that does not apply and must not set 306 to 312 aside
        "303": "N",
        "304": "Y",
        "305": "NA",
        "306": "Y",
        "307": "Y",
        "308": "Y",
        "309": "N",
        "310": "N",
        "311": "Y",
        "312": "N",
        "197": "Y",  # numeral 50; that of numeral 51 was not answered
    },
}


@pytest.fixture(scope="module")
def monitor() -> Index:
    return read_index(PATH)


def columns(index: Index) -> set[str]:
    asked = {condition.column for item in index.leaves for condition in item.applies_when or ()}
    return asked | {item.source.name for item in index.leaves if item.source is not None}


@pytest.fixture(scope="module")
def computed(monitor: Index) -> Computed:
    blank = dict.fromkeys(columns(monitor), "")
    rows = [{**blank, "id": name, **body} for name, body in BODIES.items()]
    rest = {item.id.removeprefix("q") for item in monitor.items["num25"].leaves} - set(BODIES["reloj"])
    rows[2] = {**rows[2], **dict.fromkeys(rest, "NA")}
    return compute(monitor, table_of(rows, monitor))


def figure(computed: Computed, node: str, body: str) -> float:
    return float(computed.nodes[node].values[computed.table.units.index(body)])


@pytest.mark.parametrize(
    ("body", "node", "value"),
    [
        ("nubes", "num1", 100 * 2 / 3),
        ("nubes", "num3", 100 * 4 / 6),
        ("nubes", "num4", 100 * 5 / 9),
        ("nubes", "num30", 100),
        ("nubes", "num56", 20),
        ("nubes", "art10", 100 * (2 / 3 + 4 / 6 + 5 / 9) / 3),
        ("nubes", "art11", 100),
        ("nubes", "art100", 20),
        ("nubes", "index", 650 / 9),
        ("nunca", "num1", 100),
        ("nunca", "num3", 0),
        ("nunca", "num4", 100),
        ("nunca", "num56", 100),
        ("nunca", "art10", 200 / 3),
        ("nunca", "index", 200 / 3),
        ("reloj", "num25", 400 / 7),
        ("reloj", "num50", 100),
        ("reloj", "art10", 400 / 7),
        ("reloj", "art14", 100),
        ("reloj", "index", 550 / 7),
    ],
)
def test_by_hand(computed: Computed, body: str, node: str, value: float) -> None:
    assert figure(computed, node, body) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("body", "node", "state"),
    [
        ("nubes", "q12", State.NOT_APPLICABLE),
        ("nubes", "q13", State.VALUE),
        ("nubes", "q26", State.VALUE),
        ("nubes", "q27", State.NOT_APPLICABLE),
        ("nubes", "q4", State.NOT_APPLICABLE),
        ("nubes", "num2", State.NOT_APPLICABLE),
        ("nunca", "q13", State.NOT_APPLICABLE),
        ("nunca", "q26", State.NOT_APPLICABLE),
        ("nunca", "q27", State.NOT_APPLICABLE),
        ("nunca", "art11", State.NOT_APPLICABLE),
        ("reloj", "q303", State.NOT_APPLICABLE),
        ("reloj", "q306", State.VALUE),
        ("reloj", "num51", State.UNKNOWN),
        ("reloj", "num56", State.NOT_APPLICABLE),
    ],
)
def test_routing(computed: Computed, body: str, node: str, state: State) -> None:
    assert computed.nodes[node].state[computed.table.units.index(body)] == state


def test_what_was_not_answered_opens_the_interval(computed: Computed) -> None:
    score = computed.scores
    assert (score.low[2], score.high[2]) == pytest.approx((1100 / 21, 600 / 7))
    assert (score.low[:2] == score.high[:2]).all()


def test_bands_and_ranks(computed: Computed) -> None:
    index = computed.index
    assert [band.id for value in (59.99, 60, 84.99, 85) if (band := index.band(value))] == [
        "red",
        "yellow",
        "yellow",
        "green",
    ]
    assert computed.ranks["all"].rank.tolist() == [2, 3, 1]
    assert computed.ranks["within_sector"].rank.tolist() == [1, 1, 1]


def test_national_figures_by_hand(computed: Computed) -> None:
    """Pooled: numeral 1 has 6 yes of 7, numeral 3 has 4 of 7, numeral 4 has 6 of 10, numeral 25 has 4 of 7, 30 and 50 all.

    Article 10 is the mean of four: 65. The index is the mean of six, 460/6, and with the unknown seventh from 460/7 to 560/7.
    """
    pooled, mean = group_figures(computed)
    values = {name: float(series.values[0]) for name, series in pooled.nodes.items()}
    expected = {"num1": 600 / 7, "num3": 400 / 7, "num4": 60, "num25": 400 / 7, "num30": 100, "num50": 100, "art10": 65}
    assert {name: values[name] for name in expected} == pytest.approx(expected)
    assert values["index"] == pytest.approx(460 / 6)
    assert values["num56"] == pytest.approx(60)
    index = pooled.nodes["index"]
    assert (index.low[0], index.high[0]) == pytest.approx((460 / 7, 80))
    assert float(mean.nodes["index"].values[0]) == pytest.approx((650 / 9 + 200 / 3 + 550 / 7) / 3)
    assert float(mean.nodes["num1"].values[0]) == pytest.approx(100 * 5 / 6)


def test_a_numeral_that_does_not_apply_changes_nothing(monitor: Index, computed: Computed) -> None:
    """The same answers with a further numeral, none of which applies: no figure moves."""
    blank = dict.fromkeys(columns(monitor), "")
    body = {**blank, "id": "nubes", **BODIES["nubes"], "numerales_aplicables": "1 3 4 30 56 22"}
    body.update({item.id.removeprefix("q"): "NA" for item in monitor.items["num22"].leaves})
    found = compute(monitor, table_of([body], monitor))
    assert found.scores.values[0] == pytest.approx(computed.scores.values[0], abs=1e-12)


def test_reruns_take_the_same_way(computed: Computed) -> None:
    """Under no alternative a rerun gives the scores themselves; with one numeral drawn, the mean with it."""
    index, table = computed.index, computed.table
    applies = {item.id: table.where(item.applies_when) for item in index.root.walk() if item.applies_when is not None}
    leaves = {leaf.id: computed.nodes[leaf.id] for leaf in index.leaves}
    assert rerun(index, leaves, applies, Batch(runs=2)) == pytest.approx(np.stack([computed.scores.values] * 2))
    drawn = {"q198": (np.array([2]), np.array([[0.0], [100.0]]))}
    found = rerun(index, leaves, applies, Batch(runs=2, drawn=drawn))
    assert found[:, 2] == pytest.approx([1100 / 21, 600 / 7])


# ------------------------------------------------------------------------------------------------- the instrument itself


@pytest.fixture(scope="module")
def instrument(corpora: Path) -> Instrument:
    return read_instrument(corpora / "laip_monitor" / "instrumento_laip.json")


@pytest.mark.real
def test_the_faults_of_the_instrument(instrument: Instrument) -> None:
    faults = faults_of(instrument)
    ids = {
        kind: [id_ for fault in faults if fault.kind == kind for id_ in fault.ids]
        for kind in Counter(fault.kind for fault in faults)
    }
    assert ids == {
        "misplaced": [str(n) for n in range(305, 313)],
        "unrouted": [str(n) for n in [*range(166, 172), *range(178, 184)]],
        "idle_parent": ["165", "177", "304"],
        "scoring_parent": ["303"],
        "disabled": [str(n) for n in range(76, 101)],
    }
    told = next(fault.told for fault in faults if fault.ids == ("305",))
    assert told == "question 305 of numeral 25 hangs from 303, which is of numeral 24: hang it from 304?"


@pytest.mark.real
def test_the_methodology_has_the_questions_of_the_instrument(instrument: Instrument, monitor: Index) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert rewritten(text, instrument) == text
    assert len(instrument.questions) == 428
    assert sum(question.enabled for question in instrument.questions) == 403
    assert len(monitor.leaves) == sum(len(instrument.scoring(duty.id)) for duty in instrument.duties) == 355
    shares = dict(zip([item.id for item in monitor.root.parts], monitor.root.part_weights, strict=True))
    assert set(shares) == {f"num{duty.id}" for duty in instrument.duties}
    assert {round(share * 55, 9) for name, share in shares.items() if name != "num56"} == {1}
    assert shares["num56"] == 0


@pytest.mark.real
def test_every_obliged_body_is_computed(corpora: Path, instrument: Instrument, monitor: Index) -> None:
    """Nobody has answered: no score, an interval from 0 to 100, and no numeral that the table leaves out."""
    with (corpora / "laip_monitor" / "sujetos_obligados.csv").open(encoding="utf-8-sig", newline="") as stream:
        subjects = list(csv.DictReader(stream))
    found = compute(monitor, table_of(wide_rows(instrument, subjects, []), monitor))
    assert len(found.table.units) == 1273
    assert np.isnan(found.scores.values).all()
    assert (found.scores.low == 0).all()
    pairs = sum(len(row["numerales_aplicables"].split()) for row in subjects)
    listed = np.array([bool(row["numerales_aplicables"]) for row in subjects])
    applying = sum(int(found.nodes[f"num{n}"].applies[listed].sum()) for n in range(1, 57))
    assert applying == pairs == 2629
