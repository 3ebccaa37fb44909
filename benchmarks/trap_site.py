"""A web site of any number of pages with the traps that real ones have; every page is made when it is asked for.

Its true pages lie in folders of a hundred, `/tema-3/pagina-42.html`, each with text of its own and every tenth with a document.
Around them: a calendar without end, session ids in addresses, parameters in every order, paths that grow, redirects in circles,
the whole site again under another path, and an answer of success for pages that do not exist.

    python -m benchmarks.trap_site PAGES PORT_FILE [ADDRESS]
"""

import asyncio
import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

FOLDER = 100
"""True pages of one folder."""
_PAGE = re.compile(r"/tema-(\d+)/pagina-(\d+)\.html")
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]


@dataclass
class TrapSite:
    """The site; `asked` counts how often each address was asked for, `made` how many requests came; `/asked` and `/made`
    tell both and count as neither."""

    pages: int
    asked: Counter[str] = field(default_factory=Counter)
    made: int = 0

    def application(self) -> web.Application:
        """The site as an application of aiohttp."""
        application = web.Application()
        application.router.add_get("/{path:.*}", self.answer)
        return application

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer any address."""
        path = request.path
        if path == "/asked":
            return web.json_response({"made": self.made, "asked": dict(self.asked)})
        if path == "/made":
            return web.json_response(self.made)
        self.made += 1
        self.asked[request.path_qs] += 1
        if path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /privado/\n")
        if path.startswith("/documentos/"):
            return web.Response(body=_csv(path), content_type="text/csv")
        if path.startswith("/circulo/"):
            other = "/circulo/b" if path.endswith("a") else "/circulo/a"
            raise web.HTTPFound(other)
        return web.Response(text=self._page(path, request), content_type="text/html")

    def _page(self, path: str, request: web.Request) -> str:
        if path.startswith("/espejo/"):
            path = path.removeprefix("/espejo")
        found = _PAGE.fullmatch(path)
        if path in ("/", "/index.html"):
            return self._home()
        if found and (number := int(found[1]) * FOLDER + int(found[2])) < self.pages:
            return self._true(number)
        if path.startswith("/tema-") and path.endswith("/"):
            return self._folder(int(path.removeprefix("/tema-").strip("/") or 0))
        if path == "/calendario":
            return _calendar(request)
        if path == "/lista":
            return _permuted()
        if path.startswith("/sesion/"):
            return _session(request)
        if path.startswith("/hondo"):
            return _deep(path)
        return _layout(
            "No encontrada", "<p>La página que busca no existe en este sitio, vuelva al inicio por favor.</p>"
        )

    def _home(self) -> str:
        folders = -(-self.pages // FOLDER)
        links = "".join(f'<li><a href="/tema-{n}/">Tema {n}</a></li>' for n in range(folders))
        traps = (
            '<a href="/calendario?anio=2026&mes=11">Calendario</a> <a href="/lista?orden=a&filtro=b">Lista</a> '
            '<a href="/sesion/inicio?PHPSESSID=0001">Sesión</a> <a href="/sesion/otra?visita=aa01">Visita</a> '
            '<a href="/hondo/x/">Hondo</a> <a href="/circulo/a">Círculo</a> <a href="/espejo/">Espejo</a> '
            '<a href="/privado/secreto.html">Privado</a>'
        )
        return _layout("Inicio", f"<h1>Ministerio de Prueba</h1><ul>{links}</ul><p>{traps}</p>")

    def _folder(self, folder: int) -> str:
        first = folder * FOLDER
        numbers = range(first, min(self.pages, first + FOLDER))
        links = "".join(f'<li><a href="pagina-{n % FOLDER}.html">Página {n}</a></li>' for n in numbers)
        return _layout(f"Tema {folder}", f"<h2>Tema {folder} {_words(folder + 5_000_000, 3)}</h2><ul>{links}</ul>")

    def _true(self, number: int) -> str:
        file = f'<p><a href="/documentos/d{number}.csv">Datos {number}</a></p>' if number % 10 == 0 else ""
        near = "".join(
            f'<a href="/tema-{n // FOLDER}/pagina-{n % FOLDER}.html">Página {n}</a> '
            for n in ((number * 7 + step) % self.pages for step in range(1, 6))
        )
        text = "".join(f"<p>{_words(number * 10 + line, 12)}.</p>" for line in range(6))
        return _layout(f"Página {number}", f"<h2>{_words(number, 4)}</h2>{text}{near}{file}")


def _layout(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="/tema-{n}/">Tema {n}</a></li>' for n in range(10))
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><nav><ul>{menu}</ul></nav>"
        f"<main>{body}</main><footer>Ministerio de Prueba, una institución inventada</footer></body></html>"
    )


def _words(seed: int, count: int) -> str:
    """Words that only this number has."""
    digest = hashlib.sha256(str(seed).encode()).digest() * 3
    return " ".join(
        "".join(_SYLLABLES[byte % 14] for byte in digest[3 * n : 3 * n + 3]) for n in range(count)
    ).capitalize()


def _csv(path: str) -> bytes:
    return b"municipio,valor\n" + b"".join(f"Lugar {n},{path[-8:-4]}{n}\n".encode() for n in range(20))


def _calendar(request: web.Request) -> str:
    """A month of an endless calendar, with a text that changes from month to month."""
    year, month = int(request.query.get("anio", "2026")), int(request.query.get("mes", "1"))
    after, before = (year + month // 12, month % 12 + 1), (year - (month == 1), (month - 2) % 12 + 1)
    days = "".join(f'<a href="/calendario?anio={year}&mes={month}&dia={day}">{day}</a> ' for day in range(1, 29))
    text = f"<p>{_words(year * 100 + month, 10)} {request.query.get('dia', '')}</p>"
    turns = "".join(f'<a href="/calendario?mes={m}&anio={y}">{m} {y}</a> ' for y, m in (after, before))
    return _layout(f"Calendario {month} {year}", text + turns + days)


def _permuted() -> str:
    """A list whose links turn its parameters around and add new ones."""
    orders = [f"orden={o}&filtro={f}&vista={v}" for o in "abcd" for f in "bcde" for v in "xyz"]
    turned = ["&".join(reversed(each.split("&"))) for each in orders]
    links = "".join(f'<a href="/lista?{each}">Ordenar</a> ' for each in (*orders, *turned))
    return _layout("Lista", f"<p>Una lista de trámites que siempre dice lo mismo en otro orden.</p>{links}")


def _session(request: web.Request) -> str:
    """A page whose links carry a new visitor every time."""
    mark = hashlib.sha256(request.path_qs.encode()).hexdigest()[:24]
    pages = "".join(f'<a href="/sesion/{name}?PHPSESSID={mark}">{name}</a> ' for name in ("inicio", "otra", "mas"))
    visit = f'<a href="{request.path}?visita={mark}">otra vez</a>'
    return _layout(
        f"Sesión {request.path}", f"<p>Contenido que no cambia en {request.path} de visita en visita.</p>{pages}{visit}"
    )


def _deep(path: str) -> str:
    """A relative link that leads one folder deeper every time."""
    name = hashlib.sha256(path.encode()).hexdigest()[:6]
    links = f'<a href="mas/">más</a> <a href="{name}/">siga</a>'
    return _layout("Hondo", f"<p>Una página que está siempre un nivel más abajo que la anterior.</p>{links}")


async def _serve(pages: int, told: Path, address: str) -> None:
    runner = web.AppRunner(TrapSite(pages).application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, address, 0)
    await site.start()
    port = runner.addresses[0][1]
    told.with_suffix(".new").write_text(str(port))
    told.with_suffix(".new").replace(told)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "127.0.0.1"))
