"""A list of duties on the page of the section; each has a page of its own."""

from html import escape

from atalaya.samples.sites.markup import Menu, Page, by_article, content, framed, link, listed
from atalaya.samples.sites.plan import Planted, SitePlan

SECTION = "transparencia/"


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The list and the pages of the duties."""
    parts, own = [f"<h1>{escape(site.style.section)}</h1>\n"], []
    for title, planted in by_article(site):
        parts.append(f"<h2>{escape(title)}</h2>\n{listed(_line(each) for each in planted)}")
        own += [_own(site, menu, title, each) for each in planted if each.manner not in ("bare", "anchor")]
    return (Page(SECTION, framed(site, menu, site.style.section, "".join(parts))), *own)


def _line(planted: Planted) -> str:
    if planted.manner == "bare":
        return f"<strong>{escape(planted.label)}</strong>"
    return link(planted.label, "#" if planted.manner == "anchor" else planted.path)


def _own(site: SitePlan, menu: Menu, title: str, planted: Planted) -> Page:
    crumbs = f"<p>{link(site.style.section, SECTION)} / {escape(title)}</p>\n"
    body = f"{crumbs}<h1>{escape(planted.label)}</h1>\n{content(site, planted, 2)}"
    return Page(planted.path, framed(site, menu, f"{planted.label} - {title}", body))
