"""Codes of a classification: few different values that repeat."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.digits import are_padded
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.letters import are_marks
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.nouns import FACTORS, KINDS, THINGS
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.semantic.types import title

NAMES = phrases(
    "codigo, code, cod, codigos, codes, clave, cve, codigo seccion, codigo clase, codigo entidad, codigo recurso, cost centre, "
    "cost center, centro de costo, tarifa arancelaria, clasificador, clasificador presupuestario, bureau code, program code, "
    "fuente financiamiento, grupo gasto, objeto de gasto, objeto gasto, renglon, renglon presupuestario, partida arancelaria, "
    "nuts code, sub code, account code, subjective code, category code, codificacion, codice"
)
ABBREVIATIONS = phrases(
    "ciiu, icd, cie, cie10, cie 10, icd10, icd 10, naics, sic, isic, cpc, unspsc, cofog, hs, hs code, sa, arancel, "
    "cpv, cups, atc, gics, nace, ciou, isco, isced, sitc, hts, cuci, cbo, cid, cid10, cid 10, cnae, soc, subgrupo, "
    "subprograma, cfinalidad, cfuncion, programcode, bureaucode, partida, msd, ddd, naf, ape, nic, apc, drg, grd, "
    "cas, cas number, hcpcs, cpt"
)
"""Classifications by their abbreviation, which is all of the name."""
GRADES = phrases("grade, grado, categoria laboral, pay grade, banda salarial, escalafon, nivel salarial, band")
"""Names of grades, whose codes have letters: numbers there are marks of pupils."""
REPEATS = 1.5
"""Filled cells for each different value, at least, in a column whose name does not tell."""
_MOST_DIFFERENT = 2_000
_CODE = re.compile(
    r"[A-Za-z]{0,6}[-_. ]?\d[\w.\-/+]{0,24}\Z|[A-Z0-9][A-Z0-9.\-_/]{0,11}\Z|\w{1,4}\Z|[\[\"'\d:,.\]\s\w-]{1,24}\Z"
)
_LETTERED = re.compile(
    r"(?![-+<>=~]*[\d.,]+\Z)(?![<>=~])(?=\S*\d)(?=\S*[A-Za-z.\-_/:])[^\s,]{1,24}\Z|0\d+\Z|[A-Z]{1,4}\Z|[a-z]\Z|\d{1,4}(?:\.\d{1,4}){2,}\Z"
)
_SIZES = frozenset(["XXS", "XS", "S", "M", "L", "XL", "XXL", "H", "HIGH", "LOW", "MED"])
"""Letters of sizes and levels, which are words made short and no codes."""
_LETTERS = 3
"""Different single letters that are codes of something, whatever it is."""
_THEMES = phrases("theme, super theme, tema")
"""Kinds that the European vocabulary of themes has codes of four letters for."""
_LISTED = re.compile(r"\d{1,4}(?:[ ,;]+\d{1,4}){2,}\Z")
"""Several small numbers in one cell."""
_MEASURED = NUMERIC - {Form.INTEGER}


LETTERED_TOLERANCE = 0.2
"""Share of words among tokens with letters and digits that repeat: a classification has a word or two for the rest."""
MIXED = 0.2
"""Share of the different tokens with letters, from which plain numbers among them are codes too."""
_SHORT = re.compile(r"\S{1,24}\Z")
_NUMBERED = re.compile(r"\d{1,9}(?:\.0)?\Z")
_WITH_DIGITS = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[^\s,]{1,24}\Z")
KINDS_LEAST = 0.6
"""Share of tokens with letters and digits under a name of kinds."""
_SHORT_NAME = 4
"""Words of a name of kinds; longer ones tell what is counted by kind."""
THINGS_MOST, THINGS_REPEAT = 12, 3
"""Different whole numbers under the name of a single thing, and cells for each, up to and from which they tell which."""
KINDS_MOST = 40
"""Different whole numbers under a name of kinds that are codes; more are measured."""
_TALL = phrases(
    "level, nivel, area, total, unidad, unidades, cantidad, count, numero, number, num, nro, n, score, grado, resultado, "
    "outcome, frequency, frecuencia, no of, tot, cant, size, duration, time, days, dias, years, anos"
)
"""Names of kinds that numbers measure."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Short tokens under a name that says code; few whole numbers, or tokens with letters and digits, under a name of
    kinds; such tokens, or ones with leading zeros, that repeat."""
    name = column.name
    told = name.says(NAMES) >= HEAD or name.says(ABBREVIATIONS) == WHOLE
    if column.lengths == 1.0 and len(column.values) >= _LETTERS and column.text.replace("\n", "").isalpha():
        return Fit(1.0)
    if (told and not _is_fraction(column)) or (name.says(GRADES) >= HEAD and column.some(_LETTERED.match) > MIXED):
        return enough(column.fitting(_CODE.match), "name")
    kinds = name.says(KINDS) >= HEAD
    if kinds and column.distinct <= KINDS_MOST:
        lettered = column.fitting(_WITH_DIGITS.match)
        if lettered >= KINDS_LEAST:
            return Fit(lettered, "name")
    repeats = column.variety * REPEATS <= 1
    if not repeats or column.distinct > _MOST_DIFFERENT or column.of_forms(_MEASURED) > 0.3:
        return None
    if name.says(THINGS) == WHOLE and _numbers_things(column):
        return enough(column.fitting(_NUMBERED.match), "name")
    if (kinds or name.says(FACTORS) == WHOLE) and not name.says(_TALL) and _numbers_kinds(column):
        return enough(column.fitting(_NUMBERED.match), "name")
    if set(column.values) <= _SIZES or name.says(title.NAMES) >= HEAD:
        return None
    if are_padded(column):
        return Fit(1.0, "repeated")
    if kinds and column.signs.isdisjoint(DIGITS) and not name.says(_THEMES):
        return None
    if fit := enough(column.fitting(_LISTED.match), "repeated"):
        return fit
    if fit := enough(column.fitting(_LETTERED.match), "repeated", LETTERED_TOLERANCE):
        return fit
    if fit := enough(are_marks(column), "repeated", LETTERED_TOLERANCE):
        return fit
    if column.distinct <= KINDS_MOST:
        return _as_its_like(column) if column.leading is Form.INTEGER and len(column.by_form) == 1 else _mixed(column)
    return None


def _numbers_things(column: Seen) -> bool:
    """Few whole numbers from 1 that stand in many rows each: which article of a law, which question."""
    few = column.distinct <= THINGS_MOST and column.variety * THINGS_REPEAT <= 1
    return few and column.leading in NUMERIC and column.whole_numbers and min(column.numbers, default=0) >= 1


def _as_its_like(column: Seen) -> Fit | None:
    """Few whole numbers that stand among letters in another column of the same name but for its number."""
    for other in column.table:
        if other is column or other.stem != column.stem or other.leading is Form.NUMBER:
            continue
        if len(other.by_form) > 1 and other.view.values.keys() >= set(column.values) and _mixed(other):
            return Fit(1.0, "table")
    return None


def _is_fraction(column: Seen) -> bool:
    """Whether the values are numbers with many decimals, or of which most are below one: measures, no codes."""
    if column.leading is not Form.NUMBER or column.whole_numbers:
        return False
    return max(map(abs, column.numbers), default=0.0) < 1 or column.lengths > _LONGEST_NUMBER


_LONGEST_NUMBER = 8


def _numbers_kinds(column: Seen) -> bool:
    """Few whole numbers, from 1, or from 0 where the name says nothing but what is told apart."""
    if len(column.name.words) > _SHORT_NAME or column.distinct > KINDS_MOST or not column.whole_numbers:
        return False
    return min(column.numbers) >= 1 or column.name.says(KINDS) == WHOLE or column.name.says(FACTORS) == WHOLE


def _mixed(column: Seen) -> Fit | None:
    """Few short tokens, some with letters, none a word in small letters."""
    tokens = column.fitting(_SHORT.match)
    if tokens < 1 - TYPE.tolerance or len(column.values) < 3:
        return None
    lettered = sum(any(map(str.isalpha, value)) for value in column.values) / len(column.values)
    words = sum(value.isalpha() and len(value) > 2 for value in column.values) / len(column.values)
    numbers = column.some(_NUMBERED.match)
    return Fit(tokens, "repeated") if lettered >= MIXED and numbers >= MIXED and words < MIXED else None


TYPE = SemanticType(
    id="code",
    version=3,
    title="Code of a classification",
    text="Short tokens under a name that says code, at most {numbers} whole numbers under a name of kinds, at most "
    "{things} under that of a single thing, or tokens that repeat at least {repeats} times on average: with "
    "letters and digits, with zeros before them, or of letters that are no words; single letters; up to "
    "{tolerated} % may differ.",
    forms=frozenset(
        {
            Form.INTEGER,
            Form.NUMBER,
            Form.CODE,
            Form.WORD,
            Form.DAY,
            Form.SPAN,
            Form.OTHER,
            Form.STRUCTURE,
            Form.MIXED,
            Form.TEXT,
        }
    ),
    rule=rule,
    thresholds={"repeats": REPEATS, "numbers": KINDS_MOST, "things": THINGS_MOST},
    examples=(
        Example("Código Clase", ("11000", "13000", "11000", "13000"), True, "codes under a name that tells"),
        Example("causa", ("A09", "J18", "A09", "J18"), True, "letters and digits that repeat"),
        Example("article", ("10", "10", "11", "10", "11", "10", "11"), True, "articles of a law"),
        Example("clase", ("01", "02", "10", "01", "02", "10"), True, "numbers with zeros before them"),
        Example("facies", ("gS", "(g)S", "gS", "msG", "gS", "(g)S", "msG", "gS"), True, "letters that are no words"),
        Example("Supplier Type", ("GOV", "SME", "GOV", "SME", "LOC", "GOV"), False, "kinds by short words"),
        Example("casos", ("11", "13", "11"), False, "counts"),
    ),
)
