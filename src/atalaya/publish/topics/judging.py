"""How a topic stands by its own criteria: met, not met, or unknown where nobody can say.

For each thing wanted the dataset that matches best is judged, but where several match surely one that meets the criterion is
enough. What was not found is *missing* only if every catalogue that could list it was read whole; else it is unknown. A criterion
is met when the declared share of what it is about meets it, not met when even all unknowns could not make it so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.countries.observed import Criterion, Topic, Wanted
from atalaya.publish.topics.facts import DatasetFacts
from atalaya.publish.topics.matching import Match, Shelf, columns_found

MET, UNMET, UNKNOWN, NONE = "met", "unmet", "unknown", "not_applicable"

Source = tuple[str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing wanted under one criterion: its verdict, why (a code, and what it is about), and the dataset that decided."""

    wanted: str
    verdict: str
    reason: str
    detail: str = ""
    dataset: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """One criterion: its verdict, and the items that it rests on."""

    criterion: Criterion
    verdict: str
    items: tuple[Item, ...]

    def count(self, verdict: str) -> int:
        """How many items have a verdict."""
        return sum(item.verdict == verdict for item in self.items)


@dataclass(frozen=True, slots=True)
class Observed:
    """A topic with what there is of it: matches by what is wanted, what is missing for certain, and its rulings."""

    topic: Topic
    matches: Mapping[str, tuple[Match, ...]]
    states: Mapping[str, str]
    """By what is wanted: `found`, `missing`, or `unknown` where a catalogue that could list it was not read whole."""
    rulings: tuple[Ruling, ...]

    def count(self, verdict: str) -> int:
        """How many criteria have a verdict."""
        return sum(ruling.verdict == verdict for ruling in self.rulings)


def observe_topic(topic: Topic, shelf: Shelf, unread: Sequence[Source], year: int) -> Observed:
    """How a topic stands over the datasets of an observation of this year; `unread` are the catalogues not read whole."""
    matches = {wanted.id: tuple(shelf.matches(wanted)) for wanted in topic.wanted}
    states = {wanted.id: _state(wanted, matches[wanted.id], unread) for wanted in topic.wanted}
    rulings = []
    for criterion in topic.criteria:
        of = [wanted for wanted in topic.wanted if not criterion.of or wanted.id in criterion.of]
        items = tuple(
            _item(criterion, wanted, _sure(matches[wanted.id]), states[wanted.id], shelf, year) for wanted in of
        )
        rulings.append(Ruling(criterion, _verdict(criterion, items), items))
    return Observed(topic, matches, states, tuple(rulings))


def _sure(matches: Sequence[Match]) -> list[str]:
    return [match.dataset for match in matches if match.sure]


def _state(wanted: Wanted, matches: Sequence[Match], unread: Sequence[Source]) -> str:
    if _sure(matches):
        return "found"
    return "unknown" if any(_could_list(source, wanted) for source in unread) else "missing"


def _could_list(source: Source, wanted: Wanted) -> bool:
    owner, covers = source
    carried = {owner} if owner else set(covers)
    return not carried or not wanted.institutions or bool(carried & set(wanted.institutions))


def _verdict(criterion: Criterion, items: Sequence[Item]) -> str:
    counted = [item for item in items if item.verdict != NONE]
    if not counted:
        return NONE
    met = sum(item.verdict == MET for item in counted)
    open_ = sum(item.verdict == UNKNOWN for item in counted)
    needed = criterion.share * len(counted) - 1e-9
    return MET if met >= needed else UNKNOWN if met + open_ >= needed else UNMET


def _item(criterion: Criterion, wanted: Wanted, sure: Sequence[str], state: str, shelf: Shelf, year: int) -> Item:
    if criterion.kind == "published":
        found = {"found": (MET, "found"), "missing": (UNMET, "missing"), "unknown": (UNKNOWN, "unread")}[state]
        return Item(wanted.id, *found, dataset=sure[0] if sure else None)
    if state == "missing":
        return Item(wanted.id, UNMET, "missing")
    if state == "unknown":
        return Item(wanted.id, UNKNOWN, "unread")
    judged = [_JUDGES[criterion.kind](criterion, wanted, shelf.datasets[dataset], year) for dataset in sure]
    if criterion.kind == "years":
        judged.append(_together(criterion, wanted, [shelf.datasets[dataset] for dataset in sure], year))
    order = (MET, UNKNOWN, UNMET, NONE)
    return min(judged, key=lambda item: order.index(item.verdict))


def _columns(criterion: Criterion, wanted: Wanted, facts: DatasetFacts, _year: int) -> Item:
    groups = criterion.columns or wanted.columns
    if not groups:
        return Item(wanted.id, NONE, "no_columns_wanted", dataset=facts.id)
    if not facts.columns:
        return Item(wanted.id, UNKNOWN, "tables_unread", dataset=facts.id)
    found = columns_found(facts.columns, groups)
    lacking = [group[0] for group, name in zip(groups, found, strict=True) if name is None]
    if lacking:
        return Item(wanted.id, UNMET, "columns_lacking", ", ".join(lacking), facts.id)
    return Item(wanted.id, MET, "columns_there", ", ".join(str(name) for name in found), facts.id)


def _years(criterion: Criterion, wanted: Wanted, facts: DatasetFacts, year: int) -> Item:
    return _together(criterion, wanted, [facts], year)


def _together(criterion: Criterion, wanted: Wanted, some: Sequence[DatasetFacts], year: int) -> Item:
    """The latest years that these datasets cover together; the current one is not asked for, but may stand in for another."""
    needed = criterion.years or 1
    covered = set().union(*(facts.years for facts in some))
    recent = sorted(each for each in covered if year - needed <= each <= year)
    dataset = some[0].id if len(some) == 1 else None
    if not covered:
        return Item(wanted.id, UNKNOWN, "years_untold", dataset=dataset)
    verdict = MET if len(recent) >= needed else UNMET
    return Item(wanted.id, verdict, "years_there" if verdict == MET else "years_lacking", _spans(recent), dataset)


def _spans(years: Sequence[int]) -> str:
    """Years as people write them.

    >>> _spans([2019, 2020, 2021, 2024])
    '2019-2021, 2024'
    """
    spans: list[list[int]] = []
    for each in years:
        if spans and each == spans[-1][1] + 1:
            spans[-1][1] = each
        else:
            spans.append([each, each])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _checks(criterion: Criterion, wanted: Wanted, facts: DatasetFacts, _year: int) -> Item:
    verdicts = {check: facts.verdicts.get(check, "unknown") for check in criterion.checks}
    for verdict, said, reason in (("fail", UNMET, "checks_failing"), ("unknown", UNKNOWN, "checks_unknown")):
        some = [check for check in criterion.checks if verdicts[check] == verdict]
        if some:
            return Item(wanted.id, said, reason, ", ".join(some), facts.id)
    return Item(wanted.id, MET, "checks_pass", ", ".join(criterion.checks), facts.id)


_JUDGES: Mapping[str, Callable[[Criterion, Wanted, DatasetFacts, int], Item]] = {
    "columns": _columns,
    "years": _years,
    "checks": _checks,
}
