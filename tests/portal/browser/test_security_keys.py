"""Accounts in a real browser: a passkey is added and asked for under the policy that pages have, and axe-core finds nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.portal.browser.windows import faults
from tests.portal.conftest import PASSWORD

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def person(new_person: Callable[..., Any]) -> Any:
    """Somebody with an account, made outside the thread of the browser: the database is not asked from there."""
    return new_person()


def signed_in(page: Page, base: str, email: str, prefix: str = "") -> None:
    page.goto(f"{base}{prefix}/cuenta/entrar/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")


def test_a_passkey_is_added_and_asked_for(chromium: Browser, site: str, person: Any) -> None:
    base = site.replace("127.0.0.1", "localhost")  # a key belongs to a name, not to an address
    context = chromium.new_context()
    try:
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        keys = context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        signed_in(page, base, person.email)
        page.goto(f"{base}/cuenta/seguridad/llaves/agregar/")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.fill("input[name=name]", "Llave inventada")
        with page.expect_navigation():
            page.click("main button")
        page.goto(f"{base}/cuenta/seguridad/llaves/")
        assert "Llave inventada" in page.inner_text("main")
        page.goto(f"{base}/cuenta/salir/")
        page.click("main button")
        signed_in(page, base, person.email)
        assert page.url == f"{base}/cuenta/segundo-paso/"
        with page.expect_navigation():
            page.click("form[data-security-key] button")
        assert page.url == f"{base}/cuenta/"
        assert said == []
    finally:
        context.close()


@pytest.mark.parametrize(("prefix", "scheme"), [("", "light"), ("/en", "dark")])
def test_axe_finds_nothing_on_pages_of_accounts(
    chromium: Browser, site: str, person: Any, prefix: str, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
    try:
        page = context.new_page()
        for place in ("entrar", "crear", "clave/olvidada"):
            page.goto(f"{site}{prefix}/cuenta/{place}/")
            assert faults(page) == [], place
        page.goto(f"{site}{prefix}/cuenta/entrar/")
        page.fill("input[name=login]", person.email)
        page.fill("input[name=password]", "no es esta de ninguna manera")
        page.click("main button")
        assert faults(page) == [], "a refusal"
        signed_in(page, site, person.email, prefix)
        assert page.url == f"{site}{prefix}/cuenta/"
        for place in ("", "clave/", "correo/", "seguridad/", "salir/"):
            page.goto(f"{site}{prefix}/cuenta/{place}")
            assert faults(page) == [], place
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), place
        assert re.search("no-store", str(page.goto(f"{site}{prefix}/cuenta/").headers))
    finally:
        context.close()
