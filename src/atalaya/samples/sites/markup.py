"""Pieces of pages that every layout is made of: links, lists, and the frame of menus around what a page says."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from atalaya.samples.sites.plan import Item, Planted, SitePlan
from atalaya.samples.sites.wording import duty_words, site_texts


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a site: its path and its text, in UTF-8 unless it is an old one (`latin`)."""

    path: str
    text: str
    latin: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """What stands around every page of a site: (text, path) of the links of its menu."""

    links: tuple[tuple[str, str], ...]


def link(text: str, href: str, more: str = "") -> str:
    """A link; addresses of the site itself are written from its root."""
    address = href if href.startswith(("#", "http", "?")) else f"/{href}"
    return f'<a href="{escape(address)}"{more}>{escape(text)}</a>'


def listed(items: Iterable[str]) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>\n"


def framed(site: SitePlan, menu: Menu, title: str, body: str) -> str:
    """A whole page: head, menu, what it says, foot."""
    name = escape(site.institution.name)
    links = "".join(f"<li>{link(text, path)}</li>" for text, path in menu.links)
    return (
        f'<!DOCTYPE html>\n<html lang="es">\n<head><meta charset="utf-8"><title>{escape(title)} | {name}</title></head>\n'
        f'<body>\n<header><p class="logo">{name}</p><nav><ul>{links}</ul></nav></header>\n'
        f"<main>\n{body}</main>\n<footer><p>{name}. {escape(site_texts()['contact'])}</p></footer>\n</body>\n</html>\n"
    )


def by_article(site: SitePlan) -> tuple[tuple[str, tuple[Planted, ...]], ...]:
    """What is there to be seen of each article, under the heading that the site gives it."""
    articles: dict[str, list[Planted]] = {}
    for planted in site.planted:
        if planted.manner != "absent":
            articles.setdefault(planted.duty.article, []).append(planted)
    return tuple((site.style.article.format(article=article), tuple(each)) for article, each in articles.items())


def content(site: SitePlan, planted: Planted, level: int) -> str:
    """What stands under the label of a duty: documents by year or in one list, a statement, a folder, or nothing."""
    if planted.manner == "stated":
        return f"<p>{escape(planted.statement)}</p>\n"
    if planted.manner == "folder":
        texts = site_texts()["shared_folder"]
        return f"<p>{link(texts[int(planted.duty.numeral) % len(texts)], planted.outside)}</p>\n"
    if planted.manner not in ("published", "letter"):
        return hollow(planted)
    if planted.items[0].form == "page":
        return said(site, planted)
    if site.style.periods == "month" and all(item.period for item in planted.items):
        years = sorted({item.period.first.year for item in planted.items if item.period}, reverse=True)
        return "".join(
            f"<h{level}>{year}</h{level}>\n"
            + documents(item for item in planted.items if item.period and item.period.first.year == year)
            for year in years
        )
    return documents(planted.items)


def documents(items: Iterable[Item]) -> str:
    """Links to documents in a list."""
    return listed(link(item.text, item.path) for item in items)


def hollow(planted: Planted) -> str:
    """What a page says that has nothing to say."""
    texts = site_texts()["hollow"]
    text = texts[(int(planted.duty.numeral) + len(planted.name)) % len(texts)]
    return f"<p>{escape(text)}</p>\n" if text else ""


def said(site: SitePlan, planted: Planted) -> str:
    """A page that is itself what the law wants: what it is about, and the particulars in a list."""
    words = duty_words()[planted.duty.key]
    values = site_texts()["values"]
    rows = [
        f"{column}: {values[kind][number % len(values[kind])]}"
        for number in range(3)
        for column, kind in words["columns"].items()
        if kind in values
    ]
    lines = (
        f"<p>{escape(words['about'])}</p>\n<p>{escape(site.institution.name)}. {escape(site_texts()['invented'])}</p>\n"
    )
    return lines + listed(escape(row) for row in rows)
