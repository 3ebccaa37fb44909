"""One answer of a repository: its records and what comes next, the formats it gives, or the error it says.

Specification: https://www.openarchives.org/OAI/openarchivesprotocol.html, sections 3.2 (responses), 3.5 and 3.6 (errors).
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from atalaya.harvest import values
from atalaya.harvest.elements import children, local, text_of
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.harvest.xml import parse_xml

LISTS = ("ListRecords", "GetRecord")
"""Elements of an answer that hold records."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer: the errors it says (code and text), or the element of its verb. `note` tells a departure of encoding."""

    errors: tuple[tuple[str, str], ...]
    content: Element | None
    note: str | None = None

    @property
    def verb(self) -> str:
        """What was answered, empty where only an error was."""
        return "" if self.content is None else local(self.content)

    def has_error(self, code: str) -> bool:
        """Whether one of the errors has this code."""
        return any(code == said for said, _ in self.errors)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of metadata that a repository gives."""

    prefix: str
    namespace: str
    schema: str


@dataclass(frozen=True, slots=True)
class Token:
    """How a list goes on: the token (None at its end) and how many records the whole list has, where that is said."""

    text: str | None
    list_size: int | None


def read_envelope(visit: Visit) -> Envelope | Refusal:
    """The answer of a repository, or why the page is none."""
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root, note = parsed
    if local(root) != "OAI-PMH":
        return Refusal("no_datasets", f"{landed(visit)}: XML of another kind ({local(root)[:60]}), not of OAI-PMH")
    errors: list[tuple[str, str]] = []
    content = None
    for child in root:
        name = local(child)
        if name == "error":
            errors.append((values.clean(child.get("code") or "")[:60], " ".join(text_of(child).split())[:200]))
        elif name not in ("responseDate", "request") and content is None:
            content = child
    return Envelope(tuple(errors), content, note)


def read_formats(envelope: Envelope) -> tuple[Format, ...]:
    """The formats that a repository gives, in its order; none where the answer is another one."""
    if envelope.content is None or envelope.verb != "ListMetadataFormats":
        return ()
    found = []
    for item in children(envelope.content, "metadataFormat"):
        said = {local(part): text_of(part).strip() for part in item}
        if said.get("metadataPrefix"):
            found.append(Format(said["metadataPrefix"], said.get("metadataNamespace", ""), said.get("schema", "")))
    return tuple(found)


def read_token(content: Element) -> Token:
    """How a list goes on. An empty token ends it, as does none."""
    token = next(children(content, "resumptionToken"), None)
    if token is None:
        return Token(None, None)
    return Token(text_of(token).strip() or None, values.byte_size(token.get("completeListSize")))
