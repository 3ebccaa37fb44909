"""Words of a page: numbers as the country writes them, hostile texts made harmless, addresses linked only where safe."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from atalaya.publish.words import clean, linkable, parsed, words


@pytest.mark.parametrize(
    ("language", "country", "number", "expected"),
    [
        ("es", "gt", 1234.56, "1,234.6"),
        ("es", "es", 12345.6, "12.345,6"),
        ("en", "gt", 1234.56, "1,234.6"),
        ("es", "zz", 0.05, "0,1"),
        ("es", "not a country", 2.25, "2,3"),
        ("es", "gt", None, "–"),
    ],
)
def test_numbers(language, country, number, expected):
    assert words(language, country).number(number, 1) == expected


@pytest.mark.parametrize(("value", "expected"), [(1.25, "+1.3"), (-0.5, "−0.5"), (0.0, "±0.0"), (-0.01, "±0.0")])
def test_signed(value, expected):
    assert words("es", "gt").signed(value, 1) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0\u00a0B"), (999, "999\u00a0B"), (12345, "12.3\u00a0kB"), (5 * 10**9, "5.0\u00a0GB"), (None, "–")],
)
def test_sizes(count, expected):
    assert words("en", "us").size(count) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-01-31T08:00:00Z", "31 de enero de 2026"), ("2026-01-31", "31 de enero de 2026"), ("someday", "someday")],
)
def test_days(moment, expected):
    assert words("es", "gt").day(moment) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"es": "Hola", "en": "Hello"}, "Hola"),
        ({"en": "Hello", "fr": "Salut"}, "Hello"),
        ({"und": "?"}, "?"),
        ('{"es": "Hola"}', "Hola"),
        ("plain", "plain"),
        ("{not json}", "{not json}"),
        ({"es": ""}, ""),
        (None, ""),
        ({}, ""),
    ],
)
def test_a_text_by_language(texts, expected):
    assert words("es", "gt").pick(texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb\u2066c\x00d\ne", "abc d e"),
        ("x" * 5000, "x" * 19 + "…"),
        ("\ud800 broken", "? broken"),
        ("  a \t b  ", "a b"),
        ("a\u2028b", "a b"),
        ("", ""),
    ],
)
def test_clean(text, expected):
    assert clean(text, 20) == expected


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=300), st.integers(1, 50))
def test_clean_is_short_writable_and_in_one_line(text, limit):
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    cleaned.encode("utf-8")
    assert not set(cleaned) & set("\n\r\t\x00\u202e\u2066")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://datos.example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.org/x", False),
        ("//example.org/x", False),
        ("https://", False),
        ("https://user:secret@example.org/", False),
        ("https://[::1", False),
        ("https://example.org/\u202egnp", False),
        ("https://example.org/a b", False),
        ("https://example.org/" + "a" * 3000, False),
        ("", False),
    ],
)
def test_linkable(address, safe):
    assert linkable(address) is safe
    assert ("href=" in words("es", "gt").link(address)) is safe


def test_quoted_texts_are_escaped_and_kept_apart():
    assert words("es", "gt").quote("<b>&") == Markup("<bdi>&lt;b&gt;&amp;</bdi>")
    assert words("es", "gt").quote("") == Markup("<i>sin título</i>")


def test_values_put_into_texts_are_escaped():
    assert words("en", "gt").t("table {name}", name="<i>") == Markup("table &lt;i&gt;")


def test_json_is_parsed_and_the_rest_left():
    assert parsed('["a"]') == ["a"]
    assert parsed("[a]") == "[a]"
    assert parsed("") == ""
    assert parsed(3) == 3
