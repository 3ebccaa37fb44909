"""Modules stop at 400 lines and functions at 60, so that no file becomes the place where things go."""

import ast
from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 60
EXCEPTIONS: dict[str, str] = {}
"""Path or path:function → the reason why it may be longer."""
DRAWERS = {"utils", "util", "helpers", "common", "misc", "base", "shared", "general"}


def modules(project: Path) -> list[Path]:
    return sorted(path for folder in ("src", "benchmarks", "docs") for path in (project / folder).rglob("*.py"))


def test_no_module_is_too_long(project: Path) -> None:
    lengths = {str(p.relative_to(project)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules(project)}
    long = {name: length for name, length in lengths.items() if length > MODULE_LINES and name not in EXCEPTIONS}
    assert not long, f"split by noun: {long}"


def test_no_function_is_too_long(project: Path) -> None:
    long = {}
    for path in modules(project):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(project)}:{node.name}"
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES and name not in EXCEPTIONS:
                    long[name] = length
    assert not long, f"too long: {long}"


def test_no_drawer(project: Path) -> None:
    named = [str(p.relative_to(project)) for p in modules(project) if p.stem in DRAWERS or p.parent.name in DRAWERS]
    assert not named, f"name the noun instead: {named}"


def test_every_exception_is_still_needed(project: Path) -> None:
    gone = [name for name in EXCEPTIONS if not (project / name.partition(":")[0]).exists()]
    assert not gone, f"remove these exceptions: {gone}"
