"""Values as catalogues write them: examples of the module, and nothing that raises."""

import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.records import ContactPoint
from atalaya.harvest import ckan_api, values
from atalaya.harvest.rdf import terms

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=15,
)


@pytest.mark.parametrize("module", [values, terms, ckan_api])
def test_examples_of_the_module(module: Any) -> None:
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a  ", {"": "a"}),
        ("", {}),
        (None, {}),
        ({"es": "a", "en": None}, {"es": "a"}),
        ({"es-GT": "a"}, {"es-gt": "a"}),
        ('{"es": "a"}', {"es": "a"}),
        ('{"stage": "a"}', {"": '{"stage": "a"}'}),
        ("{not json}", {"": "{not json}"}),
        ([{"@value": "a", "@language": "es"}, {"@value": "b"}], {"es": "a", "": "b"}),
        ([{"lang": "es", "value": "a"}], {"es": "a"}),
        (["a", "b"], {"": "a"}),
        (float("nan"), {}),
    ],
)
def test_texts_by_language(value: object, text: dict[str, str]) -> None:
    assert values.text(value) == text


@pytest.mark.parametrize(
    ("names", "mails", "url", "contact"),
    [
        ([], [], None, None),
        (["Ana"], [], None, ContactPoint(has_name=True)),
        ([None], ["mailto:ana@a.example?subject=x"], None, ContactPoint(has_email=True, email_domain="a.example")),
        ([], ["ask at the desk"], None, ContactPoint()),
        ([], [], "https://a.example/form", ContactPoint(url="https://a.example/form")),
        ([], [], "mailto:ana@a.example", None),
        ([], ["no", "b@c.example"], None, ContactPoint(has_email=True, email_domain="c.example")),
    ],
)
def test_contacts(names: list[str | None], mails: list[str | None], url: str | None, contact: Any) -> None:
    assert values.contact(names, mails, url) == contact


@given(anything)
def test_nothing_raises_and_texts_can_be_stored(value: object) -> None:
    said = [values.word(value), *values.words(value), *values.text(value).values(), *values.text(value)]
    for text in said:
        assert text is None or text.encode().decode() == text
    assert values.byte_size(value) is None or values.byte_size(value) >= 0  # type: ignore[operator]


@given(st.text())
def test_any_text_is_a_period_and_maybe_an_address(text: str) -> None:
    values.period(text)
    values.is_web(text)
    domain = values.mail_domain(text)
    assert domain is None or "@" not in domain
