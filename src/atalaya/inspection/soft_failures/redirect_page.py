"""A page that only sends browsers on: programs that download stay with it."""

from atalaya.inspection.soft_failures.kind import Kind, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

BARE = 300
"""Visible characters up to which a page shows nothing but where it leads."""


def _structure(page: PageFacts) -> int:
    return 1 if page.length <= BARE else -6


KIND = Kind(
    id="redirect_page",
    signs=(
        title(3, r"30[12378] \w[\w ]{0,30}|(?:object|document|page) moved"),
        text(
            2, r"(?:document|object|page) (?:has moved|moved|may be found) (?:permanently |temporarily )?(?:to )?here"
        ),
        markup(3, r"<frameset\b"),
        markup(3, r"<meta\b[^<>]{0,80}http-equiv\s*=\s*[\"']?refresh\b[^<>]{0,200}url\s*="),
        markup(
            3,
            r"(?:window|document|top|self|parent)\.location(?:\.href)?\s*=\s*[\"']|location\.(?:replace|"
            r"assign)\(\s*[\"']|"
            r"<script[^>]{0,100}>\s*location(?:\.href)?\s*=\s*[\"']",
        ),
    ),
    least=4,
    structure=_structure,
    examples=(
        (
            "<html><head><title>301 Moved Permanently</title></head><body><h1>Moved</h1>The document has moved <a "
            "href='/n'>here</a>."
            "</body></html>"
        ),
        "<html><head><title>Archivo</title></head><frameset rows='100%,*'><frame src='http://x.example/'></frameset></html>",
        (
            "<html><head><meta http-equiv='refresh' content='0; "
            "url=https://www.example.org/inicio'></head><body></body></html>"
        ),
        '<html><script>window.location = "/";</script><body>Redirigiendo…</body></html>',
    ),
    others=(
        "<html><head><meta http-equiv='refresh' content='300'></head><body><p>Tablero</p></body></html>",
        "<html><head><script>window.location.href='#a'</script></head><body><p>"
        + "Texto del informe anual. " * 40
        + "</p></body></html>",
    ),
)
