"""Addresses as publishers write them, mended as a browser would (WHATWG URL standard), or refused with a reason.

Nothing is guessed beyond that: an address that a person's browser could not open is not opened here either. The exception
is a missing scheme, which people add without thinking: `http` is taken, as servers lead from it to `https`.
"""

import re
import string
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urljoin

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

LONGEST: Final = 8192
"""Characters of the longest address that is asked for: what common servers accept on a request line."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?", re.IGNORECASE)
_FILE_ENDINGS: Final = {
    "csv",
    "doc",
    "docx",
    "htm",
    "html",
    "json",
    "ods",
    "pdf",
    "rar",
    "txt",
    "xls",
    "xlsx",
    "xml",
    "zip",
}
_BLANKS = string.whitespace + "\u00a0\u200b\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(32)))
_LINE_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~-._[]|"
_QUERY_SAFE: Final = _PATH_SAFE + "?^`{}"


class UnusableURL(ValueError):
    """Raised inside `fetch` for text that is no address of the web; its message becomes the detail of the answer."""


class ForeignScheme(UnusableURL):
    """Raised for an address that another program could open, such as ftp: our limit, not the publisher's fault."""


FOREIGN: Final = frozenset({"ftp", "ftps", "sftp", "s3", "gs", "magnet", "rsync"})
"""Schemes of data that are not read here."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address ready to be asked for.

    `host` is ASCII and lower case, an IPv6 literal stands without brackets; `target` is path and query. `netloc` is the value of
    the header Host: host and, unless it is the scheme's own, port; `origin` is `scheme://host:port`, the port always written;
    `url` is the whole address, without fragment and credentials.
    """

    scheme: str
    host: str
    port: int
    target: str
    user: bool = False
    notes: tuple[str, ...] = ()
    netloc: str = field(init=False, repr=False, compare=False)
    origin: str = field(init=False, repr=False, compare=False)
    url: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Spell it in the three ways that every request asks for, some of them five times."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        spell = object.__setattr__  # the class is frozen
        netloc = host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"
        spell(self, "netloc", netloc)
        spell(self, "origin", f"{self.scheme}://{host}:{self.port}")
        spell(self, "url", f"{self.scheme}://{netloc}{self.target}")


def parse(text: str) -> Address:
    """Read an address as written by a publisher. Raises UnusableURL with the reason.

    >>> parse(" datos.gob.example/año 2024.csv").url
    'http://datos.gob.example/a%C3%B1o%202024.csv'
    """
    cleaned = _clean(text)
    scheme, rest, added = _split_scheme(cleaned)
    authority, target = _split_authority(rest)
    userinfo, _, hostport = authority.rpartition("@")
    host, port = _split_port(hostport, scheme)
    address = Address(scheme, read_host(host), port, _target(target), bool(userinfo))
    if len(address.url) > LONGEST:
        raise UnusableURL(f"the address has {len(address.url)} characters; servers accept {LONGEST}")
    if added:
        return _noted(address, "scheme_added")
    plain = cleaned == text and address.url in (text.partition("#")[0], text.partition("#")[0] + "/")
    return address if plain or _same(text, address) else _noted(address, "url_repaired")


def join(base: Address, location: str) -> Address:
    """Where a redirect leads. Raises UnusableURL when it leads nowhere that can be asked."""
    cleaned = "".join(c for c in location if c not in "\t\r\n").strip()
    try:
        return parse(urljoin(base.url, cleaned.replace("\\", "/")))
    except ValueError as error:
        raise UnusableURL(f"the redirect leads to something that is no address: {error}") from error


def _noted(address: Address, note: str) -> Address:
    return Address(address.scheme, address.host, address.port, address.target, address.user, (note,))


def _same(text: str, address: Address) -> bool:
    """Whether only letter case of scheme and host, a default port or the fragment differ: nothing was mended."""
    head, _, tail = text.partition("#")[0].partition("://")
    authority, slash, target = tail.partition("/")
    return head.lower() == address.scheme and authority.isascii() and (slash + target or "/") == address.target


def _clean(text: str) -> str:
    """Drop what browsers drop: surrounding blanks and control characters, line breaks and tabs inside, the marks around it."""
    cleaned = text.strip(_BLANKS).translate(_LINE_BREAKS)
    if len(cleaned) > 1 and (cleaned[0], cleaned[-1]) in (("<", ">"), ('"', '"'), ("'", "'"), ("“", "”")):
        cleaned = cleaned[1:-1].strip(_BLANKS)
    if not cleaned:
        raise UnusableURL("the address is empty")
    return cleaned


