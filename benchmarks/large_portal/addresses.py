"""What visitors ask for: every type of address of the portal, found in its table of addresses, so that none is forgotten.

An address with something to fill in takes what the read model has (`VALUES`), by what stands before it; where nobody has said
what to put in, an address of that type is looked for among the links of the other pages. Types that answer the public with
anything but 200 are told and not asked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random
from urllib.parse import quote

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from atalaya.portal.api.ckan.registry import ACTIONS
from benchmarks.large_portal.words import mistyped, title

VALUES: Mapping[str, str] = {
    "instituciones/": "SELECT slug FROM institution",
    "datos/": "SELECT id FROM dataset",
    "obligaciones/": "SELECT id FROM duty",
    "hallazgos/": "SELECT id FROM finding ORDER BY md5(id) LIMIT 20000",
    "metodo/": "SELECT id FROM rule WHERE kind = 'check'",
    "temas/": "SELECT id FROM topic",
    "internacional/": "SELECT id FROM international",
    "idiomas/": "SELECT tag FROM language",
    "desaparecidos/": "SELECT id FROM vanished",
    "recursos/": "SELECT id FROM resource ORDER BY md5(id) LIMIT 20000",
    "fuentes/": "SELECT id FROM source",
    "api/v1/editions/": "SELECT observation FROM edition",
    "api/v1/sources/": "SELECT id FROM source",
    "api/v1/institutions/": "SELECT slug FROM institution",
    "api/v1/datasets/": "SELECT name FROM dataset",
    "api/v1/resources/": "SELECT id FROM resource ORDER BY md5(id) LIMIT 20000",
    "api/v1/findings/": "SELECT id FROM finding ORDER BY md5(id) LIMIT 20000",
    "api/v1/rules/": "SELECT id FROM rule WHERE kind = 'check'",
    "catalogo.": "SELECT unnest(ARRAY['ttl', 'jsonld', 'rdf'])",
    "observatorio.": "SELECT unnest(ARRAY['ttl', 'jsonld', 'rdf'])",
    "sitemap-": "SELECT generate_series(1, 1 + count(*) / 5000)::text FROM dataset",
}
"""What stands before the first blank of a route → a query for what may be put there."""

QUERIES: Mapping[str, Sequence[str]] = {
    "datos/": (
        "q={words}",
        "q={mistyped}",
        "institucion={institution}",
        "q={words}&formato_de_archivo={format}",
        "pagina={page}",
    ),
    "buscar/": (
        "q={words}",
        "q={mistyped}",
        "q={phrase}",
        "q={words}&tipo=dataset&pagina={few}",
        "q={words}&institucion={institution}",
        "q={words}&formato_de_archivo={format}",
    ),
    "hallazgos/": (
        "institucion={institution}",
        "prueba={check}",
        "institucion={institution}&prueba={check}",
        "pagina={page}",
    ),
    "instituciones/": ("q={word}", "grupo=municipal&pagina={few}", "pagina={few}"),
    "cambios/": ("pagina={few}", "cambio=changed&pagina={few}"),
    "indice/": ("grupo=municipal&pagina={few}",),
    "obligaciones/<": ("pagina={few}",),
    "metodo/<": ("pagina={few}",),
    "api/v1/datasets": ("q={words}", "institution={institution}", "format={format}&offset={offset}", "q={mistyped}"),
    "api/v1/resources": ("format={format}&offset={offset}", "offset={offset}"),
    "api/v1/findings": ("institution={institution}", "check={check}&offset={offset}"),
    "api/v1/scores": ("unit={institution}", "node=index&kind=institution&offset={few}"),
    "api/v1/institutions": ("q={word}", "offset={few}"),
    "api/v1/changes": ("institution={institution}", "offset={few}"),
    "catalogo.<": ("page={shelf}",),
}
"""Beginning of a route → queries that people and programs write; the others are only asked as they are."""

ACTION_QUERIES: Mapping[str, Sequence[str]] = {
    "package_search": (
        "q={words}",
        "q={words}&facet.field=%5B%22tags%22%2C%22organization%22%5D",
        "fq=res_format:{FORMAT}&rows=20",
        "q={mistyped}",
        "sort=metadata_modified+desc&start={offset}",
        "fq=organization:{slug}&rows=50",
    ),
    "package_show": ("id={name}", "id={dataset}"),
    "resource_show": ("id={resource}",),
    "organization_show": ("id={slug}", "id={slug}&include_datasets=true"),
    "group_show": ("id={theme}", "id={theme}&include_datasets=true"),
    "group_package_show": ("id={theme}&limit=10",),
    "package_list": ("limit=100&offset={offset}",),
    "current_package_list_with_resources": ("limit=20&offset={offset}",),
    "tag_show": ("id={keyword}",),
    "help_show": ("name=package_search",),
    "package_autocomplete": ("q={word}",),
    "tag_autocomplete": ("q={word}",),
    "organization_autocomplete": ("q={word}",),
    "group_autocomplete": ("q={word}",),
    "tag_list": ("query={word}",),
    "tag_search": ("query={word}",),
}

BLANKS: Mapping[str, str] = {
    "institution": "SELECT id FROM institution",
    "slug": "SELECT slug FROM institution",
    "dataset": "SELECT id FROM dataset",
    "name": "SELECT name FROM dataset",
    "resource": "SELECT id FROM resource ORDER BY md5(id) LIMIT 20000",
    "check": "SELECT id FROM rule WHERE kind = 'check' AND failing > 0",
    "theme": "SELECT name FROM theme",
    "keyword": "SELECT DISTINCT unnest(keywords) FROM dataset",
    "shelf": "SELECT generate_series(1, greatest(1, count(*) / 50))::text FROM dataset",
    "format": "SELECT DISTINCT unnest(formats) FROM dataset",
}

_MACHINE = re.compile(r"^(en/)?(api/|catalogo\.|observatorio\.|sitemap|robots|salud)|\.(atom|svg)$")
_BLANK = re.compile(r"<[^>]+>")
_LINK = re.compile(r'href="([^"#]+)"')

Ask = Callable[[str], tuple[int, str, bytes]]
"""Asks an address: gives its status, content type and body."""


@dataclass
class Type:
    """One type of address: its route, its addresses as they stand, and queries with blanks that make more of them."""

    name: str
    paths: list[str]
    queries: tuple[str, ...] = ()
    language: str = "es"
    dropped: str = ""

    @property
    def kind(self) -> str:
        """Whether people read it, programs do, or it is a list as a file."""
        if "formato=" in self.name or self.name.endswith(".pdf"):
            return "download"
        return "machine" if _MACHINE.search(self.name) else "page"


@dataclass
class Asked:
    """Chooses addresses: of a few that everybody asks again and again, and others that nobody has asked before."""

    types: Sequence[Type]
    blanks: Mapping[str, Sequence[str]]
    chance: Random
    again: int = 8
    _known: dict[str, list[str]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def popular(self, each: Type) -> list[str]:
        """The addresses of a type that are asked again and again."""
        if each.name not in self._known:
            made = list(dict.fromkeys(self._made(each) for _ in range(self.again)))
            self._known[each.name] = made[: self.again]
            self._seen.update(made)
        return self._known[each.name]

    def fresh(self, each: Type) -> str:
        """An address of a type that was not asked before; where there is no other, one with a word that means nothing."""
        if each.kind == "download" and not each.queries:
            return self.chance.choice(self.popular(each))  # a whole list: nobody asks it by another address
        for _ in range(20):
            made = self._made(each, varied=True)
            if made not in self._seen:
                break
        else:
            made += ("&" if "?" in made else "?") + f"v={self.chance.randrange(10**9)}"
        self._seen.add(made)
        return made

    def _made(self, each: Type, *, varied: bool = False) -> str:
        path = self.chance.choice(each.paths)
        if not each.queries or (not varied and self.chance.random() < 0.3 and "action/" not in path):
            return path
        return f"{path}{'&' if '?' in path else '?'}{self._filled(self.chance.choice(each.queries))}"

    def _filled(self, query: str) -> str:
        chance, said = self.chance, [word for word in title(self.chance).split() if len(word) > 3]
        words = chance.sample(said, min(len(said), chance.randint(1, 3)))
        numbers = {
            "page": int(chance.paretovariate(0.7)),
            "few": chance.randint(1, 9),
            "offset": chance.randrange(0, 19_000, 10),
        }
        made = {
            "words": " ".join(words),
            "word": words[0],
            "phrase": f'"{" ".join(said[:2])}"',
            "mistyped": mistyped(words[0].strip(",:"), chance),
            **{name: str(min(number, 19_000)) for name, number in numbers.items()},
            **{name: chance.choice(values) for name, values in self.blanks.items()},
        }
        made["FORMAT"] = made["format"].upper()
        return query.format(**{name: quote(value) for name, value in made.items()})


def types(ask: Ask, values: Callable[[str], Sequence[str]], chance: Random) -> list[Type]:
    """Every type of address of the portal. `values` gives the answers of a query over the read model."""
    found = [each for route in _routes(get_resolver()) for each in _type(route, values, chance)]
    blank = {each.name: each for each in found if not each.paths}
    made: list[Type] = []
    for each in [each for each in found if each.paths]:
        address = each.paths[0] + (f"?{each.queries[0]}" if "action/" in each.paths[0] and each.queries else "")
        if "{" in address:
            made.append(each)
            continue
        status, kind, body = ask(address)
        if status != 200:
            each.dropped = f"answers {status}"
        if kind.startswith("text/html"):
            made.extend(_linked(each, body.decode("utf-8", "replace"), blank))
        made.append(each)
    return [*made, *(each for each in blank.values() if not each.paths)]


def _type(route: str, values: Callable[[str], Sequence[str]], chance: Random) -> Iterator[Type]:
    bare = route.removeprefix("en/")
    language = "en" if bare != route else "es"
    queries = tuple(
        q for start, qs in QUERIES.items() if bare == start or ("<" in start and bare.startswith(start)) for q in qs
    )
    if bare.startswith(("api/3/action/", "api/action/")):
        if bare.startswith("api/3"):
            for name in ACTIONS:
                yield Type(f"api/3/action/{name}", [f"/api/3/action/{name}"], tuple(ACTION_QUERIES.get(name, ())))
        return
    start, blank, rest = bare.partition("<")
    if not blank:
        yield Type(route, [f"/{route}"], queries, language)
        return
    sql = VALUES.get(start)
    if sql is None or "<" in rest:
        yield Type(route, [], queries, language)
        return
    pool = list(values(sql))
    chance.shuffle(pool)
    yield Type(route, [f"/{_BLANK.sub(quote(value), route, count=1)}" for value in pool[:20_000]], queries, language)


def _linked(page: Type, text: str, blank: dict[str, Type]) -> Iterator[Type]:
    """Lists of a page as files, and addresses of types of which none is known, out of the links of a page."""
    for form in ("csv", "xlsx", "json"):
        if f"formato={form}" in text and "<" not in page.name:
            narrowed = tuple(query for query in page.queries if query.startswith(("institucion=", "q={")))
            yield Type(f"{page.name}?formato={form}", [f"{page.paths[0]}?formato={form}"], narrowed, page.language)
    for link in map(unescape, _LINK.findall(text)):
        try:
            route = str(resolve(link.partition("?")[0]).route)
        except Resolver404:
            continue
        if route in blank and len(blank[route].paths) < 1000:
            blank[route].paths.append(link)


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from _routes(each, route)
