"""A page that says that nothing is at the address, sent with status 200."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts
from atalaya.inspection.soft_failures.wording import ABSENT, ABSENT_SENTENCE

SHORT = 2_500
"""Visible characters up to which a sentence speaks for the whole page."""


POPUP = (
    r"\A\s*(?:<[^<>]{1,200}>[^<>]{0,80}){1,8}?alert\s*\(\s*[\"'][^\"'<>]{0,160}\b(?:no|not|n(?:ã|a)o|pas|eliminad\w|deleted|removed)\b"
    r"[^\"'<>]{0,160}[\"']\s*\)[^<>]{0,80}(?:history\.(?:back|go)|window\.close|location)"
)
"""A page whose first script says that there is nothing, and goes back."""


def _structure(page: PageFacts) -> int:
    return 1 if page.said <= SHORT else -1


KIND = Kind(
    id="not_found",
    signs=(title(3, ABSENT), heading(3, ABSENT), text(2, ABSENT_SENTENCE), markup(3, POPUP)),
    least=3,
    structure=_structure,
    whole=True,
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
        "<title>Repositorio</title><body><p>No pudimos encontrar la publicación que busca.</p></body>",
        "<title>Unknown identifier</title><body><p>The item may have been withdrawn.</p></body>",
        "<script>alert('El documento ya no existe'); history.go(-1);</script>",
        "<title>Ayuntamiento</title><body><ul>"
        + "<li><a href='/x'>Trámites y servicios de la ciudad</a></li>" * 40
        + "</ul><div>La descarga fue eliminada.</div></body>",
    ),
    others=(
        (
            "<title>Error 404: la cifra que nadie encontró</title><body><h1>Error 404</h1><p>Un estudio de la universidad midió "
            "durante doce meses cuántos decretos municipales, presupuestos y contratos desaparecen de internet. Las alcaldías "
            "rurales perdieron casi la mitad; los ministerios conservaron ocho de cada diez.</p></body>"
        ),
        "<title>Directorio</title><body><h1>Directorio</h1><ul><li>Oficina 12, objetos: archivo no encontrado</li></ul></body>",
        (
            "<title>Códigos</title><body><h1>Not "
            "found</h1><table><tr><th>Código</th><th>Casos</th></tr><tr><td>404</td><td>7</td>"
            "</tr><tr><td>500</td><td>9</td></tr></table></body>"
        ),
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
