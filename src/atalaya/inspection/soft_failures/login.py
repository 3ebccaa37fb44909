"""A form for a user name and password in place of the file."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

LONG = 3_000
SHORT = 700
"""Visible characters from which a form is only part of a page, and up to which it is the whole of it."""

NAME = (
    r"(?:user |usuario |admin |member |web )?(?:log ?in|sign ?in|log ?on|iniciar (?:de )?sesion|inicio de sesion|"
    r"inicie sesion|"
    r"ingresar(?: al sistema)?|ingreso(?: al sistema| de usuarios?)?|acceso(?: al sistema| de usuarios?| usuarios|"
    r" privado| restringido)?|"
    r"autenticacion(?: de usuarios?)?|identificacion(?: de usuarios?)?|acceder|entrar|iniciar sessao|fazer login|"
    r"autenticacao|"
    r"connexion|se connecter|authentification|identifiez vous|authentication required|central authentication service|"
    r"sign in to your account|login page|please (?:log|sign) in|wordpress log ?in)"
)


def _structure(page: PageFacts) -> int:
    form = 3 if page.password else 0
    size = 2 if page.length <= SHORT else (-3 if page.length > LONG else 0)
    return form + size if form else -1


KIND = Kind(
    id="login",
    signs=(
        title(2, NAME),
        heading(2, NAME),
        markup(6, r"name=[\"']?samlrequest\b|name=[\"']?wctx\b|\"urlpost\":\"https://login\.microsoftonline\.com"),
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
        "<title>Presupuesto 2024 | Datos</title><body><h1>Presupuesto 2024</h1><form><input type='password'></form><p>"
        + "Conjunto de datos con el presupuesto de cada entidad, por mes y por renglón de gasto. " * 40
        + "¿Olvidó su contraseña?</p></body>",
        "<title>Ingreso de turistas</title><body><h1>Ingreso de turistas por frontera</h1></body>",
        "<title>Acceso</title><body><h1>Acceso a agua potable</h1><p>Hogares con acceso.</p></body>",
    ),
)
