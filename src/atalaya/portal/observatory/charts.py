"""The charts of the pages: what each shows, said in a sentence, drawn, and in rows for its table and its file."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from markupsafe import Markup

from atalaya.portal.core.downloads import Column
from atalaya.portal.core.drawings import Cell, Moment, columns, tiles, timeline
from atalaya.portal.observatory.models import Edition, Score, Tile
from atalaya.portal.observatory.queries import headline, history_of, index_scores
from atalaya.publish.words import Words

WIDTH_OF_BIN = 10
"""Points of one column of the distribution."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its name in addresses, title, what is to be seen in it, drawing, table as written, and rows as a file."""

    name: str
    title: Markup
    text: Markup
    drawing: Markup
    heads: tuple[Markup, ...]
    cells: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its file."""
        return tuple(Column(name, itemgetter(place)) for place, name in enumerate(self.names))


def national(edition: Edition, say: Words) -> Chart | None:
    """The course of the national figure with its interval; None where no edition has one."""
    group = headline()
    history = history_of(group.id, edition.methodology) if group else []
    known = [(each, score) for each, score in history if score is not None and score.value is not None]
    if not known:
        return None
    last_edition, last = known[-1]
    text = say.t(
        "On {day} it was {value} of 100 points; it may lie between {low} and {high}.",
        day=say.day(last_edition.as_of.isoformat()),
        value=say.number(last.value, 1),
        low=say.number(last.low, 1),
        high=say.number(last.high, 1),
    )
    title = say.t("The national figure over the editions")
    moments = [
        Moment(
            each.as_of.isoformat(),
            say.number(score.value, 1) if score else "",
            score.value if score else None,
            score.low if score else None,
            score.high if score else None,
        )
        for each, score in history
    ]
    return Chart(
        "cifra-nacional",
        title,
        text,
        timeline("cifra-nacional", title, text, moments),
        (say.t("Edition"), say.t("Figure"), say.t("Least"), say.t("Most")),
        tuple((say.day(each.as_of.isoformat()), *_said(say, score)) for each, score in history),
        ("edicion", "fecha", "cifra", "minimo", "maximo"),
        tuple((each.observation, each.as_of, *_ends(score)) for each, score in history),
    )


def distribution(edition: Edition, say: Words) -> Chart | None:
    """How many institutions have how many points; None where none has a figure."""
    values = [score.value for score in index_scores(edition).values() if score.value is not None]
    if not values:
        return None
    counts = Counter(min(int(value // WIDTH_OF_BIN), 100 // WIDTH_OF_BIN - 1) for value in values)
    bins = [(start, start + WIDTH_OF_BIN, counts[start // WIDTH_OF_BIN]) for start in range(0, 100, WIDTH_OF_BIN)]
    fullest = max(bins, key=lambda each: each[2])
    title = say.t("How many institutions have how many points")
    text = say.t(
        "{count} institutions have a figure; most of them, {most}, lie from {low} to {high} points.",
        count=say.number(len(values), 0),
        most=say.number(fullest[2], 0),
        low=fullest[0],
        high=fullest[1],
    )
    return Chart(
        "distribucion",
        title,
        text,
        columns("distribucion", title, text, bins),
        (say.t("Points"), say.t("Institutions")),
        tuple((f"{low}–{high}", say.number(count, 0)) for low, high, count in bins),
        ("desde", "hasta", "instituciones"),
        tuple(bins),
    )


def territory(_edition: Edition, say: Words) -> Chart | None:
    """The figures by division, on a map of equal tiles; None where the country draws none."""
    found = list(Tile.objects.all())
    if not found:
        return None
    known = [tile for tile in found if tile.value is not None]
    title = say.t("The figure of each part of the country")
    text = say.t(
        "Mean of the bodies that lie in each: municipalities, above all. {known} of {all} have a figure.",
        known=say.number(len(known), 0),
        all=say.number(len(found), 0),
    )
    cells = [Cell(tile.name, say.number(tile.value, 0), tile.grid_row, tile.grid_column, tile.value) for tile in found]
    return Chart(
        "mapa",
        title,
        text,
        tiles("mapa", title, text, cells),
        (say.t("Place"), say.t("Figure"), say.t("Least"), say.t("Most"), say.t("Bodies with a figure")),
        tuple((tile.name, *_said(say, tile), f"{tile.measured}/{tile.bodies}") for tile in found),
        ("codigo", "nombre", "cifra", "minimo", "maximo", "instituciones_con_cifra", "instituciones"),
        tuple((tile.code, tile.name, *_ends(tile), tile.measured, tile.bodies) for tile in found),
    )


CHARTS: dict[str, Callable[[Edition, Words], Chart | None]] = {
    "cifra-nacional": national,
    "distribucion": distribution,
    "mapa": territory,
}
"""Every chart by its name in addresses, in the order of their page."""


def _ends(figure: Score | Tile | None) -> Row:
    return (figure.value, figure.low, figure.high) if figure is not None else (None, None, None)


def _said(say: Words, figure: Score | Tile | None) -> tuple[str, str, str]:
    value, low, high = (say.number(each, 1) for each in _ends(figure))  # type: ignore[arg-type]
    return value, low, high
