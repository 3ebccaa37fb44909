"""One request over the network: where it connects, what it sends, and the headers that come back."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from atalaya.fetch.certificates import unverified
from atalaya.fetch.codings import ACCEPTED
from atalaya.fetch.guard import Lookup, Refusal, judge, vet
from atalaya.fetch.resolve import ResolveMap
from atalaya.fetch.urls import Address
from atalaya.settings import Settings

HEADER_SIZE = 65_536
"""Bytes of one header line that are read; servers that send more are not HTTP to us."""

HEADERS = 256
"""Headers of one answer that are read: twice the library's own limit, as some portals send many policies."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is asked: by itself, at judged network addresses, or at the place that a resolve map gives."""

    address: Address
    network: tuple[str, ...] = ()
    mapped: Address | None = None

    @property
    def key(self) -> str | None:
        """The network address that the gate keeps the pace of; None for mapped places, which share one."""
        return None if self.mapped is not None else self.network[0]

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port that are connected to."""
        if self.mapped is not None:
            return self.mapped.host, self.mapped.port
        return self.network[0], self.address.port


class _Judged(AbstractResolver):
    """Answers the connector with the addresses that the guard judged and no others: no second question to DNS."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, ...]] = {}

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - named so by the interface
    ) -> list[ResolveResult]:
        """The judged addresses of a host. Raises OSError for a host that was never judged."""
        if host not in self.known:
            raise OSError(f"{host} was not judged by the address guard")
        return [_result(host, address, port) for address in self.known[host]]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    kind = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=kind, proto=socket.IPPROTO_TCP, flags=flags)


class _Broken(Exception):
    """Raised inside this module around an error of a connection."""

    def __init__(self, error: aiohttp.ClientError) -> None:
        super().__init__(error)
        self.error = error


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Hide a broken connection from the library, which would ask again by itself, past the gate."""
    try:
        return await send(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _Broken(error) from error


class Transport:
    """Connections of one client: no cookies, no proxy of the environment, no redirects, no decoding."""

    def __init__(self, settings: Settings, resolve: ResolveMap | None, lookup: Lookup) -> None:
        self._settings, self._resolve, self._lookup = settings, resolve, lookup
        self._judged = _Judged()
        self._unverified = unverified()
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Begin; call it inside the event loop."""
        timeout = self._settings.timeout
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, resolver=self._judged, use_dns_cache=False),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=timeout, sock_read=timeout),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=HEADER_SIZE,
            max_field_size=HEADER_SIZE,
            max_headers=HEADERS,
            middlewares=(_once,),
            headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": ACCEPTED},
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def place(self, address: Address, local: bool) -> Place | Refusal:
        """Where an address may be asked, or why nowhere. Asks DNS each time, so that every hop is judged anew."""
        mapped = self._resolve.find(address) if self._resolve is not None else None
        listed = self._resolve is not None and self._resolve.lists(address)
        if refusal := judge(address, local or listed):
            return refusal
        if isinstance(mapped, Refusal):
            return mapped
        if mapped is not None:
            self._judged.known[mapped.host] = (mapped.host,)
            return Place(address, mapped=mapped)
        network = await vet(address, local, self._lookup)
        if isinstance(network, Refusal):
            return network
        self._judged.known[address.host] = network
        return Place(address, network)

    async def get(self, place: Place, headers: Mapping[str, str], verify: bool) -> aiohttp.ClientResponse:
        """GET one address, up to its headers; the caller closes the answer. Raises an error of `errors.NETWORK`."""
        assert self._session is not None, "use the client as an async context manager"
        sent = dict(headers)
        url, name = place.address.url, None
        if place.mapped is not None:
            # The place speaks for many origins: it learns which by Host and, as behind any proxy, by X-Forwarded-Proto.
            sent |= {"Host": place.address.netloc, "X-Forwarded-Proto": place.address.scheme}
            url = f"{place.mapped.scheme}://{place.mapped.netloc}{place.address.target}"
            name = place.address.host if place.mapped.scheme == "https" else None
        try:
            return await self._session.get(
                URL(url, encoded=True),
                headers=sent,
                allow_redirects=False,
                ssl=True if verify else self._unverified,
                server_hostname=name,
            )
        except _Broken as broken:
            raise broken.error from broken.__cause__


def read_headers(raw: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    """Headers as text: lower-case names, UTF-8 where it is and latin-1 elsewhere, repeated ones joined, cookies left out."""
    found: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name = name_bytes.decode("latin-1").lower()
        if name in ("set-cookie", "set-cookie2"):
            continue
        try:
            value = value_bytes.decode("utf-8")
        except UnicodeDecodeError:
            value = value_bytes.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found and found[name] != value else value
    return found
