"""Listings of folders that web servers write: Apache, nginx, IIS, lighttpd, Jetty, Caddy and others that list files as links.

Of a listing only links below its own folder on its own host count: links to records (`.xml`), and folders (a slash at the
end). Sort links (`?C=N;O=D`), the folder above and other sites fall out by that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from atalaya.harvest.bodies import decode, is_html, join
from atalaya.harvest.visits import Visit

_TITLE = re.compile(
    r"index of\b|directory listing|listing of|[ií]ndice de\b|\[to parent directory\]|^\s*\S+ - /|^\s*directory: */",
    re.IGNORECASE | re.MULTILINE,
)
"""What titles and links of listings say: Apache, nginx, lighttpd, Python, Tomcat, IIS (`host - /folder/`), Jetty
(`Directory: /folder/`)."""

IGNORED_LINKS: Mapping[str, str] = {
    "listing.link[other]": "a file of another kind than .xml, or a link that leads out of the folder",
}
"""Links of listings with no use here, with the reason."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The links of one folder, each once and in order; `others` counts those of no use; `ends` whether the page is whole."""

    records: tuple[str, ...]
    folders: tuple[str, ...]
    others: int
    ends: bool


class _Page(HTMLParser):
    """Links, title and first headings of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.base: str | None = None
        self.words: list[str] = []
        self.title = ""
        self.closed = False
        self._heard = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")
        if tag == "base" and self.base is None:
            self.base = said.get("href")
        if tag in ("title", "h1", "h2", "a"):
            self._heard = tag

    def handle_endtag(self, tag: str) -> None:
        self._heard = "" if tag == self._heard else self._heard
        self.closed = self.closed or tag in ("html", "body")

    def handle_data(self, data: str) -> None:
        if self._heard and (self._heard != "a" or data.startswith("[")):
            self.words.append(data[:200])
        if self._heard == "title":
            self.title += data[:200]


def _read(visit: Visit) -> _Page:
    page = _Page()
    try:
        page.feed(decode(visit.body)[0])
        page.close()
    except (AssertionError, ValueError):
        # The parser of the standard library raises these for broken declarations and for numbers of too many digits; what
        # came before stands, and the page counts as broken off.
        page.closed = False
    return page


def is_listing(visit: Visit) -> bool:
    """Whether a web page says that it lists a folder."""
    if not is_html(visit.body):
        return False
    page = _read(visit)
    return any(_TITLE.search(word) for word in page.words) or _is_titled_by_path(page.title, visit)


def _is_titled_by_path(title: str, visit: Visit) -> bool:
    """Whether the title is the name or the path of the folder, as Caddy writes it: `iso`, `iso/`, `/waf/iso/`, `/`."""
    try:
        path = unquote(urlsplit(visit.answer.final_url or visit.url).path)
    except ValueError:
        return False
    folder, said = path.rpartition("/")[0], title.strip()
    names = (folder.rpartition("/")[2], folder, f"{folder}/")
    return said != "" and said.removesuffix("/") in {name.removesuffix("/") for name in names} and path.endswith("/")


def read_listing(visit: Visit) -> Listing:
    """The links of a listing, resolved against where it was answered."""
    page = _read(visit)
    address = visit.answer.final_url or visit.url
    base = (join(address, page.base) if page.base else None) or address
    links = dict.fromkeys(target for href in page.links if (target := _inside(base, address, href)) is not None)
    records = tuple(url for url in links if _path(url).lower().endswith(".xml"))
    folders = tuple(url for url in links if _path(url).endswith("/") and "?" not in url)
    opened = b"<html" in visit.body[:4096].lower() or b"<body" in visit.body[:4096].lower()
    others = len(set(page.links)) - len(records) - len(folders)
    return Listing(records, folders, max(others, 0), page.closed or not opened)


def _inside(base: str, address: str, href: str) -> str | None:
    """The address of a link that leads further into the folder; None for every other."""
    target = join(base, href.replace("\\", "/"))
    if target is None:
        return None
    target = target.partition("#")[0]
    try:
        own, found = urlsplit(address), urlsplit(target)
    except ValueError:
        return None
    folder = unquote(own.path.rpartition("/")[0] + "/").lower()  # IIS lists folders in whatever case
    path = unquote(found.path).lower()
    same = found.scheme in ("http", "https") and found.netloc.lower() == own.netloc.lower()
    return target if same and path.startswith(folder) and path != folder and ".." not in path.split("/") else None


def _path(url: str) -> str:
    return url.partition("?")[0]
