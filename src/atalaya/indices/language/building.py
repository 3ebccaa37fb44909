"""From the plain values of a methodology, already checked, to its frozen objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from atalaya.indices.language.definition import (
    AggregationCall,
    BandRule,
    Cells,
    Condition,
    GroupRule,
    Index,
    Item,
    Layout,
    Missing,
    NodeGate,
    RankRule,
    Source,
    StepCall,
    Uncertainty,
    View,
)

Plain = Mapping[str, Any]
_SETTINGS = ("denominator", "goalposts", "target", "centre", "spread")


def built(value: Plain, digest: str, uncertainty: Uncertainty | None) -> Index:
    """The index of a document that the schema and the search for contradictions let pass; templates are written out."""
    units, coverage = value["units"], value.get("coverage", {})
    scale, rounding = value.get("scale", {}), value.get("rounding", {})
    levels = [_aggregation(each) for each in value.get("levels", ())]
    common = _Common(
        cells=_cells(value.get("cells", {}), Cells()),
        missing=_missing(value.get("missing", {}), Missing()),
        aggregation=_aggregation(value.get("aggregation", "arithmetic")),
        levels=levels,
    )
    return Index(
        name=value["id"],
        version=value["version"],
        sha256=digest,
        title=_texts(value["title"]),
        text=_texts(value.get("text", {})),
        source=_texts(value.get("source", {})),
        unit_column=units["id"],
        name_column=units.get("name"),
        groups=tuple(units.get("groups", ())),
        layout=_layout(value.get("table", {})),
        low=float(scale.get("low", "-inf")),
        high=float(scale.get("high", "inf")),
        floor=float(coverage.get("floor", 0.0)),
        counts=coverage.get("counts", "indicators"),
        screen=float(coverage.get("screen", 0.0)),
        steps=_steps(value.get("steps", ())),
        root=_item(value["tree"], common, 0, {}),
        views=tuple(_view(each) for each in value.get("views", ())),
        gates=tuple(_gate(each, value["tree"]["id"]) for each in value.get("gates", ())),
        group_rules=tuple(_grouping(each) for each in groupings(value)),
        decimals=rounding.get("decimals", 2),
        half_even=rounding.get("halves") == "even",
        rankings=tuple(_ranking(each) for each in value.get("rankings", [{"id": "rank"}])),
        bands=tuple(
            BandRule(id=b["id"], start=float(b["from"]), title=_texts(b.get("title", b["id"])))
            for b in value.get("bands", ())
        ),
        uncertainty=uncertainty,
        document=value,
    )


class _Common:
    """What holds for every node that does not say otherwise."""

    def __init__(
        self, *, cells: Cells, missing: Missing, aggregation: AggregationCall, levels: Sequence[AggregationCall]
    ) -> None:
        self.cells, self.missing, self.aggregation, self.levels = cells, missing, aggregation, levels

    def at(self, depth: int) -> AggregationCall:
        """How nodes at this depth are made, the index at 0."""
        return self.levels[depth] if depth < len(self.levels) else self.aggregation


def _item(value: Plain, common: _Common, depth: int, inherited: Mapping[str, str]) -> Item:
    tags = {**inherited, **{key: str(word) for key, word in value.get("tags", {}).items()}}
    aggregation = _aggregation(value["aggregation"]) if "aggregation" in value else common.at(depth)
    source = value.get("source")
    ends = value.get("range")
    return Item(
        id=value["id"],
        title=_texts(value.get("title", value["id"])),
        text=_texts(value.get("text", {})),
        level=value.get("level", ""),
        weight=float(value.get("weight", 1.0)),
        children=tuple(_item(child, common, depth + 1, tags) for child in value.get("children", ())),
        source=None if source is None else next(Source(kind=kind, name=name) for kind, name in source.items()),
        unit=_texts(value.get("unit", {})),
        decreasing=value.get("direction") == "decreasing",
        settings={name: value[name] for name in _SETTINGS if name in value},
        range=None if ends is None else (float(min(ends)), float(max(ends))),
        cells=_cells(value.get("cells", {}), common.cells),
        overrides={
            name: None if parameters is None else StepCall(name, parameters)
            for name, parameters in value.get("steps", {}).items()
        },
        first=_steps(value.get("first", ())),
        then=_steps(value.get("then", ())),
        aggregation=aggregation,
        after=_steps(value.get("after", ())),
        missing=_missing(value.get("missing", {}), common.missing),
        least=float(value.get("least", 0.0)),
        least_children=value.get("least_children", 1),
        applies_when=_conditions(value.get("applies_when"), common.cells.unknown),
        tags=tags,
        collected=value.get("collected", True),
    )


def _texts(value: object) -> Mapping[str, str]:
    if isinstance(value, Mapping):
        return {str(tag): str(text) for tag, text in value.items()}
    return {"": str(value)}


def _steps(value: Sequence[Plain]) -> tuple[StepCall, ...]:
    return tuple(StepCall(name, parameters or {}) for each in value for name, parameters in each.items())


def _aggregation(value: object) -> AggregationCall:
    if isinstance(value, str):
        return AggregationCall(value)
    assert isinstance(value, Mapping), "held by the schema"
    options = {name: option for name, option in value.items() if name not in ("method", "of")}
    return AggregationCall(value["method"], options, of=value.get("of", "children"))


def _missing(value: Plain, common: Missing) -> Missing:
    return Missing(value.get("not_applicable", common.not_applicable), value.get("unknown", common.unknown))


def _cells(value: Plain, common: Cells) -> Cells:
    return Cells(
        not_applicable=_words(value["not_applicable"]) if "not_applicable" in value else common.not_applicable,
        unknown=_words(value["unknown"]) if "unknown" in value else common.unknown,
        values={str(word): float(n) for word, n in value["values"].items()} if "values" in value else common.values,
    )


def _words(value: Sequence[object]) -> frozenset[str]:
    return frozenset(str(word) for word in value)


def _conditions(value: Plain | Sequence[Plain] | None, unknown: frozenset[str]) -> tuple[Condition, ...] | None:
    if value is None:
        return None
    return tuple(_condition(each, unknown) for each in ([value] if isinstance(value, Mapping) else value))


def _condition(value: Plain, unknown: frozenset[str]) -> Condition:
    [kind] = [kind for kind in value if kind != "column"]
    if kind in ("at_least", "below"):
        return Condition(column=value["column"], kind=kind, number=float(value[kind]), unknown=unknown)
    return Condition(column=value["column"], kind=kind, words=_words(value[kind]), unknown=unknown)


def groupings(value: Plain) -> Sequence[Plain]:
    """The rules for figures of groups: one or several; where none is written, the mean of all."""
    told = value.get("groups", {})
    return [told] if isinstance(told, Mapping) else told


def _grouping(value: Plain) -> GroupRule:
    name = value.get("id", value.get("aggregation", "arithmetic"))
    return GroupRule(
        id=name,
        title=_texts(value.get("title", name)),
        pooled=value.get("aggregation") == "pooled",
        weight=value.get("weight"),
        at=value.get("at"),
    )


def _view(value: Plain) -> View:
    at = value.get("at", "every")
    return View(
        id=value["id"],
        title=_texts(value.get("title", value["id"])),
        where={key: str(word) for key, word in value.get("where", {}).items()},
        at=None if at == "every" else tuple(at),
        aggregation=_aggregation(value.get("aggregation", "arithmetic")),
        after=_steps(value.get("after", ())),
    )


def _layout(value: Plain) -> Layout:
    return Layout(
        kind=value.get("layout", "wide"),
        item=value.get("item", ""),
        value=value.get("value", ""),
        where={key: str(word) for key, word in value.get("where", {}).items()},
        time=value.get("time", ""),
        at=None if "at" not in value else float(value["at"]),
    )


def _gate(value: Plain, root: str) -> NodeGate:
    return NodeGate(
        node=value["node"],
        below=float(value["below"]),
        cap=float(value["cap"]),
        at=value.get("at", root),
        text=_texts(value.get("text", {})),
    )


def _ranking(value: Plain) -> RankRule:
    return RankRule(
        id=value["id"],
        decimals=value.get("decimals", 12),
        ties=value.get("ties", "min"),
        ascending=value.get("order") == "ascending",
        within=value.get("within"),
    )
