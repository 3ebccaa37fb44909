"""Quoting publishers without quoting people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.checks.quotation import LONGEST, quote


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (None, ""),
        ("  uso \n libre ", "uso libre"),
        ("Escriba a Ana.Perez+x@mineduc.gob.gt hoy", "Escriba a […] hoy"),
        ("https://ana:clave@datos.example.org/a", "https://datos.example.org/a"),
    ],
)
def test_quote(text: str | None, quoted: str) -> None:
    assert quote(text) == quoted


@given(st.text(max_size=400))
def test_quotes_are_short_and_on_one_line(text: str) -> None:
    quoted = quote(text)
    assert len(quoted) <= LONGEST
    assert quoted == " ".join(quoted.split())
