"""Soft failures: every kind by its examples, what only looks like one, and answers of interfaces, map services and programs."""

import json
import time
from pathlib import Path

import pytest

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.soft_failures.registry import CODE, KINDS

EXAMPLES = [(kind.id, page) for kind in KINDS for page in kind.examples]
OTHERS = [(kind.id, page) for kind in KINDS for page in kind.others]


def kinds(data: bytes, **hints: str) -> list[str]:
    return [defect.place for defect in inspect_bytes(data, **hints).defects if defect.code == CODE]


@pytest.mark.parametrize(("kind", "page"), EXAMPLES)
def test_the_examples_are_recognised(kind: str, page: str) -> None:
    assert kinds(page.encode(), url="https://datos.example/a.csv") == [kind]


@pytest.mark.parametrize(("kind", "page"), OTHERS)
def test_what_only_looks_like_it_is_not(kind: str, page: str) -> None:
    assert kinds(page.encode()) == []


def test_every_kind_shows_both() -> None:
    assert all(kind.examples and kind.others for kind in KINDS)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"error": "SB_0006: Subscription is canceled"}, "subscription"),
        ({"error": {"code": 499, "message": "Token Required", "details": []}}, "login"),
        ({"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}}, "error_answer"),
        ({"code": "dataset.missing", "error": True, "message": "Not found"}, "not_found"),
        (
            {"help": "x", "success": False, "error": {"message": "Acceso denegado", "__type": "Authorization Error"}},
            "login",
        ),
        (
            {"help": "x", "success": False, "error": {"message": "No encontrado", "__type": "Not Found Error"}},
            "not_found",
        ),
        ({"error_code": "InvalidRESTParameterError", "message": "Invalid value for limit"}, "error_answer"),
        ({"errorcode": 10002, "error": "Unknown dataset: x"}, "not_found"),
        (
            {"timestamp": "2024-01-01T00:00", "status": 500, "error": "Internal Server Error", "path": "/x"},
            "error_answer",
        ),
        ({"Message": "No HTTP resource was found", "MessageDetail": "No type was found"}, "error_answer"),
        ({"detail": "Not found."}, "not_found"),
        ({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "no"}, "login"),
        ({"code": "NotFound", "description": "collection not found"}, "not_found"),
        ([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}], "login"),
        ({"codigo": 500, "mensaje": "Error interno"}, "error_answer"),
        ({"exito": False, "mensaje": "Parámetro anio requerido", "datos": None}, "error_answer"),
        ({"sucesso": False, "erro": "Falha ao consultar", "dados": []}, "error_answer"),
        ({"estado": 404, "mensaje": "No se encontró el conjunto"}, "not_found"),
        ({"data": None, "errors": [{"message": "Cannot query field x", "locations": [{"line": 1}]}]}, "error_answer"),
        ({"type": "about:blank", "title": "Unexpected condition", "status": 500, "traceId": "0"}, "error_answer"),
        ({"error": True, "message": "Not found", "data": {"id": "x"}}, "not_found"),
        ({"mensaje": "Portal en mantenimiento", "disponible": False}, "maintenance"),
        ({"message": "Request blocked by firewall"}, "blocked"),
        ({"status": "error", "code": 429, "detail": "Too many queries"}, "error_answer"),
        ({"estado": "error", "mensaje": "Debe iniciar sesión"}, "login"),
    ],
)
def test_an_interface_that_says_no(answer: object, kind: str) -> None:
    inspection = inspect_bytes(json.dumps(answer).encode(), media_type="application/json")
    assert inspection.format == "json_error"
    assert [defect.place for defect in inspection.defects if defect.code == CODE] == [kind]


