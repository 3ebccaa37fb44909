"""Edges of `reachable`: what counts against a publisher, and when."""

from datetime import timedelta

import pytest

from atalaya.checks.cases import Prior, ResourceCase
from atalaya.checks.example_cases import ADDRESS, AS_OF, distribution, inspection, probe, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.reachable import rule

DAY = timedelta(days=1)
SOFT = ["timeout", "refused", "dns", "connection", "truncated", "redirects", "tls_expired", "tls_other"]


def reached(status: int | None = 200, prior: Prior | None = None, **facts: object) -> tuple[Verdict, str]:
    outcome = rule(resource_case(probe=probe(status, **facts), prior=prior or Prior()))
    return outcome.verdict, outcome.reason


@pytest.mark.parametrize("status", [200, 201, 203, 206, 226, 304])
def test_success_passes(status: int) -> None:
    assert reached(status) == (Verdict.PASS, "ok")


@pytest.mark.parametrize("status", [401, 403, 407])
@pytest.mark.parametrize("since", [None, AS_OF - 400 * DAY])
def test_refusals_never_fail(status: int, since: object) -> None:
    prior = Prior(hidden_since=AS_OF - 400 * DAY, unknown_rounds=50, unreached_since=AS_OF - DAY)
    assert reached(status, prior) == (Verdict.UNKNOWN, "refused")


def test_too_many_requests_never_fail() -> None:
    assert reached(429, Prior(unreached_since=AS_OF - 90 * DAY)) == (Verdict.UNKNOWN, "limited")


@pytest.mark.parametrize("status", [404, 410])
def test_gone_needs_a_second_look(status: int) -> None:
    assert reached(status) == (Verdict.UNKNOWN, "gone_once")
    assert reached(status, second_look=True) == (Verdict.FAIL, "gone")
    assert reached(status, Prior(failing_since=AS_OF)) == (Verdict.UNKNOWN, "gone_once")
    assert reached(status, Prior(failing_since=AS_OF - DAY)) == (Verdict.FAIL, "gone_again")


@pytest.mark.parametrize("failure", SOFT)
def test_failures_need_two_days(failure: str) -> None:
    assert reached(None, failure=failure) == (Verdict.UNKNOWN, "failed_once")
    assert reached(None, Prior(unreached_since=AS_OF), failure=failure) == (Verdict.UNKNOWN, "failed_once")
    assert reached(None, Prior(unreached_since=AS_OF - DAY), failure=failure) == (Verdict.FAIL, "failing")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 400, 405, 451, 302])
def test_other_statuses_need_two_days(status: int) -> None:
    assert reached(status) == (Verdict.UNKNOWN, "failed_once")
    assert reached(status, Prior(unreached_since=AS_OF - DAY)) == (Verdict.FAIL, "failing")


def test_a_gone_page_is_no_proof_of_a_failing_server() -> None:
    assert reached(503, Prior(failing_since=AS_OF - DAY)) == (Verdict.UNKNOWN, "failed_once")


def test_robots_is_a_reason_of_its_own() -> None:
    assert reached(None, Prior(unreached_since=AS_OF - DAY), failure="robots") == (Verdict.UNKNOWN, "robots")


@pytest.mark.parametrize("failure", ["address", "url"])
def test_an_address_that_nobody_can_use_fails_at_once(failure: str) -> None:
    assert reached(None, failure=failure) == (Verdict.FAIL, "unusable")


def landed(final_url: str, format_id: str = "html", declared: str | None = "CSV") -> tuple[Verdict, str]:
    case = resource_case(
        probe=probe(final_url=final_url),
        inspection=inspection(format_id),
        distribution=distribution(format=declared, media_type=None),
    )
    outcome = rule(case)
    return outcome.verdict, outcome.reason


@pytest.mark.parametrize(
    "home", ["https://datos.example.org", "https://otro.example.org/", "https://datos.example.org/index.php"]
)
def test_a_redirect_to_a_home_page_hands_over_nothing(home: str) -> None:
    assert landed(home) == (Verdict.FAIL, "home")


@pytest.mark.parametrize(
    "login", ["https://datos.example.org/user/login", "https://sso.example.org/oauth2/authorize?x=1"]
)
def test_a_redirect_to_a_login_stays_unknown(login: str) -> None:
    assert landed(login) == (Verdict.UNKNOWN, "login")


def test_redirects_that_hand_over_the_file_pass() -> None:
    assert landed("https://datos.example.org/", format_id="csv") == (Verdict.PASS, "ok")
    assert landed("https://datos.example.org/login/archivo.csv", format_id="csv") == (Verdict.PASS, "ok")


def test_a_declared_page_may_be_a_home_page() -> None:
    assert landed("https://datos.example.org/", declared="HTML") == (Verdict.PASS, "ok")


def test_a_page_at_the_address_itself_is_left_to_other_checks() -> None:
    assert landed(ADDRESS) == (Verdict.PASS, "ok")


def test_the_access_address_counts_where_there_is_no_download_address() -> None:
    case: ResourceCase = resource_case(distribution=distribution(download_url=None, access_url=ADDRESS))
    assert rule(case).verdict is Verdict.PASS
