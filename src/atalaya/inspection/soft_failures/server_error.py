"""A page on which a program reports its own failure, or shows the trace of it."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, text, title
from atalaya.inspection.soft_failures.page import PageFacts
from atalaya.inspection.soft_failures.wording import SERVER_ERROR

SHORT = 2_500
"""Visible characters up to which a sentence speaks for the whole page."""

TRACE = (
    r"fatal error</b>:|fatal error: (?:uncaught|call to|allowed memory)|parse error: syntax error|"
    r"warning</b>: +\w{1,40}\(|traceback \(most recent call last\)|\bora-\d{5}\b|sqlstate\[|mysqli?_(?:connect|query|"
    r"fetch)|"
    r"microsoft ole db provider|\[odbc [^\]]{0,60}driver\]|exception in thread|java\.(?:lang|sql|io|"
    r"net)\.\w{1,60}exception|"
    r"javax\.servlet\.\w{1,40}exception|org\.(?:springframework|hibernate|apache\.jasper)\.\w|"
    r"system\.(?:web|data|io|nullreference|argument|invalidoperation)[\w.]{0,60}exception|"
    r"\bat [\w.$]{1,120}\([\w$]{1,60}\.java:\d+\)|"
    r"unhandled exception|psycopg2\.\w|django\.core\.exceptions|activerecord::|rack::"
)
"""What programs write when they break: PHP, Python, Oracle, MySQL, ODBC, Java, .NET, Ruby."""


def _structure(page: PageFacts) -> int:
    return 1 if page.length <= SHORT else -1


KIND = Kind(
    id="server_error",
    signs=(
        title(3, SERVER_ERROR),
        heading(3, SERVER_ERROR),
        title(2, r"(?:error|erreur|erro|errores)"),
        heading(2, r"(?:error|erreur|erro|errores)"),
        markup(2, TRACE),
        text(
            2,
            r"(?:type (?:exception|status) report|the server encountered an (?:unexpected|internal)|"
            r"please (?:contact|try again)|contacte (?:al|con el) administrador|runtime error description|"
            r"comuniquese con (?:el administrador|soporte)|intente (?:de nuevo|nuevamente|mas tarde)|"
            r"an application error occurred on the server|error en la (?:consulta|aplicacion)|"
            r"(?:se produjo|ha ocurrido|ocurrio|se ha producido|hubo) un error)",
        ),
    ),
    least=3,
    structure=_structure,
    examples=(
        (
            "<html><head><title>Apache Tomcat/9.0.31 - Error report</title></head><body><h1>HTTP Status 500 – Internal "
            "Server Error"
            "</h1><p><b>Type</b> Exception Report</p></body></html>"
        ),
        (
            "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/Datos' "
            "Application.<hr></h1><h2><i>Runtime "
            "Error</i></h2></body></html>"
        ),
        "<br />\n<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [2002] in /var/www/x.php:12",
        "<html><body>Error: ORA-00942: la tabla o vista no existe</body></html>",
        "<title>Error</title><body><p>Ha ocurrido un error. Intente más tarde.</p></body>",
        "<title>Erro interno do servidor</title><body><p>500</p></body>",
        "<title>502 Bad Gateway</title><body><center><h1>502 Bad Gateway</h1></center></body>",
    ),
    others=(
        "<title>Margen de error de la encuesta</title><body><h1>Margen de error de la encuesta de empleo</h1></body>",
        "<title>Presupuesto 500 municipios</title><body><h1>Presupuesto de 500 municipios</h1></body>",
        "<title>Fondo 502: ejecución</title><body><p>Ejecución del fondo 502 por mes y entidad.</p></body>",
    ),
)
