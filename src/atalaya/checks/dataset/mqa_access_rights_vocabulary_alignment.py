"""MQA accessRightsVocabularyAlignment: the dct:accessRights of the dataset are of the European table.

The record may write the address of the entry, its code or its English label; other words, however clear, are not aligned."""

from atalaya.catalogue.vocabularies.european import Table, edition, look_up
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote

_TABLE = "http://publications.europa.eu/resource/authority/access-right/"


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    written = (case.dataset.access_rights or "").strip()
    if not written:
        return failed("missing")
    found = look_up(Table.ACCESS_RIGHT, written)
    if found.code is not None:
        return passed("ok", code=found.code)
    if found.newer:
        return unknown("newer", written=quote(written), edition=edition(Table.ACCESS_RIGHT))
    return failed("not_listed", written=quote(written))


CHECK = Check(
    id="mqa_access_rights_vocabulary_alignment",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the access rights are of the European list",
    text="The record states the access rights with a code of the European table, its label or its address: "
    "public, restricted, non-public and others. One of the 23 indicators of the European assessment of "
    "metadata quality (MQA).",
    remedy="Write in the catalogue the code of the European table, for public data "
    "http://publications.europa.eu/resource/authority/access-right/PUBLIC.",
    effort=Effort.LOW,
    fields=("dataset.access_rights",),
    reasons={
        "ok": "The access rights are {code} of the European table.",
        "missing": "The record does not say who has access to the data.",
        "not_listed": "“{written}” is not in the European table of access rights.",
        "newer": "“{written}” is not in the edition of the European table at hand ({edition}) and may stand in a later one.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(access_rights=f"{_TABLE}PUBLIC"), Verdict.PASS, "ok", "the address of the entry"),
        Example(dataset_case(access_rights="public"), Verdict.PASS, "ok", "the label of the entry"),
        Example(
            dataset_case(access_rights="abierto a todos"), Verdict.FAIL, "not_listed", "words of the catalogue's own"
        ),
        Example(dataset_case(access_rights=None), Verdict.FAIL, "missing", "nothing said"),
        Example(dataset_case(access_rights=f"{_TABLE}LATER"), Verdict.UNKNOWN, "newer", "a code of a later edition"),
    ),
)
