"""Faults of real files with known figures (guatemala.md §6), found by an inspection that is told nothing of them.

    python -m benchmarks.golden_tables [FOLDER]

FOLDER is the recorded material (by default `ATALAYA_CORPORA`, else `../shared/corpora`). The expected figures were computed from
the files by others. Only the divisions of the country and the sums that it declares are known, as in every round.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from atalaya.countries.reader import find_pack, read_pack
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Table
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.semantic.knowledge import knowledge_of

CENSUS = "Cuadro_"
"""What the names of the census tables hold."""
POPULATION = "10._Cuadro_A1_Poblacion_total_por_sexo_grupos_quinquenales_de_edad_y_area.xlsx"
INCOME = "minfin_ejecucion_presupuestaria_ingresos_municipales.xlsx"
FORMATS = "latam_tables/gt_ogp/Cesar_test__mapa__munis2017.csv"
DISGUISED = "groundtruth/xls_repair_sinim"
MENDED_CELLS = 1
"""Cells whose value the makers of the twins corrected by hand: C271 of 20240615153456.xls, a thousand times the park land of the
years before; no reader can give it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a file: what it is, what others computed, and what the inspection says."""

    name: str
    expected: object
    found: object


@cache
def _limits() -> Limits:
    return replace(DEFAULT, described=False, cells_kept=True, knowledge=knowledge_of(read_pack(find_pack("gt"))))


def _tables(path: Path) -> tuple[Table, ...]:
    return inspect_file(path, limits=_limits()).tables


def _defects(tables: Iterable[Table], kind: str) -> list[CellDefect]:
    return [defect for table in tables for defect in table.defects if defect.id == kind]


def _count(tables: Iterable[Table], kind: str) -> int:
    return sum(defect.count for defect in _defects(tables, kind))


def compared(corpora: Path) -> list[Figure]:
    """Every figure, expected and found."""
    return [*_population(corpora), *_income(corpora), *_formats(corpora), *_disguised(corpora)]


def _population(corpora: Path) -> Iterator[Figure]:
    tables = _tables(corpora / "guatemala" / POPULATION)
    wrong = _defects(tables, "codes_contradict_names")
    yield Figure("A1: rows with a wrong code or department", 3, sum(defect.count for defect in wrong))
    rows = [row for defect in wrong for row in defect.rows]
    yield Figure("A1: their rows (1310, 3111 and 1017)", [152, 208, 236], rows)
    yield Figure("A1: rows that share a code (1310 and 1017)", 4, _count(tables, "duplicate_keys"))
    census = sorted(path for path in (corpora / "guatemala").glob("*.xlsx") if CENSUS in path.name)
    shared = [path for path in census if _defects(_tables(path), "duplicate_keys")]
    yield Figure("census tables in which municipalities share a code", len(census), len(shared))


def _income(corpora: Path) -> Iterator[Figure]:
    tables = _tables(corpora / "guatemala" / INCOME)
    broken = _defects(tables, "identities_broken")
    yield Figure("municipal income: rows that break the budget identity", 13, sum(each.count for each in broken))
    yield Figure("municipal income: rows with negative values", 108, _count(tables, "negative_values"))
    outlying = _defects(tables, "magnitude_outlying")
    yield Figure("municipal income: corrupt years of a municipality", 1, sum(defect.count for defect in outlying))
    rows = [row for defect in outlying for row in defect.rows]
    yield Figure("municipal income: rows of the corrupt year", list(range(7727, 7747)), rows)
    yield Figure(
        "municipal income: breaking rows are of that year",
        True,
        {row for each in broken for row in each.rows} <= set(rows),
    )


def _formats(corpora: Path) -> Iterator[Figure]:
    found = _defects(_tables(corpora / FORMATS), "number_formats_mixed")
    mixed = [column for defect in found for column in defect.columns]
    yield Figure("munis2017: columns of amounts written in two ways", [14, 15, 16, 17, 18], mixed)


def _disguised(corpora: Path) -> Iterator[Figure]:
    originals = sorted((corpora / DISGUISED / "original").glob("*.xls"))
    differing = [_differing(path, corpora / DISGUISED / "corrected" / path.name) for path in originals]
    yield Figure(
        "disguised Excel files read as their twins", len(originals), sum(each <= MENDED_CELLS for each in differing)
    )
    yield Figure("cells unlike those of the twins, which mended them by hand", MENDED_CELLS, sum(differing))


def _differing(one: Path, other: Path) -> int:
    """Cells that differ between the tables of two files, empty ones at the end of rows left out."""
    first, second = _rows(one), _rows(other)
    pairs = list(zip(first, second, strict=False))
    cells = sum(a != b for left, right in pairs for a, b in zip(left, right, strict=False))
    longer = sum(abs(len(left) - len(right)) for left, right in pairs)
    return cells + longer + sum(map(len, (*first[len(pairs) :], *second[len(pairs) :])))


def _rows(path: Path) -> list[list[str]]:
    found: list[list[str]] = []
    for table in _tables(path):
        assert table.frame is not None, "cells are kept"
        frame = table.frame
        rows = [texts for _, texts in frame.titles], [frame.names], frame.rows(), [texts for _, texts in frame.notes]
        found.append([table.name])
        found.extend(list(row) for part in rows for row in part)
    for row in found:
        while row and not row[-1]:
            row.pop()
    return found


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a figure differs, 2 where the recorded material is absent."""
    folder = Path(arguments[0] if arguments else os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    if not folder.is_dir():
        print(f"{folder} is not there; give the folder of the recorded material")
        return 2
    figures = compared(folder)
    grid = Grid("figure", "expected", "found", "")
    for figure in figures:
        grid.add_row(
            figure.name, str(figure.expected), str(figure.found), "" if figure.expected == figure.found else "differs"
        )
    Console(soft_wrap=True, highlight=False).print(grid)
    return int(any(figure.expected != figure.found for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
