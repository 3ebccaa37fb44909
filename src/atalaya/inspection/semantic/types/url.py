"""Web addresses."""

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "url, web, sitio web, pagina web, website, link, enlace, vinculo, homepage, site, sitio, landing page, "
    "access url, download url, direccion web"
)
NAMED_LEAST = 0.5
_WEB = frozenset({Form.WEB})


def _is_address(text: str) -> bool:
    start = text[:8].lower()
    return start.startswith(("http:", "https:", "ftp:", "ftps:", "www.", "//")) or "://" in text[:24]


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Addresses with a scheme or `www.`, in most cells, or in half of them where the name says so."""
    if not column.holds("://", "www.", "WWW.", "//"):
        return None
    share = column.fitting(_is_address)
    if share >= NAMED_LEAST and column.name.says(NAMES) >= HEAD:
        return Fit(share, "name")
    return enough(share, tolerance=TYPE.tolerance)


TYPE = SemanticType(
    id="url",
    version=2,
    title="Web address",
    text="Web addresses with a scheme or www; up to {tolerated} % may differ, or half where the name says that "
    "they are.",
    forms=frozenset({Form.WEB, Form.CODE, Form.TEXT, Form.MIXED}),
    rule=rule,
    signs=frozenset("/."),
    tolerance=0.2,
    examples=(
        Example("landingPage", ("https://example.org/a", "http://example.org/b"), True, "addresses"),
        Example("archivo", ("informe.pdf", "datos.csv"), False, "names of files"),
    ),
)
