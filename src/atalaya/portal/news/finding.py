"""Which communiqués a list holds: by year, period of government, issuer, tag, what they are about, and words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from atalaya.news.communique import COMMITMENT, KINDS, MILESTONE, PLAN
from atalaya.portal.news.models import About, Communique, Period
from atalaya.portal.news.models.communiques import TAG, Communiques
from atalaya.portal.observatory.models import Institution
from atalaya.publish.read_model.search_words import forms, words_of

LONGEST = 200
SHOWN = 20
"""Communiqués that the page of a thing lists."""
MOST = 12
"""Words of a question that are looked for."""
PARAMETERS = ("q", "anio", "periodo", "institucion", "etiqueta", "sobre")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked a list for; a value that nothing can have is left out. `about` is `kind:key`."""

    words: str = ""
    year: int | None = None
    period: str = ""
    issuer: str = ""
    tag: str = ""
    about: str = ""

    def query(self, **others: object) -> str:
        """The address of the same list, with other values in the place of some."""
        told = {
            "q": self.words,
            "anio": self.year,
            "periodo": self.period,
            "institucion": self.issuer,
            "etiqueta": self.tag,
            "sobre": self.about,
            **others,
        }
        return "?" + urlencode({name: str(value) for name, value in told.items() if value not in (None, "")})


def asked(request: HttpRequest) -> Asked:
    """What a request asks for."""
    told = {name: request.GET.get(name, "").strip()[:LONGEST] for name in PARAMETERS}
    year = told["anio"]
    return Asked(
        told["q"],
        int(year) if year.isdecimal() and 1 <= int(year) <= 9999 else None,
        told["periodo"],
        told["institucion"],
        told["etiqueta"].lstrip("#")[:TAG],
        told["sobre"] if told["sobre"].partition(":")[0] in KINDS else "",
    )


def found(rows: Communiques, wanted: Asked) -> Communiques:
    """Those of some communiqués that were asked for; none where a period or an institution is not known."""
    if wanted.year is not None:
        rows = rows.filter(on__year=wanted.year)
    if wanted.period:
        period = Period.objects.filter(identifier=wanted.period).first()
        if period is None:
            nothing: Communiques = rows.none()
            return nothing
        rows = rows.filter(on__gte=period.since)
        rows = rows.filter(on__lt=period.until) if period.until else rows
    if wanted.issuer:
        body = _institution(wanted.issuer)
        rows = rows.filter(issuer=body.id) if body else rows.none()
    if wanted.tag:
        rows = rows.filter(tags__contains=[wanted.tag])
    if wanted.about:
        kind, _, key = wanted.about.partition(":")
        rows = rows.filter(pk__in=about(kind, key))
    return with_words(rows, wanted.words)


def with_words(rows: Communiques, text: str) -> Communiques:
    """Those that have every word of a text, in any of its forms."""
    for word in words_of(text[:LONGEST])[:MOST]:
        rows = rows.filter(stems__overlap=sorted(forms(word)))
    return rows


def about(kind: str, *keys: str) -> QuerySet[About]:
    """The communiqués that are about things; what is about a commitment is about its plan, and a milestone's about both."""
    wanted = Q(kind=kind, key__in=keys)
    for key in keys:
        if kind == PLAN:
            wanted |= Q(kind__in=(COMMITMENT, MILESTONE), key__startswith=f"{key}/")
        elif kind == COMMITMENT:
            wanted |= Q(kind=MILESTONE, key__startswith=f"{key}/")
    found_: QuerySet[About] = About.objects.filter(wanted).values("communique")
    return found_


def announced(kind: str, *keys: str) -> list[Communique]:
    """The newest public communiqués about things, as their pages list them."""
    if not keys:
        return []
    rows: Communiques = Communique.objects.public(timezone.now())
    return list(rows.filter(pk__in=about(kind, *keys))[:SHOWN])


def neighbours(rows: Communiques, row: Communique) -> tuple[Communique | None, Communique | None]:
    """The ones before and after a communiqué in the order of their days."""
    ordered = ("on", "published", "pk")
    same_day = Q(on=row.on)
    earlier = rows.filter(
        Q(on__lt=row.on)
        | same_day & Q(published__lt=row.published)
        | same_day & Q(published=row.published, pk__lt=row.pk)
    )
    later = rows.filter(
        Q(on__gt=row.on)
        | same_day & Q(published__gt=row.published)
        | same_day & Q(published=row.published, pk__gt=row.pk)
    )
    return earlier.order_by(*(f"-{name}" for name in ordered)).first(), later.order_by(*ordered).first()


def _institution(said: str) -> Institution | None:
    if not Institution.is_there():
        return None
    found_: Institution | None = Institution.objects.filter(Q(slug=said) | Q(id=said)).first()
    return found_
