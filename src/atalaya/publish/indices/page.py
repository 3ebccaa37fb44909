"""One page of a computed index: ranking with intervals, what it is made of, how it was computed. Without any script."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.indices.analysis import Analysis
from atalaya.indices.engine import Computed
from atalaya.indices.language.definition import Item
from atalaya.indices.rows import log_rows, ranking_rows, sensitivity_rows, uncertainty_rows
from atalaya.publish.templates import render
from atalaya.translations import translate

_DOMAIN = "index"
_DRAWN = 6
"""Children of the index whose figures stand in the ranking."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A unit in the ranking. `low`, `high` and `at` are percents of the width of the drawing."""

    row: Mapping[str, object]
    low: float
    high: float
    at: float
    parts: tuple[str, ...]


def index_page(computed: Computed, language: str = "es", analysis: Analysis | None = None) -> str:
    """The page as HTML, in Spanish or English; with the intervals of an analysis where there is one."""
    index = computed.index
    rows = ranking_rows(computed)
    low, high = _ends(computed, rows)
    children = index.root.present[:_DRAWN]

    def t(text: str, **values: object) -> str:
        return translate(text, language, _DOMAIN).format(**values)

    def title(item: Item) -> str:
        return in_language(item.title, language) or item.id

    lines = [_line(computed, row, low, high, [child.id for child in children]) for row in rows]
    ranked = [line for line in lines if line.row["ranked"]]
    return render(
        "index",
        "page.html",
        t=t,
        language=language,
        index=index,
        title=in_language(index.title, language),
        text=in_language(index.text, language),
        source=in_language(index.source, language),
        rule=index.rankings[0],
        children=[title(child) for child in children],
        ranked=ranked,
        others=[line for line in lines if not line.row["ranked"]],
        scale=(_figure(low, 0), _figure(high, 0)),
        decimals=index.decimals,
        figure=_figure,
        tree=list(_tree(index.root, 0)),
        titled=title,
        steps=[
            (step.name, ", ".join(f"{key} {value}" for key, value in step.parameters.items())) for step in index.steps
        ],
        left_out=[title(item) for item in index.not_collected],
        log=log_rows(computed),
        **_uncertain(computed, analysis, language),
        bands=[(in_language(band.title, language), band.start) for band in index.bands],
    )


def _uncertain(computed: Computed, analysis: Analysis | None, language: str) -> dict[str, object]:
    """What the page tells of the reruns: a line for each ranked unit with its places, and the inputs by their shares."""
    if analysis is None or computed.index.uncertainty is None:
        return {"reruns": 0, "uncertainty": [], "sensitivity": [], "percentiles": ("5", "95")}
    rows = uncertainty_rows(computed, analysis.uncertain)
    most = max((float(str(row["rank_high"])) for row in rows), default=1.0)
    titles = {each.id: in_language(each.title, language) or each.id for each in computed.index.uncertainty.inputs}

    def at(value: object) -> float:
        return round(100.0 * (float(str(value)) - 1.0) / max(most - 1.0, 1.0), 2)

    lines = [
        {**row, "from": at(row["rank_low"]), "to": at(row["rank_high"]), "at": at(row["rank_nominal"])} for row in rows
    ]
    shares = [
        {
            **row,
            "title": titles[str(row["input"])],
            "width": round(100.0 * min(max(_number(row["total"]), 0.0), 1.0), 2),
        }
        for row in sensitivity_rows(analysis.sensitive)
    ]
    low, high = computed.index.uncertainty.interval
    return {
        "reruns": analysis.uncertain.draws,
        "uncertainty": lines,
        "sensitivity": shares,
        "percentiles": (f"{low:g}", f"{high:g}"),
    }


def _number(value: object) -> float:
    return 0.0 if value is None else float(str(value))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text in the reader's language, else in English, else in whatever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _ends(computed: Computed, rows: list[dict[str, object]]) -> tuple[float, float]:
    """The ends of the drawing: the scale of the index, else the figures with some room."""
    index = computed.index
    figures = [float(str(row[key])) for row in rows for key in ("low", "value", "high") if row[key] is not None]
    figures = [figure for figure in figures if abs(figure) != float("inf")] or [0.0, 1.0]
    low = index.low if abs(index.low) != float("inf") else min(figures)
    high = index.high if abs(index.high) != float("inf") else max(figures)
    return (low, high) if low < high else (low, low + max(1.0, abs(low)))


def _line(computed: Computed, row: dict[str, object], low: float, high: float, children: list[str]) -> _Line:
    def at(key: str) -> float:
        value = row[key]
        share = ((float(str(value)) - low) / (high - low)) if value is not None else 0.0
        return round(100.0 * min(max(share, 0.0), 1.0), 2)

    parts = tuple(_figure(row[child], computed.index.decimals) for child in children)
    return _Line(row, at("low"), at("high"), at("value"), parts)


def _figure(value: object, decimals: int) -> str:
    return "–" if value is None else f"{float(str(value)):.{decimals}f}"


def _tree(item: Item, depth: int) -> list[tuple[int, Item, float]]:
    """Every node with its depth and its share of the whole weight."""
    found = [(depth, item, 1.0)] if depth == 0 else []
    total = sum(abs(child.weight) for child in item.present)
    for child in item.present:
        found.append((depth + 1, child, abs(child.weight) / total if total else 0.0))
        found += _tree(child, depth + 1)
    return found
