"""Schemas and templates that institutions and civil society agree on: each with its versions, what changed, and who said what."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import of_people, page, published, with_words
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.models import Standard, StandardVersion
from atalaya.portal.meetings.states import AGREED, DROPPED

COLUMNS = (
    Column("norma", lambda each: each.standard_id),
    Column("titulo", lambda each: each.standard.title),
    Column("clase", lambda each: each.standard.kind),
    Column("organo", lambda each: each.standard.body_id),
    Column("version", lambda each: each.number),
    Column("estado", lambda each: each.state),
    Column("propuesta", lambda each: each.proposed),
    Column("propone", lambda each: each.member and each.member.name),
    Column("acordada_en", lambda each: each.agreed_in_id),
    Column("que_cambia", lambda each: each.summary),
    Column("motivo", lambda each: each.why),
)
COMMENTS = (
    Column("norma", lambda each: each.version.standard_id),
    Column("version", lambda each: each.version.number),
    Column("integrante", lambda each: each.member.name),
    Column("fecha", lambda each: each.on),
    Column("pasaje", lambda each: each.passage),
    Column("comentario", lambda each: each.text),
    Column("respuesta", lambda each: each.answer),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with what its page shows: its columns where it is a schema, and the names that came, went and changed since the
    version before."""

    version: StandardVersion
    fields: tuple[dict[str, Any], ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[str, ...]


@published
@of_people
@with_words(mark)
def standards(request: HttpRequest) -> HttpResponseBase:
    """Render every standard with the version that counts, or all versions as a file."""
    form = wanted_format(request)
    rows = StandardVersion.objects.select_related("standard__body", "member", "agreed_in")
    if form:
        return download(form, "normas", COLUMNS, rows.order_by("standard", "number"))
    newest: dict[str, StandardVersion] = {}
    for each in rows.order_by("number"):
        if each.state == AGREED or newest.get(each.standard_id, each).state != AGREED:
            newest[each.standard_id] = each
    found = sorted(newest.values(), key=lambda each: (each.standard.title, each.standard_id))
    return page(request, "meetings/standards.html", found=found, **words_of(request))


@published
@of_people
@with_words(mark)
def standard(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Render a standard with its versions, newest first, or its versions or comments as a file; 404 where there is none."""
    row = Standard.objects.select_related("body").filter(pk=identifier).first()
    if row is None:
        raise Http404(identifier)
    versions = list(row.versions.select_related("standard", "member", "agreed_in").prefetch_related("comments__member"))
    form = wanted_format(request)
    if form and request.GET.get("lista") == "comentarios":
        return download(form, f"comentarios-{identifier}", COMMENTS, [c for v in versions for c in v.comments.all()])
    if form:
        return download(form, f"norma-{identifier}", COLUMNS, versions)
    return page(request, "meetings/standard.html", standard=row, shown=_shown(row, versions), **words_of(request))


@published
@of_people
@with_words(mark)
def standard_file(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Give a version as it was proposed: a descriptor as JSON, a template as text; 404 where there is none."""
    del request
    found = StandardVersion.objects.select_related("standard").filter(standard=identifier, number=number).first()
    if found is None:
        raise Http404(identifier)
    schema = found.standard.kind == "schema"
    kind, end = ("application/json", "json") if schema else ("text/plain; charset=utf-8", "txt")
    answer = HttpResponse(found.content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{identifier}-{number}.{end}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _shown(standard: Standard, versions: list[StandardVersion]) -> list[Shown]:
    found: list[Shown] = []
    before: dict[str, dict[str, Any]] | None = None
    for version in versions:
        now = {each["name"]: each for each in columns_of(version)} if standard.kind == "schema" else {}
        earlier: dict[str, dict[str, Any]] = before or {}
        known = before is not None
        found.append(
            Shown(
                version,
                tuple(now.values()),
                tuple(name for name in now if known and name not in earlier),
                tuple(name for name in earlier if name not in now),
                tuple(name for name in now if name in earlier and now[name] != earlier[name]),
            )
        )
        if version.state != DROPPED:
            before = now
    return found[::-1]


def columns_of(version: StandardVersion) -> list[dict[str, Any]]:
    """The columns that a schema describes, as its descriptor has them."""
    return [each for each in json.loads(version.content).get("fields", ()) if isinstance(each, dict) and "name" in each]
