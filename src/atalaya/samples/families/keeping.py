"""What catalogues keep and what they fill up with: true dates, lasting identifiers, titles and contents of their own.

Three small catalogues have every bad habit at once; they are cast with them (`casting.SLOTS`), because a habit is one of a
whole catalogue.
"""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from atalaya.catalogue.records import Dataset
from atalaya.checks.outcomes import Verdict
from atalaya.clock import stamp
from atalaya.samples.defects.sources import SOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.families.family import (
    DatasetMark,
    DatasetSubject,
    Family,
    ResourceMark,
    ResourceSubject,
    SourceSubject,
    Verdicts,
)
from atalaya.samples.families.states import SERVICE_MARKS, STANDING_MARKS
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import ALWAYS, AS_OF, DAYS, DatasetPlan, ResourcePlan, SourcePlan
from atalaya.samples.tables import Rows

PASS, FAIL, UNKNOWN, ABSENT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE

STAMPED, RENUMBERED, OTHERS, REPEATED = "dates_stamped", "identifier_renumbered", "series_of_others", "title_repeated"
"""Marks that are habits of a catalogue; the third sets a record aside, so that nothing is said of it."""

FEW = 5
"""Datasets under which nothing is said of the dates of a catalogue."""

MOST_SERIES, MOST_RENUMBERED, MOST_REPEATED = 25, 5, 5
"""Per cent of a catalogue's datasets that may be series of others, change their identifier, or share a title."""

_STAND_IN = frozenset({"error_document", "error_page"})
"""Defects by which something else comes in place of the file."""

_WITHOUT_ROWS = frozenset({"file_empty", "header_only", "document_as_workbook", "archive_broken", "page_as_excel"})
"""Defects that leave a file without a row; a page is no data file, whatever table it shows."""

_OTHER_ANSWER = STANDING_MARKS | SERVICE_MARKS
"""Marks by which a host answers with something else than the file: a page, an error, a service."""

_ALL_OF_A_FILE = frozenset(
    {"bytes", "served_type", "address", "declared_format", "byte_size", "table_columns", "table_names", "table_rows"}
)
"""Aspects of a file that is to stay as it is planted."""

_LOCKED = "file_locked"
"""The mark of a file whose tables nobody can open."""

_PADDING = Rows(
    ("codigo", "nombre", "anio", "casos"),
    tuple((f"{number:02}", f"Lugar de muestra {number}", 2020, 10 * number) for number in range(1, 13)),
)
"""The table that padded datasets have in common."""

_ROWLESS = frozenset({"pdf", "png"})
"""Kinds of file without a table."""


