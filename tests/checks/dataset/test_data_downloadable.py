"""Edges of `data_downloadable`: one good resource is enough, and what was not seen is unknown."""

from atalaya.checks.dataset.data_downloadable import rule
from atalaya.checks.example_cases import dataset_case, inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Verdict

UNSEEN = resource_case(inspection=None)
PDF = resource_in("pdf", format="PDF", media_type=None)
HEADER = resource_case(inspection=inspection(tables=(table(rows=0),)))


def test_one_good_resource_is_enough() -> None:
    outcome = rule(dataset_case(resources=(PDF, UNSEEN, HEADER, resource_case())))
    assert (outcome.verdict, outcome.evidence["good"]) == (Verdict.PASS, 1)


def test_an_unseen_resource_may_be_the_good_one() -> None:
    assert rule(dataset_case(resources=(PDF, UNSEEN))).verdict is Verdict.UNKNOWN


def test_a_header_alone_is_no_data() -> None:
    assert rule(dataset_case(resources=(PDF, HEADER))).verdict is Verdict.FAIL


def test_a_service_was_not_read() -> None:
    service = resource_case(inspection=None, distribution=resource_in(None, format="WMS", media_type=None).distribution)
    assert rule(dataset_case(resources=(service,))).verdict is Verdict.UNKNOWN


def test_restricted_is_not_the_same_as_not_public() -> None:
    assert rule(dataset_case(access_rights="restricted public", resources=())).verdict is Verdict.FAIL
    assert rule(dataset_case(access_rights="NON_PUBLIC", resources=())).verdict is Verdict.NOT_APPLICABLE
