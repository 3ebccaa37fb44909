"""Pages that are tables under another name, and pages that are pages."""

from pathlib import Path

import pytest

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes

XLS = "https://datos.example/exportar.xls"
EXCEL = "application/vnd.ms-excel"
HEAD = "<tr><th>Código</th><th>Municipio</th><th>Monto</th></tr>\n"


def table_of(number: int, cell: str = "{}") -> str:
    body = "".join(
        f"<tr><td>01{n:02}</td><td>{cell.format(f'Pueblo {n}')}</td><td>1,{n:03}.50</td></tr>\n" for n in range(number)
    )
    return f"<table border='1'>{HEAD}{body}</table>"


def said(inspection: Inspection) -> tuple[list[tuple[int, list[str]]], list[str]]:
    tables = [(table.rows, [column.name for column in table.columns]) for table in inspection.tables]
    return tables, [defect.code for defect in inspection.defects]


NAMES = ["Código", "Municipio", "Monto"]


@pytest.mark.parametrize(
    "page",
    [
        table_of(30),
        "<html><body>" + table_of(30),
        f"<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>{table_of(30)}",
        f"<div>{table_of(30)}</div>",
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style>td {mso-number-format:'0'}</style>"
        "<!--[if gte mso 9]><xml><x:Name>Hoja1</x:Name></xml><![endif]--></head><body>"
        + table_of(30)
        + "</body></html>",
        "<h1>Ejecución del presupuesto</h1><p>Fuente: registros propios</p>" + table_of(30),
        "<table><tr><td><img src='logo.png'></td></tr><tr><td>Informe</td></tr></table>" + table_of(30),
        f"<table><tr><td>{table_of(30)}</td></tr></table>",
        "<form action='x.aspx'><input type='hidden' name='__VIEWSTATE' value='abc'>" + table_of(30) + "</form>",
        table_of(30, "<a href='https://mapa.example/{0}'>{0}</a>"),
        table_of(30).replace("<th>Monto</th>", "<th><a href=\"javascript:__doPostBack('g','Sort$m')\">Monto</a></th>"),
        "<title>Informe de error de medición</title>" + table_of(30),
        table_of(30).replace("</td>", "").replace("</tr>", ""),
    ],
)
def test_an_export_is_read_as_its_table(page: str) -> None:
    inspection = inspect_bytes(page.encode(), url=XLS, media_type=EXCEL)
    assert inspection.format == "html"
    assert said(inspection) == ([(30, NAMES)], ["page_as_data"])
    assert [column.kind for column in inspection.tables[0].columns] == ["text", "text", "number"]
    assert "of the text of the page" in inspection.tables[0].reason


PROSE = "<p>" + "Bienvenidos al portal de la institución, donde se publican noticias y comunicados. " * 12 + "</p>"
CARD = (
    "<table><tr><td>Noticia</td><td>Se inauguró una obra</td></tr><tr><td>Fecha</td><td>ayer</td></tr>"
    "<tr><td>Lugar</td><td>aquí</td></tr></table>"
)
LOGIN = (
    "<html><table><tr><td>Usuario</td><td><input name=u></td></tr><tr><td>Clave</td><td><input type=password></td></tr>"
    "<tr><td>Otro</td><td>dato <input></td></tr></table></html>"
)
LINK = "<a href='https://x.example/a'>a</a>"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html><body><p>hola</p></body></html>", "it holds no table"),
        (
            f"<html><table><tr><td>{PROSE}</td><td>{PROSE}</td></tr></table></html>",
            "none of its 1 tables has rows of data",
        ),
        ("<html>" + CARD * 2_000 + "</html>", "of its text lies in tables of data"),
        ("<html>" + "<table><tr><td>a</td></tr></table>" * 5_000 + "</html>", "none of its 5000 tables"),
        (f"<html>{PROSE}{table_of(6)}</html>", "of its text lies in tables of data"),
        (f"<html><nav>Menú</nav>{table_of(30)}</html>", "menu"),
        (f"<html><div role='navigation'>Menú</div>{table_of(30)}</html>", "menu"),
        ("<html>" + "<a href='https://x.example/'>ir</a>" * 8 + table_of(30) + "</html>", "links stand outside"),
        (f"<html>{table_of(30, '<a href=ver/{0}>{0}</a>')}</html>", "lead to other pages of the site"),
        (
            f"<html><table>{f'<tr><td>{LINK}</td><td>{LINK}</td><td>b</td></tr>' * 30}</table></html>",
            "list of links",
        ),
        ("<html><body><!-- never closed " + table_of(30), "it holds no table"),
    ],
)
def test_a_page_stays_a_page(page: str, why: str) -> None:
    inspection = inspect_bytes(page.encode(), url=XLS, media_type=EXCEL)
    assert said(inspection) == ([], ["html_instead_of_data"])
    assert why in inspection.defects[0].detail


