"""The politeness gate: pace, silence, quotas and failures, over hosts, addresses, tasks and processes."""

import asyncio
import itertools
import json
import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from atalaya.clock import fixed_clock
from atalaya.exceptions import StoreError
from atalaya.fetch.gate import RETRY_AFTER_CAP, Gate, Policy, retry_after
from atalaya.settings import Settings
from tests.fetch.conftest import MOMENT, Steps
from tests.patience import PATIENCE

SLOW = Policy(requests_per_second=0.5, connections=4)


@pytest.fixture
def gate(tmp_path: Path, settings: Settings, steps: Steps) -> Gate:
    return Gate(tmp_path / "gate", settings, steps.clock)


async def ask(
    gate: Gate, policy: Policy, host: str = "a.example", address: str | None = None, status: int = 200, **headers: str
) -> float:
    """One request; the moment at which it went, in seconds since the start."""
    async with gate.turn(host, address, policy) as turn:
        assert turn.postponed_until is None
        moment = (gate.clock.now() - MOMENT).total_seconds()
        gate.answered(turn, status, {name.replace("_", "-"): value for name, value in headers.items()})
    return moment


async def test_requests_to_a_host_keep_its_pace(gate: Gate) -> None:
    assert [await ask(gate, SLOW) for _ in range(3)] == pytest.approx([0, 2, 4])


async def test_hosts_do_not_wait_for_each_other(gate: Gate) -> None:
    assert [await ask(gate, SLOW, host) for host in ("a.example", "b.example", "c.example")] == [0, 0, 0]


async def test_hosts_on_one_address_share_its_pace(gate: Gate) -> None:
    moments = [await ask(gate, SLOW, host, "1.1.1.1") for host in ("a.example", "b.example")]
    assert moments == pytest.approx([0, 2])


async def test_a_crawl_delay_stretches_the_pace(gate: Gate) -> None:
    async with gate.turn("a.example", None, SLOW, delay=7.0):
        pass
    assert await ask(gate, SLOW) == pytest.approx(7)


async def test_tasks_of_one_process_keep_the_pace_together(gate: Gate) -> None:
    moments = await asyncio.gather(*(ask(gate, SLOW) for _ in range(5)))
    gaps = [later - sooner for sooner, later in zip(sorted(moments), sorted(moments)[1:], strict=False)]
    assert all(gap >= 2 - 1e-3 for gap in gaps)


@pytest.mark.parametrize("connections", [1, 2])
async def test_a_source_has_no_more_connections_than_it_declares(gate: Gate, connections: int) -> None:
    policy = Policy(requests_per_second=1000, connections=connections)
    running = most = 0

    async def hold() -> None:
        nonlocal running, most
        async with gate.turn("a.example", None, policy):
            running += 1
            most = max(most, running)
            for _ in range(5):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(hold() for _ in range(6)))
    assert most == connections


async def test_who_waits_for_a_connection_comes_before_who_comes_later(gate: Gate) -> None:
    policy, order = Policy(requests_per_second=1000, connections=1), []

    async def ask(name: str) -> None:
        async with gate.turn("a.example", None, policy):
            order.append(name)

    async with asyncio.TaskGroup() as asking:
        async with gate.turn("a.example", None, policy):
            waiting = asking.create_task(ask("waiting"))
            while not gate._queued["a.example"]:
                await asyncio.sleep(0)
        later = asking.create_task(ask("later"))
        await asyncio.gather(waiting, later)
    assert order == ["waiting", "later"]


async def test_all_hosts_together_have_the_connections_of_the_settings(tmp_path: Path, settings: Settings) -> None:
    gate = Gate(tmp_path / "gate", settings, fixed_clock(MOMENT))
    running = most = 0

    async def hold(number: int) -> None:
        nonlocal running, most
        async with gate.turn(f"h{number}.example", None, SLOW):
            running += 1
            most = max(most, running)
            for _ in range(5):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(hold(number) for number in range(40)))
    assert most == settings.connections == 16


async def test_retry_after_in_seconds_is_obeyed(gate: Gate) -> None:
    await ask(gate, SLOW, status=429, retry_after="30")
    assert await ask(gate, SLOW) == pytest.approx(30)


async def test_retry_after_as_a_date_is_obeyed(gate: Gate) -> None:
    date = format_datetime(MOMENT + timedelta(seconds=45), usegmt=True)
    await ask(gate, SLOW, status=503, retry_after=date)
    assert await ask(gate, SLOW) == pytest.approx(45)


async def test_a_host_that_asks_for_longer_than_patience_is_postponed(gate: Gate, steps: Steps) -> None:
    await ask(gate, SLOW, status=429, retry_after="600")
    async with gate.turn("a.example", None, SLOW) as turn:
        assert turn.postponed_until == MOMENT + timedelta(seconds=600)
    assert steps.slept == []


async def test_the_longest_silence_is_capped(gate: Gate) -> None:
    await ask(gate, SLOW, status=429, retry_after="86400")
    async with gate.turn("a.example", None, SLOW) as turn:
        assert turn.postponed_until == MOMENT + timedelta(seconds=RETRY_AFTER_CAP)


async def test_postponing_frees_the_connection(gate: Gate, settings: Settings) -> None:
    await ask(gate, SLOW, status=429, retry_after="600")
    for _ in range(settings.connections + 5):
        async with gate.turn("a.example", None, SLOW) as turn:
            assert turn.postponed_until is not None
    assert await ask(gate, SLOW, "b.example") == 0


