"""Commitments by words, and those of an institution: over what the tables say now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.commitments.plan import Commitment, Listing, Plan
from atalaya.portal.commitments.standing import CommitmentStanding, PlanStanding
from atalaya.portal.commitments.standings import plan_now, plans_now, standings_now
from atalaya.portal.observatory.models import Institution
from atalaya.publish.read_model.search_words import forms, words_of

MOST = 100
"""Commitments of one answer."""

LEADS, ANSWERS, TAKES_PART = "leads", "answers", "takes_part"
ROLES = {LEADS: "leads it", ANSWERS: "answers for milestones", TAKES_PART: "takes part"}
"""How an institution stands in a commitment → what people read; the strongest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A commitment that has every word that was asked; in its title alone where `titled`."""

    plan: Plan
    commitment: Commitment
    titled: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A commitment that an institution has a part in, as it stands, and which milestones it answers for."""

    plan: Plan
    standing: CommitmentStanding
    role: str
    milestones: tuple[str, ...]


def found(text: str) -> list[Hit]:
    """The commitments that have every word of a text, the newest plans first, those with all words in the title before others."""
    wanted = tuple(forms(word) for word in dict.fromkeys(words_of(text[:200])))
    if not wanted:
        return []
    hits = []
    for plan, mark in reversed(plans_now()):
        words = _words(plan.number, mark)
        for each in plan.commitments:
            title, whole = words.get(each.number, (frozenset(), frozenset()))
            if all(one & whole for one in wanted):
                hits.append(Hit(plan, each, all(one & title for one in wanted)))
    return sorted(hits, key=lambda hit: not hit.titled)[:MOST]


def parts_of(institution: Institution) -> list[Part]:
    """The commitments of every plan that name an institution, by its name or acronym, the newest plan first."""
    names = {fold(name) for name in (institution.name, institution.acronym) if name}
    return [part for standing in reversed(standings_now()) for part in _parts(standing, names)]


def _parts(standing: PlanStanding, names: set[str]) -> Iterable[Part]:
    for each in standing.commitments:
        versions = each.commitment.versions
        answers = tuple(one.number for one in each.milestones if names & _named(one.milestone.responsible))
        if names & {name for version in versions for name in _named(version.lead)}:
            yield Part(standing.plan, each, LEADS, answers)
        elif answers:
            yield Part(standing.plan, each, ANSWERS, answers)
        elif versions and names & _named(versions[-1].other_actors):
            yield Part(standing.plan, each, TAKES_PART, ())


def _named(value: object) -> set[str]:
    return {fold(name) for name in value.items} if isinstance(value, Listing) else set()


@lru_cache(maxsize=64)
def _words(number: int, mark: str) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Commitment → the words of its title, and of all that it says, as they are compared. `mark` is what the plan said then."""
    del mark
    plan = plan_now(number)
    return (
        {each.number: (_forms([_plain(each.title)]), _forms(_texts(each))) for each in plan.commitments} if plan else {}
    )


def _texts(commitment: Commitment) -> Iterable[str]:
    yield from (_plain(commitment.title), commitment.code or "")
    version = commitment.current
    if version is None:
        return
    for value in (
        version.title,
        version.problem,
        version.commitment,
        version.contribution,
        version.additional_information,
    ):
        yield _plain(value)
    for names in (version.lead, version.other_actors, version.policy_areas):
        yield from names.items if isinstance(names, Listing) else ()
    for milestone in version.milestones:
        yield from (_plain(milestone.text), _plain(milestone.expected))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(form for text in texts for word in words_of(text) for form in forms(word))
