"""What institutions announce, with what it is about and what was corrected."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema

from atalaya.news.body import words_of
from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import Texts, answers
from atalaya.portal.news import finding
from atalaya.portal.news.drawn import drawn
from atalaya.portal.news.shown import Shown, public, shown

router = Router()
PLACE = "communiques"


class PeriodOut(Schema):
    """A period of government; `until` is the first day after it, null where it is not set."""

    id: str
    title: Texts
    since: date
    until: date | None
    source: str


class AboutOut(Schema):
    """One thing that a communiqué is about: `plan` 5, `commitment` 5/1, `milestone` 5/1/6, others by their ids."""

    kind: str
    key: str


class AttachmentOut(Schema):
    """A document that belongs to a communiqué."""

    title: str
    url: str


class PictureOut(Schema):
    """A photograph: where it is, what it shows, and whose it is."""

    url: str
    alternative: str
    credit: str


class CorrectionOut(Schema):
    """When and why it was corrected, and the fields that changed as they were before."""

    at: datetime
    why: str
    before: dict[str, Any]


class CommuniqueOut(Schema):
    """A communiqué. `text` is its words, `markup` and `html` the same with headings, lists, tables and links; all are null in
    lists, and where it was withdrawn and its text is hidden."""

    slug: str
    url: str
    on: date
    number: str | None
    issuer: str
    title: str
    summary: str | None
    period: PeriodOut | None
    text: str | None
    markup: str | None
    html: str | None
    video: str | None
    tags: list[str]
    attachments: list[AttachmentOut]
    pictures: list[PictureOut]
    about: list[AboutOut]
    note: str | None
    sources: list[str]
    published: datetime
    corrections: list[CorrectionOut]
    withdrawn: datetime | None
    withdrawn_why: str | None


@router.get(f"/{PLACE}", response=answers(Page[CommuniqueOut]), summary="What institutions announce")
def communiques(
    request: HttpRequest,
    q: str = "",
    year: int | None = None,
    period: str = "",
    issuer: str = "",
    tag: str = "",
    about: str = "",
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Published communiqués, the newest first. q: words; period: its id; issuer: slug or id; about: kind and key, as
    `commitment:5/1`, which finds what is about its milestones too."""
    known = year if year is not None and 1 <= year <= 9999 else None
    wanted = finding.Asked(q, known, period, issuer, tag, about)
    rows = finding.found(public(), wanted).prefetch_related("about", "corrections")
    rows = rows if year == known else rows.none()
    return page_of(request, rows, limit, offset, lambda row: _told(request, row, with_text=False))


@router.get(f"/{PLACE}/{{communique}}", response=answers(CommuniqueOut), summary="One communiqué")
def one_communique(request: HttpRequest, communique: str) -> dict[str, Any]:
    """One published communiqué with its text and its corrections."""
    found = public().filter(slug=communique).first()
    if found is None:
        raise Http404("no communiqué has this address; GET /api/v1/communiques lists them")
    return _told(request, found, with_text=True)


def _told(request: HttpRequest, row: Any, *, with_text: bool) -> dict[str, Any]:
    (each,) = shown([row], timezone.localdate())
    body = each.body if with_text and not each.hidden else None
    return {
        **{name: getattr(row, name) for name in ("slug", "on", "issuer", "title", "tags", "published", "withdrawn")},
        **{name: getattr(row, name) or None for name in ("number", "video", "note", "withdrawn_why")},
        "url": request.build_absolute_uri(reverse("es:communique", args=(row.slug,))),
        "summary": each.summary or None,
        "period": _period(each),
        "text": words_of(body) if body else None,
        "markup": row.body if body else None,
        "html": str(drawn(body, row.title)) if body else None,
        "attachments": [] if each.hidden else row.attachments,
        "pictures": [
            {
                "url": request.build_absolute_uri(
                    reverse("communique_picture", args=(row.slug, one.file.key, "large"))
                ),
                "alternative": one.file.alternative,
                "credit": one.file.credit,
            }
            for one in each.pictures
        ],
        "sources": row.sources,
        "about": [{"kind": thing.kind, "key": thing.key} for thing in row.about.all()],
        "corrections": [
            {"at": step.at, "why": step.why, "before": {} if each.hidden else step.before}
            for step in row.corrections.all()
        ],
    }


def _period(each: Shown) -> dict[str, Any] | None:
    if each.period is None:
        return None
    return {"id": each.period.identifier, **{n: getattr(each.period, n) for n in ("title", "since", "until", "source")}}
