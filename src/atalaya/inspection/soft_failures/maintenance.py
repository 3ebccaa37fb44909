"""A site that rests: under maintenance, under construction, out of service, and says so with status 200."""

from atalaya.inspection.soft_failures.kind import Kind, heading, text, title
from atalaya.inspection.soft_failures.page import PageFacts
from atalaya.inspection.soft_failures.wording import UNAVAILABLE

SHORT = 1_500
"""Visible characters up to which a notice is the whole page; news of maintenance stand on longer ones."""


def _structure(page: PageFacts) -> int:
    return 1 if page.said <= SHORT else -3


KIND = Kind(
    id="maintenance",
    signs=(
        title(3, UNAVAILABLE),
        heading(3, UNAVAILABLE),
        text(
            2,
            r"(?:estamos|nos encontramos|se encuentra|sitio|portal|sistema|pagina) (?:\w+ ){0,4}(?:en|realizando|por|"
            r"haciendo) (?:\w+ ){0,3}"
            r"mantenimiento|(?:under|for|undergoing|performing) (?:scheduled |routine )?maintenance|(?:em|"
            r"para) manutencao|"
            r"en (?:cours de )?maintenance|(?:sitio|pagina) (?:web )?en construccion|site (?:is )?under construction|"
            r"(?:temporalmente|momentaneamente) (?:fuera de servicio|no disponible)|temporarily (?:unavailable|down|"
            r"offline)|"
            r"(?:actualizando|mejorando|renovando) (?:nuestr[oa]|el|la) (?:\w+ )?(?:plataforma|sitio|portal|sistema|"
            r"pagina|servicio)|"
            r"(?:sitio|portal|servicio|sistema|plataforma) (?:web )?no estara disponible|por (?:labores de |"
            r"trabajos de )?mantenimiento|"
            r"realizando (?:uma )?manutencao|(?:esta|temporariamente) fora do ar|"
            r"(?:temporalmente|momentaneamente) fuera de linea|(?:upgrading|updating|improving) (?:our|"
            r"the) (?:\w+ )?(?:site|website|"
            r"platform|portal|system|service)|atualizando (?:noss[oa]|o|a) (?:plataforma|site|portal|sistema)|"
            r"mettons a jour (?:notre|la|le) (?:plateforme|site|portail)|"
            r"temporariamente indisponivel|momentanement indisponible",
        ),
    ),
    least=3,
    structure=_structure,
    whole=True,
    examples=(
        "<title>Sitio en mantenimiento</title><body><p>Volvemos pronto.</p></body>",
        "<title>Portal</title><body><p>Estamos realizando labores de mantenimiento.</p></body>",
        "<title>Maintenance</title><body>Briefly unavailable for scheduled maintenance. Check back in a minute.</body>",
        "<title>Em manutenção</title><body><p>Site em manutenção.</p></body>",
        "<title>503 Service Unavailable</title><body><h1>Service Unavailable</h1></body>",
    ),
    others=(
        (
            "<title>Mantenimiento programado</title><body><h1>Mantenimiento programado</h1><p>El sábado se "
            "limpiarán los tanques de "
            "la colonia norte; cuatro camiones cisterna repartirán agua potable a los barrios altos, hospitales y "
            "escuelas.</p></body>"
        ),
        "<title>Mantenimiento de carreteras 2024</title><body><h1>Mantenimiento de carreteras 2024</h1></body>",
        "<title>Obras en construcción por departamento</title><body><p>Obras en construcción registradas.</p></body>",
    ),
)
