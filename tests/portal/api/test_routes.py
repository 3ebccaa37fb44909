"""Every address of the portal, and what the public gets there: by method, with its headers, and whatever is put into it."""

import re
from collections.abc import Callable, Iterator
from random import Random
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Address → status for the public by GET, and the methods that it answers; `{…}` is put in from what is there.
PAGE, READ, ACTION = "GET HEAD POST", "GET HEAD OPTIONS", "GET HEAD OPTIONS POST"
ROUTES = {
    "api/3/action/<str:name>": ("api/3/action/status_show", 200, ACTION),
    "api/action/<str:name>": ("api/action/status_show", 200, ACTION),
    "api/v1/": ("api/v1/", 404, READ),
    "api/v1/openapi.json": ("api/v1/openapi.json", 200, READ),
    "api/v1/communiques": ("api/v1/communiques", 200, READ),
    "api/v1/communiques/<communique>": ("api/v1/communiques/2025-03-14-anuncio-inventado", 200, READ),
    "api/v1/editions": ("api/v1/editions", 200, READ),
    "api/v1/editions/<observation>": ("api/v1/editions/{observation}", 200, READ),
    "api/v1/groups": ("api/v1/groups", 200, READ),
    "api/v1/scores": ("api/v1/scores", 200, READ),
    "api/v1/changes": ("api/v1/changes", 200, READ),
    "api/v1/vanished": ("api/v1/vanished", 200, READ),
    "api/v1/sources": ("api/v1/sources", 200, READ),
    "api/v1/sources/<source>": ("api/v1/sources/{source}", 200, READ),
    "api/v1/themes": ("api/v1/themes", 200, READ),
    "api/v1/institutions": ("api/v1/institutions", 200, READ),
    "api/v1/institutions/<slug>": ("api/v1/institutions/{slug}", 200, READ),
    "api/v1/institutions/<slug>/scores": ("api/v1/institutions/{slug}/scores", 200, READ),
    "api/v1/institutions/<slug>/gains": ("api/v1/institutions/{slug}/gains", 200, READ),
    "api/v1/institutions/<slug>/history": ("api/v1/institutions/{slug}/history", 200, READ),
    "api/v1/institutions/<slug>/plan": ("api/v1/institutions/{slug}/plan", 200, READ),
    "api/v1/institutions/<slug>/tree": ("api/v1/institutions/{slug}/tree", 200, READ),
    "api/v1/institutions/<slug>/moved": ("api/v1/institutions/{slug}/moved", 200, READ),
    "api/v1/institutions/<slug>/moved-findings": ("api/v1/institutions/{slug}/moved-findings", 200, READ),
    "api/v1/institutions/<slug>/calendar": ("api/v1/institutions/{slug}/calendar", 200, READ),
    "api/v1/links": ("api/v1/links", 200, READ),
    "api/v1/calendar": ("api/v1/calendar", 200, READ),
    "api/v1/compare": ("api/v1/compare?institutions={slug}", 200, READ),
    "api/v1/plans": ("api/v1/plans", 200, READ),
    "api/v1/plans/search": ("api/v1/plans/search?q=datos", 200, READ),
    "api/v1/plans/<int:number>": ("api/v1/plans/1", 200, READ),
    "api/v1/plans/<int:number>/commitments": ("api/v1/plans/1/commitments", 200, READ),
    "api/v1/plans/<int:number>/commitments/<int:commitment>": ("api/v1/plans/1/commitments/1", 200, READ),
    "api/v1/plans/<int:number>/commitments/<int:commitment>/changes": (
        "api/v1/plans/1/commitments/1/changes",
        200,
        READ,
    ),
    "api/v1/plans/<int:number>/commitments/<int:commitment>/losses": ("api/v1/plans/1/commitments/1/losses", 200, READ),
    "api/v1/plans/<int:number>/readings": ("api/v1/plans/1/readings", 200, READ),
    "api/v1/plans/<int:number>/assessments": ("api/v1/plans/1/assessments", 200, READ),
    "api/v1/datasets": ("api/v1/datasets", 200, READ),
    "api/v1/datasets/<dataset>": ("api/v1/datasets/{dataset}", 200, READ),
    "api/v1/datasets/<dataset>/resources": ("api/v1/datasets/{name}/resources", 200, READ),
    "api/v1/resources": ("api/v1/resources", 200, READ),
    "api/v1/resources/<resource>": ("api/v1/resources/{resource}", 200, READ),
    "api/v1/findings": ("api/v1/findings", 200, READ),
    "api/v1/findings/<finding>": ("api/v1/findings/{finding}", 200, READ),
    "api/v1/rules": ("api/v1/rules", 200, READ),
    "api/v1/rules/<rule>": ("api/v1/rules/{rule}", 200, READ),
    "api/<path:rest>": ("api/none", 404, READ),
    "catalogo.<str:syntax>": ("catalogo.ttl", 200, READ),
    "observatorio.<str:syntax>": ("observatorio.jsonld", 200, READ),
    "descargas/<str:observation>/<path:path>": ("descargas/{edition}/dump.json", 200, READ),
    "archivo/<str:sha256>/bytes": ("archivo/{sha256}/bytes", 200, READ),
    "archivo/<str:sha256>/reparado.zip": ("archivo/{sha256}/reparado.zip", 200, READ),
    "publicado/catalogo.<str:syntax>": ("publicado/catalogo.ttl", 200, READ),
    "publicado/<slug:body>/<slug:dataset>/<str:name>": ("publicado/{body}/{published}/1.csv", 200, READ),
    "sparql": ("sparql?query=ASK%7B%3Fa%20%3Fb%20%3Fc%7D", 200, ACTION),
    "robots.txt": ("robots.txt", 200, READ),
    "sitemap.xml": ("sitemap.xml", 200, READ),
    "sitemap-<int:number>.xml": ("sitemap-1.xml", 200, READ),
    "comunicados/<slug:slug>/fotos/<slug:key>/<slug:size>": ("comunicados/nada/fotos/nada/small", 404, PAGE),
    "salud": ("salud", 200, PAGE),
    "salud/lista": ("salud/lista", 200, PAGE),
    "metricas": ("metricas", 404, PAGE),
}
SPOKEN = {
    "ediciones.atom": ("ediciones.atom", 200, READ),
    "cambios.atom": ("cambios.atom", 200, READ),
    "desaparecidos.atom": ("desaparecidos.atom", 200, READ),
    "instituciones/<slug:slug>/hallazgos.atom": ("instituciones/{slug}/hallazgos.atom", 200, READ),
    "instituciones/<slug:slug>/insignia.svg": ("instituciones/{slug}/insignia.svg", 200, READ),
    "instituciones/<slug:slug>/tarjeta.svg": ("instituciones/{slug}/tarjeta.svg", 200, READ),
    "comunicados.atom": ("comunicados.atom", 200, READ),
    "comunicados.rss": ("comunicados.rss", 200, READ),
    "comunicados.json": ("comunicados.json", 200, READ),
    "comunicados/<slug:slug>/comunicado.pdf": ("comunicados/2025-03-14-anuncio-inventado/comunicado.pdf", 200, READ),
    "calendario.ics": ("calendario.ics", 200, READ),
    "instituciones/<slug:slug>/calendario.ics": ("instituciones/{slug}/calendario.ics", 200, READ),
    "instituciones/<slug:slug>/plan.pdf": ("instituciones/{slug}/plan.pdf", 200, READ),
    "": ("", 200, PAGE),
    "buscar/": ("buscar/", 200, PAGE),
    "publicado/": ("publicado/", 200, PAGE),
    "publicado/<slug:body>/<slug:dataset>/": ("publicado/{body}/{published}/", 200, PAGE),
    "indice/": ("indice/", 200, PAGE),
    "indice/como-se-calcula/": ("indice/como-se-calcula/", 200, PAGE),
    "indice/que-pasaria/": ("indice/que-pasaria/", 200, PAGE),
    "comparar/": ("comparar/", 200, PAGE),
    "ediciones/": ("ediciones/", 200, PAGE),
    "calendario/": ("calendario/", 200, PAGE),
    "mi-municipio/": ("mi-municipio/", 200, PAGE),
    "instituciones/<slug:slug>/plan/": ("instituciones/{slug}/plan/", 200, PAGE),
    "instituciones/<slug:slug>/que-pasaria/": ("instituciones/{slug}/que-pasaria/", 200, PAGE),
    "instituciones/<slug:slug>/que-cambio/": ("instituciones/{slug}/que-cambio/", 200, PAGE),
    "instituciones/<slug:slug>/como-se-calcula/": ("instituciones/{slug}/como-se-calcula/", 200, PAGE),
    "instituciones/<slug:slug>/calendario/": ("instituciones/{slug}/calendario/", 200, PAGE),
    "instituciones/": ("instituciones/", 200, PAGE),
    "instituciones/<slug:slug>/": ("instituciones/{slug}/", 200, PAGE),
    "datos/": ("datos/", 200, PAGE),
    "datos/<str:identifier>/": ("datos/{dataset}/", 200, PAGE),
    "datos/<str:identifier>/<str:part>/": ("datos/{dataset}/{part}/", 200, PAGE),
    "datos/<str:identifier>/<str:part>/vista-previa/": ("datos/{dataset}/{part}/vista-previa/", 200, PAGE),
    "datos/<str:identifier>/<str:part>/comparacion/": ("datos/{dataset}/{part}/comparacion/", 200, PAGE),
    "descargas/": ("descargas/", 200, PAGE),
    "descargas/<str:observation>/": ("descargas/{edition}/", 200, PAGE),
    "archivo/<str:sha256>/": ("archivo/{sha256}/", 200, PAGE),
    "consultas/": ("consultas/", 200, PAGE),
    "obligaciones/": ("obligaciones/", 200, PAGE),
    "obligaciones/<slug:identifier>/": ("obligaciones/{duty}/", 200, PAGE),
    "datos-abiertos/": ("datos-abiertos/", 200, PAGE),
    "hallazgos/": ("hallazgos/", 200, PAGE),
    "respuestas/": ("respuestas/", 200, PAGE),
    "constancias/<slug:number>/": ("constancias/none/", 404, PAGE),
    "constancias/<slug:number>/constancia.<str:form>": ("constancias/none/constancia.pdf", 404, PAGE),
    "hallazgos/<str:identifier>/": ("hallazgos/{finding}/", 200, PAGE),
    "cambios/": ("cambios/", 200, PAGE),
    "carta/": ("carta/?obligacion={duty}&fecha={day}", 200, PAGE),
    "desaparecidos/": ("desaparecidos/", 200, PAGE),
    "desaparecidos/<str:identifier>/": ("desaparecidos/{lost}/", 200, PAGE),
    "temas/": ("temas/", 200, PAGE),
    "temas/como-hacer-uno/": ("temas/como-hacer-uno/", 200, PAGE),
    "temas/<slug:identifier>/": ("temas/{topic}/", 200, PAGE),
    "internacional/": ("internacional/", 200, PAGE),
    "internacional/<slug:identifier>/": ("internacional/{international}/", 200, PAGE),
    "idiomas/": ("idiomas/", 200, PAGE),
    "idiomas/<slug:tag>/": ("idiomas/mam/", 200, PAGE),
    "rondas/": ("rondas/", 200, PAGE),
    "fuentes/": ("fuentes/", 200, PAGE),
    "graficas/": ("graficas/", 200, PAGE),
    "mapa/": ("mapa/", 200, PAGE),
    "metodo/": ("metodo/", 200, PAGE),
    "acuerdos/": ("acuerdos/", 200, PAGE),
    "cumplimiento/": ("cumplimiento/", 200, PAGE),
    "normas/": ("normas/", 200, PAGE),
    "normas/<slug:identifier>/": ("normas/contratos-de-muestra/", 200, PAGE),
    "normas/<slug:identifier>/<int:number>/": ("normas/contratos-de-muestra/1/", 200, PAGE),
    "organos/": ("organos/", 200, PAGE),
    "organos/<slug:identifier>/": ("organos/mesa-tecnica/", 200, PAGE),
    "organos/<slug:identifier>/sesiones.ics": ("organos/mesa-tecnica/sesiones.ics", 200, PAGE),
    "seguimiento/": ("seguimiento/", 200, PAGE),
    "sesiones/": ("sesiones/", 200, PAGE),
    "sesiones/<slug:identifier>/": ("sesiones/mesa-2025-11-20/", 200, PAGE),
    "sesiones/<slug:identifier>/acta.pdf": ("sesiones/mesa-2025-11-20/acta.pdf", 200, PAGE),
    "sesiones/<slug:identifier>/convocatoria.ics": ("sesiones/mesa-2025-11-20/convocatoria.ics", 200, PAGE),
    "planes/": ("planes/", 200, PAGE),
    "planes/buscar/": ("planes/buscar/?q=datos", 200, PAGE),
    "planes/planes.zip": ("planes/planes.zip", 200, PAGE),
    "planes/comparacion/": ("planes/comparacion/", 200, PAGE),
    "planes/<int:number>/autoevaluacion.pdf": ("planes/1/autoevaluacion.pdf", 404, READ),
    "planes/<int:number>/compromisos/<int:commitment>/hoja.pdf": ("planes/1/compromisos/1/hoja.pdf", 200, READ),
    "planes/<int:number>/hoja.pdf": ("planes/1/hoja.pdf", 200, READ),
    "planes/<int:number>/autoevaluacion/": ("planes/1/autoevaluacion/", 200, PAGE),
    "planes/<int:number>/cronologia/": ("planes/1/cronologia/", 200, PAGE),
    "instituciones/<slug:slug>/compromisos/": ("instituciones/{slug}/compromisos/", 200, PAGE),
    "planes/<int:number>/": ("planes/1/", 200, PAGE),
    "planes/<int:number>/plan.<str:form>": ("planes/1/plan.xlsx", 200, PAGE),
    "planes/<int:number>/mesa-tecnica/": ("planes/1/mesa-tecnica/", 200, PAGE),
    "planes/<int:number>/compromisos/<int:commitment>/": ("planes/1/compromisos/1/", 200, PAGE),
    "comunicados/": ("comunicados/", 200, PAGE),
    "comunicados/<slug:slug>/": ("comunicados/2025-03-14-anuncio-inventado/", 200, PAGE),
    "metodo/<slug:check>/": ("metodo/{rule}/", 200, PAGE),
}
ENGLISH = {f"en/{route}": (f"en/{place}", status, methods) for route, (place, status, methods) in SPOKEN.items()}
PRIVATE = (
    "archivos/",
    "contactos/",
    "correspondencia/",
    "cuenta/",
    "gestion/planes/",
    "mi-institucion/",
    "publicar/",
    "redaccion/",
    "reportar/",
    "revision/",
    "rondas/gestion/",
    "secretaria/",
    "seguir/",
)
"""How addresses begin whose answer depends on who asks."""

