"""Edges of `data_present`: what counts as a row, and what is not judged."""

import pytest

from atalaya.checks.example_cases import broken, distribution, inspection, probe, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.resource.data_present import rule
from atalaya.inspection.findings import Defect, Table


def outcome_of(*tables: Table, defects: tuple[str, ...] = (), format_id: str = "csv", whole: bool = True) -> Outcome:
    found = tuple(Defect(code=code, place="file", detail="") for code in defects)
    inspected = inspection(format_id, tables=tables, defects=found)
    return rule(resource_case(inspection=inspected, probe=probe(whole=whole)))


def test_rows_of_all_tables_count() -> None:
    outcome = outcome_of(table(rows=0), table(rows=3), table(rows=4))
    assert (outcome.verdict, outcome.evidence["rows"]) == (Verdict.PASS, 7)


@pytest.mark.parametrize(
    ("tables", "defects", "reason"),
    [
        ((table(rows=0),), ("header_only",), "header_only"),
        ((table(rows=1),), ("placeholder",), "placeholder"),
        ((table(rows=9),), ("schema_only",), "schema_only"),
        ((), ("truncated",), "broken"),
        ((), ("unreadable",), "broken"),
        ((), ("empty_file",), "empty"),
        ((), ("password_protected",), "locked"),
        ((), (), "no_table"),
    ],
)
def test_no_data(tables: tuple[Table, ...], defects: tuple[str, ...], reason: str) -> None:
    outcome = outcome_of(*tables, defects=defects)
    assert (outcome.verdict, outcome.reason) == (Verdict.FAIL, reason)


@pytest.mark.parametrize("defect", ["too_large", "bomb"])
def test_our_limits_are_not_held_against_anyone(defect: str) -> None:
    assert outcome_of(defects=(defect,)).verdict is Verdict.UNKNOWN
    assert outcome_of(defects=("truncated",), whole=False).verdict is Verdict.UNKNOWN


def test_a_cut_file_with_rows_holds_data() -> None:
    assert outcome_of(table(rows=5), defects=("truncated", "ragged_rows")).verdict is Verdict.PASS


def test_one_placeholder_row_among_tables_is_data() -> None:
    assert outcome_of(table(rows=1), table(rows=8), defects=("placeholder",)).verdict is Verdict.PASS


@pytest.mark.parametrize("format_id", ["json", "geojson", "xml", "turtle", "shapefile"])
def test_other_data_formats_are_taken_at_their_word(format_id: str) -> None:
    assert rule(resource_in(format_id, format=format_id, media_type=None)).verdict is Verdict.PASS


@pytest.mark.parametrize("format_id", ["pdf", "png", "docx", "mp4"])
def test_documents_are_not_judged(format_id: str) -> None:
    assert rule(resource_in(format_id, format=format_id, media_type=None)).verdict is Verdict.NOT_APPLICABLE


def test_a_page_whose_table_was_read_holds_its_data() -> None:
    assert outcome_of(table(rows=5), format_id="html").verdict is Verdict.PASS


def test_a_report_without_its_end_mark_is_not_judged_either() -> None:
    case = resource_case(inspection=broken("pdf"), distribution=distribution(format="PDF", media_type=None))
    assert rule(case).verdict is Verdict.NOT_APPLICABLE


def test_a_declared_page_is_a_document() -> None:
    assert rule(resource_in("html", format="HTML", media_type=None)).verdict is Verdict.NOT_APPLICABLE


def test_an_error_message_holds_no_data() -> None:
    said = Defect(code="soft_failure", place="server_error", detail="")
    outcome = rule(resource_case(inspection=inspection("txt", tables=(), defects=(said,))))
    assert (outcome.verdict, outcome.reason) == (Verdict.FAIL, "error_document")
