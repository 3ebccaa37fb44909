"""From what a site shows of a duty to verdicts: one for the duty as it stands now, and one for each period of its series.

Of what nobody could look at nothing is said: a site that could not be read, the rest of one that was read in part, a server that
did not answer, and a match that waits for a person leave a verdict unknown wherever they could change it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from atalaya.countries.pack import Duty, UpdateRule
from atalaya.duties.claims import Behind, Claim, Found, looked_behind
from atalaya.duties.mentions import MentionKind
from atalaya.duties.periods import Period
from atalaya.duties.series import Length, after_stated, due, length_of
from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import DutyVerdict, Evidence, Standing

BY_CHANGE = "by_change@1"
"""The rule for duties without periods: what is there is current unless all of it says of itself that it is of the past."""

BEFORE_EVENT = "before_event@1"
"""The rule for what must be published before an event: see `duties.judging_events`."""

BY_PERIOD = "by_period@1"
"""The rule for duties with periods: see `duties.judging_series`."""

MOST_EVIDENCE = 5
"""Pieces of evidence that a verdict names: the best of what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The verdict of the observation before on the same duty and period, and the day of that observation.

    `whole` tells that the site was read whole then, so that what was not found was not there.
    """

    as_of: date
    standing: Standing
    whole: bool = True
    days_late: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that verdicts on one duty of one institution are made of.

    `before` holds what the observation before said, by period; under None of the duty as a whole.
    """

    institution_id: str
    duty: Duty
    rule: UpdateRule
    site: SiteReading
    as_of: date
    claims: tuple[Claim, ...] = ()
    before: Mapping[Period | None, Before] = field(default_factory=dict)

    @property
    def length(self) -> Length | None:
        """The length of the periods of the duty, None where it has none. Events do not come in periods."""
        return None if self.rule.hours_before is not None else length_of(self.duty, self.rule)

    @property
    def rule_id(self) -> str:
        """The id and version of the rule that judges it."""
        if self.rule.hours_before is not None:
            return BEFORE_EVENT
        return BY_CHANGE if self.length is None else BY_PERIOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a site shows of a duty, sorted by what it is worth.

    `published` can be looked at, `unread` could not be, `hollow` has nothing behind it, `waiting` are those on which a person has
    to rule; `justified` and `nothing` are claims in which the institution says why nothing is there.
    """

    published: tuple[Found, ...] = ()
    unread: tuple[Found, ...] = ()
    hollow: tuple[Found, ...] = ()
    waiting: tuple[Found, ...] = ()
    justified: tuple[Found, ...] = ()
    nothing: tuple[Found, ...] = ()


def shown(question: Question) -> Shown:
    """Sort the claims on a duty.

    A page that only leads to documents counts as what it leads to, where any of them is matched. One that may be of the duty
    waits for nobody where a heading or link on it surely is.
    """
    found = sorted((looked_behind(claim, question.duty.openness) for claim in question.claims), key=_place)
    counted = [each for each in found if each.claim.accepted]
    led_to = {
        place for each in counted if each.is_document and each.behind is not Behind.NOTHING for place in _places(each)
    }
    here = [
        each for each in counted if not (each.claim.justification or each.claim.nothing or _only_leads(each, led_to))
    ]
    return Shown(
        published=tuple(each for each in here if each.behind in (Behind.OPEN, Behind.CLOSED)),
        unread=tuple(each for each in here if each.behind is Behind.UNREAD),
        hollow=tuple(each for each in here if each.behind is Behind.NOTHING),
        waiting=tuple(each for each in found if each.claim.waits and not _is_settled(each, counted)),
        justified=tuple(each for each in counted if each.claim.justification),
        nothing=tuple(each for each in counted if each.claim.nothing and not each.claim.justification),
    )


def unreadable(question: Question) -> DutyVerdict:
    """The verdict on a site of which nothing could be read."""
    return verdict(question, None, Standing.UNKNOWN, "site_unreadable")


def judge_once(question: Question, there: Shown) -> DutyVerdict:
    """The verdict on a duty without periods, or on one of whose things none says which period it is of."""
    if there.published or there.nothing:
        return _published(question, there)
    return absent(question, None, there)


def _published(question: Question, there: Shown) -> DutyVerdict:
    there_is = (*there.published, *there.nothing)
    late = days_behind(there_is, question)
    if late is not None:
        if there.waiting or there.unread:
            return undecided(question, None, there)
        return verdict(question, None, Standing.LATE, "older", there_is, days_late=late)
    return formed(question, None, there)


def days_behind(published: Iterable[Found], question: Question) -> int | None:
    """Days since the next of what all of it says of itself was due; None where it is not overdue, or one of them says nothing."""
    newest: list[Period] = []
    for each in published:
        if not each.periods:
            return None
        newest.append(max(each.periods, key=lambda period: period.last))
    if not newest:
        return None
    latest = max(newest, key=lambda period: (period.last, period.first))
    expected = after_stated(latest)
    if expected is None:
        return None
    days = (question.as_of - due(expected, replace(question.rule, hours_before=None))).days
    return days if days > 0 else None


def formed(question: Question, period: Period | None, there: Shown) -> DutyVerdict:
    """The verdict on what is published and in time, by its form."""
    open_ = tuple(each for each in there.published if each.behind is Behind.OPEN)
    if open_:
        return verdict(question, period, Standing.CURRENT, "published", open_)
    if there.nothing and not there.published:
        return verdict(question, period, Standing.CURRENT, "nothing_to_report", there.nothing)
    if there.unread or there.waiting:
        return undecided(question, period, there)
    return verdict(question, period, Standing.NOT_OPEN, there.published[0].why, there.published)


def absent(question: Question, period: Period | None, there: Shown) -> DutyVerdict:
    """The verdict where nothing is published that could be looked at."""
    if there.justified:
        said = there.justified[0].claim.justification
        return verdict(question, period, Standing.JUSTIFIED, "justified", there.justified, justification=said)
    if there.unread or there.waiting:
        return undecided(question, period, there)
    if not question.site.whole:
        return verdict(question, period, Standing.UNKNOWN, "read_in_part", there.hollow)
    if there.hollow:
        return verdict(question, period, Standing.HEADING_ONLY, there.hollow[0].why, there.hollow)
    return verdict(question, period, Standing.MISSING, "not_found")


def undecided(question: Question, period: Period | None, there: Shown) -> DutyVerdict:
    """The verdict that could be another one, were it known what could not be looked at or what a person will say."""
    if there.unread:
        return verdict(question, period, Standing.UNKNOWN, there.unread[0].why, there.unread)
    return verdict(question, period, Standing.UNKNOWN, "waits_for_person", there.waiting)


def verdict(
    question: Question,
    period: Period | None,
    standing: Standing,
    reason: str,
    founds: tuple[Found, ...] = (),
    *,
    days_late: int | None = None,
    justification: str = "",
    gaps: tuple[Period, ...] = (),
) -> DutyVerdict:
    """A verdict with its evidence: what was found, else what the observation before had and what was looked through."""
    mentions = tuple(_evidence(found) for found in founds[:MOST_EVIDENCE])
    open_ = {found.behind for found in founds} & {Behind.OPEN, Behind.CLOSED}
    return DutyVerdict(
        institution_id=question.institution_id,
        duty_id=question.duty.id,
        period=period,
        standing=standing,
        rule=question.rule_id,
        evidence=mentions or (*_seen_before(question, period), *question.site.looked_at[:MOST_EVIDENCE]),
        reason=reason,
        days_late=days_late,
        justification=justification,
        gaps=gaps,
        due=None if period is None else due(period, question.rule),
        open=Behind.OPEN in open_ if open_ and standing is not Standing.UNKNOWN else None,
        clicks=min((n for found in founds if (n := found.claim.mention.clicks) is not None), default=None),
    )


def _seen_before(question: Question, period: Period | None) -> tuple[Evidence, ...]:
    """What the observation before had, where it had something that is gone."""
    before = question.before.get(period)
    had = before is not None and before.standing in (Standing.CURRENT, Standing.LATE, Standing.NOT_OPEN)
    return before.evidence[:1] if before is not None and had else ()


def _evidence(found: Found) -> Evidence:
    mention = found.claim.mention
    content = mention.content
    said = found.claim.justification or found.claim.nothing or mention.text
    return Evidence(
        url=mention.url,
        mention_id=mention.id,
        sha256=None if content is None else content.sha256,
        text=said,
        path=mention.path,
        first_seen=None if content is None else content.first_seen,
        last_seen=None if content is None else content.last_seen,
    )


_WORTH = {Behind.OPEN: 0, Behind.CLOSED: 1, Behind.UNREAD: 2, Behind.NOTHING: 3}


def _place(found: Found) -> tuple[int, float, str, str]:
    """The best first: what is open before what is not, and the surer match before the others."""
    mention = found.claim.mention
    return _WORTH[found.behind], -found.claim.match.score, mention.url, mention.id


def _is_settled(found: Found, counted: list[Found]) -> bool:
    """Whether what waits for a person can be nothing: it is empty, or a page on which the duty surely has its own place."""
    mention = found.claim.mention
    if found.behind is Behind.NOTHING:
        return True
    return mention.kind is MentionKind.PAGE and any(each.claim.mention.page_url == mention.url for each in counted)


def _places(found: Found) -> Iterator[tuple[str, str]]:
    """The page that a document stands on, and the headings that it stands under."""
    mention = found.claim.mention
    return ((mention.page_url, heading) for heading in ("", *mention.headings))


def _only_leads(found: Found, led_to: set[tuple[str, str]]) -> bool:
    """Whether it is a page or heading on or under which documents of the duty stand."""
    mention = found.claim.mention
    place = (mention.url, mention.text if mention.kind is MentionKind.HEADING else "")
    return not found.is_document and place in led_to
