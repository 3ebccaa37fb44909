"""Where a resource can be had: every `onLine` of `distributionInfo` as a declared distribution.

ISO 19115 calls these links the online sources from which the resource can be obtained, so all of them count, whatever their
function; links elsewhere in a record (contacts, standards, browse graphics) never do. Names of protocols in use:
https://github.com/OSGeo/Cat-Interop/blob/master/LinkPropertyLookupTable.csv .
"""

import re
from collections.abc import Iterable

from atalaya.catalogue.records import Distribution
from atalaya.harvest import values
from atalaya.harvest.elements import Node
from atalaya.harvest.iso.properties import Anchored, Languages, anchored, code, localised, value

_TRANSPORT = re.compile(
    r"^(?:WWW:(?:LINK|DOWNLOAD)\b.*|https?|ftps?|sftp|file(?::.*)?|http--?(?:link|download)|(?:web|internet|other)\b.*)$",
    re.IGNORECASE,
)
"""Protocols that say how bytes travel and nothing of what they are."""
_FILE = re.compile(r"^WWW:DOWNLOAD\b|^FILE:|^http--?download$", re.IGNORECASE)
"""Protocols of links to files. The format that a record declares is theirs; of another link only where it is the only one."""
_MEDIA_TYPE = re.compile(
    r"(?:^|:)((?:application|text|image|audio|video|multipart|model)/[\w.+-]+(?:\s*;.*)?)$", re.IGNORECASE
)
_FILES = ("download", "fileaccess")
"""Functions of a link (CI_OnLineFunctionCode, lower case) that lead to the data themselves."""


def distributions(record: Node, spoken: Languages) -> tuple[tuple[Distribution, ...], str | None]:
    """The distributions of a record in document order, and the page about it that one of them is."""
    read: list[Distribution] = []
    page: str | None = None
    links = _links(record)
    for link, formats in links:
        distribution = _distribution(link, formats, spoken, alone=len(links) == 1)
        if distribution == Distribution():
            continue
        read.append(distribution)
        if page is None and (code(link.node("function")) or "").lower() == "information":
            page = distribution.url
    return tuple(read), page


def _links(record: Node) -> list[tuple[Node, list[str]]]:
    """Every `onLine` with the formats that are declared nearest to it: of its options, its distributor, or the record."""
    found = []
    for info in record.nodes("distributionInfo", "MD_Distribution"):
        shared = _formats(info.nodes("distributionFormat", "MD_Format"))
        groups = [(options, shared) for options in info.nodes("transferOptions", "MD_DigitalTransferOptions")]
        for distributor in info.nodes("distributor", "MD_Distributor"):
            own = _formats(distributor.nodes("distributorFormat", "MD_Format")) or shared
            transfers = distributor.nodes("distributorTransferOptions", "MD_DigitalTransferOptions")
            groups += [(options, own) for options in transfers]
        for options, formats in groups:
            nearest = _formats(options.nodes("distributionFormat", "MD_Format")) or formats
            found += [(link, nearest) for link in options.nodes("onLine", "*")]
    return found


def _formats(nodes: Iterable[Node]) -> list[str]:
    """The names of formats, in either encoding; the version is not part of a name."""
    names = [value(node.node("name")) for node in nodes]
    cited = [
        value(title)
        for node in nodes
        for title in node.nodes("formatSpecificationCitation", "CI_Citation", "alternateTitle|title")[-1:]
    ]
    return list(dict.fromkeys(name for name in (*names, *cited) if name is not None))


def _distribution(link: Node, formats: list[str], spoken: Languages, *, alone: bool) -> Distribution:
    address = _address(link)
    protocol = anchored(link.node("protocol"))
    function = (code(link.node("function")) or "").lower()
    media_type = _media_type(link, protocol)
    service = protocol.text if is_service_protocol(protocol.text) else None
    is_file = service is None and (function in _FILES or _FILE.match(protocol.text or "") is not None)
    if is_file and len(formats) > 1:
        link.tree.ledger.unreadable(
            "distributionInfo.distributionFormat", "several formats, none of them tied to a link"
        )
    declared = formats[0] if len(formats) == 1 and (is_file or alone) else None
    return Distribution(
        title=localised(link.node("name"), spoken),
        description=localised(link.node("description"), spoken),
        access_url=None if is_file else address,
        download_url=address if is_file else None,
        format=service or declared,
        media_type=media_type,
        conforms_to=(protocol.href,) if service is not None and protocol.href is not None else (),
    )


def _address(link: Node) -> str | None:
    address = value(link.node("linkage"))
    if address is not None and values.is_mail(address):
        link.tree.ledger.unreadable("distributionInfo.transferOptions.onLine.linkage", "a mail address, no link")
        return None
    return address


def is_service_protocol(protocol: str | None) -> bool:
    """Whether a protocol names what answers (`OGC:WMS`), not only how bytes travel (`WWW:DOWNLOAD-1.0-http--download`)."""
    return protocol is not None and not _TRANSPORT.match(protocol) and not _MEDIA_TYPE.search(protocol)


def media_type_of(protocol: str | None) -> str | None:
    """The media type that some write as protocol (`WWW:DOWNLOAD:application/zip`)."""
    found = _MEDIA_TYPE.search(protocol or "")
    return found[1] if found else None


def _media_type(link: Node, protocol: Anchored) -> str | None:
    """A media type: of a name typed `gmx:MimeFileType`, or written as protocol."""
    for node in link.nodes("name|protocol|description", "MimeFileType"):
        typed = node.attribute("type")
        if typed is not None and _MEDIA_TYPE.search(typed):
            return typed
    return media_type_of(protocol.text)
