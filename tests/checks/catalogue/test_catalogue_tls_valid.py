"""Edges of `catalogue_tls_valid`: a bad certificate behind a redirect, servers in trouble."""

from atalaya.checks.catalogue.catalogue_tls_valid import rule
from atalaya.checks.example_cases import catalogue_case


def test_a_redirect_to_a_bad_certificate_counts() -> None:
    assert rule(catalogue_case(url="http://datos.example.org/", tls_failure="tls_expired")).reason == "expired"


def test_an_error_of_the_server_comes_after_the_certificate() -> None:
    assert rule(catalogue_case("failed", reason="http", url="HTTPS://datos.example.org/")).reason == "ok"
