"""The record says where to ask: an e-mail address or a page, not only a name."""

from atalaya.catalogue.records import ContactPoint
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed

PLACEHOLDERS = (
    "example.com",
    "example.org",
    "example.net",
    "test.com",
    "dominio.com",
    "domain.com",
    "correo.com",
    "localhost",
)
"""Domains that forms and manuals use where the real address should stand."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    contact = case.dataset.contact
    if contact is None:
        return failed("missing")
    if contact.has_email and contact.email_domain is not None and contact.email_domain.lower() in PLACEHOLDERS:
        return failed("placeholder", domain=contact.email_domain.lower())
    if contact.has_email or contact.url:
        return passed()
    return failed("name_only") if contact.has_name else failed("missing")


CHECK = Check(
    id="contact_present",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The record says where to ask",
    text="The record has a contact with an e-mail address or a page where questions about the data can be put.",
    remedy="Write in the catalogue the e-mail address of the office in charge of the data; an address of the office "
    "rather than of a person keeps working when people change posts.",
    effort=Effort.LOW,
    fields=(
        "dataset.contact",
        "dataset.contact.has_email",
        "dataset.contact.has_name",
        "dataset.contact.email_domain",
        "dataset.contact.url",
    ),
    reasons={
        "ok": "The record says where to ask.",
        "missing": "The record names no contact.",
        "name_only": "The record names a contact but no address to write to.",
        "placeholder": "The contact's address is a placeholder ({domain}).",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "an office with an e-mail address"),
        Example(
            dataset_case(contact=ContactPoint(url="https://example.gob/contacto")),
            Verdict.PASS,
            "ok",
            "a page to write through",
        ),
        Example(dataset_case(contact=None), Verdict.FAIL, "missing", "no contact"),
        Example(
            dataset_case(contact=ContactPoint(has_name=True)), Verdict.FAIL, "name_only", "a name without an address"
        ),
        Example(
            dataset_case(contact=ContactPoint(has_email=True, email_domain="example.com")),
            Verdict.FAIL,
            "placeholder",
            "the address from the manual",
        ),
    ),
)
