"""OAI-PMH 2.0: the records of a repository, page by page, in the format that says most of those that are read here.

The source is the base address of the repository, alone or with arguments: `set`, `from` and `until` limit what is read,
`metadataPrefix` chooses the format, `verb=GetRecord` makes one record the source. Repositories also hold articles and images:
`oai_pmh_types` says which records are datasets. Deleted records are counted as a field use, others left out as a problem.
What the repository says it holds (`completeListSize`) counts all of them, so both are taken off before it is compared.

Specification: https://www.openarchives.org/OAI/openarchivesprotocol.html
"""

from dataclasses import dataclass, field

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.elements import children
from atalaya.harvest.oai_pmh_answers import LISTS, Envelope, read_envelope, read_formats, read_token
from atalaya.harvest.oai_pmh_records import FALLBACK, gather, ranked
from atalaya.harvest.oai_pmh_requests import Request, read_request
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import STALE_LIMIT, harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed

_USUAL = ("oai", "server/oai/request", "oai/request")
"""Where repositories answer: Dataverse and others, DSpace from version 7, DSpace before it."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a repository. Nothing is raised for what it does."""
    trail = Trail(get)
    request = read_request(source.url)
    if request.argument("verb") == "GetRecord":
        session = _Session(request, (), named=True)
        start = source.url
    else:
        stated = request.argument("metadataPrefix")
        session = _Session(request, (stated,) if stated is not None else await _choose(request, trail))
        start = request.records(session.prefixes[0])
    return await harvest_pages(PROTOCOL.id, source, get, session.read, start=start, trail=trail, reads_errors=True)


async def _choose(request: Request, trail: Trail) -> tuple[str, ...]:
    """The formats to ask for, best first; Dublin Core where the repository does not say which it has."""
    visit = await trail.ask(request.formats())
    envelope = read_envelope(visit) if visit.refusal is None else visit.refusal
    return (FALLBACK,) if isinstance(envelope, Refusal) else ranked(read_formats(envelope))


@dataclass
class _Session:
    """The reading of one list: which formats are left to try, and what was counted over its pages."""

    request: Request
    prefixes: tuple[str, ...]
    named: bool = False
    tried: int = 0
    pages: int = 0
    stale: int = 0
    left_out: int = 0
    list_size: int | None = None
    seen: set[str] = field(default_factory=set)

    def read(self, visit: Visit) -> Reading | Refusal:
        """The reading of one page, or of none with the next format to try."""
        envelope = read_envelope(visit)
        if isinstance(envelope, Refusal) or (visit.refusal is not None and not envelope.errors):
            return visit.refusal or (envelope if isinstance(envelope, Refusal) else _nothing_listed(visit, envelope))
        if envelope.errors:
            return self._error(visit, envelope)
        if envelope.content is None or envelope.verb not in LISTS:
            return _nothing_listed(visit, envelope)
        gathered = gather(children(envelope.content, "record"), visit, named=self.named)
        if envelope.note is not None:
            gathered.ledger.problem(visit.url, envelope.note)
        if gathered.unknown and not gathered.datasets and not self.pages:
            return Refusal("no_datasets", f"{landed(visit)}: its records are in a format that is not read here")
        token = read_token(envelope.content)
        following = None if token.text is None or self.named else self.request.resumed(token.text)
        self.stale = self.stale + 1 if gathered.identifiers and gathered.identifiers <= self.seen else 0
        if self.stale >= STALE_LIMIT and following is not None:
            return Refusal("pages_repeat", f"{visit.url} gave only records of earlier pages, as the pages before it")
        self.pages += 1
        self.seen |= gathered.identifiers
        self.left_out += gathered.left_out
        self.list_size = token.list_size if token.list_size is not None else self.list_size
        total = None if self.list_size is None else max(0, self.list_size - self.left_out)
        return gathered.reading(total, following)

    def _error(self, visit: Visit, envelope: Envelope) -> Reading | Refusal:
        """An error of the protocol: an empty list is no failure, and records may be there in another format only."""
        empty = envelope.has_error("noRecordsMatch")
        if (empty or envelope.has_error("cannotDisseminateFormat")) and not self.pages:
            if self.tried + 1 < len(self.prefixes):
                self.tried += 1
                return Reading(next_url=self.request.records(self.prefixes[self.tried]))
            if empty:
                return Reading(declared_total=0)
        said = "; ".join(f"{code}: {text}" if text else code for code, text in envelope.errors)
        return Refusal("error_object", f"{landed(visit)}: {said}")


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is not one of OAI-PMH; None where it is, also an error: a base address without a verb answers one."""
    envelope = read_envelope(visit)
    return envelope if isinstance(envelope, Refusal) else None


def places(first: Visit) -> tuple[Place, ...]:
    """The usual addresses at the root of the host, asked to identify themselves."""
    root = values.root(first.url)
    return tuple(Place(f"{root}{path}?verb=Identify", f"{root}{path}") for path in _USUAL) if root else ()


def _nothing_listed(visit: Visit, envelope: Envelope) -> Refusal:
    return Refusal("no_datasets", f"{landed(visit)}: answers {envelope.verb[:60] or 'nothing'} instead of records")


PROTOCOL = Protocol(
    id="oai_pmh",
    title={"en": "OAI-PMH", "es": "OAI-PMH"},
    description={
        "en": "The datasets of a repository by OAI-PMH 2.0, in DCAT, DataCite or Dublin Core.",
        "es": "Los conjuntos de datos de un repositorio por OAI-PMH 2.0, en DCAT, DataCite o Dublin Core.",
    },
    documentation="https://www.openarchives.org/OAI/openarchivesprotocol.html",
    harvest=harvest,
    claims=claims,
    places=places,
    generic=True,
)
