"""What was published once and is there no more: datasets and resources, since when, how that was established, and what is kept.

Observations of one country are walked oldest first. A dataset has *vanished* when a source that had listed it was read whole and
lists it no more; while the source is not read whole nothing is decided. One that stands under another identifier has
*migrated*, and one that is listed again has *returned*. A resource vanishes from a dataset that stays in the same way, unless the
dataset has the same bytes under another identifier. One that is still listed is lost when the check `reachable` fails it for
what its address answers (architecture, rule 1): *gone*, *silent*, or *replaced* by a page. What only one look has seen is
*unconfirmed*. Copies of datasets that other sources list are left out: nothing is lost with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from atalaya.catalogue.records import preferred
from atalaya.history.appearances import set_aside
from atalaya.history.last_copies import GENUINE, Copy, last_copies
from atalaya.history.read import Sealed
from atalaya.store.tables import Row

REACHABLE = "reachable"
UNSEEN = "unseen"
"""The reason of a resource that was lost and of which the newest observation could not tell."""


class State(StrEnum):
    """What became of a dataset or resource that was there before."""

    VANISHED = "vanished"
    GONE = "gone"
    SILENT = "silent"
    REPLACED = "replaced"
    UNCONFIRMED = "unconfirmed"
    MIGRATED = "migrated"
    RETURNED = "returned"


ESTABLISHED = (State.VANISHED, State.GONE, State.SILENT, State.REPLACED)
"""States in which something is lost beyond one look."""

_FAILS = {
    "gone": State.GONE,
    "gone_again": State.GONE,
    "failing": State.SILENT,
    "home": State.REPLACED,
    "gone_once": State.UNCONFIRMED,
    "failed_once": State.UNCONFIRMED,
}
"""Reason of the outcome of `reachable` → the state of the resource; other reasons lose nothing."""

_UNLISTED = ("unlisted", "unlisted_twice", "unread", "unread_source")
"""Reasons for what is not listed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A dataset or resource, as the last observation that listed it has it.

    `record_id` and `record_title` are of the dataset itself, or of the one that a resource belongs to.
    """

    id: str
    level: str
    title: str
    record_id: str
    record_title: str
    source_id: str
    institution_id: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A dataset or resource that was there and is no more, or is there again.

    `last_seen` is the day of the last observation that had it, `since` that of the first that established that it is not there
    (None: none did), `back` that of the first that had it again. `reason` names how that was established: `unlisted` (the
    source was read whole), `unlisted_twice` (its answer was held first and then given again), `unread` (the source was not read
    whole since), `unread_source` (the source is read no more), `other_identifier`, `same_bytes`, `unseen` (it was lost, and the
    newest observation could not tell), or a reason of the checks `reachable` and `answer_genuine`, with its `facts`. `successor`
    is the identifier under which it stands now; `copy` the last good copy of a resource.
    """

    about: Subject
    state: State
    last_seen: str
    since: str | None
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)
    successor: str | None = None
    back: str | None = None
    copy: Copy | None = None


@dataclass(slots=True)
class _Missing:
    """A subject that the newest walked observation does not list: by position of the observations."""

    level: str
    source_id: str
    last: int
    established: int | None = None
    held: bool = False
    known: bool = True
    """Whether the source is still read."""
    successor: str | None = None
    moved: int | None = None


@dataclass(slots=True)
class _Walk:
    """What the walk gathers: what is missing at its end, what came back, which resources fail, and identifiers before others."""

    missing: dict[str, _Missing] = field(default_factory=dict)
    back: dict[str, tuple[_Missing, int]] = field(default_factory=dict)
    failing: dict[str, tuple[int, Row]] = field(default_factory=dict)
    mended: dict[str, tuple[int, Row, int]] = field(default_factory=dict)
    formers: dict[str, str] = field(default_factory=dict)


