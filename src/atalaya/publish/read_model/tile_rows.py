"""The rows of the map: each division that the pack draws as a tile, with the bodies in it and the mean of their figures."""

from collections import defaultdict
from collections.abc import Iterator
from math import fsum

from atalaya.countries.pack import CountryPack
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values
from atalaya.store.tables import Row


def tiles(newest: Newest) -> Iterator[Values]:
    """One row a tile: how many bodies of the register lie in the division or below, how many have a figure, and its plain mean.

    Low and high are the means of the ends of the same bodies' intervals, so that the figure lies between them.
    """
    figures = _figures(newest)
    within = _within(newest.pack)
    there: defaultdict[str, list[Row | None]] = defaultdict(list)
    for body in newest.pack.institutions:
        if body.division in within and body.id in figures:
            there[within[body.division]].append(figures[body.id])
    for division in newest.pack.divisions:
        if division.row is not None and division.column is not None:
            bodies = there[division.code]
            known = [row for row in bodies if row is not None]
            means = [_mean([row[end] for row in known]) for end in ("value", "low", "high")]
            yield division.code, division.name, division.row, division.column, len(bodies), len(known), *means


def _figures(newest: Newest) -> dict[str, Row | None]:
    """Every body of the observation's register, with its row of the whole index where that has a value."""
    figures: dict[str, Row | None] = {
        str(row["institution_id"]): None for row in newest.observation.rows("institutions")
    }
    rows = newest.observation.rows("scores", "methodology_id = ? AND node = 'index'", (newest.report.methodology.id,))
    figures.update({str(row["unit_id"]): row for row in rows if row["unit_id"] in figures and row["value"] is not None})
    return figures


def _within(pack: CountryPack) -> dict[str | None, str]:
    """Code of a division → the code of the tile that it is, or lies in at whatever depth."""
    divisions = {division.code: division for division in pack.divisions}
    found: dict[str | None, str] = {}
    for code in divisions:
        outer = divisions.get(code)
        while outer is not None and outer.row is None:
            outer = divisions.get(outer.parent or "")
        if outer is not None:
            found[code] = outer.code
    return found


def _mean(values: list[object]) -> float | None:
    """The mean; None of nothing."""
    return fsum(float(str(value)) for value in values) / len(values) if values else None
