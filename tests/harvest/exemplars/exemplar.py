"""What an exemplar is: datasets written as one protocol writes them, page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Pages = Sequence[Sequence["Item"]]
"""The datasets of a catalogue, page by page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One dataset to write: its id and date as any JSON value (XML writes their text), its title and its file addresses."""

    id: Any
    title: str = "Presupuesto"
    urls: tuple[str, ...] = ("https://datos.example/presupuesto.csv",)
    modified: Any = "2026-01-05"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplar:
    """One protocol as the contract suite sees it.

    `url` is the source to declare. `render` writes a catalogue: address → body (text or bytes, or `(status, bytes, headers)`);
    its first entry is the first page that is asked. `paged`: whether the protocol has pages at all; where it has not, one page
    is rendered. `declared`: whether file addresses become declared distributions; where not, the protocol derives a link.
    `ids`: whether the identifier written is the native id of the record. `dated`: whether the date written is kept.
    `page_size` is declared with the source where the addresses of `render` rest on it.
    """

    protocol: str
    url: str
    render: Callable[[Pages], Mapping[str, Any]]
    paged: bool = False
    declared: bool = True
    ids: bool = True
    dated: bool = True
    page_size: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def numbered(count: int, start: int = 1, **more: Any) -> list[Item]:
    """Datasets with ids `d1`, `d2`, … and titles and addresses of their own."""
    return [
        Item(
            id=f"d{number}",
            title=f"Presupuesto {number}",
            urls=(f"https://datos.example/{number}.csv",),
            **more,
        )
        for number in range(start, start + count)
    ]
