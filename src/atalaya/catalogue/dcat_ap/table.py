"""The table of an application profile: class → properties → constraints, read from `data/profiles`.

The form is that of the file for DCAT-AP 2.1.1, whose head explains it. Another profile is another file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from atalaya.exceptions import AtalayaError
from atalaya.yamls import load_yaml

DCAT_AP = "dcat-ap-2.1.1"
"""The profile that catalogues in RDF are held against."""

NODE_KINDS: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {
        "IRI": (ox.NamedNode,),
        "BlankNode": (ox.BlankNode,),
        "Literal": (ox.Literal,),
        "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
        "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
        "IRIOrLiteral": (ox.NamedNode, ox.Literal),
    }
)
"""The kinds of node of SHACL (https://www.w3.org/TR/shacl/#NodeKindConstraintComponent)."""

_KEYS = {"path", "minCount", "maxCount", "nodeKind", "datatype", "class", "node", "hasValue", "severity"}


class ProfileTableError(AtalayaError):
    """Raised by `read_table` for a table that it cannot read: names the profile, the place and the word."""


class Severity(StrEnum):
    """How much a broken constraint weighs."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a value may be: a literal of one of these datatypes, or a thing of one of these classes."""

    datatypes: frozenset[str] = frozenset()
    classes: frozenset[ox.NamedNode] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The constraints of one property. `path` is an IRI, `name` its short form; None and 0 constrain nothing."""

    path: str
    name: str
    minimum: int = 0
    maximum: int | None = None
    kinds: tuple[type, ...] | None = None
    datatype: str | None = None
    of_class: ox.NamedNode | None = None
    choice: Choice | None = None
    has_value: ox.NamedNode | None = None
    severity: Severity = Severity.VIOLATION


@dataclass(frozen=True, slots=True)
class Shape:
    """The rules of one class, by path; `wanted` are those that a node without the property breaks."""

    name: str
    rules: Mapping[str, tuple[Rule, ...]]
    wanted: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One profile: its shapes by class."""

    id: str
    title: Mapping[str, str]
    shapes: Mapping[ox.NamedNode, Shape]


@cache
def profile_table(profile: str = DCAT_AP) -> Table:
    """The table of a profile that comes with Atalaya. Raises `FileNotFoundError` for an unknown one."""
    file = resources.files("atalaya").joinpath("data", "profiles", f"{profile}.yml")
    return read_table(load_yaml(file.read_text(encoding="utf-8")))


def read_table(document: Mapping[str, Any]) -> Table:
    """A table from its document. Raises `ProfileTableError` for a word that it does not know."""
    reader = _Reader(document["id"], document["prefixes"])
    choices = {name: reader.choice(said) for name, said in document.get("values", {}).items()}
    shapes = {
        reader.term(name): _shape(name, [reader.rule(name, row, choices) for row in rows])
        for name, rows in document["classes"].items()
    }
    return Table(document["id"], document["title"], shapes)


def _shape(name: str, rules: list[Rule]) -> Shape:
    by_path: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        by_path[rule.path] = (*by_path.get(rule.path, ()), rule)
    return Shape(name, by_path, tuple(rule for rule in rules if rule.minimum > 0 or rule.has_value is not None))


@dataclass(frozen=True, slots=True)
class _Reader:
    profile: str
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def iri(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        if prefix not in self.prefixes:
            raise ProfileTableError(f"profile {self.profile}: the prefix of {name!r} is not declared under prefixes")
        return self.prefixes[prefix] + local

    def term(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.iri(name))

    def choice(self, said: Mapping[str, list[str]]) -> Choice:
        return Choice(
            frozenset(self.iri(name) for name in said.get("datatypes", ())),
            frozenset(self.term(name) for name in said.get("classes", ())),
        )

    def rule(self, owner: str, row: Mapping[str, Any], choices: Mapping[str, Choice]) -> Rule:
        unknown = sorted(set(row) - _KEYS)
        if unknown:
            raise ProfileTableError(
                f"profile {self.profile}, {owner}: {unknown} is no constraint that can be judged; known: {sorted(_KEYS)}"
            )
        for key, known in (("nodeKind", NODE_KINDS), ("node", choices)):
            if key in row and row[key] not in known:
                raise ProfileTableError(
                    f"profile {self.profile}, {owner}: {key} {row[key]!r} is not one of {sorted(known)}"
                )
        return Rule(
            path=self.iri(row["path"]),
            name=row["path"],
            minimum=row.get("minCount", 0),
            maximum=row.get("maxCount"),
            kinds=NODE_KINDS[row["nodeKind"]] if "nodeKind" in row else None,
            datatype=self.iri(row["datatype"]) if "datatype" in row else None,
            of_class=self.term(row["class"]) if "class" in row else None,
            choice=choices[row["node"]] if "node" in row else None,
            has_value=self.term(row["hasValue"]) if "hasValue" in row else None,
            severity=Severity(row.get("severity", "violation")),
        )
