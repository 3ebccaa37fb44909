"""What the newest observation leaves to analysts: matches of duties, and publishers without an institution.

Both lie in the sealed observation under the portal's home, which is opened for these pages of analysts alone. A decision is kept
like a ruling on an answer, and applied by the next round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from atalaya.clock import stamp
from atalaya.duties.rulings import KIND as MATCH
from atalaya.duties.rulings import ruling_of, subject_of
from atalaya.exceptions import StoreError
from atalaya.history.attributions import publisher_keys, waiting
from atalaya.history.duties import duty_rules, matches_of
from atalaya.history.read import Sealed, open_sealed
from atalaya.portal.accounts.rules import may, standing
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.reviews import holding
from atalaya.portal.reviews.models import Ruling
from atalaya.portal.reviews.ruling import WHO, keep_decision
from atalaya.portal.reviews.services import SHORTEST
from atalaya.rounds.rulings import ATTRIBUTION, attribution_subject
from atalaya.store.decisions import Decision, decisions
from atalaya.store.observations import find

MOST = 200
"""Items of each kind that are shown at once: the likeliest, or those of most records."""


@dataclass(frozen=True, slots=True)
class Match:
    """A match of a duty that waits for a person. `item` names it in the queue, `duty` is its name by language."""

    item: str
    institution: str
    duty: object
    text: str
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher without an institution. `item` names it in the queue; `suggested` are ids of institutions."""

    item: str
    source: str
    publisher: str
    records: int
    suggested: tuple[str, ...]


def observation_at(home: Path, observation: str) -> Sealed | None:
    """The sealed observation of an edition; None where this machine does not hold it."""
    try:
        return open_sealed(find(home, observation))
    except (StoreError, OSError):
        return None


def matches(home: Path, sealed: Sealed) -> list[Match]:
    """The matches on which a person has to rule and nobody has yet, the likeliest first; at most `MOST`."""
    ruled = _ruled(home, sealed, MATCH)
    names = {id_: row["title"] for id_, row in duty_rules(sealed).items()}
    rows = [row for row in matches_of(sealed, "ruling IS NULL AND waits") if _subject(row) not in ruled]
    rows.sort(key=lambda row: (-float(str(row["score"])), _subject(row)))
    return [
        Match(
            item=_subject(row),
            institution=str(row["institution_id"]),
            duty=names.get(str(row["duty_id"])) or {"und": str(row["duty_id"])},
            text=str(row["text"]),
            url=str(row["url"]),
            score=float(str(row["score"])),
        )
        for row in rows[:MOST]
    ]


def publishers(home: Path, sealed: Sealed) -> list[Publisher]:
    """The publishers that nobody attributed, those of most records first; at most `MOST`."""
    ruled = _ruled(home, sealed, ATTRIBUTION)
    found = []
    for row in waiting(sealed):
        item = attribution_subject(str(row["source"]), str(row["publisher_key"]))
        if item not in ruled:
            said = row["suggestions"]
            named = tuple(str(each["institution"]) for each in said) if isinstance(said, list) else ()
            found.append(Publisher(item, str(row["source"]), str(row["publisher"]), int(str(row["records"])), named))
    return found[:MOST]


def rule_on_match(by: Any, home: Path, sealed: Sealed, item: str, *, fulfils: bool, why: str) -> Ruling:
    """Rule whether a match is what its duty demands. Raises RefusedError where `by` may not, or nothing of it waits."""
    _allowed(by, item.partition("|")[0], why)
    parts = item.split("|")
    rows = (
        list(matches_of(sealed, "institution_id = ? AND mention_id = ? AND duty_id = ?", tuple(parts)))
        if len(parts) == 3
        else []
    )
    if not rows or item in _ruled(home, sealed, MATCH):
        raise RefusedError("this waits for nobody any more")
    return _kept(by, sealed, MATCH, item, ruling_of(rows[0], fulfils=fulfils), why)


def attribute(by: Any, home: Path, sealed: Sealed, item: str, institution: str, why: str) -> Ruling:
    """Rule whose a publisher is; an empty institution says that it is none of the country.

    Raises RefusedError where `by` may not, the register has no such institution, or nothing of it waits.
    """
    _allowed(by, institution, why)
    source, _, key = item.partition("|")
    known = {str(row["institution_id"]) for row in sealed.rows("institutions", columns=("institution_id",))}
    if institution and institution not in known:
        raise RefusedError("the register has no institution {said}; its id looks like zz:name", said=institution[:80])
    if key not in publisher_keys(sealed, source, key) or item in _ruled(home, sealed, ATTRIBUTION):
        raise RefusedError("this waits for nobody any more")
    return _kept(by, sealed, ATTRIBUTION, item, {"institution": institution or None}, why)


def _allowed(by: Any, institution: str, why: str) -> None:
    if not may(by, "reviews.queues") or institution in standing(by).institutions:
        raise RefusedError("only analysts rule, and never on what they wrote or on an institution that they speak for")
    if len(why.strip()) < SHORTEST:
        raise RefusedError("write the reason first, in {least} characters or more", least=SHORTEST)


def _kept(by: Any, sealed: Sealed, kind: str, item: str, ruling: dict[str, Any], why: str) -> Ruling:
    queue = holding.MATCHES if kind == MATCH else holding.ATTRIBUTIONS
    holding.take(by, queue, item)
    decision = Decision(kind=kind, subject=item, ruling=ruling, who=WHO, moment=stamp(timezone.now()), why=why.strip())
    made = keep_decision(by, sealed.manifest.country, decision)
    holding.release_all(queue, item)
    return made


def _ruled(home: Path, sealed: Sealed, kind: str) -> set[str]:
    """Subjects that were ruled on since the observation, here or from the command line."""
    since = sealed.manifest.as_of
    stored = {each.subject for each in decisions(home, sealed.manifest.country, kind) if each.moment > since}
    return stored | set(Ruling.objects.filter(kind=kind, moment__gt=since).values_list("subject", flat=True))


def _subject(row: Mapping[str, object]) -> str:
    return subject_of(str(row["institution_id"]), str(row["mention_id"]), str(row["duty_id"]))
