"""What every semantic type keeps: found on disk, registered, explained in both languages, shown by examples that
hold, pure."""

import ast
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

import atalaya.inspection.semantic.types
from atalaya.inspection.kinds import column_kind, text_kind
from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.semantic.declaration import DOMAIN, Example, SemanticType, text_of, texts, title_of
from atalaya.inspection.semantic.judging import Semantic, explain, judge, reasons
from atalaya.inspection.semantic.registry import EMPTY, OTHER, SEMANTIC_TYPES, by_form, by_id
from atalaya.inspection.semantic.shapes import Form
from atalaya.translations import LANGUAGES, missing, translate

FOLDER = Path(atalaya.inspection.semantic.types.__file__).parent
each_type = pytest.mark.parametrize("each", SEMANTIC_TYPES, ids=lambda each: each.id)


def view(name: str, cells: tuple[str, ...]) -> ColumnView:
    counts = Counter(cells)
    return ColumnView(name, column_kind(Counter(map(text_kind, cells))), len(cells), len(counts), counts)


def judged(example: Example) -> Semantic:
    return judge([view(example.name, example.cells), *(view(name, ("1", "2")) for name in example.beside)])[0]


def test_every_module_is_registered() -> None:
    modules = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    assert sorted(each.id for each in SEMANTIC_TYPES) == modules


def test_ids_are_unique_and_none_is_an_answer_of_its_own() -> None:
    counts = Counter(each.id for each in SEMANTIC_TYPES)
    assert max(counts.values()) == 1
    assert not {OTHER, EMPTY} & counts.keys()


@each_type
def test_types_are_found_by_id(each: SemanticType) -> None:
    assert by_id(each.id) is each


@each_type
def test_version_starts_at_one(each: SemanticType) -> None:
    assert each.version >= 1


@each_type
def test_every_text_is_translated(each: SemanticType) -> None:
    for language in LANGUAGES:
        assert language == "en" or not missing(texts(each), language, DOMAIN)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("text", [*(text for each in SEMANTIC_TYPES for text in texts(each)), *reasons()])
def test_translations_keep_the_placeholders(text: str) -> None:
    for language in LANGUAGES:
        assert placeholders(translate(text, language, DOMAIN)) == placeholders(text)
        assert language == "en" or translate(text, language, DOMAIN) != text


@each_type
def test_thresholds_stand_in_the_texts(each: SemanticType) -> None:
    for language in LANGUAGES:
        written = text_of(each, language)
        assert not re.search(r"[{}]", written)
        assert all(str(value) in written for value in each.thresholds.values())


@each_type
def test_texts_are_sentences(each: SemanticType) -> None:
    for language in LANGUAGES:
        assert text_of(each, language).endswith(".")
        assert not title_of(each, language).endswith(".")


@each_type
def test_there_are_examples_of_both_sides(each: SemanticType) -> None:
    assert {example.fits for example in each.examples} == {True, False}
    assert all(example.note.strip() for example in each.examples)


@each_type
def test_examples_hold(each: SemanticType) -> None:
    for example in each.examples:
        assert (judged(example).type == each.id) is example.fits, example.note


@each_type
def test_examples_are_explained_without_their_values(each: SemanticType) -> None:
    for example in each.examples:
        semantic = judged(example)
        sentences = {language: explain(semantic, language) for language in LANGUAGES}
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences.values())
        assert len(set(sentences.values())) == len(LANGUAGES)
        assert not any(cell in sentence for cell in example.cells if len(cell) > 3 for sentence in sentences.values())


@each_type
def test_examples_have_a_form_that_the_type_can_have(each: SemanticType) -> None:
    assert any(each is found for form in Form for _, found in by_form(form))


FORBIDDEN = {
    "os",
    "io",
    "pathlib",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "random",
    "duckdb",
    "pyarrow",
    "logging",
    "importlib",
}


@pytest.mark.parametrize("module", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_types_do_no_input_or_output(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name for name in imported if name.split(".")[0] in FORBIDDEN}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "eval", "exec"}


def test_the_catalogue_of_translations_holds_nothing_else() -> None:
    wanted = {text for each in SEMANTIC_TYPES for text in texts(each)} | set(reasons())
    path = Path(atalaya.__file__).parent / "data" / "locale" / "es" / "LC_MESSAGES" / f"{DOMAIN}.po"
    written = path.read_text(encoding="utf-8").splitlines()
    known = {ast.literal_eval(line[6:]) for line in written if line.startswith("msgid ")} - {""}
    assert known == wanted
