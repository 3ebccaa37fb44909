"""MQA formatMediaTypeVocabularyAlignment: both the dct:format and the dcat:mediaType are of the lists that DCAT-AP prescribes.

A format is aligned by its address, its code or its English label in the European table. A format that is known here and has no
code in the edition at hand may have one in a later edition: unknown."""

from atalaya.catalogue.vocabularies.european import Table, edition, file_types, is_media_type, look_up
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.mqa import DERIVED, DERIVED_CASE, FORMAT_FIELDS
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    declared = (case.distribution.format or "").strip()
    media_type = (case.distribution.media_type or "").strip()
    if not declared or not media_type:
        return failed("half")
    if not is_media_type(media_type):
        return failed("media_type", written=quote(media_type))
    code = look_up(Table.FILE_TYPE, declared).code
    if code is not None:
        return passed("ok", code=code)
    if file_types(declared).unnamed:
        return unknown("newer", written=quote(declared), edition=edition(Table.FILE_TYPE))
    return failed("format", written=quote(declared))


CHECK = Check(
    id="mqa_format_media_type_vocabulary_alignment",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="MQA: format and media type are of the official lists",
    text="The record names a format as the European table of file types writes it, and a media type that is "
    "registered with IANA. Both are needed. One of the 23 indicators of the European assessment of "
    "metadata quality (MQA).",
    remedy="Write in the catalogue the format by its code, such as CSV, and the media type by its registered "
    "name, such as text/csv.",
    effort=Effort.LOW,
    fields=FORMAT_FIELDS,
    reasons={
        **DERIVED,
        "ok": "The format is {code} of the European table and the media type is registered.",
        "half": "The record does not name both a format and a media type.",
        "format": "“{written}” is not how the European table of file types writes a format.",
        "media_type": "“{written}” is not a registered media type.",
        "newer": "“{written}” is not in the European table of file types at hand ({edition}) and may stand in a later one.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "CSV and text/csv"),
        Example(
            resource_case(
                distribution=distribution(format="http://publications.europa.eu/resource/authority/file-type/CSV")
            ),
            Verdict.PASS,
            "ok",
            "the address of the entry",
        ),
        Example(resource_case(distribution=distribution(media_type=None)), Verdict.FAIL, "half", "no media type"),
        Example(
            resource_case(distribution=distribution(format="Archivo de texto")), Verdict.FAIL, "format", "words instead"
        ),
        Example(
            resource_case(distribution=distribution(media_type="text/xls")),
            Verdict.FAIL,
            "media_type",
            "an invented type",
        ),
        Example(
            resource_case(distribution=distribution(format="Parquet", media_type="application/octet-stream")),
            Verdict.UNKNOWN,
            "newer",
            "a format that has no code in the edition at hand",
        ),
        Example(DERIVED_CASE, Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)