@pytest.mark.parametrize(
    "value",
    [
        {"error": 0.05, "estimate": 12},
        {"errors": [{"year": 2020, "count": 3}] * 5},
        {"code": "0101", "name": "Villa Real"},
        {"status": "ok", "data": []},
        [{"message": "hola", "code": 1}, {"message": "adiós", "code": 2}],
        {"description": "Indicadores", "type": "object", "status": "active"},
        {"success": True, "result": {"error": "none"}},
        {"error_rate": 0.2, "errors": 4, "success": 16, "message": "totals", "days": [{"day": 1, "errors": 4}]},
        {"exito": 0, "error": 3, "mensaje": "Vacunas con error por puesto", "puestos": [{"n": "A"}, {"n": "B"}]},
        {"status": "ok", "message": "No error found"},
        {"codigo": 450, "descripcion": "Alcaldía de San Marcos"},
        {"id": 7, "titulo": "Margen de error", "descripcion": "Encuesta de empleo"},
        {"status": "ERROR", "error": {"catalog": {"status": "OK"}, "dataset": [{"status": "ERROR", "title": "x"}]}},
        {"success": False, "data": [{"a": 1}, {"a": 2}, {"a": 3}]},
        {"detail": "Sismo en la costa", "code": 404},
        {"status": "closed", "description": "Street light failed", "id": 3},
        {"success": False, "attempts": 3, "group": "A"},
        {"total": 0, "registros": [], "mensaje": "No se encontraron registros"},
    ],
)
def test_data_that_speak_of_errors_are_data(value: object) -> None:
    assert kinds(json.dumps(value).encode()) == []


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ("<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>x</Message></Error>", "not_found"),
        ("\ufeff<?xml version='1.0' encoding='utf-8'?><Error><Code>BlobNotFound</Code></Error>", "not_found"),
        ("<Error><Code>AccessDenied</Code></Error>", "error_answer"),
        ("<Error><Code>AuthenticationFailed</Code></Error>", "login"),
        ("<ListBucketResult xmlns='x'><Contents><Key>a.csv</Key></Contents></ListBucketResult>", "directory_listing"),
        ("<respuesta><exito>false</exito><mensaje>No se encontró el archivo</mensaje></respuesta>", "not_found"),
        ("<response><status>error</status><message>Invalid year</message></response>", "error_answer"),
        ("<Map><timestamp>1</timestamp><status>500</status><error>Internal Server Error</error></Map>", "error_answer"),
        (
            (
                "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body><soap:Fault><faultcode>x"
                "</faultcode></soap:Fault></soap:Body></soap:Envelope>"
            ),
            "error_answer",
        ),
        ("<ServiceExceptionReport version='1.3.0' xmlns='http://www.opengis.net/ogc'/>", "map_exception"),
        ("<ows:ExceptionReport xmlns:ows='http://www.opengis.net/ows/1.1'/>", "map_exception"),
        ("<ExceptionReport xmlns='http://www.opengis.net/ows/2.0'/>", "map_exception"),
        ("<WMTException version='1.0.0'>x</WMTException>", "map_exception"),
        ("<ARCXML version='1.1'><RESPONSE><ERROR machine='x'>y</ERROR></RESPONSE></ARCXML>", "map_exception"),
    ],
)
def test_an_error_document_in_xml(document: str, kind: str) -> None:
    assert kinds(document.encode()) == [kind]