def _split_scheme(text: str) -> tuple[str, str, bool]:
    """Scheme, what follows its slashes, and whether the scheme was missing."""
    found = _SCHEME.match(text)
    if found is None:
        if text.startswith(("//", "\\\\")):
            return "http", text[2:], True
        _require_host_like(text)
        return "http", text, True
    scheme = found[1].lower()
    if scheme not in DEFAULT_PORTS:
        if re.search(r"\s", text) and "/" not in text:
            raise UnusableURL("this is prose, not an address")
        kind = ForeignScheme if scheme in FOREIGN else UnusableURL
        raise kind(f"the scheme {scheme[:20]} is not read; only http and https are")
    return scheme, text[found.end() :].lstrip("/\\"), False


def _require_host_like(text: str) -> None:
    """Text without a scheme is an address only when it starts as a host name does."""
    if text[0] in "/\\.?#":
        raise UnusableURL("the address is relative: it names no host")
    host = re.split(r"[/\\?#:]", text, maxsplit=1)[0]
    labels = host.rstrip(".").split(".")
    if len(labels) < 2 or not all(labels) or re.search(r"\s", host):
        raise UnusableURL("this is prose, not an address")
    if "@" in host:
        raise UnusableURL("this is an e-mail address, not an address of the web")
    numeric = all(label.isdigit() for label in labels)
    if not numeric and (len(labels[-1]) < 2 or not labels[-1].isalpha()) and not labels[-1].startswith("xn--"):
        raise UnusableURL("this is prose, not an address")
    if labels[-1].lower() in _FILE_ENDINGS and host == text:
        raise UnusableURL("this is a file name, not an address")


def _split_authority(rest: str) -> tuple[str, str]:
    end = re.search(r"[/\\?#]", rest)
    return (rest, "") if end is None else (rest[: end.start()], rest[end.start() :])


def _split_port(hostport: str, scheme: str) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([^:]*))?", hostport)
    if found is None:
        raise UnusableURL("the host cannot be read")
    host, port = found[1], found[2]
    if not port:
        return host, DEFAULT_PORTS[scheme]
    if not (port.isascii() and port.isdigit()) or not 0 < int(port[:6]) < 65536:
        raise UnusableURL(f"the port {port[:20]!r} does not exist")
    return host, int(port)


@lru_cache(maxsize=10_000)
def read_host(text: str) -> str:
    """A host in ASCII and lower case; an IPv4 address in any spelling becomes its four decimals. Raises UnusableURL."""
    if text.startswith("["):
        return _read_ipv6(text.strip("[]"))
    decoded = unquote(text, errors="strict") if "%" in text else text
    try:
        host = decoded if decoded.isascii() else decoded.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnusableURL("the host is not a name that can be written in ASCII (IDNA)") from error
    host = host.lower()
    if not host.strip("."):
        raise UnusableURL("the address names no host")
    if len(host) > 253 or any(len(label) > 63 for label in host.split(".")):
        raise UnusableURL("the host name is longer than DNS allows")
    if re.search(r"\s", host):
        raise UnusableURL("this is prose, not an address")
    labels = host.removesuffix(".").split(".")
    if not all(_HOST.fullmatch(label) for label in labels):
        raise UnusableURL("the host has a character that no name may have")
    return _read_ipv4(labels) if _is_number(labels[-1]) else host


def _is_number(label: str) -> bool:
    return label.isdigit() or re.fullmatch(r"0x[0-9a-f]*", label) is not None


def _read_ipv4(labels: list[str]) -> str:
    """An IPv4 address of one to four numbers, decimal, octal or hexadecimal, as every resolver reads it."""
    numbers = []
    for label in labels:
        if not _is_number(label):
            raise UnusableURL("the host ends in a number and is no IPv4 address")
        base = 16 if label.startswith("0x") else 8 if len(label) > 1 and label.startswith("0") else 10
        try:
            numbers.append(int(label.removeprefix("0x") or "0", base))
        except ValueError as error:
            raise UnusableURL("the host ends in a number and is no IPv4 address") from error
    *first, last = numbers
    if len(numbers) > 4 or any(n > 255 for n in first) or last >= 256 ** (5 - len(numbers)):
        raise UnusableURL("the host ends in a number and is no IPv4 address")
    value = last + sum(n * 256 ** (3 - place) for place, n in enumerate(first))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _read_ipv6(text: str) -> str:
    if "%" in text:
        raise UnusableURL("the host is an IPv6 address of one machine's own link")
    if not re.fullmatch(r"[0-9a-f:.]+", text, re.IGNORECASE) or ":" not in text:
        raise UnusableURL("the host is no IPv6 address")
    return text.lower()


def _target(text: str) -> str:
    """Path and query, percent-encoded where they must be; what is already encoded stays."""
    path, question, query = text.partition("#")[0].partition("?")
    path = path.replace("\\", "/")
    path = path if path.startswith("/") else "/" + path
    return _encode(path, _PATH_SAFE) + question + _encode(query, _QUERY_SAFE)


def _encode(text: str, safe: str) -> str:
    lone = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(lone, safe=safe, errors="replace")
