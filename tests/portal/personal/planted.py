"""A country whose files, catalogues and site hold data of persons who do not exist, each value to be searched for."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from tests.conftest import write_small_country

ROWS = 30
WORDS = ["alba", "brea", "cima", "duna", "eco", "faro", "gala", "hito", "isla", "jara"]


def name_of(number: int) -> str:
    return f"Ficticia {WORDS[number // 10].title()}{WORDS[number % 10]} Inventada"


def identity_of(number: int) -> str:
    return f"29876{number:04d}0101"


def mail_of(number: int) -> str:
    return f"ficticia.{WORDS[number // 10]}{WORDS[number % 10]}@gmail.com"


def telephone_of(number: int) -> str:
    return f"5555 {7000 + number}"


def health_of(number: int) -> str:
    return f"fiebre de {WORDS[number % 10]}{WORDS[number // 10]}"


def home_of(number: int) -> str:
    return f"{number + 3} calle {WORDS[number // 10]}{WORDS[number % 10]}, zona imaginaria"


def remark_of(number: int) -> str:
    return f"La señora {name_of(number)} llamó por su hija {WORDS[number % 10]}mar, menor, y dejó el número."


HEADER = (
    "documento personal de identificacion,nombre completo,correo,telefono,direccion,fecha de nacimiento,diagnostico,"
    "observaciones"
)


def rows(first: int) -> list[str]:
    found = []
    for number in range(first, first + ROWS):
        values = (
            identity_of(number), name_of(number), mail_of(number), telephone_of(number), f'"{home_of(number)}"',
            f"{number % 28 + 1:02d}/0{number % 9 + 1}/1990", health_of(number), f'"{remark_of(number)}"',
        )  # fmt: skip
        found.append(",".join(values))
    return found


def registers() -> dict[str, bytes]:
    """Files that hold persons: whole, without a head, and with faults in the middle of their values."""
    whole, headless, broken = rows(0), rows(30), rows(60)
    broken[5] += ",una celda de más"
    broken[7] = broken[7].rsplit(",", 2)[0]
    broken[9] = broken[9].replace("/1990", "/19 90")
    broken[11] = f"={broken[11]}"
    broken[13] = broken[14]
    broken[15] = broken[15].replace("a", "Ã¡")
    return {
        "files/0-0.csv": "\n".join((HEADER, *whole)).encode(),
        "files/1-0.csv": "\n".join(headless).encode(),
        "files/2-0.csv": "\n".join((HEADER, *broken)).encode("cp1252"),
        "files/t0.csv": "\n".join(("Listado preparado por " + name_of(90), HEADER.replace(",", ";"))).encode(),
    }


def planted() -> tuple[str, ...]:
    """Every value that must not be found. What files say of persons, and who stands as contact in a catalogue."""
    found = [identity_of(99), mail_of(99), telephone_of(99), name_of(98), mail_of(98), mail_of(97), telephone_of(97)]
    for number in range(90):
        found += [identity_of(number), name_of(number), mail_of(number), telephone_of(number), home_of(number)]
        found += [health_of(number)]
    return tuple(dict.fromkeys(found))


ASIDE = f"Consultas: {mail_of(99)}, teléfono {telephone_of(99)}, documento {identity_of(99)}."
CONTACT = {
    "author": name_of(98),
    "author_email": mail_of(98),
    "maintainer": name_of(98),
    "maintainer_email": mail_of(98),
}
SITE = f"""<!doctype html><html lang="es"><title>Ministerio</title><body><h1>Información pública</h1>
<p>Escriba a {mail_of(97)} o llame al {telephone_of(97)}.</p>
<ul><li><a href="/lista.csv">Listado de {identity_of(99)} para {mail_of(97)}</a></li>
<li><a href="/informe.html">Informe, teléfono {telephone_of(97)}</a></li></ul></body></html>"""


def write_planted_country(folder: Path) -> tuple[Path, Path]:
    """The small country with persons in all that it publishes."""
    pack, replay = write_small_country(folder, "day", changed=False, validators="none")
    for place, body in registers().items():
        (replay / place).write_bytes(body)
    packages = [json.loads(line) for line in (replay / "packages.jsonl").read_text(encoding="utf-8").splitlines()][:5]
    packages[3] |= {**CONTACT, "title": f"Conjunto 3 de {identity_of(99)}", "tags": [{"name": mail_of(99)}]}
    packages[3]["notes"] += f" {ASIDE}"
    packages[3]["resources"][0] |= {"name": f"Archivo de {mail_of(99)}", "description": ASIDE}
    packages[4]["organization"] = {"name": "o", "title": f"Oficina de {mail_of(98)}"}
    (replay / "packages.jsonl").write_text("\n".join(map(json.dumps, packages)), encoding="utf-8")
    document = json.loads((replay / "data.json").read_text(encoding="utf-8"))
    document["dataset"] = document["dataset"][:2]
    contact = {"fn": name_of(98), "hasEmail": f"mailto:{mail_of(98)}"}
    document["dataset"][0] |= {"description": ASIDE, "contactPoint": contact, "keyword": [telephone_of(99)]}
    (replay / "data.json").write_text(json.dumps(document), encoding="utf-8")
    graph = (replay / "catalog.ttl").read_text(encoding="utf-8").partition("<https://tres.small.example/d1> a")[0]
    graph = re.sub(r", <https://tres.small.example/d[1-9]>", "", graph)
    with (replay / "catalog.ttl").open("w", encoding="utf-8") as stream:
        stream.write(
            graph
            + f"""<https://tres.small.example/d0> <http://purl.org/dc/terms/description> "{ASIDE}"@es ;
            dcat:contactPoint [ <http://www.w3.org/2006/vcard/ns#fn> "{name_of(98)}" ;
            <http://www.w3.org/2006/vcard/ns#hasEmail> <mailto:{mail_of(98)}> ] ."""
        )
    served = yaml.safe_load((replay / "replay.yml").read_text(encoding="utf-8"))
    for place, body, kind in (
        ("", SITE, "text/html; charset=utf-8"),
        ("informe.html", SITE, "text/html; charset=utf-8"),
        ("lista.csv", registers()["files/0-0.csv"].decode(), "text/csv"),
    ):
        url = f"https://dos.small.example/{place}"
        served["routes"].append({"url": url, "text": body, "headers": {"Content-Type": kind}})
    (replay / "replay.yml").write_text(yaml.safe_dump(served), encoding="utf-8")
    units = yaml.safe_load((pack / "institutions/all.yml").read_text(encoding="utf-8"))
    for unit in units:
        if unit["slug"] == "dos":
            unit["site"] = "https://dos.small.example/"
    (pack / "institutions/all.yml").write_text(yaml.safe_dump(units), encoding="utf-8")
    return pack, replay


def observed(folder: Path) -> tuple[Path, list[Sealed]]:
    """Two rounds over the country, its sites read; in the second one a register is gone."""
    pack, replay = write_planted_country(folder)
    rounds = []
    for day in (5, 6):
        if day == 6:
            (replay / "files/0-0.csv").unlink()
        moment = datetime(2026, 1, day, 12, tzinfo=UTC)
        with serving(replay) as served:
            resolve = folder / f"resolve-{day}.json"
            write_resolve(served, resolve)
            options = replace(read_settings({}, folder / "home"), timeout=5.0, browser="off")
            plan = Plan(settings=options, clock=fixed_clock(moment), pacing=system_clock(), resolve=resolve)
            rounds.append(asyncio.run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(moment), sites=True))))
    return pack, rounds
