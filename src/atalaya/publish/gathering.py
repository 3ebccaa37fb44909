"""Gathers what a report needs from a sealed observation and the one before it, and writes the reports beside it."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from atalaya.catalogue.records import preferred
from atalaya.countries.pack import CountryPack
from atalaya.history.appearances import aside_by_source, copies
from atalaya.history.compare import Difference, compare
from atalaya.history.read import Sealed
from atalaya.indices.editions import HEADLINE, MQA, headline_of
from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.points import unit_points
from atalaya.publish.report import render_report
from atalaya.publish.report_data import Differences, GroupTitle, ReportData
from atalaya.store.manifest import manifest_sha256
from atalaya.store.parts import write_atomic
from atalaya.store.tables import Row
from atalaya.translations import LANGUAGES

FILES = {"es": "report.html", "en": "report.en.html"}


def write_reports(observation: Sealed, previous: Sealed | None, pack: CountryPack) -> tuple[Path, ...]:
    """Write the report of a sealed observation in both languages, beside its manifest."""
    data = report_data(observation, previous, pack)
    paths = []
    for language in LANGUAGES:
        path = observation.folder / FILES[language]
        write_atomic(path, [render_report(data, language).encode()])
        paths.append(path)
    return tuple(paths)


def report_data(observation: Sealed, previous: Sealed | None, pack: CountryPack) -> ReportData:
    """The rows of a report, from the sealed tables alone; the pack gives titles, caveats and groups."""
    manifest = observation.manifest
    known = Known(observation)
    counts = {entry.name: entry.rows for entry in manifest.tables}
    methodology = headline_of(manifest.methodologies)
    return ReportData(
        country=manifest.country,
        names=pack.name,
        observation_id=manifest.observation,
        as_of=manifest.as_of,
        methodology=read_shipped_index(methodology),
        groups=tuple(GroupTitle(id=group.id, title=group.title, headline=group.headline) for group in pack.groups),
        institutions=tuple(observation.rows("institutions")),
        sources=tuple(observation.rows("sources")),
        scores=tuple(observation.rows("scores", "methodology_id = ?", (methodology,))),
        measures=tuple(observation.rows("measures")),
        rules=tuple(observation.rows("rules")),
        findings=tuple(row for row in known.findings() if not _apart(row)),
        points=tuple(unit_points(observation)),
        caveats={source.id: source.caveats for source in pack.sources if source.caveats},
        hashes=manifest.content_hashes(),
        manifest_sha256=manifest_sha256(observation.folder),
        commands=(
            f"atalaya observation verify {manifest.observation}",
            f"atalaya observation show {manifest.observation}",
            f"atalaya observation findings {manifest.observation}",
        ),
        code_version=manifest.versions["atalaya"],
        datasets=counts["records"] - len(copies(observation)),
        resources=counts["distributions"],
        differences=_differences(previous, observation, known) if previous else None,
        sample=pack.sample,
        aside=aside_by_source(observation),
    )


@cache
def _european() -> frozenset[str]:
    """The checks that only the European points rest on."""
    measures = {measure.partition("@")[0] for measure in read_shipped_index(MQA).measures}
    return frozenset(measures - {measure.partition("@")[0] for measure in read_shipped_index(HEADLINE).measures})


def _apart(row: Row) -> bool:
    """Whether a finding speaks of the European points alone: hundreds of them repeat what the index says of a dataset.

    `observation findings` lists them.
    """
    return row["check_id"] in _european()


class Known:
    """The rows of an observation that findings are joined with, read once."""

    def __init__(self, observation: Sealed) -> None:
        self.observation = observation
        self.records = _by(observation, "records", "record_id", "title", "landing_page")
        self.distributions = _by(observation, "distributions", "resource_id", "title", "format")
        self.probes = _by(
            observation, "probes", "resource_id", "url", "status", "failure", "media_type", "size", "sha256"
        )
        self.inspections = _by(observation, "inspections", "resource_id", "format")
        self.owners = _by(observation, "attributions", "record_id", "institution_id")

    def findings(self, where: str = "verdict = 'fail'", parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Outcome rows with what people need to recognise their subject; `where` as in `Sealed.rows`."""
        for row in self.observation.rows("outcomes", where, parameters):
            record = self.records.get(str(row["record_id"]), {})
            resource = str(row["resource_id"])
            probe = self.probes.get(resource, {})
            yield {
                **row,
                "record_title": _title(record.get("title")),
                "landing_page": record.get("landing_page"),
                "resource_title": _title(self.distributions.get(resource, {}).get("title")),
                **{name: probe.get(name) for name in ("url", "status", "failure", "media_type", "size", "sha256")},
                "format": self.inspections.get(resource, {}).get("format"),
            }


def _by(observation: Sealed, table: str, key: str, *columns: str) -> dict[str, Row]:
    return {str(row[key]): row for row in observation.rows(table, columns=(key, *columns))}


def _title(text: Any) -> str | None:
    return preferred(text) if isinstance(text, dict) else None


def _differences(previous: Sealed, observation: Sealed, known: Known) -> Differences:
    difference = compare(previous, observation)
    before = Known(previous)
    headline = headline_of(observation.manifest.methodologies)
    failing = {str(row["finding_id"]): row for row in known.findings() if not _apart(row)}
    mended = {str(row["finding_id"]): row for row in before.findings() if not _apart(row)}
    return Differences(
        parent=previous.manifest.observation,
        parent_as_of=previous.manifest.as_of,
        datasets=tuple(_datasets(difference, before, known)),
        attributions=difference.moved_attributions,
        scores=tuple(row for row in difference.scores if row["methodology_id"] == headline),
        findings=(
            *({**failing[id_], "change": "failing"} for id_ in difference.new_findings if id_ in failing),
            *(
                {**mended[former], "change": "mended"}
                for id_ in difference.mended_findings
                if (former := difference.moved_findings.get(id_, id_)) in mended
            ),
        ),
        rules=tuple(_rules(previous, observation)),
    )


def _datasets(difference: Difference, before: Known, after: Known) -> Iterator[Row]:
    for change, named, known in (
        ("new", difference.new_datasets, after),
        ("changed", difference.changed_datasets, after),
        ("vanished", difference.vanished_datasets, before),
        ("returned", difference.returned_datasets, after),
        ("migrated", _moved_titles(difference), after),
    ):
        for record_id, title in named:
            yield {
                "change": change,
                "record_id": record_id,
                "title": title,
                "institution_id": known.owners.get(record_id, {}).get("institution_id"),
                "landing_page": known.records.get(record_id, {}).get("landing_page"),
            }


def _moved_titles(difference: Difference) -> tuple[tuple[str, str], ...]:
    """The datasets that migrated, under the title that they have now."""
    return tuple((str(row["record_id"]), str(row["title"])) for row in difference.migrated_datasets)


def _rules(previous: Sealed, observation: Sealed) -> Iterator[Row]:
    """Checks and methodologies whose version moved between the two observations."""
    before = {str(row["id"]): row["version"] for row in previous.rows("rules", columns=("id", "version"))}
    after = {str(row["id"]): row["version"] for row in observation.rows("rules", columns=("id", "version"))}
    for id_ in sorted(before.keys() & after.keys()):
        if before[id_] != after[id_]:
            yield {"id": id_, "before": before[id_], "after": after[id_]}
    for name in sorted(previous.manifest.methodologies.keys() ^ observation.manifest.methodologies.keys()):
        yield {
            "id": name,
            "before": name if name in previous.manifest.methodologies else None,
            "after": name if name in observation.manifest.methodologies else None,
        }
