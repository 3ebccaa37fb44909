"""What every protocol declares and what a harvest gives back.

A protocol is one module: a pure `read_*` function from bytes to a `Reading`, and an async `harvest` that asks for the pages.
It asks through a `Getter`, so that politeness, conditional requests and the archive stay with `fetch`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol as Shape

from atalaya.catalogue.records import Dataset, FieldUse, Problem
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer

COMPLETE = "complete"
PARTIAL = "partial"
FAILED = "failed"


class Getter(Shape):
    """Asks one URL and gives the answer with its bytes; None where the answer has no body. It never raises for a publisher."""

    async def __call__(self, url: str, /) -> tuple[Answer, bytes | None]:
        """Ask `url` once, politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer that a harvest rests on: the evidence of its records."""

    url: str
    final_url: str
    status: int | None = None
    failure: str | None = None
    sha256: str | None = None
    size: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    tls_failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one source gave.

    `state` is `complete` (all that the source says it has was read), `partial` (records were read and something is known to
    be missing) or `failed` (no record could be read). `reason` is a key of `REASONS`, `detail` says where and what in
    English, without personal content. `declared_total` is what the source says it holds.
    """

    source_id: str
    protocol: str
    state: str
    reason: str | None = None
    detail: str | None = None
    datasets: tuple[Dataset, ...] = ()
    fields: tuple[FieldUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    declared_total: int | None = None
    pages: tuple[Page, ...] = ()

    @property
    def resources(self) -> int:
        """How many distributions the source declares, those made by a rule of the reader apart."""
        return sum(not item.derived for dataset in self.datasets for item in dataset.distributions)


HarvestFunction = Callable[[Source, Getter], Awaitable[Harvest]]
RecogniseFunction = Callable[[str, Getter], Awaitable[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The declaration of a protocol.

    `recognise` answers the URL by which a source of this protocol should be declared, or None. `description` says in one
    sentence of each language what is read; `documentation` is where the protocol is specified.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    documentation: str
    harvest: HarvestFunction
    recognise: RecogniseFunction


REASONS: Mapping[str, str] = {
    "cut": "The answer is larger than the limit for this source, so only its ends were kept.",
    "empty": "The answer has no content.",
    "encoding": "The bytes are in no encoding that the reader knows.",
    "entities": "The XML declares entities that expand beyond the limit, or that point outside.",
    "error_object": "The source answered an error instead of its catalogue.",
    "html": "The source answered a web page instead of its catalogue.",
    "http": "The source answered with an HTTP status that is not a success.",
    "incomplete": "The source says that it holds more than it gave.",
    "malformed": "The answer breaks the syntax of its format.",
    "no_datasets": "The answer can be read, but nothing in it is a catalogue or a dataset.",
    "nesting": "The answer is nested deeper than the limit.",
    "page_failed": "A later page of the catalogue could not be read.",
    "pages_repeat": "The source repeats the same page instead of going on.",
    "remote_context": "The JSON-LD refers to a context that would have to be fetched and is not known here.",
    "robots": "The robots.txt of the site forbids this address.",
    "unreachable": "No answer came from the source.",
}
"""Why a harvest is not complete; the text is what people read, translated in the catalogue `harvest`."""
