"""Layers, feature types and coverages of WMS, WFS, WMTS and WCS, each as one dataset, of every version in use.

Specifications: OGC 01-068r3 and 06-042 (WMS 1.1.1, 1.3.0), 02-058, 04-094 and 09-025r2 (WFS 1.0, 1.1, 2.0), 07-057r7 (WMTS),
03-065r6, 07-067r5 and 09-110r4 (WCS 1.0, 1.1, 2.0).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from atalaya.catalogue.records import Agent, Distribution, Period
from atalaya.harvest.elements import Node, local, namespace
from atalaya.harvest.ogc_services_service import (
    Layer,
    Service,
    address,
    attribute_box,
    corners_box,
    old_service,
    ows_service,
    span,
    text,
)

Layers = tuple[Service, list[Layer]]

_PERSON = "persons, posts and addresses; only presence and domain of contacts are kept"
_OPERATION = "how the service is asked; its address is read"
_DRAWING = "how maps, tiles and grids are drawn"
_SERVICE = "describes the service, not one of its layers"
_RELATION = "other names, pictures and lists of a layer"

_GROUPS: Mapping[str, str] = {
    _PERSON: "ContactInformation responsibleParty ServiceContact",
    _OPERATION: """
        Capability.Request Capability.Exception OperationsMetadata Filter_Capabilities FeatureTypeList.Operations
        FeatureType.Operations OutputFormats ServiceMetadata Capability.VendorSpecificCapabilities
        Capability.UserDefinedSymbolization ExtendedCapabilities _ExtendedCapabilities _ExtendedOperation
        GetCapabilities FeatureType.OtherSRS FeatureType.OtherCRS FeatureType.NoSRS FeatureType.NoCRS SupportedFormat
        SupportedFormats ServesGMLObjectTypeList SupportsGMLObjectTypeList Extension Languages
    """,
    _DRAWING: """
        Layer.Style Layer.CRS Layer.SRS Layer.BoundingBox Layer.ScaleHint Layer.MinScaleDenominator
        Layer.MaxScaleDenominator TileMatrixSetLink TileMatrixSet Layer.Format Layer.InfoFormat ResourceURL Themes
        CoverageSummary.BoundingBox SupportedCRS CoverageSubtype CoverageSubtypeParent Layer.Dimension Layer.Extent
        MaxWidth MaxHeight LayerLimit Layer.DescriptiveInfo supportedCRSs supportedFormats supportedInterpolations
    """,
    _SERVICE: """
        Service.Abstract Service.Keywords Service.KeywordList Service.OnlineResource ServiceIdentification Service.Name
        ServiceProvider.ProviderSite Service.description Service.name Service.keywords Service.label ServiceMetadataURL
        Service.metadataLink Service.Title
    """,
    _RELATION: """
        Layer.Identifier Layer.AuthorityURL Layer.FeatureListURL Attribution.LogoURL ExtendedDescription
        MetadataURL.Format DataURL.Format FeatureType.Identifier Attribution.OnlineResource
    """,
    "says what can be done with a layer": """
        @queryable @opaque @cascaded @noSubsets @fixedWidth @fixedHeight @nearestValue @format @vocabulary @metadataType
        @nilValues @remoteSchema @about @dimensions @crs @srsName @inapplicable
    """,
}

IGNORED_CAPABILITIES: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Ends of element paths and attributes with no use here, with the reason."""

NESTED = ("Layer", "CoverageSummary")
"""Elements that lie in each other."""


