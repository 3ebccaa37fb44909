"""Queries of OGC services: parameters whose names know no case, beside those of a vendor, which stay as they are.

OGC 06-121r9 (OWS Common), 11.5.1: names of parameters are not case sensitive, values are.
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote_plus


def parameters(url: str) -> dict[str, str]:
    """The parameters of an address, names in lower case; of a repeated one the first.

    >>> parameters("https://ide.example/cgi?map=/a.map&SERVICE=WMS")
    {'map': '/a.map', 'service': 'WMS'}
    """
    found: dict[str, str] = {}
    for part in _parts(url):
        name, _, value = part.partition("=")
        found.setdefault(unquote_plus(name).lower(), unquote_plus(value))
    return found


def asking(url: str, wanted: Mapping[str, str]) -> str:
    """The address with these parameters put in, in place of those of the same name in any case; all others stay.

    >>> asking("https://ide.example/cgi?map=/a.map&REQUEST=GetMap", {"request": "GetCapabilities"})
    'https://ide.example/cgi?map=/a.map&request=GetCapabilities'
    """
    names = {name.lower() for name in wanted}
    kept = [part for part in _parts(url) if unquote_plus(part.partition("=")[0]).lower() not in names]
    put = [f"{name}={quote(value, safe=':/,()')}" for name, value in wanted.items()]
    return f"{bare(url)}?{'&'.join([*kept, *put])}"


def bare(url: str) -> str:
    """The address without its query and fragment.

    >>> bare("https://ide.example/csw?service=CSW#top")
    'https://ide.example/csw'
    """
    return url.strip().partition("#")[0].partition("?")[0]


def _parts(url: str) -> list[str]:
    query = url.strip().partition("#")[0].partition("?")[2]
    return [part for part in query.split("&") if part]
