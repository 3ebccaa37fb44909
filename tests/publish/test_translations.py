"""The texts of reports: every one has its Spanish, with the same places to fill, and no translation is left over."""

import ast
import re
from importlib import resources
from pathlib import Path

import jinja2
from babel.messages.pofile import read_po

from atalaya.harvest.protocol import REASONS
from atalaya.publish.phrases import HARVEST
from atalaya.publish.words import DOMAIN
from atalaya.translations import missing

PACKAGE = Path(str(resources.files("atalaya")))
CALLS = {"t": 1, "n": 2, "plural": 2}
"""Functions that translate: how many of their first arguments are texts."""


def _template_texts() -> set[str]:
    environment = jinja2.Environment(autoescape=True)
    texts: set[str] = set()
    for path in (PACKAGE / "data" / "templates" / "report").glob("*.html"):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
            name = getattr(call.node, "name", getattr(call.node, "attr", ""))
            for argument in call.args[: CALLS.get(name, 0)]:
                assert isinstance(argument, jinja2.nodes.Const), f"{path.name}: a text is not written out in {name}()"
                texts.add(argument.value)
    return texts


def _code_texts() -> set[str]:
    texts: set[str] = set()
    for path in (PACKAGE / "publish").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                for argument in call.args[: CALLS.get(call.func.attr, 0)]:
                    if isinstance(argument, ast.Constant):
                        texts.add(argument.value)
    return texts


def _catalogue(domain: str = DOMAIN) -> dict[str, str]:
    path = PACKAGE / "data" / "locale" / "es" / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id}


def test_many_texts_are_found() -> None:
    assert len(_template_texts()) > 90
    assert "untitled" in _code_texts()


def test_spanish_is_complete() -> None:
    assert missing(tuple(sorted(_template_texts() | _code_texts())), "es", DOMAIN) == ()


def test_no_translation_is_left_over() -> None:
    assert set(_catalogue()) - _template_texts() - _code_texts() == set()


def test_places_to_fill_are_the_same() -> None:
    for english, spanish in _catalogue().items():
        assert sorted(re.findall(r"{(\w+)}", english)) == sorted(re.findall(r"{(\w+)}", spanish)), english


def test_reasons_of_harvests_are_complete_in_spanish() -> None:
    assert set(_catalogue(HARVEST)) == set(REASONS.values())
    assert all(spanish and spanish != english for english, spanish in _catalogue(HARVEST).items())
