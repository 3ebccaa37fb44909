"""The measure stage: one unit for the whole country. Outcomes become measures, measures become scores.

Institutions are scored by every methodology, sources by the European one, which is made for catalogues.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from atalaya.checks.registry import CHECKS, rules_table
from atalaya.countries.groups import groups_of
from atalaya.duties.obliged import duties_of
from atalaya.indices.editions import COMPUTED, MQA
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, institution_units, score_units
from atalaya.measures.facts import CheckRule, Facts
from atalaya.measures.registry import measure, measure_ids
from atalaya.measures.sources import measure_sources, unit_of
from atalaya.measures.tally import PartedOutcomes
from atalaya.rounds.checking import READ_STATES, day
from atalaya.rounds.checking import STAGE as CHECK
from atalaya.rounds.context import DUTIES, Round
from atalaya.rounds.crawling import STAGE as CRAWL
from atalaya.rounds.duty_rows import duty_rules
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.site_contents import STAGE as CONTENTS
from atalaya.store.ledger import Ledger
from atalaya.store.outcome_blocks import OutcomeBlock
from atalaya.store.tables import Row

STAGE = "measure"
UNIT = "country"


def check_rules() -> tuple[CheckRule, ...]:
    """The checks that run in a round, as measures know them."""
    return tuple(
        CheckRule(check.id, check.version, check.level.value, reads_bytes="inspection" in check.fields)
        for check in CHECKS
    )


def methodologies() -> tuple[tuple[str, str], ...]:
    """The methodologies of a round with their hashes. Raises MethodologyError where one is wrong."""
    return tuple((index.id, index.sha256) for index in _read(check_rules()))


def _read(rules: Sequence[CheckRule]) -> tuple[Index, ...]:
    known = measure_ids(rules)
    return tuple(read_shipped_index(reference, known) for reference in COMPUTED)


def measure_round(round_: Round) -> None:
    """Write the one unit of the stage if it has no part yet."""
    round_.progress(STAGE, 0, 1)
    if not round_.ledger.done(STAGE, UNIT):
        round_.ledger.write(STAGE, UNIT, _rows(round_))
    round_.progress(STAGE, 1, 1)


def _rows(round_: Round) -> Iterator[tuple[str, Row]]:
    rules = check_rules()
    facts = _facts(round_, rules)
    measures = measure(facts)
    bodies = list(_institutions(round_))
    units = institution_units(bodies)
    yield from (("measures", dict(row)) for row in measures)
    for index in _read(rules):
        yield from (("scores", row) for row in score_units(index, measures, units))
        if index.id == MQA:
            yield from (("scores", row) for row in _sources(index, facts))
    yield from (("rules", dict(row)) for row in rules_table())
    yield from (("rules", row) for row in duty_rules(round_.pack))
    yield from (("institutions", row) for row in bodies)
    yield from _blobs(round_)
    yield from _carried(round_)


def _sources(index: Index, facts: Facts) -> list[Row]:
    """The scores of the sources that were asked, as units of a kind of their own."""
    rows = measure_sources(facts, index.measures, READ_STATES)
    units = [Unit(unit_of(source["source_id"])) for source in facts.sources if source["state"] in READ_STATES]
    return score_units(index, rows, units, "source")


def _facts(round_: Round, rules: tuple[CheckRule, ...]) -> Facts:
    ledger = round_.ledger
    return Facts(
        country=round_.pack.code,
        institutions=tuple(body.id for body in round_.pack.institutions),
        checks=rules,
        sources=tuple(row for _, row in ledger.rows(HARVEST, "sources")),
        attributions=tuple(
            _attribution(row)
            for _, row in ledger.rows(HARVEST, "attributions")
            if row["record_id"] not in round_.set_aside
        ),
        outcomes=PartedOutcomes(_Parts(ledger)),
        duty_verdicts=tuple(_verdict(row) for _, row in ledger.rows(DUTIES, "duty_verdicts")),
        duties={body.id: len(duties_of(round_.pack, body, day(round_.as_of))) for body in round_.pack.institutions},
    )


class _Parts:
    """The outcomes of the check stage, part by part, as often as they are asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __iter__(self) -> Iterator[list[OutcomeBlock]]:
        return self._ledger.blocks(CHECK)


def _attribution(row: Row) -> Row:
    """What measures need of an attribution; the names repeat, and are kept once."""
    names = ("source_id", "institution_id", "method")
    kept = {name: None if row[name] is None else sys.intern(str(row[name])) for name in names}
    return {"record_id": row["record_id"], **kept}


def _verdict(row: Row) -> Row:
    """What measures need of a verdict."""
    names = ("institution_id", "duty_id", "period", "standing", "days_late", "open", "clicks", "gaps")
    return {name: row[name] for name in names}


def _institutions(round_: Round) -> Iterator[Row]:
    for body in round_.pack.institutions:
        yield {
            "institution_id": body.id,
            "name": body.name,
            "acronym": body.acronym,
            "kind": body.kind,
            "branch": body.branch,
            "site": body.site,
            "groups": [group.id for group in groups_of(body, round_.pack.groups)],
        }


def _blobs(round_: Round) -> Iterator[tuple[str, Row]]:
    """Every blob that the observation rests on, once."""
    seen: set[str] = set()
    pages = round_.ledger.rows(HARVEST, "pages")
    probes = round_.ledger.rows(FETCH, "probes")
    sites = round_.ledger.rows(CRAWL, "site_pages", "site_documents")
    for _, row in chain(pages, probes, sites):
        sha256 = row["sha256"]
        if isinstance(sha256, str) and sha256 not in seen:
            seen.add(sha256)
            blob = round_.archive.blob(sha256)
            yield "blobs", {"sha256": sha256, "size": blob.size, "kept": blob.kept, "class": "public"}


def _carried(round_: Round) -> Iterator[tuple[str, Row]]:
    """Histories of subjects that this observation did not see, unchanged: nothing that was seen is forgotten."""
    if round_.previous is not None:
        rows = chain(round_.ledger.rows(CHECK, "histories"), round_.ledger.rows(CONTENTS, "histories"))
        seen = (str(row["subject_id"]) for _, row in rows)
        yield from (("histories", row) for row in round_.histories.others(seen))
