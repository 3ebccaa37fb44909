"""Family of what comes in place of a file, how it is announced, and whether the address leads to the file itself."""

from collections.abc import Callable
from dataclasses import replace

from atalaya.checks.outcomes import Verdict
from atalaya.samples.deliveries import Delivery
from atalaya.samples.families.family import Family, ResourceMark, ResourceSubject, Verdicts
from atalaya.samples.families.states import state, true_kind
from atalaya.samples.files import text
from atalaya.samples.plan import DatasetPlan, ResourcePlan

DECLARED = frozenset({"geojson", "json", "pdf", "png", "xlsx", "xml"})
"""Kinds of files in whose place a page or message is put; error pages in place of a CSV are defects of their own."""

STANDS_IN: Verdicts = {
    "format_true": Verdict.FAIL,
    "data_present": Verdict.FAIL,
    "encoding_utf8": Verdict.UNKNOWN,
    "machine_readable": Verdict.FAIL,
    "open_format": Verdict.UNKNOWN,
}
"""What checks of the bytes say of a page or message in place of the file."""

UNSEEN: Verdicts = {
    **dict.fromkeys(("format_true", "data_present", "machine_readable", "available_to_machines"), Verdict.UNKNOWN),
    "encoding_utf8": Verdict.UNKNOWN,
    "open_format": Verdict.UNKNOWN,
}
"""What they say of a filter or a riddle against programs: the file was not seen."""

HIDDEN = frozenset({"soft_blocked", "soft_captcha"})
"""Marks after which people may well get the file."""

GENUINE = frozenset({"page_about"})
"""Marks of pages that are no failure: they are what the address leads to."""

_HTML = "text/html; charset=utf-8"


