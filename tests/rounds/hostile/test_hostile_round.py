"""One round over a country of hostile sources and resources: each ends as a row with a clear text, and the round is sealed.

The limits are those of docs/explanation/hostile-sources.md, lowered through the settings so that the round takes seconds.
"""

import asyncio
import json
import os
import socket
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import yaml

from atalaya.clock import Clock, fixed_clock, stamp
from atalaya.countries.reader import read_pack
from atalaya.harvest.protocol import REASONS
from atalaya.history.read import Sealed
from atalaya.publish.phrases import failure_text, reason_text
from atalaya.publish.words import words
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.process_tree import Watch, resident
from tests.rounds.hostile.resources import RESOURCES, ResourceCase, script_of
from tests.rounds.hostile.server import Hostile, always, http, serving_hostile
from tests.rounds.hostile.sources import SOURCES, SourceCase

pytestmark = pytest.mark.slow

AS_OF = datetime(2026, 1, 5, 12, tzinfo=UTC)
MIB = 1 << 20
GROWTH = 600 * MIB
"""Most memory that the process tree may take beyond what it had: where nothing stops them, the files unpack by the gigabyte."""
SENT = 200 * MIB
"""Most bytes that any endless answer may bring: the limit for streams is 96 MiB, and what lies in buffers comes on top."""
SUFFIX = "hostile.example"
LOOKUPS = {
    f"rebind.{SUFFIX}": ["127.0.0.1", "169.254.169.254"],
    f"r-turns-private.{SUFFIX}": ["10.1.2.3"],
    f"turns-private.{SUFFIX}": ["10.1.2.3"],
    "metadata.google.internal": ["169.254.169.254"],
}
"""What DNS answers, the last answer again and again; every other name does not resolve."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is looked at: the sealed observation, the rows by key, what the server saw, and the memory taken."""

    observation: Sealed
    sources: dict[str, dict[str, Any]]
    probes: dict[str, dict[str, Any]]
    inspections: dict[str, dict[str, Any]]
    reachable: dict[str, str]
    server: Hostile
    grown: int


def hasty(haste: float = 50.0) -> Clock:
    """Politeness at fifty times the speed."""
    started = monotonic()

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / haste)

    return Clock(now=lambda: AS_OF + timedelta(seconds=(monotonic() - started) * haste), sleep=sleep)


def source_url(name: str, case: SourceCase, port: int) -> str:
    return f"http://{name}.{SUFFIX}:{port}{case.path}" if case.by_name else f"https://{name}.{SUFFIX}{case.path}"


def resource_url(name: str, case: ResourceCase) -> str:
    return case.address or f"https://r-{name}.{SUFFIX}/{case.name}"


def write_country(folder: Path, port: int) -> None:
    country: dict[str, Any] = {
        "code": "zz",
        "name": {"es": "País hostil", "en": "Hostile country"},
        "languages": ["es"],
        "groups": [{"id": "all", "title": {"es": "Todas", "en": "All"}, "kinds": ["ministry"], "headline": True}],
    }
    institution = [{"slug": "uno", "name": "Ministerio Uno", "kind": "ministry"}]
    documents: dict[str, Any] = {"country.yml": country, "institutions/all.yml": institution}
    good = {"good": {"protocol": "datajson", "url": f"https://good.{SUFFIX}/data.json"}}
    declared = {
        name: {"protocol": case.protocol, "url": source_url(name, case, port), **case.declared}
        for name, case in SOURCES.items()
    }
    for name, source in {**good, **declared}.items():
        common = {"title": {"es": name}, "institution": "uno", "requests_per_second": 500}
        documents[f"sources/{name}.yml"] = {**common, **source}
    for path, document in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def good_catalogue() -> bytes:
    datasets = [
        {
            "identifier": name,
            "title": f"Caso {name}",
            "distribution": [{"downloadURL": resource_url(name, case), "title": name}],
        }
        for name, case in RESOURCES.items()
    ]
    return json.dumps({"conformsTo": "x", "dataset": datasets}).encode()


def resolve_map(server: Hostile) -> dict[str, Any]:
    """Where the hosts are served; names that are not listed go to DNS, which the test answers."""
    origins = {f"https://good.{SUFFIX}:443": f"http://127.0.0.1:{server.plain}"}
    for host in server.scripts:
        origins[f"https://{host}:443"] = f"http://127.0.0.1:{server.plain}"
    origins |= {f"https://{host}:443": f"https://127.0.0.1:{port}" for host, port in server.tls.items()}
    for name, case in SOURCES.items():
        if case.silent:
            origins[f"https://{name}.{SUFFIX}:443"] = f"https://127.0.0.1:{server.silent}"
    return {"format": 1, "unlisted": "connect", "origins": origins}


async def lookup(_loop: object, host: str, port: int, **_more: object) -> list[Any]:
    """DNS as the case has it."""
    answers = LOOKUPS_LEFT.get(host)
    if not answers:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} does not resolve")
    address = answers.pop(0) if len(answers) > 1 else answers[0]
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


