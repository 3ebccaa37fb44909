"""Ranks and running numbers of rows."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, Name, phrases
from atalaya.inspection.semantic.nouns import COUNTS, THINGS
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.semantic.types import code, identifier

NAMES = phrases(
    "rank, ranking, position, posicion, puesto, orden, order, correlativo, step, paso, sort, sort order, row, row "
    "number, fila, lugar ocupado, rango, rang, ordem, posicao, correl, item no, item number, sequence, secuencia, "
    "index, indice, line, linea, numeral, serial, s no, sl no, sr no, level, nivel, timestep, trial, attempt, round, "
    "visit, wave, intento, ronda, visita, time step, iteration, iteracion, stage, etapa, rownum, rownumber, seq, "
    "ranking order"
)
NUMBERS = phrases(
    "no, n, num, nro, numero, number, nr, nmero, item, num orden, no orden, numero de orden, no correlativo"
)
"""Names that are running numbers where they are the whole name; the sign # and an empty name are too."""
_SIGNS = frozenset({"#", "No.", "N°", "Nº", "N.º", "№", "Nr.", "No", "N"})
MOST_LEVELS = 20
"""Numbers above it under *level* are measures."""
_LEVELS = phrases("level, nivel, stage, etapa, trial, attempt, round, visit, wave, intento, ronda, visita")
_INDICES = phrases("index, indice")
"""Names that are as often of a figure."""
LEAST_RUNNING = 20
"""Values from which numbers that run from 0 or 1 without a gap are no chance, whatever the column is called."""
SIGNED_VARIETY, NUMBERED_VARIETY = 0.5, 0.8
"""Different numbers for each row under the sign for number, and under a word for it; what repeats more is a count."""
PAIRS = 5
"""Pairs of equal numbers that chance would bring, from which their absence says that they number the rows."""
SPREAD = 3
"""Times the number of rows that their numbers may reach where rows were left out."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Whole numbers from 0 up under a name that says rank or number; running ones whatever the name."""
    if not column.whole_numbers or not column.numbers or min(column.numbers) < 0:
        return None
    name = column.name
    share = column.of_forms(NUMERIC)
    most = max(column.numbers)
    identifies = name.says(identifier.NAMES) >= HEAD
    if name.says(NAMES) >= HEAD and not name.says(COUNTS) and not identifies:
        ranks = not name.says(_INDICES) and (not name.says(_LEVELS) or (most <= MOST_LEVELS and not _has_scale(name)))
        return enough(share, "name") if ranks or column.runs else None
    signed = name.raw.strip() in _SIGNS
    if signed or (name.says(NUMBERS) == WHOLE and not any(map(str.isdigit, name.words))):
        varied = column.variety >= (SIGNED_VARIETY if signed else NUMBERED_VARIETY)
        near = most <= SPREAD * column.view.filled + 1 or _are_left_over(column, most)
        return enough(share, "name") if varied and near else None
    if not name.raw.strip() and column.runs:
        return Fit(share, "varied")
    known = identifies or name.says(code.NAMES) >= HEAD or name.says(COUNTS) >= HEAD or name.says(THINGS) == WHOLE
    return Fit(share, "varied") if column.runs and column.distinct >= LEAST_RUNNING and not known else None


def _has_scale(name: Name) -> bool:
    """Whether two numbers in a name give the ends of a scale: what is under it are marks (`nivel_0_5`)."""
    return sum(map(str.isdigit, name.words)) > 1


def _are_left_over(column: Seen, most: float) -> bool:
    """Whether no number stands twice although of so many below the largest several would by chance: running numbers of
    rows of which others were left out. Of n numbers drawn below m, n² / 2m pairs are equal."""
    drawn = column.view.distinct
    return drawn == column.view.filled and drawn * drawn >= 2 * PAIRS * most


TYPE = SemanticType(
    id="ordinal",
    version=3,
    title="Rank or running number",
    text="Whole numbers that rank or count the rows: under a name that says so, or under any but that of an identifier "
    "or a code where they run from the first of at least {running} rows to the last. Rows may have been left out "
    "where no number stands twice although chance would bring several.",
    forms=frozenset({Form.INTEGER, Form.NUMBER}),
    rule=rule,
    thresholds={"running": LEAST_RUNNING},
    signs=DIGITS,
    examples=(
        Example("No.", ("1", "2", "3", "4", "5", "6"), True, "numbers of rows"),
        Example("rank", ("3", "1", "1", "5"), True, "ranks"),
        Example("Timestep", tuple(map(str, range(1, 40))), True, "numbers that run from the first row to the last"),
        Example(
            "No",
            tuple(str(100 * n + n % 7) for n in range(1, 1200)),
            True,
            "numbers of rows of which others were left out",
        ),
        Example("nivel_apertura_0_5", ("3", "5", "0", "3"), False, "marks on a scale"),
        Example("N5", ("127168", "17238", "23128"), False, "numbers that do not run"),
        Example("número de casos", ("1", "2", "3"), False, "counts"),
    ),
)