EVERY = {**ROUTES, **SPOKEN, **ENGLISH}
MACHINES = {route: row for route, row in EVERY.items() if row[2] in (READ, ACTION)}


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


def test_every_public_address_has_a_row() -> None:
    """Private ones have theirs in `test_roles`."""
    assert {each for each in routes(get_resolver()) if not each.startswith(PRIVATE)} == set(EVERY)


@pytest.mark.parametrize("route", EVERY)
def test_what_the_public_gets(visitor: Client, known: dict[str, str], route: str) -> None:
    place, status, _ = EVERY[route]
    assert visitor.get(f"/{place.format(**known)}").status_code == status


@pytest.mark.parametrize("route", MACHINES)
def test_how_machines_are_answered(new_client: Callable[..., Client], known: dict[str, str], route: str) -> None:
    visitor = new_client(raise_request_exception=False)
    place, status, methods = MACHINES[route]
    address = f"/{place.format(**known)}"
    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE"):
        answer = visitor.generic(method, address)
        assert (answer.status_code == 405) is (method not in methods.split()), method
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        if answer.status_code == 405:
            assert set(answer.headers["Allow"].split(", ")) == set(methods.split())
            assert "use GET" in answer.json()["detail"]
    if status == 200:
        answer = visitor.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]
        assert visitor.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        assert visitor.get(address).content == answer.content
        assert visitor.head(address).headers["Content-Type"] == answer.headers["Content-Type"]


