"""The read model of a large country that nobody has: the tables that `publish.read_model` fills, row by row, from one seed."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from psycopg.types.json import Jsonb

from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import CHECKS, rules_table
from atalaya.countries.pack import CountryPack
from atalaya.duties.sentences import REASONS, STANDINGS
from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.gathering import european_only
from atalaya.publish.read_model.duty_rows import duties
from atalaya.publish.read_model.names import dataset_name
from atalaya.publish.read_model.score_rows import shown_nodes
from atalaya.publish.read_model.search_words import vector
from atalaya.publish.read_model.values import Values
from benchmarks.large_portal.words import description, often, subject, title

METHODOLOGY = "open-data-national/1"
FORMATS = often(["csv", "xlsx", "pdf", "json", "xls", "html", "geojson", "xml", "zip", "ods", "docx", "shp", "kml"])
THEMES = often(["gove", "econ", "soci", "heal", "educ", "envi", "agri", "tran", "just", "regi", "ener", "tech", "intr"])
LICENCES = often(["cc-by-4.0", "notspecified", "cc-zero", "odc-odbl", "cc-by-sa-4.0", "other-closed"])
KINDS = ("ministry", "secretariat", "autonomous", "municipality", "legislature")
GROUPS = ("ejecutivo", "autonomas", "municipal", "legislativo")


@dataclass(frozen=True)
class Size:
    """How large the country is; `findings` and `resources` are of all its datasets, `periods` of each duty with a series."""

    institutions: int = 1_000
    datasets: int = 20_000
    resources: int = 100_000
    findings: int = 150_000
    rounds: int = 24
    periods: int = 3
    seed: int = 1


@dataclass(frozen=True)
class Country:
    """The rows of every table."""

    size: Size
    pack: CountryPack

    @cached_property
    def editions(self) -> list[tuple[str, date]]:
        """Observations with their days, a month apart, oldest first."""
        days = [date(2026, 11, 20) - timedelta(days=30 * n) for n in reversed(range(self.size.rounds))]
        return [(f"xl-{day:%Y%m%d}T120000Z", day) for day in days]

    @cached_property
    def institutions(self) -> list[dict[str, Any]]:
        """Bodies: a few with many datasets, most with few, every tenth with none."""
        chance, made = Random(self.size.seed), []
        for number in range(self.size.institutions):
            kind = KINDS[min(number // 15, 2)] if number < self.size.institutions * 0.3 else "municipality"
            about = subject(chance)
            name = {
                "ministry": f"Ministerio de {about} y {subject(chance)}",
                "secretariat": f"Secretaría de {about} y {subject(chance)}",
                "autonomous": f"Instituto Nacional de {about} y {subject(chance)}",
            }.get(kind, f"Municipalidad de {title(chance).split()[-2].strip(',:')} {number}")
            made.append(
                {
                    "id": f"xl:inst-{number}",
                    "slug": f"inst-{number}",
                    "name": name,
                    "acronym": "".join(word[0] for word in name.split() if word[0].isupper()) + str(number),
                    "kind": kind,
                    "group": GROUPS[(0 if kind in KINDS[:2] else 1 if kind == "autonomous" else 2)],
                    "about": about,
                }
            )
        return made

    @cached_property
    def owners(self) -> list[int]:
        """Dataset by number → the number of its institution."""
        publishing = [n for n in range(self.size.institutions) if n % 10 != 9]
        weights = often([str(n) for n in publishing])
        chance = Random(self.size.seed + 1)
        return [int(weights.one(chance)) for _ in range(self.size.datasets)]

    @cached_property
    def dataset_ids(self) -> list[str]:
        """Identifiers as observations write them."""
        return [_identifier("d", n) for n in range(self.size.datasets)]

    @cached_property
    def resource_owners(self) -> list[int]:
        """Resource by number → the number of its dataset: most have a few, a few have hundreds."""
        chance, found = Random(self.size.seed + 2), list(range(self.size.datasets))
        large = [chance.randrange(self.size.datasets) for _ in range(max(1, self.size.datasets // 200))]
        while len(found) < self.size.resources:
            found.append(chance.choice(large) if chance.random() < 0.15 else chance.randrange(self.size.datasets))
        return sorted(found[: self.size.resources])

    @cached_property
    def findings(self) -> list[tuple[str, Any, str, dict[str, object], int, int | None]]:
        """Id, check, reason, evidence, the number of the dataset, and of the resource where it is about one."""
        chance = Random(self.size.seed + 3)
        failing = [
            (check, outcome.reason, dict[str, object](outcome.evidence))
            for check in CHECKS
            for outcome in (check.rule(example.case) for example in check.examples)
            if outcome.verdict is Verdict.FAIL and check.level.value in ("dataset", "resource", "table")
        ]
        chance.shuffle(failing)
        places = often([str(n) for n in range(len(failing))])
        found = []
        for number in range(self.size.findings):
            check, reason, evidence = failing[int(places.one(chance))]
            resource = chance.randrange(len(self.resource_owners))
            dataset = self.resource_owners[resource]
            about = None if check.level.value == "dataset" else resource
            found.append((_identifier("f", number), check, reason, evidence, dataset, about))
        return found

    def contents(self) -> Iterator[tuple[str, Iterator[Values]]]:
        """Every table with its rows, in the order of `publish.read_model.loading`."""
        yield "edition", self._edition_rows()
        yield "unit_group", self._group_rows()
        yield "institution", self._institution_rows()
        yield "source", self._source_rows()
        yield "score", self._score_rows()
        yield "gain", self._gain_rows()
        yield "dataset", self._dataset_rows()
        yield "theme", self._theme_rows()
        yield "resource", self._resource_rows()
        yield "finding", self._finding_rows()
        yield "rule", self._rule_rows()
        yield "change", self._change_rows()
        yield "duty", duties(self.pack)
        yield "verdict", self._verdict_rows()

    def _edition_rows(self) -> Iterator[Values]:
        size = self.size
        for name, day in self.editions:
            yield (
                name,
                "xl",
                Jsonb({"es": "País grande de prueba", "en": "Large country for tests"}),
                day.isoformat(),
                METHODOLOGY,
                name == self.editions[-1][0],
                True,
                hashlib.sha256(name.encode()).hexdigest(),
                "0.1.0",
                *(size.datasets, size.resources, size.institutions, len(set(self.owners)), size.findings),
            )

    def _group_rows(self) -> Iterator[Values]:
        for place, group in enumerate(GROUPS):
            yield group, place, Jsonb({"es": f"Grupo {group}", "en": f"Group {group}"}), place == 0

    def _institution_rows(self) -> Iterator[Values]:
        datasets, resources, failing = Counter(self.owners), Counter[int](), Counter[int]()
        for dataset in self.resource_owners:
            resources[self.owners[dataset]] += 1
        for finding in self.findings:
            failing[self.owners[finding[4]]] += 1
        for number, each in enumerate(self.institutions):
            yield (
                *(each[name] for name in ("id", "slug", "name", "acronym", "kind")),
                "executive" if each["group"] == "ejecutivo" else "municipal",
                f"https://www.{each['slug']}.example/",
                [each["group"]],
                *(datasets[number], resources[number], failing[number]),
            )

    def _source_rows(self) -> Iterator[Values]:
        for number in range(max(1, self.size.institutions // 10)):
            url = f"https://datos{number}.example"
            names = Jsonb({"es": f"Catálogo {number}", "en": f"Catalogue {number}"})
            yield f"xl:source-{number}", names, "ckan", url, f"xl:inst-{number}", "complete", None, 200, 1000

    def _score_rows(self) -> Iterator[Values]:
        nodes = shown_nodes(read_shipped_index(METHODOLOGY))
        chance = Random(self.size.seed + 4)
        members = Counter(each["group"] for each in self.institutions)
        for name, _ in self.editions:
            shown = nodes if name == self.editions[-1][0] else nodes[:1]
            places = Counter[str]()
            for kind, unit, group in [
                *(("institution", each["id"], each["group"]) for each in self.institutions),
                *(("group", group, None) for group in GROUPS),
            ]:
                ranked = kind == "institution" and chance.random() > 0.1
                places[group or ""] += ranked
                rank = places[group or ""] if ranked else None
                for node in shown:
                    value = round(chance.uniform(5, 95), 6)
                    whole = node.depth == 0
                    yield (
                        *(name, METHODOLOGY, unit, node.name, kind, node.place, node.depth, node.dimension),
                        Jsonb(dict(node.title)),
                        *(value, max(0.0, value - chance.uniform(0, 9)), min(100.0, value + chance.uniform(0, 9))),
                        *(0.9, ranked if whole else None),
                        *((rank, rank and max(1, rank - 4), rank and rank + 4) if whole else (None, None, None)),
                        round(chance.random(), 6),
                        Jsonb(_detail(chance, group, rank, members) if whole else _part(chance)),
                    )

    def _gain_rows(self) -> Iterator[Values]:
        nodes = [node for node in shown_nodes(read_shipped_index(METHODOLOGY)) if node.depth > 1]
        chance = Random(self.size.seed + 5)
        for each in self.institutions:
            for place, node in enumerate(chance.sample(nodes, 9)):
                check = chance.choice(CHECKS).id
                yield each["id"], place, node.name, Jsonb(dict(node.title)), check, 9.0 / (place + 1), 30

    def _dataset_rows(self) -> Iterator[Values]:
        chance = Random(self.size.seed + 6)
        resources = Counter(self.resource_owners)
        failing = Counter(finding[4] for finding in self.findings)
        for number, identifier in enumerate(self.dataset_ids):
            owner = None if number % 50 == 49 else self.institutions[self.owners[number]]
            named, said = title(chance, owner["about"] if owner else ""), description(chance)
            keywords = sorted({subject(chance) for _ in range(chance.randint(1, 6))})
            themes = sorted({THEMES.one(chance) for _ in range(chance.randint(0, 2))})
            day = date(2026, 11, 20) - timedelta(days=chance.randrange(2000))
            licence, url = LICENCES.one(chance), f"https://datos{number % 100}.example/dataset/{number}"
            words = vector(
                ((named, "A"), (" ".join(keywords), "B"), (owner["name"] if owner else "", "C"), (said, "D"))
            )
            yield (
                identifier,
                f"xl:source-{number % max(1, self.size.institutions // 10)}",
                owner["id"] if owner else None,
                owner["name"] if owner else "Unidad de Informática",
                *(named, Jsonb({"es": named}), said, Jsonb({"es": said})),
                *(keywords, themes, licence, "monthly", day.isoformat(), day.isoformat(), url, str(number)),
                *("present", day, self.editions[-1][1], resources[number], failing[number]),
                sorted({FORMATS.one(chance) for _ in range(min(4, resources[number]))}),
                *(words, dataset_name(named, identifier), themes, licence, licence, None, None, day),
            )

    def _theme_rows(self) -> Iterator[Values]:
        for name in THEMES.items:
            yield name, name.upper(), self.size.datasets // len(THEMES.items)

    def _resource_rows(self) -> Iterator[Values]:
        chance, place, before = Random(self.size.seed + 7), 0, -1
        for number, dataset in enumerate(self.resource_owners):
            place, before = (place + 1 if dataset == before else 0), dataset
            form, day = FORMATS.one(chance), date(2026, 11, 20) - timedelta(days=chance.randrange(900))
            bad, url = chance.random() < 0.1, f"https://datos{dataset % 100}.example/files/{number}.{form}"
            columns = [
                {"name": f"{subject(chance)} {n}", "kind": "integer", "missing": n, "filled": 90, "distinct": 40}
                for n in range(chance.randint(3, 14) if form in ("csv", "xlsx", "xls") else 0)
            ]
            yield (
                *(_identifier("r", number), self.dataset_ids[dataset], place),
                chance.choice([title(chance), f"Datos {chance.randint(2005, 2026)}", f"{form.upper()} {place + 1}"]),
                *(url, form.upper(), None if bad else form, "utf-8", "text/csv", chance.randint(200, 9_000_000)),
                *(404 if bad else 200, None, None if bad else hashlib.sha256(url.encode()).hexdigest(), "whole"),
                *(day, self.editions[-1][1], day),
                Jsonb([{"name": "", "rows": 120, "columns": columns}] if columns else []),
                *(Jsonb([]), url, url, "text/csv", None, None, day.isoformat(), day.isoformat()),
            )

    def _finding_rows(self) -> Iterator[Values]:
        since = self.editions[max(0, len(self.editions) - 3)][1]
        for identifier, check, reason, evidence, dataset, resource in self.findings:
            about = _identifier("r", resource) if resource is not None else None
            owner = None if dataset % 50 == 49 else self.institutions[self.owners[dataset]]["id"]
            yield (
                *(identifier, check.id, check.version, check.level.value, about or self.dataset_ids[dataset], owner),
                f"xl:source-{dataset % max(1, self.size.institutions // 10)}",
                *(self.dataset_ids[dataset], about, None, reason, 0, 1, Jsonb(evidence), since),
            )

    def _rule_rows(self) -> Iterator[Values]:
        failing = Counter(finding[1].id for finding in self.findings)
        for row in rules_table():
            name = str(row["id"])
            yield (
                *(row[key] for key in ("id", "version", "kind", "level", "dimension", "effort")),
                european_only(name),
                *(Jsonb(row[key]) for key in ("title", "text", "remedy")),
                failing[name],
            )

    def _change_rows(self) -> Iterator[Values]:
        chance = Random(self.size.seed + 8)
        for place in range(self.size.datasets // 10):
            kind = chance.choice(["new", "changed", "changed", "changed", "vanished", "returned"])
            number = chance.randrange(self.size.datasets)
            there = self.dataset_ids[number] if kind != "vanished" else _identifier("v", place)
            yield place, kind, there, title(chance), self.institutions[self.owners[number]]["id"]

    def _verdict_rows(self) -> Iterator[Values]:
        chance, standings, reasons = Random(self.size.seed + 9), list(STANDINGS), list(REASONS)
        periods = ["", *(f"2026-{10 - n:02d}" for n in range(self.size.periods))]
        for each in self.institutions:
            for duty in self.pack.duties:
                for period in periods:
                    page = [{"url": f"https://www.{each['slug']}.example/{duty.id}", "text": "Información pública"}]
                    yield (
                        *(each["id"], duty.id, period, chance.choice(standings), chance.choice(reasons), 12),
                        *(None, 2, "", Jsonb([]), Jsonb(page)),
                    )


def _detail(chance: Random, group: str | None, rank: int | None, members: Counter[str]) -> dict[str, object]:
    """What a row of the whole index carries: its ranks, and as much beside them as a real one."""
    ranks = [
        {"group": name, "rank": rank, "low": max(1, rank - 4), "high": rank + 4, "among": members[group or ""]}
        for name in (group, "all")
        if rank
    ]
    parts = {f"part_{n}": {"value": round(chance.random(), 6), "weight": 0.25} for n in range(16)}
    return {"ranks": ranks, "parts": parts}


def _part(chance: Random) -> dict[str, object]:
    """What a row of an indicator carries."""
    passed, unknown = chance.randrange(60), chance.randrange(9)
    counts = {"passed": passed, "applied": 69, "unknown": unknown, "not_applicable": 3}
    return {"state": "value", "measure": "described@1", "reason": None, **counts}


def _identifier(kind: str, number: int) -> str:
    """An identifier of 26 letters and digits, as sha256 in base32 gives."""
    return kind + hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:25]
