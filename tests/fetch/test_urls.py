"""Addresses as publishers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.fetch.urls import UnusableURL, join, parse

MENDED = [
    ("https://datos.example/a.csv", "https://datos.example/a.csv", ()),
    ("HTTPS://Datos.Example/A.csv", "https://datos.example/A.csv", ()),
    ("https://datos.example", "https://datos.example/", ()),
    ("https://datos.example:443/a", "https://datos.example/a", ()),
    ("https://datos.example:8443/a", "https://datos.example:8443/a", ()),
    ("http://datos.example/a#hoja2", "http://datos.example/a", ()),
    ("http://datos.example?x=1", "http://datos.example/?x=1", ("url_repaired",)),
    ("  https://datos.example/a\n", "https://datos.example/a", ("url_repaired",)),
    ("<https://datos.example/a>", "https://datos.example/a", ("url_repaired",)),
    ("https://datos.example/a b.csv", "https://datos.example/a%20b.csv", ("url_repaired",)),
    ("https://datos.example/año.csv", "https://datos.example/a%C3%B1o.csv", ("url_repaired",)),
    ("https://datos.example/a%20b.csv", "https://datos.example/a%20b.csv", ()),
    ("https://datos.example/100%.csv", "https://datos.example/100%25.csv", ("url_repaired",)),
    ("https://datos.example/?q=ñ&r=a b", "https://datos.example/?q=%C3%B1&r=a%20b", ("url_repaired",)),
    ("https://datos.example/a[1].csv?x={y}|z", "https://datos.example/a[1].csv?x={y}|z", ()),
    ("https:\\\\datos.example\\a\\b", "https://datos.example/a/b", ("url_repaired",)),
    ("https:/datos.example/a", "https://datos.example/a", ("url_repaired",)),
    ("https:///datos.example/a", "https://datos.example/a", ("url_repaired",)),
    ("https://españa.example/a", "https://xn--espaa-rta.example/a", ("url_repaired",)),
    ("https://datos\u3002example/a", "https://datos.example/a", ("url_repaired",)),
    ("www.datos.example/a", "http://www.datos.example/a", ("scheme_added",)),
    ("datos.example:8080/a", "http://datos.example:8080/a", ("scheme_added",)),
    ("//datos.example/a", "http://datos.example/a", ("scheme_added",)),
    ("190.1.2.3/a.csv", "http://190.1.2.3/a.csv", ("scheme_added",)),
    ("https://under_score.example/a", "https://under_score.example/a", ()),
    ("https://datos.example//api/3?q=%2A%3A%2A", "https://datos.example//api/3?q=%2A%3A%2A", ()),
]


@pytest.mark.parametrize(("text", "url", "notes"), MENDED)
def test_addresses_are_mended_as_a_browser_would(text: str, url: str, notes: tuple[str, ...]) -> None:
    address = parse(text)
    assert (address.url, address.notes) == (url, notes)


REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("ver sitio web", "prose"),
    ("http://Marketing Summaries", "prose"),
    ("Nota: ver anexo", "prose"),
    ("no disponible", "prose"),
    ("pendiente", "prose"),
    ("/uploads/a.csv", "relative"),
    ("../a.csv", "relative"),
    ("#", "relative"),
    ("presupuesto.xlsx", "file name"),
    ("info@datos.example", "e-mail"),
    ("mailto:info@datos.example", "scheme mailto"),
    ("ftp://datos.example/a.csv", "scheme ftp"),
    ("file:///etc/passwd", "scheme file"),
    ("data:text/csv,a", "scheme data"),
    ("javascript:alert(1)", "scheme javascript"),
    ("C:\\datos\\a.csv", "scheme c"),
    ("http://", "no host"),
    ("http:///", "no host"),
    ("http://:80/a", "no host"),
    ("http://" + "a" * 64 + ".example/", "longer than DNS"),
    ("http://" + "á" * 70 + ".example/", "IDNA"),
    ("http://a..example/", "no name may have"),
    ("http://-a.example/", "no name may have"),
    ("http://a.example:0/", "port"),
    ("http://a.example:65536/", "port"),
    ("http://a.example:puerto/", "port"),
    ("http://1.2.3.4.5/", "no IPv4"),
    ("http://1.2.3.256/", "no IPv4"),
    ("http://08.1.1.1/", "no IPv4"),
    ("http://[::1/", "cannot be read"),
    ("http://[fe80::1%25eth0]/", "own link"),
    ("http://[datos]/", "no IPv6"),
    ("http://a.example/" + "a" * 9000, "characters"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_address_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnusableURL, match=reason):
        parse(text)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://datos.example/b"),
        ("c?x=1", "https://datos.example/a/c?x=1"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example", "http://other.example/"),
        ("/a\u00f1o b", "https://datos.example/a%C3%B1o%20b"),
        ("\\b", "https://datos.example/b"),
    ],
)
def test_redirects_are_joined(location: str, url: str) -> None:
    assert join(parse("https://datos.example/a/x.csv"), location).url == url


@pytest.mark.parametrize("location", ["http://[::1", "ftp://datos.example/a", "http://a b/"])
def test_redirects_to_nowhere_are_refused(location: str) -> None:
    with pytest.raises(UnusableURL):
        join(parse("https://datos.example/a"), location)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse(text)
    except UnusableURL:
        return
    assert address.url.isascii()
    assert " " not in address.url


@given(st.from_regex(r"\Ahttps?://[a-z]{1,8}\.example(/[ -~ñé]{0,20})?\Z"))
def test_mending_twice_changes_nothing(text: str) -> None:
    once = parse(text)
    twice = parse(once.url)
    assert (twice.url, twice.notes) == (once.url, ())
