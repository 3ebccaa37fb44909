"""Every text of the portal's pages has its Spanish, with the same places to fill, and no translation is left over."""

import ast
import re
from importlib import resources
from pathlib import Path

import jinja2
from babel.messages.pofile import read_po

from atalaya.portal.core.desks import DESKS
from atalaya.portal.core.navigation import PAGES
from atalaya.portal.core.pages import DOMAINS
from atalaya.publish.words import DOMAIN

PORTAL = Path(str(resources.files("atalaya.portal")))
LOCALE = Path(str(resources.files("atalaya"))) / "data" / "locale" / "es" / "LC_MESSAGES"
CALLS = {"t": 1, "n": 2, "plural": 2}
"""Functions that translate: how many of their first arguments are texts."""


def _of_templates() -> set[str]:
    environment = jinja2.Environment(autoescape=True)
    texts: set[str] = set()
    for path in PORTAL.rglob("templates/**/*.html"):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
            name = getattr(call.node, "name", getattr(call.node, "attr", ""))
            for argument in call.args[: CALLS.get(name, 0)]:
                if isinstance(argument, jinja2.nodes.Const):
                    texts.add(argument.value)
    return texts


def _of_code() -> set[str]:
    texts: set[str] = set()
    for path in PORTAL.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                for argument in call.args[: CALLS.get(name, 0)]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        texts.add(argument.value)
    return texts


def _of_tables() -> set[str]:
    pages = {text for place in PAGES for text in (place.group, place.title, place.line)}
    return pages | {text for desk in DESKS for text in (desk.group, desk.title)}


def _catalogue(domain: str) -> dict[str, str]:
    with (LOCALE / f"{domain}.po").open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id}


def test_many_texts_are_found() -> None:
    assert len(_of_templates()) > 150
    assert "untitled" not in _of_templates()
    assert "Least" in _of_code()


def test_spanish_is_complete() -> None:
    wanted = _of_templates() | _of_code() | _of_tables()
    known = {english: spanish for domain in (DOMAIN, *DOMAINS) for english, spanish in _catalogue(domain).items()}
    assert sorted(text for text in wanted if not known.get(text)) == []


def test_places_to_fill_are_the_same() -> None:
    for english, spanish in _catalogue("portal").items():
        places, filled = (set(re.findall(r"{(\w+)}", text)) for text in (english, spanish))
        assert filled <= places, english
        assert places - filled <= {"count"}, english  # what is one need not be counted


def test_no_text_is_translated_twice() -> None:
    lines = re.findall(r'^msgid "(.+)"$', (LOCALE / "portal.po").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({line for line in lines if lines.count(line) > 1}) == []


def test_a_text_of_several_catalogues_says_the_same_in_each() -> None:
    """They are asked in their order, so that a second translation of a short word would never be seen where it was meant."""
    said: dict[str, set[str]] = {}
    for domain in DOMAINS:
        for english, spanish in _catalogue(domain).items():
            said.setdefault(english, set()).add(spanish)
    assert {english: spanish for english, spanish in said.items() if len(spanish) > 1} == {}