def vanished(observations: Sequence[Sealed]) -> list[Loss]:
    """Everything lost, migrated or returned in these observations of one country, given oldest first; sorted by identifier."""
    if not observations:
        return []
    walk = _walked(observations)
    losses = [*_unlisted(observations, walk), *_unreachable(observations, walk), *_answering_again(observations, walk)]
    resources = [loss.about.id for loss in losses if loss.about.level == "resource"]
    copies = last_copies(observations, resources, walk.formers)
    found = [_with_copy(loss, copies.get(loss.about.id)) for loss in losses]
    told = _same_bytes(observations[-1], [loss for loss in found if loss is not None])
    return sorted(told, key=lambda loss: loss.about.id)


def _same_bytes(newest: Sealed, losses: Sequence[Loss]) -> Iterator[Loss]:
    """The losses; of a resource whose bytes its dataset still has under another identifier, where they stand."""
    hashes = sorted({loss.copy.sha256 for loss in losses if loss.copy is not None and loss.reason in _UNLISTED})
    where = "sha256 IN (SELECT unnest(?::VARCHAR[]))"
    holders = newest.values("probes", ("resource_id", "sha256"), where, [hashes]) if hashes else ()
    sha_of = {str(resource): str(sha256) for resource, sha256 in holders}
    among = "resource_id IN (SELECT unnest(?::VARCHAR[]))"
    rows = newest.values("distributions", ("resource_id", "record_id"), among, [sorted(sha_of)]) if sha_of else ()
    held = {(str(record), sha_of[str(resource)]): str(resource) for resource, record in rows}
    day = newest.manifest.as_of[:10]
    for loss in losses:
        now = held.get((loss.about.record_id, loss.copy.sha256)) if loss.copy and loss.reason in _UNLISTED else None
        moved = now is not None and loss.state is State.VANISHED
        yield (
            replace(loss, state=State.MIGRATED, reason="same_bytes", successor=now, since=loss.since or day)
            if moved
            else loss
        )


def _with_copy(loss: Loss, copy: Copy | None) -> Loss | None:
    """A loss with its last good copy; None where nothing is lost: a resource that is still listed and was never once got, and one
    that moved together with its dataset, which tells it."""
    if loss.about.level == "dataset" or loss.reason in _UNLISTED:
        return replace(loss, copy=copy)
    if loss.state is State.MIGRATED or copy is None:
        return None
    return replace(loss, copy=copy, last_seen=loss.last_seen if loss.state is State.RETURNED else copy.day)


def _walked(observations: Sequence[Sealed]) -> _Walk:
    walk, before = _Walk(), _listed(observations[0])
    _note_failing(observations[0], 0, walk)
    for place in range(1, len(observations)):
        observation = observations[place]
        now = _listed(observation)
        aside = set_aside(observations[place - 1]) if before.keys() - now.keys() else {}
        for subject in before.keys() - now.keys() - aside.keys():
            level, source, record = before[subject]
            if record not in aside:
                walk.missing[subject] = _Missing(level, source, place - 1)
        for subject in walk.missing.keys() & now.keys():
            lost = walk.missing.pop(subject)
            if lost.established is not None:
                walk.back[subject] = (lost, place)
        _settle(observation, observations[place - 1], place, walk)
        _note_failing(observation, place, walk)
        before = now
    return walk


def _listed(observation: Sealed) -> dict[str, tuple[str, str, str]]:
    """Subject → level, source and record, of all datasets and resources that an observation lists."""
    records = observation.values("records", ("record_id", "source_id"))
    found = {str(record): ("dataset", str(source), str(record)) for record, source in records}
    for resource, source, record in observation.values("distributions", ("resource_id", "source_id", "record_id")):
        found[str(resource)] = ("resource", str(source), str(record))
    return found


def _settle(observation: Sealed, previous: Sealed, place: int, walk: _Walk) -> None:
    """What this observation establishes of what is missing: where it moved to, or that a source read whole has it no more."""
    states, earlier = _states(observation), _states(previous)
    moves = observation.values("migrations", ("former_id", "subject_id"))
    for former, now in moves:
        walk.formers[str(now)] = str(former)
        if (lost := walk.missing.get(str(former))) is not None and lost.established is None:
            lost.successor, lost.moved = str(now), place
    for lost in walk.missing.values():
        lost.known = lost.source_id in states
        if lost.established is None and states.get(lost.source_id) == "complete":
            lost.established = place
            lost.held = earlier.get(lost.source_id) == "held"


