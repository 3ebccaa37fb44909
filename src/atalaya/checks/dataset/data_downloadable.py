"""At least one resource hands over data: bytes that programs can read and that are not empty."""

from atalaya.catalogue.vocabularies.access_rights import AccessRights, read_access_rights
from atalaya.checks.cases import DatasetCase, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.resource import data_present, machine_readable, reachable


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    if read_access_rights(case.dataset.access_rights) is AccessRights.NON_PUBLIC:
        return not_applicable("not_public")
    resources = case.resources
    if not resources:
        return failed("no_resources")
    good = sum(_hands_over_data(each) for each in resources)
    if good:
        return passed("ok", good=good, resources=len(resources))
    unread = sum(is_undecided(each) for each in resources)
    if unread:
        return unknown("not_read", unread=unread, resources=len(resources))
    return failed("no_data", resources=len(resources))


def is_undecided(resource: ResourceCase) -> bool:
    """Whether the bytes of a resource were not seen, though nothing says yet that they cannot be had."""
    return resource.inspection is None and reachable.rule(resource).verdict is not Verdict.FAIL


def _hands_over_data(resource: ResourceCase) -> bool:
    readable = machine_readable.rule(resource).verdict is Verdict.PASS
    return readable and data_present.rule(resource).verdict is Verdict.PASS


CHECK = Check(
    id="data_downloadable",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.ACCESS,
    title="There are data to download",
    text="At least one resource of the dataset was downloaded and holds data that programs can read. A record that "
    "declares itself as not public is set aside.",
    remedy="Add to the dataset the file with the data (CSV or spreadsheet), with an address that leads to the file "
    "itself.",
    effort=Effort.MEDIUM,
    fields=(
        "dataset.access_rights",
        "resources",
        "resources.inspection",
        *(f"resources.{path}" for path in machine_readable.CHECK.fields),
        *(f"resources.{path}" for path in data_present.CHECK.fields),
        *(f"resources.{path}" for path in reachable.CHECK.fields),
    ),
    reasons={
        "ok": "{good} of {resources} resources hold data that programs can read.",
        "not_public": "The record declares that the dataset is not public.",
        "no_resources": "The dataset has no resources.",
        "not_read": "No data were seen, but {unread} of {resources} resources could not be read in this round.",
        "no_data": "None of the {resources} resources holds data that programs can read.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "one good CSV"),
        Example(
            dataset_case(resources=(resource_in("pdf"), resource_case())),
            Verdict.PASS,
            "ok",
            "a report with its table beside it",
        ),
        Example(dataset_case(resources=()), Verdict.FAIL, "no_resources", "a record without resources"),
        Example(dataset_case(resources=(resource_in("pdf"),)), Verdict.FAIL, "no_data", "only a report"),
        Example(
            dataset_case(resources=(resource_case(inspection=inspection("csv", size=0)),)),
            Verdict.FAIL,
            "no_data",
            "an empty file",
        ),
        Example(
            dataset_case(resources=(resource_case(inspection=None),)),
            Verdict.UNKNOWN,
            "not_read",
            "the server did not answer",
        ),
        Example(
            dataset_case(resources=(resource_case(inspection=None, probe=probe(404, second_look=True)),)),
            Verdict.FAIL,
            "no_data",
            "the only address was missing twice",
        ),
        Example(
            dataset_case(access_rights="non-public", resources=()),
            Verdict.NOT_APPLICABLE,
            "not_public",
            "an inventory may list what is not public",
        ),
    ),
)
