"""What is counted of a column does not depend on what was known of some of its texts before."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from atalaya.inspection.frame import ColumnBuilder
from atalaya.inspection.kinds import Judged, kinds_of, text_kind
from atalaya.inspection.tallies import tally

TEXTS = (
    "1", "2", "0007", "3.5", "4,25", "1.234,5", "2020-01-31", "3 de mayo de 2021", "sí", "no", "", "s.d.", "N/D", "Arriba",
    "Abajo", "contrato 7", "Mayo", "12 calle", "-", "x" * 50,
)  # fmt: skip


def column(cells: Sequence[str]) -> ColumnBuilder:
    found = ColumnBuilder()
    found.add(cells, 0)
    return found


def judged(texts: Sequence[str]) -> Judged:
    different = dict.fromkeys(texts)
    most, others = kinds_of(list(different))
    return Judged(different, len(different), most, others)


@pytest.mark.parametrize("seed", range(40))
def test_a_column_is_counted_alike_with_and_without_its_head(seed: int) -> None:
    """The head holds some of the texts, and some that are not in the column: of titles, headers and notes."""
    chance = random.Random(seed)
    cells = chance.choices(TEXTS, weights=[chance.random() ** 4 for _ in TEXTS], k=60)
    head = [*cells[:: chance.choice((1, 2, 7))], *chance.sample(TEXTS, k=chance.randrange(4))]
    found = tally(column(cells), top=True, known=judged(head))
    assert found == tally(column(cells), top=True)
    kinds = Counter(map(text_kind, cells))
    assert found.kinds == {kind: number for kind, number in kinds.items() if number}
    assert found.distinct == len({cell for cell in cells if text_kind(cell) != "empty"})


def test_a_column_without_rows_holds_nothing() -> None:
    found = tally(column([]), top=True, known=judged(["1", "2"]))
    assert (found.rows, found.distinct, found.values, found.kinds) == (0, 0, {}, {})
