"""Series of international organisations that a catalogue publishes again: they are no data of the institution that lists them.

A mention proves nothing: a ministry's list of loans *from* the World Bank is its own. What counts is who is named as publisher
or creator, where the files lie, a source line in the description, or an identifier that only the organisation gives.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Dataset, preferred
from atalaya.catalogue.traits import address_key

_SOURCE = re.compile(
    r"(?:^|[.;:(\[\n*_>|])\s*(?:data\s+)?(?:source|sources|fuente|fuentes|fonte)[*_]*\s*:\s*[*_\[]*\s*([^.;\n)\]*_<|]{2,120})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?P<before>.+?)\s*(?:[-–—|:]|\()\s*(?P<after>[^-–—|:()]+)\)?$")

HOST_SHARE = 0.5
"""More than this share of a dataset's files must lie with the organisation: a mirror keeps the source's link beside its own."""


@dataclass(frozen=True, slots=True)
class Republished:
    """Whose series it is (an id of the table), by which evidence, and the text that told."""

    organisation: str
    how: str
    said: str


@dataclass(frozen=True, slots=True)
class _Organisations:
    names: Mapping[str, str]
    hosts: Mapping[str, str]
    codes: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _table() -> _Organisations:
    place = resources.files("atalaya").joinpath("data", "vocabularies", "international.yml")
    rows: list[dict[str, Any]] = yaml.safe_load(place.read_text(encoding="utf-8"))["organisations"]
    return _Organisations(
        names={fold(name): row["id"] for row in rows for name in row["names"]},
        hosts={host: row["id"] for row in rows for host in row["hosts"]},
        codes=tuple((re.compile(code), row["id"]) for row in rows for code in row.get("codes", ())),
    )


def organisation_named(text: str) -> str | None:
    """The organisation that a text names, alone; None where it names none.

    >>> organisation_named("Banco Mundial"), organisation_named("Convenio con el Banco Mundial")
    ('world_bank', None)
    """
    return _table().names.get(fold(text))


def republished(dataset: Dataset) -> Republished | None:
    """The international organisation whose series a dataset is; None where nothing says so.

    >>> from atalaya.catalogue.records import Agent
    >>> republished(Dataset(title={"": "Population, total"}, creator=Agent(name="Banco Mundial"))).organisation
    'world_bank'
    >>> republished(Dataset(title={"": "Préstamos del Banco Mundial"})) is None
    True
    """
    table = _table()
    for how, agent in (("publisher", dataset.publisher), ("creator", dataset.creator)):
        name = agent.name if agent else None
        if name and fold(name) in table.names:
            return Republished(table.names[fold(name)], how, name.strip())
    return _by_files(dataset, table) or _by_source_line(dataset, table) or _by_code(dataset, table)


def _by_files(dataset: Dataset, table: _Organisations) -> Republished | None:
    keys = [address_key(item.url) for item in dataset.distributions if item.url and not item.derived]
    owners = [owner for key in keys if (owner := _owner(key, table)) is not None]
    if not owners or len(owners) <= HOST_SHARE * len(keys):
        return None
    (owner, _count), *_ = Counter(owners).most_common(1)
    return Republished(owner, "files", next(key for key in keys if _owner(key, table) == owner).partition("/")[0])


def _owner(key: str, table: _Organisations) -> str | None:
    """The organisation under whose domain an address lies."""
    labels = key.partition("/")[0].partition(":")[0].split(".")
    found = (table.hosts.get(".".join(labels[start:])) for start in range(len(labels) - 1))
    return next((owner for owner in found if owner is not None), None)


def _by_source_line(dataset: Dataset, table: _Organisations) -> Republished | None:
    """A line `Source: World Bank` in the description, or a title that ends in the organisation's name."""
    for text in dataset.description.values():
        for said in _SOURCE.findall(text):
            owner = _named(said.split(","), table)
            if owner is not None:
                return Republished(owner, "source_line", said.strip())
    title = preferred(dataset.title) or ""
    parts = _TITLE.match(title)
    if parts and len(parts["before"].split()) > 1 and (owner := table.names.get(fold(parts["after"]))) is not None:
        return Republished(owner, "title", parts["after"].strip())
    return None


def _named(parts: Iterable[str], table: _Organisations) -> str | None:
    """The organisation that the first part names, alone: `World Bank, World Development Indicators`."""
    first = next(iter(parts), "")
    return table.names.get(fold(first))


def _by_code(dataset: Dataset, table: _Organisations) -> Republished | None:
    """An identifier, or a title's bracket, that is an indicator code of the organisation."""
    candidates = [dataset.native_id or "", *re.findall(r"[(\[]([^()\[\]]+)[)\]]", preferred(dataset.title) or "")]
    for text in candidates:
        for code, owner in table.codes:
            if code.fullmatch(text.strip()):
                return Republished(owner, "code", text.strip())
    return None
