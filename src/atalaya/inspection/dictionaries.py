"""Data dictionaries published in the place of data: tables whose rows describe fields."""

import re
from collections.abc import Sequence

from atalaya.inspection.kinds import words

_FIELD_NAMES = words(
    "campo campos columna columnas variable variables field fields column nombre_campo nombre_columna nombre_variable "
    "nombre_del_campo nombre_de_la_columna nombre_de_campo nombre_de_la_variable atributo attribute element field_name "
    "column_name variable_name nombre_de_columna nombre_variables name nombre coluna codigo_variable etiqueta_columna"
)
_MEANING_NAMES = words(
    "descripcion description definicion definition significado etiqueta label detalle descricao descripcion_del_campo meaning "
    "descripcion_campo descripcion_de_la_variable descripcion_columna descripcion_variable explicacion concepto"
)
_TYPE_NAMES = words(
    "tipo type tipo_de_dato tipo_dato data_type datatype formato format longitud length tamano size tipo_de_datos tipo_variable "
    "dominio unidad unit valores values ejemplo example obligatorio required tipo_campo"
)
_TYPE_VALUES = re.compile(
    r"(?:texto|text|string|cadena|n[uú]mero|numeric[oa]?|num[eé]ric[oa]|number|integer|entero|int|float|decimal|double|date|fecha|datetime|"
    r"timestamp|boolean|booleano|varchar|char|alfanum[eé]ric[oa]|categ[oó]ric[oa]|bigint|geometry|lista|money|l[oó]gico)s?\b[^a-z]*\Z",
    re.IGNORECASE,
)
_ACCENTS = str.maketrans("áéíóúüñçã", "aeiouunca")


def names_a_type(text: str) -> bool:
    """Whether a cell names a data type."""
    return text[:1].isalpha() and len(text) < 40 and _TYPE_VALUES.match(text) is not None


def describes_schema(names: Sequence[str], rows: int, typed: int) -> bool:
    """Whether a table is a data dictionary: columns for the field and its meaning, rows that name types or one for each field.

    `typed` counts rows with a cell that names a data type.
    """
    plain = {re.sub(r"\W+", "_", name.strip().lower().translate(_ACCENTS)).strip("_") for name in names}
    if not plain & _FIELD_NAMES or not plain & (_MEANING_NAMES | _TYPE_NAMES) or not 0 < rows <= 2_000:
        return False
    strong = plain & (_FIELD_NAMES - {"name", "nombre", "element"})
    if len(plain - _FIELD_NAMES - _MEANING_NAMES - _TYPE_NAMES - {"no", "n", "", "id", "tabla", "table", "orden"}) > 2:
        return False
    return typed * 2 >= rows or bool(strong and plain & _MEANING_NAMES)
