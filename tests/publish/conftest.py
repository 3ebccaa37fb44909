"""A synthetic observation: rows as a store would give them, measured and scored by the real engine."""

import random
from collections.abc import Callable

import pytest

from atalaya.checks.registry import by_id
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, score_units
from atalaya.measures.facts import CheckRule, Facts
from atalaya.measures.registry import measure
from atalaya.publish.report_data import Differences, GroupTitle, ReportData

TABLE_CHECKS = ("columns_distinct", "header_meaningful", "rows_even")
DATASET_CHECKS = (
    "contact_present",
    "current_declared",
    "current_observed",
    "data_downloadable",
    "dates_consistent",
    "described",
    "five_stars",
    "history_deep",
    "licence_open",
    "metadata_present",
    "mqa_dcat_ap_compliance",
    "publisher_named",
    "resources_documented",
)
RESOURCE_CHECKS = (
    "available_to_machines",
    "encoding_utf8",
    "format_true",
    "machine_readable",
    "media_type_served",
    "open_format",
    "reachable",
    "service_capable",
    "unprotected",
)
LEVELS = (
    *((name, "dataset") for name in DATASET_CHECKS),
    *((name, "resource") for name in RESOURCE_CHECKS),
    *((name, "table") for name in TABLE_CHECKS),
)
RULES = tuple(CheckRule(name, by_id(name).version, level) for name, level in LEVELS)
GROUPS = (
    GroupTitle(id="executive", title={"es": "Organismo Ejecutivo", "en": "Executive branch"}, headline=True),
    GroupTitle(id="municipal", title={"es": "Municipalidades", "en": "Municipalities"}),
)

Build = Callable[..., ReportData]


def _outcome(check, level, institution, subject, verdict, title):
    return {
        "check_id": check,
        "check_version": by_id(check).version,
        "level": level,
        "subject_id": subject,
        "institution_id": institution,
        "source_id": "xx:portal",
        "record_id": subject.partition("/")[0],
        "resource_id": subject if level != "dataset" else None,
        "table": "hoja 1" if level == "table" else None,
        "verdict": verdict,
        "reason": {"pass": "ok", "fail": "wrong", "unknown": "hidden"}[verdict],
        "passed": int(verdict == "pass"),
        "applied": int(verdict != "unknown"),
        "evidence": {"found": "html"},
        "finding_id": f"{check}-{subject}",
        "record_title": {"es": title},
        "resource_title": {"es": f"Recurso de {title}"},
        "landing_page": None,
        "url": f"https://datos.example.org/{subject}.csv",
        "status": 200,
        "failure": None,
        "media_type": "text/html",
        "format": "html",
        "size": 12345,
        "sha256": "ab" * 32,
    }


def _text(language):
    return {
        "es": f"Texto de la prueba, {language} con varias palabras que lo explican.",
        "en": "Text of the check, with several words that explain it.",
    }


