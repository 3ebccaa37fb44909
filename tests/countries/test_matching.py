"""Names of institutions: what names one, what only resembles one, and what names nobody."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.matching import (
    LEAST_RESEMBLING,
    MOST_RESEMBLING,
    NAMED,
    SCORES,
    SUGGESTIONS,
    Match,
    index_names,
    match_institutions,
    shared_names,
)
from atalaya.countries.pack import CountryPack


def best(text: str, pack: CountryPack) -> tuple[set[str], str, float]:
    """The slugs of the best score, how, and the score."""
    matches = match_institutions(text, index_names(pack))
    if not matches:
        return set(), "", 0.0
    top = [match for match in matches if match.score == matches[0].score]
    return {m.institution.id.partition(":")[2] for m in top}, top[0].how, top[0].score


@pytest.mark.parametrize(
    ("text", "slugs", "how"),
    [
        ("Ministerio pri Financoj kaj Impostoj", {"mpf"}, "exact_name"),
        ("  MINISTERIO PRI FINANCOJ KAJ IMPOSTOJ. ", {"mpf"}, "name"),
        ("financa ministerio", {"mpf"}, "variant"),
        ("MPFI", {"mpf"}, "acronym"),
        ("m.p.f.i.", {"mpf"}, "acronym"),
        ("Ministerio de Financoj Impostoj", {"mpf"}, "name_without_stop_words"),
        ("Financoj kaj Impostoj, Ministerio pri", {"mpf"}, "words_in_another_order"),
        ("Ministerio pri Financoj kaj Impostoj (MPFI)", {"mpf"}, "name_with_acronym"),
        ("MPFI - Ministerio pri Financoj kaj Impostoj", {"mpf"}, "name_with_acronym"),
        ("Ministerio pri Financoj kaj Impostoj -MPFI-", {"mpf"}, "name_with_acronym"),
        ("ministerio-pri-financoj-kaj-impostoj", {"mpf"}, "name"),
        ("Ministerio pri Financoj kaj Impostoj de Zetlando", {"mpf"}, "name_and_closing_words"),
        ("MPFI Zetlando", {"mpf"}, "name_and_closing_words"),
        ("Ministerio pri Publika Sano de Zetlando", {"ministerio-sano"}, "short_name"),
        ("Ministerio pri Publika Sano de la Respubliko de Zetlando", {"ministerio-sano"}, "name_and_closing_words"),
        ("ŜB", {"banko"}, "acronym"),
        ("Ĉefurbo, Urbodomo de", {"urbodomo-n1"}, "words_in_another_order"),
        ("Urbodomo de Chefurbo", {"urbodomo-n1"}, "variant"),
        ("Urbodomo de Novurbo, Suda Provinco", {"urbodomo-s1"}, "exact_name"),
        ("Urbodomo de Novurbo", {"urbodomo-n2", "urbodomo-s1"}, "variant"),
        ("Oficejo pri la Arkivoj", {"arkivo"}, "exact_name"),
    ],
)
def test_a_text_that_names(zz: CountryPack, text: str, slugs: set[str], how: str) -> None:
    found, way, score = best(text, zz)
    if not slugs:
        assert score < NAMED
        return
    assert (found, way, score) == (slugs, how, SCORES[how])
    assert score >= NAMED


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ministerio pri Impostoj", "mpf"),
        ("Sindikato de la Ministerio pri Financoj kaj Impostoj", "mpf"),
        ("Publika Sano", "ministerio-sano"),
        ("na", "nova-arkivo"),
        ("Ŝtata Banko de Sudo", "banko"),
    ],
)
def test_a_text_that_only_resembles(zz: CountryPack, text: str, slug: str) -> None:
    found, _, score = best(text, zz)
    assert found == {slug}
    assert score < NAMED


@pytest.mark.parametrize("text", ["", "   ", "***", "Zetlando", "Universitato", "x", "de la", "7f3c-uuid"])
def test_a_text_that_means_nobody(zz: CountryPack, text: str) -> None:
    assert match_institutions(text, index_names(zz)) == ()


def test_closing_words_must_not_contradict_each_other(zz: CountryPack) -> None:
    text = "Ministerio pri Publika Sano de la Reĝlando"
    assert best(text, zz)[2] < NAMED


def test_names_that_several_share_are_listed(zz: CountryPack) -> None:
    assert shared_names(zz) == {
        "oficejo pri la arkivoj": ("zz:arkivo", "zz:nova-arkivo"),
        "urbodomo de novurbo": ("zz:urbodomo-n2", "zz:urbodomo-s1"),
    }


@given(st.text(max_size=60))
def test_matches_are_ordered_bounded_and_repeatable(zz: CountryPack, text: str) -> None:
    index = index_names(zz)
    matches = match_institutions(text, index)
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert len({m.institution.id for m in matches}) == len(matches)
    assert sum(not m.named for m in matches) <= SUGGESTIONS
    assert all(LEAST_RESEMBLING <= m.score <= MOST_RESEMBLING for m in matches if m.how == "resembles")
    assert match_institutions(text, index_names(zz)) == matches


@given(st.data())
def test_words_added_to_a_name_never_name_it(zz: CountryPack, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(zz.institutions))
    word = data.draw(st.text(alphabet="bcdfgh", min_size=4, max_size=9))
    matches: tuple[Match, ...] = match_institutions(f"{body.name} {word}", index_names(zz))
    assert [m for m in matches if m.named] == []


@pytest.mark.real
def test_the_obliged_bodies_of_guatemala(gt: CountryPack, corpora: Path) -> None:
    """1,273 names as a monitoring of 2017 wrote them; what is not the register's must stay unnamed."""
    with (corpora / "laip_monitor" / "sujetos_obligados.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    index = index_names(gt)
    counted: Counter[tuple[bool, str]] = Counter()
    for row in rows:
        matches = match_institutions(row["nombre"], index)
        named = [m for m in matches if m.named and m.score == matches[0].score]
        towns = row["sector"] == "Municipalidades"
        counted[towns, "one" if len(named) == 1 else "tie" if named else "none"] += 1
        if not towns and named:
            assert named[0].institution.kind != "municipality", row["nombre"]
    assert counted[True, "one"] == 328
    assert counted[True, "tie"] == 11, "six names that two departments share, one of them told apart once"
    assert counted[False, "tie"] == 0
    assert counted[False, "one"] == 98


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Secretaría de Bienestar Social de la Presidencia", "gt:sbs"),
        ("Secretaría General de la Presidencia de la República", "gt:sgp"),
        ("Consejo Nacional de Atención al Migrante de Guatemala -CONAMIGUA-", "gt:conamigua"),
        ("Presidencia de la República de Guatemala", None),
        ("Segundo Registro de la Propiedad", None),
        ("Municipalidad de Santa Bárbara", None),
        ("Banco de la República", None),
        ("Gobernación Departamental", None),
        ("Universidad de San Carlos de Guatemala (USAC)", "gt:usac"),
        ("ine", "gt:ine"),
        ("mp", None),
    ],
)
def test_names_as_portals_write_them(gt: CountryPack, text: str, slug: str | None) -> None:
    matches = match_institutions(text, index_names(gt))
    named = [m.institution.id for m in matches if m.named and m.score == matches[0].score]
    assert (named[0] if len(named) == 1 else None) == slug
