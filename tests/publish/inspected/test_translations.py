"""The texts about inspections: each has its Spanish, with the same places to fill, and none is left over."""

import ast
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import jinja2
import pytest
from babel.messages.pofile import read_po

from atalaya.inspection import personal
from atalaya.inspection.defects.registry import KINDS
from atalaya.inspection.versions import keys
from atalaya.publish.inspected import columns, faults, file, stars, versions
from atalaya.publish.inspected.sentences import DOMAIN as FINDINGS
from atalaya.publish.inspected.sentences import known
from atalaya.publish.inspected.speech import DOMAIN
from atalaya.translations import missing

PACKAGE = Path(str(resources.files("atalaya")))
CALLS = {"t": 1, "n": 2, "say": 1, "count": 2}
"""Functions that translate: how many of their first arguments are texts."""
MAPPINGS = (
    columns.KINDS, columns.PERSONAL, faults.REMEDIES, faults.TITLES, file.CONTENTS, file.UNSEEN, keys.REASONS, stars.NEXT,
    versions.CHANGES,
)  # fmt: skip
CALLED = ("failure", "Layout", "Guess", "_html", "_bomb", "bomb", "fault", "Unknown", "_not_unpacked")
"""Functions that take a sentence."""
OTHERS = ("realign.py", "mended_header.py", "alterations.py", "readings.py", "bulk_table.py", "kinds_sql.py")
"""Modules whose sentences stand in the log of a repair, or are of SQL."""
PARTS = {
    **dict.fromkeys(("several", "above", "notes", "wide", "again"), ""),
    **dict.fromkeys(("why", "table.reason", "profile.table.reason", "each.table.reason"), "it holds no table"),
    **dict.fromkeys(("str(error)", "expat.ErrorString(error.code)"), "syntax error"),
    "getattr(error, 'msg', 'a number is too long')": "Extra data",
    "note": "a view",
    "told": "in the future",
    "many": "one group (7 rows)",
    "what": "each feature is a row",
    "part.why": "it stands beside others",
    "pivot": "it is left of a pivot table",
    "rests": "; rows of sums or blanks: 7, 9",
    "tables": "a table",
}
"""What some expressions inside sentences stand for; all others are names or numbers."""


def _template_texts() -> set[str]:
    environment = jinja2.Environment(autoescape=True)
    texts: set[str] = set()
    for path in (PACKAGE / "data" / "templates" / "inspection").glob("*.html"):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(jinja2.nodes.Call):
            for argument in call.args[: CALLS.get(getattr(call.node, "name", ""), 0)]:
                assert isinstance(argument, jinja2.nodes.Const), f"{path.name}: a text is not written out"
                texts.add(argument.value)
    return texts


def _code_texts() -> set[str]:
    texts = {text for mapping in MAPPINGS for text in mapping.values()} | {"untitled"}
    texts |= {text for kind in KINDS for text in (kind.title, kind.remedy)}
    commands = [PACKAGE / "cli" / name for name in ("inspection_text.py", "compare.py")]
    for path in (*(PACKAGE / "publish" / "inspected").glob("*.py"), *commands):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                for argument in call.args[: CALLS.get(call.func.attr, 0)]:
                    if isinstance(argument, ast.Constant):
                        texts.add(argument.value)
    return texts


def _catalogue(domain: str) -> dict[str, str]:
    path = PACKAGE / "data" / "locale" / "es" / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id}


def test_spanish_is_complete() -> None:
    texts = _template_texts() | _code_texts()
    assert len(texts) > 120
    assert missing(tuple(sorted(texts)), "es", DOMAIN) == ()


def test_no_translation_is_left_over() -> None:
    assert set(_catalogue(DOMAIN)) - _template_texts() - _code_texts() == set()


@pytest.mark.parametrize("domain", [DOMAIN, FINDINGS])
def test_places_to_fill_are_the_same(domain: str) -> None:
    for english, spanish in _catalogue(domain).items():
        assert spanish
        assert sorted(re.findall(r"{(\w+)}", english)) == sorted(re.findall(r"{(\w+)}", spanish)), english


def test_every_kind_of_personal_data_has_its_words() -> None:
    assert set(columns.PERSONAL) == set(personal.Kind)


def test_every_title_of_a_defect_has_its_remedy() -> None:
    assert set(faults.TITLES) == set(faults.REMEDIES)


def _inspection_code() -> Iterable[ast.AST]:
    for path in (PACKAGE / "inspection").rglob("*.py"):
        if not {"semantic", "schemas"} & set(path.parts) and path.name not in OTHERS:
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_every_code_of_a_defect_has_a_title() -> None:
    codes = {
        found.value
        for node in _inspection_code()
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Defect"
        for keyword in node.keywords
        if keyword.arg == "code"
        for found in ast.walk(keyword.value)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    }
    assert len(codes) > 12
    assert codes <= set(faults.TITLES)


def _sentences() -> set[str]:
    """The sentences that inspection writes: details and reasons, as they are given or named on their way there."""
    found: set[str] = set()
    for node in _inspection_code():
        if isinstance(node, ast.keyword) and node.arg in ("detail", "reason"):
            found |= _said(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in ("detail", "reason", "why", "told", "above", "notes", "wide"):
                found |= _said(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in CALLED:
            found |= {text for argument in node.args for text in _said(argument)}
        elif isinstance(node, ast.Dict):
            notes = zip(node.keys, node.values, strict=True)
            found |= {
                text for key, value in notes if key is not None and _said(key) == {"note"} for text in _said(value)
            }
        elif isinstance(node, ast.Return) and node.value is not None:
            last = node.value.elts[-1] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
            found |= {text for text in _said(last) if text.count(" ") > 2}
    return {text.removeprefix("; ") for text in found if " " in text.strip() and re.search("[a-z]{3}", text)}


def _said(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(str(text)):
            return {text}
        case ast.JoinedStr(values):
            return {"".join(_piece(value) for value in values)}
        case ast.IfExp():
            return _said(node.body) | _said(node.orelse)
        case ast.BinOp():
            return {one + other for one in _said(node.left) for other in _said(node.right)}
        case _:
            return set()


def _piece(value: ast.expr) -> str:
    if isinstance(value, ast.Constant):
        return str(value.value)
    assert isinstance(value, ast.FormattedValue)
    return PARTS.get(ast.unparse(value.value), "7")


def test_every_sentence_of_inspection_has_its_spanish() -> None:
    sentences = _sentences()
    assert len(sentences) > 90
    assert sorted(filter(lambda text: not known(text), sentences)) == []
