"""Edges of `address_lasting`: which addresses end, and which only look like it."""

import pytest

from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.resource.address_lasting import rule


def said(url: str) -> str:
    return rule(resource_case(distribution=distribution(download_url=url))).reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://datos.example.org/ver;jsessionid=AB12CD34EF56", "session"),
        ("https://datos.example.org/ver.php?PHPSESSID=abcdef0123456789", "session"),
        ("https://datos.example.org/(S(abcdefghij0123456789abcd))/a.aspx", "session"),
        ("https://c.blob.core.windows.net/a.csv?sv=2020&se=2024-01-01&sig=abcdefgh%3D", "signed"),
        (
            "https://storage.googleapis.com/a.csv?GoogleAccessId=a@b.example&Expires=1700000000&Signature=abcdefgh1",
            "signed",
        ),
        ("https://datos.example.org/a.csv?access_token=abcdefghijkl", "signed"),
        ("http://intranet/a.csv", "internal"),
        ("http://servidor.local/a.csv", "internal"),
        ("http://10.1.2.3:8080/a.csv", "internal"),
        ("http://[::1]/a.csv", "internal"),
        ("http://usuario@127.0.0.1/a.csv", "internal"),
        ("https://bit.ly/3abc", "temporary"),
        ("https://acortar.link/3abc", "temporary"),
        ("https://test.datos.example.org/a.csv", "trial"),
        ("https://datos.example.org/a?sid=abcdef0123456789abcdef01", "session"),
        ("https://desarrollo.gob.xx/a.csv", "ok"),
        ("https://secretaria.desarrollo.example.org/a.csv", "ok"),
        ("https://covid-test.gob.xx/a.csv", "ok"),
        ("https://www.qa.gob.qa/a.csv", "ok"),
        ("https://encuestas.example.org/a?sid=12345678", "ok"),
        ("https://congreso.example.org/a?session_id=20230415", "ok"),
        ("https://mapas.example.org/wms?sig=municipios", "ok"),
        ("https://datos.example.org/ver?se=capital&sig=municipal&token=abcdefgh", "ok"),
        ("https://abc-12.trycloudflare.com/a.csv", "temporary"),
        ("https://pruebas.datos.example.org/a.csv", "trial"),
        ("https://datos-dev.example.org/a.csv", "trial"),
        ("http://999.1.1.1/a.csv", "number"),
    ],
)
def test_what_ends(url: str, reason: str) -> None:
    assert said(url) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://datos.example.org/a.csv?signature=yes",
        "https://datos.example.org/sesiones/acta.pdf",
        "https://datos.example.org/consulta?se=norte&expires=no",
        "https://development.example.org/a.csv",
        "https://estadisticas.example.org/test.csv",
        "https://datos.example.org./a.csv",
        "https://datos.example.org:8443/a.csv?formato=csv&anio=2024",
        "https://biblioteca.example.org/a.csv",
    ],
)
def test_what_only_looks_like_it(url: str) -> None:
    assert said(url) == "ok"


@pytest.mark.parametrize("url", ["", "Resúmenes de mercado", "http//x", "a://"])
def test_what_is_no_address(url: str) -> None:
    assert said(url) in ("no_address", "internal")
