"""The pages of plans at full size: 30 plans, 1,000 commitments, 10,000 milestones, 100,000 readings, all made up.

`python benchmarks/plans_load.py` starts a database of its own in a folder that it deletes, writes the rows through the
models, and asks every public page of plans. It prints for each page the first answer (no plan in memory; the modules of the
portal are loaded, as a process that serves has them), the median and the 95th percentile of the others, in milliseconds of this
machine, the processor's share of the median, and the bytes before and after compression.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from atalaya.commitments.documents import commitment_value, plan_value, version_value
from atalaya.commitments.partial_dates import PartialDate, read_range
from atalaya.commitments.plan import Axis, Commitment, Listing, Milestone, Plan, Version
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on

PLANS, COMMITMENTS, MILESTONES, READINGS = 30, 1_000, 10_000, 100_000
ASKED = 40
"""How often each page is asked after the first time."""
VOICES = ("institution", "technical_table", "reviewer", "citizens")
LEVELS = ("not_started", "started", "complete", "no_evidence", "limited", "substantial")
TEXT = """publicar datos presupuesto consulta ciudadana municipal transparencia compras salud educación agua índice abierto
formato capacitación portal mesa técnica informe participación justicia ambiente género juventud"""
WORDS = TEXT.split()


def said(chance: Random, words: int) -> str:
    """A made-up text."""
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()


def made_plan(number: int, chance: Random) -> Plan:
    """A made-up plan of its share of commitments and milestones, every third commitment in two versions."""
    year = 2012 + number
    axes = tuple(Axis(code=f"eje-{n}", name=said(chance, 4)) for n in range(5))
    commitments = []
    for place in range(COMMITMENTS // PLANS + (number <= COMMITMENTS % PLANS)):
        milestones = tuple(
            Milestone(
                number=str(n),
                text=said(chance, 25),
                responsible=Listing((f"INST{chance.randint(1, 60)}",)),
                start=read_range(f"{year}-{chance.randint(1, 12):02d}"),
                end=read_range(f"{year + 1}-{chance.randint(1, 12):02d}"),
            )
            for n in range(1, MILESTONES // COMMITMENTS + 1)
        )
        version = Version(
            id="1",
            published=PartialDate(year),
            title=said(chance, 12),
            lead=Listing((f"INST{chance.randint(1, 60)}",)),
            problem=said(chance, 80),
            commitment=said(chance, 60),
            milestones=milestones,
        )
        versions: tuple[Version, ...] = (version,)
        if place % 3 == 0:
            changed = (*milestones[:-1],)
            versions = (
                version,
                Version(**{**_fields(version), "id": "2", "problem": said(chance, 80), "milestones": changed}),
            )
        commitments.append(
            Commitment(number=place + 1, title=version.title, axis=axes[place % 5].code, versions=versions)
        )
    return Plan(number=number, title=f"Plan inventado {number}", axes=axes, commitments=tuple(commitments))


def _fields(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in version.__dataclass_fields__}


def fill(chance: Random) -> None:
    """Write every row through the models."""
    models = import_module("atalaya.portal.commitments.models")
    for number in range(1, PLANS + 1):
        plan = made_plan(number, chance)
        value = {name: part for name, part in plan_value(plan).items() if name != "commitments"}
        row = models.Plan.objects.create(number=number, document=value)
        for each in plan.commitments:
            document = {name: part for name, part in commitment_value(each).items() if name != "versions"}
            home = models.Commitment.objects.create(plan=row, number=each.number, document=document)
            models.Version.objects.bulk_create(
                models.Version(commitment=home, place=place, identifier=one.id, document=version_value(one))
                for place, one in enumerate(each.versions)
            )
            models.Reading.objects.bulk_create(_readings(models, home, each, chance))


def _readings(models: Any, home: Any, commitment: Commitment, chance: Random) -> list[Any]:
    version = commitment.versions[0]
    first = date(2012 + home.plan_id, 3, 1)
    return [
        models.Reading(
            commitment=home,
            milestone=milestone.number,
            voice=VOICES[place % len(VOICES)],
            level=chance.choice(LEVELS),
            on=min(first + timedelta(days=60 * place), date(2026, 1, 1)),
            note=said(chance, 12),
        )
        for milestone in version.milestones
        for place in range(READINGS // MILESTONES)
    ]


def measured(ask: Callable[[], Any]) -> tuple[float, float, float, float, int, int]:
    """The first answer, the median and the 95th percentile of the others, and the median of our own processor time, all in
    milliseconds; and the bytes, plain and compressed. The database works beside us."""
    times, worked = [], []
    for _ in range(ASKED + 1):
        begun, own = time.perf_counter(), time.process_time()
        answer = ask()
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        times.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - own))
        if answer.status_code != 200:
            raise SystemExit(f"a page answered {answer.status_code}")
    later = sorted(times[1:])
    return (
        times[0],
        statistics.median(later),
        later[int(0.95 * len(later))],
        statistics.median(worked[1:]),
        len(body),
        len(gzip.compress(body)),
    )


def pages() -> dict[str, str]:
    """Every public page of plans, and the API."""
    return {
        "plans": "/planes/",
        "plan": "/planes/15/",
        "commitment": "/planes/15/compromisos/7/",
        "matrix": "/planes/15/mesa-tecnica/",
        "timeline": "/planes/15/cronologia/",
        "compared": "/planes/comparacion/",
        "search": "/planes/buscar/?q=presupuesto+municipal",
        "plan as JSON": "/planes/15/plan.json",
        "plan as workbook": "/planes/15/plan.xlsx",
        "milestones as CSV": "/planes/15/?formato=csv",
    }


def main() -> None:
    """Fill a database and ask the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    os.environ.setdefault("ATALAYA_CLIENT_RATE", "1e6")
    os.environ.setdefault("ATALAYA_HOSTS", "testserver")
    with tempfile.TemporaryDirectory(prefix="atalaya-plans-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with serving_database(home, "") as address:
            migrate(address, home)
            with portal_on(address, home):
                begun = time.perf_counter()
                with import_module("django.db").transaction.atomic():
                    fill(Random(chosen.seed))
                print(f"written in {time.perf_counter() - begun:.0f} s")
                client = import_module("django.test").Client()
                client.get("/salud")
                with import_module("django.db").connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")  # what the database does by itself some minutes after so many rows
                print(f"{'page':<20} {'first':>8} {'median':>8} {'p95':>8} {'cpu':>8} {'bytes':>9} {'gzip':>8}")
                for name, place in pages().items():
                    ask = partial(client.get, place)
                    first, median, late, own, size, packed = measured(ask)
                    print(f"{name:<20} {first:>8.0f} {median:>8.0f} {late:>8.0f} {own:>8.0f} {size:>9} {packed:>8}")


if __name__ == "__main__":
    main()
