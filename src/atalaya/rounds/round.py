"""One round over one country, the whole pipeline on one screen."""

from atalaya.exceptions import AtalayaError
from atalaya.rounds.checking import check
from atalaya.rounds.context import Round
from atalaya.rounds.crawling import crawl
from atalaya.rounds.fetching import fetch
from atalaya.rounds.harvesting import harvest
from atalaya.rounds.identifying import identify_records
from atalaya.rounds.inspecting import inspect
from atalaya.rounds.measuring import measure_round
from atalaya.rounds.sealing import seal
from atalaya.rounds.site_contents import read_contents
from atalaya.rounds.site_duties import judge_site_duties
from atalaya.rounds.workers.lead import leave_to_workers
from atalaya.store.manifest import Manifest


async def run_round(round_: Round) -> Manifest:
    """Run what is left of a round and seal it. Death at any moment loses nothing: run it again to go on.

    Raises RoundAborted when our own side failed; what publishers do wrong is in the tables.
    """
    try:
        await harvest(round_)
        identify_records(round_)
        await crawl(round_)
        await leave_to_workers(round_)
        await fetch(round_)
    except ExceptionGroup as group:
        raise _first_of_ours(group) from group
    inspect(round_)
    read_contents(round_)
    judge_site_duties(round_)
    check(round_)
    measure_round(round_)
    return seal(round_)


def _first_of_ours(group: ExceptionGroup[Exception]) -> Exception:
    """The error to show of several units that failed side by side: the first of ours, which says what to do; else the group."""
    found: list[Exception] = [group]
    while found:
        error = found.pop(0)
        if isinstance(error, AtalayaError):
            return error
        if isinstance(error, ExceptionGroup):
            found = [*error.exceptions, *found]
    return group
