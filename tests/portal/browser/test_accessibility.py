"""Every type of page in a real browser: nothing that axe-core finds at WCAG 2.2 AA, nothing cut off, all in reach of keys."""

import pytest

from atalaya.portal.visits import page_types
from tests.portal.browser.windows import FILES, OF_COLOURS, Opener, faults, wider

TYPES = sorted({"es:missing", "en:missing"} | {kind for kind in page_types() if kind.partition(":")[2] not in FILES})
STOPS = 14
"""Stops of the Tab key that are looked at on each page: the header, and what comes first in the page."""


@pytest.mark.parametrize("kind", TYPES)
def test_axe_finds_nothing_in_light_and_dark(open_page: Opener, places: dict[str, str], kind: str) -> None:
    page = open_page(places[kind], color_scheme="light")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert faults(page, OF_COLOURS) == []


@pytest.mark.parametrize("kind", TYPES)
def test_no_page_is_wider_than_a_phone(open_page: Opener, places: dict[str, str], kind: str) -> None:
    page = open_page(places[kind], width=390)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width, text in ((390, "100%"), (320, "100%"), (640, "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("size => document.documentElement.style.fontSize = size", text)
        assert wider(page) == [], f"{width} pixels, text at {text}"


@pytest.mark.parametrize("kind", TYPES)
def test_keys_go_through_a_page_in_its_order_and_are_seen(open_page: Opener, places: dict[str, str], kind: str) -> None:
    page = open_page(places[kind], width=390)
    before = -1
    for stop in range(STOPS):
        page.keyboard.press("Tab")
        seen = page.evaluate(_STOP)
        if seen is None:
            break
        assert seen["outline"] > 1, f"{seen['what']} does not show that it has the focus"
        parts = seen["place"] == before and 'type="date"' in seen["what"]  # day, month and year are stops of one field
        assert seen["place"] > before or parts, f"{seen['what']} comes out of its turn"
        assert seen["inside"], f"{seen['what']} has the focus where nobody sees it"
        before = seen["place"]
        if stop == 0:
            assert seen["href"] == "#content"
    assert before > 5


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_first_key_skips_to_the_content(open_page: Opener, language: str) -> None:
    page = open_page("/en/" if language == "en" else "/", width=390)
    assert page.locator("html").get_attribute("lang") == language
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    other = page.locator("header [hreflang]")
    assert other.get_attribute("lang") == other.get_attribute("hreflang") != language


def test_bars_keep_their_parts_where_the_reader_forces_colours(open_page: Opener) -> None:
    page = open_page("/", forced_colors="active")
    fills = page.evaluate(
        "['tr', 'su', 'op'].map(name => getComputedStyle(document.querySelector('.hero .' + name) || document.body).fill)"
    )
    assert len(set(fills)) == 3


_STOP = """() => {
  const now = document.activeElement;
  if (!now || now === document.body) return null;
  const style = getComputedStyle(now), box = now.getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  return {
    what: now.outerHTML.slice(0, 100), href: now.getAttribute('href'), place: all.indexOf(now),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    inside: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
