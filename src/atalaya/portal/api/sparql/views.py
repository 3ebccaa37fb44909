"""`/sparql`: SELECT, ASK, CONSTRUCT and DESCRIBE, by GET and POST, in the syntax that is asked for.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), its query operation.
"""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.api.answers import machine, problem
from atalaya.portal.api.sparql.asking import Refused, ask
from atalaya.portal.api.sparql.grammar import LONGEST, words_of
from atalaya.portal.api.sparql.store import Unready, graph_of
from atalaya.portal.api.sparql.worker import ROWS

ROWS_AS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS_AS = {
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
_ALSO = {"application/json": "json", "application/xml": "xml", "text/xml": "xml", "text/plain": "nt"}
"""Media types that people ask for and mean one of the others."""

FORMS = frozenset({"construct", "describe"})
"""Queries whose answer is a graph."""


@machine("GET", "POST", negotiated=True)
def sparql(request: HttpRequest) -> HttpResponse:
    """Answer a query; an error is JSON that says what to do."""
    try:
        query = query_of(request)
        graphs = is_graph(query)
        form = form_of(request, GRAPHS_AS if graphs else ROWS_AS)
        answer = ask(graph_of(request.edition, request.build_absolute_uri("/").rstrip("/")), query, form)
    except Refused as refused:
        response = problem(refused.status, refused.detail)
        if refused.status == 503:
            response.headers["Retry-After"] = "5"
        return response
    except Unready:
        response = problem(503, "the graph is being made; ask again in some seconds")
        response.headers["Retry-After"] = "10"
        return response
    media_type = {**ROWS_AS, **GRAPHS_AS}[form]
    if answer.kind == "boolean" and form in ("csv", "tsv"):
        media_type = "text/plain; charset=utf-8"
    headers = {"X-Content-Type-Options": "nosniff", "Vary": "Accept"}
    if answer.cut:
        headers["Atalaya-Cut"] = f"{ROWS}"
    return HttpResponse(answer.body, content_type=media_type, headers=headers)


def query_of(request: HttpRequest) -> str:
    """The query of a request. Raises Refused where there is none, or more than one, or its place is unknown."""
    if any(name in request.GET for name in ("default-graph-uri", "named-graph-uri", "update")):
        raise Refused(
            400, "there is one graph, and it is only read; leave out default-graph-uri, named-graph-uri and update"
        )
    if request.method != "POST":
        return _single(request.GET.getlist("query"))
    kind = request.content_type or ""
    size = request.headers.get("Content-Length", "0")
    if size.isdigit() and int(size) > 8 * LONGEST:
        raise Refused(413, f"the body has {size} bytes; at most {LONGEST} characters are read")
    if kind == "application/sparql-query":
        return str(request.body.decode("utf-8", "replace"))
    if kind == "application/x-www-form-urlencoded":
        return _single(request.POST.getlist("query") or request.GET.getlist("query"))
    raise Refused(415, "send the query as application/sparql-query, or as `query` in application/x-www-form-urlencoded")


def _single(queries: list[str]) -> str:
    if len(queries) != 1 or not queries[0].strip():
        raise Refused(400, "give one query: /sparql?query=SELECT…; /consultas/ has a form with examples")
    return queries[0]


def is_graph(query: str) -> bool:
    """Whether the answer of a query is a graph: its first word that names a kind of query decides."""
    kinds = (word for word in words_of(query) if word in FORMS | {"select", "ask"})
    return next(kinds, "") in FORMS


def form_of(request: HttpRequest, known: dict[str, str]) -> str:
    """The syntax of the answer: `format`, else the first that Accept names, best first; the usual one where it names none."""
    asked = request.GET.get("format", "") or (request.POST.get("format", "") if request.method == "POST" else "")
    if asked:
        if asked not in known:
            raise Refused(406, f"format is {asked[:20]!r}; this query is answered as {', '.join(known)}")
        return asked
    types = {media_type.partition(";")[0]: form for form, media_type in known.items()}
    types.update({name: form for name, form in _ALSO.items() if form in known})
    wanted = []
    for place, each in enumerate(request.wanted.split(",")):
        name, *parameters = (part.strip().casefold() for part in each.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        if name in types:
            wanted.append((-_number(quality), place, types[name]))
    return min(wanted)[2] if wanted else next(iter(known))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
