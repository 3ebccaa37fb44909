"""The score of an institution as a picture (SVG) for other pages: a badge of one line, and a card with its interval and rank.

Every picture says in its title what it shows, for those who do not see it.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from atalaya.portal.api.answers import machine
from atalaya.portal.core.pages import spoken
from atalaya.portal.observatory.models import Institution, Score, UnitGroup
from atalaya.portal.observatory.queries import INDEX, place_in
from atalaya.publish.words import Words, clean

LETTER = 6.6
"""Width of a letter of 11 px, in px, on average: the picture cannot measure the reader's font."""

_FONT = "system-ui,-apple-system,Segoe UI,Roboto,sans-serif"


@machine("GET")
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """One line: the name of the observatory, the score and its interval."""
    institution, score = _found(request, slug)
    say = spoken(request)
    left, right = "Atalaya", _figure(say, score)
    said = f"{clean(institution.name, 120)}: {right} · {say.t('of 100 points')}, {say.day(request.edition.as_of.isoformat())}"
    first, second = len(left) * LETTER + 14, len(right) * LETTER + 14
    return _picture(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="22" viewBox="0 0 {w} 22" role="img" aria-labelledby="t">'
            '<title id="t">{said}</title><rect width="{w}" height="22" rx="4" fill="#1d2b3a"/>'
            '<path d="M{first} 0h{inner}a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4h-{inner}z" fill="#1f5f8b"/>'
            '<g fill="#fff" font-family="{font}" font-size="11"><text x="7" y="15">{left}</text>'
            '<text x="{at}" y="15" font-weight="600">{right}'
            "</text></g></svg>"
        ).format(
            w=_px(first + second),
            first=_px(first),
            inner=_px(second - 4),
            at=_px(first + 7),
            said=said,
            left=left,
            right=right,
            font=_FONT,
        )
    )


@machine("GET")
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, the score with its interval drawn, the place in the first group where there is one, and the day."""
    institution, score = _found(request, slug)
    say, name = spoken(request), clean(institution.name, 46)
    figure, place = _figure(say, score), _place(say, institution, score)
    day = say.day(request.edition.as_of.isoformat())
    address = request.build_absolute_uri(reverse(f"{request.language}:institution", args=(slug,)))
    said = f"{clean(institution.name, 120)}: {figure} · {say.t('of 100 points')}. {place}. {day}"
    return _picture(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="132" viewBox="0 0 360 132" role="img" '
            'aria-labelledby="t d"><title id="t">{said}</title><desc id="d">{address}</desc>'
            '<rect x=".5" y=".5" width="359" height="131" rx="8" fill="#fff" stroke="#c9d3dc"/>'
            '<g fill="#1d2b3a" font-family="{font}"><text x="16" y="28" font-size="14" font-weight="600">{name}</text>'
            '<text x="16" y="66" font-size="30" font-weight="700">{value}</text>'
            '<text x="344" y="66" font-size="12" text-anchor="end">{place}</text>{bar}'
            '<text x="16" y="118" font-size="11" fill="#4a5a68">Atalaya · {day}</text>'
            '<text x="344" y="118" font-size="11" fill="#4a5a68" text-anchor="end">{interval}</text></g></svg>'
        ).format(
            said=said,
            address=address,
            font=_FONT,
            name=name,
            value=say.number(score.value, 1) if score and score.value is not None else say.t("unknown"),
            place=place,
            bar=_bar(score),
            day=day,
            interval=_interval(say, score),
        )
    )


def _found(request: HttpRequest, slug: str) -> tuple[Institution, Score | None]:
    institution = Institution.objects.filter(slug=slug).first()
    if institution is None:
        raise Http404(slug)
    edition = request.edition
    rows = Score.objects.filter(observation=edition.observation, methodology=edition.methodology, unit=institution.id)
    return institution, rows.filter(node=INDEX).first()


def _figure(say: Words, score: Score | None) -> str:
    if score is None or score.value is None:
        return str(say.t("unknown"))
    interval = _interval(say, score)
    return say.number(score.value, 1) + (f" ({interval})" if interval else "")


def _interval(say: Words, score: Score | None) -> str:
    """The ends between which what is unknown lets the figure lie; empty where they are the figure itself."""
    if score is None or not score.open:
        return ""
    return f"{say.number(score.low, 1)} – {say.number(score.high, 1)}"


def _place(say: Words, institution: Institution, score: Score | None) -> str:
    for group in UnitGroup.objects.filter(id__in=institution.groups):
        if score is not None and (place := place_in(score, group.id)):
            return str(
                say.t(
                    "place {rank} of {among}",
                    rank=say.number(place["rank"], 0),
                    among=say.number(place.get("among"), 0),
                )
            )
    return str(say.t("without a rank"))


def _bar(score: Score | None) -> Markup:
    track = Markup('<rect x="16" y="82" width="328" height="10" rx="2" fill="#e3e9ee"/>')
    if score is None or score.low is None or score.high is None:
        return track
    low, high = (min(max(end, 0.0), 100.0) * 3.28 for end in (score.low, score.high))
    certain = Markup('<rect x="16" y="82" width="{}" height="10" rx="2" fill="#1f5f8b"/>').format(_px(low))
    possible = Markup('<rect x="{}" y="82" width="{}" height="10" fill="#9cc3de"/>').format(
        _px(16 + low), _px(high - low)
    )
    return track + certain + possible


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _picture(svg: Markup) -> HttpResponse:
    response = HttpResponse(str(svg), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
