"""The address reaches the resource over few redirects, and never from https down to http."""

import itertools

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import ADDRESS, distribution, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

MOST = 3
"""Redirects that an address may take: to https, to the host's proper name, and to where the file is kept."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    seen = case.probe
    if seen is None:
        return unknown("not_asked")
    if seen.failure == "redirects":
        return failed("endless")
    if seen.status is None:
        return unknown("no_answer")
    count = len(seen.redirects)
    safe = [hop.lower().startswith("https:") for hop in (seen.url, *seen.redirects)]
    if any(before and not after for before, after in itertools.pairwise(safe)):
        return failed("downgraded", redirects=count)
    return failed("long", redirects=count) if count > MOST else passed("ok", redirects=count)


def _hops(*hops: str) -> ResourceCase:
    return resource_case(probe=probe(redirects=hops, final_url=hops[-1]))


_HOPS = tuple(f"https://datos.example.org/{n}" for n in range(MOST + 1))

CHECK = Check(
    id="redirect_short",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The address takes few redirects",
    text="The address reaches the resource over at most {most} redirects, and none of them leads from https down to "
    "http, where the "
    "encryption is lost.",
    remedy="Write the address at which the redirects end in the catalogue, and let every redirect lead to https.",
    effort=Effort.LOW,
    fields=(
        "distribution.derived",
        "probe",
        "probe.url",
        "probe.redirects",
        "probe.status",
        "probe.failure",
    ),
    thresholds={"most": MOST},
    reasons={
        "ok": "Redirects on the way: {redirects}.",
        "long": "Redirects on the way: {redirects}, more than {most}.",
        "downgraded": "A redirect leads from https down to http.",
        "endless": "The redirects have no end.",
        "no_answer": "The address did not answer.",
        "not_asked": "The address was not asked in this round.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "no redirect"),
        Example(_hops(*_HOPS[:MOST]), Verdict.PASS, "ok", "as many as are allowed"),
        Example(_hops(*_HOPS), Verdict.FAIL, "long", "one too many"),
        Example(_hops(ADDRESS.replace("https", "http")), Verdict.FAIL, "downgraded", "from https to http"),
        Example(
            resource_case(probe=probe(None, failure="redirects")), Verdict.FAIL, "endless", "redirects in a circle"
        ),
        Example(resource_case(probe=probe(None, failure="timeout")), Verdict.UNKNOWN, "no_answer", "no answer in time"),
        Example(resource_case(probe=None), Verdict.UNKNOWN, "not_asked", "nobody asked"),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
