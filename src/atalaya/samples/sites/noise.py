"""What sites have beside what the law wants: a home page, news, services, a calendar without an end, copies for printing."""

from html import escape

from atalaya.samples.plan import AS_OF
from atalaya.samples.sites.markup import Menu, Page, framed, link, listed
from atalaya.samples.sites.plan import SitePlan
from atalaya.samples.sites.spans import holding, shifted
from atalaya.samples.sites.wording import site_texts, spelled

NEWS = 3
"""News that a site shows."""
_SESSION = "?PHPSESSID="
_MONTHS_AHEAD = 3


def menu_of(site: SitePlan, section: str) -> Menu:
    """The menu of a site; `section` is the path of its section of the law."""
    texts = site_texts()["menu"]
    paths = ("", "nosotros.html", "servicios.html", "noticias.html", "contacto.html")
    links = [*zip(texts, paths, strict=True)]
    links.insert(len(site.institution.slug) % 4 + 1, (site.style.section, section))
    return Menu(tuple(links))


def pages(site: SitePlan, menu: Menu, section: str) -> tuple[Page, ...]:
    """The home page and everything beside the section of the law."""
    texts = site_texts()
    name = site.institution.name
    chosen = _news(site)
    teasers = "".join(
        f"<article><h3>{escape(title)}</h3><p>{escape(texts['news_text'][:60])}... {link(texts['more'], path)}</p></article>\n"
        for title, path in chosen
    )
    home = (
        f"<h1>{escape(name)}</h1>\n<p>{escape(_chosen(texts['home_lines'], site).format(institution=name))}</p>\n"
        f"<h2>{escape(texts['menu'][3])}</h2>\n{teasers}"
        f"<p>{link(texts['calendar'], 'calendario.html')} {link(site.style.section, section)}</p>\n"
    )
    simple = {
        "nosotros.html": (texts["menu"][1], f"<p>{escape(texts['about_us'])}</p>\n"),
        "servicios.html": (texts["menu"][2], listed(escape(each) for each in texts["services"])),
        "contacto.html": (texts["menu"][4], f"<p>{escape(texts['contact'])}</p>\n"),
        "noticias.html": (texts["menu"][3], listed(link(title, path + _session(site)) for title, path in chosen)),
        "calendario.html": (texts["calendar"], _calendar()),
        **{path: (title, _item(path)) for title, path in chosen},
    }
    shown = {path: (title, f"<h1>{escape(title)}</h1>\n{body}") for path, (title, body) in simple.items()}
    shown["index.html"] = (name, home)
    return tuple(Page(path, framed(site, menu, title, body)) for path, (title, body) in shown.items())


def _chosen(texts: list[str], site: SitePlan) -> str:
    return texts[len(site.institution.name) % len(texts)]


def _news(site: SitePlan) -> tuple[tuple[str, str], ...]:
    news = site_texts()["news"]
    start = sum(map(ord, site.institution.slug)) % len(news)
    return tuple((news[(start + n) % len(news)], f"noticia-{(start + n) % len(news) + 1}.html") for n in range(NEWS))


def _item(path: str) -> str:
    texts = site_texts()
    copy = f"<p>{link(texts['print'], f'{path}?print=1')} {link(texts['back'], 'noticias.html')}</p>\n"
    return f"<p>{escape(texts['news_text'])}</p>\n{copy}"


def _session(site: SitePlan) -> str:
    """A number of a visit in the address, on sites of which the server was set up so."""
    return f"{_SESSION}{sum(map(ord, site.host)):032x}" if len(site.institution.slug) % 3 == 0 else ""


def _calendar() -> str:
    """Months that lead to months: the server gives the same page for each, and new addresses on it."""
    now = holding(AS_OF[1].date(), 1)
    months = [shifted(now, 1, step) for step in range(-_MONTHS_AHEAD, _MONTHS_AHEAD + 1)]
    return listed(link(spelled(each, "words"), f"calendario.html?mes={spelled(each, 'iso')}") for each in months)
