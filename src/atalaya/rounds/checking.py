"""The check stage: one unit for each chunk of a source's datasets, and one for all catalogues. Checks see only cases.

Records set aside (copies, republished series) are remembered and not judged: they are nobody's to mend here. Units are judged
in as many processes as there are processors, and none of them holds more than one unit: what earlier stages and observations
say of its subjects is looked up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from atalaya.catalogue.changes import last_change, record_mark
from atalaya.catalogue.identity import digest_id
from atalaya.checks.cases import CatalogueCase, DatasetCase, Prior, ProbeFacts, ResourceCase, TableCase
from atalaya.checks.check import Level
from atalaya.checks.contents import is_hidden, stands_in
from atalaya.history.continuity import Sighting, advance, columns_of, prior_of, probe_state, table_before
from atalaya.history.records import dataset_of, distribution_of
from atalaya.rounds.check_units import CHUNK, Unit, datasets_of, held_blocks, held_units, survey_of, units_of
from atalaya.rounds.checking_duties import duty_entries
from atalaya.rounds.context import DUTIES, IDENTIFY, Round
from atalaya.rounds.evidence import Bench, Evidence, bench_of, upheld
from atalaya.rounds.harvesting import NO_PROTOCOL, held_sources
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.holding import HELD
from atalaya.rounds.inspecting import STAGE as INSPECT
from atalaya.rounds.inspection_rows import table_keys
from atalaya.rounds.judging import Judges, Sitting
from atalaya.rounds.processes import processors, spread
from atalaya.rounds.rows import probe_facts
from atalaya.rounds.surveying import Survey
from atalaya.store.parts import Entry
from atalaya.store.row_blocks import RowBlock
from atalaya.store.tables import Row

STAGE = "check"
FEW = 8
"""Units up to which one process judges them all sooner than several have started."""

CATALOGUES = "catalogues"
READ_STATES = frozenset({"complete", "partial", "failed", "held"})
"""States of sources that were asked; the others are declared only."""


def check(round_: Round) -> None:
    """Run all checks on every unit that has no part yet."""
    held = held_sources(round_.ledger)
    sizes = {str(row["source_id"]): cast(int, row["datasets"]) for _, row in round_.ledger.rows(HARVEST, "sources")}
    total, done = sum(-(-size // CHUNK) for size in sizes.values()) + 1, 0
    figures: dict[str, dict[str, Any]] = {}

    def told() -> None:
        nonlocal done
        done += 1
        round_.progress(STAGE, min(done, total - 1), total)

    def units() -> Iterator[Unit]:
        for name in round_.ledger.units(HARVEST):
            surveyed = survey_of(round_.ledger, name, round_.set_aside)
            figures[name] = surveyed.figures()
            for unit in () if name in held else units_of(round_.ledger, name, surveyed):
                if round_.ledger.done(STAGE, unit.id):
                    told()
                else:
                    yield unit

    round_.progress(STAGE, done, total)
    for name in sorted(held):
        for unit_id, subjects in held_units(round_, name):
            if not round_.ledger.done(STAGE, unit_id):
                round_.ledger.write(STAGE, unit_id, held_blocks(subjects))
            told()
    bench = bench_of(round_)
    _add_contents(bench, [name for name in round_.ledger.units(HARVEST) if name not in held])
    spread(partial(_judge_unit, bench), units(), processors() if total > FEW else 1, told)
    bench.close()
    if not round_.ledger.done(STAGE, CATALOGUES):
        round_.ledger.write(STAGE, CATALOGUES, _catalogue_entries(round_, figures))
    if round_.ledger.parts(DUTIES) and not round_.ledger.done(STAGE, DUTIES):
        round_.ledger.write(STAGE, DUTIES, duty_entries(round_, day(round_.as_of)))
    round_.progress(STAGE, total, total)


def _add_contents(bench: Bench, names: list[str]) -> None:
    """Tell the bench what every dataset holds that counts, before any of them is judged."""
    if bench.ledger.parts(INSPECT):
        for name in names:
            for unit in units_of(bench.ledger, name, Survey()):
                datasets = list(datasets_of(unit))
                inspected = bench.inspected(str(row["resource_id"]) for _, _, rows in datasets for row in rows)
                evidence = Evidence(inspections=inspected)
                for record, institution_id, rows in datasets:
                    if record["record_id"] not in bench.set_aside:
                        bench.contents.add(_owner(institution_id, name), evidence.data_contents(rows))
    bench.contents.shared("", frozenset())  # found out here, once, and not in each process


def _owner(institution_id: object, source_id: object) -> str:
    """Whose dataset a record is when contents are compared: the institution's, else nobody's beyond its source."""
    return str(institution_id or source_id)


def _judge_unit(bench: Bench, unit: Unit) -> None:
    """Judge one unit and write its part."""
    bench.ledger.write(STAGE, unit.id, _unit_entries(bench, unit, bench.sitting()))


def _unit_entries(bench: Bench, unit: Unit, sitting: Sitting) -> Iterator[Entry]:
    datasets = [each for each in datasets_of(unit) if bench.wanted is None or each[0]["record_id"] in bench.wanted]
    evidence = bench.evidence(
        (str(record["record_id"]) for record, _, _ in datasets),
        (str(row["resource_id"]) for _, _, rows in datasets for row in rows),
    )
    histories: list[Row] = []
    for record, institution_id, rows in datasets:
        record_id = str(record["record_id"])
        if record_id in bench.set_aside:
            sighting = Sighting(record_id, "dataset")
            histories.append(advance(evidence.histories.get(record_id), sighting, bench.as_of))
            continue
        about: Row = {"institution_id": institution_id, "source_id": unit.source_id, "record_id": record_id}
        found = evidence.data_contents(rows)
        among: dict[str, Any] = {
            **unit.among[record_id],
            "contents": len(found),
            "shared_contents": bench.contents.shared(_owner(institution_id, unit.source_id), found),
            "former_id": bench.former_ids.get(record_id),
        }
        histories += _judge_dataset(bench.as_of, record, rows, evidence, about, among, sitting)
    if histories:
        yield RowBlock("histories", histories)
    yield from sitting.blocks()


def _judge_dataset(
    moment: str,
    record: Row,
    rows: list[Row],
    evidence: Evidence,
    about: Row,
    among: dict[str, Any],
    sitting: Sitting,
) -> list[Row]:
    """Judge a dataset and its resources; gives their histories."""
    as_of = day(moment)
    distributions = tuple(distribution_of(row) for row in rows)
    dataset = dataset_of(record, distributions)
    cases, histories = [], []
    for row, distribution in zip(rows, distributions, strict=True):
        resource_id = str(row["resource_id"])
        probe = evidence.probes.get(resource_id)
        facts, inspection = probe_facts(probe) if probe else None, evidence.inspection(resource_id)
        seen = ResourceCase(as_of=as_of, distribution=distribution, dataset=dataset, probe=facts, inspection=inspection)
        before = evidence.histories.get(resource_id)
        after = _after(before, resource_id, seen, moment)
        case = seen if before is None else replace(seen, prior=_prior(before, after))
        cases.append(case)
        _judge_resource(sitting, resource_id, case, about)
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
    before = evidence.histories.get(record_id)
    after = advance(before, sighting, moment)
    case_of_dataset = DatasetCase(
        as_of=as_of,
        dataset=dataset,
        resources=tuple(cases),
        prior=_prior(before, after),
        occurrence=cast(int, record["occurrence"]),
        described=described,
        **among,
    )
    sitting.judge(Level.DATASET, record_id, case_of_dataset, about)
    return [*histories, after]


def _content_of(resources: list[Row]) -> str | None:
    """What stands for the content of a dataset: its resources and how often each changed; None where none was ever read.

    A link that broke or was mended changes no data and so leaves it as it was.
    """
    if not any(row["content_sha256"] for row in resources):
        return None
    return digest_id(*sorted(f"{row['lineage']} {row['changes']}" for row in resources))


def _after(before: Row | None, resource_id: str, seen: ResourceCase, moment: str) -> Row:
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
    return advance(before, sighting, moment)


def _state(seen: ResourceCase) -> str | None:
    """The state of a resource's probe; a filter that answers with a status of success hides it all the same."""
    state = probe_state(seen.probe) if seen.probe else None
    return "hidden" if state == "good" and is_hidden(seen.inspection) else state