@pytest.mark.parametrize("route", EVERY)
def test_the_character_zero_is_refused_everywhere(visitor: Client, known: dict[str, str], route: str) -> None:
    place, _, _ = EVERY[route]
    if route not in ("salud", "salud/lista"):
        assert visitor.get(f"/{place.format(**known)}?institucion=%00").status_code in (400, 404)
        assert visitor.get(f"/{place.format(**known)}?%00=1&q=x").status_code in (400, 404)
    if "<" in route:
        assert visitor.get(f"/{re.sub('<[^>]+>', 'a%00b', route)}").status_code in (400, 404)


NUMBERS = "-1 0 99999999999999999999999 1e9 NaN ١٢ 12.5 null true"
SIGNS = (
    '%00 %ff%fe %ed%a0%80 \' " \\ * *:* ( ) [ [1] ["a {} <script> ñandú 𝔘 $(id) {{7*7}} %25s ../../x NOT : a: &|! + -'
)
QUERIES = """tags:*|tags:%00*|a:b:c|field.with.dot:1|organization:(a OR|AND OR NOT|+ - !|' OR 1=1 --|id asc, id desc|score asc
    |metadata_modified:[NOW-99999999999DAYS TO *]|metadata_modified:[x TO y]|["organization","organization"]"""
LONG = ("a" * 5000, "-" * 300, "(" * 200, " a" * 2000)
HOSTILE = ["", " ", *NUMBERS.split(), *SIGNS.split(), *QUERIES.split("|"), *LONG]
ARGUMENTS = """q fq fq_list sort rows start facet facet.field facet.limit facet.mincount fl id name limit offset all_fields query
    institution check level kind node edition group theme format licence page publishing state
    pagina formato grupo prueba estado institucion formato_de_archivo
    a b c d de desde dias departamento municipio hallazgo peso_openness peso_quality first days institutions change"""
