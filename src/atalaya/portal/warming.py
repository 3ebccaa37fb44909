"""Asks the first pages of the portal before visitors do: after it has come up, and whenever another edition is shown.

What is asked once is kept (`core.kept`), so that nobody waits for the pages that most people open first.
"""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

STARTS = ("/", "/en/")
MOST = 100
"""Addresses that are asked after each other."""
PAUSE = 0.05
"""Seconds between two of them, so that visitors come in between."""
LOOKED = 30.0
"""Seconds after which it is looked whether another edition is shown."""

_LINK = re.compile(r'<a [^>]*href="([^"?#]*)"')


def keep_warm(url: str) -> None:
    """Warm now and after every new edition, without end: meant for a thread that dies with its process."""
    mark = None
    while True:
        shown = _mark(url)
        if shown is not None and shown != mark:
            mark = shown
            for _ in warm(url):
                time.sleep(PAUSE)
        time.sleep(LOOKED)


def warm(url: str) -> Iterator[str]:
    """Ask the first pages in both languages and what they lead to; gives the path of each as it comes."""
    waiting, seen = list(STARTS), set(STARTS)
    for asked, path in enumerate(waiting):
        if asked >= MOST:
            return
        text = _ask(url, path)
        yield path
        if path in STARTS:
            for link in _LINK.findall(text):
                target = urldefrag(urljoin(path, unescape(link)))[0]
                if not urlsplit(target).netloc and target not in seen:
                    seen.add(target)
                    waiting.append(target)


def _ask(url: str, path: str) -> str:
    """The text of a page; empty where it does not answer: it is then made when somebody asks for it."""
    try:
        with urllib.request.urlopen(urljoin(url, path), timeout=60) as answer:  # noqa: S310 - the portal's own address
            return str(answer.read().decode("utf-8", "replace"))
    except (OSError, ValueError):
        return ""


def _mark(url: str) -> str | None:
    """What changes with the edition; None while there is none."""
    try:
        with urllib.request.urlopen(urljoin(url, "/robots.txt"), timeout=10) as answer:  # noqa: S310
            return str(answer.headers.get("ETag"))
    except OSError:
        return None
