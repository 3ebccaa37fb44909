"""What GeoServer says of a service until somebody fills it in: nobody stated it, so it is not read.

A new GeoServer names `The Ancient Geographers` and Claudius Ptolomaeus as contact, calls its services `GeoServer Web Map
Service` and the like, and gives fees and access constraints as `NONE`. `NONE` may also be meant: it is left aside only where
the title or the contact of the same service is still the factory's, and is kept as written anywhere else.

Values: the data directory that GeoServer is delivered with, `global.xml` and `wms.xml`, `wfs.xml`, `wcs.xml`, `wmts.xml`
(https://github.com/geoserver/geoserver/tree/main/data/release).
"""

from atalaya.catalogue.folding import fold
from atalaya.harvest.elements import Node, plain

REASON = "a factory setting of GeoServer, which nobody stated; left out"

_ORGANISATIONS = ("the ancient geographers",)
_CONTACTS = ("claudius ptolomaeus", "chief geographer")
_MAILS = ("claudius.ptolomaeus@gmail.com", "claudius.ptolomaeus@mercury.olympus.gov")
_SITES = (
    "http://geoserver.org",
    "https://www.osgeo.org",
    "http://www.osgeo.org",
    "http://geoserver.sourceforge.net/html/index.php",
)
_TITLES = (
    "geoserver web map service",
    "geoserver web feature service",
    "geoserver web coverage service",
    "geoserver web map tile service",
    "geoserver features service",
    "geoserver features services",
)
_NONE = "NONE"


def is_factory(text: str) -> bool:
    """Whether a title, organisation, person, post or mail address is one that GeoServer is delivered with.

    >>> is_factory("The Ancient Geographers"), is_factory("GeoServer Web Map Service"), is_factory("GeoServer of Lima")
    (True, True, False)
    """
    said = text.strip().lower().removeprefix("mailto:")
    return said in _MAILS or fold(text) in (*_ORGANISATIONS, *_CONTACTS, *_TITLES)


class Stated:
    """What a service states, without factory settings; each of those is counted as ignored and listed as a problem."""

    def __init__(self, about: Node | None, contact: Node | None) -> None:
        parts = [(about, ("Title", "label")), (contact, None)]
        self._untouched = any(_holds_factory(node, names) for node, names in parts if node is not None)

    def word(self, node: Node | None, *path: str) -> str | None:
        """The first text at the end of a path that somebody stated."""
        return next(iter(self.words(node, *path)), None)

    def words(self, node: Node | None, *path: str) -> list[str]:
        """The texts at the end of a path that somebody stated."""
        found = []
        for item in () if node is None else node.nodes(*path):
            said = plain(item.element.text)
            if said is not None and (is_factory(said) or (self._untouched and said == _NONE)):
                _leave(item)
            elif (text := item.said()) is not None:
                found.append(text)
        return found


def stated_site(address: str | None) -> str | None:
    """The site of a provider; None where it is the one that GeoServer is delivered with."""
    return None if address is not None and address.rstrip("/").lower() in _SITES else address


def _holds_factory(node: Node, names: tuple[str, ...] | None) -> bool:
    held = (element for element in node.element.iter() if names is None or element.tag.rpartition("}")[2] in names)
    return any((said := plain(element.text)) is not None and is_factory(said) for element in held)


def _leave(node: Node) -> None:
    node.tree.passed.add(node.element)
    node.tree.ledger.unreadable(node.name, REASON)
