"""What every protocol declares and what a harvest gives back.

A protocol is one module: a pure `read_*` function from an answer to a `Reading`, and an async `harvest` that asks for the
pages. It asks through a `Getter`, so that politeness, conditional requests and the archive stay with `fetch`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.records import Dataset, FieldUse, Problem
from atalaya.countries.pack import Source
from atalaya.harvest.visits import Getter, Page, Refusal, Visit

COMPLETE = "complete"
PARTIAL = "partial"
FAILED = "failed"


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
ClaimFunction = Callable[[Visit], Refusal | None]
"""None where an answer that came is a document of this protocol, else why it is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address where a protocol may answer, and the one to declare as the source when it does (the same by default)."""

    asked: str
    declared: str | None = None

    @property
    def source(self) -> str:
        """The address to declare."""
        return self.declared or self.asked


PlacesFunction = Callable[[Visit], Sequence[Place]]
"""Where a protocol may live around an address that was visited, likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The declaration of a protocol.

    `description` says in one sentence of each language what is read; `documentation` is where the protocol is specified.
    `claims` judges one answer, `places` lists the other addresses worth asking; both are pure, and `discovery` does the
    asking. `yields_to` names protocols whose documents this one could read too and which read more of them. `outdone_by`
    names protocols that tell more of a whole portal of this one where both stand, so that their likeliest place is asked
    before this one is taken.

    A `generic` protocol is a format that many platforms also offer beside their own interface, with fewer fields or for a
    part of their catalogue: it is asked after every place of the platforms. A `weak` protocol, which finds something in any
    web page, is asked after every place of the others; `claims_given` is its milder judgement of an address that somebody
    gave as the source, where what it asks for around an address is judged more sternly.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    documentation: str
    harvest: HarvestFunction
    claims: ClaimFunction
    places: PlacesFunction
    yields_to: tuple[str, ...] = ()
    outdone_by: tuple[str, ...] = ()
    generic: bool = False
    weak: bool = False
    claims_given: ClaimFunction | None = None


REASONS: Mapping[str, str] = {
    "address": "The address leads into a private network, which is never asked.",
    "bomb": "The answer unpacks to far more than it weighs, so it was not read.",
    "coding": "The answer is compressed in a way that cannot be undone.",
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
    "oversize": "The answer goes on beyond what is read of any answer, so reading it was stopped.",
    "page_failed": "A later page of the catalogue could not be read.",
    "pages_repeat": "The source repeats the same page instead of going on.",
    "pending": "The source answered that it is still preparing its catalogue.",
    "redirects": "The source redirects in a circle, or to something that is no address of the web.",
    "remote_context": "The JSON-LD refers to a context that would have to be fetched and is not known here.",
    "robots": "The robots.txt of the site forbids this address.",
    "spent": "The source takes longer, or gives more, than is read of one source in a round; what it gave before stands.",
    "unreachable": "No answer came from the source.",
}
"""Why a harvest is not complete; the text is what people read, translated in the catalogue `harvest`."""
