"""The search over everything: institutions, data, files, duties, checks and pages, in groups, with facets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.navigation import PAGES, Place
from atalaya.portal.core.pages import page, published, spoken, with_words
from atalaya.portal.news.finding import with_words as with_these
from atalaya.portal.news.shown import Shown, news_mark, public, shown
from atalaya.portal.observatory.models import Entry, Facet, Theme
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.observatory.search.asked import Asked, read_asked
from atalaya.portal.observatory.search.finding import KINDS, LOOKED, LOOKED_FILES, Found, find
from atalaya.portal.observatory.search.meaning import looked_for, mended, near, query
from atalaya.publish.read_model.search_words import forms, words_of

GROUP = 5
"""Entries of each kind on the first page."""
SHOWN = 20
"""Entries of one page of one kind."""
FURTHEST = LOOKED // SHOWN
LONGEST = 200
BROWSED = 12
"""Themes and institutions that are offered where nothing was found."""
PARAMETERS = ("q", "tipo", "institucion", "formato_de_archivo", "pagina")

COLUMNS = (
    Column("tipo", lambda each: each.kind),
    Column("id", lambda each: each.id),
    Column("titulo", lambda each: each.title),
    Column("institucion", lambda each: each.institution),
    Column("formatos", lambda each: each.formats),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, for which question, and how it came to be: `mended`, or with `some` of the words only."""

    asked: Asked
    found: Found
    mended: bool = False
    some: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and the address that chooses it or lets go of it."""

    title: str
    count: int
    chosen: bool
    query: str


@published
@with_words(news_mark)
def search(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or all that was found as a file."""
    chosen = {name: request.GET.get(name, "").replace("\0", "")[:LONGEST] for name in PARAMETERS}
    kind = chosen["tipo"] if chosen["tipo"] in KINDS else ""
    number = min(max(int(chosen["pagina"]), 1), FURTHEST) if kind and chosen["pagina"].isdecimal() else 1
    asked = read_asked(chosen["q"])
    form = wanted_format(request)
    start, stop = (0, LOOKED + LOOKED_FILES) if form else ((number - 1) * SHOWN, number * SHOWN) if kind else (0, GROUP)
    answer = answer_to(
        asked, {"kind": kind, "institution": chosen["institucion"], "form": chosen["formato_de_archivo"]}, start, stop
    )
    if form:
        entries = (entry for hits in answer.found.hits.values() for entry in hits)
        return download(form, f"busqueda-{request.edition.observation}", COLUMNS, entries)
    found = answer.found
    meant = mended(asked) if found.count and not answer.mended and not answer.some else None
    names = names_of([*(entry.institution for hits in found.hits.values() for entry in hits), *found.institutions])
    return page(
        request,
        "observatory/search.html",
        wanted=chosen["q"].strip(),
        answer=answer,
        found=found,
        kind=kind,
        number=number,
        last=min(FURTHEST, -(-found.kinds.get(kind, 0) // SHOWN)) if kind else 1,
        meant=meant.text if meant else "",
        pages=[] if kind else _pages(request, answer.asked),
        announced=[] if kind or chosen["institucion"] or chosen["formato_de_archivo"] else _announced(answer.asked),
        names=names,
        address=lambda entry: _address(request, entry),
        link=lambda **values: _query(chosen, **values),
        facets=_facets(chosen, found, names),
        help=_help(asked) if asked.pieces and not found.count else None,
        browsed=_browsed() if not found.count else None,
    )


def answer_to(asked: Asked, chosen: Mapping[str, str], start: int, stop: int) -> Answer:
    """What is found for a question; for the one that was likely meant, or for some of its words, where nothing is."""
    found = _found(asked, chosen, start, stop)
    if found.count or not asked.pieces:
        return Answer(asked, found)
    meant = mended(asked)
    if meant is not None and (found := _found(meant, chosen, start, stop)).count:
        return Answer(meant, found, mended=True)
    best = meant or asked
    if len([piece for piece in looked_for(best) if piece.wanted]) > 1:
        found = _found(best, chosen, start, stop, every=False)
        return Answer(best, found, mended=meant is not None, some=bool(found.count))
    return Answer(asked, found)


def _found(asked: Asked, chosen: Mapping[str, str], start: int, stop: int, *, every: bool = True) -> Found:
    own, wide = (query(asked, wide=each, every=every) for each in (False, True))
    return find(own, wide, start=start, stop=stop, **chosen)


def _pages(request: HttpRequest, asked: Asked) -> list[Place]:
    """The pages of the site whose title or line has every word, in the language of the page."""
    say = spoken(request)
    wanted = [forms(piece.words[0]) for piece in looked_for(asked) if piece.wanted and not piece.phrase]
    return [
        place
        for place in PAGES
        if wanted and all(_stems(f"{say.t(place.title)} {say.t(place.line)}") & each for each in wanted)
    ]


def _announced(asked: Asked) -> list[Shown]:
    """The newest communiqués that have every word and none that is not wanted."""
    wanted = " ".join(word for piece in looked_for(asked) if piece.wanted for word in piece.words)
    if not wanted:
        return []
    rows = with_these(public(), wanted)
    for piece in asked.pieces:
        if not piece.wanted:
            rows = rows.exclude(pk__in=with_these(public(), " ".join(piece.words)).values("pk"))
    return shown(rows[:GROUP], timezone.localdate())


def _stems(text: str) -> set[str]:
    return {form for word in words_of(text) for form in forms(word)}


def _address(request: HttpRequest, entry: Entry) -> str:
    page_of = {"resource": "dataset"}.get(entry.kind, entry.kind)
    address = reverse(f"{request.language}:{page_of}", args=(entry.name,))
    return f"{address}#r-{entry.id}" if entry.kind == "resource" else address


def _facets(chosen: Mapping[str, str], found: Found, names: Mapping[str, object]) -> Iterator[tuple[str, list[Choice]]]:
    institutions = {unit: getattr(names[unit], "name", unit) for unit in found.institutions if unit in names}
    formats = {form: form.upper() for form in found.formats}
    for title, name, counts, titles in (
        ("Institution", "institucion", found.institutions, institutions),
        ("Format", "formato_de_archivo", found.formats, formats),
    ):
        choices = [
            Choice(
                titles[value],
                count,
                chosen[name] == value,
                _query(chosen, **{name: None if chosen[name] == value else value, "pagina": None}),
            )
            for value, count in counts.items()
            if value in titles and (not chosen[name] or chosen[name] == value)
        ]
        if choices:
            yield title, choices


def _query(chosen: Mapping[str, str], **values: object) -> str:
    kept = {name: str(value) for name, value in {**chosen, **values}.items() if value not in (None, "")}
    return f"?{urlencode(kept)}"


def _help(asked: Asked) -> list[str]:
    """Words that are written and near those that were asked."""
    return list(dict.fromkeys(word for each in asked.words for word in near(each, 4)))[:8]


def _browsed() -> dict[str, object]:
    """What there is to look through: the themes and the institutions with most datasets."""
    units = list(Facet.objects.filter(name="institution")[:BROWSED])
    return {
        "themes": Theme.objects.order_by("-datasets", "name")[:BROWSED],
        "institutions": names_of(each.value for each in units),
    }
