"""Somebody explains the columns: a dictionary or other documentation, a named schema, or a description of the fields.

Looked for in titles, descriptions and names of files, and in the description of the dataset, where the names of at
least three columns that were read count as an explanation too. Asked of datasets that hold structured data.
"""

import re
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Distribution
from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import declared_formats
from atalaya.checks.example_cases import dataset_case, distribution, inspection, resource_case, table
from atalaya.checks.markup import plain
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed

LEAST_COLUMNS = 3
"""Columns whose technical names a description must hold to explain them: fewer may be mentioned by the way."""

_TECHNICAL = re.compile(r"[a-z]\w*_\w+|[a-z]+[A-Z]\w*|[A-Z]{2,}\d+")
"""Names that only columns bear: joined by underscores or capitals, or a code; ordinary words stand in any sentence."""

_NAMES = """
    diccionario diccionarios dicionario dicionários dicionário dicionarios dictionary dictionaries dictionnaire codebook metadato
    metadatos metadata metadados métadonnées metadonnees documentación documentacion documentation documentação documentacao
    descriptif dokumentation datensatzbeschreibung feldbeschreibung metadaten codeliste documentazione metadati dizionario
    documentació metadades diccionari glossari documentatie documentasjon dokumentaatio metadonnée
    metodología metodologia metodológica metodologica metodológico metodologico methodology méthodologie methodologie
    méthodologique methodological manual guía guia léeme leeme readme glosario glossary glossaire esquema schema layout
"""
_DOCUMENT = frozenset(_NAMES.split())
"""Words by which documentation goes in Spanish, Portuguese, English, French, German, Italian, Catalan and
northern languages, with and without accents."""

_TOGETHER = tuple(
    frozenset(words.split())
    for words in (
        *(
            "ficha técnica",
            "ficha tecnica",
            "nota técnica",
            "nota tecnica",
            "technical note",
            "libro códigos",
            "libro codigos",
        ),
        *(
            "read me",
            "user guide",
            "data model",
            "modelo datos",
            "estructura datos",
            "estructura tabla",
            "estructura archivo",
        ),
        *(
            "descripción campos",
            "descripcion campos",
            "descripción variables",
            "descripcion variables",
            "record layout",
        ),
        *("descripción columnas", "descripcion columnas", "description fields", "description variables", "file format"),
        *("lista campos", "lista variables", "listado campos", "listado variables", "definición variables"),
    )
)
"""Words that mean documentation where they stand together."""

_WIDE_NAMES = (
    "データ項目",
    "項目定義",
    "項目説明",
    "データ定義",
    "定義書",
    "仕様書",
    "コード表",
    "メタデータ",
    "数据字典",
    "資料欄位",
    "데이터 사전",
)
"""Words of documentation in scripts without spaces, looked for anywhere in a name."""

_NO_SCHEMA = re.compile(
    r"\bepsg\b|def/crs|\bcrs ?\d|\bwgs ?_?84\b|\betrs ?_?89\b|lambert|\butm\b|mercator|dcat|geodcat|"
    r"iso[ _/-]?(?:tc211/)?191(?:15|39)|metadat",
    re.IGNORECASE,
)
"""Standards that say nothing of columns: systems of coordinates, and profiles of the record itself."""

_WORDS = re.compile(r"[^\W_]+")

_LISTED = re.compile(
    r"\b(?:columnas?|campos|variables|columns?|fields|colunas|champs|colonnes|atributos|attributes)[^.:;\n]{0,40}:\s*\S"
)
"""A list of columns inside a description."""

_ABOUT_COLUMNS = ("colum", "campo", "variable", "field", "coluna", "champ", "colonne", "atribut", "attribut", "dic")


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    record = case.dataset
    listed = [each for each in record.distributions if not each.derived]
    if record.distributions and not listed:
        return not_applicable("derived")
    if not any(_structured(each) for each in listed):
        return not_applicable("no_data")
    standards = (*record.conforms_to, *(text for each in listed for text in each.conforms_to))
    if any(text.strip() and not _NO_SCHEMA.search(text) for text in standards):
        return passed("schema")
    if _names_document("\n".join(name for each in listed for name in _names(each))):
        return passed("document")
    texts = (*record.description.values(), *(text for each in listed for text in each.description.values()))
    if any(_lists_columns(text) for text in dict.fromkeys(texts)) or _names_columns(case, texts):
        return passed("described")
    return failed("missing", resources=len(listed))


def _structured(item: Distribution) -> bool:
    """Whether a resource is declared in a format for data, or in none that we know."""
    ids = declared_formats(item).ids
    return not ids or any(
        (known := find_format(each)) is not None and (known.structured or known.container) for each in ids
    )


