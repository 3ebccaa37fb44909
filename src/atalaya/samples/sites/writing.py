"""Sample sites as a replay serves them: one folder of files for each, and routes for what no file name can say."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from atalaya.samples.folder import write_bytes
from atalaya.samples.sites import noise
from atalaya.samples.sites.contents import body_of
from atalaya.samples.sites.layouts.registry import LAYOUTS
from atalaya.samples.sites.markup import Page
from atalaya.samples.sites.plan import SitePlan

FOLDER = "sites"
"""The folder of the sample that the days share: sites are the same on both."""

_HTML = "text/html; charset=utf-8"
_ERROR = 500
Route = dict[str, object]


def site_pages(site: SitePlan) -> tuple[Page, ...]:
    """Every page of a site once; what a layout draws stands before what is beside it."""
    layout = LAYOUTS[site.style.layout]
    menu = noise.menu_of(site, layout.section)
    drawn = layout.pages(site, menu)
    own = () if site.style.layout == "scripted" else noise.pages(site, menu, layout.section)
    pages = {page.path: page for page in (*own, *drawn)}
    if site.style.sitemap:
        pages["sitemap.xml"] = _sitemap(site, tuple(pages))
    return tuple(pages.values())


def _sitemap(site: SitePlan, paths: tuple[str, ...]) -> Page:
    locations = "".join(f"<url><loc>{escape(site.url(path))}</loc></url>\n" for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{locations}</urlset>\n"
    )
    return Page("sitemap.xml", text)


def write_site(folder: Path, site: SitePlan) -> tuple[dict[str, object] | None, list[Route]]:
    """Write the files of a site below `folder`; gives the service that serves them, None for a dead site, and its routes."""
    if site.outage is not None:
        return None, [{"url": site.home, "text": "", "status": _ERROR}] if site.outage == str(_ERROR) else []
    base = f"{FOLDER}/{site.institution.slug}"
    routes: list[Route] = []
    for number, page in enumerate(site_pages(site)):
        plain = "?" not in page.path and page.path and not page.path.endswith("/")
        path = page.path if plain else f"pages/{number}.html"
        write_bytes(folder / base / path, page.text.encode("cp1252" if page.latin else "utf-8", "xmlcharrefreplace"))
        if not plain:
            routes.append(_route(site, page.path, f"{base}/{path}"))
        if page.path == "index.html":
            routes.append(_route(site, "", f"{base}/{path}", _type(page)))
            routes.append(_route(site, page.path, f"{base}/{path}", _type(page)))
        elif page.path.endswith("/index.html"):
            routes.append(_route(site, page.path.removesuffix("index.html"), f"{base}/{path}"))
    for path, body in site_documents(site):
        write_bytes(folder / base / path, body)
    return {"kind": "folder", "base": site.home, "folder": base}, routes


def _type(page: Page) -> str:
    return "text/html" if page.latin else _HTML


def _route(site: SitePlan, path: str, file: str, media_type: str = _HTML) -> Route:
    return {"url": site.url(path), "file": file, "headers": {"Content-Type": media_type}}


def site_documents(site: SitePlan) -> Iterator[tuple[str, bytes]]:
    """The documents of a site: path and bytes."""
    for planted in site.planted:
        for item in planted.items:
            if item.form != "page":
                yield item.path, body_of(site, planted, item)
