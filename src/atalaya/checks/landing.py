"""Where the redirects of an address ended: at the home page or at a form for passwords instead of the resource."""

import re
from urllib.parse import SplitResult, urlsplit

LOGIN = re.compile(
    r"(?:^|[/._?&=-])(?:log-?in|sign-?in|logon|inici(?:ar|o)-?(?:de-?)?sesion|autenticacion|autenticar|oauth2?|entrar)(?:$|[/._?&=-])"
)
"""A part of a path that leads to a form for passwords, in English, Spanish or Portuguese."""

_HOME = re.compile(r"/?(?:(?:index|default|home|inicio)(?:\.\w{2,5})?)?/?")


def landed_at_login(url: str, final_url: str) -> bool:
    """Whether redirects led to a form for passwords that the published address did not name itself."""
    asked, came = _split(url), _split(final_url)
    if asked is None or came is None or asked == came:
        return False
    return LOGIN.search(came.path.lower()) is not None and LOGIN.search(asked.path.lower()) is None


def landed_at_home(url: str, final_url: str) -> bool:
    """Whether redirects led from a page or file to the home page of some site."""
    asked, came = _split(url), _split(final_url)
    if asked is None or came is None:
        return False
    return _is_home(came) and not _is_home(asked)


def _is_home(address: SplitResult) -> bool:
    return _HOME.fullmatch(address.path.lower()) is not None and not address.query


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