def _names(item: Distribution) -> tuple[str, ...]:
    """The titles of a resource and the name of its file."""
    return (*item.title.values(), (item.download_url or item.access_url or "").rpartition("/")[2])


def _names_document(names: str) -> bool:
    words = frozenset(_WORDS.findall(names.lower()))
    if not words.isdisjoint(_DOCUMENT) or any(together <= words for together in _TOGETHER):
        return True
    return not names.isascii() and any(name in names for name in _WIDE_NAMES)


@lru_cache(maxsize=1024)
def _lists_columns(text: str) -> bool:
    lower = plain(text).lower()
    if not any(stem in lower for stem in _ABOUT_COLUMNS):
        return False
    return _LISTED.search(lower) is not None or _EXPLAINED.search(fold(lower)) is not None


_EXPLAINED = re.compile(
    r"\b(?:diccionario de (?:datos|variables)|data dictionary|dicionario de dados)"
    r"(?! ?(?:none|n a|na|ninguno|ninguna|no|nao|tbd|pendiente|pending|coming)\b) ?\S"
)


def _names_columns(case: DatasetCase, texts: tuple[str, ...]) -> bool:
    names = {
        column.name
        for resource in case.resources
        if resource.inspection is not None
        for each in resource.inspection.data_tables
        for column in each.columns
        if _TECHNICAL.fullmatch(column.name)
    }
    return len(names) >= LEAST_COLUMNS and sum(any(name in text for text in texts) for name in names) >= LEAST_COLUMNS


_COLUMNS = ("codigo_oficial", "rubro_ingreso", "monto_percibido")

CHECK = Check(
    id="resources_documented",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="Somebody explains the columns",
    text="The dataset has a dictionary of data or other documentation among its resources, names the schema that its "
    "data keep, or lists the columns in a description.",
    remedy="Add a resource “Data dictionary” with one line for each column: name, meaning, unit and allowed values. A "
    "list of the columns in the description will do for small tables.",
    effort=Effort.MEDIUM,
    fields=(
        "dataset.conforms_to",
        "dataset.description",
        "dataset.distributions.access_url",
        "dataset.distributions.conforms_to",
        "dataset.distributions.derived",
        "dataset.distributions.description",
        "dataset.distributions.download_url",
        "dataset.distributions.format",
        "dataset.distributions.media_type",
        "dataset.distributions.title",
        "resources",
        "resources.inspection",
        "resources.inspection.tables",
        "resources.inspection.tables.content",
        "resources.inspection.tables.columns",
        "resources.inspection.tables.columns.name",
    ),
    reasons={
        "schema": "The record names the schema that its data keep.",
        "document": "Documentation stands among the resources.",
        "described": "A description lists the columns.",
        "no_data": "The dataset has no resource in a format for data.",
        "derived": "The record lists no resource of its own: the links were made by a rule of the reader.",
        "missing": "None of the {resources} resources is documentation, no schema is named and no description lists the "
        "columns.",
    },
    rule=rule,
    examples=(
        Example(
            dataset_case(
                distributions=(distribution(), distribution(title={"es": "Diccionario de datos"}, format="PDF"))
            ),
            Verdict.PASS,
            "document",
            "a dictionary beside the table",
        ),
        Example(
            dataset_case(conforms_to=("https://datos.example.org/esquemas/ingresos.json",)),
            Verdict.PASS,
            "schema",
            "a named schema",
        ),
        Example(
            dataset_case(description={"es": "Ingresos por municipalidad. Columnas: código, rubro, mes y monto."}),
            Verdict.PASS,
            "described",
            "a list of columns",
        ),
        Example(
            dataset_case(
                description={"es": "Cada fila da codigo_oficial, rubro_ingreso y monto_percibido."},
                resources=(resource_case(inspection=inspection(tables=(table(*_COLUMNS),))),),
            ),
            Verdict.PASS,
            "described",
            "a sentence with the names of the columns",
        ),
        Example(dataset_case(), Verdict.FAIL, "missing", "a table that nobody explains"),
        Example(
            dataset_case(conforms_to=("http://www.opengis.net/def/crs/EPSG/0/4326",)),
            Verdict.FAIL,
            "missing",
            "a system of coordinates explains no column",
        ),
        Example(
            dataset_case(distributions=(distribution(derived=True),)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "links that the reader made",
        ),
        Example(
            dataset_case(distributions=(distribution(format="PDF", media_type="application/pdf"),)),
            Verdict.NOT_APPLICABLE,
            "no_data",
            "a report",
        ),
    ),
)
