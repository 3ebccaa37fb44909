"""The gate over a table: what the files do, and the pace of one host kept by processes that share nothing else."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from atalaya.exceptions import StoreError
from atalaya.fetch.gate import Gate, Policy
from atalaya.fetch.gate_table import TableStates
from atalaya.settings import Settings
from tests.fetch.conftest import MOMENT, Steps
from tests.fetch.test_gate import SLOW, ask
from tests.patience import PATIENCE

ASKER = """
import asyncio, sys
from pathlib import Path
from atalaya.clock import system_clock
from atalaya.fetch.gate import Gate, Policy
from atalaya.fetch.gate_table import TableStates
from atalaya.settings import read_settings

async def main():
    clock = system_clock()
    gate = Gate(Path(sys.argv[2]), read_settings({}, Path(sys.argv[2])), clock, TableStates(sys.argv[1], clock.now))
    for _ in range(8):
        async with gate.turn("shared.example", "192.0.2.7", Policy(requests_per_second=8, connections=4)) as turn:
            print(clock.now().timestamp(), flush=True)
            gate.answered(turn, 200, {})

asyncio.run(main())
"""


@pytest.fixture
def states(engine: str, steps: Steps) -> Iterator[TableStates]:
    with psycopg.connect(engine, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS engine.gate")
    found = TableStates(engine, steps.clock.now)
    yield found
    found.close()


@pytest.fixture
def gate(tmp_path: Path, settings: Settings, steps: Steps, states: TableStates) -> Gate:
    return Gate(tmp_path / "gate", settings, steps.clock, states)


@pytest.fixture(autouse=True)
def schema(engine: str) -> None:
    with psycopg.connect(engine, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS engine")


async def test_requests_to_a_host_keep_its_pace(gate: Gate) -> None:
    assert [await ask(gate, SLOW) for _ in range(3)] == pytest.approx([0, 2, 4], abs=0.05)


async def test_hosts_on_one_address_share_its_pace(gate: Gate) -> None:
    moments = [await ask(gate, SLOW, host, "1.1.1.1") for host in ("a.example", "b.example")]
    assert moments == pytest.approx([0, 2], abs=0.05)


async def test_another_gate_with_another_clock_waits_for_what_this_one_booked(
    gate: Gate, tmp_path: Path, settings: Settings, engine: str, steps: Steps
) -> None:
    other = Steps(MOMENT + timedelta(hours=5))
    states = TableStates(engine, other.clock.now)
    second = Gate(tmp_path / "other", settings, other.clock, states)
    policy = Policy(requests_per_second=0.01, connections=1)
    await ask(gate, policy)
    await ask(second, policy)
    states.close()
    assert sum(other.slept) == pytest.approx(100, abs=1)


async def test_what_a_host_asks_for_holds_for_all(
    gate: Gate, tmp_path: Path, settings: Settings, steps: Steps, engine: str
) -> None:
    await ask(gate, SLOW, status=429, retry_after="90")
    states = TableStates(engine, steps.clock.now)
    assert await ask(Gate(tmp_path / "other", settings, steps.clock, states), SLOW) == pytest.approx(90, abs=0.1)
    states.close()


async def test_failures_of_our_own_line_are_taken_back(gate: Gate, steps: Steps) -> None:
    for _ in range(6):
        async with gate.turn("a.example", None, SLOW) as turn:
            gate.failed(turn)
    gate.forgive()
    before = (steps.clock.now() - MOMENT).total_seconds()
    assert await ask(gate, SLOW) - before < 2.1


def test_processes_keep_the_pace_of_a_host_together(engine: str, tmp_path: Path) -> None:
    """Three processes with separate folders ask one host 24 times at 8 a second: no two within an eighth of a second."""
    with psycopg.connect(engine, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS engine.gate")
    command = [sys.executable, "-c", ASKER, engine]
    processes = [
        subprocess.Popen([*command, str(tmp_path / str(number))], stdout=subprocess.PIPE, text=True)
        for number in range(3)
    ]
    moments = sorted(float(line) for process in processes for line in process.communicate(timeout=PATIENCE)[0].split())
    assert len(moments) == 24
    gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
    # The moment is printed a little after it was booked; a process that waits for the processor prints later still.
    assert sum(gap < 0.1 for gap in gaps) <= 3
    assert moments[-1] - moments[0] >= 23 / 8 - 0.1


async def test_a_database_that_is_gone_is_told(tmp_path: Path, settings: Settings, steps: Steps) -> None:
    states = TableStates("postgresql://nobody@127.0.0.1:9/none", steps.clock.now)
    with pytest.raises(StoreError, match="ATALAYA_ENGINE"):
        await ask(Gate(tmp_path / "gate", settings, steps.clock, states), SLOW)


async def test_a_connection_that_breaks_is_made_anew(gate: Gate, engine: str) -> None:
    await ask(gate, SLOW)
    with psycopg.connect(engine, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state IS NOT NULL"
        )
    assert await ask(gate, SLOW) == pytest.approx(2, abs=0.1)
