"""Finds out which protocol an address speaks.

First the address itself is asked once, and every protocol judges the answer; of those that claim it the ones that yield to
another leave. Then the places where protocols usually live are asked one after the other, each judged by the protocol whose
place it is and by those it yields to: around the address, and around the one that it redirects to. Platforms come first with
all their places, then generic formats, which platforms offer as well with less in them, then the platforms around the few
catalogues that the page links to. Weak protocols, which find something in any web page, come last. A host that does not
resolve or refuses is not asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from atalaya.countries.pack import SITE
from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import values
from atalaya.harvest.catalogue_links import catalogue_links
from atalaya.harvest.protocol import Place, Protocol
from atalaya.harvest.registry import PROTOCOLS
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit

UNDISCOVERED = "unknown"
"""The protocol of a source whose protocol nobody could tell yet."""

DECLARABLE = (*(known.id for known in PROTOCOLS), UNDISCOVERED, SITE)
"""What a source may declare as its protocol where it is to be read. Packs are checked against this, never against a list."""

DETAIL_LIMIT = 240
"""Characters of a reason why a document was refused."""

TIMEOUTS_LIMIT = 2
"""Addresses of a host that may time out in a row before the rest of it is left alone."""

DEAD = frozenset({Failure.DNS, Failure.REFUSED, Failure.ADDRESS})


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
    found = search.judge(first, strong)
    if found is not None:
        return search.done(found, url)
    here = _around(first)
    platforms = [known for known in strong if not known.generic]
    linked = [_unasked(address) for address in catalogue_links(first)]
    for around, protocols in (
        (here, platforms),
        (here, [known for known in strong if known.generic]),
        (linked, platforms),
    ):
        placed = await search.look(around, protocols)
        if placed is not None:
            return search.done(*placed)
    weak = [known for known in PROTOCOLS if known.weak]
    found = search.judge(first, weak, given=True)
    if found is not None:
        return search.done(found, url)
    return search.done(*(await search.look(here, weak) or (None, None)))


def _around(first: Visit) -> list[Visit]:
    """What the places lie around: the address, and where it redirected to where that is another host or another path.

    A redirect from http to https alone would only double the addresses asked.
    """
    final = first.answer.final_url
    if not values.is_web(final) or _site_and_path(final) == _site_and_path(first.url):
        return [first]
    return [first, replace(first, url=final)]


def _site_and_path(url: str) -> tuple[str, str]:
    return values.host(url), urlsplit(url.strip()).path.rstrip("/")


def _unasked(url: str) -> Visit:
    """An address that is known by a link alone; platforms tell their places by it."""
    return Visit(url, Answer(requested_url=url, final_url=url), b"", None)


def _places(around: Sequence[Visit], protocols: Iterable[Protocol]) -> Iterator[tuple[Protocol, Place, Visit]]:
    """The places of each protocol in turn, with the visit that they lie around: the likeliest of all protocols first."""
    waiting = [(known, [(place, visit) for visit in around for place in known.places(visit)]) for known in protocols]
    longest = max((len(places) for _, places in waiting), default=0)
    for rank in range(longest):
        yield from ((known, *places[rank]) for known, places in waiting if rank < len(places))


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

    async def look(self, around: Sequence[Visit], protocols: Sequence[Protocol]) -> tuple[Protocol, str] | None:
        """The first protocol that answers at one of its places, and the address to declare."""
        for owner, place, visit in _places(around, protocols):
            answer = await self.visit(place.asked)
            found = self.judge(answer, [owner, *_known(owner.yields_to)])
            if found is owner:
                return await self._better(owner, visit) or (owner, place.source)
            if found is not None:
                return found, place.asked
        return None

    async def _better(self, found: Protocol, around: Visit) -> tuple[Protocol, str] | None:
        """A protocol that tells more of the same portal, asked at its likeliest place alone."""
        for known in _known(found.outdone_by):
            for place in known.places(around)[:1]:
                if self.judge(await self.visit(place.asked), [known]) is not None:
                    return known, place.source
        return None

    def judge(self, visit: Visit, protocols: Sequence[Protocol], *, given: bool = False) -> Protocol | None:
        """The protocol that claims an answer; of several, one that yields to none of the others. `given`: as the source."""
        claiming = []
        for known in protocols:
            claims = known.claims_given if given and known.claims_given is not None else known.claims
            refusal = visit.refusal or claims(visit)
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


def _known(ids: Sequence[str]) -> list[Protocol]:
    return [known for known in PROTOCOLS if known.id in ids]


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
