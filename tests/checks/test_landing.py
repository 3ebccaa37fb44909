"""Where redirects end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.checks.landing import landed_at_home, landed_at_login

FILE = "https://datos.example.org/recursos/a.csv"


@pytest.mark.parametrize(
    "home",
    ["https://datos.example.org", "https://x.example/", "https://x.example/Index.aspx", "https://x.example/home/"],
)
def test_home(home: str) -> None:
    assert landed_at_home(FILE, home)
    assert not landed_at_home(home, home)


@pytest.mark.parametrize("other", [FILE, "https://x.example/?archivo=1", "https://x.example/inicio/datos.csv"])
def test_not_home(other: str) -> None:
    assert not landed_at_home(FILE, other)


@pytest.mark.parametrize(
    "login",
    [
        "https://x.example/login",
        "https://x.example/user/login?back=1",
        "https://x.example/iniciar-sesion",
        "https://x.example/Account/LogOn",
    ],
)
def test_login(login: str) -> None:
    assert landed_at_login(FILE, login)


@pytest.mark.parametrize("other", ["https://x.example/catalogin/a.csv", "https://x.example/blogin", FILE])
def test_not_login(other: str) -> None:
    assert not landed_at_login(FILE, other)


def test_a_published_form_is_not_a_redirect() -> None:
    assert not landed_at_login("https://x.example/login", "https://x.example/user/login")


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_raises(url: str, final_url: str) -> None:
    assert isinstance(landed_at_home(url, final_url), bool)
    assert isinstance(landed_at_login(url, final_url), bool)
