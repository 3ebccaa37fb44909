"""Methodologies: read from YAML, validated against the published JSON Schema, and refused with the line and what to do."""

import hashlib
import json
import math
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from atalaya.exceptions import MethodologyError
from atalaya.indices.faults import first_fault, nearest
from atalaya.indices.locks import hold_to_lock
from atalaya.indices.marks import Document, load_document, read_document
from atalaya.indices.marks import Path as Place
from atalaya.indices.methodology import Band, Gate, Methodology, Node, Ranking

SHIPPED = Path(str(resources.files("atalaya"))) / "data" / "methodologies"
"""The folder of the methodologies that come with Atalaya: `<index>/<version>.yml` and `published.lock`."""


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of methodologies."""
    path = resources.files("atalaya").joinpath("data", "schemas", "methodology.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def read_shipped(reference: str, measures: Collection[str] | None = None, folder: Path = SHIPPED) -> Methodology:
    """Read `<index>/<version>` from a folder of methodologies, held to its `published.lock`.

    `measures` are the ids that exist (`licence_open@1`); None skips that comparison.
    Raises MethodologyError when it is missing, wrong, or differs from its published edition.
    """
    path = folder / f"{reference}.yml"
    if not path.is_file():
        known = ", ".join(shipped(folder)) or "none"
        raise MethodologyError(f"there is no methodology {reference!r} in {folder}; known: {known}")
    return read_methodology(path, measures, folder / "published.lock")


def shipped(folder: Path = SHIPPED) -> tuple[str, ...]:
    """Every `<index>/<version>` in a folder of methodologies, sorted."""
    return tuple(sorted(f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.yml")))


def read_methodology(path: Path, measures: Collection[str] | None = None, lock: Path | None = None) -> Methodology:
    """Read one file; its folder names the index and its stem the version.

    Raises MethodologyError naming file, line, column and what to do.
    """
    document, digest = load_document(path)
    if lock is not None:
        hold_to_lock(document, path, digest, lock)
    methodology = _build(document, digest, measures)
    if (path.parent.name, path.stem) != (methodology.name, str(methodology.version)):
        expected = f"{methodology.name}/{methodology.version}.yml"
        stands = f"{path.parent.name}/{path.name}"
        raise document.fault(
            ("id",), f"the file stands as {stands} but says {expected}", "move the file or correct id and version"
        )
    return methodology


def parse_methodology(text: str, name: str = "methodology", measures: Collection[str] | None = None) -> Methodology:
    """Read a methodology from text; `name` is how errors call it. Raises MethodologyError as `read_methodology` does."""
    return _build(read_document(name, text), hashlib.sha256(text.encode()).hexdigest(), measures)


def _build(document: Document, digest: str, measures: Collection[str] | None) -> Methodology:
    fault = first_fault(document, schema())
    if fault is not None:
        raise fault
    value: Any = document.value
    for place, problem, remedy in _contradictions(value):
        raise document.fault(place, problem, remedy)
    if measures is not None:
        _compare_measures(document, value, measures)
    root = Node(kind="index", id="index", weight=1.0, title=value["title"], children=tuple(_dimensions(value)))
    gates = tuple(
        Gate(measure=g["measure"], threshold=float(g["threshold"]), cap=float(g["cap"]), text=g["text"])
        for g in value.get("gates", ())
    )
    return Methodology(
        name=value["id"],
        version=value["version"],
        sha256=digest,
        title=value["title"],
        text=value.get("text", {}),
        low=float(value["scale"]["low"]),
        high=float(value["scale"]["high"]),
        floor=float(value["coverage"]["floor"]),
        counts=value["coverage"]["counts"],
        gates=gates,
        aggregation=value["aggregation"]["nodes"],
        decimals=value["rounding"]["decimals"],
        ranking=Ranking(decimals=value["ranking"]["decimals"], ties=value["ranking"]["ties"]),
        bands=tuple(Band(id=b["id"], start=float(b["from"]), title=b["title"]) for b in value["bands"]),
        root=root,
    )


def _dimensions(value: Any) -> Iterator[Node]:
    for dimension in value["dimensions"]:
        leaves = tuple(
            Node(
                kind="indicator",
                id=leaf["id"],
                weight=float(leaf["weight"]),
                title=leaf["title"],
                measure=leaf["measure"],
            )
            for leaf in dimension["indicators"]
        )
        yield Node(
            kind="dimension",
            id=dimension["id"],
            weight=float(dimension["weight"]),
            title=dimension["title"],
            text=dimension.get("text", {}),
            children=leaves,
        )


def _contradictions(value: Any) -> Iterator[tuple[Place, str, str]]:
    """What a schema cannot say: ids used twice, ends and bands out of order, caps off the scale."""
    low, high = value["scale"]["low"], value["scale"]["high"]
    if not low < high:
        yield ("scale",), f"the scale goes from {low} to {high}", "put the smaller number first"
    for place, gate in enumerate(value.get("gates", ())):
        if not low <= gate["cap"] <= high:
            yield ("gates", place, "cap"), f"the cap {gate['cap']} is off the scale", f"choose from {low} to {high}"
    starts = [band["from"] for band in value["bands"]]
    for place in range(1, len(starts)):
        if not starts[place - 1] < starts[place]:
            yield ("bands", place, "from"), "the bands do not rise", "list them from the lowest up, each start once"
    if starts[0] != low:
        yield (
            ("bands", 0, "from"),
            f"the first band starts at {starts[0]}",
            f"start it at {low}, the lower end of the scale",
        )
    yield from _points(value)
    yield from _repeated(value)


def _points(value: Any) -> Iterator[tuple[Place, str, str]]:
    """Points add up to what their parent and the scale state, and go with the one policy for what does not apply."""
    summed = value["aggregation"]["nodes"] == "sum"
    policy = "no_points" if summed else "renormalise"
    if value["missing"]["not_applicable"] != policy:
        yield (
            ("missing", "not_applicable"),
            f"{value['aggregation']['nodes']} does not go with {value['missing']['not_applicable']}",
            f"write {policy}",
        )
    if not summed:
        return
    if value["scale"]["low"] != 0:
        yield ("scale", "low"), f"points start at {value['scale']['low']}", "start the scale at 0"
    for place, dimension in enumerate(value["dimensions"]):
        points = math.fsum(leaf["weight"] for leaf in dimension["indicators"])
        if points != dimension["weight"]:
            yield (
                ("dimensions", place, "weight"),
                f"the indicators of {dimension['id']} bring {points:g} points and the dimension says {dimension['weight']:g}",
                f"write {points:g} or correct an indicator",
            )
    every = math.fsum(dimension["weight"] for dimension in value["dimensions"])
    if every != value["scale"]["high"]:
        yield (
            ("scale", "high"),
            f"all points together are {every:g} and the scale ends at {value['scale']['high']:g}",
            f"end the scale at {every:g} or correct a dimension",
        )


def _repeated(value: Any) -> Iterator[tuple[Place, str, str]]:
    seen: set[str] = set()
    cited: set[str] = set()
    for place, dimension in enumerate(value["dimensions"]):
        if f"dimension {dimension['id']}" in seen:
            yield ("dimensions", place, "id"), f"two dimensions are called {dimension['id']!r}", "rename one"
        seen.add(f"dimension {dimension['id']}")
        for at, leaf in enumerate(dimension["indicators"]):
            where: Place = ("dimensions", place, "indicators", at)
            if leaf["id"] in seen:
                yield (*where, "id"), f"two indicators are called {leaf['id']!r}", "rename one"
            if leaf["measure"] in cited:
                yield (
                    (*where, "measure"),
                    f"{leaf['measure']} is cited twice",
                    "cite each measure once, so that it counts once",
                )
            seen.add(leaf["id"])
            cited.add(leaf["measure"])


def _compare_measures(document: Document, value: Any, measures: Collection[str]) -> None:
    """Refuse a measure, or a version of it, that does not exist."""
    places: list[tuple[Place, str]] = [
        (("gates", at, "measure"), gate["measure"]) for at, gate in enumerate(value.get("gates", ()))
    ]
    for place, dimension in enumerate(value["dimensions"]):
        for at, leaf in enumerate(dimension["indicators"]):
            places.append((("dimensions", place, "indicators", at, "measure"), leaf["measure"]))
    for where, cited in sorted(places, key=lambda pair: document.marks.get(pair[0], (1, 1))):
        if cited in measures:
            continue
        stem = cited.partition("@")[0]
        versions = sorted(m for m in measures if m.partition("@")[0] == stem)
        if versions:
            raise document.fault(where, f"{cited} does not exist", f"cite a version that exists: {', '.join(versions)}")
        raise document.fault(where, f"there is no measure {stem!r}", nearest(cited, measures))
