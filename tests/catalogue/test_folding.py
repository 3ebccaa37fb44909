"""Words reduced for comparison in vocabularies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Atribución/CompartirIgual 4.0", "atribucion compartirigual 4 0"),
        ("  CC__BY--NC ", "cc by nc"),
        ("１か月ごと", "1か月ごと"),
        ("NÃO", "nao"),
        ("—", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_has_no_edges_or_double_spaces(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
