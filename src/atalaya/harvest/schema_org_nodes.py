"""JSON-LD of schema.org without a processor of JSON-LD: names made plain, references put in place, datasets found.

Contexts are never fetched. What a name means is told from the context in the document: an address at schema.org, a
vocabulary, a prefix or an alias that leads there. Without a context, names count as those of schema.org, because that is what
search engines take them for. Documents whose context is of another vocabulary give nothing here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

DEPTH_LIMIT = 60
"""Objects inside each other that are looked through."""

DATASET_TYPES = frozenset(("Dataset", "DataFeed", "CompleteDataFeed"))
CATALOGUE_TYPES = frozenset(("DataCatalog",))

_CONTAINERS: Mapping[str, str] = {
    "@graph": "",
    "mainEntity": "",
    "mainEntityOfPage": "",
    "subjectOf": "",
    "about": "",
    "hasPart": "list",
    "itemListElement": "list",
    "item": "list",
    "dataset": "catalogue",
}
"""Where datasets stand: in graphs, as what a page is about, in lists, and in catalogues, where a bare name is one as well."""
_SCHEMA = ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/")
_PREFIXES = frozenset(("schema", "sc", "sdo"))
_REFERENCE = frozenset(("@id", "@type", "@context", "url"))

Node = dict[str, object]


@dataclass(frozen=True)
class _Names:
    """What names mean: whether plain ones are those of schema.org, which prefixes and aliases lead there.

    `stated` is whether a context said so.
    """

    plain: bool = True
    prefixes: frozenset[str] = _PREFIXES
    aliases: Mapping[str, str] = field(default_factory=dict)
    stated: bool = False

    def local(self, name: str) -> str | None:
        """The name in schema.org; None where it is of another vocabulary."""
        if name.startswith(_SCHEMA):
            return name.rstrip("/").rpartition("/")[2] or None
        if name in self.aliases:
            return self.aliases[name]
        prefix, colon, rest = name.partition(":")
        if colon:
            return rest if prefix in self.prefixes else None
        return name if self.plain else None

    def told(self, name: str) -> str:
        """The name in schema.org, else the name as it stands, marked where it has no prefix of its own."""
        return self.local(name) or (name if ":" in name else f"?:{name}")


@dataclass
class Found:
    """What one document holds: datasets described, and addresses of those that a list only names or tells little of."""

    datasets: list[tuple[Node, bool]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    empty_catalogues: int = 0
    odd: list[str] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    @property
    def any(self) -> bool:
        """Whether there is a dataset, the name of one, or a catalogue that says it has none."""
        return bool(self.datasets or self.named or self.empty_catalogues)


def find(value: object) -> Found:
    """The datasets of one document, each with whether a list holds it."""
    plain = _plain(value, _Names(), 0)
    found = Found()
    _index(plain, found, 0)
    _walk(plain, found, 0, "")
    found.named = [name for name in dict.fromkeys(found.named) if name not in found.by_id]
    return found


def speaks_schema_org(context: object) -> bool:
    """Whether a context of JSON-LD leads plain names to schema.org.

    >>> speaks_schema_org("https://schema.org/"), speaks_schema_org({"@vocab": "http://www.w3.org/ns/dcat#"})
    (True, False)
    """
    return context is not None and _named(context, _Names(plain=False)).plain


def types_of(node: Mapping[str, object]) -> frozenset[str]:
    """The types of a plain node."""
    said = node.get("@type")
    items = said if isinstance(said, list) else [said]
    return frozenset(item for item in items if isinstance(item, str))


def resolved(node: Mapping[str, object], by_id: Mapping[str, Node], names: tuple[str, ...]) -> Node:
    """The node with the objects that it only refers to put in their place, for these fields, one step deep."""
    made = dict(node)
    for name in names:
        value = made.get(name)
        if isinstance(value, list):
            made[name] = [_referred(item, by_id) for item in value]
        elif value is not None:
            made[name] = _referred(value, by_id)
    return made


def is_reference(node: Mapping[str, object]) -> bool:
    """Whether an object only names something: its address and its type at most."""
    return set(node) <= _REFERENCE


def address_of(node: Mapping[str, object]) -> str | None:
    """The address of what an object describes: its page, else its identifier."""
    for name in ("url", "@id"):
        for item in _each(node.get(name)):
            said = item.get("@id") or item.get("@value") if isinstance(item, dict) else item
            if isinstance(said, str) and said.strip():
                return said.strip()
    return None


def _referred(value: object, by_id: Mapping[str, Node]) -> object:
    if isinstance(value, dict) and is_reference(value):
        name = value.get("@id")
        return by_id.get(name, value) if isinstance(name, str) else value
    return by_id.get(value, value) if isinstance(value, str) and value in by_id else value


def _plain(value: object, names: _Names, depth: int) -> object:
    """The value with the names of schema.org made plain; names of other vocabularies keep their prefix."""
    if depth > DEPTH_LIMIT:
        return None
    if isinstance(value, list):
        return [_plain(item, names, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    names = _named(value["@context"], names) if "@context" in value else names
    made: Node = {}
    for key, inner in value.items():
        if key == "@context":
            continue
        if key == "@type":
            made[key] = [names.told(item) for item in _each(inner) if isinstance(item, str)]
        else:
            made.setdefault(key if key.startswith("@") else names.told(key), _plain(inner, names, depth + 1))
    return made


def _named(context: object, before: _Names) -> _Names:
    """What names mean after a context: an address, an object, or a list of both."""
    names = replace(before, stated=True, plain=before.plain and before.stated)
    for item in _each(context):
        if isinstance(item, str):
            names = replace(names, plain=names.plain or _is_schema(item))
        elif isinstance(item, dict):
            names = _defined(item, names)
    return names


def _defined(context: Mapping[str, object], names: _Names) -> _Names:
    """What names mean after the definitions of one object."""
    vocabulary = context.get("@vocab")
    plain = _is_schema(vocabulary) if isinstance(vocabulary, str) else names.plain
    leads = {key: said for key, inner in context.items() if (said := _leads(inner)) is not None}
    prefixes = frozenset(key for key, said in leads.items() if said.rstrip("/#") + "/" in _SCHEMA)
    known = replace(names, plain=plain, prefixes=names.prefixes | prefixes)
    aliases = {key: local for key, said in leads.items() if key not in prefixes and (local := _alias(said, known))}
    return replace(known, aliases={**names.aliases, **aliases})


def _leads(value: object) -> str | None:
    inner = value.get("@id") if isinstance(value, dict) else value
    return inner if isinstance(inner, str) else None


def _alias(said: str, names: _Names) -> str | None:
    return names.local(said) if ":" in said else None


def _is_schema(address: str) -> bool:
    """Whether an address is that of schema.org's context or vocabulary, or of Croissant's, which is built on it."""
    place = (
        address.strip().rstrip("/#").removesuffix("/docs/jsonldcontext.jsonld").removesuffix("/docs/jsonldcontext.json")
    )
    return place + "/" in _SCHEMA or "mlcommons.org/croissant" in place


def _each(value: object) -> Iterator[object]:
    return iter(value) if isinstance(value, list) else iter(() if value is None else (value,))


def _index(value: object, found: Found, depth: int) -> None:
    """Every node with an address that says more than it."""
    if depth > DEPTH_LIMIT:
        return
    if isinstance(value, list):
        for item in value:
            _index(item, found, depth + 1)
    elif isinstance(value, dict):
        name = value.get("@id")
        if isinstance(name, str) and not is_reference(value):
            found.by_id.setdefault(name, value)
        for inner in value.values():
            _index(inner, found, depth + 1)


def _walk(value: object, found: Found, depth: int, inside: str) -> None:
    """Gather datasets; `inside` is the kind of container around the value: none, `list` or `catalogue`."""
    if depth > DEPTH_LIMIT:
        return
    if isinstance(value, list):
        for item in value:
            _walk(item, found, depth + 1, inside)
        return
    if not isinstance(value, dict):
        if inside == "catalogue":
            _name_in_catalogue(value, found)
        return
    types = types_of(value)
    if types & DATASET_TYPES or (inside == "catalogue" and not types):
        _dataset(value, found, inside)
    elif inside == "catalogue":
        found.odd.append("an object of another type, so no dataset")
    found.empty_catalogues += bool(types & CATALOGUE_TYPES) and value.get("dataset") == []
    for name, kind in _CONTAINERS.items():
        if name in value and not (name == "about" and types & DATASET_TYPES):
            known = kind if kind != "catalogue" or types & CATALOGUE_TYPES else "list"
            _walk(value[name], found, depth + 1, known)


def _name_in_catalogue(value: object, found: Found) -> None:
    if isinstance(value, str) and value.strip():
        found.named.append(value)
    elif value is not None:
        found.odd.append(f"{type(value).__name__} instead of an object, so no dataset")


def _dataset(node: Node, found: Found, inside: str) -> None:
    """A dataset that is described, or the address of one that is only named in a list."""
    if not is_reference(node):
        if id(node) not in found.seen:
            found.seen.add(id(node))
            found.datasets.append((node, inside != ""))
        return
    address = address_of(node)
    if inside and address is not None:
        found.named.append(address)
    elif inside:
        found.odd.append("an object without a name or an address, so no dataset")
