"""Files from a form to those who may read them: taken, kept by their bytes, handed out, withdrawn, swept."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from atalaya.portal.accounts import trail
from atalaya.portal.accounts.models import Membership
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.files.keeping import ORPHANED, incoming, keep, path_of, sweep
from atalaya.portal.files.models import StoredFile
from atalaya.portal.files.purposes import PURPOSES, Purpose
from atalaya.portal.files.uploading import FORM, Room, Streamed, takes_files
from tests.portal.files.hostile import CSV, picture

UNO, DOS = ({"role": "focal_point", "institution": each} for each in ("zz:uno", "zz:dos"))
SAID = files.Said(alternative="Un rectángulo verde", credit="Persona Inventada")
New = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    kept, settings.ATALAYA_HOME = settings.ATALAYA_HOME, tmp_path
    yield tmp_path
    settings.ATALAYA_HOME = kept


def upload(data: bytes = CSV, name: str = "datos.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def reading(client: Client, address: str) -> tuple[int, bytes, Any]:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body, answer.headers


def test_a_file_is_read_by_those_alone_whose_it_is(home: Path, new_person: New, new_client: New) -> None:
    sender = new_person(UNO)
    row = files.take(sender, upload(), purpose="data", institution="zz:uno")
    assert (row.kind, row.size, row.name, row.by) == ("csv", len(CSV), "datos.csv", sender)
    assert files.bytes_of(row).read_bytes() == CSV
    readers = {200: (sender, new_person(UNO), new_person({"role": "analyst"})), 404: (new_person(DOS), new_person())}
    for status, people in readers.items():
        for person in people:
            client = new_client()
            client.force_login(person)
            code, body, headers = reading(client, f"/archivos/{row.key}/")
            assert code == status
            assert headers["Cache-Control"] == "private, no-store"
            if code == 200:
                assert body == CSV
                assert headers["Content-Disposition"] == 'attachment; filename="datos.csv"'
                assert headers["X-Content-Type-Options"] == "nosniff"
                assert headers["Content-Security-Policy"].startswith("sandbox")
    assert new_client().get(f"/archivos/{row.key}/").status_code == 404
    files.publish(row)
    assert reading(new_client(), f"/archivos/{row.key}/")[:2] == (200, CSV)
    files.withdraw(row, "Se publicó por error")
    assert new_client().get(f"/archivos/{row.key}/").status_code == 404


def test_who_lost_the_role_reads_no_more(home: Path, new_person: New, new_client: New) -> None:
    sender = new_person(UNO)
    row = files.take(sender, upload(), purpose="data", institution="zz:uno")
    Membership.objects.filter(user=sender).update(until=timezone.now())
    client = new_client()
    client.force_login(sender)
    assert client.get(f"/archivos/{row.key}/").status_code == 404


def test_a_picture_is_shown_drawn_anew(home: Path, new_person: New, new_client: New) -> None:
    data = picture("JPEG", (900, 600), comment=b"secreto")
    with pytest.raises(RefusedError, match="what the picture shows"):
        files.take(new_person(UNO), upload(data, "foto.jpg"), purpose="picture")
    row = files.publish(files.take(new_person(UNO), upload(data, "foto.jpg"), purpose="picture", said=SAID))
    for size in ("large", "small"):
        code, body, headers = reading(new_client(), f"/archivos/{row.key}/{size}/")
        assert (code, headers["Content-Type"], headers["Content-Disposition"]) == (200, "image/jpeg", "inline")
        assert body.startswith(b"\xff\xd8")
        assert b"secreto" not in body
        assert "Cookie" not in headers.get("Vary", "")
    assert [each.width for each in row.renditions.all()] == [900, 480]
    assert data not in [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert new_client().get(f"/archivos/{row.key}/huge/").status_code == 404


def test_what_is_refused_leaves_nothing(home: Path, new_person: New) -> None:
    before = StoredFile.objects.count()
    for person, name, data in (
        (new_person(), "datos.csv", CSV),
        (new_person(UNO), "datos.csv", b"MZ" + bytes(100)),
        (new_person(UNO), "datos.exe", CSV),
    ):
        with pytest.raises(RefusedError):
            files.take(person, upload(data, name), purpose="data")
    with pytest.raises(RefusedError, match="not taken for"):
        files.take(new_person(UNO), upload(), purpose="anything")
    assert StoredFile.objects.count() == before
    assert not [path for path in home.rglob("*") if path.is_file() and not path.name.startswith(("slot", "lock"))]


def test_a_day_has_its_limits(home: Path, new_person: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PURPOSES, "data", Purpose("data", 1_000, PURPOSES["data"].formats, 2, 10_000))
    person = new_person(UNO)
    with pytest.raises(RefusedError, match="at most 0 MB"):
        files.take(person, upload(CSV * 40), purpose="data")
    first = files.take(person, upload(), purpose="data")
    files.take(person, upload(CSV + b"Cuatro,2024,1\n"), purpose="data")
    with pytest.raises(RefusedError, match="in a day"):
        files.take(person, upload(), purpose="data")
    StoredFile.objects.filter(pk=first.pk).update(taken=timezone.now() - timedelta(days=2))
    assert files.take(person, upload(), purpose="data").sha256 == first.sha256


def test_bytes_without_a_row_go_after_a_day(home: Path, new_person: New) -> None:
    row = files.take(new_person(UNO), upload(), purpose="data")
    with incoming(home, [b"sin fila"]) as found:
        orphan = keep(home, found)
    half = home / "uploads" / "incoming" / "tmp-half"
    half.write_bytes(b"cortado")
    assert files.sweep_orphans() == 0
    old = time.time() - ORPHANED - 10
    for path in (orphan, half, files.bytes_of(row)):
        os.utime(path, (old, old))
    assert files.sweep_orphans() == 2
    assert files.bytes_of(row).read_bytes() == CSV
    assert not orphan.exists()


def test_bytes_that_come_again_are_young_again(tmp_path: Path) -> None:
    for moment in (time.time() - 2 * ORPHANED, None):
        with incoming(tmp_path, [CSV]) as found:
            place = keep(tmp_path, found)
        if moment:
            os.utime(place, (moment, moment))
    assert sweep(tmp_path, lambda _: False) == 0
    assert place == path_of(tmp_path, found.sha256)
    with pytest.raises(ValueError, match="no SHA-256"):
        path_of(tmp_path, "../../etc/passwd")


KILLED = """
import os, signal, sys
from pathlib import Path
from atalaya.portal.files import keeping
real = os.fsync
def fsync(number):
    real(number)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
