"""The dataset holds data of its own: not every one of its data files stands in another dataset too.

Compared is the content of tables, whatever order and dates of export; files without rows, web pages and documents do
not count. Another dataset is one of the same institution: what two institutions list alike is told by attribution and
set aside before. A table of codes that many datasets carry beside their own data is no padding.
"""

from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; all that hold the same fail, because nothing tells which came first."""
    asked = [resource for resource in case.resources if not resource.distribution.derived]
    if not asked:
        return not_applicable("no_resources")
    unread = sum(resource.inspection is None for resource in asked)
    facts = {"files": case.contents, "shared": case.shared_contents}
    if case.shared_contents < case.contents:
        return passed("ok", **facts)
    if unread:
        return unknown("not_read", unread=unread)
    return failed("repeated", **facts) if case.contents else not_applicable("no_tables")


_TWO = {"contents": 2, "shared_contents": 1}
_PADDING = {"contents": 1, "shared_contents": 1}

CHECK = Check(
    id="content_unique",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.CONTENT,
    title="The dataset holds data of its own",
    text="At least one table of the dataset is in no other dataset of the same institution. Tables are compared by "
    "their rows, so that a new name or another order makes no new data.",
    remedy="Publish every table once. If two datasets hold the same table, keep one of them and say in it what the "
    "other one said; if the wrong file was uploaded, replace it.",
    effort=Effort.MEDIUM,
    fields=(
        "resources",
        "resources.distribution",
        "resources.distribution.derived",
        "resources.inspection",
        "contents",
        "shared_contents",
    ),
    reasons={
        "ok": "Of {files} data files {shared} stand in another dataset too.",
        "no_resources": "The dataset has no resource.",
        "no_tables": "No file of the dataset holds a table to compare.",
        "not_read": "{unread} resources could not be read, and they may hold data of their own.",
        "repeated": "All {files} data files stand in another dataset of the institution too.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(among={"contents": 1}), Verdict.PASS, "ok", "a table that nothing else has"),
        Example(dataset_case(among=_TWO), Verdict.PASS, "ok", "its own table and a shared list of codes"),
        Example(dataset_case(among=_PADDING), Verdict.FAIL, "repeated", "the table of another dataset once more"),
        Example(
            dataset_case(resources=(resource_case(), resource_case(inspection=None)), among=_PADDING),
            Verdict.UNKNOWN,
            "not_read",
            "one file is shared, the other did not come",
        ),
        Example(dataset_case(), Verdict.NOT_APPLICABLE, "no_tables", "documents only"),
        Example(dataset_case(resources=()), Verdict.NOT_APPLICABLE, "no_resources", "nothing to compare"),
    ),
)
