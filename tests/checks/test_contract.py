"""What every check keeps, whoever wrote it: found on disk, registered, explained in both languages, shown by examples, pure."""

import ast
import dataclasses
import re
import types
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import atalaya.checks
from atalaya.checks.cases import CatalogueCase, DatasetCase, DutyCase, ResourceCase, TableCase
from atalaya.checks.check import DOMAIN, AnyCheck, Level, explain, remedy_of, text_of, texts, title_of
from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import CHECKS, by_level
from atalaya.translations import LANGUAGES, missing, translate

FOLDER = Path(atalaya.checks.__file__).parent
CASES = {
    Level.CATALOGUE: CatalogueCase,
    Level.DATASET: DatasetCase,
    Level.DUTY: DutyCase,
    Level.RESOURCE: ResourceCase,
    Level.TABLE: TableCase,
}
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


NEVER_FAILING = {"magnitudes_alike": "a value that stands out may be true, and only its source can tell"}
"""Checks that name what they find and leave the verdict open, with the reason."""


def modules() -> list[Path]:
    return sorted(path for level in Level for path in (FOLDER / level.value).glob("*.py") if path.stem != "__init__")


def test_every_module_is_registered_under_its_level() -> None:
    assert [(check.level.value, check.id) for check in CHECKS] == [(path.parent.name, path.stem) for path in modules()]


def test_ids_are_unique() -> None:
    assert max(Counter(check.id for check in CHECKS).values()) == 1


def test_levels_together_are_the_registry() -> None:
    assert tuple(check for level in Level for check in by_level(level)) == CHECKS


@each_check
def test_version_starts_at_one(check: AnyCheck) -> None:
    assert check.version >= 1


@each_check
def test_examples_agree_with_the_rule(check: AnyCheck) -> None:
    for example in check.examples:
        outcome = check.rule(example.case)
        assert (outcome.verdict, outcome.reason) == (example.verdict, example.reason), example.note


@each_check
def test_every_reason_has_an_example(check: AnyCheck) -> None:
    assert {example.reason for example in check.examples} == set(check.reasons)


@each_check
def test_every_verdict_that_the_module_can_give_has_an_example(check: AnyCheck) -> None:
    shown = {example.verdict for example in check.examples}
    least = {Verdict.PASS, Verdict.UNKNOWN} if check.id in NEVER_FAILING else {Verdict.PASS, Verdict.FAIL}
    assert least <= shown
    assert (Verdict.FAIL in shown) == (check.id not in NEVER_FAILING)
    assert {verdict for verdict, name in WRITTEN.items() if name in names_called(check)} <= shown


WRITTEN = {
    Verdict.PASS: "passed",
    Verdict.FAIL: "failed",
    Verdict.UNKNOWN: "unknown",
    Verdict.NOT_APPLICABLE: "not_applicable",
}


def names_called(check: AnyCheck) -> set[str]:
    tree = ast.parse((FOLDER / check.level.value / f"{check.id}.py").read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


@each_check
def test_examples_have_notes(check: AnyCheck) -> None:
    assert all(example.note.strip() for example in check.examples)


@each_check
def test_every_text_is_translated(check: AnyCheck) -> None:
    for language in LANGUAGES:
        assert language == "en" or not missing(texts(check), language, DOMAIN)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@each_check
def test_translations_keep_the_placeholders(check: AnyCheck) -> None:
    for text in texts(check):
        for language in LANGUAGES:
            assert placeholders(translate(text, language, DOMAIN)) == placeholders(text), text


@each_check
def test_thresholds_stand_in_the_texts(check: AnyCheck) -> None:
    for language in LANGUAGES:
        written = " ".join((title_of(check, language), text_of(check, language), remedy_of(check, language)))
        assert not re.search(r"[{}]", written)
        assert all(str(value) in written for value in check.thresholds.values())


@each_check
def test_every_example_is_explained_in_every_language(check: AnyCheck) -> None:
    for example in check.examples:
        sentences = {language: explain(check, check.rule(example.case), language) for language in LANGUAGES}
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences.values())
        assert len(set(sentences.values())) == len(LANGUAGES)


@each_check
def test_texts_are_sentences(check: AnyCheck) -> None:
    assert check.text.endswith(".")
    assert check.remedy.endswith(".")
    assert not check.title.endswith(".")


@each_check
def test_fields_exist_in_the_case(check: AnyCheck) -> None:
    for path in check.fields:
        resolve(CASES[check.level], path)


def resolve(owner: type, path: str) -> None:
    """Follow a path through the annotations of dataclasses; KeyError where a name does not exist."""
    current: object = owner
    for name in path.split("."):
        inner = next((part for part in parts_of(current) if dataclasses.is_dataclass(part)), None)
        assert isinstance(inner, type), f"{path}: nothing below {current}"
        current = typing.get_type_hints(inner)[name]


def parts_of(annotation: object) -> Iterator[object]:
    """The annotation itself and the types inside unions and tuples."""
    yield annotation
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is tuple:
        for part in typing.get_args(annotation):
            yield from parts_of(part)


@each_check
def test_the_rule_reads_only_declared_fields(check: AnyCheck) -> None:
    allowed = {".".join(path.split(".")[:n]) for path in check.fields for n in range(1, path.count(".") + 2)}
    seen: set[str] = set()
    for example in check.examples:
        check.rule(typing.cast(typing.Any, Watched(example.case, "", seen)))
    assert seen <= allowed, f"read but not declared: {sorted(seen - allowed)}"


class Watched:
    """Stands for a case and notes every attribute that is read, below dataclasses and tuples of them."""

    def __init__(self, real: object, path: str, seen: set[str]) -> None:
        self._real, self._path, self._seen = real, path, seen

    def __getattr__(self, name: str) -> object:
        computed = getattr(type(self._real), name, None)
        if isinstance(computed, property):
            assert computed.fget is not None
            return computed.fget(self)
        path = f"{self._path}.{name}".lstrip(".")
        self._seen.add(path)
        return self._watch(getattr(self._real, name), path)

    def _watch(self, value: object, path: str) -> object:
        if isinstance(value, tuple):
            return tuple(self._watch(item, path) for item in value)
        return Watched(value, path, self._seen) if dataclasses.is_dataclass(value) else value


FORBIDDEN_MODULES = {
    *("os", "io", "pathlib", "socket", "ssl", "subprocess", "tempfile", "shutil", "sqlite3", "urllib.request", "http"),
    *(
        "asyncio",
        "threading",
        "time",
        "random",
        "secrets",
        "uuid",
        "duckdb",
        "pyarrow",
        "aiohttp",
        "requests",
        "logging",
    ),
    *("importlib", "atalaya.store", "atalaya.fetch", "atalaya.harvest", "atalaya.settings", "atalaya.clock"),
}
FORBIDDEN_CALLS = {"open", "print", "input", "eval", "exec", "now", "today", "utcnow", "getenv"}


@pytest.mark.parametrize("module", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_checks_do_no_input_or_output(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    wrong = {name for name in imported for stem in FORBIDDEN_MODULES if name == stem or name.startswith(f"{stem}.")}
    calls = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    assert not wrong
    assert not calls & FORBIDDEN_CALLS


def test_the_catalogue_of_translations_holds_nothing_else() -> None:
    wanted = {text for check in CHECKS for text in texts(check)}
    written = (FOLDER.parent / "data" / "locale" / "es" / "LC_MESSAGES" / f"{DOMAIN}.po").read_text(encoding="utf-8")
    known = {ast.literal_eval(line[6:]) for line in written.splitlines() if line.startswith("msgid ")} - {""}
    assert known == wanted
