"""The first pages are asked before visitors ask them, and what is kept then is what they get."""

from atalaya.portal import warming
from atalaya.portal.core import kept as store
from atalaya.portal.warming import warm


def test_first_pages_and_what_they_lead_to_are_asked_once(site: str, monkeypatch) -> None:
    store.forget()
    monkeypatch.setattr(warming, "MOST", 12)
    asked = list(warm(f"{site}/"))
    assert asked[:2] == ["/", "/en/"]
    assert len(asked) == len(set(asked)) == 12
    assert warming._mark(f"{site}/")


def test_a_portal_that_does_not_answer_is_no_fault() -> None:
    assert list(warm("http://127.0.0.1:9/")) == ["/", "/en/"]
    assert warming._mark("http://127.0.0.1:9/") is None
