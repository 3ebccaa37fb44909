"""What the other columns of a table tell of a column: that it holds the names of data fields, that it is the code of what
stands beside it by name."""

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.nouns import UNITS_OF_PLACES
from atalaya.inspection.semantic.shapes import Form

FIELDS = phrases(
    "name, nombre, nom, nome, field, field name, column, column name, variable, variable name, campo, columna, nombre campo, "
    "nombre del campo, nombre de la columna, nombre de columna, nombre variable, nombre de la variable, atributo, attribute, "
    "property, propiedad, champ, coluna, nome do campo, attribute name, property name"
)
"""Names of columns of names of data fields."""
_DISPLAYED = phrases("titles, title, label, display name, etiqueta, titulo, etiquetas, titulos")
_TYPES = phrases(
    "type, datatype, data type, tipo, tipo de dato, tipo de datos, tipo dato, field type, column type, dtype, tipo de campo, "
    "tipo variable, tipo de variable, format"
)
DATA_TYPES = words(
    "string integer number boolean date datetime time text float double decimal varchar varchar2 nvarchar char int int32 int64 "
    "bigint smallint tinyint numeric timestamp array object geometry geopoint geojson duration year yearmonth any anyuri "
    "character memo long short texto numero numerico entero fecha cadena booleano bool real blob json uuid serial "
    "alphanumeric alfanumerico caracter float32 float64 datetime64 fechahora"
)
"""Types of data fields in databases, schemas of tables and dictionaries of data, as their first word."""
TYPED_LEAST = 0.9
_SHOWN_VARIETY = 0.9
"""Different texts for each row where they are shown in the place of names: titles of persons repeat."""
_TOKENS = frozenset({Form.WORD, Form.CODE})
_BEFORE = ("lib", "nom", "nombre", "name", "des", "desc", "descripcion", "n")
_BEHIND = ("name", "nombre", "desc", "label")
"""What is glued to a name for the column of names beside that of codes: `com` and `libcom`, `dep` and `depname`."""


def are_fields(column: Seen) -> bool:
    """Whether a column holds the names of data fields: different ones under a name of such, beside their types or, as
    tokens, beside what is shown in their place."""
    name = column.name
    if name.says(FIELDS) < WHOLE or column.variety < 1 or column.view.distinct is None:
        return False
    tokens = column.of_forms(_TOKENS) >= TYPED_LEAST
    for other in column.table:
        if other is column:
            continue
        shown = other.name.says(_DISPLAYED) == WHOLE and other.variety >= _SHOWN_VARIETY
        if other.name.raw == "titles" or (tokens and shown):
            return True
        if tokens and other.name.says(_TYPES) == WHOLE and _are_types(other):
            return True
    return False


def _are_types(column: Seen) -> bool:
    told = [text.split()[0] if text else "" for text in column.folded]
    return bool(told) and sum(word in DATA_TYPES for word in told) >= TYPED_LEAST * len(told)


def codes_places(column: Seen) -> bool:
    """Whether another column has the name of this one with what says that it holds the names, and they are of places."""
    if len(column.name.raw) > _LONGEST_STEM or not column.name.raw.isalpha():
        return False
    places = [other for other in column.table if other.name.says(UNITS_OF_PLACES) >= HEAD]
    if not places:
        return False
    stem = column.stem
    wanted = {before + stem for before in _BEFORE} | {stem + behind for behind in _BEHIND}
    return any(other.stem.replace("_", "") in wanted for other in places)


def named_beside(column: Seen, nouns: frozenset[str]) -> Seen | None:
    """The column whose name is that of this one without the words for code, as `Region` beside `Region code`."""
    wanted = tuple(word for word in column.name.bare if word not in nouns)
    if not wanted or wanted == column.name.bare:
        return None
    return next((other for other in column.table if other is not column and other.name.bare == wanted), None)


_LONGEST_STEM = 5
"""Letters of the names that are shortened so."""
