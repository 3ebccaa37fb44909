"""A domain that nobody uses any more: parked, for sale, expired, or an account that its host suspended."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

LONG = 4_000
"""Visible characters from which a page is no parking page."""

SAID = (
    r"(?:this |the )?(?:domain|website|web ?site)(?: name)? (?:\S+ )?(?:is |may be |has been |has )?(?:for sale|"
    r"parked(?: free)?|expired|suspended|"
    r"available for (?:sale|purchase))|buy this domain|(?:este |el )?(?:dominio|sitio) (?:\S+ )?(?:esta |ha |"
    r"se encuentra )?(?:a la venta|en venta|"
    r"aparcado|estacionado|expirado|vencido|suspendido)|"
    r"este dominio esta (?:a venda|expirado)|(?:ce |"
    r"le )?(?:nom de )?domaine (?:\S+ )?(?:est )?(?:a vendre|expire|gare)|"
    r"parked domain|domain parking|future home of something quite cool"
)


def _structure(page: PageFacts) -> int:
    return -4 if page.said > LONG else 0


KIND = Kind(
    id="parked",
    signs=(
        title(3, SAID),
        heading(3, SAID),
        text(3, rf"\b(?:{SAID})\b"),
        markup(
            5,
            r"sedoparking\.com|parkingcrew\.net|bodis\.com|parklogic\.com|hugedomains\.com|parking-lander|"
            r"domainparking|"
            r"//d1lxhc4jvstzrp|cashparking|img1\.wsimg\.com/parking|window\.park\s*=",
        ),
    ),
    least=3,
    structure=_structure,
    whole=True,
    examples=(
        "<title>datos.example</title><body><h1>datos.example</h1><p>This domain is for sale!</p></body>",
        "<body><script>window.park = 'eyJ';</script></body>",
        "<title>x</title><body><p>Este dominio ha expirado.</p></body>",
    ),
    others=(
        (
            "<title>Old domain is for sale</title><body><article><h1>Old domain is for sale</h1><p>Residents of "
            "the valley learned "
            "on Tuesday that the county let its name lapse. Brochures, school letters and tax bills still carry "
            "it; printing them "
            "anew costs nine thousand pounds, said the treasurer.</p></article></body>"
        ),
        (
            "<title>Dominios registrados</title><body><h1>Dominios registrados por año</h1><p>Dominios activos y "
            "vencidos.</p></body>"
        ),
        "<title>Viviendas en venta</title><body><p>Viviendas en venta por municipio.</p></body>",
    ),
)
