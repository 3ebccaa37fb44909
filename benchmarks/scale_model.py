"""A round over a continent on paper: storage, hours, workers and money out of measured unit costs.

    python -m benchmarks.scale_model
    python -m benchmarks.scale_model --datasets 1700000 --resources 8000000 --workers 8

The unit costs stand in `benchmarks/unit_costs.json`, each with the command that measured it. Prices are parameters, not facts.
Everything printed is arithmetic on them; nothing is fetched.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

COSTS = Path(__file__).with_name("unit_costs.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is to be observed, and how. Rates in requests a second, sizes in bytes, `changed` is the share of resources with new
    bytes in a later round."""

    datasets: int
    resources: int
    hosts: int
    largest_host: float
    rate: float
    mean_bytes: float
    changed: float
    rounds_a_year: int
    workers: int
    cores: int
    bandwidth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """US dollars: a core for an hour, a gigabyte stored for a month, a thousand writes and a thousand reads of objects."""

    core_hour: float
    stored: float
    writes: float
    reads: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what, the figure with its unit, and how it comes about."""

    what: str
    figure: str
    how: str


def read_costs(path: Path = COSTS) -> dict[str, float]:
    """The measured unit costs by name."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {name: float(entry["value"]) for name, entry in document["costs"].items()}


def hours(load: Load, costs: dict[str, float]) -> dict[str, float]:
    """Hours of a first round by what bounds it. The slowest bounds fetching; what the lead does follows it."""
    largest = load.resources * load.largest_host
    worker_seconds = load.resources * (costs["fetch_cpu_seconds"] + costs["inspect_cpu_seconds"])
    worker_seconds += load.resources * load.mean_bytes / costs["large_inspect_bytes_a_cpu_second"]
    return {
        "pace of the largest host": largest / load.rate / 3600,
        "pace of an even host": load.resources / load.hosts / load.rate / 3600,
        "processors of the workers": worker_seconds / (load.workers * load.cores) / 3600,
        "line of the workers": load.resources * load.mean_bytes * 8 / (load.workers * load.bandwidth) / 3600,
        "harvest, check and seal by the lead": (
            load.datasets * costs["harvest_cpu_seconds_a_dataset"]
            + load.resources * (costs["check_cpu_seconds"] + costs["measure_and_seal_cpu_seconds"])
        )
        / load.cores
        / 3600,
    }


def storage(load: Load, costs: dict[str, float]) -> dict[str, float]:
    """Bytes by what holds them, after a year of rounds."""
    kept = load.resources * load.mean_bytes * costs["stored_share_of_bytes"]
    small = max(1.0, costs["least_blob_bytes"] * load.resources / kept)
    later = load.rounds_a_year - 1
    return {
        "archive after the first round": kept * small,
        "archive after a year": kept * small * (1 + later * load.changed),
        "sealed tables of a round": load.resources * costs["sealed_bytes_a_resource"],
        "sealed tables of a year": load.resources * costs["sealed_bytes_a_resource"] * load.rounds_a_year,
        "read model of the newest rounds": load.resources * costs["read_model_bytes_a_resource"],
    }


def table(load: Load, prices: Prices, costs: dict[str, float]) -> Iterator[Line]:
    """The lines of the table."""
    taken, kept = hours(load, costs), storage(load, costs)
    yield Line("units of 50 resources", f"{math.ceil(load.resources / 50):,}", "one order, two parts and a lease each")
    for what, each in taken.items():
        yield Line(what, f"{each:,.1f} h", "")
    bound = max(("pace of the largest host", "processors of the workers", "line of the workers"), key=taken.__getitem__)
    whole = taken[bound] + taken["harvest, check and seal by the lead"]
    yield Line("first round, whole", f"{whole:,.1f} h", f"bound by the {bound}")
    wanted = max(taken["processors of the workers"], taken["line of the workers"]) * load.workers
    enough = math.ceil(wanted / max(taken["pace of the largest host"], 1e-9))
    yield Line("workers beyond which more do not help", f"{max(1, enough):,}", "the largest host bounds the round then")
    for what, size in kept.items():
        yield Line(what, f"{size / 1e9:,.0f} GB", "")
    cores = (
        taken["processors of the workers"] * load.workers + taken["harvest, check and seal by the lead"]
    ) * load.cores
    objects = load.resources * (1 + 3 / 50)
    yield Line("processor of a round", f"${cores * prices.core_hour:,.0f}", f"{cores:,.0f} core hours")
    yield Line("requests to storage, first round", f"${objects / 1000 * prices.writes:,.0f}", f"{objects:,.0f} writes")
    yield Line(
        "looks at what is kept, each round", f"${load.resources * 2 / 1000 * prices.reads:,.0f}", "two a resource"
    )
    month = kept["archive after a year"] + kept["sealed tables of a year"]
    yield Line("storage, a month, after a year", f"${month / 1e9 * prices.stored:,.0f}", f"{month / 1e12:,.1f} TB")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--datasets", type=int, default=1_700_000)
    add("--resources", type=int, default=8_000_000)
    add("--hosts", type=int, default=20_000, help="hosts that serve files")
    add("--largest-host", type=float, default=0.05, help="share of the resources on the largest host")
    add("--rate", type=float, default=2.0, help="requests a second that a host permits")
    add("--mean-bytes", type=float, default=1_000_000, help="mean size of a resource")
    add("--changed", type=float, default=0.02, help="share of resources with new bytes in a later round")
    add("--rounds", type=int, default=52, help="rounds a year")
    add("--workers", type=int, default=8)
    add("--cores", type=int, default=2, help="processors of each machine")
    add("--bandwidth", type=float, default=500e6, help="bits a second of each worker's line")
    add("--core-hour", type=float, default=0.04)
    add("--stored", type=float, default=0.023)
    add("--writes", type=float, default=0.005)
    add("--reads", type=float, default=0.0004)
    given = parser.parse_args(arguments)
    load = Load(
        datasets=given.datasets, resources=given.resources, hosts=given.hosts, largest_host=given.largest_host,
        rate=given.rate, mean_bytes=given.mean_bytes, changed=given.changed, rounds_a_year=given.rounds,
        workers=given.workers, cores=given.cores, bandwidth=given.bandwidth,
    )  # fmt: skip
    prices = Prices(core_hour=given.core_hour, stored=given.stored, writes=given.writes, reads=given.reads)
    print(f"{load.datasets:,} datasets, {load.resources:,} resources, {load.hosts:,} hosts, {load.workers} workers")
    for line in table(load, prices, read_costs()):
        print(f"  {line.what:<42}{line.figure:>14}  {line.how}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
