"""Markup: HTML pages and the many kinds of XML, told by the name, namespace and attributes of the root element."""

import hashlib
import re
import xml.parsers.expat as expat
from collections.abc import Mapping
from dataclasses import dataclass, replace

from atalaya.inspection.canonical import is_volatile
from atalaya.inspection.findings import Defect
from atalaya.inspection.limits import Limits
from atalaya.inspection.map_markup import profile_features
from atalaya.inspection.material import Findings, Hint, Material, Sniffed
from atalaya.inspection.services import service_of_format
from atalaya.inspection.soft_failures.documents import find_in_xml
from atalaya.inspection.soft_failures.registry import failure
from atalaya.inspection.tables import Profile, gather, profile_rows
from atalaya.inspection.text import Decoded
from atalaya.inspection.xml_records import find_records

_HEAD = 65_536
_BROKEN_HEAD = 8_192
_HTML = re.compile(r"<!doctype\s+html\b|<html[\s>]|<head[\s>]|<body[\s>]|<title>|<meta\s|<frameset", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\s*<(?:script|table|thead|tbody|tr|td|th|meta|title|div|p|h[1-6]|form|center|font|style|span|ul|a|img|br|b|"
    r"link)\b",
    re.IGNORECASE,
)
_RDFA = re.compile(
    r"""\b(?:typeof|about|property|rel|rev)\s*=\s*["'](?!og:|fb:|twitter:|article:|al:|book:|profile:)[\w-]+:\w+"""
)
_ROOTS: Mapping[str, str] = {
    "kml": "kml",
    "gpx": "gpx",
    "rss": "rss",
    "feed": "atom",
    "svg": "svg",
    "schema": "xsd",
    "stylesheet": "xslt",
    "workbook": "excel_xml",
    "wms_capabilities": "wms",
    "wmt_ms_capabilities": "wms",
    "wfs_capabilities": "wfs",
    "wcs_capabilities": "wcs",
    "coveragedescriptions": "wcs",
    "coveragedescription": "wcs",
    "csw_capabilities": "csw",
    "getrecordsresponse": "csw",
    "getrecordbyidresponse": "csw",
    "serviceexceptionreport": "ogc_exception",
    "exceptionreport": "ogc_exception",
    "md_metadata": "iso19139",
    "mi_metadata": "iso19139",
    "sparql": "sparql_results",
    "xbrl": "xbrl",
    "qgis": "qgs",
    "definitions": "wsdl_document",
}
_NEEDED_NAMESPACE = {
    "feed": "atom",
    "schema": "xmlschema",
    "stylesheet": "xsl",
    "workbook": "spreadsheet",
    "sparql": "sparql-results",
    "definitions": "wsdl",
    "svg": "svg",
}
_SERVICES = (
    ("/wmts", "wmts"),
    ("/wcs", "wcs"),
    ("/wfs", "wfs"),
    ("/csw", "csw"),
    ("/cat/csw", "csw"),
    ("/wms", "wms"),
    ("/wps", "wps"),
)


_OF_RECORDS = frozenset({"xml", "atom", "gpx", "rss", "sdmx"})
_OF_FEATURES = frozenset({"gml", "kml"})
"""Formats whose repeated elements, or features, are data; the others describe services, documents and schemas."""


class _Enough(Exception):
    """Raised by our own handler once the root element was seen."""


@dataclass(slots=True)
class _Root:
    name: str = ""
    namespace: str = ""
    attributes: Mapping[str, str] | None = None


def sniff_markup(decoded: Decoded, hint: Hint) -> Sniffed | None:
    """HTML or a kind of XML, None for a text that is no markup (RDF in lines starts with an address in angle brackets)."""
    head = decoded.text[:_HEAD].lstrip("\ufeff \t\r\n\0")
    if not head.startswith("<"):
        opening = head[:2048]
        if _HTML.search(opening) and re.search(r"</?(?:html|head|body)\b", opening, re.IGNORECASE):
            return _html(decoded, "an HTML element within its first characters")
        return None
    if not re.match(r"<\?xml\s", head) and re.match(r"<(?:!doctype\s+html|html[\s>])", head, re.IGNORECASE):
        return _html(decoded, "it starts as an HTML page")
    if re.match(r"<(?:[a-z][a-z0-9+.-]*:/*[^\s>/]+\.|[a-z]+://|#|urn:|mailto:)[^\s>]*>", head, re.IGNORECASE):
        return None
    root = _read_root(head)
    local = root.name.lower()
    if local in ("html", "head", "body") or (not local and _HTML.search(head[:4096])):
        return _html(decoded, "its root element is an HTML page's")
    if local and "html" not in hint.formats:
        found = _kind(root)
        if found != "xml" or head.startswith("<?xml") or not _FRAGMENT.match(head):
            return Sniffed(format=found, reason=f"XML whose root element is {root.name!r}"[:200], decoded=decoded)
    if _FRAGMENT.match(head) or _HTML.search(head[:4096]):
        return _html(decoded, "it starts with an HTML element")
    if head.startswith(("<?xml", "<!DOCTYPE", "<!--")) or re.match(r"<[A-Za-z_][\w.:-]*[\s/>]", head):
        broken = Defect(
            code="unreadable", place="root element", detail="the XML cannot be read up to its first element"
        )
        return Sniffed(format="xml", reason="it starts as XML", decoded=decoded, defects=() if local else (broken,))
    return None


def _html(decoded: Decoded, why: str) -> Sniffed:
    return Sniffed(format="rdfa" if len(_RDFA.findall(decoded.text)) >= 3 else "html", reason=why, decoded=decoded)


def _read_root(head: str) -> _Root:
    root = _Root()

    def started(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition("\x1f")
        root.name, root.namespace, root.attributes = local, namespace, attributes
        raise _Enough

    parser = expat.ParserCreate("utf-8", "\x1f")
    parser.StartElementHandler = started
    try:
        parser.Parse(head.encode("utf-8", "replace"), False)
    except _Enough:
        return root
    except expat.ExpatError:
        match = re.search(
            r"<(?:([\w.-]+):)?([A-Za-z_][\w.-]*)",
            re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", "", head[:_BROKEN_HEAD], flags=re.DOTALL),
        )
        if match:
            root.name, root.namespace, root.attributes = match.group(2), match.group(1) or "", {}
    return root


def _kind(root: _Root) -> str:
    local, namespace = root.name.lower(), root.namespace.lower()
    if local == "rdf":
        names = " ".join((root.attributes or {}).keys())
        return "rss" if "purl.org/rss" in names else "rdf_xml"
    if local == "featurecollection" or "opengis.net/gml" in namespace or "opengis.net/citygml" in namespace:
        return "gml"
    if local == "document" and "opendocument" in namespace:
        stated = next((value for name, value in (root.attributes or {}).items() if name.endswith("mimetype")), "")
        return {"spreadsheet": "fods", "text": "fodt"}.get(stated.rpartition(".")[2], "xml")
    if local == "workbook" and "source-build" in (root.attributes or {}):
        return "tableau_workbook"
    if local == "capabilities":
        return next((found for part, found in _SERVICES if part in namespace), "xml")
    if "sdmx" in namespace:
        return "sdmx"
    found = _ROOTS.get(local)
    needed = _NEEDED_NAMESPACE.get(local)
    if found is None or (needed is not None and needed not in namespace):
        return "xml"
    return found


def read_xml(material: Material) -> Findings:
    """XML read to its end: well-formed or not, without entities of its own, hashed by content, its records as tables."""
    decoded = material.sniffed.decoded
    assert decoded is not None, "markup is sniffed from text"
    digest, defect = hash_xml(decoded.text)
    found = list(decoded.defects)
    if defect is not None:
        found.append(defect)
    told = find_in_xml(decoded.text)
    if material.sniffed.format == "ogc_exception":
        found.append(failure("map_exception", "a map service answered with an exception"))
    elif told is not None:
        found.append(told)
    service = service_of_format(material.sniffed.format, decoded.text)
    bomb = defect is not None and defect.code == "bomb"
    read = gather(
        [] if bomb or told is not None else _profiles(decoded.text, material.sniffed.format or "", material.limits)
    )
    return replace(
        read, encoding=decoded.encoding, defects=(*found, *read.defects), content_sha256=digest, service=service
    )


def _profiles(text: str, format_id: str, limits: Limits) -> list[Profile]:
    features = profile_features(text, format_id, limits) if format_id in _OF_FEATURES else []
    if features or format_id not in _OF_RECORDS | _OF_FEATURES:
        return features
    found = []
    for records in find_records(text, limits):
        columns = records.columns(limits.columns)
        profile = profile_rows(records.cells(columns), records.name, limits, names=tuple(columns))
        if profile is not None:
            why = f"its elements repeat from line {records.line}; {profile.table.reason}"
            found.append(replace(profile, table=replace(profile.table, reason=why)))
    return found


def hash_xml(text: str) -> tuple[str | None, Defect | None]:
    """The content hash of XML, or what is wrong with it; declared entities are refused before they expand."""
    hashed = hashlib.sha256()
    skipped = [0]

    def started(name: str, attributes: dict[str, str]) -> None:
        if skipped[0] or is_volatile(name.rpartition(":")[2]):
            skipped[0] += 1
            return
        kept = sorted((key, value) for key, value in attributes.items() if not is_volatile(key.rpartition(":")[2]))
        hashed.update(f"<{name}{kept}".encode("utf-8", "replace"))

    def ended(_name: str) -> None:
        if skipped[0]:
            skipped[0] -= 1
        else:
            hashed.update(b">")

    def written(characters: str) -> None:
        if not skipped[0] and characters.strip():
            hashed.update(characters.strip().encode("utf-8", "replace"))

    def declared(*_details: object) -> None:
        raise _Enough

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, written
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
    except _Enough:
        return None, Defect(
            code="bomb", place="document type", detail="the XML declares entities of its own; they were not expanded"
        )
    except expat.ExpatError as error:
        cut = error.code in _CUT
        detail = f"{expat.ErrorString(error.code)} at line {error.lineno}, column {error.offset + 1}"
        return None, Defect(code="truncated" if cut else "unreadable", place=f"line {error.lineno}", detail=detail)
    return hashed.hexdigest(), None


_CUT = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
"""Errors of expat that mean that the text ends too early."""
