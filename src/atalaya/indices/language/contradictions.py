"""What a schema cannot say of a methodology: names used twice or not at all, weights that are nothing, scales out of order."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from atalaya.indices.marks import Path

Plain = Mapping[str, Any]
Fault = tuple[Path, str, str]
"""Where, what is wrong, and what to do."""


def contradictions(value: Plain, measures: Collection[str] | None) -> Iterator[Fault]:
    """Every contradiction of a methodology whose templates are written out, in the order of the file."""
    nodes = list(_walk(value["tree"], ("tree",)))
    yield from _layout(value)
    yield from _scale(value)
    yield from _nodes(value, nodes)
    yield from _names(value, nodes)
    yield from _sources(nodes, measures)
    yield from _bands(value)
    yield from _levels(value, nodes)
    yield from _groupings(value, nodes)
    yield from _imputations(value, nodes)


def _layout(value: Plain) -> Iterator[Fault]:
    table = value.get("table", {})
    for key in {"long": ("item", "value"), "crossed": ("item",)}.get(table.get("layout", "wide"), ()):
        if key not in table:
            yield ("table",), f"a {table['layout']} table needs {key}", f"name the column under {key}"
    if "at" in table and "time" not in table:
        yield ("table", "at"), f"the table is at {table['at']} and has no time", "name its column under time"


def _walk(node: Plain, place: Path) -> Iterator[tuple[Path, Plain]]:
    yield place, node
    for number, child in enumerate(node.get("children", ())):
        yield from _walk(child, (*place, "children", number))


def _scale(value: Plain) -> Iterator[Fault]:
    scale = value.get("scale")
    if scale is not None and not scale["low"] < scale["high"]:
        yield ("scale",), f"the scale goes from {scale['low']} to {scale['high']}", "put the smaller number first"
    low, high = (scale["low"], scale["high"]) if scale is not None else (float("-inf"), float("inf"))
    for number, gate in enumerate(value.get("gates", ())):
        whole = gate.get("at", value["tree"]["id"]) == value["tree"]["id"]
        if whole and not low <= gate["cap"] <= high:
            told = f"the cap {gate['cap']} is off the scale"
            yield ("gates", number, "cap"), told, f"choose from {low} to {high}"
    interval = value.get("uncertainty", {}).get("interval", [5, 95])
    if not 0 <= interval[0] < interval[1] <= 100:
        yield (
            ("uncertainty", "interval"),
            f"the interval goes from {interval[0]} to {interval[1]}",
            "write two rising percentiles",
        )


def _nodes(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for place, node in nodes:
        if node["id"] in seen:
            yield (*place, "id"), f"two nodes are called {node['id']!r}", "rename one"
        seen[node["id"]] = place
        branch, leaf = "children" in node, "source" in node
        if branch and leaf:
            yield (*place, "source"), f"{node['id']} has children and a source", "give it one of the two"
        if not branch and not leaf and node.get("collected", True):
            yield place, f"{node['id']} has neither children nor a source", "add one, or say collected: false"
        if branch:
            yield from _weights(place, node, _method(value, place, node))
        ends = node.get("goalposts")
        if ends is not None and ends[0] == ends[1]:
            yield (*place, "goalposts"), "both goalposts are the same", "write the worst and the best"


def _weights(place: Path, node: Plain, method: str) -> Iterator[Fault]:
    weights = [child.get("weight", 1.0) for child in node["children"] if child.get("collected", True)]
    if not weights:
        return
    if all(weight == 0 for weight in weights):
        yield (*place, "children"), f"the children of {node['id']} weigh nothing", "give one of them a weight"
    if method not in ("sum", "product") and any(weight < 0 for weight in weights):
        yield (
            (*place, "children"),
            f"a child of {node['id']} has a negative weight under {method}",
            "use sum, or reverse the child",
        )
    stated = node.get("weights_sum")
    if stated is not None and abs(sum(weights) - stated) > 1e-9:
        problem = f"the weights below {node['id']} add up to {sum(weights):g} and not to {stated:g}"
        yield (*place, "weights_sum"), problem, "correct a weight or the sum"


def _method(value: Plain, place: Path, node: Plain) -> str:
    """How a branch is made: as it says itself, as its depth does, or as all do."""
    levels, depth = value.get("levels", ()), place.count("children")
    common = levels[depth] if depth < len(levels) else value.get("aggregation", "arithmetic")
    told = node.get("aggregation", common)
    return str(told["method"] if isinstance(told, Mapping) else told)


def _names(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[Fault]:
    known = {node["id"]: node for _, node in nodes}
    for number, gate in enumerate(value.get("gates", ())):
        at = gate.get("at", value["tree"]["id"])
        if at not in known:
            yield ("gates", number, "at"), f"there is no node {at!r}", "name a node of the tree"
        elif gate["node"] not in {node["id"] for _, node in _walk(known[at], ())}:
            yield (
                ("gates", number, "node"),
                f"there is no node {gate['node']!r} below {at}",
                "name a node below the one held down",
            )
    for number, view in enumerate(value.get("views", ())):
        for each in view.get("at", ()) if isinstance(view.get("at"), list) else ():
            if each not in known:
                yield ("views", number, "at"), f"there is no node {each!r}", "name a node of the tree"
    for number, told in enumerate(value.get("uncertainty", {}).get("inputs", ())):
        for each in [*told.get("weights", {}).get("of", ()), *([told["drop"]] if "drop" in told else [])]:
            if each not in known:
                yield ("uncertainty", "inputs", number), f"there is no node {each!r}", "name a node of the tree"
    yield from _twice(value)
    yield from _percentiles(value, ())


def _percentiles(value: object, place: Path) -> Iterator[Fault]:
    """Percentiles of any step, wherever it stands, that do not rise."""
    if isinstance(value, Mapping):
        ends = value.get("percentiles")
        if isinstance(ends, list) and not ends[0] < ends[1]:
            yield (
                (*place, "percentiles"),
                f"the percentiles go from {ends[0]} to {ends[1]}",
                "put the smaller one first",
            )
        for key, inner in value.items():
            yield from _percentiles(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _percentiles(inner, (*place, number))


def _twice(value: Plain) -> Iterator[Fault]:
    for list_ in ("views", "rankings", "bands"):
        seen: set[str] = set()
        for number, each in enumerate(value.get(list_, ())):
            if each["id"] in seen:
                yield (list_, number, "id"), f"two of {list_} are called {each['id']!r}", "rename one"
            seen.add(each["id"])
    steps = [name for each in value.get("steps", ()) for name in each]
    for number, name in enumerate(steps):
        if name in steps[:number]:
            yield (
                ("steps", number),
                f"the step {name} stands twice",
                "indicators take further steps under `first` or `then`",
            )


def _sources(nodes: list[tuple[Path, Plain]], measures: Collection[str] | None) -> Iterator[Fault]:
    for place, node in nodes:
        measure = node.get("source", {}).get("measure")
        if measure is None or measures is None or measure in measures or not node.get("collected", True):
            continue
        name = measure.partition("@")[0]
        others = sorted(each for each in measures if each.partition("@")[0] == name)
        remedy = f"cite {others[-1]}" if others else "cite a measure that exists"
        yield (*place, "source", "measure"), f"there is no measure {measure}", remedy


def _bands(value: Plain) -> Iterator[Fault]:
    starts = [band["from"] for band in value.get("bands", ())]
    for place in range(1, len(starts)):
        if not starts[place - 1] < starts[place]:
            yield ("bands", place, "from"), "the bands do not rise", "list them from the lowest up, each start once"


def _levels(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[Fault]:
    """A figure made of the nodes of a level needs every indicator below it to be below one of them."""
    by_depth = value.get("levels", ())
    for place, node in nodes:
        if "children" not in node:
            continue
        depth = place.count("children")
        common = by_depth[depth] if depth < len(by_depth) else value.get("aggregation", "")
        told = node.get("aggregation", common)
        of = told.get("of", "children") if isinstance(told, Mapping) else "children"
        lost = next(_outside(node, of), None) if of not in ("children", "leaves") else None
        if lost is not None:
            problem = f"{node['id']} is made of nodes of the level {of!r}, and {lost} is below none"
            yield place, problem, "give a node above it that level, or write children or leaves under `of`"


def _outside(node: Plain, level: str) -> Iterator[str]:
    for child in node.get("children", ()):
        if not child.get("collected", True) or child.get("level") == level:
            continue
        if "children" in child:
            yield from _outside(child, level)
        else:
            yield child["id"]


def _groupings(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[Fault]:
    told = value.get("groups", {})
    several = isinstance(told, list)
    seen: set[str] = set()
    for number, each in enumerate(told if several else [told]):
        place: Path = ("groups", number) if several else ("groups",)
        name = each.get("id", each.get("aggregation", "arithmetic"))
        if name in seen:
            yield place, f"two rules of groups are called {name!r}", "give each an id of its own"
        seen.add(name)
        pooled = each.get("aggregation") == "pooled"
        if "at" in each and not pooled:
            yield (
                (*place, "at"),
                "only what is pooled is pooled at a level",
                "write aggregation: pooled, or take at out",
            )
        if "at" in each and not any(node.get("level") == each["at"] for _, node in nodes):
            yield (*place, "at"), f"no node has the level {each['at']!r}", "name a level of the tree"
        if pooled and any(node.get("after") for _, node in nodes):
            yield place, "pooled answers do not go with steps after aggregation", "take the mean of the units' figures"


def _imputations(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[Fault]:
    """Imputation from other indicators stands among the common steps; from earlier figures it stands before all other steps."""
    timed = "time" in value.get("table", {})
    for place, told, position in _imputing(value, nodes):
        if told.get("method") == "em":
            level = told.get("among")
            if place[0] != "steps":
                problem = "imputation by em takes several indicators at once, and this is a step of one node"
                yield place, problem, "write it among the steps of all indicators"
            elif level is not None and not any(node.get("level") == level for _, node in nodes):
                yield (
                    (*place, "among"),
                    f"no node has the level {level!r}",
                    "name a level of the tree, or take among out",
                )
        elif told.get("method") == "latest":
            if not timed:
                yield place, "there are no earlier figures: the table has no time", "name its column under table: time"
            elif position != 0:
                problem = "the latest figure is put in after other steps, which it has not gone through"
                yield place, problem, "write it before all other steps of the indicator"
    first = value.get("steps", [{}])[:1]
    if timed and first and (first[0].get("impute") or {}).get("method") == "latest":
        for place, node in nodes:
            if node.get("first") and "impute" not in (node.get("steps") or {}):
                problem = f"{node['id']} has steps before the latest figure is put in, which it has not gone through"
                yield (*place, "first"), problem, "write impute first there, and steps: {impute: null} beside it"


def _imputing(value: Plain, nodes: list[tuple[Path, Plain]]) -> Iterator[tuple[Path, Plain, int]]:
    """Every imputation: where, its parameters, and how many steps of the indicator stand before it at least."""
    for number, each in enumerate(value.get("steps") or ()):
        if each.get("impute"):
            yield ("steps", number, "impute"), each["impute"], number
    for place, node in nodes:
        for list_ in ("first", "then", "after"):
            for number, each in enumerate(node.get(list_) or ()):
                if each.get("impute"):
                    yield (*place, list_, number, "impute"), each["impute"], number if list_ == "first" else 1
        own = (node.get("steps") or {}).get("impute")
        if own:
            names = [name for each in value.get("steps") or () for name in each]
            before = names.index("impute") if "impute" in names else 0
            yield (*place, "steps", "impute"), own, before + len(node.get("first") or ())
