"""Many web sites of institutions from one process, each on an address of its own, made when they are asked for.

Pages have about 30 kB of markup with a menu of forty links and prose; the section of the law has a page for each numeral, whose
documents are PDF with text and a table, scans, Word, Excel and CSV, different on every site. Names and places are invented.

    python -m benchmarks.sites_served PAGES DOCUMENTS PORT_FILE
"""

import asyncio
import hashlib
import io
import re
import socket
import sys
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from aiohttp import web

from atalaya.samples.sites.paper import scan, word_document
from tests.inspection.pdf_pages import grid, pdf, text

_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
_KINDS = ("pdf", "xlsx", "pdf", "csv", "scan", "docx", "pdf", "csv", "xlsx", "pdf")
_NUMERALS = (
    "Estructura orgánica", "Dirección y teléfonos", "Directorio de empleados", "Remuneraciones", "Misión y objetivos",
    "Manuales de procedimientos", "Presupuesto de ingresos y egresos", "Ejecución presupuestaria", "Depósitos", "Cotizaciones",
    "Contrataciones", "Viajes", "Inventario", "Contratos de mantenimiento", "Subsidios y becas", "Permisos", "Empresas",
    "Obras en ejecución", "Arrendamientos", "Cotizaciones y licitaciones", "Fideicomisos", "Compras directas", "Auditorías",
)  # fmt: skip
_TYPES = {
    "pdf": "application/pdf", "scan": "application/pdf", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip


class Sites:
    """Answers for every site; which one is told by the address that was asked."""

    def __init__(self, pages: int, documents: int) -> None:
        self.pages, self.documents = pages, documents

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer any address of any site."""
        site, path = request.host.partition(":")[0], request.path
        if path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /admin/\nSitemap: /sitemap.xml\n")
        if path == "/sitemap.xml":
            listed = "".join(f"<url><loc>http://{request.host}/nota/{n}</loc></url>" for n in range(5))
            return web.Response(text=f"<urlset>{listed}</urlset>", content_type="application/xml")
        if (found := re.fullmatch(r"/archivos/(\d+)\.(\w+)", path)) and int(found[1]) < self.documents:
            kind = _KINDS[int(found[1]) % len(_KINDS)]
            return web.Response(body=document(kind, int(found[1]), site), content_type=_TYPES[kind])
        body = self._body(path, site)
        if body is None:
            return web.Response(
                status=404, text=_page("No existe", "<p>No existe.</p>", site), content_type="text/html"
            )
        return web.Response(text=_page(path, body, site), content_type="text/html")

    def _body(self, path: str, site: str) -> str | None:
        numerals = max(1, min(len(_NUMERALS), self.pages // 2))
        news = self.pages - numerals - 2
        if path == "/":
            return "".join(
                f'<h3><a href="/nota/{n}">{words(f"{site}{n}", 6)}</a></h3>{prose(site, n)}' for n in range(news)
            )
        if path == "/informacion-publica":
            items = "".join(
                f'<li><a href="/informacion-publica/{n}">Numeral {n + 1}. {_NUMERALS[n]}</a></li>'
                for n in range(numerals)
            )
            return f"<h2>Información pública de oficio</h2><ul>{items}</ul>"
        if found := re.fullmatch(r"/informacion-publica/(\d+)", path):
            return self._numeral(int(found[1]), numerals) if int(found[1]) < numerals else None
        if (found := re.fullmatch(r"/nota/(\d+)", path)) and int(found[1]) < max(news, 0):
            return "".join(f"<p>{prose(site + path, n)}</p>" for n in range(12))
        return None

    def _numeral(self, number: int, numerals: int) -> str:
        files = range(number, self.documents, numerals)
        ending = {"scan": "pdf"}
        items = "".join(
            f"<tr><td>{_MONTHS[n % 12].capitalize()} 2025</td><td>"
            f'<a href="/archivos/{n}.{ending.get(kind, kind)}">Descargar {_NUMERALS[number].lower()}</a></td></tr>'
            for n in files
            for kind in (_KINDS[n % len(_KINDS)],)
        )
        return f"<h2>Numeral {number + 1}. {_NUMERALS[number]}</h2><table>{items}</table>"


def _page(title: str, body: str, site: str) -> str:
    menu = "".join(
        f'<li class="menu-item menu-item-type-post menu-item-{n}"><a class="enlace" href="/nota/{n % 12}">Sección {n}</a></li>'
        for n in range(40)
    )
    frame = "".join(
        f'<div class="widget col-md-{n % 12} caja"><span class="icono fa fa-{n}"></span></div>' for n in range(150)
    )
    script = "<script>var datos = [" + ",".join(map(str, range(1200))) + "];</script>"
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{title} {site}</title>{script}</head><body>'
        f'<header><ul>{menu}</ul><a href="/informacion-publica">Información Pública</a></header><main>{body}</main>{frame}'
        f"<footer>Institución inventada en {site}</footer></body></html>"
    )


@lru_cache(maxsize=20_000)
def words(seed: str, count: int) -> str:
    """Words that only this seed has."""
    digest = hashlib.shake_128(seed.encode()).digest(3 * count)
    return " ".join(
        "".join(_SYLLABLES[byte % 14] for byte in digest[3 * n : 3 * n + 3]) for n in range(count)
    ).capitalize()


def prose(seed: str, number: int) -> str:
    """A paragraph."""
    return f"<p>{words(f'{seed} {number}', 60)}.</p>"


@lru_cache(maxsize=4_000)
def document(kind: str, number: int, site: str) -> bytes:
    """The bytes of a document: the numbers in it are those of the site."""
    rows = [["Renglón", "Descripción", "Asignado", "Devengado"]]
    rows += [[str(n), words(f"{site}{number}{n}", 2), str(n * 1000 + number), str(n * 900)] for n in range(30)]
    if kind == "csv":
        return "\n".join(",".join(row) for row in rows).encode()
    if kind == "scan":
        return scan(f"{site} {number}")
    if kind == "docx":
        return word_document(words(f"{site}{number}", 5), tuple(words(f"{site}{number}{n}", 40) for n in range(20)))
    if kind == "xlsx":
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Ejecución")
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
        return stream.getvalue()
    lines = [words(f"{site}{number}{n}", 10) for n in range(30)]
    return pdf(text("INFORME MENSUAL DE EJECUCIÓN", *lines), grid(rows[:20]), text(*lines))


async def _serve(pages: int, documents: int, told: Path) -> None:
    application = web.Application()
    application.router.add_get("/{path:.*}", Sites(pages, documents).answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    # One socket for all addresses: each site is asked at its own, and which one is told by the header Host.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("0.0.0.0", 0))
    await web.SockSite(runner, listening, backlog=1024).start()
    told.with_suffix(".new").write_text(str(listening.getsockname()[1]))
    told.with_suffix(".new").replace(told)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
