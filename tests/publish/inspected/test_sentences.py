"""Sentences of inspections are told in Spanish, whatever names and numbers stand in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.publish.inspected.sentences import told
from atalaya.publish.inspected.speech import speech


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("signature of the format", "tiene la firma del formato"),
        (
            "1200 of 1234567 sampled rows have 3 cells split at ','",
            "1,200 de 1,234,567 filas de la muestra tienen 3 celdas separadas por ','",
        ),
        (
            "no header: its first row holds values; 1,200 of its 20,001 columns were looked at",
            "sin encabezado: su primera fila tiene valores; se miraron 1,200 de sus 20,001 columnas",
        ),
        (
            "named or sent as csv, it is a web page: it holds no table",
            "se llama o se envía como csv, pero es una página web: no tiene ninguna tabla",
        ),
        ("JSON: Expecting value at column 7", "JSON: falta un valor en la columna 7"),
        ("mismatched tag at line 1200, column 3", "una etiqueta de cierre no corresponde en la línea 1,200, columna 3"),
        (
            "12 bytes are not UTF-8 and read as cp1252; the place is the first",
            "12 bytes no son UTF-8 y se leen como cp1252; el lugar es el del primero",
        ),
        ("something that nobody has translated", "something that nobody has translated"),
    ],
)
def test_sentences(english: str, spanish: str) -> None:
    assert told(speech("es"), english) == spanish
    assert told(speech("en"), "signature of the format") == "signature of the format"


@given(st.text(max_size=500))
def test_any_text_is_told(text: str) -> None:
    told(speech("es"), text)
    told(speech("es"), f"XML whose root element is {text!r}")


def test_a_text_made_to_be_slow_is_not_searched() -> None:
    text = " of  rows do not have  cells; rows " * 5_000
    assert told(speech("es"), text) == text