@pytest.fixture
def build() -> Build:
    """Make report data: institutions with their share of passing cases; None is unseen, 0 datasets is publishing nothing."""

    def make(
        institutions: int = 14,
        datasets: int = 120,
        *,
        title: str = "Población por departamento",
        unknown: float = 0.05,
        state: str = "complete",
        seed: int = 1,
        orphans: int = 0,
        **more: object,
    ) -> ReportData:
        chance = random.Random(seed)
        ids = tuple(f"xx:inst-{number:03}" for number in range(institutions))
        silent = set(ids[-1:]) if institutions > 1 else set()
        attributions, outcomes = [], []
        publishing = [i for i in ids if i not in silent]
        for number in range(datasets if publishing else 0):
            owner = publishing[number % len(publishing)]
            record = f"rec{number:04}"
            attributions.append({"record_id": record, "source_id": "xx:portal", "institution_id": owner})
            quality = (publishing.index(owner) + 1) / (len(publishing) + 1)
            for check, level in LEVELS:
                for part in range(1 if level == "dataset" else 3):
                    subject = record if level == "dataset" else f"{record}/{part}"
                    draw = chance.random()
                    verdict = "unknown" if draw < unknown else "pass" if chance.random() < quality else "fail"
                    outcomes.append(_outcome(check, level, owner, subject, verdict, f"{title} {number}"))
        attributions += [
            {"record_id": f"orphan{number}", "source_id": "xx:portal", "institution_id": None}
            for number in range(orphans)
        ]
        sources = (
            {
                "source_id": "xx:portal",
                "title": {"es": "Portal nacional", "en": "National portal"},
                "protocol": "ckan",
                "url": "https://datos.example.org",
                "institution_id": None,
                "covers": [],
                "state": state,
                "reason": None if state == "complete" else "HTTP status 503",
                "declared_total": datasets,
                "datasets": len(attributions),
                "resources": 3 * len(attributions),
                "derived": 0,
                "problems": 1,
                "unread_fields": 2,
                "tls_failure": None,
            },
        )
        groups = {i: ["municipal"] if n % 4 == 3 else ["executive"] for n, i in enumerate(ids)}
        measures = measure(Facts("xx", ids, RULES, sources, tuple(attributions), tuple(outcomes)))
        methodology = read_shipped_index(HEADLINE)
        scores = score_units(methodology, measures, [Unit(i, tuple(groups[i])) for i in ids])
        values: dict[str, object] = {
            "country": "gt",
            "names": {"es": "País de prueba", "en": "Test country"},
            "observation_id": "xx-20260131",
            "as_of": "2026-01-31T08:00:00Z",
            "methodology": methodology,
            "groups": GROUPS,
            "institutions": tuple(
                {
                    "institution_id": i,
                    "name": f"Institución {i[-3:]}",
                    "acronym": f"I{i[-3:]}",
                    "kind": "ministry",
                    "branch": "executive",
                    "site": None,
                    "groups": groups[i],
                }
                for i in ids
            ),
            "sources": sources,
            "scores": tuple(scores),
            "measures": tuple(measures),
            "rules": tuple(
                {
                    "id": rule.id,
                    "version": rule.version,
                    "kind": "check",
                    "level": rule.level,
                    "title": {"es": f"Prueba {rule.id}", "en": f"Check {rule.id}"},
                    "text": _text(rule.id),
                    "remedy": _text(rule.id),
                }
                for rule in RULES
            ),
            "findings": tuple(row for row in outcomes if row["verdict"] == "fail"),
            "caveats": {"xx:portal": ("No dice cuándo se actualizó.",)},
            "hashes": {"records": "cd" * 32, "outcomes": "ef" * 32},
            "manifest_sha256": "12" * 32,
            "commands": ("atalaya observation verify xx-20260131",),
            "code_version": "0.1.0",
            "datasets": len(attributions),
            "resources": 3 * len(attributions),
        }
        return ReportData(**{**values, **more})

    return make


@pytest.fixture
def differences(build: Build) -> Differences:
    """Differences with one of each kind."""
    rows = build().findings
    return Differences(
        parent="xx-20260129",
        parent_as_of="2026-01-29T08:00:00Z",
        datasets=(
            {"change": "new", "record_id": "a", "title": {"es": "Nuevo"}, "institution_id": "xx:inst-000"},
            {"change": "changed", "record_id": "b", "title": {"es": "Cambiado"}, "institution_id": "xx:inst-001"},
            {"change": "vanished", "record_id": "c", "title": {"es": "Desaparecido"}, "institution_id": None},
        ),
        scores=(
            {"unit_id": "xx:inst-000", "before": 10.0, "after": 22.5},
            {"unit_id": "executive", "before": 40.0, "after": 41.0},
            {"unit_id": "xx:inst-001", "before": None, "after": 5.0},
            {"unit_id": "xx:inst-002", "before": 5.0, "after": 5.0},
        ),
        findings=({**rows[0], "change": "failing"}, {**rows[1], "change": "mended"}),
        rules=({"id": "licence_open", "before": 1, "after": 2},),
    )