with keeping.incoming(Path(sys.argv[1]), [b"x" * 1000]) as found:
    keeping.keep(Path(sys.argv[1]), found)
"""


def test_a_process_that_is_killed_leaves_no_half(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, env=dict(os.environ))
    assert done.returncode == -9
    assert [path.parent.name for path in tmp_path.rglob("*") if path.is_file()] == ["incoming"]
    assert sweep(tmp_path, lambda _: True, time.time() + ORPHANED + 10) == 1


def test_the_trail_tells_of_every_way_to_change_a_file(home: Path, new_person: New) -> None:
    row = files.take(new_person(UNO), upload(), purpose="data")
    files.withdraw(row, "Por error")
    StoredFile.objects.filter(pk=row.pk).update(name="otro.csv")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_storedfile SET reason = 'otra' WHERE id = %s", [row.pk])
    told = [each for each in trail.entries("files.storedfile") if each.row == row.pk]
    assert [each.label for each in told] == ["changed", "changed", "changed", "added"]
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=row.pk).update(reason="")


def _room(length: int, room: tuple[int, int] | None) -> int:
    request = RequestFactory().post("/", data=b"", content_type="text/plain")
    request.language, request.META["CONTENT_LENGTH"] = "es", str(length)

    def view(_request: HttpRequest) -> Any: ...

    chosen = takes_files(*room)(view) if room else view
    answer = Room(lambda _: None).process_view(request, chosen, (), {})  # type: ignore[arg-type,return-value]
    if answer is not None:
        assert "Demasiado grande" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.status_code if answer is not None else 200


@pytest.mark.parametrize(
    ("length", "room", "status"),
    [(FORM, None, 200), (FORM + 1, None, 413), (900_000, (1_000_000, 1), 200), (1_300_000, (1_000_000, 1), 413),
     (1_900_000, (1_000_000, 2), 200)],
)  # fmt: skip
def test_a_request_larger_than_its_page_takes_is_refused(
    published_portal: str, length: int, room: tuple[int, int] | None, status: int
) -> None:
    assert _room(length, room) == status


def test_a_form_that_is_too_large_is_told_so(new_client: New) -> None:
    answer = new_client().post("/cuenta/entrar/", {"file": upload(b"x" * (FORM + 10))})
    assert answer.status_code == 413
    assert "3 MB" in answer.content.decode()


def test_only_pages_that_take_files_get_them(home: Path) -> None:
    request = RequestFactory().post("/", {"a": upload(), "b": upload(b"otro")})
    request.upload_handlers = [Streamed(request)]
    assert not request.FILES
    request = RequestFactory().post("/", {"a": upload(), "b": upload(b"otro")})
    request.upload_handlers, request.file_room = [Streamed(request)], (10, 1)
    assert list(request.FILES) == ["a"]
    assert request.FILES["a"].read() == CSV[:11]  # what is too large is cut, and refused by its size
    assert request.FILES["a"].size == len(CSV)
    request.close()
    assert not [path for path in home.rglob("*") if path.is_file()]