SEARCHED = "package_search package_list package_show tag_list group_list organization_list license_list"


def test_nothing_put_into_an_address_is_a_fault_of_ours(visitor: Client, known: dict[str, str]) -> None:
    chance = Random(11)
    places = [place.format(**known) for place, _, _ in EVERY.values()]
    places += [f"api/3/action/{name}" for name in SEARCHED.split()]
    seen = set()
    for _ in range(600):
        query = "&".join(
            f"{chance.choice(ARGUMENTS.split())}={_quoted(chance.choice(HOSTILE))}" for _ in range(chance.randint(1, 3))
        )
        address = f"/{chance.choice(places)}?{query}"
        answer = visitor.get(address)
        assert answer.status_code < 500, address[:300]
        seen.add(answer.status_code)
    assert {200, 400, 404, 409, 422} <= seen


VALUES = (
    '"\\u0000"',
    '"\\ud800"',
    "-1",
    "1e400",
    "NaN",
    "[]",
    "{}",
    "[[[]]]",
    "true",
    "null",
    '"a"',
    "12.5",
    '["\\ud800"]',
    "9" * 20,
)
IN_A_BODY = "q fq fq_list id rows start limit offset facet.field facet.limit fl sort query"


@pytest.mark.parametrize("name", SEARCHED.split())
def test_nothing_put_into_a_body_is_a_fault_of_ours(visitor: Client, name: str) -> None:
    for argument in IN_A_BODY.split():
        for value in VALUES:
            body = f'{{"{argument}": {value}}}'
            answer = visitor.post(f"/api/3/action/{name}", body, content_type="application/json")
            assert answer.status_code < 500, body
            assert "help" in answer.json() or answer.json().startswith("Bad request")


