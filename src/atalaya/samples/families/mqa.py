"""The indicators of the European metadata assessment: what is planted for them, and what follows from what was written.

The catalogues of the sample differ in what they can say, as real ones do: a CKAN link is no download, a `data.json` has no date
of change for a file and always says who may have the data, and a catalogue in RDF gives a page for access beside each download.
"""

from dataclasses import replace

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.checks.outcomes import Verdict
from atalaya.samples.deliveries import Delivery
from atalaya.samples.facts import texts
from atalaya.samples.families.family import (
    DatasetMark,
    DatasetSubject,
    Family,
    ResourceMark,
    ResourceSubject,
    Verdicts,
)
from atalaya.samples.plan import DatasetPlan, ResourcePlan, SourcePlan

LINKED = frozenset({"jsonld", "rdfxml", "turtle"})
"""Catalogues in RDF."""

NON_PROPRIETARY = frozenset({"CSV", "GeoJSON", "JSON", "PNG", "WMS", "XML", "ZIP"})
MACHINE_READABLE = frozenset({"CSV", "GeoJSON", "JSON", "XLS", "XLSX", "XML"})
ALIGNED = NON_PROPRIETARY | MACHINE_READABLE | {"PDF"}
"""Formats that the sample declares, as the European table and its two lists have them (`data/vocabularies/european.yml`)."""

_LATER_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
"""An open licence that the European table of 2019 does not have."""

_RIGHTS = "Debe citarse a la institución de muestra como fuente"
_PATIENT = 60.0
"""Seconds that every reader waits for an answer."""


def _no_publisher(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, publisher=None)


def _no_access_rights(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, access_rights=None)


def _worded_access_rights(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, access_rights="abierto a todas las personas")


def _undescribed(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, description={})


def _later_licence(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    items = tuple(replace(item, licence=_LATER_LICENCE if item.licence else None) for item in record.distributions)
    return replace(record, licence=_LATER_LICENCE if record.licence else None, licence_title=None, distributions=items)


def _stated_rights(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, rights=_RIGHTS)


def _no_size(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, byte_size=None)


def _stated_issue(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, issued="2025-01-15T00:00:00Z")


def _own_source(plan: DatasetPlan, source: SourcePlan) -> bool:
    """Whether the source belongs to the institution of the dataset, which is then known without a publisher."""
    return source.institution is not None and source.institution == plan.institution


def _dataset(subject: DatasetSubject) -> Verdicts:
    record, writer = subject.record, subject.source.writer
    says_who = writer == "datajson" or record.access_rights is not None
    european = writer == "datajson" or (record.access_rights or "").startswith("http")
    return {
        "mqa_keyword_availability": _met(record.keywords),
        "mqa_category_availability": _met(record.themes),
        "mqa_spatial_availability": _met(record.spatial),
        "mqa_temporal_availability": _met(record.temporal),
        "mqa_dcat_ap_compliance": _met(record.title and record.description),
        "mqa_access_rights_availability": _met(says_who),
        "mqa_access_rights_vocabulary_alignment": _met(european),
        "mqa_contact_point_availability": _met(record.contact),
        "mqa_publisher_availability": _met(record.publisher),
    }


def _resource(subject: ResourceSubject) -> Verdicts:
    writer, item = subject.source.writer, subject.record
    answer = _answered(subject)
    linked = writer != "ckan" and item.download_url is not None
    return {
        "mqa_access_url_status_code": Verdict.UNKNOWN if writer in LINKED else answer,
        "mqa_download_url_availability": _met(linked),
        "mqa_download_url_status_code": answer if linked else Verdict.FAIL,
        "mqa_format_availability": _met(item.format),
        "mqa_media_type_availability": _met(item.media_type),
        "mqa_format_media_type_vocabulary_alignment": _met(item.format in ALIGNED and item.media_type),
        "mqa_format_media_type_non_proprietary": _met(item.format in NON_PROPRIETARY),
        "mqa_format_media_type_machine_interpretable": _met(item.format in MACHINE_READABLE),
        "mqa_license_availability": _met(_licence(subject)),
        "mqa_known_license": _known(_licence(subject)),
        "mqa_rights_availability": _met(item.rights),
        "mqa_byte_size_availability": _met(item.byte_size),
        "mqa_date_issued_availability": _met(item.issued),
        "mqa_date_modified_availability": _met(writer != "datajson" and item.modified),
    }


def _met(stated: object) -> Verdict:
    return Verdict.PASS if stated else Verdict.FAIL


def _licence(subject: ResourceSubject) -> str | None:
    return subject.record.licence or subject.dataset_record.licence


def _known(licence: str | None) -> Verdict:
    """In the European table, in none, or in a later one. The licences of the sample are addresses or words."""
    if licence == _LATER_LICENCE:
        return Verdict.UNKNOWN
    listed = {*(item["url"] for item in texts()["open_licences"]), *texts()["closed_licences"]}
    return _met(licence in listed)


def _answered(subject: ResourceSubject) -> Verdict:
    """Whether the address answers: what stands in the place of a file is an answer too."""
    reached: Verdict = subject.verdicts["reachable"]
    return Verdict.PASS if _sound(subject.delivery) else reached


def _sound(delivery: Delivery) -> bool:
    up = delivery.host_state == "up" and delivery.fault == "none" and delivery.robots is None
    return up and delivery.status == 200 and delivery.delay < _PATIENT


FAMILY = Family(
    dataset_marks=(
        DatasetMark(
            code="mqa_access_rights_missing",
            note="does not say who may have the data",
            aspects=frozenset({"access_rights"}),
            quota=4,
            write=_no_access_rights,
            writers=LINKED | {"ckan"},
        ),
        DatasetMark(
            code="mqa_access_rights_worded",
            note="says in its own words who may have the data",
            aspects=frozenset({"access_rights"}),
            quota=4,
            write=_worded_access_rights,
            writers=frozenset({"ckan"}),
        ),
        DatasetMark(
            code="mqa_publisher_missing",
            note="names no publisher, in a catalogue of one institution",
            aspects=frozenset({"publisher"}),
            quota=4,
            write=_no_publisher,
            writers=LINKED,
            fits=_own_source,
            verdicts={"metadata_present": Verdict.FAIL},
        ),
        DatasetMark(
            code="mqa_undescribed",
            note="has no description, which DCAT-AP demands",
            aspects=frozenset({"description"}),
            quota=3,
            write=_undescribed,
            verdicts={"described": Verdict.FAIL},
        ),
        DatasetMark(
            code="mqa_licence_later",
            note="an open licence younger than the European table at hand",
            aspects=frozenset({"licence"}),
            quota=3,
            write=_later_licence,
            writers=LINKED | {"datajson"},
        ),
    ),
    resource_marks=(
        ResourceMark(
            code="mqa_issue_stated",
            note="says when it was published",
            aspects=frozenset({"issued"}),
            quota=4,
            describe=_stated_issue,
        ),
        ResourceMark(
            code="mqa_rights_stated",
            note="says what rights exist on it",
            aspects=frozenset({"rights"}),
            quota=4,
            describe=_stated_rights,
        ),
        ResourceMark(
            code="mqa_size_missing",
            note="does not say how large it is",
            aspects=frozenset({"byte_size"}),
            quota=4,
            describe=_no_size,
        ),
    ),
    dataset=_dataset,
    resource=_resource,
)
