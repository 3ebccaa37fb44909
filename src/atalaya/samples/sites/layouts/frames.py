"""A site of 2009: a frameset, a menu in one frame, tables of numerals in the other, all in the encoding of its day."""

from html import escape

from atalaya.samples.sites.layouts.headings import has_page
from atalaya.samples.sites.markup import Menu, Page, by_article, content
from atalaya.samples.sites.plan import Planted, SitePlan
from atalaya.samples.sites.wording import site_texts

SECTION = "ley.htm"
_HEAD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>{title}</title></head>'
)


def pages(site: SitePlan, menu: Menu) -> tuple[Page, ...]:
    """The frameset, its frames, and the tables."""
    texts = site_texts()
    name = escape(site.institution.name)
    found = [
        _old(
            "index.html",
            name,
            '<frameset cols="200,*"><frame src="menu.htm" name="menu"><frame src="inicio.htm" name="principal">'
            f"<noframes><body>{escape(texts['no_frames'])}</body></noframes></frameset>",
        ),
        _old("menu.htm", name, f"<body><font size=2>{_menu(site, menu)}</font></body>"),
        _old("inicio.htm", name, f"<body><center><h1>{name}</h1></center></body>"),
    ]
    rows = []
    for title, planted in by_article(site):
        rows.append(f'<tr><td colspan="3"><b>{escape(title)}</b></td></tr>\n')
        rows += [_row(each, number) for number, each in enumerate(planted, start=1)]
        found += [_own(site, title, each) for each in planted if leads_on(each)]
    heads = "".join(f"<th>{escape(head)}</th>" for head in texts["table_heads"])
    table = f'<table border="1" width="90%"><tr>{heads}</tr>\n{"".join(rows)}</table>'
    section = escape(site.style.section)
    return (_old(SECTION, section, f"<body><center><h2>{section}</h2></center>\n{table}</body>"), *found)


def leads_on(planted: Planted) -> bool:
    """Whether the table leads to a page instead of a document."""
    return has_page(planted) or planted.manner in ("stated", "folder") or len(planted.items) > 1


def _menu(site: SitePlan, menu: Menu) -> str:
    links = [(site.style.section, SECTION), *(each for each in menu.links if each[0] != site.style.section)]
    return "<br>\n".join(
        f'<a href="{escape(path) or "inicio.htm"}" target="principal">{escape(text)}</a>' for text, path in links
    )


def _row(planted: Planted, number: int) -> str:
    ways = site_texts()["documents"]
    cell = "&nbsp;"
    if planted.manner == "anchor":
        cell = f'<a href="#">{escape(ways[2])}</a>'
    elif leads_on(planted):
        cell = f'<a href="{escape(page_path(planted))}" target="principal">{escape(ways[2])}</a>'
    elif planted.items:
        cell = f'<a href="{escape(planted.items[0].path)}" target="_blank">{escape(planted.items[0].text)}</a>'
    return f"<tr><td>{number}</td><td>{escape(planted.label)}</td><td>{cell}</td></tr>\n"


def page_path(planted: Planted) -> str:
    """The address of the page of a duty: pages of that time lie in one folder and end in three letters."""
    return planted.path.rpartition("/")[2].replace(".html", ".htm")


def _own(site: SitePlan, title: str, planted: Planted) -> Page:
    inner = content(site, planted, 4)
    return _old(
        page_path(planted),
        escape(planted.label),
        f"<body><h3>{escape(title)}</h3><p><b>{escape(planted.label)}</b></p>\n{inner}</body>",
    )


def _old(path: str, title: str, body: str) -> Page:
    return Page(path, f"{_HEAD.format(title=title)}\n{body}</html>\n", latin=True)
