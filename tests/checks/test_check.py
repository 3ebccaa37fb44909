"""Explaining outcomes and naming findings."""

from atalaya.checks.check import explain, finding_id
from atalaya.checks.dataset import current_declared, metadata_present
from atalaya.checks.example_cases import dataset_case, resource_in
from atalaya.checks.resource import format_true


def test_a_finding_keeps_its_id_and_differs_by_check_and_subject() -> None:
    assert finding_id("reachable", "abc") == finding_id("reachable", "abc")
    assert len({finding_id("reachable", "abc"), finding_id("tls_valid", "abc"), finding_id("reachable", "abd")}) == 3
    assert finding_id("a", "bc") != finding_id("ab", "c")


def test_codes_become_words_of_the_language() -> None:
    check = metadata_present.CHECK
    outcome = check.rule(dataset_case(keywords=(), spatial=()))
    assert outcome.evidence["missing"] == "keywords, spatial"
    assert explain(check, outcome, "en").endswith("missing: keywords, place covered.")
    assert explain(check, outcome, "es").endswith("faltan: palabras clave, lugar que cubre.")


def test_formats_are_called_by_their_names() -> None:
    check = format_true.CHECK
    outcome = check.rule(resource_in("xlsx"))
    assert explain(check, outcome, "en") == "The file is Excel workbook; the record declares CSV."
    assert explain(check, outcome, "es") == "El formato del archivo es Libro de Excel; el registro declara CSV."


def test_braces_of_a_publisher_are_only_text() -> None:
    check = current_declared.CHECK
    assert "{date}" in explain(check, check.rule(dataset_case(frequency="cada {date} {0}")), "es")
