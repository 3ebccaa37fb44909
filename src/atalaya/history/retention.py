"""Which archived bytes stay and which may go: retention, then budgets.

Of each address stay the first bytes that were seen, the last, the last that came with a good answer, and the first of each
quarter; and everything that findings cite: the files that failing outcomes of the newest observation of a country, and of every
observation that a published edition rests on, speak of, and all bytes that evidence names by their hash. What is left may go.
Where more stands than a budget allows, bytes go that stand for a quarter alone, oldest first; nothing else ever goes.
Bytes that no sealed observation knows are left alone.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from atalaya.history.read import Sealed

_HASH = re.compile(r"[0-9a-f]{64}")
OUTDATED, OVER_SOURCE, OVER_TOTAL = "outdated", "over the budget of its source", "over the budget"


@dataclass(frozen=True, slots=True)
class Seen:
    """Bytes as an observation saw them: the moment, their hash, and whether the answer was a good one."""

    as_of: str
    sha256: str
    good: bool


@dataclass(frozen=True, slots=True)
class Going:
    """Bytes that may go: the hash, bytes on disk, the source they were seen of first, when they were seen last, and why."""

    sha256: str
    size: int
    source: str
    last_seen: str
    why: str


@dataclass(frozen=True, slots=True)
class Retention:
    """What a retention came to: what goes, how many blobs and bytes stay, and what still stands over a budget.

    `over` names sources, and `total`, with the bytes that they stand over their budget though nothing more may go.
    """

    going: tuple[Going, ...]
    staying: int
    staying_bytes: int
    over: dict[str, int]


@dataclass(slots=True)
class _Known:
    source: dict[str, str] = field(default_factory=dict)
    last_seen: dict[str, str] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    quarterly: set[str] = field(default_factory=set)


def retention(
    observations: Sequence[Sealed],
    cited: Collection[str],
    size_of: Callable[[str], int | None],
    budget: int | None = None,
    source_budget: int | None = None,
) -> Retention:
    """What may go of the bytes of these observations, all sealed ones of a home folder.

    `cited` are ids of observations that published editions rest on. `size_of` gives bytes on disk, None where nothing stands that
    may go. Budgets are in bytes on disk.
    """
    known = _known(observations, cited)
    sizes = {sha256: size for sha256 in known.source if (size := size_of(sha256)) is not None}
    stays = {sha256 for sha256 in sizes if sha256 in known.needed or sha256 in known.quarterly}
    going = dict.fromkeys(sizes.keys() - stays, OUTDATED)
    over: dict[str, int] = {}
    by_source: defaultdict[str, set[str]] = defaultdict(set)
    for sha256 in stays:
        by_source[known.source[sha256]].add(sha256)
    if source_budget is not None:
        for source, some in sorted(by_source.items()):
            taken, left = _over(some, source_budget, sizes, known)
            going |= dict.fromkeys(taken, OVER_SOURCE)
            stays -= set(taken)
            if left:
                over[source] = left
    if budget is not None:
        taken, left = _over(stays, budget, sizes, known)
        going |= dict.fromkeys(taken, OVER_TOTAL)
        stays -= set(taken)
        if left:
            over["total"] = left
    listed = [Going(each, sizes[each], known.source[each], known.last_seen[each], why) for each, why in going.items()]
    return Retention(
        going=tuple(sorted(listed, key=lambda each: (each.last_seen, each.sha256))),
        staying=len(stays),
        staying_bytes=sum(sizes[sha256] for sha256 in stays),
        over=over,
    )


def _over(some: Collection[str], budget: int, sizes: dict[str, int], known: _Known) -> tuple[list[str], int]:
    """What must go of some bytes so that they keep a budget, oldest first; and by how much they stand over it still."""
    surplus = sum(sizes[sha256] for sha256 in some) - budget
    taken = []
    for sha256 in sorted(set(some) - known.needed, key=lambda each: (known.last_seen[each], each)):
        if surplus <= 0:
            break
        taken.append(sha256)
        surplus -= sizes[sha256]
    return taken, max(0, surplus)


def _known(observations: Sequence[Sealed], cited: Collection[str]) -> _Known:
    known = _Known()
    newest = {each.manifest.country: each.manifest.observation for each in sorted(observations, key=_moment)}
    timelines: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for observation in sorted(observations, key=_moment):
        as_of, failing = observation.manifest.as_of, set()
        if observation.manifest.observation in {*cited, *newest.values()}:
            failing = _failing(observation, known)
        for source, subject, sha256, good, resource in _seen(observation):
            known.source.setdefault(sha256, source)
            known.last_seen[sha256] = as_of
            timelines[source, subject].append(Seen(as_of, sha256, good))
            if resource is not None and resource in failing:
                known.needed.add(sha256)
    for timeline in timelines.values():
        answered = [seen for seen in timeline if seen.good]
        known.needed |= {seen.sha256 for seen in (timeline[0], timeline[-1], *answered[-1:])}
        known.quarterly |= {seen.sha256 for seen in _first_of_quarters(timeline)}
    return known


def _moment(observation: Sealed) -> str:
    return str(observation.manifest.as_of)


def _first_of_quarters(timeline: Iterable[Seen]) -> Iterator[Seen]:
    quarters: set[tuple[str, int]] = set()
    for seen in timeline:
        quarter = (seen.as_of[:4], (int(seen.as_of[5:7]) - 1) // 3)
        if quarter not in quarters:
            quarters.add(quarter)
            yield seen


def _failing(observation: Sealed, known: _Known) -> set[str]:
    """The resources that failing outcomes speak of; the hashes that evidence names are needed as well."""
    failing = set()
    for row in observation.rows("outcomes", "verdict = 'fail'", columns=("resource_id", "evidence")):
        if row["resource_id"] is not None:
            failing.add(str(row["resource_id"]))
        known.needed.update(_hashes(row["evidence"]))
    for row in observation.rows("duty_verdicts", columns=("evidence",)):
        known.needed.update(_hashes(row["evidence"]))
    return failing


def _hashes(evidence: Any) -> list[str]:
    return _HASH.findall(json.dumps(evidence)) if evidence else []


def _seen(observation: Sealed) -> Iterator[tuple[str, str, str, bool, str | None]]:
    """Source, subject, hash, whether the answer was good, and the resource where it was one."""
    sources = {
        str(resource): source for resource, source in observation.values("distributions", ("resource_id", "source_id"))
    }
    for resource, sha256, status in observation.values(
        "probes", ("resource_id", "sha256", "status"), "sha256 IS NOT NULL"
    ):
        yield str(sources.get(str(resource), "")), str(resource), str(sha256), _good(status), str(resource)
    for table in ("pages", "site_pages", "site_documents"):
        columns = ("source_id", "url", "sha256", "status")
        for source, url, sha256, status in observation.values(table, columns, "sha256 IS NOT NULL"):
            yield str(source), str(url), str(sha256), _good(status), None


def _good(status: Any) -> bool:
    return isinstance(status, int) and 200 <= status < 300