LOOKUPS_LEFT = {host: list(answers) for host, answers in LOOKUPS.items()}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    folder = tmp_path_factory.mktemp("hostile")
    scripts = {f"{name}.{SUFFIX}": case.script for name, case in SOURCES.items()}
    scripts |= {f"r-{name}.{SUFFIX}": script_of(case) for name, case in RESOURCES.items() if case.address is None}
    scripts[f"good.{SUFFIX}"] = always(http(good_catalogue(), "Content-Type: application/json"))
    hosts = {f"{name}.{SUFFIX}": case.certificate for name, case in SOURCES.items() if case.certificate}
    hosts |= {f"r-{name}.{SUFFIX}": case.certificate for name, case in RESOURCES.items() if case.certificate}
    with serving_hostile(scripts, hosts) as server, pytest.MonkeyPatch.context() as patch, Watch(0.05) as watch:
        patch.setattr(asyncio.BaseEventLoop, "getaddrinfo", lookup)
        write_country(folder / "country", server.plain)
        resolve = folder / "resolve.json"
        resolve.write_text(json.dumps(resolve_map(server)), encoding="utf-8")
        settings = replace(
            read_settings({}, folder / "home"),
            timeout=1.0, answer_seconds=6.0, head_seconds=3.0, body_limit=6 * MIB, stream_limit=96 * MIB,
            source_bytes=MIB // 4, requests_per_second=500.0,
        )  # fmt: skip
        plan = Plan(settings=settings, clock=fixed_clock(AS_OF), pacing=hasty(), resolve=resolve)
        before = resident(os.getpid())
        watch.take_peak()
        request = Request(pack=read_pack(folder / "country"), as_of=stamp(AS_OF), as_of_stated=True)
        observation = asyncio.run(observe(plan, request))
        grown = watch.take_peak() - before
    rows = observation.rows("distributions")
    cases = {str(row["resource_id"]): next(iter(dict(row["title"]).values())) for row in rows}
    return Ended(
        observation=observation,
        sources={str(row["source_id"]).removeprefix("zz:"): dict(row) for row in observation.rows("sources")},
        probes={cases[str(row["resource_id"])]: dict(row) for row in observation.rows("probes")},
        inspections={cases[str(row["resource_id"])]: dict(row) for row in observation.rows("inspections")},
        reachable={
            cases[str(row["subject_id"])]: str(row["reason"])
            for row in observation.rows("outcomes")
            if row["check_id"] == "reachable"
        },
        server=server,
        grown=grown,
    )


def test_the_round_is_sealed_and_the_good_source_is_whole(ended: Ended) -> None:
    assert ended.observation.manifest.signature
    good = ended.sources["good"]
    assert (good["state"], good["reason"], good["datasets"]) == ("complete", None, len(RESOURCES))
    assert set(ended.probes) == set(RESOURCES)
    assert set(ended.sources) == {"good", *SOURCES}


@pytest.mark.parametrize("name", SOURCES)
def test_a_hostile_source_ends_as_an_outcome(ended: Ended, name: str) -> None:
    row = ended.sources[name]
    assert (row["state"], row["reason"]) in SOURCES[name].ends, row["detail"]
    assert row["reason"] is None or (row["reason"] in REASONS and row["detail"])


@pytest.mark.parametrize("name", RESOURCES)
def test_a_hostile_resource_ends_as_an_outcome(ended: Ended, name: str) -> None:
    case, probe = RESOURCES[name], ended.probes[name]
    assert probe["failure"] == case.failure
    assert ended.reachable[name] == case.reason
    if case.defects:
        found = {defect["code"] for defect in ended.inspections[name]["defects"]}
        assert found & set(case.defects), found
    elif case.failure is None:
        assert name in ended.inspections


def test_a_bad_certificate_is_told_beside_what_was_read(ended: Ended) -> None:
    assert ended.sources["other-name"]["tls_failure"] == "tls_wrong_host"
    assert ended.probes["self-signed"]["tls_failure"] == "tls_self_signed"
    assert ended.probes["expired"]["tls_failure"] == "tls_expired"


def test_memory_and_traffic_stay_within_bounds(ended: Ended) -> None:
    assert ended.grown < GROWTH
    greedy = {host: sent for host, sent in ended.server.sent.items() if sent > SENT}
    assert not greedy


def test_every_reason_and_failure_has_words_in_both_languages(ended: Ended) -> None:
    spanish, english = words("es", "zz"), words("en", "zz")
    reasons = {row["reason"] for row in ended.sources.values()} - {None}
    failures = {probe["failure"] for probe in ended.probes.values()} - {None}
    for say, codes in ((reason_text, reasons), (failure_text, failures)):
        for code in codes:
            said = str(say(spanish, code)), str(say(english, code))  # type: ignore[operator]
            assert said[0] != said[1]
            assert code not in said


def test_nothing_was_written_outside_of_the_home(ended: Ended) -> None:
    assert not Path("/tmp/escaped.csv").exists()
    assert ended.server.asked[f"rebind.{SUFFIX}"] == ["/data.json"]
