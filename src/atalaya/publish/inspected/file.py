"""A file as people read it: what it is and why, how open it is, what is wrong with it, and every table in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.inspection.defects import duplicate_rows
from atalaya.inspection.defects.cells import letters
from atalaya.inspection.findings import Dialect, Document, Extent, Inspection, Member, Table
from atalaya.inspection.showing import shown
from atalaya.publish.inspected.columns import ColumnView, column_view
from atalaya.publish.inspected.faults import Fault, fault_inside, fault_of, named_otherwise
from atalaya.publish.inspected.sentences import told
from atalaya.publish.inspected.speech import Speech
from atalaya.publish.inspected.stars import Openness, openness_of

CONTENTS: Mapping[str, str] = {
    "fields": "It is a list of the fields of other tables.",
    "page": "It was cut out of a document made to be looked at; compare it with the original.",
    "placeholder": "Its only row says that there are no data.",
}
"""What is to be said of tables that are not simply data."""

UNSEEN: Mapping[str, str] = {
    "\t": "tab",
    " ": "space",
    "\n": "\\n",
    "\r\n": "\\r\\n",
    "\r": "\\r",
}
"""Signs of a dialect that cannot be seen, in words or as programs write them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of rows of a table: `kind` is title, header, data or note; `text` is what it is called."""

    kind: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One table. `parts` are where it stands, from above to below; `span` names its first and last cell; `remarks` are
    sentences about the whole of it."""

    name: str
    rows: int
    width: int
    why: str
    remarks: tuple[str, ...]
    span: str
    parts: tuple[Part, ...]
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One file inside a container; `format` is its title."""

    path: str
    format: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file. `dialect` and `document` are phrases; `guarded` tells that values were held back which may not be shown to
    others."""

    name: str
    format: str
    size: str
    sha256: str
    why: str
    encoding: str
    dialect: tuple[str, ...]
    document: tuple[str, ...]
    openness: Openness
    members: tuple[MemberView, ...]
    tables: tuple[TableView, ...]
    faults: tuple[Fault, ...]
    guarded: bool


def file_view(
    speech: Speech, name: str, inspection: Inspection, *, values: bool = False, to_holder: bool = False
) -> FileView:
    """A file in the reader's language. Without `values` none is shown that may not be shown to others; `to_holder` shows one
    example of each defect inside a table all the same (`inspection.showing`)."""
    found = inspection if values else shown(inspection, to_holder=to_holder)
    known = find_format(found.format)
    return FileView(
        name=speech.name(name, 200),
        format=speech.words.pick(known.title) if known is not None else speech.say("unknown format"),
        size=speech.words.size(found.size),
        sha256=found.sha256,
        why=told(speech, found.reason),
        encoding=found.encoding or "",
        dialect=dialect_phrases(speech, found.dialect),
        document=tuple(_document(speech, found.document)) if found.document is not None else (),
        openness=openness_of(found),
        members=tuple(_member(speech, each) for each in found.members),
        tables=tuple(_table(speech, each, held_back=not values) for each in found.tables),
        faults=tuple(_faults(speech, name, found)),
        guarded=not values,
    )


def dialect_phrases(speech: Speech, dialect: Dialect | None) -> tuple[str, ...]:
    """How a delimited text is written, in phrases."""
    if dialect is None:
        return ()
    said = [speech.say("delimiter “{sign}”", sign=_sign(speech, dialect.delimiter))]
    if dialect.quote is None:
        said.append(speech.say("no quotes"))
    else:
        said.append(speech.say("quotes “{sign}”", sign=_sign(speech, dialect.quote)))
    if dialect.escape is not None:
        said.append(speech.say("escape “{sign}”", sign=_sign(speech, dialect.escape)))
    if dialect.skip_initial_space:
        said.append(speech.say("a space after each delimiter"))
    said.append(speech.say("line end “{sign}”", sign=_sign(speech, dialect.line_end)))
    return tuple(said)


def _sign(speech: Speech, sign: str) -> str:
    return speech.say(UNSEEN[sign]) if sign in UNSEEN else speech.name(sign) or repr(sign)


def _faults(speech: Speech, name: str, found: Inspection) -> Iterable[Fault]:
    """What is wrong with the file as a whole, then inside each of its tables."""
    yield from named_otherwise(speech, name, found)
    for defect in found.defects:
        yield fault_of(speech, defect)
    for table in found.tables:
        for inside in table.defects:
            yield fault_inside(speech, inside, table.name)


def _document(speech: Speech, document: Document) -> Iterable[str]:
    """What a document for people consists of, in phrases."""
    if document.pages is not None:
        yield speech.count("{count} page", "{count} pages", document.pages)
    if document.text_pages:
        yield speech.count("{count} with text", "{count} with text", document.text_pages)
    if document.scanned_pages:
        yield speech.count("{count} scanned as a picture", "{count} scanned as pictures", document.scanned_pages)
    if document.tables:
        yield speech.count("{count} table", "{count} tables", document.tables)


def _remarks(speech: Speech, table: Table) -> Iterable[str]:
    if table.content in CONTENTS:
        yield speech.say(CONTENTS[table.content])
    if table.duplicates and not any(each.id == duplicate_rows.KIND.id for each in table.defects):
        yield speech.count("{count} row repeats one above it.", "{count} rows repeat one above them.", table.duplicates)
    if table.geometry is not None:
        system = speech.name(table.geometry.crs or speech.say("not stated"), 60)
        kind = speech.name(table.geometry.kind, 40)
        yield speech.say("Its rows are places on a map ({kind}; reference system: {system}).", kind=kind, system=system)


def _member(speech: Speech, member: Member) -> MemberView:
    known = find_format(member.format)
    title = speech.words.pick(known.title) if known is not None else speech.say("unknown format")
    path = speech.name(member.path) or speech.say("unnamed")
    return MemberView(path=path, format=title, size=speech.words.size(member.size))


def _table(speech: Speech, table: Table, *, held_back: bool) -> TableView:
    parts = tuple(parts_of(speech, table.extent)) if table.extent is not None else ()
    return TableView(
        name=speech.name(table.name),
        rows=table.rows,
        width=len(table.columns),
        why=told(speech, table.reason),
        remarks=tuple(_remarks(speech, table)),
        span=_span(table, parts),
        parts=parts,
        columns=tuple(column_view(speech, each, table.rows, held_back=held_back) for each in table.columns),
    )


def _span(table: Table, parts: Sequence[Part]) -> str:
    """The cells that a table takes with its header, such as `A4:F20`."""
    own = [part for part in parts if part.kind in ("header", "data")]
    if not own or not table.columns:
        return ""
    return f"A{own[0].first}:{letters(table.columns[-1].position)}{own[-1].last}"


def parts_of(speech: Speech, extent: Extent) -> Iterable[Part]:
    """The parts of a table that are there, in the order in which they stand."""
    rows = {
        "title": extent.titles,
        "header": extent.header,
        "data": (extent.first, extent.last) if extent.first is not None and extent.last is not None else (),
        "note": extent.notes,
    }
    names = {
        "title": speech.say("title"),
        "header": speech.say("header"),
        "data": speech.say("data"),
        "note": speech.say("notes"),
    }
    for kind, numbers in rows.items():
        if numbers:
            yield Part(kind=kind, first=min(numbers), last=max(numbers), text=names[kind])