async def test_a_success_with_retry_after_holds_nothing(gate: Gate) -> None:
    await ask(gate, SLOW, status=200, retry_after="600")
    assert await ask(gate, SLOW) == pytest.approx(2)


@pytest.mark.parametrize(
    ("headers", "next_moment"),
    [
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "50"}, 50),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": str(int(MOMENT.timestamp()) + 70)}, 70),
        ({"x_ratelimit_remaining": "0"}, 60),
        ({"ratelimit_remaining": "0", "ratelimit_reset": "40"}, 40),
        ({"x_ratelimit_remaining": "5", "x_ratelimit_limit": "100", "x_ratelimit_reset": "50"}, 10),
        ({"x_ratelimit_remaining": "50", "x_ratelimit_limit": "100", "x_ratelimit_reset": "50"}, 2),
        ({"x_ratelimit_remaining": "many"}, 2),
        ({"x_ratelimit_remaining": "-1"}, 2),
    ],
)
async def test_announced_quotas_are_kept(gate: Gate, headers: dict[str, str], next_moment: float) -> None:
    await ask(gate, SLOW, **headers)
    assert await ask(gate, SLOW) == pytest.approx(next_moment)


async def test_overload_in_a_row_doubles_the_pause_up_to_a_limit_and_a_success_ends_it(gate: Gate) -> None:
    moments = [await ask(gate, SLOW, status=503) for _ in range(8)]
    gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
    assert gaps == pytest.approx([4, 8, 16, 30, 30, 30, 30])
    last = await ask(gate, SLOW)
    assert await ask(gate, SLOW) - last == pytest.approx(2)


async def test_silence_of_the_net_counts_as_a_failure(gate: Gate) -> None:
    async with gate.turn("a.example", "1.1.1.1", SLOW) as turn:
        gate.failed(turn)
    assert await ask(gate, SLOW, "other.example", "1.1.1.1") == pytest.approx(4)
    assert await ask(gate, SLOW) == pytest.approx(4)


@pytest.mark.parametrize("status", [404, 500, 502])
async def test_a_broken_page_is_no_failure_of_the_host(gate: Gate, status: int) -> None:
    await ask(gate, SLOW, status=status)
    assert await ask(gate, SLOW) == pytest.approx(2)


async def test_a_later_process_finds_the_state(gate: Gate, settings: Settings, steps: Steps) -> None:
    await ask(gate, SLOW, status=429, retry_after="30")
    later = Gate(gate.folder, settings, steps.clock)
    assert await ask(later, SLOW) == pytest.approx(30)


@pytest.mark.parametrize("content", [b"", b"{", b"[]\n", b'{"next": "soon"}\n', b"\xff\xfe\n"])
async def test_a_damaged_state_loses_only_the_pace(gate: Gate, content: bytes) -> None:
    await ask(gate, SLOW)
    (path,) = gate.folder.glob("*.json")
    path.write_bytes(content)
    assert await ask(gate, SLOW) == 0
    assert json.loads(path.read_bytes().partition(b"\n")[0])["next"] > 0


async def test_a_state_from_a_clock_far_ahead_holds_nobody_for_ever(gate: Gate) -> None:
    await ask(gate, SLOW)
    (path,) = gate.folder.glob("*.json")
    path.write_text('{"next": 1e11, "blocked": 0, "failures": 0}\n')
    assert await ask(gate, SLOW) == pytest.approx(30)


async def test_a_clock_that_stands_still_does_not_wait_for_ever(tmp_path: Path, settings: Settings) -> None:
    gate = Gate(tmp_path / "gate", settings, fixed_clock(MOMENT))
    for _ in range(5):
        async with asyncio.timeout(5), gate.turn("a.example", None, SLOW):
            pass


async def test_a_folder_that_cannot_be_used_is_our_own_fault(tmp_path: Path, settings: Settings, steps: Steps) -> None:
    (tmp_path / "gate").write_text("a file")
    with pytest.raises(StoreError, match="writable home"):
        async with Gate(tmp_path / "gate", settings, steps.clock).turn("a.example", None, SLOW):
            pass


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("1.5", 1.5),
        ("-3", None),
        ("", None),
        (None, None),
        ("soon", None),
        ("Mon, 02 Mar 2026 08:01:00 GMT", 60),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 99:00:00 GMT", None),
        ("120, 240", 120),
    ],
)
def test_retry_after_is_read_in_every_form(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, MOMENT.timestamp()) == seconds


PROCESS = """
import asyncio, sys
from pathlib import Path
from atalaya.clock import system_clock
from atalaya.fetch.gate import Gate, Policy
from atalaya.settings import read_settings

async def main():
    gate = Gate(Path(sys.argv[1]), read_settings({}), system_clock())
    for _ in range(6):
        async with gate.turn("a.example", "1.1.1.1", Policy(requests_per_second=20, connections=4)):
            print(gate.clock.now().timestamp(), flush=True)

asyncio.run(main())
"""


def test_two_processes_keep_one_pace(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path / "gate")], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    moments = sorted(float(line) for process in running for line in process.communicate(timeout=PATIENCE)[0].split())
    assert [process.returncode for process in running] == [0, 0]
    assert len(moments) == 12
    # What is booked is exact; what is printed may come late by as much as the machine is busy.
    assert moments[-1] - moments[0] >= 11 * 0.05 - 0.02
