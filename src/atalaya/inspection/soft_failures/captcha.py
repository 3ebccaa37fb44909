"""A page that wants proof that a person asks, in place of the file."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts

SHORT = 1_500
"""Visible characters up to which the riddle is what the page is for; contact forms with one stand on longer pages."""


def _structure(page: PageFacts) -> int:
    if "<textarea" in page.message:
        return -4
    return 1 if page.said <= SHORT else -4


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
        text(
            3,
            r"(?:cuanto es|cuantos son|how much is|what is|quanto e|combien font) \d{1,3} (?:mas |menos |por |plus |"
            r"minus |times |"
            r"mais |vezes |fois |x )?\d{1,3}\b",
        ),
    ),
    least=3,
    structure=_structure,
    whole=True,
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
        (
            "<title>Contacto</title><body><h1>Contacto</h1><form><input name=n><textarea></textarea><div "
            "class='g-recaptcha'></div></form>"
            "</body>"
        ),
        (
            "<title>Boletín</title><body><h1>Boletín de precios</h1><p>El maíz blanco subió tres por ciento y el "
            "frijol negro bajó "
            "uno; la papa, el tomate y la cebolla quedaron iguales que la semana pasada en los mercados mayoristas.</p><form>"
            "<input type=email><div class='g-recaptcha'></div><button>Suscribirse</button></form></body>"
        ),
        "<title>Contacto</title><body><h1>Contacto</h1><p>"
        + "Escríbanos y le responderemos en cinco días hábiles con la información que pida. " * 40
        + "</p><div class='g-recaptcha'></div></body>",
        "<title>Uso de robots en la industria</title><body><p>Datos de robots por sector.</p></body>",
    ),
)
