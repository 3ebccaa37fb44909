"""A page that says that nothing is at the address, sent with status 200."""

from atalaya.inspection.soft_failures.kind import Kind, heading, text, title
from atalaya.inspection.soft_failures.page import PageFacts
from atalaya.inspection.soft_failures.wording import ABSENT, ABSENT_SENTENCE

SHORT = 2_500
"""Visible characters up to which a sentence speaks for the whole page."""


def _structure(page: PageFacts) -> int:
    return 1 if page.length <= SHORT else -1


KIND = Kind(
    id="not_found",
    signs=(title(3, ABSENT), heading(3, ABSENT), text(2, ABSENT_SENTENCE)),
    least=3,
    structure=_structure,
    examples=(
        (
            "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not "
            "Found</h1></center><hr>nginx</body></html>"
        ),
        "<html><title>Portal de datos</title><body><h1>Página no encontrada</h1><p>Lo sentimos.</p></body></html>",
        "<title>Error 404 | Gobierno</title><body><p>La página que busca no existe o fue movida.</p></body>",
        (
            "<title>Página não encontrada – Portal</title><body><h2>Erro 404</h2><p>O arquivo não foi "
            "encontrado.</p></body>"
        ),
        "<title>Page introuvable</title><body><p>La page demandée n'existe pas.</p></body>",
        "<body><p>The requested URL /data/2020.csv was not found on this server.</p></body>",
        "<title>Catálogo</title><body><p>El archivo solicitado no existe.</p></body>",
    ),
    others=(
        (
            "<title>Estadísticas de errores 404 del portal | Datos</title><body><h1>Estadísticas de errores 404 del "
            "portal</h1>"
            "<p>Conjunto de datos con los errores 404 por mes.</p></body>"
        ),
        (
            "<title>Ruta 404: accidentes</title><body><h1>Accidentes en la ruta 404</h1><p>Datos de la "
            "carretera.</p></body>"
        ),
        "<title>Personas no encontradas</title><body><h1>Registro de personas desaparecidas</h1></body>",
    ),
)
