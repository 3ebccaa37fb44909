"""Finds out which protocol an address speaks.

First the address itself is asked once, and every protocol judges the answer; of those that claim it the ones that yield to
another leave. Then the places where protocols usually live are asked one after the other, each judged by the protocol whose
place it is and by those it yields to. Weak protocols, which find something in any web page, come last. A host that does not
resolve or refuses is not asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import values
from atalaya.harvest.protocol import Place, Protocol
from atalaya.harvest.registry import PROTOCOLS
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit

UNDISCOVERED = "unknown"
"""The protocol of a source whose protocol nobody could tell yet."""

DECLARABLE = (*(known.id for known in PROTOCOLS), UNDISCOVERED)
"""What a source may declare as its protocol where it is to be read. Packs are checked against this, never against a list."""

DETAIL_LIMIT = 240
"""Characters of a reason why a document was refused."""

TIMEOUTS_LIMIT = 2
"""Addresses of a host that may time out in a row before the rest of it is left alone."""

DEAD = frozenset({Failure.DNS, Failure.REFUSED})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One address that was asked: a short answer, and why each protocol that looked at it refused it (reason and detail)."""

    url: str
    answer: str
    refusals: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """The protocol that fits an address and the address to declare, or None for both; `attempts` says what was asked."""

    protocol: str | None
    url: str | None
    attempts: tuple[Attempt, ...]


async def discover(url: str, get: Getter) -> Discovery:
    """Find the protocol of an address. Each address is asked once. Raises SourceError for what is no address of the web."""
    if not values.is_web(url):
        raise SourceError(f"{url!r} is not an address of the web; write it whole, with https://")
    search = _Search(get)
    first = await search.visit(url)
    strong = [known for known in PROTOCOLS if not known.weak]
    weak = [known for known in PROTOCOLS if known.weak]
    found = search.judge(first, strong)
    if found is not None:
        return search.done(found, url)
    for owner, place in _places(first, strong):
        visit = await search.visit(place.asked)
        found = search.judge(visit, [owner, *(known for known in strong if known.id in owner.yields_to)])
        if found is not None:
            return search.done(found, place.source if found is owner else place.asked)
    found = search.judge(first, weak)
    if found is not None:
        return search.done(found, url)
    for owner, place in _places(first, weak):
        if search.judge(await search.visit(place.asked), [owner]) is not None:
            return search.done(owner, place.source)
    return search.done(None, None)


def _places(first: Visit, protocols: Iterable[Protocol]) -> Iterator[tuple[Protocol, Place]]:
    """The places of each protocol in turn: the likeliest of all protocols first."""
    waiting = [(known, list(known.places(first))) for known in protocols]
    longest = max((len(places) for _, places in waiting), default=0)
    for rank in range(longest):
        yield from ((known, places[rank]) for known, places in waiting if rank < len(places))


class _Search:
    """The addresses asked so far, and what each protocol said of them."""

    def __init__(self, get: Getter) -> None:
        self._trail = Trail(get)
        self._visits: dict[str, Visit] = {}
        self._refusals: defaultdict[str, dict[str, Refusal]] = defaultdict(dict)
        self._troubles: defaultdict[str, int] = defaultdict(int)

    async def visit(self, url: str) -> Visit:
        """Ask an address, or remember what it answered; one on a host that is dead is not asked."""
        if url not in self._visits:
            host = values.host(url)
            if self._troubles[host] >= TIMEOUTS_LIMIT:
                answer = Answer(requested_url=url, final_url=url, failure=Failure.POSTPONED)
                return Visit(url, answer, b"", Refusal("unreachable", f"{url}: not asked, its host does not answer"))
            visit = await self._trail.ask(url)
            failure = visit.answer.failure
            self._troubles[host] = (
                TIMEOUTS_LIMIT if failure in DEAD else self._troubles[host] + 1 if failure is Failure.TIMEOUT else 0
            )
            self._visits[url] = visit
        return self._visits[url]

    def judge(self, visit: Visit, protocols: Sequence[Protocol]) -> Protocol | None:
        """The protocol that claims an answer; of several, one that yields to none of the others."""
        claiming = []
        for known in protocols:
            refusal = visit.refusal or known.claims(visit)
            if refusal is None:
                claiming.append(known)
            else:
                self._refusals[visit.url][known.id] = refusal
        ids = {known.id for known in claiming}
        return next((known for known in claiming if not ids & set(known.yields_to)), None)

    def done(self, found: Protocol | None, url: str | None) -> Discovery:
        """The result, with every address asked in order."""
        attempts = tuple(
            Attempt(asked, describe(visit.answer), _refusals(asked, visit, self._refusals[asked]))
            for asked, visit in self._visits.items()
        )
        return Discovery(None if found is None else found.id, url, attempts)


def _refusals(url: str, visit: Visit, refusals: dict[str, Refusal]) -> tuple[tuple[str, str, str], ...]:
    """Why a document that came was refused, by protocol; an answer without a document says enough by itself."""
    if visit.refusal is not None and visit.refusal.reason in ("http", "unreachable", "robots"):
        return ()
    return tuple((name, said.reason, _without_address(said.detail, url)) for name, said in refusals.items())


def told(found: Discovery) -> str:
    """What every address answered, in one line, so that people see why no protocol fits."""
    return "; ".join(f"{attempt.url} gave {attempt.answer}{_why(attempt)}" for attempt in found.attempts)


def _why(attempt: Attempt) -> str:
    """The reasons of an attempt, protocols that say the same together."""
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, reason, detail in attempt.refusals:
        names[reason, detail].append(name)
    said = [f"{reason}: {detail} [{', '.join(given)}]" for (reason, detail), given in names.items()]
    return f" ({'; '.join(said)})" if said else ""


def _without_address(detail: str, url: str) -> str:
    """A detail without the address that stands before it anyway."""
    return " ".join(detail.removeprefix(url).removeprefix(":").split())[:DETAIL_LIMIT]


def describe(answer: Answer) -> str:
    """An answer in a few words: the failure, or the status with the content type."""
    if answer.failure is not None:
        return f"no answer ({answer.failure})"
    kind = answer.headers.get("content-type", "no content type").partition(";")[0].strip()
    moved = f", redirected to {answer.final_url}" if answer.final_url not in ("", answer.requested_url) else ""
    return f"{answer.status} {kind}{moved}"
