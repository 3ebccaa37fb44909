"""Topics: which datasets are what is wanted and why, and how a topic stands when much is unknown."""

from dataclasses import replace

import pytest

from atalaya.countries.observed import Criterion, Topic, Wanted
from atalaya.publish.topics.facts import DatasetFacts, years_in
from atalaya.publish.topics.judging import MET, NONE, UNKNOWN, UNMET, observe_topic
from atalaya.publish.topics.matching import NEAR, SURE, Shelf, columns_found

WANTED = Wanted(
    id="beds",
    title={"en": "Beds"},
    institutions=("zz:health",),
    words=(("camas", "capacidad instalada"), ("hospital", "hospitales")),
    against=("museo",),
    columns=(("municipio",), ("camas", "cantidad de camas")),
)
WHOLE = DatasetFacts(
    id="a",
    title="Camas por hospital 2021-2025",
    institution="zz:health",
    columns=("MUNICIPIO", "Camas"),
    years=frozenset(range(2021, 2026)),
    verdicts={"licence_open": "pass", "reachable": "pass"},
)


def matches(*datasets: DatasetFacts, wanted: Wanted = WANTED) -> dict[str, float]:
    return {match.dataset: match.score for match in Shelf(datasets).matches(wanted)}


@pytest.mark.parametrize(
    ("facts", "score"),
    [
        (WHOLE, 100.0),
        (replace(WHOLE, title="CAMAS de los hospitales"), 100.0),  # stems and case
        (replace(WHOLE, institution="zz:other"), 80.0),
        (replace(WHOLE, columns=()), 100.0),  # no table was read: columns say nothing
        (replace(WHOLE, columns=("x",)), 80.0),
        (replace(WHOLE, title="Datos", keywords=("camas", "hospital")), 88.0),
        (replace(WHOLE, title="Datos", description="Camas de cada hospital"), 65.0 + 5.0),
        (replace(WHOLE, title="Capacidad instalada en hospitales"), 100.0),  # a phrase
        (replace(WHOLE, title="Capacidad no instalada en hospitales", columns=()), None),
        (replace(WHOLE, title="Camas"), None),  # one group is not said
        (replace(WHOLE, title="Camas del hospital museo"), None),  # a word against it
        (
            replace(WHOLE, title="Datos", columns=("a",), institution="x", description="camas hospital"),
            None,
        ),  # too little
    ],
)
def test_the_score_tells_where_it_is_said(facts: DatasetFacts, score: float | None) -> None:
    assert matches(facts).get("a") == (None if score is None else pytest.approx(score))


def test_limits_are_apart() -> None:
    near = replace(WHOLE, title="Datos", description="camas hospital", institution="x")
    (found,) = Shelf([near]).matches(WANTED)
    assert NEAR <= found.score < SURE
    assert not found.sure
    assert found.owner is False


def test_without_institutions_or_columns_words_decide_alone() -> None:
    bare = replace(WANTED, institutions=(), columns=())
    assert matches(replace(WHOLE, title="Datos", description="camas hospital"), wanted=bare) == {"a": 50.0}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Código de municipio", "cantidad de camas"), ("Código de municipio", "cantidad de camas")),
        (("municipios",), ("municipios", None)),
        (("comunicado",), (None, None)),
        ((), (None, None)),
    ],
)
def test_columns_are_found_by_what_they_mean(names: tuple[str, ...], found: tuple[str | None, ...]) -> None:
    assert columns_found(names, WANTED.columns) == found


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (("2019 a 2021",), {2019, 2020, 2021}),
        (("12019", "20215", "expediente 3019"), set()),
        (("2021-2019",), {2021, 2019}),  # a span turned round is two years
        (("Año 2020 y 2023",), {2020, 2023}),
    ],
)
def test_years_that_titles_name(texts: tuple[str, ...], years: set[int]) -> None:
    assert years_in(texts) == years


