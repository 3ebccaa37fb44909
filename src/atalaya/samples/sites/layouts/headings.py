"""One long page: a heading for each duty, and under it what there is."""

from html import escape

from atalaya.samples.sites.markup import Menu, Page, by_article, content, framed, link
from atalaya.samples.sites.plan import Planted, SitePlan

SECTION = "transparencia.html"


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The page of the section, and those that duties have of their own."""
    parts = [f"<h1>{escape(site.style.section)}</h1>\n"]
    own = []
    for title, planted in by_article(site):
        parts.append(f"<h2>{escape(title)}</h2>\n")
        parts += [_part(site, each) for each in planted]
        own += [_own(site, menu, title, each) for each in planted if has_page(each)]
    return (Page(SECTION, framed(site, menu, site.style.section, "".join(parts))), *own)


def has_page(planted: Planted) -> bool:
    """Whether it lies on a page of its own although the layout has one for all."""
    return planted.manner == "hollow" or (planted.manner == "published" and planted.items[0].form == "page")


def _part(site: SitePlan, planted: Planted) -> str:
    label = escape(planted.label)
    if planted.manner == "anchor":
        return f"<h3>{link(planted.label, '#')}</h3>\n"
    if has_page(planted):
        return f"<h3>{link(planted.label, planted.path)}</h3>\n"
    if len(planted.items) == 1 and planted.items[0].period is None:
        return f"<h3>{link(planted.label, planted.items[0].path)}</h3>\n"
    if planted.manner == "bare":
        return f"<h3>{label}</h3>\n"
    return f"<h3>{label}</h3>\n{content(site, planted, 4)}"


def _own(site: SitePlan, menu: Menu, title: str, planted: Planted) -> Page:
    body = f"<h1>{escape(planted.label)}</h1>\n{content(site, planted, 2)}"
    return Page(planted.path, framed(site, menu, f"{planted.label} - {title}", body))
