"""Pages that only scripts fill, shown by the browser of this machine, which asks nothing by itself."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from atalaya.harvest.site.browser import Browser, Part, find_browser

PROGRAM = find_browser("auto")
HOME = "https://guiones.example/"
SHELL = "<html><title>Portal</title><body><div id=app></div><script src=/app.js></script></body></html>"
SCRIPT = """
fetch('/datos.json').then(r => r.json()).then(items => {
  document.getElementById('app').innerHTML = items.map(i => `<a href="${i.url}">${i.texto}</a>`).join('')
})
"""
SITE = {
    "": ("text/html", SHELL),
    "app.js": ("text/javascript", SCRIPT),
    "datos.json": ("application/json", '[{"url": "/n8.pdf", "texto": "Numeral 8"}]'),
}


def shown(site: Mapping[str, tuple[str, str]], asked: list[str]) -> str | None:
    async def get(url: str) -> Part | None:
        asked.append(url)
        found = site.get(url.removeprefix(HOME))
        return None if found is None else Part(200, found[0], found[1].encode())

    async def run() -> str | None:
        assert PROGRAM is not None
        async with Browser(PROGRAM) as browser:
            return await browser.markup(HOME, get)

    return asyncio.run(run())


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="no browser is installed")
def test_a_page_is_taken_as_its_scripts_leave_it_and_every_request_is_ours() -> None:
    asked: list[str] = []
    markup = shown(SITE, asked)
    assert markup is not None
    assert '<a href="/n8.pdf">Numeral 8</a>' in markup
    assert asked[:3] == [HOME, f"{HOME}app.js", f"{HOME}datos.json"]


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="no browser is installed")
def test_a_page_that_cannot_be_had_is_not_shown() -> None:
    assert shown({}, []) is None


def test_a_browser_that_does_not_start_shows_nothing(tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)

    async def run() -> str | None:
        async with Browser(str(program)) as browser:
            return await browser.markup(HOME, lambda _url: asyncio.sleep(0, None))

    assert asyncio.run(run()) is None


def test_a_browser_is_found_as_the_setting_says(tmp_path: Path) -> None:
    assert find_browser("off") is None
    assert find_browser(str(tmp_path / "none")) is None