def criterion(kind: str, **values: object) -> Criterion:
    return Criterion(id=kind, title={"en": kind}, kind=kind, **values)


def ruled(
    criterion_: Criterion, *datasets: DatasetFacts, unread=(), wanted=(WANTED,), year: int = 2026
) -> tuple[str, str]:
    topic = Topic(id="t", title={}, question={}, wanted=wanted, criteria=(criterion_,))
    (ruling,) = observe_topic(topic, Shelf(datasets), unread, year).rulings
    return ruling.verdict, ruling.items[0].reason


ANY, HEALTH, OTHER = (None, ()), ("zz:health", ()), (None, ("zz:other",))
UNREAD_HEALTH = (None, ("zz:health", "zz:other"))


@pytest.mark.parametrize(
    ("unread", "verdict", "reason"),
    [
        ((), UNMET, "missing"),
        ((ANY,), UNKNOWN, "unread"),
        ((HEALTH,), UNKNOWN, "unread"),
        ((UNREAD_HEALTH,), UNKNOWN, "unread"),
        ((OTHER,), UNMET, "missing"),
    ],
)
def test_nothing_is_missing_while_a_catalogue_that_could_list_it_is_unread(unread, verdict: str, reason: str) -> None:
    assert ruled(criterion("published"), unread=unread) == (verdict, reason)
    assert ruled(criterion("years", years=2), unread=unread) == (verdict, reason)


@pytest.mark.parametrize(
    ("criterion_", "facts", "expected"),
    [
        (criterion("published"), WHOLE, (MET, "found")),
        (criterion("columns"), WHOLE, (MET, "columns_there")),
        (criterion("columns", columns=(("sexo",),)), WHOLE, (UNMET, "columns_lacking")),
        (criterion("columns"), replace(WHOLE, columns=()), (UNKNOWN, "tables_unread")),
        (criterion("years", years=5), WHOLE, (MET, "years_there")),
        (criterion("years", years=6), WHOLE, (UNMET, "years_lacking")),
        (criterion("years", years=5), replace(WHOLE, years=frozenset()), (UNKNOWN, "years_untold")),
        (criterion("checks", checks=("licence_open", "reachable")), WHOLE, (MET, "checks_pass")),
        (criterion("checks", checks=("licence_open", "tls_valid")), WHOLE, (UNKNOWN, "checks_unknown")),
        (
            criterion("checks", checks=("licence_open",)),
            replace(WHOLE, verdicts={"licence_open": "fail"}),
            (UNMET, "checks_failing"),
        ),
    ],
)
def test_criteria_are_judged_by_what_is_there(
    criterion_: Criterion, facts: DatasetFacts, expected: tuple[str, str]
) -> None:
    assert ruled(criterion_, facts) == expected


def test_a_topic_without_wanted_columns_asks_for_none() -> None:
    bare = replace(WANTED, columns=())
    assert ruled(criterion("columns"), WHOLE, wanted=(bare,)) == (NONE, "no_columns_wanted")


def test_one_dataset_that_meets_it_is_enough_and_years_add_up() -> None:
    bad = replace(WHOLE, id="b", verdicts={"licence_open": "fail"}, years=frozenset({2024}))
    good = replace(WHOLE, years=frozenset({2025}))
    assert ruled(criterion("checks", checks=("licence_open",)), bad, good)[0] == MET
    assert ruled(criterion("years", years=2), bad, good) == (MET, "years_there")


@pytest.mark.parametrize(
    ("share", "unread", "verdict"), [(0.5, (), MET), (1.0, (), UNMET), (1.0, (ANY,), UNKNOWN), (0.6, (), UNMET)]
)
def test_a_share_decides(share: float, unread, verdict: str) -> None:
    other = replace(WANTED, id="other", words=(("nada",),))
    assert ruled(criterion("published", share=share), WHOLE, unread=unread, wanted=(WANTED, other))[0] == verdict
