"""Questions in SPARQL: a form with examples. It sends the query to `/sparql`, which answers people and programs alike."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.pages import page, published

PREFIXES = "PREFIX dcat: <http://www.w3.org/ns/dcat#>\nPREFIX dct: <http://purl.org/dc/terms/>\nPREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words, in English, the key of its translation, and the query that asks it."""

    title: str
    query: str


EXAMPLES = (
    Example(
        "How many datasets each institution publishes",
        f"""{PREFIXES}SELECT ?institution (COUNT(?dataset) AS ?datasets) WHERE {{
  ?dataset a dcat:Dataset ; dct:publisher/foaf:name ?institution .
}} GROUP BY ?institution ORDER BY DESC(?datasets) LIMIT 50""",
    ),
    Example(
        "Datasets with a word in their title, with their files",
        f"""{PREFIXES}SELECT ?title ?file WHERE {{
  ?dataset a dcat:Dataset ; dct:title ?title ; dcat:distribution/dcat:downloadURL ?file .
  FILTER(CONTAINS(LCASE(?title), "salud"))
}} LIMIT 100""",
    ),
    Example(
        "Formats, the most frequent first",
        f"""{PREFIXES}SELECT ?format (COUNT(?file) AS ?files) WHERE {{
  ?file a dcat:Distribution ; dct:format ?format .
}} GROUP BY ?format ORDER BY DESC(?files)""",
    ),
    Example(
        "Datasets whose files state no licence",
        f"""{PREFIXES}SELECT DISTINCT ?dataset ?title WHERE {{
  ?dataset a dcat:Dataset ; dct:title ?title ; dcat:distribution ?file .
  FILTER NOT EXISTS {{ ?file dct:license ?licence }}
}} LIMIT 100""",
    ),
    Example(
        "Everything about one dataset, as a graph",
        f"""{PREFIXES}CONSTRUCT {{ ?dataset ?property ?value }} WHERE {{
  {{ SELECT ?dataset WHERE {{ ?dataset a dcat:Dataset ; dcat:distribution ?file }} ORDER BY ?dataset LIMIT 1 }}
  ?dataset ?property ?value .
}}""",
    ),
)


@published
def queries(request: HttpRequest) -> HttpResponse:
    """Render the form; `ejemplo` chooses the example that stands in it."""
    asked = request.GET.get("ejemplo", "")
    number = int(asked) if asked in {str(place) for place in range(1, len(EXAMPLES) + 1)} else 1
    return page(
        request,
        "observatory/queries.html",
        examples=EXAMPLES,
        chosen=number,
        site=request.build_absolute_uri("/").rstrip("/"),
    )
