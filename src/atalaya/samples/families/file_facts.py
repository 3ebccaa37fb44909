"""Family of what a record declares of a file and what the file is: size, checksum, steadiness, locks, archives and services."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from atalaya.catalogue.records import Distribution
from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.families.family import Family, ResourceMark, ResourceSubject, Verdicts
from atalaya.samples.families.states import SERVICE_MARKS, extension, seen_before, state, true_kind
from atalaya.samples.files import containers, text
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import DatasetPlan, ResourcePlan
from atalaya.samples.tables import Rows

Deliver = Callable[[Delivery, DatasetPlan, ResourcePlan, int], Delivery]

_MARGIN_BYTES, _MARGIN_SHARE = 1024, 0.1
"""What a declared size may be off by: a kilobyte, or a tenth."""

_UNSEEN = frozenset(code for code, defect in RESOURCE_DEFECTS.items() if not defect.bytes_seen)
_BYTES = frozenset({"bytes"})
_NO_CSV = frozenset({"geojson", "json", "pdf", "png", "xlsx", "xml"})
"""Kinds that leave the tables to the family that marks them."""
_SERVED = dict.fromkeys(
    ("format_true", "open_format", "machine_readable", "data_present", "encoding_utf8"), Verdict.NOT_APPLICABLE
)

_CAPABILITIES = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<WMS_Capabilities version='1.3.0' "
    "xmlns='http://www.opengis.net/wms'><Service>"
    "<Name>WMS</Name><Title>Mapa de "
    "muestra</Title></Service><Capability><Layer><Title>Capa</Title></Layer></Capability>"
    "</WMS_Capabilities>\n"
)
_EXCEPTION = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<ServiceExceptionReport version='1.3.0' "
    "xmlns='http://www.opengis.net/ogc'>"
    "<ServiceException>El servicio de muestra no pudo iniciar</ServiceException></ServiceExceptionReport>\n"
)


def _service(body: str, served: str) -> Deliver:
    def deliver(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
        data = body.encode()
        return replace(delivery, body=data, format="WMS", media_type=None, served_type=served, sound_size=len(data))

    return deliver


def _asking(url: str) -> str:
    return f"{url}?service=WMS&request=GetCapabilities"


def _summed(change: Callable[[str], str]) -> Deliver:
    def deliver(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
        digest = change(hashlib.sha1(delivery.body, usedforsecurity=False).hexdigest())
        return replace(delivery, checksum=f"sha1:{digest}")

    return deliver


def _reversed(delivery: Delivery, _dataset: DatasetPlan, plan: ResourcePlan, day: int) -> Delivery:
    rows = delivery.table.rows if day == 1 else delivery.table.rows[::-1]
    return replace(delivery, body=KINDS[plan.kind].write(Rows(delivery.table.columns, rows)))


def _unrevised(plan: ResourcePlan) -> ResourcePlan:
    return replace(plan, revisions=(1, 1))


def _locked(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
    body = delivery.body.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Encrypt 9 0 R >>")
    return replace(delivery, body=body, sound_size=len(body))


def _outside(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
    body = containers.archive((("../../datos.csv", text.delimited(delivery.table).encode()),))
    return replace(delivery, body=body, sound_size=len(body))


def _older_size(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, byte_size=2 * (item.byte_size or 0) + 7_000)


def _service_mark(code: str, note: str, quota: int, body: str, served: str, stars: int | None) -> ResourceMark:
    return ResourceMark(
        code=code,
        note=note,
        aspects=frozenset({"bytes", "answer", "served_type", "address", "declared_format", "byte_size"}),
        quota=quota,
        deliver=_service(body, served),
        address=_asking,
        kinds=frozenset({"geojson", "json", "pdf", "png", "xml"}),
        stars=stars,
        verdicts=_SERVED,
    )


MARKS = (
    ResourceMark(
        code="archive_outside",
        note="a name in the archive leads out of the folder",
        aspects=_BYTES,
        quota=3,
        deliver=_outside,
        kinds=frozenset({"zip_csv"}),
    ),
    ResourceMark(
        code="checksum_right",
        note="the declared checksum is that of the file",
        aspects=_BYTES,
        quota=4,
        kinds=_NO_CSV,
        deliver=_summed(lambda digest: digest),
    ),
    ResourceMark(
        code="checksum_wrong",
        note="the declared checksum is that of another file",
        aspects=_BYTES,
        quota=4,
        kinds=_NO_CSV,
        deliver=_summed(lambda digest: digest[::-1]),
    ),
    ResourceMark(
        code="file_locked",
        note="a password closes the document",
        aspects=_BYTES,
        quota=4,
        deliver=_locked,
        kinds=frozenset({"pdf"}),
        verdicts={"data_present": Verdict.FAIL},
    ),
    ResourceMark(
        code="regenerated",
        note="the same rows come in another order every day",
        aspects=_BYTES | {"table_columns", "table_names", "table_rows"},
        quota=6,
        deliver=_reversed,
        replan=_unrevised,
        kinds=frozenset({"csv", "csv_semicolon", "json"}),
        restless=True,
    ),
    _service_mark("service_failing", "a map service that answers with an exception", 2, _EXCEPTION, "text/xml", 1),
    _service_mark(
        "service_page",
        "a page in place of the description of a map service",
        2,
        text.html_page("Geoportal de muestra", "Un visor para mirar las capas de la muestra, con leyenda y escala."),
        "text/html; charset=utf-8",
        1,
    ),
    _service_mark("service_sound", "a map service that describes itself", 4, _CAPABILITIES, "text/xml", 1),
    ResourceMark(
        code="size_older",
        note="the declared size is that of an older file",
        aspects=frozenset({"byte_size"}),
        quota=4,
        describe=_older_size,
    ),
)

_CHECKS = ("archive_plain", "bytes_stable", "checksum_true", "size_true", "unprotected")


def _resource(subject: ResourceSubject) -> Verdicts:
    marks = set(subject.plan.marks)
    found = state(subject)
    served = {"service_capable": _capable(marks)}
    if found == "service":
        return {**served, **dict.fromkeys(_CHECKS, Verdict.NOT_APPLICABLE)}
    return {
        **served,
        "archive_plain": _archive(subject, found, marks),
        "bytes_stable": _stable(subject, found, marks),
        "checksum_true": _checksum(subject, marks),
        "size_true": _size(subject, found),
        "unprotected": _unprotected(subject, found, marks),
    }


def _capable(marks: set[str]) -> Verdict:
    if not marks & SERVICE_MARKS:
        return Verdict.NOT_APPLICABLE
    return Verdict.PASS if "service_sound" in marks else Verdict.FAIL


def _archive(subject: ResourceSubject, found: str, marks: set[str]) -> Verdict:
    if found == "unseen":
        return Verdict.UNKNOWN
    if found != "file" or extension(true_kind(subject)) != "zip":
        return Verdict.NOT_APPLICABLE
    return Verdict.FAIL if "archive_outside" in marks else Verdict.PASS


def _stable(subject: ResourceSubject, found: str, marks: set[str]) -> Verdict:
    if found not in ("file", "empty") or not seen_before(subject, _UNSEEN) or subject.before is None:
        return Verdict.UNKNOWN
    if subject.before.body == subject.delivery.body:
        return Verdict.PASS
    return Verdict.FAIL if "regenerated" in marks else Verdict.NOT_APPLICABLE


def _checksum(subject: ResourceSubject, marks: set[str]) -> Verdict:
    if not subject.record.checksum:
        return Verdict.NOT_APPLICABLE
    return Verdict.FAIL if "checksum_wrong" in marks else Verdict.PASS


def _size(subject: ResourceSubject, found: str) -> Verdict:
    declared, size = subject.record.byte_size, len(subject.delivery.body)
    if declared is None:
        return Verdict.NOT_APPLICABLE
    if found in ("unseen", "stands_in"):
        return Verdict.UNKNOWN
    near = abs(declared - size) <= max(_MARGIN_BYTES, _MARGIN_SHARE * max(declared, size))
    return Verdict.PASS if near and size else Verdict.FAIL


def _unprotected(subject: ResourceSubject, found: str, marks: set[str]) -> Verdict:
    if found in ("unseen", "stands_in"):
        return Verdict.UNKNOWN
    if found == "empty" or extension(true_kind(subject)) not in ("pdf", "xlsx", "zip"):
        return Verdict.NOT_APPLICABLE
    if subject.plan.defect(subject.day) == "archive_broken":
        return Verdict.UNKNOWN
    return Verdict.FAIL if "file_locked" in marks else Verdict.PASS


FAMILY = Family(resource_marks=MARKS, resource=_resource)
