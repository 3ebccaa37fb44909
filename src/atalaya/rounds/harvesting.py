"""The harvest stage: one unit a source. Reads the source into records, attributes them, and keeps what was asked."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from atalaya.catalogue.identity import IdentifiedDataset, identify
from atalaya.catalogue.records import Dataset
from atalaya.catalogue.vocabularies.international import Republished
from atalaya.clock import stamp
from atalaya.countries.attribution import Attribution, attribute, index_attribution
from atalaya.countries.pack import SITE, Source
from atalaya.duties.rulings import KIND as DUTY_MATCH
from atalaya.exceptions import RoundAborted, SourceError
from atalaya.fetch.answers import Answer, Failure
from atalaya.fetch.gate import Policy, limits_of
from atalaya.harvest.discovery import UNDISCOVERED, discover, told
from atalaya.harvest.protocol import FAILED, Harvest
from atalaya.harvest.registry import protocol
from atalaya.harvest.visits import Getter
from atalaya.rounds.allowances import Allowance
from atalaya.rounds.context import Round
from atalaya.rounds.crew import Task, Work, by_host, helped, processes_for
from atalaya.rounds.holding import (
    ABOVE_MOST,
    HELD,
    Answered,
    Hold,
    Standing,
    answered,
    bounds_crossed,
    carried_rows,
    gone_of,
    hold_of,
    released,
    standing_of,
)
from atalaya.rounds.record_rows import dataset_rows
from atalaya.rounds.requests import RELEASE
from atalaya.rounds.rows import media_type, stable_headers, validator_row
from atalaya.rounds.rulings import ATTRIBUTION, DISPUTE, NOT_CONCERNED, SEPARATOR
from atalaya.rounds.traces import Series, Trace, trace_of
from atalaya.store.decisions import decisions
from atalaya.store.ledger import Ledger
from atalaya.store.observations import mark_aborted
from atalaya.store.tables import Row

STAGE = "harvest"
SOURCES_AT_ONCE = 4
"""Sources harvested side by side, in all processes: they lie on different hosts, and each holds its records in memory."""

DECISIONS = "decisions"
"""The unit that fixes which decisions this round knows, so that a resumed round attributes alike."""

NO_PROTOCOL = "no_protocol"
"""Reason of a source that no protocol recognises; its detail says what each of them heard."""

DECLARED = "declared"
"""The unit of the sources that are declared and not read, with the reason."""

SERIES = "republished"
"""The kind of a decision on one record: whether it is the institution's own or a series of an international organisation."""

RULED_ON = (ATTRIBUTION, RELEASE, SERIES, DUTY_MATCH, DISPUTE, NOT_CONCERNED)
"""The kinds of decisions that a round applies."""

OUR_LINE = frozenset({Failure.DNS, Failure.CONNECTION, Failure.REFUSED, Failure.TIMEOUT})

Rows = list[tuple[str, Row]]