def reader_of(root: Element) -> Callable[[Node, str], Layers] | None:
    """The reader of a capabilities document; None where it is none of a service that serves data."""
    name, space = local(root), namespace(root).lower()
    if name in ("WMS_Capabilities", "WMT_MS_Capabilities"):
        return read_wms
    if name == "WFS_Capabilities":
        return read_wfs
    if name == "WCS_Capabilities" or (name == "Capabilities" and "/wcs" in space):
        return read_wcs
    return read_wmts if name == "Capabilities" and "/wmts" in space else None


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a layer of a WMS takes over from the one around it (OGC 06-042, table 7)."""

    boxes: tuple[str, ...] = ()
    creator: Agent | None = None
    time: Period | None = None


def read_wms(root: Node, answered: str) -> Layers:
    """The layers with a name, in document order; a layer without one only groups others."""
    endpoint = next(
        (
            url
            for node in root.nodes("Capability", "Request", "GetMap|Map", "DCPType", "HTTP", "Get")
            for place in (*node.nodes("OnlineResource"), node)
            if (url := address(place)) is not None
        ),
        None,
    )
    found: list[Layer] = []
    pending = [(node, _Inherited()) for node in reversed(root.nodes("Capability", "Layer"))]
    while pending:
        node, around = pending.pop()
        inherited = _inherit(node, around)
        name = node.word("Name")
        if name is not None:
            found.append(_map_layer(node, name, inherited))
        else:
            node.skip("Title", "Abstract", "KeywordList", "MetadataURL", "DataURL")
        pending.extend((child, inherited) for child in reversed(node.nodes("Layer")))
    return old_service(root, "WMS", endpoint, answered), found


def _inherit(node: Node, around: _Inherited) -> _Inherited:
    boxes = attribute_box(node, "LatLonBoundingBox")
    for box in node.nodes("EX_GeographicBoundingBox"):
        names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
        sides = [box.word(name) for name in names]
        boxes = (*boxes, *([",".join(side for side in sides if side)] if all(sides) else []))
    credited = node.word("Attribution", "Title")
    time = None
    for dimension in node.nodes("Dimension|Extent"):
        if (dimension.attribute("name") or "").lower() == "time":
            time = time or span(dimension.said())
    creator = around.creator if credited is None else Agent(name=credited)
    return replace(around, boxes=boxes or around.boxes, creator=creator, time=time or around.time)


def _map_layer(node: Node, name: str, inherited: _Inherited) -> Layer:
    pages = [address(link) for link in node.nodes("MetadataURL", "OnlineResource")]
    files = []
    for data in node.nodes("DataURL"):
        kind = data.word("Format")
        for link in data.nodes("OnlineResource"):
            url = address(link)
            files.append(Distribution(access_url=url, media_type=kind) if url is not None else Distribution())
    return Layer(
        name=name,
        title=text(node, "Title"),
        description=text(node, "Abstract"),
        keywords=tuple(dict.fromkeys(node.words("KeywordList", "Keyword"))),
        creator=inherited.creator,
        spatial=inherited.boxes,
        temporal=() if inherited.time is None else (inherited.time,),
        landing_page=next((page for page in pages if page), None),
        files=tuple(item for item in files if item != Distribution()),
    )


def read_wfs(root: Node, answered: str) -> Layers:
    """The feature types."""
    old = root.node("Service")
    if old is not None:
        gets = root.nodes("Capability", "Request", "GetFeature", "DCPType", "HTTP", "Get")
        endpoint = next((url for node in gets if (url := address(node)) is not None), None)
        service = old_service(root, "WFS", endpoint, answered)
    else:
        service = ows_service(root, "WFS", "GetFeature", answered)
    found = []
    for node in root.nodes("FeatureTypeList", "FeatureType"):
        name = node.word("Name")
        if name is None:
            root.tree.ledger.unreadable("FeatureTypeList.FeatureType", "a feature type without a name")
            continue
        pages = [address(link) for link in node.nodes("MetadataURL")]
        words = [*node.words("Keywords", "Keyword"), *_split(node.word("Keywords"))]
        found.append(
            Layer(
                name=name,
                title=text(node, "Title"),
                description=text(node, "Abstract"),
                keywords=tuple(dict.fromkeys(words)),
                spatial=(*corners_box(node), *attribute_box(node, "LatLongBoundingBox")),
                landing_page=next((page for page in pages if page), None),
                conforms_to=tuple(node.words("DefaultSRS|DefaultCRS|SRS")),
            )
        )
    return service, found


def _split(keywords: str | None) -> list[str]:
    """Keywords of WFS 1.0, which are one text with commas."""
    return [word.strip() for word in (keywords or "").split(",") if word.strip()]


def read_wmts(root: Node, answered: str) -> Layers:
    """The layers of the contents."""
    service = ows_service(root, "WMTS", "GetTile", answered)
    found = []
    for node in root.nodes("Contents", "Layer"):
        name = node.word("Identifier")
        if name is None:
            root.tree.ledger.unreadable("Contents.Layer", "a layer without an identifier")
            continue
        times = [
            span(",".join(dimension.words("Value")))
            for dimension in node.nodes("Dimension")
            if (dimension.word("Identifier") or "").lower() == "time"
        ]
        found.append(replace(_ows_layer(node, name), temporal=tuple(time for time in times if time is not None)))
    return service, found


def read_wcs(root: Node, answered: str) -> Layers:
    """The coverages, in the briefs of version 1.0 or the summaries of 1.1 and 2.0; a summary without a name groups others."""
    briefs = root.nodes("ContentMetadata", "CoverageOfferingBrief")
    if root.node("Service") is not None or briefs:
        gets = root.nodes("Capability", "Request", "GetCoverage", "DCPType", "HTTP", "Get", "OnlineResource")
        endpoint = next((url for node in gets if (url := address(node)) is not None), None)
        named = [(node, node.word("name")) for node in briefs]
        service = old_service(root, "WCS", endpoint, answered)
        return service, [_brief(node, name) for node, name in named if name is not None]
    found = []
    pending = list(reversed(root.nodes("Contents", "CoverageSummary")))
    while pending:
        node = pending.pop()
        name = node.word("CoverageId|Identifier")
        if name is not None:
            found.append(_ows_layer(node, name))
        else:
            node.skip("Title", "Abstract", "Keywords", "Metadata", "WGS84BoundingBox")
        pending.extend(reversed(node.nodes("CoverageSummary")))
    return ows_service(root, "WCS", "GetCoverage", answered), found


def _ows_layer(node: Node, name: str) -> Layer:
    """A layer or coverage as OWS Common describes it."""
    pages = [address(link) for link in node.nodes("Metadata")]
    return Layer(
        name=name,
        title=text(node, "Title"),
        description=text(node, "Abstract"),
        keywords=tuple(dict.fromkeys(node.words("Keywords", "Keyword"))),
        spatial=corners_box(node),
        landing_page=next((page for page in pages if page), None),
    )


def _brief(node: Node, name: str) -> Layer:
    boxes, times = [], []
    for envelope in node.nodes("lonLatEnvelope"):
        sides = " ".join(envelope.words("pos")).split()
        boxes.extend([",".join(sides)] if len(sides) == 4 else [])
        times.extend(envelope.words("timePosition"))
    pages = [address(link) for link in node.nodes("metadataLink")]
    time = span(",".join(times))
    return Layer(
        name=name,
        title=text(node, "label"),
        description=text(node, "description"),
        keywords=tuple(dict.fromkeys(node.words("keywords", "keyword"))),
        spatial=tuple(boxes),
        temporal=() if time is None else (time,),
        landing_page=next((page for page in pages if page), None),
    )
