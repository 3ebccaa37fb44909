"""Posts of a publishing program: addresses with a number in the query, an item of a menu with another list under it."""

from html import escape

from atalaya.samples.sites.markup import Menu, Page, by_article, content, framed, link, listed
from atalaya.samples.sites.plan import Planted, SitePlan

SECTION = "index.php?option=com_content&view=category&id=1"
_FIRST = 10


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The category and its posts."""
    parts, posts = [], []
    number = _FIRST
    for title, planted in by_article(site):
        lines = []
        for each in planted:
            number += 1
            path = f"index.php?option=com_content&view=article&id={number}&catid=1"
            lines.append(_line(each, path))
            if each.manner not in ("bare", "anchor"):
                posts.append(_post(site, menu, title, each, path))
        parts.append(f'<li><a href="#">{escape(title)}</a>{listed(lines)}</li>\n')
    body = f"<h1>{escape(site.style.section)}</h1>\n<ul>\n{''.join(parts)}</ul>\n"
    return (Page(SECTION, framed(site, menu, site.style.section, body)), *posts)


def _line(planted: Planted, path: str) -> str:
    if planted.manner == "bare":
        return f"<strong>{escape(planted.label)}</strong>"
    return link(planted.label, "#" if planted.manner == "anchor" else path)


def _post(site: SitePlan, menu: Menu, title: str, planted: Planted, path: str) -> Page:
    body = f"<h2>{escape(planted.label)}</h2>\n<p>{escape(title)}</p>\n{content(site, planted, 3)}"
    return Page(path, framed(site, menu, f"{planted.label} - {title}", body))