@pytest.mark.parametrize("part", ["%00", "%ff", "a%2Fb", "..", "%ed%a0%80", "a" * 3000, "'", "*"])
@pytest.mark.parametrize("route", [route for route in MACHINES if "<" in route])
def test_names_that_nobody_has_are_not_found(visitor: Client, route: str, part: str) -> None:
    answer = visitor.get("/" + re.sub(r"<[^>]+>", part.replace("\\", ""), route))
    assert answer.status_code in (400, 404)


def test_feeds_are_atom_with_entries_that_lead_somewhere(visitor: Client, known: dict[str, str]) -> None:
    space = "{http://www.w3.org/2005/Atom}"
    counts = {}
    for place in ("ediciones", "cambios", "desaparecidos", f"instituciones/{known['slug']}/hallazgos"):
        for prefix in ("/", "/en/"):
            feed = ElementTree.fromstring(visitor.get(f"{prefix}{place}.atom").content)
            assert feed.tag == f"{space}feed"
            for name in ("id", "title", "updated"):
                assert feed.find(f"{space}{name}").text
            entries = feed.findall(f"{space}entry")
            identifiers = [entry.find(f"{space}id").text for entry in entries]
            assert len(set(identifiers)) == len(identifiers)
            assert all(
                re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.find(f"{space}updated").text) for entry in entries
            )
            for entry in entries[:3]:
                assert (
                    visitor.get(entry.find(f"{space}link").get("href").removeprefix("http://testserver")).status_code
                    == 200
                )
            counts[place] = len(entries)
    assert counts["ediciones"] == 2
    assert counts["cambios"] >= 3
    assert min(counts.values()) > 0


