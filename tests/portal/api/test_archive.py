"""Archived bytes: handed out as they were where nothing stands against it, refused at once and with the reason elsewhere."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from atalaya.portal.observatory.models import Archived, Finding, Resource, Version
from atalaya.store.archive import Archive

NOW = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def archive(published_portal: str) -> Archive:
    return Archive(Path(settings.ATALAYA_HOME) / "archive")


@pytest.fixture
def kept(archive: Archive, request: pytest.FixtureRequest) -> Iterator[str]:
    """Bytes of a kind and state of their own that an observation cites; their row goes with the test."""
    body, state, kept = getattr(request, "param", (b"a,b\n1,2\n", "open", "whole"))
    digest = archive.keep(body).sha256
    values = (
        digest,
        len(body),
        kept,
        "document",
        "csv",
        "text/html",
        state,
        '<b>"x"</b>',
        "https://uno.small.example/x",
        None,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO published.archived VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '2026-01-05', '2026-01-06')",
            values,
        )
    yield digest
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM published.archived WHERE sha256 = %s", (digest,))
    archive.shelf.class_path(digest).unlink(missing_ok=True)


def test_every_open_version_is_handed_out_as_it_was(visitor: Client) -> None:
    rows = list(Archived.objects.filter(state="open"))
    assert len(rows) > 10
    for row in rows:
        answer = visitor.get(f"/archivo/{row.sha256}/bytes")
        assert answer.status_code == 200
        assert sha256(answer.content).hexdigest() == row.sha256
        assert answer.headers["ETag"] == f'"{row.sha256}"'
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    part = visitor.get(f"/archivo/{row.sha256}/bytes", headers={"Range": "bytes=3-7"})
    assert part.status_code == 206
    assert part.content == answer.content[3:8]


@pytest.mark.parametrize("kept", [(b"<script>alert(1)</script>", "open", "whole")], indirect=True)
def test_markup_is_never_shown_by_a_browser(visitor: Client, kept: str) -> None:
    answer = visitor.get(f"/archivo/{kept}/bytes")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="b-x-b.csv"'
    page = visitor.get(f"/archivo/{kept}/").content.decode()
    assert "<b>" not in page.replace("&lt;b&gt;", "")


@pytest.mark.parametrize(
    ("kept", "status", "said"),
    [
        ((b"one", "personal", "whole"), 403, "personal data"),
        ((b"two", "unread", "whole"), 403, "no program can tell"),
        ((b"three", "ends", "ends"), 404, "too large to be kept whole"),
    ],
    indirect=["kept"],
)
def test_what_is_not_handed_out_is_said(visitor: Client, kept: str, status: int, said: str) -> None:
    answer = visitor.get(f"/archivo/{kept}/bytes")
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert visitor.get(f"/archivo/{kept}/reparado.zip").status_code == status
    page = visitor.get(f"/archivo/{kept}/")
    assert page.status_code == 200
    assert f"/archivo/{kept}/bytes" not in page.content.decode()


def test_a_persons_ruling_holds_at_once(visitor: Client, kept: str, archive: Archive) -> None:
    assert visitor.get(f"/archivo/{kept}/bytes").status_code == 200
    archive.classify(kept, "restricted", "nombre de alguien", NOW)
    refused = visitor.get(f"/archivo/{kept}/bytes")
    assert refused.status_code == 403
    assert "nombre de alguien" not in refused.content.decode()
    assert visitor.get(f"/archivo/{kept}/").status_code == 403
    archive.classify(kept, "public", "revisado", NOW)
    assert visitor.get(f"/archivo/{kept}/bytes").status_code == 200
    archive.withdraw(kept, "a pedido de un tribunal", NOW)
    gone = visitor.get(f"/archivo/{kept}/bytes")
    assert gone.status_code == 410
    assert "a pedido de un tribunal" in gone.json()["detail"]
    page = visitor.get(f"/archivo/{kept}/")
    assert page.status_code == 410
    assert "a pedido de un tribunal" in page.content.decode()
    known = visitor.get(f"/archivo/{kept}/bytes", headers={"If-None-Match": f'"{kept}"'})
    assert known.status_code == 410


@pytest.mark.parametrize("kept", [(b"open by ruling", "unread", "whole")], indirect=True)
def test_what_a_person_looked_at_is_handed_out(visitor: Client, kept: str, archive: Archive) -> None:
    archive.classify(kept, "public", "revisado", NOW)
    assert visitor.get(f"/archivo/{kept}/bytes").content == b"open by ruling"


PEOPLE = "nombre,correo,telefono\n" + "".join(
    f"Persona {n},inventada{n}@gmail.com,5555-{1000 + n}\n" for n in range(40)
)


@pytest.mark.parametrize(
    ("kept", "status"),
    [
        ((PEOPLE.encode(), "document", "whole"), 403),
        ((b"municipio,poblacion\n" + b"".join(b"M%d,%d\n" % (n, n) for n in range(40)), "document", "whole"), 200),
    ],
    indirect=["kept"],
)
def test_a_document_is_looked_at_before_it_is_handed_out(visitor: Client, kept: str, status: int) -> None:
    answer = visitor.get(f"/archivo/{kept}/bytes")
    assert answer.status_code == status
    assert ("personal data" in answer.content.decode()) is (status == 403)
    assert b"inventada" not in answer.content


def test_bytes_that_no_observation_cites_are_not_found(visitor: Client, archive: Archive) -> None:
    digest = archive.keep(b"nobody cites this").sha256
    for place in ("", "bytes", "reparado.zip"):
        assert visitor.get(f"/archivo/{digest}/{place}").status_code == 404


@pytest.mark.parametrize("name", ["x", "..", "A" * 64, "a" * 63, "%2e%2e%2f", "a" * 64 + ".zst", "%00", "' OR 1=1 --"])
def test_what_is_no_hash_is_not_found(visitor: Client, name: str) -> None:
    for place in ("", "bytes", "reparado.zip"):
        assert visitor.get(f"/archivo/{name}/{place}").status_code == 404


def test_a_repaired_file_is_tidy_and_tells_its_changes(visitor: Client) -> None:
    row = Archived.objects.filter(state="open", format="csv").first()
    answer = visitor.get(f"/archivo/{row.sha256}/reparado.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert {"datapackage.json", "changes.json", "changes.csv"} <= set(names)
        assert any(name.endswith(".parquet") for name in names)
    again = visitor.get(f"/archivo/{row.sha256}/reparado.zip")
    assert again.headers["ETag"] == answer.headers["ETag"]
    assert again.content == answer.content


def test_from_a_finding_to_its_bytes(visitor: Client) -> None:
    handed = Archived.objects.filter(state="open").values_list("sha256", flat=True)
    resources = dict(Resource.objects.filter(sha256__in=list(handed)).values_list("id", "sha256"))
    found = next(each for each in Finding.objects.exclude(resource=None) if each.resource in resources)
    text = visitor.get(f"/hallazgos/{found.id}/").content.decode()
    digest = resources[found.resource]
    assert f'href="/archivo/{digest}/"' in text
    page = visitor.get(f"/archivo/{digest}/").content.decode()
    assert f'href="/archivo/{digest}/bytes"' in page
    assert sha256(visitor.get(f"/archivo/{digest}/bytes").content).hexdigest() == digest


def test_a_resource_tells_its_versions_and_what_changed(visitor: Client) -> None:
    later = Version.objects.filter(place=1, same_content=False).first()
    resource = Resource.objects.get(id=later.resource)
    base = f"/datos/{resource.dataset}/{resource.id}/"
    text = visitor.get(base).content.decode()
    for version in Version.objects.filter(resource=resource.id):
        assert f"/archivo/{version.sha256}/bytes" in text
    assert f'{base}comparacion/?a=1"' in text
    assert "municipio" in text
    rows = visitor.get(f"{base}?formato=csv").getvalue().decode().splitlines()
    assert len(rows) == 1 + Version.objects.filter(resource=resource.id).count()
    for prefix, said in (("", "fila"), ("/en", "row")):
        compared = visitor.get(f"{prefix}{base}comparacion/?a=1").content.decode()
        assert said in compared
        assert ">3000<" not in compared
    assert visitor.get(f"{base}comparacion/?a=99").status_code == 200
    assert visitor.get(f"{base}comparacion/?a=-1").status_code == 200


def test_the_preview_shows_no_rare_value(visitor: Client) -> None:
    resource = Resource.objects.filter(true_format="csv", sha256__isnull=False).first()
    text = visitor.get(f"/datos/{resource.dataset}/{resource.id}/vista-previa/").content.decode()
    assert "Arriba" not in text
    assert ">1200<" not in text
    assert "Ninguna de sus primeras filas tiene un valor que se pueda mostrar." in text


def test_a_resource_stands_under_its_own_dataset_alone(visitor: Client) -> None:
    one, other = Resource.objects.first(), Resource.objects.exclude(dataset=Resource.objects.first().dataset).first()
    for place in ("", "vista-previa/", "comparacion/"):
        assert visitor.get(f"/datos/{other.dataset}/{one.id}/{place}").status_code == 404
        assert visitor.get(f"/datos/{one.dataset}/{'a' * 2000}/{place}").status_code == 404
