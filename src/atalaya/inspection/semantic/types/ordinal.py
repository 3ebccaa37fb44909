"""Ranks and running numbers of rows."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "rank, ranking, position, posicion, puesto, orden, order, correlativo, step, paso, sort, sort order, "
    "row, row number, fila, lugar ocupado, rango, rang, ordem, posicao, correl, item no, item number, "
    "sequence, secuencia, index, indice, line, linea, numeral, serial, s no, sl no, sr no"
)
NUMBERS = phrases(
    "no, n, num, nro, numero, number, nr, nmero, item, num orden, no orden, numero de orden, no correlativo"
)
"""Names that are running numbers where they are the whole name; the sign # and an empty name are too."""
_SIGNS = frozenset({"#", "No.", "N°", "Nº", "N.º", "№"})
_LEAST_RUNNING = 5


def _is_running(column: Seen) -> bool:
    """Whether the numbers run from 0 or 1 to about their number, each once."""
    numbers = column.numbers
    if not numbers or len(column.values) < _LEAST_RUNNING or column.variety < 0.95:
        return False
    spread = column.distinct
    return min(numbers) in (0, 1) or min(numbers) <= spread / 20 + 1 if max(numbers) <= spread * 1.05 + 1 else False


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Whole numbers from 0 up under a name that says rank or number; running ones without a name."""
    if not column.whole_numbers or not column.numbers or min(column.numbers) < 0:
        return None
    share = column.of_forms(NUMERIC)
    raw = column.name.raw.strip()
    if column.name.says(NAMES) >= HEAD:
        return enough(share, "name")
    if (raw in _SIGNS or column.name.says(NUMBERS) == WHOLE) and (column.variety > 0.5 or _is_running(column)):
        return enough(share, "name")
    return Fit(share, "varied") if not raw and _is_running(column) else None


TYPE = SemanticType(
    id="ordinal",
    version=1,
    title="Rank or running number",
    text="Whole numbers that rank or count the rows: under a name that says so, or without a name where they "
    "run from the first row to the last.",
    forms=frozenset({Form.INTEGER, Form.NUMBER}),
    rule=rule,
    examples=(
        Example("No.", ("1", "2", "3", "4", "5", "6"), True, "numbers of rows"),
        Example("rank", ("3", "1", "1", "5"), True, "ranks"),
        Example("número de casos", ("1", "2", "3"), False, "counts"),
    ),
)