def test_a_form_for_passwords_is_no_data() -> None:
    assert said(inspect_bytes(LOGIN.encode(), url=XLS)) == ([], ["html_instead_of_data", "soft_failure"])


def test_an_error_page_with_an_empty_table_is_an_error() -> None:
    page = f"<html><title>404 Not Found</title>{table_of(0)}</html>"
    assert said(inspect_bytes(page.encode(), url=XLS)) == ([], ["html_instead_of_data", "soft_failure"])


def test_a_table_whose_title_names_an_error_is_a_table() -> None:
    page = f"<html><title>404 Not Found</title>{table_of(5)}</html>"
    assert said(inspect_bytes(page.encode(), url=XLS)) == ([(5, NAMES)], ["page_as_data"])


def test_an_export_without_rows_has_a_header_only() -> None:
    assert said(inspect_bytes(table_of(0).encode(), url=XLS)) == ([(0, NAMES)], ["page_as_data", "header_only"])


def test_a_table_published_as_a_page_is_no_defect() -> None:
    inspection = inspect_bytes(table_of(30).encode(), url="https://datos.example/cuadro.html", media_type="text/html")
    assert said(inspection) == ([(30, NAMES)], [])


def test_the_encoding_is_told() -> None:
    inspection = inspect_bytes(table_of(30).encode("cp1252"), url=XLS)
    assert inspection.encoding == "cp1252"
    assert said(inspection)[0] == [(30, NAMES)]


def test_group_names_over_columns_are_joined() -> None:
    page = (
        "<table><tr><td rowspan=2>Lugar</td><td colspan=2>Población</td></tr><tr><td>Hombres</td><td>Mujeres</td></tr>"
        + "".join(f"<tr><td>Pueblo {n}</td><td>{n * 7}</td><td>{n * 9}</td></tr>" for n in range(12))
        + "</table>"
    )
    ((rows, names),) = said(inspect_bytes(page.encode(), url=XLS))[0]
    assert (rows, names) == (12, ["Lugar", "Población Hombres", "Población Mujeres"])


def test_several_tables_keep_their_captions() -> None:
    one = table_of(12).replace("<tr>", "<caption>Enero</caption><tr>", 1)
    inspection = inspect_bytes(f"<html>{one}{table_of(14)}</html>".encode(), url=XLS)
    assert [(table.name, table.rows) for table in inspection.tables] == [("Enero", 12), ("table 2", 14)]


def test_the_same_rows_dressed_otherwise_have_the_same_content() -> None:
    first = inspect_bytes(table_of(30).encode(), url=XLS)
    second = inspect_bytes(f"<html><style>td{{}}</style><body>{table_of(30)}</body></html>".encode(), url=XLS)
    assert first.content_sha256 == second.content_sha256
    assert first.content_sha256 != inspect_bytes(table_of(31).encode(), url=XLS).content_sha256


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    [
        "catalogues/schema_org/fuji/zenodo.org_record_8347772_22f45a.html",
        "catalogues/waf_iso/waf-html-examples_apache-noaa-waf.html",
        "catalogues/waf_iso/waf-html-examples_nginx-dggs-waf.html",
        "groundtruth/filetype/ckanext-qa/BagotsResult2010.rdfa",
        "groundtruth/filetype/ckanext-qa/index.html",
        "groundtruth/linkcheck/uy_2026-04_broken.html",
        "groundtruth/encoding_chardet/GB2312/_mozilla_bug171813_text.html",
    ],
)
def test_real_pages_are_no_tables(corpora: Path, name: str) -> None:
    inspection = inspect_bytes((corpora / name).read_bytes(), url=XLS, media_type=EXCEL)
    assert inspection.tables == ()
    assert "html_instead_of_data" in {defect.code for defect in inspection.defects}
