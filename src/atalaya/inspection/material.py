"""What passes between the judge of a format and the reader of its family."""

from collections.abc import Callable
from dataclasses import dataclass, field

from atalaya.inspection.findings import Defect, Dialect, Document, Member, Table
from atalaya.inspection.limits import Limits
from atalaya.inspection.text import Decoded


@dataclass(frozen=True, slots=True)
class Hint:
    """What names and headers claim: format ids from the extension and the media type. Hints only break ties."""

    formats: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """The format that the bytes show and why. `value` keeps what judging it already read: a JSON document, a dialect."""

    format: str | None
    reason: str
    decoded: Decoded | None = None
    value: object = None
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a reader adds to the format."""

    encoding: str | None = None
    dialect: Dialect | None = None
    members: tuple[Member, ...] = ()
    tables: tuple[Table, ...] = ()
    defects: tuple[Defect, ...] = ()
    content_sha256: str | None = None
    service: str | None = None
    document: Document | None = None


@dataclass(slots=True)
class Spending:
    """What one file has cost so far, whatever the level: bytes unpacked, and whether a process that read a part of
    it took all it may."""

    unpacked: int = 0
    reader_died: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A file on its way through a reader. `look_inside` inspects a member one level deeper; `spending` is the whole file's."""

    data: bytes
    sniffed: Sniffed
    limits: Limits
    hint: Hint = field(default_factory=Hint)
    depth: int = 0
    look_inside: "Callable[[bytes, str, int], Inside] | None" = None
    spending: Spending = field(default_factory=Spending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a member of a container turned out to be."""

    format: str | None
    findings: Findings


Reader = Callable[[Material], Findings]
"""Reads one family of formats; may raise only the errors of hostile input that `inspector.HOSTILE` names."""