def _states(observation: Sealed) -> dict[str, str]:
    return {str(s): str(state) for s, state in observation.values("sources", ("source_id", "state"))}


def _note_failing(observation: Sealed, place: int, walk: _Walk) -> None:
    """Which listed resources fail for what their addresses answer, and which of those before answer again."""
    now = _failing(observation)
    quiet = sorted(walk.failing.keys() - now.keys())
    passing = (
        f"check_id IN ('{REACHABLE}', '{GENUINE}') AND verdict = 'pass' AND subject_id IN (SELECT unnest(?::VARCHAR[]))"
    )
    passed = set(observation.values("outcomes", ("check_id", "subject_id"), passing, [quiet])) if quiet else set()
    for subject in quiet:
        first, row = walk.failing[subject]
        if (row["check_id"], subject) in passed:
            del walk.failing[subject]
            if _state(row) in ESTABLISHED:
                walk.mended[subject] = (first, row, place)
        elif _state(row) in ESTABLISHED:
            walk.failing[subject] = (first, {**row, "reason": UNSEEN})
        else:
            del walk.failing[subject]
    for subject, row in now.items():
        first, former = walk.failing.get(subject, (place, row))
        same = _state(former) is _state(row) or former["reason"] == UNSEEN
        walk.failing[subject] = (first if same else place, row)


def _failing(observation: Sealed) -> dict[str, Row]:
    """Resource → the outcome by which it is lost; that of `reachable` before that of `answer_genuine`."""
    reasons = ", ".join(f"'{reason}'" for reason in _FAILS)
    where = f"(check_id = '{REACHABLE}' AND verdict IN ('fail', 'unknown') AND reason IN ({reasons}))"
    genuine = f"(check_id = '{GENUINE}' AND verdict = 'fail')"
    columns = ("check_id", "subject_id", "reason", "evidence")
    found: dict[str, Row] = {}
    for row in observation.rows("outcomes", f"{where} OR {genuine}", columns=columns):
        if row["check_id"] == REACHABLE or str(row["subject_id"]) not in found:
            found[str(row["subject_id"])] = row
    return found


def _state(row: Row) -> State:
    if row["reason"] == UNSEEN:
        return State.UNCONFIRMED
    return State.REPLACED if row["check_id"] == GENUINE else _FAILS[str(row["reason"])]


def _unlisted(observations: Sequence[Sealed], walk: _Walk) -> Iterator[Loss]:
    """What is not listed any more, and what is listed again."""
    days = [observation.manifest.as_of[:10] for observation in observations]
    details = _details(observations, {subject: lost.last for subject, lost in walk.missing.items()})
    again = _details(observations, {subject: lost.last for subject, (lost, _) in walk.back.items()})
    for subject, lost in walk.missing.items():
        state = State.MIGRATED if lost.successor else State.VANISHED if lost.established else State.UNCONFIRMED
        first = lost.moved if lost.successor else lost.established
        yield Loss(
            about=details[subject],
            state=state,
            since=None if first is None else days[first],
            last_seen=days[lost.last],
            reason=_how(lost),
            successor=lost.successor,
        )
    for subject, (lost, place) in walk.back.items():
        if subject not in walk.missing and lost.established is not None:
            yield Loss(
                about=again[subject],
                state=State.RETURNED,
                since=days[lost.established],
                last_seen=days[lost.last],
                reason=_how(lost),
                back=days[place],
            )


def _how(lost: _Missing) -> str:
    if lost.successor:
        return "other_identifier"
    if lost.established is None:
        return "unread" if lost.known else "unread_source"
    return "unlisted_twice" if lost.held else "unlisted"


