"""Which records of a repository are datasets, by the type that they state.

Repositories hold articles, theses and images beside data. A record is a dataset where one of its types says so; where none
does and one of them is known to name something else, it is left out; without a type, or with types that nobody knows, it is
kept, and an unknown type is told.
"""

import re
import unicodedata
from collections.abc import Iterable

_PREFIXES = (
    "info:eu-repo/semantics/",
    "http://purl.org/dc/dcmitype/",
    "https://purl.org/dc/dcmitype/",
    "dcmitype:",
    "doc-type:",
    "http://purl.org/spar/fabio/",
    "http://schema.org/",
    "https://schema.org/",
)
_COAR = re.compile(r"^https?://purl\.org/coar/resource_type/([\w-]+)/?$", re.IGNORECASE)
_COAR_DATA = re.compile(
    r"^(?:c_ddb1|c_cb28|acf7-8yt9|fxf3-d3g7|am6w-6qaw|63ng-b465|a8f1-npv9|2h0m-x761|h41y-fw7b|dd58-gfsx|ff4c-28rk"
    r"|cqmr-7k63|w2xt-7017|nhd0-w6sy)$"
)
"""Terms at and below `dataset` in COAR's resource types 3.0 (https://vocabularies.coar-repositories.org/resource_types/)."""
_COAR_NEUTRAL = frozenset(("c_1843", "c_12cc", "c_12cd", "c_e9a0"))
"""Other, cartographic material, map and interactive resource, under which data come as well."""

_DATA = re.compile(
    r"^(?:research |open |raw |statistical |survey |geospatial |spatial )?data ?(?:set|sets|file|files|base|bases)?$"
    r"|data ?sets?\b|\b(?:conjuntos?|juegos?|bases?) de (?:datos|dados)\b|^(?:datos|dados|microdat\w*)\b"
    r"|\bjeux? de donnees\b|\bdatensatz\b|\bforschungsdaten\b|\bdatabase\b"
)
_OTHER = re.compile(
    r"^text$|^texto$|^data ?paper|workflow|learning ?object|articl|articul|artigo|\bbook|\blibro|\blivro|chapter|capitul"
    r"|thes[ei]s|tesis|teses|\btese\b|dissertation|disertacion|trabajo ?(?:de ?)?(?:grado|fin|titul)|monogra|report"
    r"|informe|working ?paper|preprint|review|resena|conferenc|congres|ponencia|lecture|presenta|poster|patent|softwar"
    r"|program|image|imagen|\bphoto|fotogra|video|moving|sound|audio|\bmusic|literature|journal|revista|periodic"
    r"|annotation|editorial|\bnews|noticia|\bletter|\bcarta\b|event|physical ?object|manual|document\b|documento"
    r"|\bplan\b|boletin|bulletin|folleto|\bley\b|decreto"
)
_AMBIGUOUS = frozenset(
    ("collection", "other", "otro", "otros", "interactiveresource", "interactive resource", "service", "map", "mapa")
)
"""Types and versions that say nothing of data: those of DCMI and of OpenAIRE that data also come under."""

KNOWN_DATA = "dataset"
KNOWN_OTHER = "other"
UNKNOWN = "unknown"
NEUTRAL = "neutral"


def kind_of(said: str) -> str:
    """What one stated type says: `dataset`, `other`, `neutral` or `unknown`.

    >>> [kind_of(said) for said in ("Dataset", "info:eu-repo/semantics/article", "Collection", "Encuesta")]
    ['dataset', 'other', 'neutral', 'unknown']
    """
    coar = _COAR.match(said.strip())
    if coar:
        code = coar[1].lower()
        return KNOWN_DATA if _COAR_DATA.match(code) else NEUTRAL if code in _COAR_NEUTRAL else KNOWN_OTHER
    folded = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode().strip().lower()
    if folded.startswith("info:eu-repo/semantics/") and folded.endswith("version"):
        return NEUTRAL
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    if folded in _AMBIGUOUS:
        return NEUTRAL
    if _DATA.search(folded):
        return KNOWN_DATA
    return KNOWN_OTHER if _OTHER.search(folded) else UNKNOWN


def other_type(types: Iterable[str]) -> str | None:
    """The type for which a record is left out; None where it is kept.

    >>> other_type(["text", "Dataset"]), other_type(["Thesis"]), other_type([])
    (None, 'Thesis', None)
    """
    kinds = [(kind_of(said), said) for said in types]
    if any(kind == KNOWN_DATA for kind, _ in kinds):
        return None
    return next((said for kind, said in kinds if kind == KNOWN_OTHER), None)


def unknown_types(types: Iterable[str]) -> list[str]:
    """The types that nobody knows, of a record without a type that says more."""
    kinds = [(kind_of(said), said) for said in types]
    if any(kind in (KNOWN_DATA, KNOWN_OTHER) for kind, _ in kinds):
        return []
    return [said for kind, said in kinds if kind == UNKNOWN]
