"""Declared frequencies, from codes, URIs, intervals and words."""

import collections
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.frequencies import DAYS_OF_UNIT, FrequencyKind, read_frequency

YEAR, MONTH, WEEK = DAYS_OF_UNIT["Y"], DAYS_OF_UNIT["M"], DAYS_OF_UNIT["W"]
EU = "http://publications.europa.eu/resource/authority/frequency/"

PERIODS = [
    ("R/P1Y", YEAR), ("R/P1M", MONTH), ("R/P3M", 3 * MONTH), ("R/P0.5M", MONTH / 2), ("R/P2W", 2 * WEEK), ("P1D", 1),
    ("R/P10Y", 10 * YEAR), ("R/PT1H", 1 / 24), ("r/p1y", YEAR), ("P1Y6M", 1.5 * YEAR),
    (EU + "ANNUAL", YEAR), (EU + "MONTHLY_2", MONTH / 2), (EU + "ANNUAL_3", YEAR / 3), (EU + "BIENNIAL", 2 * YEAR),
    ("http://purl.org/cld/freq/threeTimesAYear", YEAR / 3), ("http://purl.org/cld/freq/semiannual", YEAR / 2),
    ("fortnightly", 2 * WEEK), ("biannually", YEAR / 2), ("Q", 3 * MONTH), ("M", MONTH),
    ("Anual", YEAR), ("Mensual", MONTH), ("Trimestral", 3 * MONTH), ("cuatrimestral", 4 * MONTH), ("Semestral", 6 * MONTH),
    ("quincenal", MONTH / 2), ("Diaria", 1), ("bienal", 2 * YEAR), ("cada 3 meses", 3 * MONTH), ("Cada dos años", 2 * YEAR),
    ("2 veces al año", YEAR / 2), ("tres veces por semana", WEEK / 3), ("todos los días", 1),
    ("Mensal", MONTH), ("Diário", 1), ("a cada 6 meses", 6 * MONTH), ("hebdomadaire", WEEK), ("trimestrielle", 3 * MONTH),
    ("Annually", YEAR), ("Weekly (Tuesday)", WEEK), ("Automated - daily", 1), ("Data are updated monthly", MONTH),
    ("twice a year", YEAR / 2), ("Bi-weekly", 2 * WEEK), ("Approx 5 years", 5 * YEAR),
    ("1年ごと", YEAR), ("１か月ごと", MONTH), ("年1回", YEAR), ("4回/年", YEAR / 4), ("毎月", MONTH),
]  # fmt: skip


@pytest.mark.parametrize(("written", "days"), PERIODS)
def test_a_period(written: str, days: float) -> None:
    reading = read_frequency(written)
    assert reading.kind is FrequencyKind.PERIODIC
    assert reading.days == pytest.approx(days, rel=1e-4)


KINDS = [
    (
        FrequencyKind.IRREGULAR,
        ["irregular", "eventual", EU + "IRREG", "As Needed", "Según demanda", "ad hoc", "随時", "OTHER"],
    ),
    (FrequencyKind.NEVER, ["NEVER", "notPlanned", "Nunca", "No se actualiza", "Not Updated (Historic)", "Static Data"]),
    (FrequencyKind.UNSTATED, [None, "", " - ", EU + "UNKNOWN", "desconocida", "No especificada", "N/A"]),
    (
        FrequencyKind.UNRECOGNISED,
        [
            "según el clima",
            "Data are updated daily. Reporting is quarterly.",
            "no se actualiza diariamente",
            "R/P0D",
            "R/P",
            "x",
        ],
    ),
]


@pytest.mark.parametrize(("kind", "written"), [(kind, text) for kind, texts in KINDS for text in texts])
def test_a_kind_without_a_period(kind: FrequencyKind, written: str | None) -> None:
    assert read_frequency(written).kind is kind
    assert read_frequency(written).days is None


@given(st.text(max_size=60))
def test_no_text_raises_and_periods_are_positive(text: str) -> None:
    reading = read_frequency(text)
    assert (reading.days is not None) == (reading.kind is FrequencyKind.PERIODIC)
    assert reading.days is None or reading.days > 0


@given(st.integers(1, 400), st.sampled_from("YMWD"))
def test_every_interval_has_its_days(count: int, unit: str) -> None:
    assert read_frequency(f"R/P{count}{unit}").days == pytest.approx(count * DAYS_OF_UNIT[unit])


@pytest.mark.real
def test_recorded_catalogues_are_read(corpora: Path) -> None:
    """Of the frequencies of the recorded data.json catalogues at least 97 in 100 are read."""
    found: collections.Counter[str] = collections.Counter()
    for path in sorted((corpora / "catalogues").glob("datajson_*/*.json")):
        found.update(
            re.findall(r'"accrualPeriodicity"\s*:\s*"([^"]+)"', path.read_text(encoding="utf-8", errors="replace"))
        )
    assert sum(found.values()) > 1000
    unread = {
        text: count
        for text, count in found.items()
        if read_frequency(json.loads(f'"{text}"')).kind is FrequencyKind.UNRECOGNISED
    }
    print(f"frequencies: {sum(found.values())} declared, {sum(unread.values())} unread: {unread}")  # noqa: T201 - the comparison is shown
    assert sum(unread.values()) <= 0.03 * sum(found.values())


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("年1回(4月）", YEAR), ("１回/年度", YEAR), ("２回/年度", YEAR / 2), ("概ね5年ごと", 5 * YEAR), ("1年に1回程度", YEAR),
        ("1回/4年", 4 * YEAR), ("1年ごと（予定）", YEAR), ("15 seconds", 15 / 86400), ("alle 3 Monate", 3 * MONTH),
        ("ogni 6 mesi", 6 * MONTH),
        ("halbjährlich", YEAR / 2), ("mensile", MONTH), ("jaarlijks", YEAR), ("anualment", YEAR), ("半年ごと", YEAR / 2),
    ],
)  # fmt: skip
def test_other_languages(written: str, days: float) -> None:
    reading = read_frequency(written)
    assert (reading.kind, reading.days) == (FrequencyKind.PERIODIC, pytest.approx(days, rel=1e-3))


def test_what_stands_in_brackets_explains_a_rhythm_and_nothing_else() -> None:
    assert read_frequency("変更時（調査を1年に1回実施）").kind is FrequencyKind.UNRECOGNISED
    assert read_frequency("unregelmäßig").kind is FrequencyKind.IRREGULAR
