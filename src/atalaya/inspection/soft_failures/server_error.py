"""A page on which a program reports its own failure, or shows the trace of it."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, message, quoted, text, title
from atalaya.inspection.soft_failures.page import PageFacts
from atalaya.inspection.soft_failures.wording import SERVER_ERROR

SHORT = 2_500
"""Visible characters up to which a sentence speaks for the whole page."""

TRACE = (
    r"fatal error</b>:|fatal error: {1,4}(?:uncaught|call to|allowed memory|maximum execution)|parse error: {1,4}syntax error|"
    r"(?:php )?warning: {1,4}\w{1,40}\(\)?|pg_connect\(|"
    r"warning</b>: +\w{1,40}\(|traceback \(most recent call last\)|\bora-\d{5}\b|sqlstate\[|mysqli?_(?:connect|query|"
    r"fetch)|"
    r"microsoft ole db provider|\[odbc [^\]]{0,60}driver\]|exception in thread|java\.(?:lang|sql|io|"
    r"net)\.\w{1,60}exception|"
    r"javax\.servlet\.\w{1,40}exception|org\.(?:springframework|hibernate|apache\.jasper)\.\w|"
    r"system\.(?:web|data|io|nullreference|argument|invalidoperation)[\w.]{0,60}exception|"
    r"\bat [\w.$]{1,120}\([\w$]{1,60}\.java:\d+\)|"
    r"unhandled exception|object reference not set to an instance|psycopg2\.\w|django\.core\.exceptions|activerecord::|rack::"
)
"""What programs write when they break: PHP, Python, Oracle, MySQL, ODBC, Java, .NET, Ruby."""


def _structure(page: PageFacts) -> int:
    return 1 if page.said <= SHORT else -1


KIND = Kind(
    id="server_error",
    signs=(
        title(3, SERVER_ERROR),
        heading(3, SERVER_ERROR),
        title(2, r"(?:error|erreur|erro|errores)"),
        heading(2, r"(?:error|erreur|erro|errores)"),
        message(2, TRACE),
        quoted(1, TRACE),
        markup(
            5,
            r"\A\s*<br ?/?>\s*<b>(?:fatal error|parse error)</b>:|<b>(?:type|tipo)</b>\s*(?:exception|status|informe)|"
            r"<h1>(?:server error in|error de servidor en|erro do servidor n|erreur du serveur dans)[^<>]{0,120}<hr |"
            r"rails-default-error-page|<pre class=[\"']exception_value|<title>(?:yellow page|werkzeug debugger|apache tomcat/"
            r"[\d.]{1,20} - (?:error report|informe de error))|\[httpexception|<!-- \[\w{1,40}exception|"
            r"asp\.net version:|microsoft \.net framework version|symfony exception",
        ),
        text(
            2,
            r"(?:type (?:exception|status) report|the server encountered an (?:unexpected|internal)|"
            r""
            r"runtime error description|"
            r""
            r""
            r"an application error occurred on the server|error en la (?:consulta|aplicacion)|"
            r"there was an (?:unexpected |internal )?error|an (?:unexpected |unknown |"
            r"internal )?error (?:has )?(?:occurred|happened)|"
            r"(?:se produjo|ha ocurrido|ocurrio|se ha producido|hubo) un error)",
        ),
        text(
            1,
            r"please (?:contact|try again)|contacte (?:al|con el) administrador|comuniquese con (?:el administrador|soporte)|"
            r"intente (?:de nuevo|nuevamente|mas tarde)|intentelo (?:de nuevo|mas tarde)",
        ),
    ),
    least=3,
    structure=_structure,
    whole=True,
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
        (
            "<title>Leer el archivo</title><body><h1>Leer el archivo</h1><p>Algunas personas ven esto:</p><pre>Traceback (most "
            "recent call last): UnicodeDecodeError</pre><p>Indique la codificación latin-1.</p></body>"
        ),
        "<title>Margen de error de la encuesta</title><body><h1>Margen de error de la encuesta de empleo</h1></body>",
        "<title>Presupuesto 500 municipios</title><body><h1>Presupuesto de 500 municipios</h1></body>",
        "<title>Fondo 502: ejecución</title><body><p>Ejecución del fondo 502 por mes y entidad.</p></body>",
    ),
)