@pytest.mark.parametrize(
    "document",
    [
        "<errors>" + "<error><year>2020</year><count>3</count></error>" * 40 + "</errors>",
        "<data><error>0.5</error></data>",
        "<soap:Envelope xmlns:soap='x'><soap:Body><r>1</r></soap:Body></soap:Envelope>",
        "<Map><status>activo</status></Map>",
        "<error><year>2020</year><count>4</count></error>",
        "<resultado><codigo>410</codigo><descripcion>Hospital regional</descripcion></resultado>",
        "<response><status>ok</status><message>done</message></response>",
        "<resultado><estado>activo</estado><mensaje>Obra terminada</mensaje></resultado>",
        (
            "<errores><error><codigo>404</codigo><cuenta>8</cuenta></error><error><codigo>500</codigo><cuenta>1</cuenta></error>"
            "<error><codigo>503</codigo><cuenta>2</cuenta></error></errores>"
        ),
    ],
)
def test_data_in_xml_that_speak_of_errors_are_data(document: str) -> None:
    assert kinds(document.encode()) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("404 page not found\n", "not_found"),
        ("Not Found", "not_found"),
        ("Archivo no encontrado", "not_found"),
        ("Forbidden", "blocked"),
        ("Internal Server Error", "server_error"),
        ("503 Service Unavailable", "maintenance"),
        ('Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n', "server_error"),
        ("ORA-00942: table or view does not exist", "server_error"),
        ("java.lang.NullPointerException\n\tat com.example.A.b(A.java:12)\n", "server_error"),
        ("Error: la descarga fue eliminada del servidor", "not_found"),
        ("SB_0006: Subscription is canceled.", "subscription"),
        ("Servicio fuera de línea por mantenimiento. Vuelva a las 18:00.", "maintenance"),
        ("PHP Fatal error:  Maximum execution time of 30 seconds exceeded in /srv/a.php on line 2", "server_error"),
        ("Warning: mysqli_connect(): (HY000/2002): Connection refused in /srv/b.php on line 8", "server_error"),
        ("Error: el parámetro mes no es un número", "server_error"),
        ("PHP Fatal error: Uncaught Exception: x in /var/www/a.php:3", "server_error"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_bare_message(text: str, kind: str, name: str) -> None:
    inspection = inspect_bytes(text.encode(), url=f"https://datos.example/{name}")
    assert [defect.place for defect in inspection.defects if defect.code == CODE] == [kind]
    assert inspection.tables == ()


@pytest.mark.parametrize(
    "text",
    [
        "error,mensaje\n1,login\n2,404\n",
        "codigo,descripcion\n404,No encontrado\n500,Error interno\n",
        "usuario,login,password\na,b,c\n",
        "Error\n",
        "Warning: heavy rain expected on Friday in the north\n",
        "Error rate: 14 percent of the answers in the survey\n",
        "Error: casos\n12\n14\n15\n",
        "mensaje\nArchivo no encontrado\nAcceso denegado\nError interno\n",
        "Aviso: la oficina de la zona 12 cerrará el lunes por mantenimiento de tuberías, bombas, tanques y válvulas.\n",
        "Nota: los datos se publican cada mes.\n",
    ],
)
def test_a_table_of_messages_is_a_table(text: str) -> None:
    assert kinds(text.encode(), url="https://datos.example/a.csv") == []


def test_a_page_with_a_table_of_data_is_data() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Pueblo {n}</td><td>{n * 7}</td></tr>" for n in range(30))
    page = f"<title>Error 404</title><table><tr><th>a</th><th>b</th><th>c</th></tr>{rows}</table>"
    assert kinds(page.encode(), url="https://datos.example/a.xls") == []


@pytest.mark.parametrize(
    "piece",
    [
        "<h1>", "<h1 a", "<input ", "<title>",
        "error ", "la pagina ", "no se ha sido ", "<meta http-equiv=refresh ", "at a.", "ora-",
        "document.cookie=",
        "<script ", "404 ", "terminos y ", "http error status ", "\t-", "<", "&amp;", "<!--", "(\\/", "pagina a b c d ",
        "<ul>", "</ul><pre>", "<a ", "<th>", "<code", "no se pudo ", "it is maintenance of ", "warning: ", "account ",
        "<hr><pre><a href=", "alert('no ", "<body class=",
    ],
)  # fmt: skip
def test_pages_made_to_be_slow_are_read_in_time(piece: str) -> None:
    page = f"<html><body>{piece * (400_000 // len(piece))}</body></html>"
    started = time.process_time()
    inspect_bytes(page.encode(), url="https://datos.example/a.csv")
    inspect_bytes((piece * (19_000 // len(piece))).encode(), url="https://datos.example/a.txt")
    assert time.process_time() - started < 8


def test_a_long_listing_of_a_folder_is_one() -> None:
    files = "".join(f"<a href='{n}.csv'>datos-{n:06}.csv</a> 2024-01-01 10:00 12K\n" for n in range(2_000))
    head = "<html><title>Index of /datos</title><body><h1>Index of /datos</h1>"
    page = f"{head}<pre><a href='../'>../</a>{files}</pre></body></html>"
    assert kinds(page.encode()) == ["directory_listing"]


def test_words_inside_a_long_page_say_nothing_of_it() -> None:
    prose = "El informe cuenta cómo se recibieron y respondieron las solicitudes de cada mes. " * 200
    head = "<html><title>Informe</title><body>"
    page = f"{head}<p>Una página no existe sin su fuente: page not found.</p><p>{prose}</p></body></html>"
    assert kinds(page.encode()) == []


TRUE_FAILURES = {
    "waf-html-examples_apache-noaa-waf.html": "directory_listing",
    "waf-html-examples_nginx-dggs-waf.html": "directory_listing",
    "hhs_2023-12-17.error500.data.json": "error_answer",
}
"""Recorded files that are listings of folders, and the answer of a catalogue that had failed; all others are what they seem."""


@pytest.mark.real
def test_recorded_pages_and_answers_are_what_they_seem(corpora: Path) -> None:
    folders = (
        "groundtruth/encoding_chardet",
        "groundtruth/filetype",
        "groundtruth/linkcheck",
        "groundtruth/ar_profile_validation",
    )
    catalogues = (
        "catalogues/waf_iso",
        "catalogues/datajson_us",
        "catalogues/csw",
        "catalogues/opendatasoft",
        "catalogues/socrata",
    )
    found, read = {}, 0
    for folder in (*folders, *catalogues):
        for path in sorted((corpora / folder).rglob("*")):
            small = path.is_file() and path.stat().st_size < 100_000
            if small and path.suffix in (".html", ".htm", ".json", ".xml", ".txt", ".csv"):
                read += 1
                for kind in kinds(path.read_bytes(), url=path.name):
                    found[path.name] = kind
    assert read > 100
    assert found == TRUE_FAILURES
