"""The published address hands over the resource.

Refusals, limits and robots.txt leave it unknown; a 404 or 410 fails only at a second look, any other failure only when
two days agree. What was handed over is judged by `format_true` and `data_present`, save for redirects to the home page
or to a form for passwords, which hand over nothing.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from atalaya.checks.cases import Prior, ProbeFacts, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import DECLARED_FIELDS, stands_in
from atalaya.checks.example_cases import ADDRESS, AS_OF, distribution, inspection, probe, resource_case
from atalaya.checks.landing import landed_at_home, landed_at_login
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.reachability import ATTEMPT_FIELDS, CAUSES, Reach, reach

_OUTCOMES: Mapping[str, Callable[..., Outcome]] = {
    "refused": unknown,
    "limited": unknown,
    "robots": unknown,
    "beyond": unknown,
    "unusable": failed,
    "gone": failed,
    "gone_once": unknown,
    "failing": failed,
    "failed_once": unknown,
}


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    if case.distribution.url is None:
        return failed("no_address")
    found = reach(case.as_of, case.probe, case.prior)
    if case.probe is None or found.state == "not_asked":
        return unknown("not_asked")
    if found.state == "reached":
        return _arrived(case, case.probe, found)
    since = {"since": found.since.isoformat()} if found.since is not None else {}
    reason = "gone_again" if found.state == "gone" and since else found.state
    return _OUTCOMES[found.state](reason, cause=found.cause, **since)


def _arrived(case: ResourceCase, probe_: ProbeFacts, found: Reach) -> Outcome:
    if stands_in(case) and landed_at_login(probe_.url, probe_.final_url):
        return unknown("login")
    if stands_in(case) and landed_at_home(probe_.url, probe_.final_url):
        return failed("home")
    return passed("ok", cause=found.cause)


_PAGE = inspection("html")
_EARLIER = AS_OF - timedelta(days=2)

CHECK = Check(
    id="reachable",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The address hands over the resource",
    text="Whoever follows the published address, person or program, gets an answer with the resource. One bad answer "
    "is not held against anyone: a missing page fails at a second look, a failing server when two days agree.",
    remedy="Open the address from a computer outside the institution. Put the file back, correct the address in the "
    "catalogue, or redirect the old address to the new one; if the server is down, ask whoever runs it to restore it.",
    effort=Effort.MEDIUM,
    fields=(
        "distribution.derived",
        "distribution.download_url",
        "distribution.access_url",
        *ATTEMPT_FIELDS,
        "probe.url",
        "probe.final_url",
        *DECLARED_FIELDS,
        "inspection",
        "inspection.format",
        "inspection.defects.code",
        "inspection.defects.place",
        "inspection.tables.rows",
    ),
    reasons={
        "ok": "The address answered with status {cause}.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
        "no_address": "The resource has no address.",
        "not_asked": "The address was not asked in this round.",
        "unusable": "The published address cannot be used from the internet ({cause}).",
        "gone": "The server says that there is nothing at this address (status {cause}), and a second look confirmed "
        "it.",
        "gone_again": "The server says that there is nothing at this address (status {cause}), as it has since {since}.",
        "gone_once": "The server says that there is nothing at this address (status {cause}); a second look will tell.",
        "failing": "The address does not answer ({cause}), and has not since {since}.",
        "failed_once": "The address did not answer this time ({cause}); it counts only if another day agrees.",
        "refused": "The server refused to hand the resource over to an identified program (status {cause}).",
        "limited": "The server asked for fewer requests (status {cause}), so the resource could not be seen.",
        "robots": "The site's robots.txt forbids programs to read this address.",
        "beyond": "The address answers with more than we read ({cause}), so the resource could not be seen.",
        "login": "The address leads to a form for a user name and password.",
        "home": "The address leads to a home page instead of the resource.",
    },
    terms=CAUSES,
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "status 200 with a file"),
        Example(
            resource_case(probe=probe(404, second_look=True)), Verdict.FAIL, "gone", "a 404 that was looked at twice"
        ),
        Example(
            resource_case(probe=probe(410), prior=Prior(failing_since=_EARLIER)),
            Verdict.FAIL,
            "gone_again",
            "gone on an earlier day and again today",
        ),
        Example(resource_case(probe=probe(404)), Verdict.UNKNOWN, "gone_once", "a 404 seen for the first time"),
        Example(
            resource_case(probe=probe(None, failure="timeout")),
            Verdict.UNKNOWN,
            "failed_once",
            "one timeout proves nothing",
        ),
        Example(
            resource_case(probe=probe(503), prior=Prior(unreached_since=_EARLIER)),
            Verdict.FAIL,
            "failing",
            "a server that failed on two days",
        ),
        Example(resource_case(probe=probe(403)), Verdict.UNKNOWN, "refused", "a filter against programs"),
        Example(resource_case(probe=probe(429)), Verdict.UNKNOWN, "limited", "a limit of requests never fails"),
        Example(
            resource_case(probe=probe(None, failure="postponed"), prior=Prior(unreached_since=_EARLIER)),
            Verdict.UNKNOWN,
            "not_asked",
            "a host that asked for a pause, after an earlier failure",
        ),
        Example(
            resource_case(probe=probe(200, failure="bomb"), prior=Prior(unreached_since=_EARLIER)),
            Verdict.UNKNOWN,
            "beyond",
            "a body that unpacks to more than is read is a limit of ours, on whatever day",
        ),
        Example(
            resource_case(probe=probe(None, failure="robots")),
            Verdict.UNKNOWN,
            "robots",
            "robots.txt is an outcome of its own",
        ),
        Example(
            resource_case(probe=probe(None, failure="address")),
            Verdict.FAIL,
            "unusable",
            "an address inside the institution's own network",
        ),
        Example(
            resource_case(inspection=_PAGE, probe=probe(final_url="https://datos.example.org/user/login?next=x")),
            Verdict.UNKNOWN,
            "login",
            "a CSV that ends at a form for passwords",
        ),
        Example(
            resource_case(inspection=_PAGE, probe=probe(final_url="https://datos.example.org/")),
            Verdict.FAIL,
            "home",
            "a CSV that ends at the home page",
        ),
        Example(resource_case(probe=None), Verdict.UNKNOWN, "not_asked", "nobody asked in this round"),
        Example(
            resource_case(distribution=distribution(download_url=None), probe=None),
            Verdict.FAIL,
            "no_address",
            "a resource without a link",
        ),
        Example(
            resource_case(distribution=distribution(download_url=ADDRESS, derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
