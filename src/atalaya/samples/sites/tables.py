"""Tables of what a duty is about: columns from the words, cells of invented people, amounts and places."""

import random
from datetime import date, timedelta

from atalaya.duties.periods import Period
from atalaya.samples.plan import AS_OF
from atalaya.samples.sites.wording import duty_words, site_texts
from atalaya.samples.tables import Cell, Rows

FEWEST_ROWS, MOST_ROWS = 5, 14
_YEAR = 365


def build(key: str, period: Period | None, domain: str, said: str) -> Rows:
    """The table of a duty over a period (None: the year before the sample); equal `said` gives equal cells."""
    columns: dict[str, str] = duty_words()[key]["columns"]
    cells = random.Random(f"{domain}/{key}/{said}")  # noqa: S311 - sample figures, no secret
    last = AS_OF[1].date() if period is None else period.last
    first = last - timedelta(days=_YEAR) if period is None else period.first
    rows = tuple(
        tuple(_cell(kind, number, cells, first, last, domain) for kind in columns.values())
        for number in range(1, cells.randint(FEWEST_ROWS, MOST_ROWS) + 1)
    )
    return Rows(tuple(columns), rows)


def _cell(kind: str, number: int, cells: random.Random, first: date, last: date, domain: str) -> Cell:
    texts = site_texts()
    match kind:
        case "monto":
            return round(cells.uniform(100, 90_000), 2)
        case "cantidad":
            return cells.randint(1, 400)
        case "porcentaje":
            return round(cells.uniform(0, 100), 1)
        case "codigo":
            return f"M-{cells.randrange(10_000, 99_999)}"
        case "telefono":
            return "0000 0000"
        case "persona":
            return str(texts["person"].format(number=number))
        case "correo":
            return str(texts["mail"].format(number=number, domain=domain))
        case "fecha":
            return (first + timedelta(days=cells.randrange((last - first).days + 1))).isoformat()
        case _:
            return str(cells.choice(texts["values"][kind]))
