"""The duties of a round as cases of checks: one for each institution and duty, from the verdicts of the duties stage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from atalaya.catalogue.identity import digest_id
from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Level
from atalaya.countries.pack import Duty
from atalaya.rounds.context import DUTIES, Round
from atalaya.rounds.evidence import upheld
from atalaya.rounds.judging import Judges
from atalaya.store.parts import Entry
from atalaya.store.tables import Row


def duty_entries(round_: Round, as_of: date) -> Iterator[Entry]:
    """The outcomes of all duties that were judged; nothing where no site was read."""
    sitting = Judges(upheld(round_)).sitting()
    known = {duty.id: duty for duty in round_.pack.duties}
    for unit in round_.ledger.units(DUTIES):
        rows = [row for _, row in round_.ledger.unit_rows(DUTIES, unit, "duty_verdicts")]
        for whole, periods in grouped(rows):
            case = duty_case(whole, periods, known[str(whole["duty_id"])], as_of)
            subject = digest_id(str(whole["institution_id"]), case.duty_id)
            about: Row = {"institution_id": whole["institution_id"], "source_id": whole["source_id"]}
            sitting.judge(Level.DUTY, subject, case, about)
    yield from sitting.blocks()


def grouped(rows: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """The verdict on each duty as a whole, with how many periods of it were judged."""
    periods: defaultdict[tuple[object, object], list[Row]] = defaultdict(list)
    wholes: list[Row] = []
    for row in rows:
        if row["period"]:
            periods[row["institution_id"], row["duty_id"]].append(row)
        else:
            wholes.append(row)
    for whole in wholes:
        yield whole, periods[whole["institution_id"], whole["duty_id"]]


def duty_case(whole: Mapping[str, Any], periods: list[Row], duty: Duty, as_of: date) -> DutyCase:
    """The case of one duty."""
    gaps = whole["gaps"]
    evidence = whole["evidence"]
    return DutyCase(
        as_of=as_of,
        duty_id=duty.id,
        article=duty.article,
        numeral=duty.numeral,
        standing=whole["standing"],
        reason=whole["reason"],
        url=evidence[0]["url"],
        days_late=cast("int | None", whole["days_late"]),
        open=cast("bool | None", whole["open"]),
        clicks=cast("int | None", whole["clicks"]),
        periods=len(periods),
        gaps=len(gaps),
        first_gap=gaps[0] if gaps else None,
    )
