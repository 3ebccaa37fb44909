"""Cards for the articles on the page of the section; each leads to a page of panels that open, one for each duty."""

from html import escape

from atalaya.samples.sites.layouts.headings import has_page
from atalaya.samples.sites.markup import Menu, Page, by_article, content, framed, link
from atalaya.samples.sites.plan import Planted, SitePlan

SECTION = "transparencia/index.html"


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The cards, the pages of the articles, and those that duties have of their own."""
    cards, found = [], []
    for number, (title, planted) in enumerate(by_article(site), start=1):
        path = f"transparencia/articulo{number}.html"
        cards.append(f'<div class="card"><h3>{link(title, path)}</h3></div>\n')
        panels = "".join(_panel(site, each, place) for place, each in enumerate(planted))
        body = f'<h1>{escape(title)}</h1>\n<div class="accordion">\n{panels}</div>\n'
        found.append(Page(path, framed(site, menu, title, body)))
        found += [_own(site, menu, title, each) for each in planted if has_page(each)]
    body = f'<h1>{escape(site.style.section)}</h1>\n<section class="cards">\n{"".join(cards)}</section>\n'
    return (Page(SECTION, framed(site, menu, site.style.section, body)), *found)


def _panel(site: SitePlan, planted: Planted, place: int) -> str:
    """A panel of HTML on every second site, one of a script's library on the others; both hide what they hold."""
    inner = _inner(site, planted)
    if len(site.institution.slug) % 2:
        return f"<details><summary>{escape(planted.label)}</summary>\n{inner}</details>\n"
    return (
        f'<div class="item"><h3><button data-bs-toggle="collapse" data-bs-target="#p{place}">{escape(planted.label)}</button>'
        f'</h3>\n<div id="p{place}" class="collapse">\n{inner}</div></div>\n'
    )


def _inner(site: SitePlan, planted: Planted) -> str:
    if planted.manner == "bare":
        return ""
    if planted.manner == "anchor":
        return f"<p>{link(planted.label, '#')}</p>\n"
    if has_page(planted):
        return f"<p>{link(planted.label, planted.path)}</p>\n"
    return content(site, planted, 4)


def _own(site: SitePlan, menu: Menu, title: str, planted: Planted) -> Page:
    body = f"<h1>{escape(planted.label)}</h1>\n{content(site, planted, 2)}"
    return Page(planted.path, framed(site, menu, f"{planted.label} - {title}", body))
