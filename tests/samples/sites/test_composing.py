"""What is planted on the sites of a country: every standing often enough, every character once, and no word left out."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from atalaya.samples.casting import cast_country
from atalaya.samples.plan import AS_OF, InstitutionPlan
from atalaya.samples.sites.characters import CHARACTERS
from atalaya.samples.sites.composing import compose_sites
from atalaya.samples.sites.law import LawDuty, duties
from atalaya.samples.sites.layouts.registry import LAYOUTS
from atalaya.samples.sites.plan import OPEN_FORMS, SitePlan
from atalaya.samples.sites.spans import due, newest_due, series_months
from atalaya.samples.sites.tables import build
from atalaya.samples.sites.truths import site_truths
from atalaya.samples.sites.wording import duty_words, site_texts, spelled

SEEDS = (1, 2, 7, 977, 40_404)
FEWEST = 8
"""Duties of every standing in a country of any seed."""
STANDINGS = {"current", "late", "not_open", "heading_only", "justified", "missing", "unknown"}


def demanding() -> tuple[LawDuty, ...]:
    """The law of the sample country with more tables and series than it may ask for."""
    asked = ("table", "text", "any")
    return tuple(
        replace(duty, openness=asked[place % 3], months=(None, 1, 12)[place % 5 % 3])
        for place, duty in enumerate(duties())
    )


def institutions(seed: int) -> tuple[InstitutionPlan, ...]:
    return cast_country(random.Random(seed))[0]


def sites(seed: int, law: tuple[LawDuty, ...]) -> tuple[SitePlan, ...]:
    return compose_sites(seed, institutions(seed), law)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_standing_occurs_often_enough(seed: int) -> None:
    found = Counter(truth.standing for truth in site_truths(sites(seed, demanding())) if truth.day == 2)
    assert set(found) == STANDINGS
    assert min(found.values()) >= FEWEST, found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_character_plays_once_and_the_ordinary_one_often(seed: int) -> None:
    found = Counter(site.character for site in sites(seed, duties()))
    assert found == Counter(character.id for character in CHARACTERS)
    assert len(found) == 9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exemplary_site_has_everything_in_time_and_open(seed: int) -> None:
    (exemplary,) = [site for site in sites(seed, demanding()) if site.character == "exemplary"]
    assert {truth.standing for truth in site_truths((exemplary,))} == {"current"}, "no period is missing either"
    tables = [planted for planted in exemplary.planted if planted.duty.openness == "table"]
    assert tables
    assert all(item.form in ("csv", "xlsx") for planted in tables for item in planted.items)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_documents_of_the_scanned_site_are_pictures(seed: int) -> None:
    (scans,) = [site for site in sites(seed, demanding()) if site.character == "scans"]
    assert {item.form for planted in scans.planted for item in planted.items} == {"scan"}


@pytest.mark.parametrize("seed", SEEDS)
def test_mislabelled_numerals_are_those_of_other_duties(seed: int) -> None:
    (wrong,) = [site for site in sites(seed, duties()) if site.character == "mislabelled"]
    share = sum(planted.mislabelled for planted in wrong.planted) / len(wrong.planted)
    assert 0.3 < share < 0.9


def test_another_seed_casts_others() -> None:
    dead = {next(site.host for site in sites(seed, duties()) if site.character == "dead") for seed in range(12)}
    assert len(dead) > 4
    layouts = {site.style.layout for seed in range(12) for site in sites(seed, duties())}
    assert layouts == set(LAYOUTS)


@pytest.mark.parametrize("seed", SEEDS)
def test_addresses_are_given_once(seed: int) -> None:
    for site in sites(seed, demanding()):
        paths = [path for planted in site.planted for path in (planted.path, *(item.path for item in planted.items))]
        given = Counter(path for path in paths if path)
        assert not [path for path, times in given.items() if times > 1]


def test_every_duty_that_obliges_a_sample_institution_has_words() -> None:
    obliged = {duty.key for duty in duties() for each in institutions(1) if duty.obliges(each)}
    assert obliged <= set(duty_words())


def test_no_label_names_two_duties() -> None:
    names = Counter(name.casefold() for words in duty_words().values() for name in words["names"])
    assert max(names.values()) == 1
    assert all(len(words["names"]) >= 2 for words in duty_words().values())


def test_every_column_has_a_kind_of_cell() -> None:
    for key in duty_words():
        table = build(key, None, "one.example", "said")
        assert len(table.rows) >= 5
        assert all(cell != "" for row in table.rows for cell in row)


def test_nothing_that_is_in_time_comes_due_between_the_days() -> None:
    first, second = (AS_OF[day].date() for day in (1, 2))
    assert second - first == timedelta(days=2)
    for duty in demanding():
        months = series_months(duty)
        if months is not None and not duty.ahead:
            assert newest_due(duty, months, first) == newest_due(duty, months, second)
            assert due(newest_due(duty, months, first), duty) < first


def test_the_forms_that_openness_takes_grow_with_what_it_lets_pass() -> None:
    assert OPEN_FORMS["table"] < OPEN_FORMS["text"] < OPEN_FORMS["any"]


def test_periods_are_spelled_in_every_way() -> None:
    periods = {
        str(item.period): item.period
        for seed in SEEDS
        for site in sites(seed, demanding())
        for planted in site.planted
        for item in planted.items
        if item.period is not None
    }
    month = periods["2025-11"]
    ways = [spelled(month, way) for way in ("words", "of", "short", "digits", "iso", "month")]
    assert ways == ["Noviembre 2025", "Noviembre de 2025", "Nov-25", "11-2025", "2025-11", "Noviembre"]
    assert spelled(periods["2024"], "words") == "2024"
    assert len(site_texts()["months"]) == 12
