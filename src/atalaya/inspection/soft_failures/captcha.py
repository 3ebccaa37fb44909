"""A page that wants proof that a person asks, in place of the file."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

SHORT = 1_500
"""Visible characters up to which the riddle is what the page is for; contact forms with one stand on longer pages."""


def _structure(page: PageFacts) -> int:
    return 1 if page.length <= SHORT else -4


KIND = Kind(
    id="captcha",
    signs=(
        markup(
            2,
            r"g-recaptcha|grecaptcha\.|hcaptcha\.com|h-captcha|cf-turnstile|geetest|mtcaptcha|friendlycaptcha|"
            r"botdetect|"
            r"name=[\"']?captcha|id=[\"']?captcha|/captcha[./?\"']|simplecaptcha|kaptcha",
        ),
        title(
            2,
            r"captcha|(?:human|robot|bot) verification|verificacion(?: de (?:seguridad|humano))?|are you (?:a robot|"
            r"human)",
        ),
        heading(2, r"captcha|(?:human|robot|bot) verification|verificacion de seguridad|are you (?:a robot|human)"),
        text(
            2,
            r"i (?:m|am) not a robot|no soy un robot|nao sou um robo|je ne suis pas un robot|(?:verify|confirm|"
            r"prove) (?:that )?you "
            r"are (?:a )?human|(?:verifique|confirme|demuestre) que (?:es|no es) (?:humano|un humano|un robot|"
            r"una persona)|"
            r"(?:escriba|ingrese|digite|introduzca) (?:el texto|los caracteres|el codigo|las letras|"
            r"o codigo) (?:de la imagen|"
            r"que (?:ve|aparece|aparecen)|da imagem|mostrad)|enter the (?:characters|code|text) (?:you see|shown|"
            r"below|from the)|"
            r"resuelva el captcha|complete the captcha",
        ),
    ),
    least=3,
    structure=_structure,
    examples=(
        (
            "<title>Descarga</title><body><form><div class='g-recaptcha' "
            "data-sitekey='x'></div><button>Descargar</button></form></body>"
        ),
        (
            "<title>Verificación</title><body><p>Escriba los caracteres que aparecen en la imagen</p><img "
            "src='/captcha.png'></body>"
        ),
        "<body><p>Please verify you are human</p><div class='h-captcha'></div></body>",
    ),
    others=(
        "<title>Contacto</title><body><h1>Contacto</h1><p>"
        + "Escríbanos y le responderemos en cinco días hábiles con la información que pida. " * 40
        + "</p><div class='g-recaptcha'></div></body>",
        "<title>Uso de robots en la industria</title><body><p>Datos de robots por sector.</p></body>",
    ),
)
