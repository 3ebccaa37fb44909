"""Addresses of a site: mended, without session ids, and told apart by what they lead to.

Two addresses with one `key` are one page: they differ in `www`, in the scheme, in the order of their parameters, in a slash too
many or in the name of the file that servers give for a folder.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urljoin

from atalaya.fetch.urls import UnusableURL, parse

SESSION_PARAMETERS: Final = frozenset({
    "phpsessid", "jsessionid", "sessionid", "session_id", "sessid", "sess", "sid", "aspsessionid", "cfid",
    "cftoken", "oscsid", "zenid", "phpsess", "s_id", "viewstate", "fbclid", "gclid", "dclid", "msclkid", "yclid",
    "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "igshid", "_",
})  # fmt: skip
"""Parameters that name a visitor, a campaign or a moment, and never a page: of PHP, Java, ASP, ColdFusion, shops, and of the
advertisers who add theirs to every link."""

TABLES: Final = frozenset({
    "csv", "tsv", "xls", "xlsx", "xlsm", "xlsb", "ods", "json", "geojson", "xml", "dbf", "parquet", "sav", "dta",
    "rdf", "ttl",
})  # fmt: skip
TEXTS: Final = frozenset({
    "pdf", "doc", "docx", "docm", "odt", "rtf", "txt", "ppt", "pptx", "pps", "ppsx", "odp", "epub", "djvu", "xps",
})  # fmt: skip
PACKED: Final = frozenset({"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "kmz", "kml", "shp", "gpkg"})
IMAGES: Final = frozenset({"jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp", "svg"})
DOCUMENTS: Final = TABLES | TEXTS | PACKED | IMAGES
"""Endings of addresses behind which a document is expected; what comes is judged by its bytes."""
MEDIA: Final = frozenset({
    "mp3", "mp4", "avi", "mov", "wmv", "flv", "webm", "ogg", "wav", "m4a", "m4v", "mpg", "mpeg", "mkv",
})  # fmt: skip
"""Recordings: told of and not taken, they would use up the bytes of a site."""
PARTS: Final = frozenset({
    "css", "js", "mjs", "map", "ico", "woff", "woff2", "ttf", "eot", "swf", "webmanifest",
})  # fmt: skip
"""Parts that pages are made of: never followed."""

_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*|/\([A-Z]\([^()/]*\)\)", re.IGNORECASE)
"""Session ids in the path: of Java servlets (`;jsessionid=`) and of ASP.NET without cookies (`/(S(...))/`)."""
_INDEX = re.compile(r"/(?:index|default|home|inicio)\.(?:html?|php\d?|aspx?|jsp|cfm|cgi|shtml)$", re.IGNORECASE)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,11})$")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{16,}|[0-9a-fA-F-]{16,}")
"""Texts that only a machine would write: session ids, hashes, UUIDs."""
_ROUTES = frozenset({"/", "!"})
"""What a fragment begins with that names a page of an application in the browser."""
_SLASHES = re.compile(r"/{2,}")
_LONG = 600
"""Characters of an address from which it is one that a program keeps adding to; people's are far shorter."""
_DEEP = 14
_REPEATED = 3
"""Segments of a path, and how often one may stand in it: paths that are relative by mistake grow for ever."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that can be asked: `url` as it is asked, `key` by which it is known, `host`, `path`, and the parameters."""

    url: str
    key: str
    host: str
    path: str
    parameters: tuple[str, ...]

    @property
    def ending(self) -> str:
        """What its file name ends with, lower case; empty where it names none."""
        found = _ENDING.search(self.path)
        return found[1].lower() if found else ""


@lru_cache(maxsize=5_000)
def link_of(base: str, reference: str) -> Link | None:
    """Where a reference on a page leads, without fragment and session ids; None where it is no address of the web.

    >>> link_of("https://www.a.example/x/", "../n.php?b=2&a=1&PHPSESSID=77#top").url
    'https://www.a.example/n.php?b=2&a=1'
    >>> link_of("https://a.example/", "index.php").key == link_of("http://www.a.example", "/").key
    True
    """
    try:
        whole = urljoin(base, reference.strip())
        address = parse(whole)
    except (UnusableURL, ValueError):
        return None
    if address.user:
        return None
    path, _, query = address.target.partition("?")
    path = _SESSION_PATH.sub("", path) or "/"
    parameters = tuple(part for part in query.split("&") if part and not _names_visitor(part))
    route = f"#{fragment}" if (fragment := whole.partition("#")[2])[:1] in _ROUTES else ""
    target = path + ("?" + "&".join(parameters) if parameters else "") + route
    origin = f"{address.scheme}://{address.netloc}"
    plain = _SLASHES.sub("/", unquote(path))
    if not parameters:
        plain = _INDEX.sub("/", plain)
    host = address.host.removeprefix("www.")
    port = "" if address.netloc.endswith(address.host) or address.netloc.endswith("]") else f":{address.port}"
    key = f"{host}{port}{plain.rstrip('/')}"
    if parameters:
        key += "?" + "&".join(sorted(parameters))
    return Link(origin + target, key + route, host, plain, parameters)


def _names_visitor(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in SESSION_PARAMETERS or name.startswith(("utm_", "aspsessionid"))


def key_without(link: Link, names: frozenset[str]) -> str:
    """The key of a link as if some of its parameters were not there."""
    if not names or not link.parameters:
        return link.key
    kept = sorted(part for part in link.parameters if part.partition("=")[0] not in names)
    bare = link.key.partition("?")[0]
    return f"{bare}?{'&'.join(kept)}" if kept else bare


@lru_cache(maxsize=5_000)
def pattern_of(key: str) -> str:
    """The form of an address: numbers and tokens of machines made one, parameters by name alone.

    >>> pattern_of("a.example/calendar/2026/11?day=3&view=list")
    'a.example/calendar/#/#?day&view'
    """
    place, _, query = key.partition("?")
    host, slash, path = place.partition("/")
    form = _NUMBER.sub("#", _TOKEN.sub("*", path))
    names = sorted({part.partition("=")[0] for part in query.split("&")}) if query else []
    return f"{host}{slash}{form}" + (f"?{'&'.join(names)}" if names else "")


def runs_away(link: Link) -> str | None:
    """Why an address is one that programs make without end: `long`, `deep` or `repeated`; None where it is not.

    >>> runs_away(link_of("https://a.example/", "/x/y/x/y/x/y"))
    'repeated'
    """
    if len(link.url) > _LONG:
        return "long"
    segments = [segment for segment in link.path.split("/") if segment]
    if len(segments) > _DEEP:
        return "deep"
    return "repeated" if any(segments.count(each) >= _REPEATED for each in set(segments)) else None


def looks_like(link: Link) -> str:
    """What an address seems to lead to by its ending: `document`, `media`, `part` or `page`."""
    ending = link.ending
    if ending in DOCUMENTS:
        return "document"
    if ending in MEDIA:
        return "media"
    return "part" if ending in PARTS else "page"


def is_under(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of these domains or lies under one.

    >>> is_under("files.a.example", frozenset({"a.example"})), is_under("ba.example", frozenset({"a.example"}))
    (True, False)
    """
    return host in domains or any(host.endswith(f".{domain}") for domain in domains)