_NEVER_SEEN = Prior()


def _prior(before: Row | None, after: Row) -> Prior:
    """What earlier observations say of a subject, with the changes of content that this one saw beside them."""
    if before is None:
        return _NEVER_SEEN  # a first sighting is no change
    prior, now = prior_of(before), prior_of(after)
    return replace(prior, changed=now.changed, changes=now.changes)


def _judge_resource(sitting: Sitting, resource_id: str, case: ResourceCase, about: Row) -> None:
    here: Row = {**about, "resource_id": resource_id}
    sitting.judge(Level.RESOURCE, resource_id, case, here)
    inspection = case.inspection
    if inspection is not None:
        for key, table in zip(table_keys([t.name for t in inspection.tables]), inspection.tables, strict=True):
            if table.content == "page":
                continue  # how it was cut out of a document is our guess, not the publisher's table
            table_case = TableCase(
                as_of=case.as_of,
                table=table,
                inspection=inspection,
                dataset=case.dataset,
                distribution=case.distribution,
                prior=table_before(case.prior, key, len(inspection.tables)),
            )
            sitting.judge(Level.TABLE, digest_id(resource_id, key), table_case, {**here, "table": key})


def _catalogue_entries(round_: Round, figures: Mapping[str, dict[str, Any]]) -> Iterator[Entry]:
    """`figures` are those of the survey of each source."""
    sitting = Judges(upheld(round_)).sitting()
    histories: list[Row] = []
    again, republished = _again(round_), _republished(round_)
    pages: defaultdict[str, list[Row]] = defaultdict(list)
    for _, page in round_.ledger.rows(HARVEST, "pages"):
        pages[str(page["source_id"])].append(page)
    for _, source in round_.ledger.rows(HARVEST, "sources"):
        if source["state"] not in READ_STATES:
            continue
        source_id = str(source["source_id"])
        surveyed = figures.get(source_id) or Survey().figures()
        day_of_all = surveyed["common_day"] if 0 < surveyed["dated"] == surveyed["same_day"] else None
        sighting = Sighting(
            source_id,
            "catalogue",
            _source_state(source, pages[source_id]),
            declared=day_of_all.isoformat() if day_of_all else None,
        )
        before = round_.history(source_id)
        after = advance(before, sighting, round_.as_of)
        fields = {name: source[name] for name in ("state", "datasets", "declared_total", "unread_fields")}
        case = CatalogueCase(
            as_of=day(round_.as_of),
            source_id=source_id,
            reason=_source_reason(source, pages[source_id]),
            problems=cast(int, source["problems"]),
            tls_failure=cast("str | None", source["tls_failure"]),
            prior=_prior(before, after),
            url=cast("str | None", source["url"]),
            republished=republished[source_id],
            known=again[source_id].total(),
            renamed=again[source_id]["renamed"],
            **surveyed,
            **cast("Any", fields),
        )
        about: Row = {"institution_id": source["institution_id"], "source_id": source_id}
        sitting.judge(Level.CATALOGUE, source_id, case, about)
        histories.append(after)
    if histories:
        yield RowBlock("histories", histories)
    yield from sitting.blocks()


def _again(round_: Round) -> defaultdict[str, Counter[str]]:
    """By source, the records that earlier observations knew: under their identifier (`kept`) or another one (`renamed`)."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    if round_.previous is None:
        return found
    for name in round_.ledger.units(HARVEST):
        rows = (row for _, row in round_.ledger.unit_rows(HARVEST, name, "attributions"))
        records = [str(row["record_id"]) for row in rows]
        for record_id, known in zip(records, round_.histories.known(records), strict=True):
            if record_id in round_.former_ids:
                found[name]["renamed"] += 1
            elif known:
                found[name]["kept"] += 1
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


def day(moment: str) -> date:
    """The UTC day of a moment as `clock.stamp` writes it."""
    return datetime.fromisoformat(moment).date()
