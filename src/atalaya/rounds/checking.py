"""The check stage: one unit for each chunk of a source's datasets, and one for all catalogues. Checks see only cases.

Records set aside (copies, republished series) are remembered and not judged: they are nobody's to mend here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from atalaya.catalogue.changes import last_change, record_mark
from atalaya.catalogue.identity import digest_id
from atalaya.checks.cases import Case, CatalogueCase, DatasetCase, Prior, ProbeFacts, ResourceCase, TableCase
from atalaya.checks.check import AnyCheck, Level, finding_id
from atalaya.checks.contents import is_hidden, stands_in
from atalaya.checks.outcomes import Outcome, Verdict, unknown
from atalaya.checks.registry import by_level, run_checks
from atalaya.history.continuity import Sighting, advance, columns_of, prior_of, probe_state, table_before
from atalaya.history.records import dataset_of, distribution_of
from atalaya.inspection.findings import Inspection
from atalaya.rounds.context import IDENTIFY, Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.harvesting import NO_PROTOCOL, held_sources
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.holding import HELD, carried_tables
from atalaya.rounds.inspecting import STAGE as INSPECT
from atalaya.rounds.inspection_rows import table_keys
from atalaya.rounds.rows import inspection_of, probe_facts
from atalaya.rounds.surveying import Contents, Survey, data_contents, survey
from atalaya.store.tables import Row

STAGE = "check"
CHUNK = 100
CATALOGUES = "catalogues"
READ_STATES = frozenset({"complete", "partial", "failed", "held"})
"""States of sources that were asked; the others are declared only."""

Rows = list[tuple[str, Row]]


@dataclass
class Evidence:
    """What the earlier stages saw, by resource; read once for all units. `contents` knows which data files repeat."""

    probes: dict[str, Row] = field(default_factory=dict)
    inspections: dict[str, Row] = field(default_factory=dict)
    columns: defaultdict[str, defaultdict[str, list[Row]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    contents: Contents = field(default_factory=Contents)

    def data_contents(self, resources: Iterable[Row]) -> frozenset[str]:
        """The different contents of the data files among the resources of a dataset."""
        found = (self.inspections.get(str(row["resource_id"])) for row in resources)
        return data_contents(row for row in found if row is not None)

    def inspection(self, resource_id: str) -> Inspection | None:
        """The inspection of a resource, if its bytes came."""
        row = self.inspections.get(resource_id)
        return inspection_of(row, self.columns[resource_id]) if row else None


@dataclass(frozen=True, slots=True)
class Unit:
    """Some datasets of one source, with their resources and institutions."""

    id: str
    source_id: str
    records: tuple[Row, ...]
    distributions: dict[str, list[Row]]
    institutions: dict[str, str | None]
    survey: Survey
    held: bool = False
    """Whether its rows stand from the observation before, so that nothing of them is decided in this one."""


def check(round_: Round) -> None:
    """Run all checks on every unit that has no part yet."""
    units = list(_units(round_))
    evidence = _evidence(round_)
    _add_contents(round_, units, evidence)
    total = len(units) + 1
    for number, unit in enumerate(units):
        round_.progress(STAGE, number, total)
        if not round_.ledger.done(STAGE, unit.id):
            rows = held_rows(round_, unit) if unit.held else _unit_rows(round_, unit, evidence)
            round_.ledger.write(STAGE, unit.id, rows)
    if not round_.ledger.done(STAGE, CATALOGUES):
        surveys = {unit.source_id: unit.survey for unit in units}
        round_.ledger.write(STAGE, CATALOGUES, _catalogue_rows(round_, surveys))
    round_.progress(STAGE, total, total)


def _units(round_: Round) -> Iterator[Unit]:
    held = held_sources(round_.ledger)
    for name in round_.ledger.units(HARVEST):
        records: list[Row] = []
        distributions: defaultdict[str, list[Row]] = defaultdict(list)
        institutions: dict[str, str | None] = {}
        for table, row in round_.ledger.unit_rows(HARVEST, name):
            if table == "records":
                records.append(row)
            elif table == "distributions":
                distributions[str(row["record_id"])].append(row)
            elif table == "attributions":
                institutions[str(row["record_id"])] = cast("str | None", row["institution_id"])
        records.sort(key=lambda row: str(row["record_id"]))
        surveyed = survey(records, round_.set_aside)
        for start in range(0, len(records), CHUNK):
            chunk = tuple(records[start : start + CHUNK])
            unit_id = f"{name}-{start // CHUNK:05d}"
            yield Unit(unit_id, name, chunk, distributions, institutions, surveyed, name in held)


def _add_contents(round_: Round, units: list[Unit], evidence: Evidence) -> None:
    """Tell the evidence what every dataset holds that counts, before any of them is judged."""
    for unit in units:
        for record in unit.records:
            record_id = str(record["record_id"])
            if record_id not in round_.set_aside:
                found = evidence.data_contents(unit.distributions.get(record_id, ()))
                evidence.contents.add(_owner(unit.institutions.get(record_id), unit.source_id), found)


def _owner(institution_id: object, source_id: object) -> str:
    """Whose dataset a record is when contents are compared: the institution's, else nobody's beyond its source."""
    return str(institution_id or source_id)


def _evidence(round_: Round) -> Evidence:
    evidence = Evidence()
    for _, row in round_.ledger.rows(FETCH, "probes"):
        evidence.probes[str(row["resource_id"])] = row
    for table, row in round_.ledger.rows(INSPECT, "inspections", "columns"):
        resource_id = str(row["resource_id"])
        if table == "inspections":
            evidence.inspections[resource_id] = row
        else:
            evidence.columns[resource_id][str(row["table"])].append(row)
    return evidence


def _unit_rows(round_: Round, unit: Unit, evidence: Evidence) -> Rows:
    rows: Rows = []
    for record in unit.records:
        record_id = str(record["record_id"])
        if record_id in round_.set_aside:
            sighting = Sighting(record_id, "dataset")
            rows.append(("histories", advance(round_.history(record_id), sighting, round_.as_of)))
            continue
        about: Row = {
            "institution_id": unit.institutions.get(record_id),
            "source_id": unit.source_id,
            "record_id": record_id,
        }
        distributions = sorted(unit.distributions.get(record_id, []), key=lambda row: cast(int, row["ordinal"]))
        among: dict[str, Any] = unit.survey.among(record_id)
        found = evidence.data_contents(distributions)
        among["contents"] = len(found)
        among["shared_contents"] = evidence.contents.shared(_owner(about["institution_id"], unit.source_id), found)
        among["former_id"] = round_.former_ids.get(record_id)
        rows.extend(_dataset_rows(round_, record, distributions, evidence, about, among))
    return rows


def _dataset_rows(
    round_: Round, record: Row, rows: list[Row], evidence: Evidence, about: Row, among: dict[str, Any]
) -> Rows:
    as_of = day(round_.as_of)
    distributions = tuple(distribution_of(row) for row in rows)
    dataset = dataset_of(record, distributions)
    result: Rows = []
    cases, histories = [], []
    for row, distribution in zip(rows, distributions, strict=True):
        resource_id = str(row["resource_id"])
        probe = evidence.probes.get(resource_id)
        facts, inspection = probe_facts(probe) if probe else None, evidence.inspection(resource_id)
        seen = ResourceCase(as_of=as_of, distribution=distribution, dataset=dataset, probe=facts, inspection=inspection)
        after = _after(round_, resource_id, seen)
        case = replace(seen, prior=_prior(round_, resource_id, after))
        cases.append(case)
        result.append(("histories", after))
        result.extend(_resource_rows(resource_id, case, about))
        histories.append(after)
    record_id = str(record["record_id"])
    declared, described = last_change(dataset), record_mark(dataset)
    sighting = Sighting(
        record_id,
        "dataset",
        content_sha256=_content_of(histories),
        declared=declared.isoformat() if declared else None,
        described=described,
    )
    after = advance(round_.history(record_id), sighting, round_.as_of)
    result.append(("histories", after))
    case_of_dataset = DatasetCase(
        as_of=as_of,
        dataset=dataset,
        resources=tuple(cases),
        prior=_prior(round_, record_id, after),
        occurrence=cast(int, record["occurrence"]),
        described=described,
        **among,
    )
    result.extend(outcome_rows(case_of_dataset, "dataset", record_id, about))
    return result


def _content_of(resources: list[Row]) -> str | None:
    """What stands for the content of a dataset: its resources and how often each changed; None where none was ever read.

    A link that broke or was mended changes no data and so leaves it as it was.
    """
    if not any(row["content_sha256"] for row in resources):
        return None
    return digest_id(*sorted(f"{row['lineage']} {row['changes']}" for row in resources))


def _after(round_: Round, resource_id: str, seen: ResourceCase) -> Row:
    """The history of a resource after this observation; content that was not read now is the content read last.

    An error message or a page in place of the file is no content of it: an outage changes no data.
    """
    read = None if stands_in(seen) else seen.inspection
    sighting = Sighting(
        resource_id,
        "resource",
        _state(seen),
        read.content_sha256 if read else None,
        read.sha256 if read else None,
        columns_of(read.tables, table_keys([t.name for t in read.tables])) if read else (),
    )
    return advance(round_.history(resource_id), sighting, round_.as_of)


def _state(seen: ResourceCase) -> str | None:
    """The state of a resource's probe; a filter that answers with a status of success hides it all the same."""
    state = probe_state(seen.probe) if seen.probe else None
    return "hidden" if state == "good" and is_hidden(seen.inspection) else state


