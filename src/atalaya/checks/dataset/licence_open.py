"""Anyone may use, change and share the data: every resource stands under a licence that the Open Definition accepts.

The licence of a resource is its own, else its dataset's. Text, identifier and address are read alike. A known licence
with limits fails, and so do no licence and the bare word "open", which tells nobody what is allowed; terms that nobody
recognises stay unknown.
"""

import re
from collections import Counter
from functools import lru_cache

from atalaya.catalogue.records import Distribution
from atalaya.catalogue.vocabularies.licences import Conformance, LicenceReading, read_licence
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Evidence, Outcome, Verdict
from atalaya.checks.quotation import quote

LICENCE_FIELDS = (
    "dataset.licence",
    "dataset.licence_title",
    "dataset.licence_url",
    "dataset.rights",
    "dataset.distributions.licence",
    "dataset.distributions.rights",
    "dataset.distributions.derived",
)

_REASONS = {
    Conformance.NOT_OPEN: "licence_limits",
    Conformance.MISSING: "licence_missing",
    Conformance.UNNAMED: "licence_unnamed",
    Conformance.UNRECOGNISED: "licence_unrecognised",
    Conformance.UNREVIEWED: "licence_unreviewed",
}
"""What stands in the way, worst first: the first of them that any resource has gives the reason."""

_FAILS = ("licence_limits", "licence_missing", "licence_missing_in_part", "licence_unnamed")

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; `passed` of `applied` counts resources."""
    record = case.dataset
    general = _licence(record.licence, record.licence_title, record.licence_url, record.rights)
    resources = [d for d in record.distributions if not d.derived]
    readings = [_own_or(d, general) for d in resources] or [general]
    found = Counter(reading.conformance for reading in readings)
    opened, applied = found[Conformance.OPEN], len(readings)
    worst = next((conformance for conformance in _REASONS if found[conformance]), None)
    named = next((r.id for r in readings if r.conformance is (worst or Conformance.OPEN)), None)
    evidence: Evidence = {"licence": named or quote(_written(case)), "open": opened, "resources": applied}
    if worst is None:
        return Outcome(Verdict.PASS, "ok", evidence, opened, applied)
    reason = _REASONS[worst]
    if reason == "licence_missing" and opened:
        reason = "licence_missing_in_part"
    if reason == "licence_unrecognised" and _ADDRESS.fullmatch(_written(case).strip()):
        reason = "licence_address"
    if reason in _FAILS:
        return Outcome(Verdict.FAIL, reason, evidence, opened, applied)
    return Outcome(Verdict.UNKNOWN, reason, evidence)


def _own_or(item: Distribution, general: LicenceReading) -> LicenceReading:
    own = _licence(item.licence, item.rights)
    return general if own.conformance is Conformance.MISSING or (item.licence is None and not _names(own)) else own


@lru_cache(maxsize=4096)
def _licence(stated: str | None, *others: str | None) -> LicenceReading:
    """The stated licence; title, address and rights are asked one after another only where it names none."""
    reading = read_licence(stated)
    named = next((each for each in (reading, *map(read_licence, others)) if _names(each)), None)
    if named is not None:
        return named
    beside = read_licence(*others)
    return beside if reading.conformance is Conformance.MISSING else reading


def _names(reading: LicenceReading) -> bool:
    return reading.conformance in (Conformance.OPEN, Conformance.NOT_OPEN, Conformance.UNREVIEWED)


def _written(case: DatasetCase) -> str:
    record = case.dataset
    own = (d.licence for d in record.distributions)
    return next(
        (text for text in (record.licence, record.licence_title, record.licence_url, *own, record.rights) if text), ""
    )


CHECK = Check(
    id="licence_open",
    version=3,
    level=Level.DATASET,
    dimension=Dimension.OPENNESS,
    title="The licence is open",
    text="The record names a licence under which anyone may use, change and share the data for any purpose, also a "
    "commercial one, at most naming the source or sharing alike (Open Definition 2.1). Every resource of the dataset "
    "counts.",
    remedy="Choose a named open licence in the catalogue, for example Creative Commons Attribution 4.0 (CC BY 4.0) or "
    "CC0, and write its name and address. Licences with “non-commercial” or “no derivatives” are not open.",
    effort=Effort.LOW,
    fields=LICENCE_FIELDS,
    reasons={
        "ok": "The licence is open ({licence}).",
        "licence_missing": "No licence is stated, so that nobody can rely on being allowed to reuse the data.",
        "licence_missing_in_part": "Some resources state no licence ({open} of {resources} under an open licence), so that "
        "nobody can rely on being allowed to reuse them.",
        "licence_limits": "The licence limits use ({licence}; {open} of {resources} resources under an open licence).",
        "licence_unnamed": "The record speaks of open or other terms (“{licence}”) but names no licence, so nobody "
        "knows what is allowed.",
        "licence_address": "The record gives the address of its terms (“{licence}”), which is of no licence that we know; the "
        "page was not read.",
        "licence_unrecognised": "The stated terms (“{licence}”) are no licence that we recognise.",
        "licence_unreviewed": "Nobody has compared the stated licence ({licence}) with the Open Definition.",
    },
    terms={"public-domain": "public domain", "restricted-terms": "reserved rights"},
    rule=rule,
    examples=(
        Example(dataset_case(licence="cc-by"), Verdict.PASS, "ok", "an identifier"),
        Example(dataset_case(licence="Creative Commons Atribución 4.0"), Verdict.PASS, "ok", "a name in Spanish"),
        Example(
            dataset_case(
                licence=None, distributions=(distribution(licence="https://opendatacommons.org/licenses/odbl/1-0/"),)
            ),
            Verdict.PASS,
            "ok",
            "an address, on the resource only",
        ),
        Example(
            dataset_case(licence="https://creativecommons.org/licenses/by-nc/4.0/"),
            Verdict.FAIL,
            "licence_limits",
            "no commercial use",
        ),
        Example(
            dataset_case(licence="cc-by", distributions=(distribution(), distribution(licence="CC BY-ND 4.0"))),
            Verdict.FAIL,
            "licence_limits",
            "one of two resources may not be changed",
        ),
        Example(dataset_case(licence=None), Verdict.FAIL, "licence_missing", "nothing stated"),
        Example(dataset_case(licence="notspecified"), Verdict.FAIL, "licence_missing", "stated as not specified"),
        Example(dataset_case(licence="other-open"), Verdict.FAIL, "licence_unnamed", "“other (open)” names no licence"),
        Example(
            dataset_case(licence=None, distributions=(distribution(licence="CC0"), distribution())),
            Verdict.FAIL,
            "licence_missing_in_part",
            "one of two resources without a licence",
        ),
        Example(
            dataset_case(licence="https://datos.example.org/terminos"),
            Verdict.UNKNOWN,
            "licence_address",
            "the address of a portal's own terms",
        ),
        Example(
            dataset_case(licence="Según los términos del portal"),
            Verdict.UNKNOWN,
            "licence_unrecognised",
            "terms of a portal",
        ),
        Example(
            dataset_case(licence="dl-de-by-1.0"), Verdict.UNKNOWN, "licence_unreviewed", "a licence not compared yet"
        ),
    ),
)
