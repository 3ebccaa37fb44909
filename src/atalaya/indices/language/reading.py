"""Composite indices read from YAML, held to the published JSON Schema, and refused with line, column and what to do."""

import hashlib
import json
from collections.abc import Collection, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from atalaya.exceptions import MethodologyError
from atalaya.indices.faults import first_fault
from atalaya.indices.language.building import built
from atalaya.indices.language.contradictions import contradictions
from atalaya.indices.language.definition import Index, Input, Uncertainty
from atalaya.indices.language.places import changed
from atalaya.indices.language.templates import written_out
from atalaya.indices.locks import hold_to_lock
from atalaya.indices.marks import Document, load_document, read_document

SHIPPED = Path(str(resources.files("atalaya"))) / "data" / "methodologies"
"""The folder of the methodologies that come with Atalaya: `<index>/<version>.yml` and `published.lock`."""


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of composite indices."""
    path = resources.files("atalaya").joinpath("data", "schemas", "composite-index.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def read_index(path: Path, measures: Collection[str] | None = None, lock: Path | None = None) -> Index:
    """Read one file. `measures` are the ids that exist (None skips the comparison); `lock` lists published editions.

    Raises MethodologyError naming file, line, column and what to do.
    """
    document, digest = load_document(path)
    if lock is not None:
        hold_to_lock(document, path, digest, lock)
    return _checked(document, digest, measures)


def read_shipped_index(reference: str, measures: Collection[str] | None = None, folder: Path = SHIPPED) -> Index:
    """Read `<index>/<version>` from a folder of methodologies, held to its `published.lock`.

    Raises MethodologyError when it is missing, wrong, named otherwise than its place, or differs from its published edition.
    """
    path = folder / f"{reference}.yml"
    if reference not in shipped_indices(folder):
        raise MethodologyError(
            f"there is no methodology {reference!r}; give a YAML file or one of {', '.join(shipped_indices(folder)) or 'none'}"
        )
    lock = folder / "published.lock"
    said = tuple(file.read_bytes() if file.is_file() else b"" for file in (path, lock))
    index = _read_once(path, None if measures is None else frozenset(measures), lock, said)
    if index.id != reference:
        raise MethodologyError(
            f"{path}: it stands as {reference} but says {index.id}; move the file or correct id and version"
        )
    return index


def find_index(reference: str | Path) -> Index:
    """A methodology by what people write: a YAML file, or one that is shipped, such as `odin/2022`.

    Raises MethodologyError where there is none, or it is wrong.
    """
    path = Path(reference)
    return read_index(path) if is_file(path) else read_shipped_index(str(reference))


def file_of(reference: str | Path) -> Path:
    """The file of a methodology that `find_index` reads."""
    path = Path(reference)
    return path if is_file(path) else SHIPPED / f"{reference}.yml"


def shipped_lock() -> Path:
    """The lock of the methodologies that come with Atalaya."""
    return SHIPPED / "published.lock"


def is_file(path: Path) -> bool:
    """Whether a reference means a file and no methodology that is shipped."""
    return path.suffix in (".yml", ".yaml") or path.is_file()


def shipped_indices(folder: Path = SHIPPED) -> tuple[str, ...]:
    """Every `<index>/<version>` in a folder of methodologies, sorted."""
    return tuple(sorted(f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.yml")))


def parse_index(text: str, name: str = "index", measures: Collection[str] | None = None) -> Index:
    """Read an index from text; `name` is how errors call it. Raises MethodologyError as `read_index` does."""
    return _checked(read_document(name, text), hashlib.sha256(text.encode()).hexdigest(), measures)


@lru_cache(maxsize=64)
def _read_once(path: Path, measures: frozenset[str] | None, lock: Path, _said: tuple[bytes, ...]) -> Index:
    """One file, read again only where its bytes or those of its lock changed: a round asks for each of its indices many times."""
    return read_index(path, measures, lock)


def _checked(document: Document, digest: str, measures: Collection[str] | None) -> Index:
    fault = first_fault(document, schema())
    if fault is not None:
        raise fault
    assert isinstance(document.value, Mapping), "held by the schema"
    whole = written_out(document.value, document.name)
    for place, problem, remedy in contradictions(whole, measures):
        raise document.fault(place, problem, remedy)
    return _with_uncertainty(whole, document, digest)


def _with_uncertainty(whole: Mapping[str, Any], document: Document, digest: str) -> Index:
    """The index with the alternatives of its uncertainty, each a whole index of its own."""
    told = whole.get("uncertainty")
    if told is None:
        return built(whole, digest, None)
    plain = {key: value for key, value in whole.items() if key != "uncertainty"}
    inputs = tuple(
        _input(each, plain, document, ("uncertainty", "inputs", place), digest)
        for place, each in enumerate(told["inputs"])
    )
    low, high = told.get("interval", (5.0, 95.0))
    declared = Uncertainty(
        inputs=inputs, draws=told.get("draws", 1000), seed=told.get("seed", 0), interval=(float(low), float(high))
    )
    return built(whole, digest, declared)


def _input(
    told: Mapping[str, Any], plain: Mapping[str, Any], document: Document, place: tuple[str | int, ...], digest: str
) -> Input:
    title = built_title(told.get("title", told["id"]))
    kinds = [kind for kind in ("at", "weights", "unknown", "error", "drop") if kind in told]
    if len(kinds) != 1:
        raise document.fault(
            place, f"{told['id']} varies {', '.join(kinds) or 'nothing'}", "vary one thing in each input"
        )
    if kinds[0] != "at":
        return Input(id=told["id"], title=title, kind=kinds[0], parameters={kinds[0]: told[kinds[0]]})
    if "choose" not in told:
        raise document.fault(place, f"{told['id']} says what is varied but not between what", "add choose")
    choices = told["choose"]
    chances = told.get("probabilities", [1.0] * len(choices))
    if len(chances) != len(choices) or sum(chances) <= 0:
        raise document.fault(
            (*place, "probabilities"), "there is not one probability for each choice", "give one for each"
        )
    alternatives = []
    for number, choice in enumerate(choices):
        other = changed(deepcopy(dict(plain)), str(told["at"]), choice)
        if other is None:
            raise document.fault(
                (*place, "at"), f"there is no {told['at']!r} in this methodology", "name a place that is there"
            )
        _hold_alternative(other, document, (*place, "choose", number))
        alternatives.append(built(other, digest, None))
    return Input(
        id=told["id"],
        title=title,
        kind="choose",
        parameters={"at": told["at"], "choose": choices},
        alternatives=tuple(alternatives),
        probabilities=tuple(float(chance) / sum(chances) for chance in chances),
    )


def _hold_alternative(other: Mapping[str, Any], document: Document, place: tuple[str | int, ...]) -> None:
    """Refuse an alternative that would not be a methodology itself."""
    fault = first_fault(Document(document.name, other, {}), schema())
    problems = (
        [str(fault).partition(": ")[2]] if fault is not None else [each[1] for each in contradictions(other, None)]
    )
    for problem in problems:
        raise document.fault(
            place, f"with this choice the methodology is wrong: {problem}", "choose something that fits there"
        )


def built_title(value: object) -> Mapping[str, str]:
    """A text by language; a plain text is in no language in particular."""
    if isinstance(value, Mapping):
        return {str(tag): str(text) for tag, text in value.items()}
    return {"": str(value)}
