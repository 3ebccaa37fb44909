"""Words as versions of a text are compared: folded and stemmed, with numbers written in words read as numbers."""

import re
from functools import lru_cache
from importlib import resources
from typing import Any

from atalaya.catalogue.folding import fold
from atalaya.catalogue.stemming import stem
from atalaya.yamls import load_yaml

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words that scope is told by, of every language: `data/vocabularies/scope.yml`."""
    text = resources.files("atalaya").joinpath("data", "vocabularies", "scope.yml").read_text(encoding="utf-8")
    return dict(load_yaml(text))


def content_stems(text: str, language: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, in their order, as they are compared; numbers in words become digits."""
    known = vocabulary()[language]
    stop, numbers = set(known["stop"]), known["numbers"]
    words = (fold(word) for word in _WORD.findall(text))
    return tuple(str(numbers[w]) if w in numbers else stem(w, language) for w in words if w not in stop)


def likeness(one: str, other: str, language: str) -> float:
    """How much two texts say the same: the share of their words that both have, 0 to 1; 0 where either has none."""
    a, b = set(content_stems(one, language)), set(content_stems(other, language))
    return len(a & b) / len(a | b) if a and b else 0.0


def holds(text: str, wanted: str, language: str) -> bool:
    """Whether every word of `wanted` that carries meaning stands in a text."""
    words = set(content_stems(wanted, language))
    return bool(words) and words <= set(content_stems(text, language))
