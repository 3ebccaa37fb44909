"""One round over one country, the whole pipeline on one screen."""

from atalaya.rounds.checking import check
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import fetch
from atalaya.rounds.harvesting import harvest
from atalaya.rounds.inspecting import inspect
from atalaya.rounds.measuring import measure_round
from atalaya.rounds.sealing import seal
from atalaya.store.manifest import Manifest


async def run_round(round_: Round) -> Manifest:
    """Run what is left of a round and seal it. Death at any moment loses nothing: run it again to go on.

    Raises RoundAborted when our own side failed; what publishers do wrong is in the tables.
    """
    await harvest(round_)
    await fetch(round_)
    inspect(round_)
    check(round_)
    measure_round(round_)
    return seal(round_)
