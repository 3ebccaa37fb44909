"""The certificate of the server is valid for the published address.

Judged for addresses that speak HTTPS, the published one or one that it redirects to. An expired certificate, one of
another name and a self-signed one fail at once: they are facts about the server, not weather.
"""

from datetime import timedelta

from atalaya.checks.cases import Prior, ProbeFacts, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, distribution, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

CERTAIN = {"tls_expired": "expired", "tls_wrong_host": "wrong_host", "tls_self_signed": "self_signed"}
"""Failures that say what is wrong with the certificate → reason. Others may lie with the client and need a second
day."""

BEFORE_TLS = ("dns", "refused", "timeout", "connection", "robots", "postponed", "address", "url")
"""Failures that come before, or may have come before, a certificate was seen; an answer with a status comes after it."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    if case.probe is None:
        return unknown("not_asked")
    if not any(url.lower().startswith("https:") for url in _hops(case.probe)):
        return not_applicable("http_only")
    fault = case.probe.tls_failure or case.probe.failure
    if fault in CERTAIN:
        return failed(CERTAIN[fault])
    if fault == "tls_other":
        since = case.prior.unreached_since
        return failed("refused_again") if since is not None and since < case.as_of else unknown("refused_once")
    unseen = fault in BEFORE_TLS and case.probe.status is None
    return unknown("no_certificate_seen") if unseen else passed()


def _hops(seen: ProbeFacts) -> tuple[str, ...]:
    return (seen.url, *seen.redirects, seen.final_url)


_HTTP = "http://datos.example.org/presupuesto.csv"

CHECK = Check(
    id="tls_valid",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The server's certificate is valid",
    text="Where the address begins with https, the certificate of the server is in date, was issued for that name and "
    "by an authority that browsers know. Otherwise browsers warn and programs refuse to download.",
    remedy="Ask whoever runs the server to renew or replace the certificate, with its intermediate certificates, for "
    "the exact name in the address. Free certificates that renew themselves exist.",
    effort=Effort.MEDIUM,
    fields=(
        "as_of",
        "distribution.derived",
        "probe",
        "probe.url",
        "probe.final_url",
        "probe.redirects",
        "probe.status",
        "probe.failure",
        "probe.tls_failure",
        "prior.unreached_since",
    ),
    reasons={
        "ok": "The certificate is valid.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
        "http_only": "The address does not use https, so there is no certificate to judge.",
        "not_asked": "The address was not asked in this round.",
        "no_certificate_seen": "No connection came about, so no certificate was seen.",
        "expired": "The certificate has expired.",
        "wrong_host": "The certificate was issued for another name.",
        "self_signed": "The certificate is signed by the server itself, not by an authority that browsers know.",
        "refused_once": "The certificate could not be verified this time; it counts only if another day agrees.",
        "refused_again": "The certificate could not be verified on two different days; the intermediate certificate "
        "may be missing.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "https with a good certificate"),
        Example(
            resource_case(probe=probe(tls_failure="tls_expired")), Verdict.FAIL, "expired", "expired, though it answers"
        ),
        Example(
            resource_case(probe=probe(None, failure="tls_wrong_host")),
            Verdict.FAIL,
            "wrong_host",
            "issued for another name",
        ),
        Example(
            resource_case(probe=probe(None, failure="tls_self_signed")),
            Verdict.FAIL,
            "self_signed",
            "signed by the server",
        ),
        Example(
            resource_case(probe=probe(None, failure="tls_other")),
            Verdict.UNKNOWN,
            "refused_once",
            "an unclear refusal, once",
        ),
        Example(
            resource_case(
                probe=probe(None, failure="tls_other"), prior=Prior(unreached_since=AS_OF - timedelta(days=3))
            ),
            Verdict.FAIL,
            "refused_again",
            "an unclear refusal on two days",
        ),
        Example(
            resource_case(probe=probe(None, failure="dns")),
            Verdict.UNKNOWN,
            "no_certificate_seen",
            "the name does not resolve",
        ),
        Example(
            resource_case(probe=probe(None, failure="postponed")),
            Verdict.UNKNOWN,
            "no_certificate_seen",
            "a host that asked for a pause",
        ),
        Example(resource_case(probe=probe(failure="timeout")), Verdict.PASS, "ok", "an answer that began and stalled"),
        Example(resource_case(probe=None), Verdict.UNKNOWN, "not_asked", "nobody asked in this round"),
        Example(
            resource_case(probe=probe(url=_HTTP, final_url=_HTTP)), Verdict.NOT_APPLICABLE, "http_only", "plain http"
        ),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
