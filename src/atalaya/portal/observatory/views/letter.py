"""A request for information under a law, filled in: about a duty of an institution, a dataset, or one that vanished.

Its address names everything that it depends on, the day included, so that the page of an address stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from atalaya.duties.sentences import standing_title
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.models import Dataset, Duty, DutyVerdict, Institution, Letter, Source, Vanished
from atalaya.portal.observatory.standings import sentence
from atalaya.publish import letters
from atalaya.publish.words import Words

PARAMETERS = ("obligacion", "conjunto", "desaparecido", "institucion", "fecha")
FARTHEST = timedelta(days=3660)
"""How far from today a letter may be dated: ten years."""

MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
DUTIES = 300
"""Duties and institutions that the form offers at most."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about: its kind, the institution that it goes to, and what fills its places."""

    subject: str
    institution: Institution | None
    values: Mapping[str, str | None]
    law: str | None = None


@published
def letter(request: HttpRequest) -> HttpResponse:
    """Render the letter, or hand it over as a file; without a subject a form to choose one; 404 where that is not there."""
    asked = {name: request.GET[name][:200] for name in PARAMETERS if request.GET.get(name)}
    if not asked.keys() & {"obligacion", "conjunto", "desaparecido"}:
        return _form(request, asked)
    handed_in = _day(asked.get("fecha", ""))
    if handed_in is None:
        today = {**asked, "fecha": timezone.localdate().isoformat()}
        return HttpResponseRedirect(f"{request.path}?{urlencode(today)}")
    say = spoken(request)
    matter = _matter(asked, say)
    templates = Letter.objects.filter(subject=matter.subject)
    template = (templates.filter(law=matter.law) if matter.law else templates).first()
    if template is None:
        return page(request, "observatory/no_letter.html", status=404)
    due = template.due(handed_in)
    written = _written(template, matter, say, handed_in, due)
    form = request.GET.get("formato", "")
    if form in MEDIA_TYPES:
        return _file(form, written, say.language)
    link = urlencode({**asked, "fecha": handed_in.isoformat()})
    return page(
        request, "observatory/letter.html", letter=written, matter=matter, law=template, due=due, link=link,
        handed_in=handed_in,
    )  # fmt: skip


def _day(text: str) -> date | None:
    """The day that an address names; None where it names none that a letter may have."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - timezone.localdate()) <= FARTHEST else None


def _form(request: HttpRequest, asked: Mapping[str, str]) -> HttpResponse:
    return page(
        request,
        "observatory/letter_form.html",
        duties=Duty.objects.all()[:DUTIES],
        institutions=Institution.objects.all()[: DUTIES * 10],
        chosen=asked.get("institucion", ""),
        there=Letter.objects.filter(subject="duty").exists(),
    )


def _matter(asked: Mapping[str, str], say: Words) -> Matter:
    """What the address asks about. Raises Http404 where it is not there."""
    if "obligacion" in asked:
        return _duty(asked["obligacion"], asked.get("institucion", ""), say)
    if "conjunto" in asked:
        dataset = Dataset.objects.filter(id=asked["conjunto"]).first()
        if dataset is None:
            raise Http404(asked["conjunto"])
        source = Source.objects.filter(id=dataset.source).first()
        values = {
            "dataset": say.clean(dataset.titles or dataset.title),
            "address": dataset.landing_page or (source and source.url),
            "source": source and source.url,
        }
        return Matter("dataset", _institution(id=dataset.institution), values)
    lost = Vanished.objects.filter(id=asked["desaparecido"]).first()
    if lost is None:
        raise Http404(asked["desaparecido"])
    values = {"dataset": lost.title or lost.dataset_title, "address": lost.url}
    last_seen = say.day(lost.last_seen.isoformat())
    return Matter("vanished", _institution(id=lost.institution), {**values, "last_seen": last_seen})


def _duty(identifier: str, slug: str, say: Words) -> Matter:
    duty = Duty.objects.filter(id=identifier).first()
    if duty is None:
        raise Http404(identifier)
    institution = _institution(slug=slug) if slug else None
    if slug and institution is None:
        raise Http404(slug)
    verdict = institution and DutyVerdict.objects.filter(institution=institution.id, duty=duty.id, period="").first()
    standing = (
        f"{standing_title(verdict.standing, say.language)}. {sentence(verdict, say.language)}" if verdict else None
    )
    values = {
        "article": duty.article,
        "numeral": duty.numeral,
        "duty": say.clean(duty.name, 300),
        "paraphrase": say.clean(duty.paraphrase, 500) or None,
        "standing": standing,
        "periods": ", ".join(verdict.gaps) if verdict and verdict.gaps else None,
    }
    return Matter("duty", institution, values, duty.law)


def _institution(**by: object) -> Institution | None:
    found: Institution | None = Institution.objects.filter(**by).first()
    return found


def _written(template: Letter, matter: Matter, say: Words, handed_in: date, due: date) -> letters.Letter:
    """The letter in the reader's language; what is not known is a line to fill in."""
    blank, unit = "____________________", matter.institution
    known = template.addressee(unit.id) if unit else {}
    working = template.unit == "working"
    count = template.days
    term = (
        say.plural("{count} working day", "{count} working days", count)
        if working
        else say.plural("{count} day", "{count} days", count)
    )
    values = {
        **matter.values,
        "law": say.clean(template.law_title, 300),
        "reference": template.law_reference,
        "institution": unit.name if unit else blank,
        "term": str(term),
        "due": say.day(due.isoformat()),
        "today": say.day(handed_in.isoformat()),
    }
    body = template.body.get(say.language) or next(iter(template.body.values()))
    to = (
        say.t("Place and date: {date}", date=f"{blank}, {say.day(handed_in.isoformat())}"),
        say.clean(known.get("post") or template.post),
        unit.name if unit else blank,
        str(known.get("address") or "") or (unit.site if unit and unit.site else ""),
    )
    closing = (
        say.t("Name: {blank}", blank=blank),
        say.t("Identification, where it is asked for: {blank}", blank=blank),
        say.t("Where I receive the answer (e-mail or address): {blank}", blank=blank),
        say.t("Signature: {blank}", blank=blank),
    )
    plain = [_plain(line) for line in to if line]
    return letters.Letter(
        tuple(plain),
        say.clean(template.title),
        letters.filled(body, values),
        tuple(_plain(line) for line in closing),
    )


def _plain(text: object) -> str:
    """A line without markup: what goes into a file is no page."""
    return text.striptags() if hasattr(text, "striptags") else str(text)


def _file(form: str, written: letters.Letter, language: str) -> HttpResponse:
    body = letters.as_text(written).encode() if form == "txt" else letters.as_docx(written, language)
    response = HttpResponse(body, content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="solicitud.{form}"'
    return response
