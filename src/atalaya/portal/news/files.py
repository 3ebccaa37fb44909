"""Communiqués as files: a list of them, and one of them row by row with all that it says and links to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from atalaya.news.body import Heading, Listing, Quote, Span, Table, said
from atalaya.portal.core.downloads import Column
from atalaya.portal.news.shown import Shown
from atalaya.publish.words import Words

LIST = (
    Column("fecha", lambda each: each.row.on),
    Column("titulo", lambda each: each.row.title),
    Column("numero", lambda each: each.row.number or None),
    Column("emisor", lambda each: each.row.issuer),
    Column("emisor_nombre", lambda each: each.issuer_name),
    Column("periodo", lambda each: each.period.identifier if each.period else None),
    Column("resumen", lambda each: each.summary or None),
    Column("etiquetas", lambda each: each.row.tags),
    Column("sobre", lambda each: [f"{about.kind}:{about.key}" for about in each.row.about.all()]),
    Column("video", lambda each: each.row.video or None),
    Column("adjuntos", lambda each: [about["url"] for about in each.row.attachments]),
    Column("publicado", lambda each: each.row.published.isoformat()),
    Column("correcciones", lambda each: len(each.row.corrections.all())),
    Column("retirado", lambda each: each.row.withdrawn.isoformat() if each.row.withdrawn else None),
    Column("motivo_del_retiro", lambda each: each.row.withdrawn_why or None),
    Column("direccion", lambda each: each.row.slug),
)


def with_addresses(absolute: Callable[[str], str]) -> tuple[Column, ...]:
    """The columns of the list, addresses written out."""
    return (*LIST[:-1], Column("direccion", lambda each: absolute(each.row.slug)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file of a communiqué: what part it is, its place in it, what it says, and where that leads."""

    part: str
    number: int
    text: str
    address: str = ""


ONE = (
    Column("parte", lambda each: each.part),
    Column("lugar", lambda each: each.number),
    Column("texto", lambda each: each.text),
    Column("direccion", lambda each: each.address or None),
)


def rows(each: Shown, say: Words, absolute: Callable[[str], str]) -> Iterator[Row]:
    """Everything that a page of a communiqué says, a row each; cells of a table stand apart by ` | `."""
    row = each.row
    yield Row("titulo", 1, row.title, absolute(row.slug))
    yield Row("fecha", 1, row.on.isoformat())
    yield Row("emisor", 1, each.issuer_name)
    for part, text in (("numero", row.number), ("resumen", each.summary), ("nota", row.note)):
        if text:
            yield Row(part, 1, text)
    if each.period:
        yield Row("periodo", 1, say.pick(each.period.title))
    yield from (Row(part, n, text, address) for n, (part, text, address) in enumerate(_lines(each), start=1))
    for number, tag in enumerate(row.tags, start=1):
        yield Row("etiqueta", number, tag)
    if row.video:
        yield Row("video", 1, each.video_host, row.video)
    for number, one in enumerate(row.attachments, start=1):
        yield Row("adjunto", number, one["title"], one["url"])
    for number, picture in enumerate(each.pictures, start=1):
        place = reverse("communique_picture", args=(row.slug, picture.file.key, "large"))
        yield Row("fotografia", number, f"{picture.file.alternative} ({picture.file.credit})", absolute(place))
    for number, thing in enumerate(each.about, start=1):
        yield Row(thing.kind, number, f"{thing.key}: {thing.title}", absolute(thing.place) if thing.place else "")
    for number, source in enumerate(row.sources, start=1):
        yield Row("fuente", number, source)
    for number, correction in enumerate(row.corrections.all(), start=1):
        yield Row("correccion", number, f"{correction.at.isoformat()}: {correction.why}")
    if row.withdrawn:
        yield Row("retiro", 1, f"{row.withdrawn.isoformat()}: {row.withdrawn_why}")


def _lines(each: Shown) -> Iterator[tuple[str, str, str]]:
    for block in each.body:
        if isinstance(block, Listing):
            for item in block.items:
                yield "texto: lista", said(item.spans), _first(item.spans)
        elif isinstance(block, Table):
            for line in block.rows:
                yield "texto: tabla", " | ".join(said(cell) for cell in line), _first(s for cell in line for s in cell)
        else:
            kind = "título" if isinstance(block, Heading) else "cita" if isinstance(block, Quote) else "párrafo"
            yield f"texto: {kind}", said(block.spans), _first(block.spans)


def _first(spans: "Iterator[Span] | tuple[Span, ...]") -> str:
    return next((span.href for span in spans if span.href), "")
