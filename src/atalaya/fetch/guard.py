"""The address guard: what a catalogue may not make us connect to.

An address is judged as a literal, and every answer of DNS is judged before anything is connected to; the connection then
goes to the judged addresses and to no other, so that a name cannot change its meaning in between.
Ports: those that the Fetch standard blocks (§2.9 "Port blocking") are refused, as mail, shells and the like never serve
open data and would read a request as commands.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from atalaya.fetch.answers import Failure
from atalaya.fetch.urls import Address

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Awaitable[list[str]]]
"""Host and port → its addresses, as text. Raises OSError as `getaddrinfo` does."""

NEVER: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",  # this network (RFC 791)
            "169.254.0.0/16",  # link-local, where clouds serve their metadata (RFC 3927)
            "100.100.100.200/32",  # metadata of Alibaba Cloud
            "168.63.129.16/32",  # metadata of Azure, a public address
            "192.0.0.192/32",  # metadata of Oracle Cloud
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved and broadcast
            "::/128",  # unspecified
            "fd00:ec2::/32",  # metadata of AWS over IPv6
            "fd20:ce::254/128",  # metadata of Google Cloud over IPv6
            "fe80::/10",  # link-local
            "ff00::/8",  # multicast
        ),
    )
)
"""Refused even where the source is declared local: nobody publishes there."""

PRIVATE: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "::1/128",
            "100::/64",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fec0::/10",
        ),
    )
)
"""Refused unless the source is declared local (IANA special-purpose address registries)."""

_PORTS: Final = """
1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139
143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049
3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080
"""
BLOCKED_PORTS: Final = frozenset(map(int, _PORTS.split()))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not connected to; `detail` names no address that DNS gave."""

    failure: Failure
    detail: str
    transient: bool = False


@lru_cache(maxsize=10_000)
def literal(host: str) -> IP | None:
    """The host as an IP address, None when it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def forbidden(ip: IP, local: bool) -> bool:
    """Whether an address is not of the public network; `local` permits private and loopback ones, never metadata."""
    embedded = _embedded(ip)
    if any(forbidden(inner, local) for inner in embedded):
        return True
    if any(ip in network for network in NEVER):
        return True
    if local:
        return False
    special = any(ip in network for network in PRIVATE)
    return special or (not ip.is_global and not embedded)


def _embedded(ip: IP) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ()
    found = [inner for inner in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if inner is not None]
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    translated = ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")
    if int(ip) > 1 and any(ip in ipaddress.IPv6Network(network) for network in translated):
        found.append(low)
    return tuple(found)


def judge(address: Address, local: bool) -> Refusal | None:
    """What speaks against an address before DNS is asked."""
    if address.user:
        return Refusal(Failure.ADDRESS, "the address carries a user name, which public data never need")
    if address.port in BLOCKED_PORTS:
        return Refusal(Failure.ADDRESS, f"port {address.port} is not one of the web")
    ip = literal(address.host)
    if ip is None and ":" in address.host:
        return Refusal(Failure.URL, "the host is no IPv6 address")
    if ip is not None and forbidden(ip, local):
        return Refusal(Failure.ADDRESS, "the address is not of the public network")
    name = address.host.removesuffix(".")
    if not local and (name == "localhost" or name.endswith(".localhost")):
        return Refusal(Failure.ADDRESS, "the address is not of the public network")
    return None


async def vet(address: Address, local: bool, lookup: Lookup) -> tuple[str, ...] | Refusal:
    """The addresses that may be connected to, or why none may: one forbidden answer of DNS condemns them all."""
    if literal(address.host) is not None:
        return (address.host,)
    try:
        texts = await lookup(address.host, address.port)
    except socket.gaierror as error:
        return Refusal(Failure.DNS, "the name does not resolve", error.errno == socket.EAI_AGAIN)
    except (OSError, UnicodeError):
        return Refusal(Failure.DNS, "the name does not resolve", transient=True)
    found = [literal(text.partition("%")[0]) for text in texts]
    if not found:
        return Refusal(Failure.DNS, "the name does not resolve")
    if any(ip is None or forbidden(ip, local) for ip in found):
        return Refusal(Failure.ADDRESS, "the name leads to an address that is not of the public network")
    return tuple(dict.fromkeys(str(ip) for ip in found))


async def system_lookup(host: str, port: int) -> list[str]:
    """The addresses that the machine's own resolver gives."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]
