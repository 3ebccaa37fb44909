"""Leases of the gate: fewer locks for hosts that may be asked often, and never two requests closer than the interval."""

import asyncio
import itertools
import json
from datetime import timedelta
from pathlib import Path

import pytest

from atalaya.fetch.gate import Gate, Policy
from atalaya.fetch.leases import FEWEST, SPAN, Leases
from atalaya.settings import Settings
from tests.fetch.conftest import MOMENT, Steps


def fast(rate: float) -> Policy:
    return Policy(requests_per_second=rate, connections=2)


async def ask(gate: Gate, rate: float, host: str, status: int = 200, **headers: str) -> float:
    async with gate.turn(host, "1.1.1.1", fast(rate)) as turn:
        assert turn.postponed_until is None
        moment = (gate.clock.now() - MOMENT).total_seconds()
        gate.answered(turn, status, {name.replace("_", "-"): value for name, value in headers.items()})
    return moment


def gaps(moments: list[float]) -> list[float]:
    return [later - sooner for sooner, later in itertools.pairwise(sorted(moments))]


@pytest.mark.parametrize("rate", [50.0, 79.0, 80.0, 100.0, 333.0, 1000.0])
async def test_processes_and_hosts_on_one_address_keep_one_pace(
    tmp_path: Path, settings: Settings, steps: Steps, rate: float
) -> None:
    gates = [Gate(tmp_path / "gate", settings, steps.clock) for _ in range(3)]
    moments = await asyncio.gather(
        *(ask(gate, rate, host) for _ in range(20) for gate in gates for host in ("a.example", "b.example"))
    )
    assert min(gaps(list(moments))) >= 1 / rate - 1e-6


async def test_a_slow_policy_waits_for_itself_alone_inside_the_lease_of_a_fast_one(
    tmp_path: Path, settings: Settings, steps: Steps
) -> None:
    gate = Gate(tmp_path / "gate", settings, steps.clock)
    assert await ask(gate, 1000, "a.example") == 0
    assert await ask(gate, 1, "b.example") == pytest.approx(0.001)
    assert await ask(gate, 1000, "a.example") == pytest.approx(1.001)


async def test_a_lease_spares_the_files(tmp_path: Path, settings: Settings, steps: Steps) -> None:
    gate = Gate(tmp_path / "gate", settings, steps.clock)
    await ask(gate, 1000, "a.example")
    written = [path.read_bytes() for path in sorted((tmp_path / "gate").glob("*.json"))]
    for _ in range(10):
        await ask(gate, 1000, "a.example")
    assert [path.read_bytes() for path in sorted((tmp_path / "gate").glob("*.json"))] == written


@pytest.mark.parametrize("status", [429, 503])
async def test_word_to_be_silent_ends_the_lease(tmp_path: Path, settings: Settings, steps: Steps, status: int) -> None:
    gate = Gate(tmp_path / "gate", settings, steps.clock)
    await ask(gate, 1000, "a.example")
    await ask(gate, 1000, "a.example", status=status, retry_after="30")
    assert await ask(gate, 1000, "a.example") >= 30


async def test_other_processes_are_silent_after_a_span_at_the_latest(
    tmp_path: Path, settings: Settings, steps: Steps
) -> None:
    told, other = (Gate(tmp_path / "gate", settings, steps.clock) for _ in range(2))
    async with told.turn("a.example", None, fast(1000)) as turn:
        steps.moment += timedelta(seconds=2 * SPAN)
        async with other.turn("a.example", None, fast(1000)):
            pass
        told.answered(turn, 429, {"retry-after": "30"})
    start = (steps.moment - MOMENT).total_seconds()
    moments = []
    while not moments or moments[-1] - start < 30:
        async with other.turn("a.example", None, fast(1000)):
            moments.append((steps.moment - MOMENT).total_seconds())
    assert max(moment for moment in moments if moment < 30) <= start + SPAN


async def test_a_dead_process_leaves_a_debt_of_one_span(tmp_path: Path, settings: Settings, steps: Steps) -> None:
    await ask(Gate(tmp_path / "gate", settings, steps.clock), 1000, "a.example")
    assert await ask(Gate(tmp_path / "gate", settings, steps.clock), 1000, "a.example") == pytest.approx(SPAN)


async def test_hosts_that_are_asked_seldom_get_no_lease(tmp_path: Path, settings: Settings, steps: Steps) -> None:
    rate = FEWEST / SPAN - 1
    await ask(Gate(tmp_path / "gate", settings, steps.clock), rate, "a.example")
    (host,) = (tmp_path / "gate").glob("host*.json")
    assert json.loads(host.read_bytes().partition(b"\n")[0])["next"] == pytest.approx(MOMENT.timestamp() + 1 / rate)


def test_a_lease_that_another_process_extended_is_not_taken_back() -> None:
    leases = Leases()
    end = leases.begin("host a", 100.0, 0.001)
    assert leases.give_back("host a", end + 5) == end + 5
    end = leases.begin("host a", 100.0, 0.001)
    assert leases.give_back("host a", end) == pytest.approx(100.001)
    assert leases.book(("host a",), 100.002, 0.001) is None


def test_a_lease_of_another_clock_is_none() -> None:
    leases = Leases()
    leases.begin("host a", 1000.0, 0.001)
    assert leases.book(("host a",), 100.0, 0.001) is None
