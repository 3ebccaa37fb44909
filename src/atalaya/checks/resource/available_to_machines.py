"""What people may see, the public's machines may see: an address does not stay hidden from programs for ever.

A refusal is no fault by itself and stays unknown in `reachable`. When it lasts, blocking must not pay better than
publishing, so that the lasting refusal is a fail of this check alone. A limit of requests (429) never is.
"""

from datetime import date, timedelta

from atalaya.checks.cases import Prior, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import is_hidden
from atalaya.checks.example_cases import AS_OF, distribution, hidden, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.reachability import ATTEMPT_FIELDS, reach

LONGEST_DAYS = 60
"""Days after which an unknown counts (the observatory's first rule: 60 days or five rounds)."""

LONGEST_ROUNDS = 5
"""Rounds in a row, this one included, after which an unknown counts."""

HIDING = ("refused", "robots")
"""Answers that hide a resource on purpose; failing servers and missing pages are judged by `reachable`."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    if case.distribution.url is None:
        return not_applicable("no_address")
    if is_hidden(case.inspection):
        return _hidden(case.as_of, case.prior)
    found = reach(case.as_of, case.probe, case.prior)
    if found.state == "reached":
        return passed()
    if found.state == "not_asked":
        return unknown("not_asked")
    if found.state == "limited":
        return unknown("limited")
    if found.state not in HIDING:
        return not_applicable("not_hidden")
    return _hidden(case.as_of, case.prior)


def _hidden(as_of: date, prior: Prior) -> Outcome:
    days = (as_of - prior.hidden_since).days if prior.hidden_since is not None else 0
    rounds = prior.unknown_rounds + 1
    if prior.hidden_since is not None and (days >= LONGEST_DAYS or rounds >= LONGEST_ROUNDS):
        return failed("hidden_too_long", days=days, rounds=rounds)
    return unknown("hidden", days=days, rounds=rounds)


CHECK = Check(
    id="available_to_machines",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The resource is available to the public's machines",
    text="Programs that say who they are and ask slowly get the resource. A refusal stays undecided at first; after "
    "{days} days, or in {rounds} rounds in a row, it counts as not available.",
    remedy="Ask whoever runs the server or its protection service to let identified programs read the addresses of "
    "open data, or publish the files where no filter stands before them; allow those addresses in robots.txt.",
    effort=Effort.MEDIUM,
    thresholds={"days": LONGEST_DAYS, "rounds": LONGEST_ROUNDS},
    fields=(
        "distribution.derived",
        "distribution.download_url",
        "distribution.access_url",
        *ATTEMPT_FIELDS,
        "inspection",
        "inspection.defects.code",
        "inspection.defects.place",
        "prior.hidden_since",
        "prior.unknown_rounds",
    ),
    reasons={
        "ok": "The resource was handed over to an identified program.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
        "no_address": "The resource has no address.",
        "not_asked": "The address was not asked in this round.",
        "limited": "The server asked for fewer requests, so the resource could not be seen.",
        "not_hidden": "The address does not hide anything: it fails, and that is judged apart.",
        "hidden": "The server refuses programs; seen in {rounds} rounds over {days} days.",
        "hidden_too_long": "The server has refused programs for {days} days, in {rounds} rounds in a row.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "handed over"),
        Example(resource_case(probe=probe(403)), Verdict.UNKNOWN, "hidden", "refused for the first time"),
        Example(
            resource_case(inspection=hidden()), Verdict.UNKNOWN, "hidden", "a filter's page under a status of success"
        ),
        Example(
            resource_case(
                probe=probe(403), prior=Prior(hidden_since=AS_OF - timedelta(days=LONGEST_DAYS), unknown_rounds=2)
            ),
            Verdict.FAIL,
            "hidden_too_long",
            "refused for two months",
        ),
        Example(
            resource_case(
                probe=probe(None, failure="robots"),
                prior=Prior(hidden_since=AS_OF - timedelta(days=20), unknown_rounds=LONGEST_ROUNDS - 1),
            ),
            Verdict.FAIL,
            "hidden_too_long",
            "robots.txt forbade it in five rounds",
        ),
        Example(resource_case(probe=probe(429)), Verdict.UNKNOWN, "limited", "a limit never fails"),
        Example(resource_case(probe=probe(404)), Verdict.NOT_APPLICABLE, "not_hidden", "a missing page hides nothing"),
        Example(resource_case(probe=None), Verdict.UNKNOWN, "not_asked", "nobody asked in this round"),
        Example(
            resource_case(distribution=distribution(download_url=None)),
            Verdict.NOT_APPLICABLE,
            "no_address",
            "no link at all",
        ),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
