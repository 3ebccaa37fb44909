"""Certificates: what they say was seen mended, their hash that anybody computes, and the PDF."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.test import Client

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import Edition, Institution
from atalaya.portal.reviews import certificates, looking, services
from atalaya.portal.reviews.models import Certificate
from tests.portal.conftest import CERTIFIED
from tests.portal.reviews.making import a_finding


def looked(focal: Any, *verdicts: str) -> str:
    """A finding that was looked at again so many times."""
    thing = a_finding()
    for number, verdict in enumerate(verdicts):
        looking.finish(services.ask_again(focal, thing).pk, verdict, f"zz-recheck-{number}")
    return thing.id


def test_only_what_was_seen_mended_last_is_certified(focal: Any) -> None:
    edition = Edition.shown()
    mended = {looked(focal, "fail", "pass"), looked(focal, "pass", "unknown")}
    looked(focal, "pass", "fail")
    looked(focal, "unknown")
    services.ask_again(focal, a_finding())
    assert {each.thing for each in certificates.mended("zz:uno", edition)} == mended


def test_a_certificate_is_made_at_the_desk_and_checked_by_anybody(
    focal: Any, new_client: Callable[..., Client], visitor: Client
) -> None:
    client = new_client()
    client.force_login(focal)
    assert "no se vio nada corregido" in client.post("/mi-institucion/constancia/").content.decode()
    finding = looked(focal, "pass")
    place = client.post("/mi-institucion/constancia/").headers["Location"]
    made = Certificate.objects.exclude(number=CERTIFIED).get()
    assert place == f"/constancias/{made.number}/"
    text = visitor.get(place).content.decode()
    for said in (finding, made.sha256, "zz-recheck-0", Edition.shown().manifest_sha256, "corresponde a su huella"):
        assert said in text
    given = visitor.get(f"{place}constancia.json").content
    assert hashlib.sha256(given).hexdigest() == made.sha256
    told = json.loads(given)
    assert (told["institution"]["id"], [each["finding"] for each in told["mended"]]) == ("zz:uno", [finding])
    assert visitor.get(f"/en{place.lower()}").status_code == 200
    for nothing in ("/constancias/NONE/", f"{place}constancia.exe", "/constancias/NONE/constancia.json"):
        assert visitor.get(nothing).status_code == 404


def test_the_pdf_can_be_read_and_bears_number_address_and_hash(focal: Any, visitor: Client) -> None:
    looked(focal, "pass")
    made = certificates.certify(focal, Institution.objects.get(id="zz:uno"), Edition.shown())
    answer = visitor.get(f"/constancias/{made.number}/constancia.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "inline" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "es"
        assert len(document.pages) == 1


def test_a_text_that_was_changed_proves_nothing(focal: Any, visitor: Client) -> None:
    looked(focal, "pass")
    made = certificates.certify(focal, Institution.objects.get(id="zz:uno"), Edition.shown())
    Certificate.objects.filter(pk=made.pk).update(document=made.document.replace("pass", "PASS"))
    assert "no prueba nada" in visitor.get(f"/constancias/{made.number}/").content.decode()


def test_certificates_are_not_made_without_end(focal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    looked(focal, "pass")
    monkeypatch.setattr(certificates, "A_DAY", 1)
    unit, edition = Institution.objects.get(id="zz:uno"), Edition.shown()
    certificates.certify(focal, unit, edition)
    with pytest.raises(RefusedError, match="may have 1 certificates"):
        certificates.certify(focal, unit, edition)
