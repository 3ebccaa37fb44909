"""The pages of what is there no more: what is lost for certain, narrowed and downloaded, with the last good copy."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client

from atalaya.portal.observatory.models import Vanished


def test_the_deleted_dataset_is_told_with_its_files_and_copies(visitor: Client) -> None:
    lost = Vanished.objects.get(level="dataset")
    assert (lost.state, lost.title, lost.institution) == ("vanished", "Conjunto 6", "zz:uno")
    files = Vanished.objects.filter(dataset=lost.id, level="resource")
    assert files.count() == 2
    listed = visitor.get("/desaparecidos/").content.decode()
    assert f"/desaparecidos/{lost.id}/" in listed
    assert "se conservan" in listed.lower()
    text = visitor.get(f"/desaparecidos/{lost.id}/").content.decode()
    for each in files:
        assert each.copy_sha256 in text
        assert f"/archivo/{each.copy_sha256}/" in text
    assert "se leyó completa la fuente" in text
    assert "was read whole" in visitor.get(f"/en/desaparecidos/{lost.id}/").content.decode()


@pytest.mark.parametrize(
    ("query", "rows"), [("", 3), ("estado=migrated", 0), ("institucion=zz:dos", 0), ("estado=x", 3)]
)
def test_the_download_is_what_was_asked(visitor: Client, query: str, rows: int) -> None:
    answer = visitor.get(f"/desaparecidos/?formato=csv&{query}")
    found = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(found) == rows
    assert all(row["copia_sha256"] for row in found if row["nivel"] == "resource")


def test_what_is_not_lost_has_no_page(visitor: Client) -> None:
    assert visitor.get("/desaparecidos/nobody/").status_code == 404
    assert visitor.get("/desaparecidos/%27%20OR%201=1/").status_code == 404


def test_the_feed_tells_each_loss_once(visitor: Client) -> None:
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(visitor.get("/desaparecidos.atom").content)
    entries = feed.findall(f"{space}entry")
    assert len(entries) == Vanished.objects.filter(alone=True).count() == 1
    assert "Ya no figura en su fuente: Conjunto 6" in (entries[0].findtext(f"{space}title") or "")
    assert "<" not in (entries[0].findtext(f"{space}summary") or "")
