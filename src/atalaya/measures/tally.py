"""Outcomes counted once for all families: how often each check gave each verdict, by institution and by source.

Outcomes come part by part, each part with everything that was judged of its datasets, and are counted in columns: a country has
tens of millions, and measures need their numbers only.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.checks.outcomes import Verdict
from atalaya.store.outcome_blocks import Column, OutcomeBlock, blocks_of

Row = Mapping[str, object]

Owner = tuple[str | None, bool, str]
"""Whose a case is: an institution, if any, whether its record waits for one, and its source."""


class PartedOutcomes:
    """The outcomes of a round, read anew each time that they are asked for: rows, or the blocks of each part."""

    def __init__(self, parts: "Iterable[Sequence[OutcomeBlock]]") -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[Row]:
        for blocks in self.parts:
            for block in blocks:
                yield from block.rows()


Outcomes = Collection[Row] | PartedOutcomes


Counted = defaultdict[tuple[str, str, int], Counter[str]]
"""(whose, check id, version) → how many cases had each verdict."""


@dataclass(frozen=True)
class Tally:
    """What was counted.

    `institutions`, `orphans` and `sources`: the verdicts by institution, those of unattributed records by source, and those of
    all cases by source. `levels`: each check that was seen, with its level. `unseen` and `orphans_unseen`: institution id or
    source id → how many resources there are whose tables nobody could see: something of them is unknown and no table was found.
    """

    institutions: Counted = field(default_factory=lambda: defaultdict(Counter))
    orphans: Counted = field(default_factory=lambda: defaultdict(Counter))
    sources: Counted = field(default_factory=lambda: defaultdict(Counter))
    levels: set[tuple[str, int, str]] = field(default_factory=set)
    unseen: Counter[str] = field(default_factory=Counter)
    orphans_unseen: Counter[str] = field(default_factory=Counter)


def tally(
    outcomes: Outcomes,
    institution_of: Mapping[str, str | None],
    waiting: Collection[str],
    blind: Collection[tuple[str, int]] = (),
) -> Tally:
    """Count all outcomes. `waiting` are the records that wait for an institution, `blind` the checks that look into no file."""
    found = Tally()
    for blocks in outcomes.parts if isinstance(outcomes, PartedOutcomes) else [blocks_of(outcomes)]:
        hidden: dict[str, Owner] = {}
        opened: set[str | None] = set()
        for block in blocks:
            owners = _owners(block, institution_of, waiting)
            _count(found, block, owners)
            resources = block.subjects["resource_id"]
            if block.level == "table":
                opened.update(resources)
            elif block.level == "resource":
                for place in _unknown(block, blind):
                    resource = resources[place]
                    if resource is not None:
                        hidden[resource] = owners[place]
        for resource, (institution, waits, source) in hidden.items():
            if resource in opened:
                continue
            if institution is not None:
                found.unseen[institution] += 1
            elif waits:
                found.orphans_unseen[source] += 1
    return found


def _owners(block: OutcomeBlock, institution_of: Mapping[str, str | None], waiting: Collection[str]) -> list[Owner]:
    """Whose each subject is: by the attribution of its record; of a source, as the row says."""
    columns = (block.subjects[name] for name in ("record_id", "institution_id", "source_id"))
    return [
        (institution_of.get(record, stated) if record is not None else stated, record in waiting, str(source))
        for record, stated, source in zip(*columns, strict=True)
    ]


def _count(found: Tally, block: OutcomeBlock, owners: Sequence[Owner]) -> None:
    alone = owners[0] if owners and owners.count(owners[0]) == len(owners) else None
    for column in block.columns:
        check = (column.check_id, column.version)
        found.levels.add((*check, block.level))
        for (institution, waits, source), counts in _verdicts(column, owners, alone).items():
            found.sources[(source, *check)].update(counts)
            if institution is not None:
                found.institutions[(institution, *check)].update(counts)
            elif waits:
                found.orphans[(source, *check)].update(counts)


def _verdicts(column: Column, owners: Sequence[Owner], alone: Owner | None) -> dict[Owner, Counter[str]]:
    """The verdicts of one check by owner."""
    verdicts = [class_[0] for class_ in column.classes]
    found: defaultdict[Owner, Counter[str]] = defaultdict(Counter)
    if alone is not None:
        for number, count in Counter(column.numbers).items():
            found[alone][verdicts[number]] += count
    else:
        for (owner, number), count in Counter(zip(owners, column.numbers, strict=True)).items():
            found[owner][verdicts[number]] += count
    return found


def _unknown(block: OutcomeBlock, blind: Collection[tuple[str, int]]) -> set[int]:
    """The places of the subjects of which something is unknown to a check that is not blind."""
    places: set[int] = set()
    for column in block.columns:
        if (column.check_id, column.version) in blind:
            continue
        unknown = {number for number, class_ in enumerate(column.classes) if class_[0] == Verdict.UNKNOWN.value}
        if len(unknown) == len(column.classes):
            return set(range(len(block)))
        if unknown:
            places.update(place for place, number in enumerate(column.numbers) if number in unknown)
    return places
