"""Tables of words and codes that come with Atalaya (`data/vocabularies`), each read once."""

from functools import cache
from importlib import resources
from typing import Any

from atalaya.yamls import load_yaml


@cache
def table(name: str) -> Any:
    """The table in a file of this name; whoever reads it must not change it. Raises FileNotFoundError where there is none."""
    text = resources.files("atalaya").joinpath("data", "vocabularies", name).read_text(encoding="utf-8")
    return load_yaml(text)
