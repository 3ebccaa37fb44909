"""Edges of `licence_open`: where a licence is stated, and which one counts."""

import pytest

from atalaya.checks.dataset.licence_open import rule
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Outcome, Verdict


def outcome_of(licence: str | None, *own: str | None, **changes: object) -> Outcome:
    items = tuple(distribution(licence=each) for each in own) or (distribution(),)
    return rule(dataset_case(licence=licence, distributions=items, **changes))


def test_the_own_licence_of_a_resource_counts_before_the_general_one() -> None:
    assert outcome_of("cc-by-nc-4.0", "cc-by").verdict is Verdict.PASS
    assert outcome_of("cc-by", "cc-by-nc-4.0").verdict is Verdict.FAIL


def test_resources_are_counted() -> None:
    outcome = outcome_of(None, "cc-by", None, "CC BY-ND 4.0")
    assert (outcome.verdict, outcome.reason, outcome.passed, outcome.applied) == (Verdict.FAIL, "licence_limits", 1, 3)


def test_one_resource_without_a_licence_fails() -> None:
    assert outcome_of(None, "cc-by", None).reason == "licence_missing_in_part"


def test_links_made_by_the_reader_do_not_count() -> None:
    items = (distribution(licence="cc-by"), distribution(licence=None, derived=True))
    assert rule(dataset_case(licence=None, distributions=items)).verdict is Verdict.PASS


def test_a_dataset_without_resources_is_judged_by_its_record() -> None:
    assert rule(dataset_case(licence="cc-by", distributions=())).verdict is Verdict.PASS


def test_a_title_names_what_a_generic_code_does_not() -> None:
    outcome = outcome_of("other-open", licence_title="Creative Commons Atribución 4.0")
    assert outcome.evidence["licence"] == "CC-BY-4.0"


def test_rights_are_asked_where_no_licence_is_stated() -> None:
    assert outcome_of(None, rights="https://creativecommons.org/licenses/by/4.0/").verdict is Verdict.PASS
    assert outcome_of(None, rights="Todos los derechos reservados").verdict is Verdict.FAIL


def test_rights_do_not_overrule_a_named_licence() -> None:
    assert outcome_of("cc-by", rights="Citar la fuente; prohibida su venta").verdict is Verdict.PASS


def test_addresses_of_people_are_not_quoted() -> None:
    outcome = outcome_of("Escriba a ana.perez@example.org para el permiso")
    assert outcome.verdict is Verdict.UNKNOWN
    assert "example.org" not in str(outcome.evidence["licence"])


@pytest.mark.parametrize("stated", ["", " ", "-", "notspecified", "None"])
def test_empty_words_are_no_licence(stated: str) -> None:
    assert outcome_of(stated).reason == "licence_missing"


def test_an_address_that_was_not_read_is_told_apart_from_words() -> None:
    address = rule(dataset_case(licence="https://hub.example.org/datasets/7/license.json"))
    words = rule(dataset_case(licence="Véase https://hub.example.org/terminos"))
    assert (address.reason, words.reason) == ("licence_address", "licence_unrecognised")
    assert address.verdict is words.verdict is Verdict.UNKNOWN