def _unreachable(observations: Sequence[Sealed], walk: _Walk) -> Iterator[Loss]:
    """Resources that are still listed and hand over nothing."""
    last = len(observations) - 1
    day = observations[last].manifest.as_of[:10]
    listed = _still(observations[last])
    failing = {subject: found for subject, found in walk.failing.items() if subject in listed}
    details = _details(observations, dict.fromkeys(failing, last))
    for subject, (first, row) in failing.items():
        facts = row["evidence"] if isinstance(row["evidence"], dict) else {}
        state = _state(row)
        known = str(facts.get("since") or observations[first].manifest.as_of)[:10]
        since = None if state is State.UNCONFIRMED else known
        yield Loss(
            about=details[subject], state=state, since=since, last_seen=day, reason=str(row["reason"]), facts=facts
        )


def _answering_again(observations: Sequence[Sealed], walk: _Walk) -> Iterator[Loss]:
    """Resources whose addresses handed over nothing and do again; they had before, else nothing returned."""
    last = len(observations) - 1
    listed = _still(observations[last]) - walk.failing.keys() - walk.back.keys()
    mended = {subject: found for subject, found in walk.mended.items() if subject in listed}
    before: dict[str, Copy] = {}
    for place in sorted({first for first, _, _ in mended.values()}):
        some = [subject for subject, (first, _, _) in mended.items() if first == place]
        before |= last_copies(observations[:place], some, walk.formers)
    details = _details(observations, dict.fromkeys(before, last))
    for subject, copy in before.items():
        first, row, place = mended[subject]
        yield Loss(
            about=details[subject],
            state=State.RETURNED,
            since=observations[first].manifest.as_of[:10],
            last_seen=copy.day,
            reason=str(row["reason"]),
            facts=row["evidence"] if isinstance(row["evidence"], dict) else {},
            back=observations[place].manifest.as_of[:10],
        )


def _still(observation: Sealed) -> set[str]:
    """What an observation lists that counts."""
    aside = set_aside(observation)
    return {subject for subject, (_, _, record) in _listed(observation).items() if record not in aside}


def _details(observations: Sequence[Sealed], last: Mapping[str, int]) -> dict[str, Subject]:
    """Each subject as the observation at its position has it."""
    found: dict[str, Subject] = {}
    for place in sorted(set(last.values())):
        found |= _details_in(observations[place], sorted(subject for subject, at in last.items() if at == place))
    return found


def _details_in(observation: Sealed, subjects: Sequence[str]) -> dict[str, Subject]:
    among = "(SELECT unnest(?::VARCHAR[]))"
    places = ("resource_id", "record_id", "title", "download_url", "access_url")
    resources = list(observation.rows("distributions", f"resource_id IN {among}", [subjects], places))
    ids = sorted({*subjects, *(str(row["record_id"]) for row in resources)})
    pairs = observation.values("attributions", ("record_id", "institution_id"), f"record_id IN {among}", [ids])
    owners = {str(record): str(unit) for record, unit in pairs if unit}
    columns = ("record_id", "source_id", "title", "landing_page")
    records = {
        str(row["record_id"]): row for row in observation.rows("records", f"record_id IN {among}", [ids], columns)
    }

    def subject(id_: str, record: str, title: object, url: object) -> Subject:
        return Subject(
            id=id_,
            level="dataset" if id_ == record else "resource",
            title=_title(title),
            record_id=record,
            record_title=_title(records[record]["title"]),
            source_id=str(records[record]["source_id"]),
            institution_id=owners.get(record),
            url=str(url) if url else None,
        )

    found = {record: subject(record, record, row["title"], row["landing_page"]) for record, row in records.items()}
    for row in resources:
        url = row["download_url"] or row["access_url"]
        found[str(row["resource_id"])] = subject(str(row["resource_id"]), str(row["record_id"]), row["title"], url)
    return found


def _title(texts: object) -> str:
    return (preferred(texts) if isinstance(texts, dict) else None) or ""
