"""The way of a citizen, on a phone: from the first page to why an institution has its score and what to mend first."""

import pytest

from docs.screenshots import PHONE, walk
from tests.portal.browser.windows import Opener

MOST_CLICKS = 3
MOST_SCREENS = 2.0


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("institution", ["Ministerio Uno", "Ministerio Dos", "Ministerio Tres"])
def test_three_clicks_and_two_screens_at_most(open_page: Opener, site: str, institution: str, language: str) -> None:
    page = open_page("/", width=PHONE[0])
    steps = list(walk(page, site, institution, language))
    assert [step.name for step in steps] == ["inicio", "busqueda", "institucion", "hallazgos"]
    assert steps[-1].clicks <= MOST_CLICKS
    assert {step.name: step.screens for step in steps if step.screens > MOST_SCREENS} == {}


@pytest.mark.parametrize("language", ["es", "en"])
def test_keys_alone_lead_there(open_page: Opener, language: str) -> None:
    page = open_page("/" if language == "es" else "/en/", width=PHONE[0])
    for goal in ('[name="q"]#i', 'main [href*="/instituciones/"]', "#mend ~ ol a"):
        _tab_to(page, goal)
        if goal.endswith("#i"):
            page.keyboard.type("Uno")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("main a[href*='hallazgos/']").count() > 0
    assert "prueba=" in page.url


def _tab_to(page: object, goal: str) -> None:
    """Press the Tab key until what has the focus is the goal."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("goal => document.activeElement.matches(goal)", goal):
            return
    pytest.fail(f"forty keys do not lead to {goal} at {page.url}")
