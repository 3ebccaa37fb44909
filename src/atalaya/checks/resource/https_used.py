"""The address of the resource begins with https, or leads there by a redirect."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    url = (case.distribution.url or "").strip()[:8].lower()
    if url.startswith("https:"):
        return passed()
    if not url.startswith("http:"):
        return not_applicable("no_address") if ":" not in url else failed("other")
    if case.probe is None:
        return unknown("not_asked")
    if any(hop.lower().startswith("https:") for hop in (case.probe.final_url, *case.probe.redirects)):
        return passed("redirected")
    return unknown("no_answer") if case.probe.status is None else failed("plain")


_HTTP = "http://datos.example.org/presupuesto.csv"
_HTTPS = "https://datos.example.org/presupuesto.csv"
_PLAIN = distribution(download_url=_HTTP)

CHECK = Check(
    id="https_used",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The address uses https",
    text="The address begins with https or redirects there, so that nobody on the way can read or change what is "
    "downloaded. Browsers "
    "refuse downloads over plain http from pages that use https.",
    remedy="Serve the site over https, redirect http to https, and write the https address in the catalogue. "
    "Certificates that cost nothing "
    "and renew themselves exist.",
    effort=Effort.MEDIUM,
    fields=(
        "distribution.derived",
        "distribution.download_url",
        "distribution.access_url",
        "probe",
        "probe.final_url",
        "probe.redirects",
        "probe.status",
    ),
    reasons={
        "ok": "The address uses https.",
        "redirected": "The address uses http and the server redirects it to https.",
        "plain": "The address uses http without encryption and is not redirected to https.",
        "other": "The address uses neither https nor http.",
        "not_asked": "The address was not asked in this round, so it is not known whether it is redirected to https.",
        "no_answer": "The address did not answer, so it is not known whether it is redirected to https.",
        "no_address": "The resource has no web address.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "an https address"),
        Example(
            resource_case(distribution=_PLAIN, probe=probe(url=_HTTP, final_url=_HTTPS, redirects=(_HTTPS,))),
            Verdict.PASS,
            "redirected",
            "http that is redirected to https",
        ),
        Example(
            resource_case(distribution=_PLAIN, probe=probe(url=_HTTP, final_url=_HTTP)),
            Verdict.FAIL,
            "plain",
            "plain http",
        ),
        Example(
            resource_case(distribution=distribution(download_url="ftp://datos.example.org/a.csv")),
            Verdict.FAIL,
            "other",
            "an address of ftp",
        ),
        Example(resource_case(distribution=_PLAIN, probe=None), Verdict.UNKNOWN, "not_asked", "nobody asked"),
        Example(
            resource_case(distribution=_PLAIN, probe=probe(None, url=_HTTP, final_url=_HTTP, failure="timeout")),
            Verdict.UNKNOWN,
            "no_answer",
            "no answer in time",
        ),
        Example(
            resource_case(distribution=distribution(download_url=None)),
            Verdict.NOT_APPLICABLE,
            "no_address",
            "no address",
        ),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
