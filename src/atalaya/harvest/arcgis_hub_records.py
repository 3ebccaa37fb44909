"""One dataset of a hub's feed, as a record: what hubs write in a way of their own is made plain, the rest is a `data.json`."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

from atalaya.catalogue.records import Dataset
from atalaya.harvest import values
from atalaya.harvest.datajson_records import read_dataset
from atalaya.harvest.fields import Entry, Ledger

TEXT_LIMIT = 20_000
"""Characters of a licence that are read as HTML; the longest real ones hold a page or two."""

_ITEM = re.compile(
    r"/(?:(?:datasets|maps|documents|apps|content|items|layers|pages)/|(?:item\.html|datasets)/?\?(?:[^#]*&)?id=)"
    r"([0-9a-f]{32})(?:_(\d{1,6}))?(?![0-9a-z_])",
    re.IGNORECASE,
)
"""An item in an address: `/home/item.html?id=<item>`, `/datasets/<item>_<layer>`, `/maps/<item>/about`."""
_BARE = re.compile(r"([0-9a-f]{32})(?:_(\d{1,6}))?$", re.IGNORECASE)
_LAYER = re.compile(r"[?&](?:sublayer|layer)=(\d{1,6})(?!\d)", re.IGNORECASE)
_SLUG = re.compile(r"/(?:datasets|maps|documents|apps|content|feedback|pages)/[^/?#:]+::[^/?#]+", re.IGNORECASE)
"""A page of a site since 2021: `/datasets/<organisation>::<name>`."""
_TEMPLATE = re.compile(r"\s*\{\{[^{}]*\}\}\s*")
_TAG = re.compile(r"</?[a-z][^>]*>|&(?:#\d+|[a-z]+);", re.IGNORECASE)

_TITLES = frozenset({"arcgis hub dataset", "arcgis geoservice", "esri rest api"})
"""Titles of the two distributions that every dataset of a feed has, before and since 2021."""


def item_key(address: str | None) -> str | None:
    """The item that an address names, with its layer: `<item>` or `<item>_<layer>`; None where it names none.

    >>> item_key("https://www.arcgis.com/home/item.html?id=0123456789abcdef0123456789abcdef&sublayer=2")
    '0123456789abcdef0123456789abcdef_2'
    >>> item_key("https://hub.example/datasets/0123456789abcdef0123456789abcdef_10")
    '0123456789abcdef0123456789abcdef_10'
    """
    if address is None:
        return None
    found = _ITEM.search(address) or _BARE.match(address.strip())
    if found is None:
        return None
    layer = found[2] or next((said[1] for said in [_LAYER.search(address)] if said), None)
    return found[1].lower() if layer is None else f"{found[1].lower()}_{layer}"


def is_hub_dataset(item: Mapping[str, object]) -> bool:
    """Whether a dataset of a `data.json` was written by a hub: by its identifier or page, else by its distributions."""
    for name in ("identifier", "landingPage"):
        address = values.word(item.get(name)) or ""
        if _ITEM.search(address) or _SLUG.search(address):
            return True
    listed = item.get("distribution")
    parts = listed if isinstance(listed, list) else [listed]
    titles = {(values.word(part.get("title")) or "").lower() for part in parts if isinstance(part, dict)}
    return not titles.isdisjoint(_TITLES)


def read_hub_dataset(item: Mapping[str, object], place: str, ledger: Ledger) -> Dataset:
    """One dataset. Its native id is its item and layer, which outlive a change of domain and of feed; `place` names it in
    problems."""
    plain = {key: _filled(value, f"dataset[].{key}", ledger) for key, value in item.items()}
    box = _box(plain.get("spatial"))
    if box is not None:
        plain["spatial"] = box
    contact_page = _contact_page(plain.get("contactPoint"))
    dataset = read_dataset(Entry(plain, "dataset[]", ledger), place)
    contact = dataset.contact
    if contact is not None and contact.url is None and contact_page is not None:
        contact = replace(contact, url=contact_page)
    licence, licence_url = _licence(dataset.licence)
    return replace(
        dataset,
        native_id=item_key(dataset.native_id) or dataset.native_id or item_key(dataset.landing_page),
        contact=contact,
        licence=licence,
        licence_url=licence_url,
    )


def _filled(value: object, path: str, ledger: Ledger) -> object:
    """A value with nothing in place of templates that the site did not fill, such as `{{default.description}}`."""
    if isinstance(value, str):
        if "{{" not in value or not _TEMPLATE.fullmatch(value):
            return value
        ledger.unfilled(path, "a template that the site left unfilled")
        return None
    if isinstance(value, list):
        return [_filled(part, f"{path}[]", ledger) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, f"{path}.{values.clean(str(key))[:120]}", ledger) for key, part in value.items()}
    return value


def _box(spatial: object) -> str | None:
    """Corners given as lists of numbers, or as an envelope of them, in the form that feeds write: `west,south,east,north`."""
    corners = spatial.get("coordinates") if isinstance(spatial, dict) else spatial
    if not isinstance(corners, list) or len(corners) > 4:
        return None
    numbers = [number for corner in corners for number in (corner if isinstance(corner, list) else [corner])]
    if len(numbers) != 4 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        return None
    return ",".join(values.word(number) or "" for number in numbers)


def _contact_page(contact: object) -> str | None:
    """The page that a site gives in place of a mail address."""
    said = values.word(contact.get("hasEmail")) if isinstance(contact, dict) else None
    return said if said is not None and values.is_web(said) else None


def _licence(said: str | None) -> tuple[str | None, str | None]:
    """A licence as plain text, and the first address that its HTML links to."""
    if said is None or not _TAG.search(said):
        return said, None
    reader = _Text()
    reader.feed(said[:TEXT_LIMIT])
    reader.close()
    text = " ".join("".join(reader.parts).split())
    return text or reader.link, reader.link


class _Text(HTMLParser):
    """The text of a piece of HTML, and its first link to the web."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append("" if tag in ("a", "b", "em", "font", "i", "span", "strong", "u") else " ")
        for name, said in attrs:
            if tag == "a" and name == "href" and self.link is None and said is not None and values.is_web(said):
                self.link = said.strip()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
