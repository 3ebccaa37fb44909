"""The model of scale: one round worked by hand, and every unit cost with the command that measured it."""

import json
from dataclasses import replace

import pytest

from benchmarks.scale_model import COSTS, Load, hours, main, read_costs, storage

LOAD = Load(
    datasets=1_000, resources=36_000, hosts=10, largest_host=0.5, rate=5.0, mean_bytes=1_000_000.0, changed=0.5,
    rounds_a_year=3, workers=2, cores=5, bandwidth=8e6,
)  # fmt: skip
UNIT = {
    "fetch_cpu_seconds": 0.25, "inspect_cpu_seconds": 0.25, "large_inspect_bytes_a_cpu_second": 2e6,
    "check_cpu_seconds": 0.5, "harvest_cpu_seconds_a_dataset": 18.0, "measure_and_seal_cpu_seconds": 0.5,
    "sealed_bytes_a_resource": 10.0, "read_model_bytes_a_resource": 100.0, "least_blob_bytes": 4_000.0,
    "stored_share_of_bytes": 0.5,
}  # fmt: skip


def test_hours_worked_by_hand() -> None:
    assert hours(LOAD, UNIT) == pytest.approx(
        {
            "pace of the largest host": 1.0,  # 18,000 at 5 a second
            "pace of an even host": 0.2,  # 3,600 at 5 a second
            "processors of the workers": 1.0,  # 36,000 × (0.25 + 0.25 + 0.5) over 10 processors
            "line of the workers": 5.0,  # 36,000 × 8 Mbit over 16 Mbit/s
            "harvest, check and seal by the lead": 3.0,  # (18,000 + 36,000) over 5
        }
    )


def test_storage_worked_by_hand() -> None:
    found = storage(LOAD, UNIT)
    assert found["archive after the first round"] == pytest.approx(18e9)
    assert found["archive after a year"] == pytest.approx(36e9)  # two later rounds with half of it new
    assert found["sealed tables of a year"] == pytest.approx(36_000 * 10 * 3)
    small = storage(replace(LOAD, mean_bytes=100.0), UNIT)
    assert small["archive after the first round"] == pytest.approx(36_000 * 4_000)  # a file takes a block


def test_every_unit_cost_says_how_it_was_measured() -> None:
    document = json.loads(COSTS.read_text(encoding="utf-8"))
    assert read_costs().keys() == UNIT.keys()
    assert all(entry["value"] > 0 and entry["unit"] and len(entry["how"]) > 20 for entry in document["costs"].values())


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--resources", "8000000"]) == 0
    told = capsys.readouterr().out
    assert "8,000,000 resources" in told
    assert "bound by the pace of the largest host" in told
