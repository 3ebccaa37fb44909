"""The protocols, sorted by id, and the discovery of which one a URL speaks."""

from dataclasses import dataclass

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer
from atalaya.harvest import ckan, datajson, dcat_rdf, values
from atalaya.harvest.protocol import Getter, Protocol

PROTOCOLS: tuple[Protocol, ...] = (
    ckan.PROTOCOL,
    datajson.PROTOCOL,
    dcat_rdf.PROTOCOL,
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one protocol heard when it asked: each address with a short answer."""

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
    attempts = []
    for candidate in PROTOCOLS:
        ear = _Ear(get, memory)
        found = await candidate.recognise(url, ear)
        attempts.append(Attempt(candidate.id, tuple(ear.heard.items())))
        if found is not None:
            return Discovery(candidate.id, found, tuple(attempts))
    return Discovery(None, None, tuple(attempts))


class _Ear:
    """A getter that asks each address once over all protocols, and remembers what this protocol heard."""

    def __init__(self, get: Getter, memory: dict[str, tuple[Answer, bytes | None]]) -> None:
        self._get = get
        self._memory = memory
        self.heard: dict[str, str] = {}

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
