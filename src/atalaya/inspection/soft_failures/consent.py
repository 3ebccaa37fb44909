"""A page that wants terms accepted, a form filled in or a button pressed before it hands over the file."""

import re

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
    r"formulario de (?:descarga|acceso|solicitud)|avant d acceder.{0,40}|avant de (?:continuer|telecharger)|"
    r"before you continue.{0,40}|"
    r"virus scan warning|verificacion de edad|age (?:verification|gate|check)|antes de descargar"
)


_GATE = re.compile(
    r"type=[\"']?(?:checkbox|submit)|<(?:button|a|input)\b[^<>]{0,300}>?\s{0,9}[^<>]{0,40}(?:acept|accept|agree|aceit|descarg|download|"
    r"baixar|t(?:é|e)l(?:é|e)charg|contin|refus|enviar|send|solicit|obten|s(?:í|i)\b|yes\b|soy mayor|i am)"
)
"""What opens the way: a box to tick, a button or a link that accepts, sends or fetches."""


def _structure(page: PageFacts) -> int:
    if _GATE.search(page.message) is None:
        return -4
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
            r"(?:complete|llene|rellene|ingrese) (?:sus|los|estos|el|este) (?:datos|formulario)(?: \w+){0,3} (?:obtener|"
            r"descargar|"
            r"acceder|recibir)|(?:es necesario|debe|hay que) (?:aceptar|leer y aceptar)|can t scan this file for viruses|"
            r"no (?:se )?puede analizar este archivo|(?:mayor de edad|mayor de \d\d|over (?:the age of )?\d\d|"
            r"at least \d\d years)|"
            r"nous utilisons des cookies et d autres donnees|we use cookies and data to|usamos cookies y datos para|"
            r"antes de (?:descargar|continuar)",
        ),
        markup(1, r"type=[\"']?checkbox|<button|type=[\"']?submit|class=[\"'][^\"'<>]{0,60}\bbtn"),
    ),
    least=5,
    structure=_structure,
    examples=(
        (
            "<title>Drive - Virus scan warning</title><body><p>We can't scan this file for viruses.</p><form><input "
            "type=submit></form>"
            "</body>"
        ),
        (
            "<title>Verificación de edad</title><body><h1>Verificación de edad</h1><p>Confirme que es mayor de edad.</p><a "
            "class='btn' "
            "href='?si=1'>Sí</a></body>"
        ),
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
        (
            "<title>Términos de uso</title><body><h1>Términos de uso</h1><p>Al usar los datos acepta los "
            "términos.</p><form><input name=q>"
            "<button>Buscar</button></form></body>"
        ),
        "<title>Datos</title><body><p>Este sitio usa galletas.</p><button>Aceptar</button></body>",
    ),
)
