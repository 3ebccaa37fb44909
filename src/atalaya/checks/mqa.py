"""The indicators of the metadata quality assessment of data.europa.eu (MQA): what their checks share.

The rules follow the definitions of the metrics in `dcatno-mqa-vocabulary.ttl`, the copy of `piveau-dqv-vocabulary.ttl`; what was
decided where a record is no graph stands in docs/explanation/mqa.md. They ask whether something is stated, not whether it is
true: `format_true`, `licence_open`, `current_observed` and others do. The points are in `data/methodologies/mqa`.
"""

from collections.abc import Callable, Mapping

from atalaya.catalogue.records import Distribution
from atalaya.catalogue.vocabularies.european import Table, edition, file_types
from atalaya.catalogue.vocabularies.formats import find_format, read_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Example
from atalaya.checks.contents import DECLARED_FIELDS
from atalaya.checks.example_cases import ADDRESS, distribution, probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote
from atalaya.checks.reachability import ATTEMPT_FIELDS, CAUSES, reach

DERIVED_FIELD = "distribution.derived"
DERIVED = {"derived": "The link was made by a rule of the reader, not published by the institution."}
"""The reason of every indicator of a resource for a link that nobody published."""


def says(text: str | None) -> bool:
    """Whether a field of a record says anything."""
    return text is not None and bool(text.strip())


def stated(found: bool) -> Outcome:
    """The outcome of an indicator of availability for a dataset."""
    return passed() if found else failed("missing")


def stated_of(resource: Distribution, value: Callable[[Distribution], bool]) -> Outcome:
    """The outcome of an indicator of availability for a resource; what a reader derived is nobody's to state."""
    return not_applicable("derived") if resource.derived else stated(value(resource))


_UNSEEN = frozenset({"refused", "limited", "robots", "beyond", "gone_once", "failed_once"})

STATUS_FIELDS = (DERIVED_FIELD, "distribution.access_url", "distribution.download_url", *ATTEMPT_FIELDS)
STATUS_REASONS = {
    **DERIVED,
    "ok": "The address answered with status {cause}.",
    "not_asked": "The address was not asked in this round.",
    "broken": "Nothing can be had at this address ({cause}).",
    "unseen": "The address gave nothing this time ({cause}), which is not held against it yet.",
}
STATUS_TERMS = {**CAUSES, "robots": "the site's robots.txt forbids programs"}


def answered(case: ResourceCase, address: str | None) -> Outcome:
    """Whether one address of a resource answers.

    A round asks one address of each resource, that of the download before that of the access. Refusals and first failures stay
    unknown, as everywhere here; the MQA counts a single HEAD request.
    """
    if case.distribution.derived:
        return not_applicable("derived")
    if not address:
        return failed("no_address")
    if address != case.distribution.url:
        return unknown("other_asked")
    found = reach(case.as_of, case.probe, case.prior)
    if found.state == "reached":
        return passed("ok", cause=found.cause)
    if found.state == "not_asked":
        return unknown("not_asked")
    return unknown("unseen", cause=found.cause) if found.state in _UNSEEN else failed("broken", cause=found.cause)


FORMAT_FIELDS = (DERIVED_FIELD, *DECLARED_FIELDS)
LISTED_REASONS = {
    **DERIVED,
    "missing": "The record names neither a format nor a media type.",
    "unread": "“{written}” names no format that the European table of {edition} knows.",
    "no_code": "The European table of file types at hand ({edition}) has no code for {formats}, so its lists cannot tell.",
}
LISTED_FORMATS = ("formats",)


def listed(resource: Distribution, codes: frozenset[str]) -> Outcome:
    """Whether the declared format or media type means a file type of a European list: one of the two is enough.

    What is no code of the edition at hand but a format all the same is unknown: the list could not name it.
    """
    if resource.derived:
        return not_applicable("derived")
    written = [text for text in (resource.format, resource.media_type) if text is not None and text.strip()]
    if not written:
        return failed("missing")
    meanings = [file_types(text) for text in written]
    found = [code for meaning in meanings for code in meaning.codes]
    if not codes.isdisjoint(found):
        return passed("ok", codes=_joined(found))
    if any(meaning.unnamed for meaning in meanings):
        return unknown("no_code", formats=_uncoded(written), edition=edition(Table.FILE_TYPE))
    if found:
        return failed("not_listed", codes=_joined(found))
    return failed("unread", written=quote(written[0]), edition=edition(Table.FILE_TYPE))


def _joined(codes: list[str]) -> str:
    return ", ".join(dict.fromkeys(codes))


def _uncoded(written: list[str]) -> str:
    """The ids of the formats without a code, else what was written."""
    ids = [each for text in written for each in read_format(text).ids]
    bare = [each for each in ids if (known := find_format(each)) is not None and known.eu is None]
    return ", ".join(dict.fromkeys(bare)) or quote(written[0])


LICENCE_FIELDS = (
    DERIVED_FIELD,
    "distribution.licence",
    "dataset.licence",
    "dataset.licence_title",
    "dataset.licence_url",
)


def licence_statements(case: ResourceCase) -> tuple[str | None, ...]:
    """What a record says of the licence of a resource: its own, else that of its dataset.

    CKAN, `data.json` and others state the licence once for all resources, and their exports to DCAT repeat it on each.
    """
    own = case.distribution.licence
    if says(own):
        return (own,)
    return (case.dataset.licence, case.dataset.licence_title, case.dataset.licence_url)


LINK_ONLY = distribution(download_url=None, access_url=ADDRESS)
"""A resource that is reached through its access address alone."""

DERIVED_CASE = resource_case(distribution=distribution(derived=True))
BROKEN_CASES: Mapping[str, ResourceCase] = {
    "gone": resource_case(probe=probe(404, second_look=True)),
    "refused": resource_case(probe=probe(403)),
    "not_asked": resource_case(probe=None),
}
"""Examples that several indicators share."""

LISTED_EXAMPLES = (
    Example(resource_case(distribution=distribution(format=None, media_type=None)), Verdict.FAIL, "missing", "neither"),
    Example(
        resource_case(distribution=distribution(format="varios", media_type=None)),
        Verdict.FAIL,
        "unread",
        "a word that names no format",
    ),
    Example(
        resource_case(distribution=distribution(format="Parquet", media_type=None)),
        Verdict.UNKNOWN,
        "no_code",
        "a format younger than the list",
    ),
    Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
)
"""Examples of what `listed` says whichever the list is."""
