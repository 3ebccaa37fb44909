"""Communiqués and periods of government of a pack: `communiques/*.yml` and `periods.yml`, and what must hold among them."""

from collections.abc import Iterator
from itertools import pairwise

from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document
from atalaya.countries.problems import Problems
from atalaya.news.communique import (
    COMMITMENT,
    INSTITUTION,
    MILESTONE,
    PLAN,
    SESSION,
    Communique,
    Subject,
    communique_of,
    period_from,
)


def add_communique(draft: Draft, document: Document) -> None:
    """`communiques/<name>.yml`: what an institution announced on a day."""
    try:
        draft.communiques.append(Entry(communique_of(document.value, draft.code), document.place, ()))
    except ValueError as error:
        draft.unreadable.append((document.place, str(error)))


def add_periods(draft: Draft, document: Document) -> None:
    """`periods.yml`: the periods of government, with where their days were read."""
    for number, value in enumerate(document.value):
        try:
            draft.periods.append(Entry(period_from(value), document.place, (number,)))
        except ValueError as error:
            draft.unreadable.append((document.place, str(error)))


def check_communiques(draft: Draft, problems: Problems) -> None:
    """Ids told apart, periods that do not overlap, and issuers, plans, commitments, sessions and institutions that are there."""
    _check_periods(draft, problems)
    names: dict[str, str] = {}
    for entry in draft.communiques:
        each, place = entry.item, entry.place
        if each.id in names:
            problems.error(
                place,
                ("id",),
                f"a communiqué with the id {each.id!r} stands in {names[each.id]} too",
                "name it otherwise",
            )
        names[each.id] = place.file
        if not each.body:
            problems.error(place, ("body",), "the text says nothing", "write it")
        for path, what, remedy in _lacking(draft, each):
            problems.error(place, path, what, remedy)


def _check_periods(draft: Draft, problems: Problems) -> None:
    ordered = sorted(draft.periods, key=lambda entry: entry.item.since)
    for earlier, later in pairwise(ordered):
        if earlier.item.until is None or earlier.item.until > later.item.since:
            what = f"period {later.item.id} begins before period {earlier.item.id} ends"
            problems.error(
                later.place, later.path, what, "a day falls in one period; `until` is the first day after it"
            )


def _lacking(draft: Draft, each: Communique) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a communiqué names and the pack does not have: where it stands, what, and what to do."""
    bodies = {entry.item.id for entry in draft.institutions}
    if "institutions" not in draft.incomplete and each.issuer not in bodies:
        yield ("issuer",), f"no institution has the slug {_slug(each.issuer)!r}", "name one of institutions/"
    for subject in each.about:
        if subject.kind == INSTITUTION:
            if "institutions" not in draft.incomplete and subject.key not in bodies:
                what = f"no institution has the slug {_slug(subject.key)!r}"
                yield ("about", "institutions"), what, "name one of institutions/"
        elif subject.kind == SESSION:
            if "sessions" not in draft.incomplete and subject.key not in {s.item.id for s in draft.sessions}:
                yield ("about", "sessions"), f"no session has the id {subject.key!r}", "name one of sessions/"
        elif "plans" not in draft.incomplete:
            what = _unpromised(draft, subject)
            if what:
                yield ("about", "plans"), what, "name what stands in plans/"


def _unpromised(draft: Draft, subject: Subject) -> str:
    """What is not there of a plan, a commitment or a milestone that is named; empty where all of it is, or may be."""
    number, _, rest = subject.key.partition("/")
    plan = next((entry.item for entry in draft.plans if entry.item.number == int(number)), None)
    if plan is None:
        return f"no plan has the number {number}"
    if subject.kind == PLAN:
        return ""
    assert subject.kind in (COMMITMENT, MILESTONE)
    commitment = int(rest.partition("/")[0])
    known = {each.number for each in plan.commitments}
    if commitment not in known and not 1 <= commitment <= (plan.stated_commitments or 0):
        return f"plan {number} has no commitment {commitment}"
    return ""


def _slug(identifier: str) -> str:
    return identifier.partition(":")[2]
