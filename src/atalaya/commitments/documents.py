"""Plans as plain values and back: the shape of `plans/*.yml` of a country pack, of the JSON interchange and of the API.

A field that is left out is not known; names under `absent` are known not to be in the document; `{stand_in: …}` is a text that is
there while its words are not known; `{items: […], whole: false}` is a list of which only a part is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from atalaya.commitments.partial_dates import DateRange, PartialDate, read_date, read_range
from atalaya.commitments.plan import (
    ABSENT,
    Axis,
    Commitment,
    Event,
    Kind,
    Listing,
    Measured,
    Milestone,
    Plan,
    Promise,
    Review,
    Silence,
    Stage,
    StandIn,
    StatusRule,
    Version,
)
from atalaya.commitments.sessions import Report, Session
from atalaya.commitments.template import COMMITMENT, MILESTONE, Field

Value = Any


def plan_of(value: Mapping[str, Value]) -> Plan:
    """A plan from its plain values, already held against the schema. Raises ValueError that names the place for a date, a kind or
    a number that cannot be."""
    return Plan(
        number=value["number"],
        title=value["title"],
        start=_at("start", read_range, value.get("start")),
        end=_at("end", read_range, value.get("end")),
        presented=_at("presented", read_date, value.get("presented")),
        stated_commitments=value.get("stated_commitments"),
        axes=tuple(Axis(**axis) for axis in value.get("axes", ())),
        funnel=tuple(Stage(**stage) for stage in value.get("funnel", ())),
        roadmap=tuple(
            Event(title=e["title"], when=_at("roadmap", read_range, e.get("when"))) for e in value.get("roadmap", ())
        ),
        status=_rule(value.get("status", {})),
        commitments=tuple(commitment_of(each) for each in value.get("commitments", ())),
        sources=tuple(value.get("sources", ())),
        note=value.get("note", ""),
    )


def commitment_of(value: Mapping[str, Value]) -> Commitment:
    """A commitment from its plain values. Raises ValueError that names the commitment."""
    try:
        versions = tuple(version_of(each) for each in value.get("versions", ()))
    except ValueError as error:
        raise ValueError(f"commitment {value['number']}: {error}") from error
    return Commitment(
        number=value["number"],
        title=_text(value.get("title")),
        code=value.get("code"),
        axis=value.get("axis"),
        versions=versions,
        reviews=tuple(_review(each) for each in value.get("reviews", ())),
        sources=tuple(value.get("sources", ())),
    )


def version_of(value: Mapping[str, Value]) -> Version:
    """A version from its plain values. Raises ValueError that names the version and the field."""
    try:
        return Version(
            id=value["id"],
            published=_at("published", read_date, value.get("published")),
            substance=value.get("substance", True),
            note=value.get("note", ""),
            milestones=tuple(milestone_of(each) for each in value.get("milestones", ())),
            all_milestones=value.get("all_milestones", True),
            **_template(COMMITMENT, value),
        )
    except ValueError as error:
        raise ValueError(f"version {value['id']}: {error}") from error


def milestone_of(value: Mapping[str, Value]) -> Milestone:
    """A milestone from its plain values. Raises ValueError that names the milestone and the field."""
    try:
        return Milestone(
            number=value["number"],
            weight=float(value.get("weight", 1)),
            promises=tuple(_promise(each) for each in value.get("promises", ())),
            measured=tuple(Measured(**each) for each in value.get("measured", ())),
            **_template(MILESTONE, value),
        )
    except ValueError as error:
        raise ValueError(f"milestone {value['number']}: {error}") from error


def session_of(value: Mapping[str, Value]) -> Session:
    """A session from its plain values. Raises ValueError that names the session."""
    try:
        on = date.fromisoformat(value["on"])
        following = _at("next_session", read_range, value.get("next_session"))
    except ValueError as error:
        raise ValueError(f"session {value['id']}: {error}") from error
    plain: dict[str, Any] = {name: value[name] for name in ("title", "body", "plan", "convened_by") if name in value}
    lists: dict[str, Any] = {name: tuple(value.get(name, ())) for name in ("agenda", "agreements", "sources")}
    reports = tuple(
        Report(**{**each, "milestones": tuple(each.get("milestones", ()))}) for each in value.get("reports", ())
    )
    return Session(id=value["id"], on=on, next_session=following, reports=reports, **plain, **lists)


def session_value(session: Session) -> dict[str, Value]:
    """The plain values of a session; `session_of` gives the same session back."""
    reports = [_filled({**_plain(each), "milestones": list(each.milestones)}) for each in session.reports]
    lists = {name: list(getattr(session, name)) for name in ("agenda", "agreements", "sources")}
    told = {"on": session.on.isoformat(), "next_session": _written(session.next_session), "reports": reports}
    return _filled({**_plain(session), **lists, **told})


def plan_value(plan: Plan) -> dict[str, Value]:
    """The plain values of a plan; `plan_of` gives the same plan back."""
    return _filled(
        {
            "number": plan.number,
            "title": plan.title,
            "start": _written(plan.start),
            "end": _written(plan.end),
            "presented": _written(plan.presented),
            "stated_commitments": plan.stated_commitments,
            "axes": [_filled(_plain(axis)) for axis in plan.axes],
            "funnel": [_filled(_plain(stage)) for stage in plan.funnel],
            "roadmap": [_filled({"title": event.title, "when": _written(event.when)}) for event in plan.roadmap],
            "status": _status(plan.status),
            "commitments": [commitment_value(each) for each in plan.commitments],
            "sources": list(plan.sources),
            "note": plan.note,
        }
    )


def commitment_value(commitment: Commitment) -> dict[str, Value]:
    """The plain values of a commitment."""
    return _filled(
        {
            "number": commitment.number,
            "title": _written(commitment.title),
            "code": commitment.code,
            "axis": commitment.axis,
            "versions": [version_value(each) for each in commitment.versions],
            "reviews": [_review_value(each) for each in commitment.reviews],
            "sources": list(commitment.sources),
        }
    )


def version_value(version: Version) -> dict[str, Value]:
    """The plain values of a version."""
    return _filled(
        {
            "id": version.id,
            "published": _written(version.published),
            "substance": None if version.substance else False,
            "note": version.note,
            **_template_value(COMMITMENT, version),
            "milestones": [milestone_value(each) for each in version.milestones],
            "all_milestones": None if version.all_milestones else False,
        }
    )


def milestone_value(milestone: Milestone) -> dict[str, Value]:
    """The plain values of a milestone."""
    return _filled(
        {
            "number": milestone.number,
            **_template_value(MILESTONE, milestone),
            "weight": None if milestone.weight == 1 else milestone.weight,
            "promises": [
                _filled({**_plain(p), "kind": p.kind.value, "items": list(p.items)}) for p in milestone.promises
            ],
            "measured": [_filled(_plain(each)) for each in milestone.measured],
        }
    )


def _template(template: Sequence[Field], value: Mapping[str, Value]) -> dict[str, Any]:
    """The values of the fields of a template; a name under `absent` must not have a value too."""
    absent = set(value.get("absent", ()))
    known = {field.name for field in template}
    for name in sorted(absent - known):
        raise ValueError(f"absent names {name!r}, which is no field; name one of {', '.join(sorted(known))}")
    both = sorted(name for name in absent if value.get(name) is not None)
    if both:
        raise ValueError(f"{both[0]} has a value and is named under absent; keep one of the two")
    return {f.name: ABSENT if f.name in absent else _at(f.name, _READ[f.kind], value.get(f.name)) for f in template}


def _template_value(template: Sequence[Field], holder: object) -> dict[str, Value]:
    values = {field.name: getattr(holder, field.name) for field in template}
    absent = [name for name, value in values.items() if isinstance(value, Silence)]
    return {**{name: _written(value) for name, value in values.items()}, "absent": absent}


def _text(value: Value) -> str | StandIn | None:
    if isinstance(value, Mapping):
        return StandIn(str(value["stand_in"]))
    return None if value is None else str(value)


def _names(value: Value) -> Listing | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Listing(tuple(value["items"]), value.get("whole", True))
    return Listing(tuple(value))


_READ: Mapping[str, Callable[[Value], Any]] = {"short": _text, "long": _text, "date": read_range, "names": _names}


def _at(name: str, read: Callable[[Any], Any], value: Value) -> Any:
    """A value read, None where there is none; what cannot be read names its field."""
    if value is None:
        return None
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _rule(value: Mapping[str, Value]) -> StatusRule:
    told: dict[str, Any] = {name: tuple(each) if name == "voices" else each for name, each in value.items()}
    return StatusRule(**told)


def _review(value: Mapping[str, Value]) -> Review:
    as_of = _at("as_of", read_date, value.get("as_of"))
    return Review(**{**value, "as_of": as_of, "recommended": tuple(value.get("recommended", ()))})


def _review_value(review: Review) -> dict[str, Value]:
    told = {"as_of": _written(review.as_of), "recommended": list(review.recommended)}
    return _filled({**_plain(review), **told})


def _promise(value: Mapping[str, Value]) -> Promise:
    kinds = [kind.value for kind in Kind]
    if value["kind"] not in kinds:
        raise ValueError(f"a promise of the kind {value['kind']!r} is none of {', '.join(kinds)}")
    quantity = value.get("quantity")
    return Promise(
        kind=Kind(value["kind"]),
        text=value["text"],
        quantity=None if quantity is None else float(quantity),
        unit=value.get("unit"),
        items=tuple(value.get("items", ())),
    )


def _written(value: object) -> Value:
    if isinstance(value, StandIn):
        return {"stand_in": value.mark}
    if isinstance(value, Listing):
        told = {"items": list(value.items)}
        return {**told, "whole": False} if not value.whole else list(value.items) or told
    if isinstance(value, DateRange | PartialDate):
        return str(value)
    return None if isinstance(value, Silence) else value


def _status(rule: StatusRule) -> dict[str, Value]:
    """What a rule says beside the defaults."""
    usual = StatusRule()
    told = {f.name: getattr(rule, f.name) for f in fields(rule) if getattr(rule, f.name) != getattr(usual, f.name)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _plain(item: Any) -> dict[str, Value]:
    return {field.name: getattr(item, field.name) for field in fields(item)}


def _filled(value: Mapping[str, Value]) -> dict[str, Value]:
    """Without what is empty: None, empty texts and empty lists."""
    return {name: inner for name, inner in value.items() if inner is not None and inner not in ("", [], {}, ())}
