"""Edges of `contact_present`: an address is needed, and it must be real."""

import pytest

from atalaya.catalogue.records import ContactPoint
from atalaya.checks.dataset.contact_present import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        (ContactPoint(has_email=True), "ok"),
        (ContactPoint(has_email=True, email_domain="ine.gob.gt"), "ok"),
        (ContactPoint(url="https://ine.example/contacto"), "ok"),
        (ContactPoint(has_email=True, email_domain="Example.COM"), "placeholder"),
        (ContactPoint(has_name=True), "name_only"),
        (ContactPoint(), "missing"),
        (None, "missing"),
    ],
)
def test_contact(contact: ContactPoint | None, reason: str) -> None:
    assert rule(dataset_case(contact=contact)).reason == reason
