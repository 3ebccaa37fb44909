"""Codes of a classification: few different values that repeat."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "codigo, code, cod, codigos, codes, clave, cve, ciiu, icd, cie, cie10, icd10, naics, sic, isic, cpc, "
    "unspsc, cofog, renglon, partida, codigo seccion, codigo clase, grupo gasto, "
    "fuente financiamiento, clasificador, cfinalidad, cfuncion, programcode, bureaucode, codigo entidad, "
    "codigo recurso, catid, subgrupo, subprograma, grade, tarifa arancelaria, hs, sa, arancel"
)
REPEATS = 1.5
"""Filled cells for each different value, at least, in a column whose name does not tell."""
_MOST_DIFFERENT = 2_000
_CODE = re.compile(
    r"[A-Za-z]{0,6}[-_. ]?\d[\w.\-/+]{0,24}\Z|[A-Z0-9][A-Z0-9.\-_/]{0,11}\Z|\w{1,4}\Z|[\[\"'\d:,.\]\s\w-]{1,24}\Z"
)
_LETTERED = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z.\-_/:])[^\s,]{1,24}\Z|0\d+\Z|[A-Z]{1,4}\Z")
_MEASURED = NUMERIC - {Form.INTEGER}


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Short tokens under a name that says code; tokens with letters and digits, or leading zeros, that repeat."""
    if column.name.says(NAMES) >= HEAD:
        return enough(column.fitting(_CODE.match), "name")
    if column.distinct > _MOST_DIFFERENT or column.variety * REPEATS > 1 or column.of_forms(_MEASURED) > 0.3:
        return None
    return enough(column.fitting(_LETTERED.match), "repeated")


TYPE = SemanticType(
    id="code",
    version=1,
    title="Code of a classification",
    text="Short tokens under a name that says code, or tokens with letters and digits that repeat at least "
    "{repeats} times on average; up to {tolerated} % may differ.",
    forms=frozenset(
        {Form.INTEGER, Form.NUMBER, Form.CODE, Form.WORD, Form.DAY, Form.SPAN, Form.OTHER, Form.STRUCTURE, Form.MIXED}
    ),
    rule=rule,
    thresholds={"repeats": REPEATS},
    examples=(
        Example("Código Clase", ("11000", "13000", "11000", "13000"), True, "codes under a name that tells"),
        Example("causa", ("A09", "J18", "A09", "J18"), True, "letters and digits that repeat"),
        Example("casos", ("11", "13", "11"), False, "counts"),
    ),
)
