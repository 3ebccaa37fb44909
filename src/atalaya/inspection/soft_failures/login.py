"""A form for a user name and password in place of the file."""

import re

from atalaya.inspection.soft_failures.kind import FOREIGN_SHARE, Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

LONG = 3_000
SHORT = 700
"""Visible characters from which a form is only part of a page, and up to which it is the whole of it."""

NAME = (
    r"(?:user |usuario |admin |member |web )?(?:log ?in|sign ?in|log ?on|iniciar (?:de )?sesion|inicio de sesion|"
    r"inicie sesion|"
    r"ingresar(?: al sistema)?|ingreso(?: al sistema| de usuarios?)?|acceso(?: al sistema| de usuarios?| usuarios|"
    r" privado| restringido)?|"
    r"autenticacion(?: de usuarios?)?|identificacion(?: de usuarios?)?|acceder|entrar|identificarse|conectarse|"
    r"login de usuarios?|iniciar sessao|fazer login|"
    r"autenticacao|"
    r"connexion|se connecter|authentification|identifiez vous|authentication required|central authentication service|"
    r"sign in to your account|login page|please (?:log|sign) in|wordpress log ?in)"
)


_STEP = re.compile(
    r"autocomplete=[\"']?(?:username|email)\b|action=[\"'][^\"'<>]{0,200}(?:signin|sign-in|login|logon|oauth|/sso)"
)
"""A form that asks who one is, before a password or without one."""

_TINY = 300
_FEW_FOREIGN = 3
_ASKED = re.compile(
    r"sesion (?:ha |se ha )?(?:expir|caduc|finaliz|termin|venc)\w*|session (?:has )?(?:expired|timed out|ended)|"
    r"sessao (?:foi )?(?:expir|encerr)\w*|session a expire|"
    r"(?:debe|debes|necesita|es necesario|tiene que) iniciar sesion|(?:you )?(?:must|need to|have to) (?:be logged in|"
    r"log in|sign in)|"
    r"please (?:log|sign) in|(?:e preciso|voce precisa) (?:fazer login|entrar)|"
    r"(?:vous devez|veuillez) (?:vous connecter|vous identifier)|"
    r"(?:exclusiv|reservad|restringid|solo|only|reserve)\w*(?: \w+){0,3} (?:usuarios (?:registrad|autorizad)|registered users|"
    r"utilisateurs|usuarios cadastrados)"
)
"""What a page says that wants an account and shows no form."""


def _structure(page: PageFacts) -> int:
    if not page.password:
        asked = (
            page.said <= _TINY
            and _ASKED.search(page.text) is not None
            and page.foreign <= _FEW_FOREIGN
            and page.foreign_share < FOREIGN_SHARE
        )
        return (2 if page.said <= SHORT and _STEP.search(page.markup) else -1) + (4 if asked else 0)
    form = 3
    size = 2 if page.length <= SHORT else (-3 if page.length > LONG else 0)
    return form + size


KIND = Kind(
    id="login",
    signs=(
        title(2, NAME),
        heading(2, NAME),
        markup(
            6,
            r"convergedsignin|login\.microsoftonline\.com/jsdisabled|name=[\"']?samlrequest\b|name=[\"']?wctx\b|\"urlpost\":\"https://login\.microsoftonline\.com",
        ),
        text(
            2,
            r"(?:protegid[oa]|protected|protege)(?: \w+){0,3} (?:contrasena|clave|password|mot de passe|senha)|"
            r"password protected",
        ),
        text(2, _ASKED.pattern),
        text(
            1,
            r"(?:olvido|olvidaste|recuperar|olvide)\w* (?:su|tu|la|mi)? ?(?:contrasena|clave)|forgot (?:your |"
            r"my )?password|lost your "
            r"password|esquec\w+ (?:a|sua|minha) senha|mot de passe oublie|remember me|recordarme|recuerdame|"
            r"lembrar me|"
            r"nombre de usuario|user ?name|nome de usuario|nom d utilisateur|\busuario\b",
        ),
    ),
    least=5,
    structure=_structure,
    examples=(
        "<title>Sistema</title><body><p>Su sesión ha caducado. <a href='entrar.do'>Entrar otra vez</a></p></body>",
        (
            "<title>Cloud</title><body><p>This share is password protected</p><form><input "
            "type=password><button>OK</button></form></body>"
        ),
        "<title>Docs: Sign in</title><body><h1>Sign in</h1><form action='/signin/identifier'><input type=email></form></body>",
        "<title>Iniciar sesión</title><body><form><input name=u><input type='password' name=p></form></body>",
        (
            "<title>Sistema de información</title><body><form>Usuario <input name=u> Clave <input "
            "type=password></form></body>"
        ),
        '<title>Sign in to your account</title><body><form><input type="password"></form><p>Forgot your password?</p></body>',
        "<title>Connexion - Portail</title><body><h1>Connexion</h1><form><input type=password></form></body>",
        (
            "<body onload='document.forms[0].submit()'><form><input type='hidden' name='SAMLRequest' value='x'><noscript>"
            "</noscript></form><p>Usuario</p></body>"
        ),
    ),
    others=(
        (
            "<title>Encuesta</title><body><h1>Encuesta de hogares</h1><p>Cuadros por región, sexo y edad de los jefes de hogar. "
            "Debe iniciar sesión para comentar.</p></body>"
        ),
        "<title>Presupuesto 2024 | Datos</title><body><h1>Presupuesto 2024</h1><form><input type='password'></form><p>"
        + "Conjunto de datos con el presupuesto de cada entidad, por mes y por renglón de gasto. " * 40
        + "¿Olvidó su contraseña?</p></body>",
        "<title>Ingreso de turistas</title><body><h1>Ingreso de turistas por frontera</h1></body>",
        "<title>Acceso</title><body><h1>Acceso a agua potable</h1><p>Hogares con acceso.</p></body>",
    ),
)