async def harvest(round_: Round) -> None:
    """Harvest every active source that has no part yet. Raises RoundAborted when nothing at all could be reached."""
    sources = active_sources(round_)
    if not round_.ledger.done(STAGE, DECLARED):
        idle = [source for source in round_.pack.sources if source.state != "active" and source.protocol != SITE]
        round_.ledger.write(STAGE, DECLARED, [("sources", declared_source_row(source)) for source in idle])
    if not round_.ledger.done(STAGE, DECISIONS):
        round_.ledger.write(STAGE, DECISIONS, _decision_rows(round_))
    waiting = [source for source in sources if not round_.ledger.done(STAGE, source.id)]
    done = len(sources) - len(waiting)

    def progress() -> None:
        nonlocal done
        done += 1
        round_.progress(STAGE, done, len(sources))

    round_.progress(STAGE, done, len(sources))
    processes = processes_for(round_.apart, len(waiting))
    task = Task(work=Work.HARVEST, groups=by_host(waiting), at_once=max(1, SOURCES_AT_ONCE // processes))
    async with helped(round_.apart, task, processes - 1, progress) as groups:
        await harvest_groups(round_, groups, task.at_once, progress)
    _refuse_nothing(round_)
    _refuse_dead_line(round_, len(sources))


async def harvest_groups(
    round_: Round, groups: Iterator[Sequence[str]], at_once: int, done: Callable[[], None]
) -> None:
    """Harvest groups of sources, so many groups side by side; `done` is told of each source."""
    index, known, ruled = index_attribution(round_.pack), rulings(round_), series_rulings(round_)

    def attributed(source: Source, dataset: Dataset) -> Attribution:
        return attribute(dataset, source, index, known, round_.as_of)

    async def run() -> None:
        for group in groups:
            for source_id in group:
                rows = await _harvest(round_, round_.sources[source_id], attributed, ruled)
                # Packing the rows and waiting for the disk leave the processor to the sources beside this one.
                await asyncio.to_thread(round_.ledger.write, STAGE, source_id, rows)
                done()

    async with asyncio.TaskGroup() as running:
        for _ in range(at_once):
            running.create_task(run())


def held_sources(ledger: Ledger) -> frozenset[str]:
    """The sources that are held in this round: their resources stand as they were and are not asked again."""
    rows = (row for _, row in ledger.rows(STAGE, "sources"))
    return frozenset(str(row["source_id"]) for row in rows if row["state"] == HELD)


def active_sources(round_: Round) -> tuple[Source, ...]:
    """The catalogues to read, by id; the others are recorded as they are declared, and web sites by `rounds.crawling`."""
    found = (source for source in round_.pack.sources if source.state == "active" and source.protocol != SITE)
    return tuple(sorted(found, key=lambda source: source.id))


def rulings(round_: Round) -> dict[tuple[str, str], str | None]:
    """What people decided: (source id, publisher key) → institution id, or None for *none of ours*; the latest holds."""
    found: dict[tuple[str, str], str | None] = {}
    for _, subject, ruling, _ in fixed_decisions(round_, ATTRIBUTION):
        source_id, _, key = subject.partition(SEPARATOR)
        found[(source_id, key)] = ruling.get("institution")
    return found


def releases(round_: Round) -> dict[str, str]:
    """What people released: source id → the observation whose answer, where it is held, is accepted; the latest holds."""
    return {subject: str(ruling.get("observation")) for _, subject, ruling, _ in fixed_decisions(round_, RELEASE)}


def series_rulings(round_: Round) -> dict[str, Republished | None]:
    """What people decided on single records: record id → whose series it is, or None for *their own*; the latest holds."""
    return {
        subject: None if ruling.get("own") else Republished(str(ruling["organisation"]), "decision", why)
        for _, subject, ruling, why in fixed_decisions(round_, SERIES)
    }


def fixed_decisions(round_: Round, kind: str) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """The decisions of a kind that this round knows, oldest first: id, subject, ruling, reason."""
    rows = [row for table, row in round_.ledger.unit_rows(STAGE, DECISIONS) if table == "decisions"]
    for row in sorted(rows, key=lambda row: (str(row["moment"]), str(row["id"]))):
        ruling = row["ruling"]
        if row["kind"] == kind and isinstance(ruling, dict):
            yield str(row["id"]), str(row["subject"]), ruling, str(row["why"])


def _decision_rows(round_: Round) -> Rows:
    known = (decisions(round_.home, round_.pack.code, kind) for kind in RULED_ON)
    found = {decision.id: decision for each in known for decision in each}
    return [("decisions", {"id": id_, **asdict(found[id_])}) for id_ in sorted(found)]


def source_policy(round_: Round, source: Source) -> Policy:
    """How a declared source's documented API is read: at its own rate, without the rules for crawlers."""
    return replace(
        limits_of(round_.settings),
        requests_per_second=source.requests_per_second or round_.settings.requests_per_second,
        connections=source.connections or 1,
        obey_robots=False,
        local=source.local,
        body_limit=source.body_limit or round_.settings.body_limit,
    )


async def _harvest(
    round_: Round, source: Source, attributed: Callable[[Source, Dataset], Attribution], ruled: Series
) -> Rows:
    policy = source_policy(round_, source)
    asked: dict[str, Answer] = {}
    allowance = Allowance.of(round_.settings, round_.client.now())

    async def get(url: str) -> tuple[Answer, bytes | None]:
        spent = allowance.spent(url, round_.client.now())
        if spent is not None:
            return spent, None
        answer = await round_.client.fetch(url, policy)
        asked[url] = answer
        allowance.count(answer)
        whole = answer.blob is not None and answer.blob.kept == "whole"
        return answer, round_.archive.read(answer.blob.sha256) if answer.blob is not None and whole else None

    before = standing_of(round_.previous, source.id)
    source, harvested = await _read(source, before, get)
    harvested = allowance.judged(harvested)
    identified = identify(source.id, harvested.datasets)
    answer = answered(identified)
    hold = hold_of(source, harvested, answer, before, gone_of(round_.previous, source, identified, before))
    if hold is not None and released(hold, answer, before, releases(round_).get(source.id)):
        hold = None
    kept: Rows = []
    traces: list[Trace] = []
    if hold is not None:
        kept.extend(carried_rows(round_.previous, source.id))
    else:
        for dataset in identified:
            attribution = _attribution_row(dataset, attributed(source, dataset.dataset))
            traces.append(trace_of(source, dataset.record_id, dataset.dataset, attribution, ruled))
            kept.extend(_dataset_rows(dataset, attribution))
        traces.sort(key=lambda trace: trace.traits.key)
        round_.ledger.note(STAGE, source.id, (trace.note() for trace in traces))
    return [
        ("sources", _source_row(source, harvested, asked, kept, answer, hold)),
        *_evidence_rows(round_, source, harvested, asked),
        *kept,
    ]


async def _read(source: Source, before: Standing | None, get: Getter) -> tuple[Source, Harvest]:
    """What a source gives. Where no protocol is declared, the one found before stands, else it is found out now.

    That none fits is a failure of the source; a document that told the protocol is not asked for again.
    """
    if source.protocol == UNDISCOVERED and before is not None and before.protocol != UNDISCOVERED:
        source = replace(source, protocol=before.protocol, url=before.url)
    if source.protocol != UNDISCOVERED:
        return source, await protocol(source.protocol).harvest(source, get)
    heard: dict[str, tuple[Answer, bytes | None]] = {}

    async def listen(url: str) -> tuple[Answer, bytes | None]:
        heard[url] = await get(url)
        return heard[url]

    async def recall(url: str) -> tuple[Answer, bytes | None]:
        return heard.pop(url, None) or await get(url)

    found = await discover(source.url, listen)
    if found.protocol is None or found.url is None:
        failed = Harvest(
            source_id=source.id, protocol=UNDISCOVERED, state=FAILED, reason=NO_PROTOCOL, detail=told(found)
        )
        return source, failed
    known = replace(source, protocol=found.protocol, url=found.url)
    return known, await protocol(found.protocol).harvest(known, recall)


def _evidence_rows(round_: Round, source: Source, harvested: Harvest, asked: dict[str, Answer]) -> Rows:
    """What was asked, what came and how it was read: of this round, also where the source is held."""
    rows: Rows = [("field_uses", {"source_id": source.id, **asdict(use)}) for use in harvested.fields]
    problems = [{"place": problem.place, "reason": problem.reason} for problem in harvested.problems]
    if source.most is not None and len(harvested.datasets) > source.most:
        problems.append({"place": source.url, "reason": ABOVE_MOST})
    for number, problem in enumerate(problems, start=1):
        rows.append(("problems", {"source_id": source.id, "ordinal": number, **problem}))
    for url, answer in asked.items():
        rows.append(("pages", _page_row(source.id, url, answer)))
        validator = validator_row(url, source.id, answer)
        if validator is not None:
            rows.append(("validators", validator))
    for answer in asked.values():
        rows.extend(("attempts", row) for row in attempt_rows(answer, source.id, "catalogue", round_.as_of))
    return rows


def _attribution_row(dataset: IdentifiedDataset, attribution: Attribution) -> Row:
    publisher = dataset.dataset.publisher
    return {
        "record_id": dataset.record_id,
        "source_id": dataset.source_id,
        "institution_id": attribution.institution_id,
        "method": attribution.method,
        "how": attribution.how,
        "publisher_key": attribution.publisher_key,
        "score": attribution.score,
        "publisher": publisher.name or publisher.native_id or publisher.uri if publisher else None,
        "suggestions": [
            {"institution": match.institution.id, "score": match.score, "how": match.how}
            for match in attribution.suggestions
        ],
    }


def _dataset_rows(dataset: IdentifiedDataset, attribution: Row) -> Iterator[tuple[str, Row]]:
    record, resources = dataset_rows(dataset)
    yield "records", record
    yield "attributions", attribution
    for resource in resources:
        yield "distributions", resource


def _source_row(
    source: Source, harvested: Harvest, asked: dict[str, Answer], kept: Rows, answer: Answered, hold: Hold | None
) -> Row:
    """The row of a source that was asked: it counts the records that stand; `problems` those that could not be read."""
    failed = harvested.state == FAILED
    said = hold or (None if failed or harvested.reason else bounds_crossed(source, answer))
    derived = [bool(row["derived"]) for table, row in kept if table == "distributions"]
    tls = next((answer.tls_failure for answer in asked.values() if answer.tls_failure), None)
    return {
        **declared_source_row(source),
        "state": HELD if hold else harvested.state,
        "reason": said.reason if said else harvested.reason,
        "detail": said.detail if said else harvested.detail,
        "declared_total": harvested.declared_total,
        "datasets": sum(table == "records" for table, _ in kept),
        "resources": derived.count(False),
        "derived": derived.count(True),
        "problems": sum(not problem.read for problem in harvested.problems),
        "unread_fields": sum(use.count for use in harvested.fields if use.reading == "unread"),
        "tls_failure": tls and tls.value,
        "answered": None if failed else answer.datasets,
        "answered_sha256": None if failed else answer.sha256,
    }


def declared_source_row(source: Source) -> Row:
    """The row of a source as the pack declares it."""
    return {
        "source_id": source.id,
        "title": dict(source.title),
        "protocol": source.protocol,
        "url": source.url,
        "institution_id": source.institution,
        "covers": list(source.covers),
        "state": source.state,
        "reason": source.reason,
        "datasets": 0,
        "resources": 0,
        "derived": 0,
        "problems": 0,
        "unread_fields": 0,
    }


def _page_row(source_id: str, url: str, answer: Answer) -> Row:
    return {
        "source_id": source_id,
        "url": url,
        "status": 200 if answer.not_modified else answer.status,
        "failure": answer.failure and answer.failure.value,
        "sha256": answer.blob and answer.blob.sha256,
        "size": answer.blob and answer.blob.size,
        "media_type": media_type(answer.headers.get("content-type")),
        "headers": stable_headers(answer),
    }


def attempt_rows(answer: Answer, unit: str, purpose: str, moment: str) -> Iterator[Row]:
    """The volatile facts of an answer."""
    for attempt in answer.attempts:
        yield {**attempt.row(), "unit": unit, "purpose": purpose, "moment": moment}


def _refuse_nothing(round_: Round) -> None:
    """Where nothing was observed before and no address is a catalogue, the addresses are at fault: there is no observation."""
    rows = [row for _, row in round_.ledger.rows(STAGE, "sources")]
    if round_.previous is None and rows and all(row["reason"] == NO_PROTOCOL for row in rows):
        heard = " ".join(f"No protocol reads {row['url']!r}: {row['detail']}." for row in rows)
        raise SourceError(f"{heard} Give the address of the catalogue itself, such as /data.json or /catalog.ttl")


def _refuse_dead_line(round_: Round, sources: int) -> None:
    """When no source gave any answer at all, the fault is on our side: nothing may be sealed or published."""
    pages = [row for _, row in round_.ledger.rows(STAGE, "pages")]
    if sources and pages and all(row["status"] is None and row["failure"] in OUR_LINE for row in pages):
        failures: defaultdict[str, set[str]] = defaultdict(set)
        for row in pages:
            failures[str(row["source_id"])].add(str(row["failure"]))
        each = ", ".join(f"{id_} ({', '.join(sorted(failures[id_]))})" for id_ in sorted(failures))
        reason = f"none of the {sources} sources of {round_.pack.code} could be reached: {each}"
        mark_aborted(round_.folder, stamp(round_.clock.now()), reason)
        raise RoundAborted(
            f"{reason}. The line of this machine seems down. Nothing was sealed. Check the network, then ask those sources "
            "again with --resume, or observe anew"
        )
