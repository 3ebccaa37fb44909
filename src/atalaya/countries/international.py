"""Indices that others publish of the country, one file each: figures with where each was read, and nothing computed."""

from collections.abc import Mapping
from typing import Any

from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document
from atalaya.countries.observed import Element, ElementRow, Elements, IndexValue, PublishedIndex
from atalaya.countries.problems import Place, Problems


def add_published_index(draft: Draft, document: Document, stem: str) -> None:
    """`international/<id>.yml`: one index with its figures by edition."""
    value = document.value
    item = PublishedIndex(
        id=stem,
        title=value["title"],
        publisher=value["publisher"],
        measures=value["measures"],
        differs=value["differs"],
        methodology=value.get("methodology"),
        licence=value["licence"],
        least=float(value["scale"]["least"]),
        most=float(value["scale"]["most"]),
        sources=tuple(value["sources"]),
        values=tuple(
            IndexValue(
                edition=each["edition"],
                value=each.get("value"),
                rank=each.get("rank"),
                among=each.get("among"),
                parts=each.get("parts", {}),
                source=each["source"],
                note=each.get("note", {}),
            )
            for each in value["values"]
        ),
        elements=_elements(value["elements"], draft.code) if "elements" in value else None,
    )
    draft.international.append(Entry(item, document.place, ()))


def _elements(value: Mapping[str, Any], country: str) -> Elements:
    return Elements(
        edition=value["edition"],
        source=value.get("source", ""),
        columns=tuple(
            Element(each["id"], each["title"], each.get("whole"), each.get("gain")) for each in value["columns"]
        ),
        rows=tuple(
            ElementRow(
                title=row["title"],
                figures=tuple(row["figures"]),
                institutions=tuple(f"{country}:{slug}" for slug in row.get("institutions", ())),
            )
            for row in value["rows"]
        ),
        remedies=value["remedies"],
    )


def check_international(draft: Draft, problems: Problems) -> None:
    """Editions that stand once, figures on their scale, ranks that can be, and rows as wide as the columns."""
    bodies = {entry.item.id for entry in draft.institutions}
    for entry in draft.international:
        index, place = entry.item, entry.place
        if index.least >= index.most:
            problems.error(place, ("scale",), "the least is not below the most", "write least: 0 and most: 100, say")
        seen: set[str] = set()
        for number, each in enumerate(index.values):
            path = ("values", number)
            if each.edition in seen:
                problems.error(place, path, f"the edition {each.edition!r} stands twice", "keep one")
            seen.add(each.edition)
            if each.value is not None and not index.least <= each.value <= index.most:
                what = f"{each.value} is not on the scale from {index.least:g} to {index.most:g}"
                problems.error(place, path, what, "correct the figure or the scale")
            if each.rank is not None and each.among is not None and each.rank > each.among:
                problems.error(place, path, f"rank {each.rank} of {each.among} cannot be", "correct one of them")
        if index.elements is not None:
            incomplete = "institutions" in draft.incomplete
            _check_elements(index.elements, place, None if incomplete else bodies, problems)


def _check_elements(elements: Elements, place: Place, bodies: set[str] | None, problems: Problems) -> None:
    known = {element.id for element in elements.columns}
    for number, row in enumerate(elements.rows):
        if len(row.figures) != len(elements.columns):
            what = f"{len(row.figures)} figures stand under {len(elements.columns)} elements"
            problems.error(place, ("elements", "rows", number), what, "write one figure or null for each element")
        for one in row.institutions:
            if bodies is not None and one not in bodies:
                what = f"no institution has the slug {one.partition(':')[2]!r}"
                problems.error(place, ("elements", "rows", number), what, "use a slug of institutions/")
    for name in elements.remedies:
        if name not in known:
            problems.error(place, ("elements", "remedies"), f"no element has the id {name!r}", "use the id of a column")
