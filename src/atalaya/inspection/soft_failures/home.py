"""The home page of an institution in place of the file: many servers send it for whatever they do not know.

Told only where the page itself says so (its name, its canonical address, its build); other home pages stay pages.
"""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, title
from atalaya.inspection.soft_failures.page import PageFacts

LEAST_LINKS = 4
"""Links outside tables from which a page leads on through a site."""

_ROOT = r"https?://[^/\"'<>\s]{1,200}/?[\"']"


def _structure(page: PageFacts) -> int:
    return 1 if page.links >= LEAST_LINKS and not page.rows else -6


KIND = Kind(
    id="home",
    signs=(
        title(
            2,
            r"inicio|home(?: ?page)?|accueil|portada|pagina (?:principal|inicial|de inicio)|welcome(?: to .{1,80})?|"
            r"bienvenid[oa]s?",
        ),
        heading(2, r"(?:bienvenid[oa]s?|welcome|bienvenue|bem ?vind[oa]s?)(?: (?:a|al|to|sur|au|ao|à) .{1,100})?"),
        markup(1, rf"<link\b[^<>]{{0,40}}rel=[\"']?canonical[\"']?[^<>]{{0,20}} href=[\"']{_ROOT}"),
        markup(1, rf"<meta\b[^<>]{{0,40}}property=[\"']?og:url[\"']?[^<>]{{0,20}} content=[\"']{_ROOT}"),
        markup(
            1,
            r"<body\b[^<>]{0,80}class=[\"'][^\"'<>]{0,200}\b(?:home|front ?page|page-front|is-front|path-frontpage)\b",
        ),
    ),
    least=4,
    structure=_structure,
    examples=(
        (
            "<title>Inicio | Ministerio</title><link rel='canonical' href='https://x.example/'><body class='home'><nav><a "
            "href='/a'>A</a>"
            "<a href='/b'>B</a><a href='/c'>C</a><a href='/d'>D</a><a href='/e'>E</a></nav><h1>Noticias</h1></body>"
        ),
    ),
    others=(
        "<title>Inicio de clases</title><body class='home'><a href='/a'>A</a><a href='/b'>B</a><h1>Inicio de clases</h1></body>",
        (
            "<title>Presupuesto | Ministerio</title><link rel='canonical' href='https://x.example/'><body><a "
            "href='/a'>A</a><a href='/b'>"
            "B</a><a href='/c'>C</a><a href='/d'>D</a><a href='/e'>E</a><h1>Presupuesto</h1></body>"
        ),
    ),
)
