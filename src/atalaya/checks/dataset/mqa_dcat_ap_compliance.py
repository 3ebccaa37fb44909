"""MQA dcatApCompliance: the dataset conforms to the application profile DCAT-AP.

The graph was held to the shapes of the profile while it was read (`dataset.profile_violations`). A record of another protocol has
no graph, and whoever exports it makes one: what DCAT-AP 2.1.1 makes mandatory for a dataset and a distribution decides then."""

from collections.abc import Iterator

from atalaya.catalogue.records import Dataset
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.mqa import says
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.quotation import quote


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    violations = case.dataset.profile_violations
    if violations:
        return failed("violations", count=len(violations), first=quote(violations[0]))
    if violations is not None:
        return passed()
    lacking = ", ".join(_lacking(case.dataset))
    return failed("incomplete", lacking=lacking) if lacking else passed("ok_record")


def _lacking(dataset: Dataset) -> Iterator[str]:
    if not any(says(text) for text in dataset.title.values()):
        yield "title"
    if not any(says(text) for text in dataset.description.values()):
        yield "description"
    if not all(item.derived or says(item.url) for item in dataset.distributions):
        yield "address"


CHECK = Check(
    id="mqa_dcat_ap_compliance",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record conforms to DCAT-AP",
    text="Where the source publishes a graph, it breaks no rule of the European profile DCAT-AP for this "
    "dataset and its resources. Where it publishes none, the record has what the profile demands: a "
    "title, a description, and an address for every resource. One of the 23 indicators of the European "
    "assessment of metadata quality (MQA).",
    remedy="Fill in the title, the description and the addresses; for the other rules, correct the export of "
    "the catalogue to DCAT.",
    effort=Effort.LOW,
    terms={"title": "the title", "description": "the description", "address": "the address of a resource"},
    fields=(
        "dataset.profile_violations",
        "dataset.title",
        "dataset.description",
        "dataset.distributions",
        "dataset.distributions.derived",
        "dataset.distributions.access_url",
        "dataset.distributions.download_url",
    ),
    reasons={
        "ok": "The graph of the record breaks no rule of DCAT-AP.",
        "ok_record": "The source publishes no graph; the record has what DCAT-AP demands.",
        "violations": "The graph of the record breaks {count} rules of DCAT-AP; the first: {first}.",
        "incomplete": "The record lacks what DCAT-AP demands: {lacking}.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(profile_violations=()), Verdict.PASS, "ok", "a graph that breaks no rule"),
        Example(dataset_case(), Verdict.PASS, "ok_record", "a complete record of a source without a graph"),
        Example(
            dataset_case(profile_violations=("https://datos.example.org/1 dct:title minCount",)),
            Verdict.FAIL,
            "violations",
            "a graph without a title",
        ),
        Example(dataset_case(description={}), Verdict.FAIL, "incomplete", "no graph, and no description"),
        Example(
            dataset_case(distributions=(distribution(), distribution(download_url=None))),
            Verdict.FAIL,
            "incomplete",
            "one of two resources has no address",
        ),
    ),
)
