"""The benchmark of accuracy as a module: it stands outside the package, so it is loaded from its file."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def accuracy(project: Path) -> ModuleType:
    """`benchmarks/accuracy.py`."""
    name = "accuracy_under_test"
    spec = importlib.util.spec_from_file_location(name, project / "benchmarks" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
