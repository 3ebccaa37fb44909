"""Every page that has an address of its own stands on the map of the site, with its words in both languages."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from atalaya.portal.core.navigation import FOOTER, GROUPS, HEADER, PAGES
from atalaya.portal.core.pages import DOMAINS
from atalaya.translations import missing
from tests.portal.browser.windows import FILES


def _standing_alone() -> set[str]:
    """Names of the pages whose address names no one thing among many, in the URL table itself; not of files."""
    _, resolver = get_resolver().namespace_dict["es"]
    patterns = (each for each in resolver.url_patterns if isinstance(each, URLPattern))
    return {each.name for each in patterns if each.name and not each.pattern.converters} - FILES


def test_every_page_that_stands_alone_has_its_line() -> None:
    assert {place.name for place in PAGES} == _standing_alone()


def test_every_address_has_a_name_of_its_own() -> None:
    """Two addresses of one name lead people from one page to the other's."""
    found: dict[tuple[str, str], list[str]] = {}
    waiting: list[tuple[URLResolver, str]] = [(get_resolver(), "")]
    while waiting:
        resolver, space = waiting.pop()
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                waiting.append((each, f"{space}:{each.namespace}" if each.namespace else space))
            elif each.name:
                found.setdefault((space, each.name), []).append(str(each.pattern))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_no_page_stands_twice_and_every_group_is_known() -> None:
    assert len({place.name for place in PAGES}) == len(PAGES)
    assert {place.group for place in PAGES} <= set(GROUPS)
    assert len(HEADER) <= 5
    assert not set(HEADER) & set(FOOTER)


def test_the_words_of_the_map_are_said_in_spanish() -> None:
    texts = {text for place in PAGES for text in (place.group, place.title, place.line)}
    lacking = [set(missing(tuple(sorted(texts)), "es", domain)) for domain in DOMAINS]
    assert set.intersection(*lacking) == set()


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_the_map_leads_to_every_page_and_every_page_to_the_map(visitor: Client, prefix: str) -> None:
    text = unescape(visitor.get(f"{prefix}mapa/").content.decode())
    links = re.findall(r'<dt><a href="([^"]*)">', text)
    assert len(links) == len(set(links)) == len(PAGES)
    for link in links:
        answer = visitor.get(link)
        assert answer.status_code == 200, link
        assert f'href="{prefix}mapa/"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/en//elsewhere.example/", "/en///elsewhere.example/x", "/en/\\elsewhere.example"])
def test_the_other_language_of_whatever_is_asked_is_on_this_site(visitor: Client, path: str) -> None:
    text = unescape(visitor.get(path).content.decode())
    other = re.search(r'<a href="([^"]*)" hreflang', text)
    assert other is not None
    assert other[1].startswith("/")
    assert not other[1].startswith(("//", "/\\"))
