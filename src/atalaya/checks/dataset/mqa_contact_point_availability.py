"""MQA contactPointAvailability: the dataset states dcat:contactPoint."""

from atalaya.catalogue.records import ContactPoint
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    contact = case.dataset.contact
    return stated(contact is not None and (contact.has_name or contact.has_email or says(contact.url)))


CHECK = Check(
    id="mqa_contact_point_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record has a contact",
    text="The record names a contact: an office, an e-mail address or a page. One of the 23 indicators of the "
    "European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue whom to ask about the data, best the e-mail address of the office in charge.",
    effort=Effort.LOW,
    fields=("dataset.contact", "dataset.contact.has_name", "dataset.contact.has_email", "dataset.contact.url"),
    reasons={"ok": "The record has a contact.", "missing": "The record has no contact."},
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "an office with an e-mail address"),
        Example(dataset_case(contact=None), Verdict.FAIL, "missing", "no contact"),
        Example(
            dataset_case(contact=ContactPoint(has_name=True)), Verdict.PASS, "ok", "a name alone, which is enough here"
        ),
    ),
)
