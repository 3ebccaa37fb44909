"""Every text of the portal has its Spanish, with the same places to fill."""

import ast
import re
from importlib import resources
from pathlib import Path

import jinja2
from babel.messages.pofile import read_po
from django.template import engines

from atalaya.publish.words import DOMAIN as REPORT

PACKAGE = Path(str(resources.files("atalaya")))
CALLS = {"t": 1, "n": 2, "plural": 2}
"""Functions that translate: how many of their first arguments are texts."""


def template_texts() -> set[str]:
    environment, texts = engines["jinja2"].env, set[str]()
    for path in (PACKAGE / "portal").glob("**/templates/**/*.html"):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
            name = getattr(call.node, "name", getattr(call.node, "attr", ""))
            texts |= {a.value for a in call.args[: CALLS.get(name, 0)] if isinstance(a, jinja2.nodes.Const)}
    return texts


def code_texts() -> set[str]:
    texts: set[str] = set()
    for path in (PACKAGE / "portal").glob("**/*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                some = call.args[: CALLS.get(call.func.attr, 0)]
                texts |= {a.value for a in some if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return texts


def catalogue(domain: str) -> dict[str, str]:
    path = PACKAGE / "data" / "locale" / "es" / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id}


def test_spanish_is_complete() -> None:
    texts = template_texts() | code_texts()
    assert len(texts) > 200
    known = {**catalogue(REPORT), **catalogue("portal")}
    assert {text for text in texts if not known.get(text)} == set()


def test_places_to_fill_are_the_same() -> None:
    for english, spanish in catalogue("portal").items():
        places, filled = (set(re.findall(r"{(\w+)}", text)) for text in (english, spanish))
        assert filled <= places, english
        assert places - filled <= {"count"}, english  # one thing need not be counted