def _prior(round_: Round, subject_id: str, after: Row) -> Prior:
    """What earlier observations say of a subject, with the changes of content that this one saw beside them."""
    prior, now = prior_of(round_.history(subject_id)), prior_of(after)
    return replace(prior, changed=now.changed, changes=now.changes)


def _resource_rows(resource_id: str, case: ResourceCase, about: Row) -> Rows:
    here: Row = {**about, "resource_id": resource_id}
    rows = outcome_rows(case, "resource", resource_id, here)
    inspection = case.inspection
    if inspection is not None:
        for key, table in zip(table_keys([t.name for t in inspection.tables]), inspection.tables, strict=True):
            table_case = TableCase(
                as_of=case.as_of,
                table=table,
                inspection=inspection,
                dataset=case.dataset,
                distribution=case.distribution,
                prior=table_before(case.prior, key, len(inspection.tables)),
            )
            rows.extend(outcome_rows(table_case, "table", digest_id(resource_id, key), {**here, "table": key}))
    return rows


def _catalogue_rows(round_: Round, surveys: Mapping[str, Survey]) -> Rows:
    rows: Rows = []
    again, republished = _again(round_), _republished(round_)
    pages: defaultdict[str, list[Row]] = defaultdict(list)
    for _, page in round_.ledger.rows(HARVEST, "pages"):
        pages[str(page["source_id"])].append(page)
    for _, source in round_.ledger.rows(HARVEST, "sources"):
        if source["state"] not in READ_STATES:
            continue
        source_id = str(source["source_id"])
        surveyed = surveys.get(source_id, Survey())
        day_of_all = surveyed.common_day if 0 < surveyed.dated == surveyed.same_day else None
        sighting = Sighting(
            source_id,
            "catalogue",
            _source_state(source, pages[source_id]),
            declared=day_of_all.isoformat() if day_of_all else None,
        )
        after = advance(round_.history(source_id), sighting, round_.as_of)
        fields = {name: source[name] for name in ("state", "datasets", "declared_total", "unread_fields")}
        case = CatalogueCase(
            as_of=day(round_.as_of),
            source_id=source_id,
            reason=_source_reason(source, pages[source_id]),
            problems=cast(int, source["problems"]),
            tls_failure=cast("str | None", source["tls_failure"]),
            prior=_prior(round_, source_id, after),
            url=cast("str | None", source["url"]),
            republished=republished[source_id],
            known=again[source_id].total(),
            renamed=again[source_id]["renamed"],
            **surveyed.figures(),
            **cast("Any", fields),
        )
        about: Row = {"institution_id": source["institution_id"], "source_id": source_id}
        rows.extend(outcome_rows(case, "catalogue", source_id, about))
        rows.append(("histories", after))
    return rows


