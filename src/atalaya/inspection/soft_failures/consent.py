"""A page that wants terms accepted, a form filled in or a button pressed before it hands over the file."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

LONG = 8_000
"""Visible characters from which terms are a document of their own."""

NAME = (
    r"terminos(?: y condiciones)?(?: de uso)?|condiciones (?:de uso|generales)|terms (?:and conditions|of use|"
    r"of service)|terms|"
    r"(?:data |download )?licen[cs]e agreement|disclaimer|descargo de responsabilidad|aviso legal|termos (?:de uso|"
    r"e condicoes)|"
    r"conditions (?:generales )?d utilisation|aceptacion de (?:terminos|condiciones)|registro (?:para|de) descargas?|"
    r"download form|"
    r"formulario de descarga|antes de descargar"
)


def _structure(page: PageFacts) -> int:
    return (1 if page.controls else -1) - (3 if page.length > LONG else 0)


KIND = Kind(
    id="consent",
    signs=(
        title(2, NAME),
        heading(2, NAME),
        text(
            2,
            r"(?:acepto|aceptar|acepta|he leido|debe aceptar|acepte) (?:y acepto )?(?:los |las |estos |"
            r"estas )?(?:presentes )?(?:terminos|"
            r"condiciones)|i (?:have read and )?(?:agree|accept) (?:to )?(?:the |these )?(?:terms|conditions|"
            r"licen[cs]e)|"
            r"you must (?:agree|accept)|aceito os termos|li e aceito|j accepte les (?:termes|conditions)|"
            r"(?:to|para|pour) (?:download|descargar|baixar|telecharger)(?: \w+){0,4} (?:must|debe|deve|devez|"
            r"complete|llene|preencha)|"
            r"antes de (?:descargar|continuar)",
        ),
        markup(1, r"type=[\"']?checkbox|<button|type=[\"']?submit"),
    ),
    least=5,
    structure=_structure,
    examples=(
        (
            "<title>Términos de uso</title><body><form><input type='checkbox'> Acepto los términos "
            "<button>Descargar</button>"
            "</form></body>"
        ),
        (
            "<title>Download</title><body><h1>License agreement</h1><form><p>I agree to the terms</p><input "
            "type=submit></form></body>"
        ),
    ),
    others=(
        "<title>Términos de uso</title><body><h1>Términos de uso</h1><p>El portal publica datos abiertos.</p></body>",
        "<title>Datos</title><body><p>Este sitio usa galletas.</p><button>Aceptar</button></body>",
    ),
)