def test_badges_say_the_score_to_those_who_do_not_see_them(visitor: Client, known: dict[str, str]) -> None:
    score = visitor.get(f"/api/v1/institutions/{known['slug']}").json()["score"]
    for name in ("insignia", "tarjeta"):
        for prefix, mark in (("/", ","), ("/en/", ".")):
            svg = ElementTree.fromstring(visitor.get(f"{prefix}instituciones/{known['slug']}/{name}.svg").content)
            title = svg.find("{http://www.w3.org/2000/svg}title")
            assert svg.get("role") == "img"
            assert title.get("id") in svg.get("aria-labelledby").split()
            for value in (score["value"], score["low"], score["high"]):
                assert f"{value:.1f}".replace(".", mark) in title.text


def test_the_sitemap_names_pages_that_are_there(visitor: Client) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert "Sitemap: http://testserver/sitemap.xml" in visitor.get("/robots.txt").content.decode()
    files = [each.text for each in ElementTree.fromstring(visitor.get("/sitemap.xml").content).iter(f"{space}loc")]
    assert files == ["http://testserver/sitemap-1.xml"]
    places = [each.text for each in ElementTree.fromstring(visitor.get("/sitemap-1.xml").content).iter(f"{space}loc")]
    assert len(set(places)) == len(places) > 100
    for place in Random(3).sample(places, 20):
        assert visitor.get(place.removeprefix("http://testserver")).status_code == 200


def test_every_address_that_the_page_for_machines_shows_is_answered(visitor: Client) -> None:
    for prefix in ("/", "/en/"):
        page = visitor.get(f"{prefix}datos-abiertos/").content.decode()
        shown = {
            each.replace("&amp;", "&") for each in re.findall(r'<th scope="row"><a class="url" href="([^"]+)"', page)
        }
        assert len(shown) > 35
        for address in shown:
            assert visitor.get(address).status_code == 200, address


def _quoted(text: str) -> str:
    return text if text.startswith("%") else "".join(f"%{byte:02x}" for byte in text.encode())
