"""Fixtures that every test may use: the recorded material, the checkout, and a small country served on loopback.

Skipping recorded material is an error where ATALAYA_CORPORA asks for it.
"""

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.portal.database import serving_database
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings

# How fast a machine draws examples or tries one says nothing of what is tested.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT.parent / "shared" / "corpora"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of recorded material; skips where it is absent, fails where ATALAYA_CORPORA names it and it is not there."""
    stated = os.environ.get("ATALAYA_CORPORA")
    folder = (ROOT / stated).resolve() if stated else BESIDE
    if folder.is_dir():
        return folder
    if stated:
        pytest.fail(
            f"ATALAYA_CORPORA is {stated!r}, which is not a folder; correct it or unset it to skip real material"
        )
    return pytest.skip("recorded material absent: set ATALAYA_CORPORA to its folder")


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project's checkout."""
    return ROOT


# A country of three institutions, small enough to be observed again and again, served over real HTTP on loopback.

CSV = "municipio,poblacion\nArriba,{n}\nAbajo,1200\nEnmedio,800\n"
PACK = {
    "country.yml": {
        "code": "zz",
        "name": {"es": "País pequeño", "en": "Small country"},
        "languages": ["es"],
        "groups": [{"id": "all", "title": {"es": "Todas", "en": "All"}, "kinds": ["ministry"], "headline": True}],
        "rates": {f"{name}.small.example": 500 for name in ("uno", "dos", "tres", "files", "more", "gone")},
    },
    "institutions/all.yml": [
        {"slug": slug, "name": f"Ministerio {slug.title()}", "kind": "ministry", "domains": [f"{slug}.small.example"]}
        for slug in ("uno", "dos", "tres")
    ],
}
SOURCES = {
    "uno": ("ckan", "https://uno.small.example"),
    "dos": ("datajson", "https://dos.small.example/data.json"),
    "tres": ("dcat_rdf", "https://tres.small.example/catalog.ttl"),
}


def package(number: int, changed: bool) -> dict[str, object]:
    return {
        "id": f"p{number}",
        "name": f"dataset-{number}",
        "title": f"Conjunto {number}{' (corregido)' if changed else ''}",
        "notes": "Población por municipio según el censo, con un renglón por municipio y su total.",
        "license_id": "cc-by",
        "metadata_modified": "2026-01-01T00:00:00",
        "resources": [
            {
                "id": f"r{number}-{n}",
                "name": f"Archivo {n}",
                "format": "CSV",
                "url": f"https://{host}.small.example/{number}-{n}.csv",
            }
            for n, host in enumerate(("files", "more"))
        ],
    }


def dataset(number: int) -> dict[str, object]:
    return {
        "identifier": f"https://dos.small.example/{number}",
        "title": f"Serie {number}",
        "description": "Serie anual por municipio.",
        "keyword": ["censo"],
        "modified": "2025-12-01",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "distribution": [
            {"downloadURL": f"https://more.small.example/s{number}.csv", "mediaType": "text/csv", "title": "CSV"},
            {"downloadURL": f"https://gone.small.example/s{number}.csv", "mediaType": "text/csv", "title": "Copia"},
        ],
    }


TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://tres.small.example/catalog> a dcat:Catalog ; dcat:dataset {links} .
"""
RECORD = """<https://tres.small.example/d{n}> a dcat:Dataset ; dct:identifier "d{n}" ; dct:title "Tabla {n}"@es ;
  dcat:distribution [ a dcat:Distribution ; dcat:downloadURL <https://files.small.example/t{n}.csv> ; dct:format "CSV" ] .
"""


def write_files(folder: Path, changed: bool) -> None:
    for host, names in {
        "files": [*(f"{n}-0" for n in range(8)), *(f"t{n}" for n in range(4))],
        "more": [*(f"{n}-1" for n in range(8)), *(f"s{n}" for n in range(5))],
    }.items():
        (folder / host).mkdir(parents=True, exist_ok=True)
        for place, name in enumerate(names):
            text = CSV.format(n=3000 + place + (1000 if changed and place == 0 else 0))
            (folder / host / f"{name}.csv").write_text(text, encoding="utf-8")


def write_small_country(folder: Path, name: str, *, changed: bool, validators: str) -> tuple[Path, Path]:
    """Write the pack and one replay folder; give both. `changed`: one dataset edited, one added, one deleted, two files new."""
    pack, replay = folder / "country", folder / name
    for path, body in PACK.items():
        (pack / path).parent.mkdir(parents=True, exist_ok=True)
        (pack / path).write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    (pack / "sources").mkdir(exist_ok=True)
    for slug, (protocol, url) in SOURCES.items():
        source = {
            "title": {"es": slug},
            "protocol": protocol,
            "url": url,
            "institution": slug,
            "requests_per_second": 500,
        }
        (pack / "sources" / f"{slug}.yml").write_text(yaml.safe_dump(source), encoding="utf-8")
    replay.mkdir()
    write_files(replay, changed)
    numbers = [0, 1, 2, 3, 4, 5, 7] if changed else range(7)
    lines = [json.dumps(package(n, changed and n == 2)) for n in numbers]
    (replay / "packages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (replay / "data.json").write_text(json.dumps({"conformsTo": "x", "dataset": [dataset(n) for n in range(5)]}))
    links = ", ".join(f"<https://tres.small.example/d{n}>" for n in range(4))
    (replay / "catalog.ttl").write_text(TURTLE.format(links=links) + "".join(RECORD.format(n=n) for n in range(4)))
    document = {
        "format": 1,
        "routes": [
            {"url": "https://dos.small.example/data.json", "file": "data.json", "validators": validators,
             "last_modified": "Thu, 01 Jan 2015 00:00:00 GMT", "headers": {"Content-Type": "application/json"}},
            {"url": "https://tres.small.example/catalog.ttl", "file": "catalog.ttl", "validators": validators,
             "last_modified": "Thu, 01 Jan 2015 00:00:00 GMT", "headers": {"Content-Type": "text/turtle"}},
            *({"url": f"https://gone.small.example/s{n}.csv", "text": "no", "status": status}
              for n, status in enumerate((404, 403, 404, 410, 404))),
        ],
        "services": [
            {"kind": "ckan", "base": "https://uno.small.example", "packages": "packages.jsonl", "validators": validators},
            {"kind": "folder", "base": "https://files.small.example/", "folder": "files", "validators": validators},
            {"kind": "folder", "base": "https://more.small.example/", "folder": "more", "validators": validators},
        ],
    }  # fmt: skip
    (replay / "replay.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    return pack, replay


@pytest.fixture
def small_country(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes the pack and one replay folder; gives both. `changed`: one dataset edited, one added, one deleted, two files new."""

    def write(name: str = "day-1", *, changed: bool = False, validators: str = "none") -> tuple[Path, Path]:
        return write_small_country(tmp_path, name, changed=changed, validators=validators)

    return write


@pytest.fixture(scope="session")
def engine() -> Iterator[str]:
    """An embedded PostgreSQL for workers; gives its address. Its folder is a short one: a socket's path has a limit."""
    with (
        tempfile.TemporaryDirectory(prefix="engine-", ignore_cleanup_errors=True) as folder,
        serving_database(Path(folder), "") as address,
    ):
        yield address


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start what runs for minutes first, so that the other worker takes the rest meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes never name a case: compressed ones hold the moment they were made, and parallel workers must agree on names."""
    del config
    return argname if isinstance(val, bytes | bytearray) else None


def observe_small_country(folder: Path, pack: Path, replay: Path, moment: datetime) -> Sealed:
    """A whole sealed round over a replay folder, its home under `home` of the folder."""
    with serving(replay) as served:
        resolve = folder / "resolve.json"
        write_resolve(served, resolve)
        options = replace(read_settings({}, folder / "home"), timeout=5.0)
        plan = Plan(settings=options, clock=fixed_clock(moment), pacing=system_clock(), resolve=resolve)
        return asyncio.run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(moment))))


@pytest.fixture
def small_observation(small_country: Callable[..., tuple[Path, Path]], tmp_path: Path) -> Sealed:
    """A whole sealed round of the small country, its home under `home`."""
    return observe_small_country(tmp_path, *small_country(), datetime(2026, 1, 5, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def two_small_rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Sealed]]:
    """The pack of the small country and two sealed rounds of it, oldest first; between them the country changed."""
    folder = tmp_path_factory.mktemp("small-country")
    rounds = []
    for day, changed in ((5, False), (6, True)):
        pack, replay = write_small_country(folder, f"day-{day}", changed=changed, validators="none")
        rounds.append(observe_small_country(folder, pack, replay, datetime(2026, 1, day, 12, tzinfo=UTC)))
    return pack, rounds
