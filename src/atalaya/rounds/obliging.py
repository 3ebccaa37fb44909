"""The duties stage: one unit for each web site that was read. What it shows becomes matches, and matches become verdicts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from atalaya.countries.pack import Duty, Institution, UpdateRule
from atalaya.duties.claiming import Rulings, claims_on
from atalaya.duties.claims import Claim
from atalaya.duties.deciding import judge
from atalaya.duties.judging import Before, Question
from atalaya.duties.matching import Matcher, compile_matcher
from atalaya.duties.mentions import Mention
from atalaya.duties.obliged import duties_of
from atalaya.duties.periods import Period
from atalaya.duties.rulings import KIND, read_rulings
from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import DutyVerdict, Standing
from atalaya.rounds.checking import day
from atalaya.rounds.context import DUTIES, Round
from atalaya.rounds.duty_rows import before_of, match_row, verdict_row
from atalaya.rounds.harvesting import fixed_decisions
from atalaya.rounds.rulings import NOT_CONCERNED, Concern, read_concerns
from atalaya.store.tables import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web site as the duties stage needs it: whose it is, how far it was read, and what it mentions."""

    institution_ids: tuple[str, ...]
    reading: SiteReading
    mentions: Callable[[], Iterable[Mention]]


def judge_duties(round_: Round, sites: Iterable[Site], total: int) -> None:
    """Judge the duties of the institutions of every site that has no part yet; `total` is how many sites there are."""
    if not total or not round_.pack.duties:
        return
    bench = _Bench(round_)
    for done, site in enumerate(sites, start=1):
        if not round_.ledger.done(DUTIES, site.reading.source_id):
            round_.ledger.write(DUTIES, site.reading.source_id, bench.rows(site))
        round_.progress(DUTIES, done, total)


class _Bench:
    """What all units share, made once."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._as_of = day(round_.as_of)
        self._rules = {(rule.law, rule.id): rule for rule in round_.pack.update_rules}
        self._institutions = {body.id: body for body in round_.pack.institutions}
        self._rulings = read_rulings(
            (id_, subject, ruling) for id_, subject, ruling, _ in fixed_decisions(round_, KIND)
        )
        self._concerns = read_concerns(
            (id_, subject, ruling) for id_, subject, ruling, _ in fixed_decisions(round_, NOT_CONCERNED)
        )
        self._matcher: Matcher | None = None

    def rows(self, site: Site) -> Iterator[tuple[str, Row]]:
        """The rows of a site: the matches and verdicts of every institution that publishes there."""
        self._matcher = self._matcher or compile_matcher(self._round.pack)
        for institution_id in site.institution_ids:
            body = self._institutions.get(institution_id)
            obliged = () if body is None else duties_of(self._round.pack, body, self._as_of)
            if body is not None and obliged:
                yield from self._rows_of(body, obliged, site, self._matcher)

    def _rows_of(
        self, body: Institution, obliged: tuple[Duty, ...], site: Site, matcher: Matcher
    ) -> Iterator[tuple[str, Row]]:
        rulings: Rulings = self._rulings.get(body.id, {})
        openness = {duty.id: duty.openness for duty in obliged}
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        mentions = site.mentions() if site.reading.read else ()
        for claim, ruled in claims_on(mentions, matcher, frozenset(openness), rulings):
            claims[claim.match.duty_id].append(claim)
            yield "duty_matches", match_row(body.id, claim, openness[claim.match.duty_id], ruled)
        before = self._before(body.id)
        for duty in obliged:
            rule = self._rules[duty.law, duty.update]
            for row in self._verdicts(body.id, duty, rule, site.reading, tuple(claims[duty.id]), before):
                yield "duty_verdicts", row

    def _verdicts(
        self,
        institution_id: str,
        duty: Duty,
        rule: UpdateRule,
        reading: SiteReading,
        claims: tuple[Claim, ...],
        before: Mapping[str, Mapping[Period | None, Before]],
    ) -> Iterator[Row]:
        question = Question(
            institution_id=institution_id,
            duty=duty,
            rule=rule,
            site=reading,
            as_of=self._as_of,
            claims=claims,
            before=before.get(duty.id, {}),
        )
        ruled = self._concerns.get((institution_id, duty.id))
        return (verdict_row(justified(verdict, ruled), reading) for verdict in judge(question))

    def _before(self, institution_id: str) -> dict[str, dict[Period | None, Before]]:
        """What the observation before said of the duties of an institution."""
        previous = self._round.previous
        if previous is None:
            return {}
        made: date = day(previous.manifest.as_of)
        return before_of(previous.rows("duty_verdicts", "institution_id = ?", (institution_id,)), made)


_NOTHING_THERE = (Standing.MISSING, Standing.HEADING_ONLY, Standing.UNKNOWN)
"""Standings that a ruling can justify: whoever publishes something of a duty is concerned by it."""


def justified(verdict: DutyVerdict, ruled: Concern | None) -> DutyVerdict:
    """A verdict as it stands after a ruling that the duty does not concern the institution."""
    if ruled is None or verdict.standing not in _NOTHING_THERE:
        return verdict
    return replace(
        verdict, standing=Standing.JUSTIFIED, reason="ruled_not_concerned", justification=ruled.words, gaps=()
    )
