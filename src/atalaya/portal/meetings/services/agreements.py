"""What changes agreements: agreed at a session, then told of step by step until they are fulfilled or given up."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from atalaya.commitments.partial_dates import read_range
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.meetings.models import Agreement, AgreementStep, Member, Session
from atalaya.portal.meetings.services.bodies import runs
from atalaya.portal.meetings.services.sessions import next_number, open_record, written_date
from atalaya.portal.meetings.states import AGREEMENT_MOVES, AGREEMENT_STATES, DONE, DROPPED, OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed: who is to do it, until when; both may be left unsaid."""

    text: str
    member: Member | None = None
    responsible: str = ""
    due: str = ""
    commitment: int | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """An agreement as it stands on a day: its state, the last step, and by how many days it is overdue (0: it is not)."""

    agreement: Agreement
    state: str
    last: AgreementStep | None
    days_late: int

    @property
    def responsible(self) -> str:
        """Who is to do it; empty where the agreement does not say."""
        return self.agreement.member.name if self.agreement.member else str(self.agreement.responsible)


def agree(by: Any, session: Session, said: Agreed) -> Agreement:
    """Write down what a session agreed. Raises RefusedError where `by` may not, the session was not held, its minutes are
    approved, nothing is said, or the member is of another body."""
    if not said.text.strip():
        raise RefusedError("say what was agreed")
    if said.member is not None and said.member.body_id != session.body_id:
        raise RefusedError("the one who is to do it is no member of this body")
    with transaction.atomic():
        row = open_record(by, session)
        made: Agreement = Agreement.objects.create(
            session=row,
            number=next_number(row),
            text=said.text.strip(),
            member=said.member,
            responsible="" if said.member else said.responsible.strip(),
            due=written_date(said.due),
            commitment=said.commitment,
        )
    return made


def tell(by: Any, agreement: Agreement, state: str, text: str = "", evidence: str = "") -> AgreementStep:
    """Tell how an agreement stands: the secretariat, or the member that is to do it.

    Raises RefusedError where `by` may not, its state does not lead there, it is fulfilled without evidence, or given up or opened
    again without a reason.
    """
    own = agreement.member is not None and by is not CONSOLE and may(by, "meetings.speak", agreement.member)
    if not own:
        runs(by, agreement.session.body)
    if own and state == DROPPED and not may(by, "meetings.run", agreement.session.body):
        raise RefusedError("only the secretariat says that an agreement is given up")
    with transaction.atomic():
        row = Agreement.objects.select_for_update().get(pk=agreement.pk)
        now = tracked(row, timezone.localdate()).state
        if state not in AGREEMENT_STATES or state not in AGREEMENT_MOVES[now]:
            raise RefusedError(
                "an agreement that is {state} cannot become {after}",
                state=AGREEMENT_STATES[now],
                after=AGREEMENT_STATES.get(state, state),
            )
        if state == DONE and not evidence.strip():
            raise RefusedError("say where it can be seen: give the address of a document or page")
        if state != DONE and not text.strip():
            raise RefusedError("say what happened, or why")
        made: AgreementStep = AgreementStep.objects.create(
            agreement=row, state=state, on=timezone.localdate(), text=text.strip(), evidence=evidence.strip()
        )
    return made


def tracked(agreement: Agreement, today: date) -> Tracked:
    """How an agreement stands on a day. It is late after the last day that its date can mean, while it is open."""
    steps = list(agreement.steps.all())
    last = steps[-1] if steps else None
    state = last.state if last else OPEN
    end = read_range(agreement.due).last() if agreement.due else None
    late = max(0, (today - end).days) if end is not None and state == OPEN else 0
    return Tracked(agreement, state, last, late)


def agreements() -> QuerySet[Agreement]:
    """Every agreement with what its line shows, newest session first."""
    rows: QuerySet[Agreement] = Agreement.objects.select_related("session__body", "member").prefetch_related("steps")
    return rows.order_by("-session__on", "session_id", "number")
