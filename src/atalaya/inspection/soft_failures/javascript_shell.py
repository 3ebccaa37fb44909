"""A page without content of its own: only the scripts that would draw it in a browser."""

from atalaya.inspection.soft_failures.kind import Kind, markup
from atalaya.inspection.soft_failures.page import PageFacts

EMPTY = 30
BARE = 250
"""Visible characters up to which a page shows a name at most, and up to which it shows nothing."""


FOREIGN = 4
"""Words of its own matter from which a page shows something without its scripts."""


def _structure(page: PageFacts) -> int:
    return (
        (3 if page.length <= EMPTY else 2 if page.length <= BARE else -6)
        + (1 if page.scripts else -3)
        - (3 if page.foreign >= FOREIGN else 0)
    )


KIND = Kind(
    id="javascript_shell",
    signs=(
        markup(
            2,
            r"\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby|react-root|q-app|svelte|main-app|application|"
            r"ember\d+)[\"'\s>]|"
            r"<meta\b[^<>]{0,100}/config/environment[\"']|ember-basic-dropdown-wormhole|<report-embed\b|pbiappplaceholder|"
            r"tableau-?(?:viz|placeholder)|<app-root\b|\bng-(?:app|version)=|data-reactroot|<div id=\"?viz-?container",
        ),
        markup(1, r"<script\b[^<>]{0,300}\bsrc\s*="),
        markup(
            2,
            r"(?:enable|activ[ae]|habilit[ae]|turn on|requires?|necesita|ative|activer)\s(?:\w+\s){0,3}javascript|"
            r"javascript\s(?:\w+\s){0,3}(?:enabled|activado|habilitado|required|disabled|desactivado|is off)|"
            r"without javascript|sin javascript",
        ),
    ),
    least=5,
    structure=_structure,
    examples=(
        (
            "<html><head><title>Tablero</title></head><body><div id='contenedor'></div><script "
            "src='paquete.js'></script></body></html>"
        ),
        (
            "<html><head><meta name='x/config/environment' content='%7B'></head><body><script "
            "src='vendor.js'></script></body></html>"
        ),
        (
            "<!doctype html><html><head><title>Visor</title><script src='/main.js'></script></head><body><div "
            'id="root"></div></body>'
            "</html>"
        ),
        (
            "<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=app></div><script "
            "src=a.js></script>"
            "</body></html>"
        ),
        "<html><body><app-root></app-root><script src='runtime.js'></script></body></html>",
    ),
    others=(
        "<html><body><p>La tasa de enero es de 14.03 por ciento anual.</p><script src='contador.js'></script></body></html>",
        "<html><body><div id='root'><h1>Presupuesto</h1><p>"
        + "Ejecución mensual por entidad. " * 30
        + "</p></div><script src='a.js'></script></body></html>",
        "<html><body><p>hola</p></body></html>",
    ),
)
