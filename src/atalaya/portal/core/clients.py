"""Who asks: the address of a client, as the network says it or, behind declared proxies, as they say it."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64
"""Bits of an address of version 6 that tell clients apart: a household or an office has all addresses below them (RFC 6177)."""


def client_address(request: HttpRequest) -> str:
    """The address of who asks; of version 6 its network of 64 bits. `X-Forwarded-For` counts only where proxies are declared,
    and then the entry that the outermost of them wrote: what stands before it is what the client claims."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        named = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(named) >= settings.PROXIES and _address(named[-settings.PROXIES]):
            said = named[-settings.PROXIES]
    address = _address(said)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(address), IPV6_PREFIX), strict=False).network_address)
    return str(address or said)


def secret_name(*parts: object) -> str:
    """A name for a client or an account that tells nobody which it is: keyed with the portal's own key."""
    said = "\x1f".join(map(str, parts)).encode(errors="surrogatepass")
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def hidden_key(key: str, prefix: str, version: int) -> str:
    """A key of the cache as the database sees it: addresses and accounts that it speaks of cannot be read out of it."""
    return secret_name("cache", prefix, version, key)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