def _stamped(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    return replace(record, modified=stamp(AS_OF[day]))


def _touched(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    return replace(record, modified=stamp(AS_OF[day] - timedelta(hours=30))) if day > 1 else record


def _stayed(record: Dataset, plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    first = stamp(plan.modified[0])
    still = tuple(replace(item, modified=first) for item in record.distributions)
    return replace(record, modified=first, distributions=still)


def _renumbered(record: Dataset, plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    other = str(uuid.UUID(int=(1 << 128) - 1 - uuid.UUID(plan.key).int))
    return replace(record, native_id=(record.native_id or "").replace(plan.key, other)) if day > 1 else record


def _of_others(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    text = record.description.get("es", "")
    return replace(record, description={"es": f"{text}\nFuente: Banco Mundial"})


def _repeated(record: Dataset, plan: DatasetPlan, source: SourcePlan, _day: int) -> Dataset:
    """The title of the dataset after it in the catalogue."""
    keys = [each.key for each in source.datasets]
    return replace(record, title={"es": source.datasets[keys.index(plan.key) + 1].title})


def _padded(plan: DatasetPlan) -> DatasetPlan:
    """One table, which others have too, and nothing else."""
    first = next(item for item in plan.resources if _untouched(item))
    stem = f"{first.stem.rpartition('.')[0]}.csv"
    table = replace(first, kind="csv", stem=stem, marks=("table_shared",), revisions=(1, 1))
    return replace(plan, resources=(table,))


def _shared_table(delivery: Delivery, _dataset: DatasetPlan, plan: ResourcePlan, _day: int) -> Delivery:
    body = KINDS[plan.kind].write(_PADDING)
    return replace(delivery, table=_PADDING, body=body, sound_size=len(body))


def _listed_twice(plan: DatasetPlan) -> DatasetPlan:
    first = plan.resources[0]
    key = str(uuid.UUID(int=uuid.UUID(first.key).int ^ 1))
    first = replace(first, marks=("file_listed_twice",))
    again = replace(first, key=key, title=f"{first.title} (otra vez)")
    return replace(plan, resources=(first, *plan.resources[1:], again))


def _sound(plan: DatasetPlan) -> bool:
    return plan.defect is None and all(
        item.defects == (None, None) and item.host.certificate is None and not item.marks for item in plan.resources
    )


def _at_rest(plan: DatasetPlan, _source: SourcePlan) -> bool:
    """Sound files that are the same on both days, dated well before the second."""
    old = plan.modified[1] < AS_OF[2] - timedelta(days=4)
    return _sound(plan) and bool(plan.resources) and not plan.revised and old


def _renewed(plan: DatasetPlan, _source: SourcePlan) -> bool:
    """Sound files with rows of which new ones come on the second day, dated well before the first."""
    rows = any(len(set(item.revisions)) > 1 and item.kind not in _ROWLESS for item in plan.resources)
    return _sound(plan) and rows and plan.modified[0] < AS_OF[1] - timedelta(days=4)


def _paddable(plan: DatasetPlan, source: SourcePlan) -> bool:
    """Of the large catalogues of one institution, so that the padding repeats inside it."""
    large = source.slug.endswith(("-ckan", "-datajson", "-jsonld", "-rdfxml", "-turtle"))
    return large and any(_untouched(item) for item in plan.resources)


def _untouched(item: ResourcePlan) -> bool:
    return item.defects == (None, None) and item.host.certificate is None and not item.moved and not item.marks


def _twice(plan: DatasetPlan, _source: SourcePlan) -> bool:
    return _sound(plan) and bool(plan.resources) and not plan.resources[0].moved


MARKS = (
    DatasetMark(code=STAMPED, note="dated by the export", aspects=frozenset({"dates"}), quota=0, write=_stamped),
    DatasetMark(
        code=RENUMBERED, note="another identifier on the second day", aspects=frozenset({"identifier"}), quota=0,
        write=_renumbered,
    ),
    DatasetMark(
        code=OTHERS, note="a series of an international organisation",
        aspects=frozenset({"description", "resources", "content"}), quota=0, write=_of_others, aside=True,
    ),
    DatasetMark(
        code=REPEATED, note="the title of another dataset", aspects=frozenset({"title"}), quota=0, write=_repeated
    ),
    DatasetMark(
        code="padding", note="the table of other datasets once more", aspects=frozenset({"content", "resources"}), quota=7,
        replan=_padded, fits=_paddable,
    ),
    DatasetMark(
        code="date_touched", note="a new date on the same files", aspects=frozenset({"dates", "content"}), quota=4,
        write=_touched, fits=_at_rest,
    ),
    DatasetMark(
        code="date_stayed", note="new rows under the old date", aspects=frozenset({"dates", "content"}), quota=2,
        write=_stayed, fits=_renewed,
    ),
    DatasetMark(
        code="resource_twice", note="a resource listed twice", aspects=frozenset({"resources", "content"}), quota=3,
        replan=_listed_twice, fits=_twice,
    ),
)  # fmt: skip

SHARED = ResourceMark(
    code="table_shared",
    note="a table that others have too",
    aspects=_ALL_OF_A_FILE,
    quota=0,
    deliver=_shared_table,
)


TWICE = ResourceMark(
    code="file_listed_twice", note="a file that two resources lead to", aspects=_ALL_OF_A_FILE, quota=0
)  # fmt: skip


def expect_source(subject: SourceSubject) -> Verdicts:
    """What the habits of a catalogue deserve; a catalogue that is down says nothing."""
    if not subject.up:
        silent = dict.fromkeys(
            (
                "catalogue_dates_varied",
                "catalogue_identifiers_lasting",
                "catalogue_original",
                "catalogue_titles_distinct",
            ),
            UNKNOWN,
        )
        defect = subject.source.defect
        answers = defect is not None and SOURCE_DEFECTS[defect].outage == "status"
        return {**silent, "catalogue_tls_valid": PASS if answers else UNKNOWN}
    plans = subject.source.listed(subject.day)
    titles = Counter(_entitled(each) for each, plan in zip(subject.records, plans, strict=True) if not aside(plan))
    repeated = sum(number for number in titles.values() if number > 1)
    series = sum(OTHERS in plan.marks for plan in plans)
    return {
        "catalogue_tls_valid": FAIL if subject.source.host.certificate is not None else PASS,
        "catalogue_original": FAIL if series * 100 > MOST_SERIES * len(plans) else PASS,
        "catalogue_titles_distinct": FAIL if repeated * 100 > MOST_REPEATED * len(plans) else PASS,
        "catalogue_dates_varied": _stamps(subject),
        "catalogue_identifiers_lasting": _numbering(plans, subject.day),
    }


def aside(plan: DatasetPlan) -> bool:
    """Whether the record is a series of others, which counts for nobody."""
    return OTHERS in plan.marks


def _entitled(record: Dataset) -> tuple[str | None, str]:
    return record.publisher.name if record.publisher else None, record.title["es"]


def _stamps(subject: SourceSubject) -> Verdict:
    if len(subject.records) < FEW:
        return ABSENT
    return FAIL if all(STAMPED in plan.marks for plan in subject.source.listed(subject.day)) else PASS


def _numbering(plans: tuple[DatasetPlan, ...], day: int) -> Verdict:
    known = [plan for plan in plans if plan.days == ALWAYS]
    if day == DAYS[0] or not known:
        return UNKNOWN
    renamed = sum(RENUMBERED in plan.marks for plan in known)
    return FAIL if renamed * 100 > MOST_RENUMBERED * len(known) else PASS


def expect_dataset(subject: DatasetSubject) -> Verdicts:
    """What a dataset's dates, identifier, resources and tables deserve."""
    if aside(subject.plan):
        return {}
    return {
        "identifier_lasting": _identifier(subject),
        "modified_true": _dated(subject),
        "resources_distinct": _distinct(subject),
        "content_unique": _own_content(subject),
    }


def _identifier(subject: DatasetSubject) -> Verdict:
    if subject.before is None:
        return UNKNOWN
    return FAIL if RENUMBERED in subject.plan.marks else PASS


def _dated(subject: DatasetSubject) -> Verdict:
    """Compared are the last declared days of the two records, and whether the files were the same on both days."""
    if subject.before is None:
        return UNKNOWN
    now, before = _last(subject.record), _last(subject.before)
    changed = any(_renewed_rows(item) for item in subject.resources)
    if changed:
        return PASS if now > before or now >= AS_OF[1].date() - timedelta(days=1) else FAIL
    if not subject.resources or not all(_same_file(item) for item in subject.resources):
        return UNKNOWN
    return FAIL if now > before else PASS


def _last(record: Dataset) -> date:
    written = [record.modified, *(item.modified for item in record.distributions)]
    return max(datetime.fromisoformat(text).date() for text in written if text)


def _own_file(resource: ResourceSubject) -> bool:
    """Whether the file itself came, and not something in its place."""
    codes = set(resource.plan.defects) - {None}
    return resource.seen and not codes & _STAND_IN and not set(resource.plan.marks) & _OTHER_ANSWER


def _renewed_rows(resource: ResourceSubject) -> bool:
    came = _own_file(resource) and resource.before is not None and _came(resource, resource.day - 1)
    differs = _body(resource.delivery) != _body(resource.before) and not resource.restless
    return came and differs and _holds_rows(resource)


def _same_file(resource: ResourceSubject) -> bool:
    came = _own_file(resource) and resource.before is not None and _came(resource, resource.day - 1)
    return came and (resource.restless or _body(resource.delivery) == _body(resource.before))


def _body(delivery: Delivery | None) -> bytes:
    return b"" if delivery is None else delivery.body


def _came(resource: ResourceSubject, day: int) -> bool:
    """Whether the bytes of a resource came on a day: a defect that shows none may be there on one day only."""
    return resource.plan.defect(day) is None or resource.plan.defect(day) == resource.plan.defect(resource.day)


def _distinct(subject: DatasetSubject) -> Verdict:
    if len(subject.resources) < 2:
        return ABSENT
    addresses = Counter(item.record.download_url for item in subject.resources)
    bodies = Counter(item.delivery.body for item in subject.resources if _own_file(item) and item.delivery.body)
    return FAIL if max((*addresses.values(), *bodies.values())) > 1 else PASS


def _own_content(subject: DatasetSubject) -> Verdict:
    if not subject.resources:
        return ABSENT
    if "padding" in subject.plan.marks:
        listed = subject.source.listed(subject.day)
        return FAIL if sum("padding" in plan.marks for plan in listed) > 1 else PASS
    if any(_holds_rows(item) for item in subject.resources):
        return PASS
    return UNKNOWN if not all(item.seen for item in subject.resources) else ABSENT


def _holds_rows(resource: ResourceSubject) -> bool:
    emptied = _WITHOUT_ROWS & (set(resource.plan.defects) - {None})
    opened = _own_file(resource) and _LOCKED not in resource.plan.marks
    return opened and resource.plan.kind not in _ROWLESS and not emptied


FAMILY = Family(
    dataset_marks=MARKS,
    resource_marks=(SHARED, TWICE),
    source=expect_source,
    dataset=expect_dataset,
)
