"""Edges of `tls_valid`: which addresses it judges, and what is certain at once."""

from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior
from atalaya.checks.example_cases import ADDRESS, AS_OF, probe, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.tls_valid import rule

HTTP = "http://datos.example.org/presupuesto.csv"


@pytest.mark.parametrize(
    ("failure", "reason"),
    [("tls_expired", "expired"), ("tls_wrong_host", "wrong_host"), ("tls_self_signed", "self_signed")],
)
@pytest.mark.parametrize("where", ["failure", "tls_failure"])
def test_certain_faults_fail_at_once(failure: str, reason: str, where: str) -> None:
    outcome = rule(resource_case(probe=probe(None, **{where: failure})))
    assert (outcome.verdict, outcome.reason) == (Verdict.FAIL, reason)


def test_an_unclear_fault_needs_two_days() -> None:
    seen = probe(None, failure="tls_other")
    today, before = Prior(unreached_since=AS_OF), Prior(unreached_since=AS_OF - timedelta(days=1))
    assert rule(resource_case(probe=seen, prior=today)).verdict is Verdict.UNKNOWN
    assert rule(resource_case(probe=seen, prior=before)).verdict is Verdict.FAIL


@pytest.mark.parametrize("failure", ["dns", "refused", "timeout", "connection", "robots", "address", "url"])
def test_without_a_connection_nothing_is_known(failure: str) -> None:
    assert rule(resource_case(probe=probe(None, failure=failure))).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "seen", [probe(404), probe(500), probe(None, failure="truncated"), probe(None, failure="redirects")]
)
def test_any_answer_over_https_shows_a_good_certificate(seen: object) -> None:
    assert rule(resource_case(probe=seen)).verdict is Verdict.PASS


def test_plain_http_is_not_judged() -> None:
    assert rule(resource_case(probe=probe(url=HTTP, final_url=HTTP))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("facts", [{"final_url": ADDRESS}, {"final_url": HTTP, "redirects": (ADDRESS,)}])
def test_a_redirect_through_https_is_judged(facts: dict[str, object]) -> None:
    outcome = rule(resource_case(probe=probe(None, url=HTTP, tls_failure="tls_expired", **facts)))
    assert outcome.verdict is Verdict.FAIL
