"""What can be followed: one thing, by a word for its kind and its identifier. ONE LINE A KIND in `_KINDS`, sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.portal.commitments.models import Commitment, Plan
from atalaya.portal.meetings.models import Body
from atalaya.portal.observatory.models import Dataset, Duty, Institution
from atalaya.publish.words import TITLE_LIMIT, Words, clean

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing: `name` is kind and identifier, `place` the name of its page with the parts of its address."""

    name: str
    title: str
    place: tuple[str | int, ...]


def subject_of(name: str, say: Words) -> Subject | None:
    """The subject of this name, such as `conjunto:abc`; None where there is none."""
    kind, _, identifier = name[: LONGEST + 1].partition(":")
    find = _KINDS.get(kind)
    return find(identifier, say) if find and identifier and len(name) <= LONGEST else None


def _commitment(identifier: str, say: Words) -> Subject | None:
    plan, _, number = identifier.partition("-")
    if not (_numeral(plan) and _numeral(number)):
        return None
    found = Commitment.objects.filter(plan=int(plan), number=int(number)).first()
    if found is None:
        return None
    title = _title(found.document) or str(say.t("Commitment {number}", number=number))
    return Subject(f"compromiso:{found.plan_id}-{found.number}", title, ("commitment", found.plan_id, found.number))


def _dataset(identifier: str, say: Words) -> Subject | None:
    found = Dataset.objects.filter(id=identifier).first() if Dataset.is_there() else None
    if found is None:
        return None
    return Subject(f"conjunto:{found.id}", say.clean(found.titles or found.title), ("dataset", found.id))


def _institution(identifier: str, say: Words) -> Subject | None:
    found = Institution.objects.filter(id=identifier).first() if Institution.is_there() else None
    if found is None:
        return None
    return Subject(f"institucion:{found.id}", say.clean(found.name), ("institution", found.slug))


def _table(identifier: str, say: Words) -> Subject | None:
    """The technical table that follows a plan, by the number of the plan."""
    plan = _stored(identifier)
    if plan is None:
        return None
    title = str(say.t("Technical table: {plan}", plan=_title(plan.document)))
    return Subject(f"mesa:{plan.number}", title, ("sessions", plan.number))


def _duty(identifier: str, say: Words) -> Subject | None:
    found = Duty.objects.filter(id=identifier).first() if Duty.is_there() else None
    return Subject(f"obligacion:{found.id}", say.clean(found.name), ("duty", found.id)) if found else None


def _body(identifier: str, say: Words) -> Subject | None:
    del say
    found = Body.objects.filter(pk=identifier).first()
    return Subject(f"organo:{found.pk}", clean(str(found), TITLE_LIMIT), ("body", found.pk)) if found else None


def _plan(identifier: str, say: Words) -> Subject | None:
    del say
    plan = _stored(identifier)
    if plan is None:
        return None
    return Subject(f"plan:{plan.number}", _title(plan.document), ("plan", plan.number))


def _title(document: Mapping[str, Any]) -> str:
    """The title of a plan or commitment, where it is known."""
    title = document.get("title")
    return clean(title, TITLE_LIMIT) if isinstance(title, str) else ""


def _stored(identifier: str) -> Plan | None:
    found: Plan | None = Plan.objects.filter(number=int(identifier)).first() if _numeral(identifier) else None
    return found


def _numeral(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7


_KINDS: dict[str, Callable[[str, Words], Subject | None]] = {
    "compromiso": _commitment,
    "conjunto": _dataset,
    "institucion": _institution,
    "mesa": _table,
    "obligacion": _duty,
    "organo": _body,
    "plan": _plan,
}
KINDS = tuple(_KINDS)
