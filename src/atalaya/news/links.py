"""Which addresses a text may link to, and what is taken off them: marks by which readers are followed, and detours."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

LONGEST = 2000
"""Characters of an address: what browsers commonly accept."""

_FOLLOWING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi"
    r"|vero_id|oly_anon_id|oly_enc_id|s_cid|ref_src|ref_url)",
    re.IGNORECASE,
)
"""Parameters that tell who came from where and nothing of the page; the names that the vendors of such counts document."""

_DETOURS = {
    "safelinks.protection.outlook.com": "url",
    "www.google.com/url": "q",
    "google.com/url": "q",
    "l.facebook.com/l.php": "u",
    "lm.facebook.com/l.php": "u",
    "l.instagram.com": "u",
    "www.youtube.com/redirect": "q",
    "slack-redir.net/link": "url",
}
"""Hosts, with a path where only that leads on → the parameter that holds where one wanted to go."""

_SIGNS = "/:?&=#@!$'*+,;~-._%"
"""Signs that stand in an address as they are; brackets, blanks and all others are written by their numbers."""


def safe_link(address: str) -> str:
    """An address as it may be linked to; empty where it may not: another scheme than http and https, no host, credentials.

    >>> safe_link("https://gobierno.example/nota?id=3&utm_source=boletin")
    'https://gobierno.example/nota?id=3'
    >>> safe_link(" java\\nscript:alert(1)")
    ''
    """
    found = _plain(address)
    for _ in range(3):
        onward = _onward(found)
        if not onward:
            break
        found = _plain(onward)
    return _without_marks(found) if found else ""


def followed(address: str) -> bool:
    """Whether an address that may be linked to had marks or a detour taken off."""
    plain = _plain(address)
    return bool(plain) and safe_link(address) != plain


def host_of(address: str) -> str:
    """The host of an address, without `www.`; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _plain(address: str) -> str:
    # Browsers leave blanks and line ends out of an address before they look at its scheme.
    said = "".join(address.split()) if ":" in address[:40] else address.strip()
    if said.startswith("//"):
        said = f"https:{said}"
    elif said.lower().startswith("www."):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc or len(said) > LONGEST:
        return ""
    try:
        netloc = parts.netloc.encode("idna").decode("ascii")
        written = quote(urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=netloc)), safe=_SIGNS)
    except UnicodeError:
        return ""
    if not re.fullmatch(r"[A-Za-z0-9_.:-]+", netloc):
        return ""
    return written if len(written) <= LONGEST else ""


def _onward(address: str) -> str:
    parts = urlsplit(address)
    for place, name in _DETOURS.items():
        host, _, path = place.partition("/")
        if (parts.hostname == host or (parts.hostname or "").endswith(f".{host}")) and parts.path == (
            f"/{path}" if path else parts.path
        ):
            return dict(parse_qsl(parts.query)).get(name, "")
    return ""


def _without_marks(address: str) -> str:
    parts = urlsplit(address)
    if not parts.query:
        return address
    pieces = parts.query.split("&")
    kept = [each for each in pieces if not _FOLLOWING.fullmatch(unquote(each.partition("=")[0]))]
    return address if len(kept) == len(pieces) else urlunsplit(parts._replace(query="&".join(kept)))
