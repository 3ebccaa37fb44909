"""A page that says that an account, a plan or a workspace ended: whoever published there no longer pays or was shut out."""

from atalaya.inspection.soft_failures.kind import Kind, heading, text, title
from atalaya.inspection.soft_failures.page import PageFacts

LONG = 2_500
"""Visible characters from which a page is no such notice."""

_WHAT = (
    r"(?:account|subscription|workspace|plan|trial|trial period|app|application|project|space|organi[sz]ation|"
    r"license|licence)"
)
_THING = (
    r"(?:cuenta|suscripcion|plan|periodo de prueba|aplicacion|proyecto|espacio(?: de trabajo)?|organizacion|licencia|conta|"
    r"assinatura|compte|abonnement|essai|espace)"
)
_ENDED = (
    r"(?:suspended|expired|ended|cancell?ed|paused|disabled|deactivated|closed|no longer active|not renewed|inactive)"
)
_OVER = (
    r"(?:suspendid[oa]|expirad[oa]|vencid[oa]|cancelad[oa]|pausad[oa]|desactivad[oa]|deshabilitad[oa]|cerrad[oa]|inactiv[oa]|"
    r"vencio|expiro|caduco|finalizo|termino|suspensa|desativada|suspendue?|expiree?|resilie|termine|desactive)"
)
SAID = (
    rf"(?:this |the |your |sb 0006 )?{_WHAT} (?:is |has been |has |was |of this \w+ has )?(?:currently |temporarily )?{_ENDED}|"
    rf"(?:esta |este |la |el |su |tu |ce |cet |cette |l |votre |sua )?{_THING} (?:de \w+ )?"
    r"(?:ha sido |ha |esta |fue |foi |a |a ete |est )?"
    rf"(?:temporalmente )?{_OVER}"
)


def _structure(page: PageFacts) -> int:
    return -4 if page.said > LONG else 0


KIND = Kind(
    id="subscription",
    signs=(
        title(3, SAID),
        heading(3, SAID),
        text(2, rf"\b(?:{SAID})\b"),
        text(
            2,
            r"(?:upgrade|renew) (?:the|your|this) (?:subscription|plan|account)|falta de pago|renueve su (?:plan|"
            r"suscripcion|cuenta)|"
            r"contact your hosting provider|contacte (?:a|con) su proveedor|overdue|unpaid|facture impayee|falta de pagamento|"
            r"if you (?:are|re) the (?:owner|publisher)|si usted es el (?:propietario|titular)",
        ),
    ),
    least=3,
    structure=_structure,
    whole=True,
    examples=(
        "<title>Account Suspended</title><body><p>This Account has been suspended.</p></body>",
        "<title>Mapas</title><body><h1>Cuenta desactivada</h1><p>Renueve su plan para volver a publicar.</p></body>",
        "<title>Unavailable</title><body><p>The subscription of this site has expired. Renew your subscription.</p></body>",
        "<title>App paused</title><body><h1>This app is paused</h1></body>",
    ),
    others=(
        "<title>Cuentas por pagar vencidas</title><body><h1>Cuentas por pagar vencidas</h1><p>Saldo por entidad.</p></body>",
        (
            "<title>License expired: vessels</title><body><h1>License expired</h1><p>Fishing vessels whose licence lapsed, by "
            "harbour, "
            "tonnage, gear, species caught, flag, crew and skipper since January.</p></body>"
        ),
    ),
)
