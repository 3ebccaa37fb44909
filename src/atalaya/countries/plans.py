"""Action plans, bodies and sessions of a pack: `plans/*.yml`, `bodies/*.yml`, `sessions/*.yml`, and what must hold among them."""

from atalaya.commitments.bodies import body_of
from atalaya.commitments.documents import plan_of, session_of
from atalaya.commitments.sessions import matrix
from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document
from atalaya.countries.problems import Problems


def add_plan(draft: Draft, document: Document) -> None:
    """`plans/<name>.yml`: an action plan with its commitments in versions."""
    try:
        draft.plans.append(Entry(plan_of(document.value), document.place, ()))
    except ValueError as error:
        draft.unreadable.append((document.place, str(error)))
        draft.incomplete.add("plans")


def add_body(draft: Draft, document: Document) -> None:
    """`bodies/<name>.yml`: a body that follows plans or agrees on schemas, with its members as far as they are known."""
    try:
        draft.bodies.append(Entry(body_of(document.value), document.place, ()))
    except ValueError as error:
        draft.unreadable.append((document.place, str(error)))
        draft.incomplete.add("bodies")


def add_session(draft: Draft, document: Document) -> None:
    """`sessions/<name>.yml`: a session of a body that follows a plan."""
    try:
        draft.sessions.append(Entry(session_of(document.value), document.place, ()))
    except ValueError as error:
        draft.unreadable.append((document.place, str(error)))


def check_plans(draft: Draft, problems: Problems) -> None:
    """Dates that are dates, numbers and versions told apart, axes that exist, reports about commitments that are there."""
    for place, what in draft.unreadable:
        problems.error(place, (), what, "correct it; a date is 2023, 2023-06 or 2023-06-30")
    numbers: dict[int, str] = {}
    for entry in draft.plans:
        plan, place = entry.item, entry.place
        if plan.number in numbers:
            problems.error(
                place, ("number",), f"plan {plan.number} stands in {numbers[plan.number]} too", "number it otherwise"
            )
        numbers[plan.number] = place.file
        axes = {axis.code for axis in plan.axes}
        seen: set[int] = set()
        for position, commitment in enumerate(plan.commitments):
            path = ("commitments", position)
            if commitment.number in seen:
                problems.error(place, path, f"commitment {commitment.number} is listed twice", "number it otherwise")
            seen.add(commitment.number)
            if commitment.axis and commitment.axis not in axes:
                problems.error(
                    place, path, f"no axis has the code {commitment.axis!r}", "name one that stands under axes"
                )
            versions = [version.id for version in commitment.versions]
            if len(set(versions)) < len(versions):
                problems.error(
                    place, path, f"commitment {commitment.number} has two versions of one id", "tell them apart"
                )
    _check_sessions(draft, problems)


def _check_sessions(draft: Draft, problems: Problems) -> None:
    plans = {entry.item.number: entry.item for entry in draft.plans}
    _check_bodies(draft, problems)
    for entry in draft.sessions:
        number = entry.item.plan
        if number is None or "plans" in draft.incomplete:
            continue
        if number not in plans:
            problems.error(entry.place, ("plan",), f"no plan has the number {number}", "name one of plans/")
            continue
        try:
            matrix(plans[number], [entry.item])
        except ValueError as error:
            problems.error(entry.place, ("reports",), str(error), "correct the number of the commitment")


def _check_bodies(draft: Draft, problems: Problems) -> None:
    known: dict[str, str] = {}
    institutions = {entry.item.id for entry in draft.institutions}
    for entry in draft.bodies:
        body, place = entry.item, entry.place
        if body.id in known:
            problems.error(place, ("id",), f"body {body.id} stands in {known[body.id]} too", "give it another id")
        known[body.id] = place.file
        for position, seat in enumerate(body.members):
            if seat.institution and seat.institution not in institutions and "institutions" not in draft.incomplete:
                what = f"no institution has the id {seat.institution!r}"
                problems.error(place, ("members", position), what, "name one of institutions/, or leave it out")
    if not known or "bodies" in draft.incomplete:
        return
    for session in draft.sessions:
        if session.item.body and session.item.body not in known:
            what = f"no body has the id {session.item.body!r}"
            problems.error(session.place, ("body",), what, "name one of bodies/")
