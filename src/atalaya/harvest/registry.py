"""The protocols, sorted by id, and the discovery of which one a URL speaks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer
from atalaya.harvest import ckan, datajson, dcat_rdf, values
from atalaya.harvest.bodies import Refusal, Trail
from atalaya.harvest.ckan_api import call
from atalaya.harvest.protocol import Getter, Protocol

PROTOCOLS: tuple[Protocol, ...] = (
    ckan.PROTOCOL,
    datajson.PROTOCOL,
    dcat_rdf.PROTOCOL,
)


UNDISCOVERED = "unknown"
"""The protocol of a source whose protocol nobody could tell yet."""

DETAIL_LIMIT = 240
"""Characters of a reason why a document was refused."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one protocol heard when it asked: each address with a short answer, and why a document that came is refused."""

    protocol: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """The protocol that fits a URL and the URL to declare, or None for both; `attempts` says what each answered."""

    protocol: str | None
    url: str | None
    attempts: tuple[Attempt, ...]


def protocol(protocol_id: str) -> Protocol:
    """The protocol of an id. Raises SourceError naming the ids that exist."""
    for known in PROTOCOLS:
        if known.id == protocol_id:
            return known
    ids = ", ".join(item.id for item in PROTOCOLS)
    raise SourceError(f"no protocol is called {protocol_id!r}; choose one of {ids}")


async def discover(url: str, get: Getter) -> Discovery:
    """Try the protocols in order; the first that recognises the URL is taken. Raises SourceError for what is no web URL.

    Each address is asked once, however many protocols want it.
    """
    if not values.is_web(url):
        raise SourceError(f"{url!r} is not an address of the web; write it whole, with https://")
    memory: dict[str, tuple[Answer, bytes | None]] = {}
    attempts, ears = [], []
    for candidate in PROTOCOLS:
        ear = _Ear(get, memory)
        found = await candidate.recognise(url, ear)
        ears.append((candidate.id, ear))
        attempts.append(Attempt(candidate.id, tuple(ear.heard.items())))
        if found is not None:
            return Discovery(candidate.id, found, tuple(attempts))
    return Discovery(None, None, tuple([await _explained(candidate, ear) for candidate, ear in ears]))


def told(found: Discovery) -> str:
    """What every protocol heard, in one line, so that people see why none fits."""
    return "; ".join(
        f"{attempt.protocol}: "
        + (", ".join(f"{asked} gave {answer}" for asked, answer in attempt.answers) or "not asked")
        for attempt in found.attempts
    )


async def _ckan_refusal(url: str, get: Getter) -> Refusal | None:
    answer = await call(Trail(get), url)
    return answer if isinstance(answer, Refusal) else None


async def _datajson_refusal(url: str, get: Getter) -> Refusal | None:
    visit = await Trail(get).ask(url)
    reading = visit.refusal or datajson.read_visit(visit)
    return reading if isinstance(reading, Refusal) else None


async def _dcat_refusal(url: str, get: Getter) -> Refusal | None:
    visit = await Trail(get).ask(url)
    reading = visit.refusal or dcat_rdf.read_visit(visit)
    return reading if isinstance(reading, Refusal) else None


_REFUSALS: Mapping[str, Callable[[str, Getter], Awaitable[Refusal | None]]] = {
    ckan.PROTOCOL.id: _ckan_refusal,
    datajson.PROTOCOL.id: _datajson_refusal,
    dcat_rdf.PROTOCOL.id: _dcat_refusal,
}
"""How each protocol says why it cannot read a document."""


async def _explained(protocol_id: str, ear: "_Ear") -> Attempt:
    """An attempt that came to nothing, with the reason beside each document that came and was refused."""
    answers = []
    for url, short in list(ear.heard.items()):
        refusal = await _REFUSALS[protocol_id](url, ear) if ear.came(url) else None
        why = f" ({refusal.reason}: {_without_address(refusal.detail, url)})" if refusal else ""
        answers.append((url, short + why))
    return Attempt(protocol_id, tuple(answers))


def _without_address(detail: str, url: str) -> str:
    """A detail without the address that stands before it anyway."""
    return " ".join(detail.removeprefix(url).removeprefix(":").split())[:DETAIL_LIMIT]


class _Ear:
    """A getter that asks each address once over all protocols, and remembers what this protocol heard."""

    def __init__(self, get: Getter, memory: dict[str, tuple[Answer, bytes | None]]) -> None:
        self._get = get
        self._memory = memory
        self.heard: dict[str, str] = {}

    def came(self, url: str) -> bool:
        """Whether a document came from an address, such as it is."""
        answer = self._memory[url][0]
        return answer.failure is None and answer.status is not None and 200 <= answer.status < 300

    async def __call__(self, url: str, /) -> tuple[Answer, bytes | None]:
        if url not in self._memory:
            self._memory[url] = await self._get(url)
        self.heard[url] = describe(self._memory[url][0])
        return self._memory[url]


def describe(answer: Answer) -> str:
    """An answer in a few words: the failure, or the status with the content type."""
    if answer.failure is not None:
        return f"no answer ({answer.failure})"
    kind = answer.headers.get("content-type", "no content type").partition(";")[0].strip()
    moved = f", redirected to {answer.final_url}" if answer.final_url not in ("", answer.requested_url) else ""
    return f"{answer.status} {kind}{moved}"
