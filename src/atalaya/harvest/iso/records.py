"""One metadata record as a dataset: ISO 19139 (`gmd`, `gmi`), ISO 19115-3 (`mdb`) and FGDC CSDGM (`metadata`).

What a record describes is decided by its hierarchy level (ISO 19115 MD_ScopeCode): datasets, series and what holds data like
them become datasets; services, applications, features and so on are listed as problems, so that nothing is lost and nothing
else is counted as a dataset.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from atalaya.catalogue.records import Dataset
from atalaya.harvest.elements import Node, Tree, local
from atalaya.harvest.fields import Ledger
from atalaya.harvest.iso.fgdc import IGNORED_FGDC, read_fgdc
from atalaya.harvest.iso.identification import read_iso
from atalaya.harvest.iso.ignored import IGNORED_ISO
from atalaya.harvest.iso.properties import code, value

ISO_ROOTS = frozenset({"MD_Metadata", "MI_Metadata", "CHE_MD_Metadata"})
"""Roots of ISO records: 19115 and 19115-3, 19115-2 (imagery), and the Swiss profile."""

_DATA = """
    dataset series nonGeographicDataset tile collection aggregate coverage sample
    005 006 007 016
"""
_OTHER: Mapping[str, str] = {
    "a service": "service 014",
    "software": "software application 013 012",
    "equipment or a campaign": "collectionHardware collectionSession fieldSession 003 004 011",
    "a part of a dataset": "attribute attributeType feature featureType propertyType dimensionGroup 001 002 008 009 010",
    "a model": "model 015",
    "a catalogue or a document": "metadata repository document initiative featureCatalogue",
}
LEVELS: Mapping[str, str | None] = {
    **dict.fromkeys((name.lower() for name in _DATA.split()), None),
    **{name.lower(): what for what, names in _OTHER.items() for name in names.split()},
}
"""Hierarchy level in lower case, by name or by the number of ISO 19115:2003 → what else than a dataset it is."""


def is_record(element: Element) -> bool:
    """Whether an element is a metadata record that can be read here."""
    return local(element) in ISO_ROOTS or is_fgdc(element)


def is_fgdc(element: Element) -> bool:
    """Whether an element is a record of FGDC CSDGM: `metadata` with `idinfo`."""
    return local(element) == "metadata" and any(local(child) == "idinfo" for child in element)


def records(root: Element) -> list[Element]:
    """The records of a document: its root, or what an answer of GetRecordById wraps; documents of other protocols have none."""
    items = list(root) if local(root) == "GetRecordByIdResponse" else [root]
    return [element for element in items if is_record(element)]


def read_record(element: Element, ledger: Ledger, place: str) -> Dataset | None:
    """The dataset of a record, or None and a problem at `place` where it describes something else."""
    if is_fgdc(element):
        tree = Tree(ledger, IGNORED_FGDC)
        dataset = read_fgdc(tree.node(element))
        tree.close(element)
        return dataset
    tree = Tree(ledger, IGNORED_ISO, striped=True)
    record = tree.node(element)
    what = _other_than_data(record, place)
    if what is not None:
        ledger.problem(_named(record, place), f"describes {what}, not a dataset")
        return None
    dataset = read_iso(record)
    tree.close(element)
    return dataset


def _named(record: Node, place: str) -> str:
    identifier = value(record.node("fileIdentifier") or record.node("metadataIdentifier", "*", "code"))
    return f"{place} {identifier[:200]}" if identifier else place


def _other_than_data(record: Node, place: str) -> str | None:
    """What the record describes where that is no dataset. Without a level ISO means a dataset, unless it identifies a service."""
    levels = [
        *record.nodes("hierarchyLevel"),
        *record.nodes("metadataScope", "MD_MetadataScope|MD_Scope", "resourceScope|level"),
    ]
    said = [name for node in levels if (name := code(node)) is not None]
    known = [name for name in said if name.lower() in LEVELS]
    if any(LEVELS[name.lower()] is None for name in known):
        return None
    if known:
        return LEVELS[known[0].lower()]
    if said:
        record.tree.ledger.problem(
            _named(record, place), f"of the hierarchy level {said[0][:80]!r}, which is in no list; read as a dataset"
        )
        return None
    kinds = {node.name for node in record.nodes("identificationInfo", "*")}
    return "a service" if kinds and all("ServiceIdentification" in kind for kind in kinds) else None
