"""The certificate of the server that gives the catalogue is valid for its address.

What is certain (expired, another name, signed by itself) fails at once; an unclear refusal counts when another day
agrees. `tls_valid` judges the addresses of resources by the same rule.
"""

from datetime import timedelta

from atalaya.checks.cases import CatalogueCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.resource.tls_valid import CERTAIN

_READ = ("complete", "partial")
_WITHOUT_ANSWER = ("unreachable", "robots")
"""Reasons of a harvest after which nothing tells whether a certificate was seen."""


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.tls_failure in CERTAIN:
        return failed(CERTAIN[case.tls_failure])
    if case.url is None or not case.url.lower().startswith("https:"):
        return not_applicable("http_only")
    if case.tls_failure is not None:
        since = case.prior.unreached_since
        return failed("refused_again") if since is not None and since < case.as_of else unknown("refused_once")
    if case.state in _READ or (case.reason is not None and case.reason not in _WITHOUT_ANSWER):
        return passed()
    return unknown("no_certificate_seen")


_HTTPS = "https://datos.example.org/data.json"

CHECK = Check(
    id="catalogue_tls_valid",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.ACCESS,
    title="The catalogue's certificate is valid",
    text="Where the address of the catalogue begins with https, the certificate of its server is in date, was issued "
    "for that name and by an authority that browsers know.",
    remedy="Ask whoever runs the server of the catalogue to renew or replace the certificate, with its intermediate "
    "certificates. Free certificates that renew themselves exist.",
    effort=Effort.MEDIUM,
    fields=("as_of", "url", "state", "reason", "tls_failure", "prior.unreached_since"),
    reasons={
        "ok": "The catalogue's certificate is valid.",
        "http_only": "The catalogue's address does not use https, so there is no certificate to judge.",
        "no_certificate_seen": "No connection to the catalogue came about, so no certificate was seen.",
        "expired": "The catalogue's certificate has expired.",
        "wrong_host": "The catalogue's certificate was issued for another name.",
        "self_signed": "The catalogue's certificate is signed by the server itself, not by an authority that browsers "
        "know.",
        "refused_once": "The catalogue's certificate could not be verified this time; it counts only if another day "
        "agrees.",
        "refused_again": "The catalogue's certificate could not be verified on two different days; the intermediate "
        "certificate may be missing.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(url=_HTTPS), Verdict.PASS, "ok", "https with a good certificate"),
        Example(
            catalogue_case("failed", reason="malformed", url=_HTTPS),
            Verdict.PASS,
            "ok",
            "an unreadable answer over https",
        ),
        Example(catalogue_case(url=_HTTPS, tls_failure="tls_expired"), Verdict.FAIL, "expired", "out of date"),
        Example(catalogue_case(url=_HTTPS, tls_failure="tls_wrong_host"), Verdict.FAIL, "wrong_host", "another name"),
        Example(
            catalogue_case(url=_HTTPS, tls_failure="tls_self_signed"), Verdict.FAIL, "self_signed", "signed by itself"
        ),
        Example(
            catalogue_case("failed", reason="unreachable", url=_HTTPS, tls_failure="tls_other"),
            Verdict.UNKNOWN,
            "refused_once",
            "an unclear refusal, once",
        ),
        Example(
            catalogue_case(
                "failed",
                reason="unreachable",
                url=_HTTPS,
                tls_failure="tls_other",
                prior=Prior(unreached_since=AS_OF - timedelta(days=3)),
            ),
            Verdict.FAIL,
            "refused_again",
            "an unclear refusal on two days",
        ),
        Example(
            catalogue_case("failed", reason="unreachable", url=_HTTPS),
            Verdict.UNKNOWN,
            "no_certificate_seen",
            "no answer at all",
        ),
        Example(
            catalogue_case(url="http://datos.example.org/data.json"), Verdict.NOT_APPLICABLE, "http_only", "plain http"
        ),
    ),
)