def _again(round_: Round) -> defaultdict[str, Counter[str]]:
    """By source, the records that earlier observations knew: under their identifier (`kept`) or another one (`renamed`)."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, row in round_.ledger.rows(HARVEST, "attributions"):
        record_id = str(row["record_id"])
        if record_id in round_.former_ids:
            found[str(row["source_id"])]["renamed"] += 1
        elif record_id in round_.histories:
            found[str(row["source_id"])]["kept"] += 1
    return found


def _republished(round_: Round) -> Counter[str]:
    """By source, the records that are series of international organisations."""
    return Counter(str(row["source_id"]) for _, row in round_.ledger.rows(IDENTIFY, "republished"))


def _source_state(source: Row, pages: list[Row]) -> str | None:
    """The state of a source in the words of probes: its catalogue was read, or what the last address of it answered."""
    if source["state"] in ("complete", "partial"):
        return "good"
    shrunk = source["state"] == HELD and source["answered"] is not None
    if shrunk or not pages:
        return None
    last = cast(dict[str, Any], pages[-1])
    seen = {name: last[name] for name in ("url", "status", "failure", "sha256")}
    state = probe_state(ProbeFacts(final_url=last["url"], **seen))
    return "hidden" if state == "good" else state


def _source_reason(source: Row, pages: list[Row]) -> str | None:
    """Why a source was not read whole. That no protocol fits says nothing of a catalogue that never answered."""
    reason = cast("str | None", source["reason"])
    if reason != NO_PROTOCOL:
        return reason
    statuses = [cast(int, page["status"]) for page in pages if page["status"] is not None and page["failure"] is None]
    if not statuses:
        return "unreachable"
    return "no_datasets" if any(200 <= status < 300 for status in statuses) else "http"


def held_rows(round_: Round, unit: Unit) -> Rows:
    """Of datasets that stand from the observation before: every outcome is unknown, and their histories stand too."""
    chunk = {str(record["record_id"]) for record in unit.records} - round_.set_aside.keys()
    subjects: list[tuple[Level, str, Row]] = []
    for record_id in sorted(chunk):
        about: Row = {
            "institution_id": unit.institutions.get(record_id), "source_id": unit.source_id, "record_id": record_id,
        }  # fmt: skip
        subjects.append((Level.DATASET, record_id, about))
        for row in unit.distributions.get(record_id, []):
            resource_id = str(row["resource_id"])
            subjects.append((Level.RESOURCE, resource_id, {**about, "resource_id": resource_id}))
    for row in carried_tables(round_.previous, unit.source_id):
        record_id = str(row["record_id"])
        if record_id in chunk:
            about = {"institution_id": unit.institutions.get(record_id), "source_id": unit.source_id}
            here = {name: row[name] for name in ("record_id", "resource_id", "table")}
            subjects.append((Level.TABLE, str(row["subject_id"]), {**about, **here}))
    undecided = unknown(HELD)
    return [
        ("outcomes", outcome_row(check_, undecided, level.value, subject_id, about))
        for level, subject_id, about in subjects
        for check_ in by_level(level)
    ]


def outcome_rows(case: Case, level: str, subject_id: str, about: Row) -> Rows:
    """The outcome of every check of the case's level, as rows."""
    return [
        ("outcomes", outcome_row(check_, outcome, level, subject_id, about)) for check_, outcome in run_checks(case)
    ]


def outcome_row(check_: AnyCheck, outcome: Outcome, level: str, subject_id: str, about: Row) -> Row:
    """One outcome as a row; `about` says whose it is."""
    return {
        **about,
        "check_id": check_.id,
        "check_version": check_.version,
        "subject_id": subject_id,
        "level": level,
        "verdict": outcome.verdict.value,
        "reason": outcome.reason,
        "passed": outcome.passed,
        "applied": outcome.applied,
        "evidence": dict(outcome.evidence),
        "finding_id": finding_id(check_.id, subject_id) if outcome.verdict is Verdict.FAIL else None,
    }


def day(moment: str) -> date:
    """The UTC day of a moment as `clock.stamp` writes it."""
    return datetime.fromisoformat(moment).date()
