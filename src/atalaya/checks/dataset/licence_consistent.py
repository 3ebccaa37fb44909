"""What the record says of the licence in several places is one thing: dataset, title, address, rights and resources.

Names of licences are compared without version and country. Rights that reserve or forbid contradict an open licence.
Resources may stand under different licences where the dataset itself names none.
"""

import re
from functools import lru_cache

from atalaya.catalogue.vocabularies.licences import Conformance, LicenceReading, read_licence
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed

_NAMED = (Conformance.OPEN, Conformance.NOT_OPEN, Conformance.UNREVIEWED)
_GENERAL = frozenset({"restricted-terms", "public-domain", "OGL", "CC"})
"""Readings of words that say what is allowed and name no licence of their own."""

_VERSION = re.compile(r"-\d(?:\.\d)?(?:-[A-Z]{2})?$")


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    record = case.dataset
    general = [each for each in map(_read, (record.licence, record.licence_title, record.licence_url)) if each]
    rights = _read(record.rights)
    own = [each for item in record.distributions if not item.derived and (each := _read(item.licence)) is not None]
    if not (general or own):
        return not_applicable("none")
    within = _contradiction([*general, *((rights,) if rights else ())])
    if within is not None:
        return failed("record", one=within[0], other=within[1])
    stated = [*general[:1], *((rights,) if rights else ())]
    across = next((found for each in own if (found := _contradiction([*stated, each])) is not None), None)
    if across is not None:
        return failed("resources", one=across[0], other=across[1])
    return passed("ok", licence=(general or own)[0].id)


@lru_cache(maxsize=4096)
def _read(statement: str | None) -> LicenceReading | None:
    """The licence that a statement names; None where it names none."""
    reading = read_licence(statement)
    return reading if reading.conformance in _NAMED and reading.id is not None else None


def _contradiction(readings: list[LicenceReading]) -> tuple[str, str] | None:
    """The names of the first two readings that cannot both hold."""
    for place, one in enumerate(readings):
        for other in readings[place + 1 :]:
            if _disagree(one, other):
                return one.id or "", other.id or ""
    return None


def _disagree(one: LicenceReading, other: LicenceReading) -> bool:
    if one == other or Conformance.UNREVIEWED in (one.conformance, other.conformance):
        return False
    if one.conformance is not other.conformance:
        return True
    return not ({one.id, other.id} & _GENERAL) and _family(one.id or "") != _family(other.id or "")


@lru_cache(maxsize=1024)
def _family(licence_id: str) -> str:
    """The id without version and country.

    >>> _family("CC-BY-SA-3.0-ES"), _family("ODbL-1.0")
    ('CC-BY-SA', 'ODbL')
    """
    return _VERSION.sub("", licence_id)


CHECK = Check(
    id="licence_consistent",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.OPENNESS,
    title="The record states one licence",
    text="Identifier, name and address of the licence, the rights, and the licences of the resources do not "
    "contradict each other. Different versions of one licence do not count as a contradiction.",
    remedy="Decide which licence applies and write that one everywhere: in the record of the dataset, in its rights "
    "and in every resource.",
    effort=Effort.LOW,
    fields=(
        "dataset.licence",
        "dataset.licence_title",
        "dataset.licence_url",
        "dataset.rights",
        "dataset.distributions.licence",
        "dataset.distributions.derived",
    ),
    reasons={
        "ok": "The record states one licence ({licence}).",
        "none": "The record names no licence to compare.",
        "record": "The record states {one} in one place and {other} in another.",
        "resources": "The dataset states {one} and a resource states {other}.",
    },
    terms={"restricted-terms": "reserved rights", "public-domain": "public domain"},
    rule=rule,
    examples=(
        Example(
            dataset_case(licence="cc-by", licence_title="Creative Commons Attribution 4.0"),
            Verdict.PASS,
            "ok",
            "a code and its name",
        ),
        Example(
            dataset_case(licence=None, distributions=(distribution(licence="cc-by"), distribution(licence="odbl"))),
            Verdict.PASS,
            "ok",
            "two resources, each with its own licence",
        ),
        Example(dataset_case(licence=None), Verdict.NOT_APPLICABLE, "none", "no licence anywhere"),
        Example(
            dataset_case(licence="cc-by", rights="Todos los derechos reservados"),
            Verdict.FAIL,
            "record",
            "an open licence and reserved rights",
        ),
        Example(
            dataset_case(licence="cc-by", distributions=(distribution(licence="CC BY-NC 4.0"),)),
            Verdict.FAIL,
            "resources",
            "a resource under another licence",
        ),
    ),
)