def _sending(body: str, served: str = _HTML) -> Callable[[Delivery, DatasetPlan, ResourcePlan, int], Delivery]:
    def deliver(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
        return replace(delivery, body=body.encode(), served_type=served)

    return deliver


def _soft(code: str, note: str, body: str, served: str = _HTML) -> ResourceMark:
    return ResourceMark(
        code=code,
        note=note,
        aspects=frozenset({"bytes", "answer"}),
        quota=1,
        deliver=_sending(body, served),
        kinds=DECLARED,
        stars=0,
        table_lost=True,
        verdicts=UNSEEN if code in HIDDEN else STANDS_IN,
    )


def _octets(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
    return replace(delivery, served_type="application/octet-stream")


_FORM = "<form method='post'>{}</form>"

MARKS = (
    _soft(
        "soft_blocked",
        "a filter refuses the request with status 200",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with "
        "your "
        "administrator.<br>Your support ID is: 7700112233445566<br><a href='javascript:history.back();'>[Go "
        "Back]</a></body></html>",
    ),
    _soft(
        "soft_captcha",
        "a riddle against programs stands before the file",
        "<html><head><title>Control de acceso de muestra</title></head><body><p>Marque la casilla: no soy un robot.</p>"
        "<div class='g-recaptcha' data-sitekey='muestra'></div></body></html>",
    ),
    _soft(
        "soft_consent",
        "terms must be accepted before the file comes",
        "<html><head><title>Portal de muestra</title></head><body><h1>Condiciones de uso</h1>"
        + _FORM.format(
            "<p>He leído y acepto los términos.</p><input type='checkbox' name='si'><button>Descargar</button>"
        )
        + "</body></html>",
    ),
    _soft(
        "soft_default",
        "the page of a freshly installed server",
        "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, "
        "the nginx web "
        "server is successfully installed and working.</p></body></html>",
    ),
    _soft(
        "soft_login",
        "a form for passwords in place of the file",
        "<html><head><title>Muestra | Iniciar sesión</title></head><body><h1>Ingresar</h1>"
        + _FORM.format("Usuario <input name='u'> Contraseña <input type='password' name='c'><button>Entrar</button>")
        + "<p>¿Olvidó su contraseña?</p></body></html>",
    ),
    _soft(
        "soft_maintenance",
        "a notice of maintenance with status 200",
        text.html_page("Sitio en mantenimiento", "Estamos realizando trabajos de mantenimiento. Vuelva más tarde."),
    ),
    _soft(
        "soft_map",
        "the exception of a map service in place of the file",
        "<?xml version='1.0' encoding='UTF-8'?>\n<ServiceExceptionReport version='1.3.0' "
        "xmlns='http://www.opengis.net/ogc'>"
        "<ServiceException code='LayerNotDefined'>muestra</ServiceException></ServiceExceptionReport>\n",
        "application/xml",
    ),
    _soft(
        "soft_missing",
        "a page in Portuguese says that the file is not there",
        "<html><head><title>Portal de amostra</title></head><body><h1>Página não encontrada</h1><p>O arquivo que "
        "você procura não "
        "existe.</p></body></html>",
    ),
    _soft(
        "soft_parked",
        "a domain for sale",
        "<html><head><title>muestra.example</title></head><body><h2>This domain is for sale</h2><p>Buy this domain "
        "today.</p></body>"
        "</html>",
    ),
    _soft(
        "soft_redirect",
        "a page that only sends browsers on",
        "<html><head><meta http-equiv='refresh' content='0; url=/inicio'></head><body></body></html>",
    ),
    _soft(
        "soft_shell",
        "a page that only scripts can fill",
        "<!doctype html><html><head><title>Tablero</title><script src='/tablero.js'></script></head><body><div "
        "id='root'></div>"
        "<noscript>Debe habilitar JavaScript para usar esta aplicación.</noscript></body></html>",
    ),
    _soft(
        "soft_subscription",
        "the platform says that its subscription has ended",
        '{"error": "SB_0006: Subscription is canceled"}\n',
        "application/json",
    ),
    _soft(
        "soft_trace",
        "the trace of a program that failed",
        "<html><head><title>Apache Tomcat/9.0 - Error report</title></head><body><h1>HTTP Status 500 – Internal "
        "Server Error</h1>"
        "<pre>java.lang.NullPointerException at muestra.Descarga.leer(Descarga.java:42)</pre></body></html>",
    ),
    ResourceMark(
        code="page_about",
        note="a page about the data in place of the file",
        aspects=frozenset({"bytes", "answer"}),
        quota=3,
        deliver=_sending(
            text.html_page(
                "Registro de muestra",
                "En esta página se describe el cuadro y se explica cómo se reunieron las cifras. Para obtenerlo, use "
                "el botón "
                "que está al final y escoja el año.",
            )
        ),
        kinds=DECLARED,
        stars=0,
        table_lost=True,
        verdicts=STANDS_IN,
    ),
    ResourceMark(
        code="type_generic",
        note="the server does not say what it sends",
        aspects=frozenset({"served_type", "answer"}),
        quota=4,
        deliver=_octets,
    ),
)

_FALSE_TYPES = frozenset({"csv_as_workbook", "document_as_workbook", "page_as_excel", "workbook_as_csv"})
"""Defects after which the server announces another kind of file than it sends."""


def _resource(subject: ResourceSubject) -> Verdicts:
    found = state(subject)
    if found != "file" and found != "stands_in":
        verdict = {"service": Verdict.NOT_APPLICABLE, "empty": Verdict.NOT_APPLICABLE}.get(found, Verdict.UNKNOWN)
        return dict.fromkeys(("answer_genuine", "download_direct", "media_type_served"), verdict)
    marks = set(subject.plan.marks)
    return {
        "answer_genuine": _genuine(found, marks),
        "download_direct": _direct(found, marks),
        "media_type_served": _served(subject, found, marks),
    }


def _genuine(found: str, marks: set[str]) -> Verdict:
    if found == "file" or marks & GENUINE:
        return Verdict.PASS
    return Verdict.UNKNOWN if marks & HIDDEN else Verdict.FAIL


def _direct(found: str, marks: set[str]) -> Verdict:
    if marks & GENUINE:
        return Verdict.FAIL
    return Verdict.PASS if found == "file" else Verdict.UNKNOWN


def _served(subject: ResourceSubject, found: str, marks: set[str]) -> Verdict:
    if found == "stands_in":
        return Verdict.UNKNOWN
    false = subject.plan.defect(subject.day) in _FALSE_TYPES and true_kind(subject) != subject.plan.kind
    return Verdict.FAIL if false or "type_generic" in marks else Verdict.PASS


FAMILY = Family(resource_marks=MARKS, resource=_resource)
