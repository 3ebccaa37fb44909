"""The rows of the read model, out of sealed observations: plain tuples in the order of the columns of `tables.sql`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from psycopg.types.json import Jsonb

from atalaya.history.appearances import set_aside
from atalaya.history.read import Sealed
from atalaya.publish.gathering import european_only
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import TITLE, Values, items
from atalaya.publish.words import clean
from atalaya.store.manifest import manifest_sha256


def editions(observations: Sequence[Sealed], newest: Newest) -> Iterator[Values]:
    """One row an observation; the newest one is told."""
    for observation in observations:
        manifest = observation.manifest
        owners = {str(v[0]) for v in observation.values("attributions", ("institution_id",)) if v[0]}
        counts = {entry.name: entry.rows for entry in manifest.tables}
        yield (
            manifest.observation,
            manifest.country,
            Jsonb(dict(newest.pack.name)),
            manifest.as_of[:10],
            newest.report.methodology.id,
            observation is newest.observation,
            newest.pack.sample,
            manifest_sha256(observation.folder),
            manifest.versions["atalaya"],
            counts["records"] - len(set_aside(observation)),
            counts["distributions"],
            counts["institutions"],
            len(owners),
            observation.count("outcomes", "verdict = 'fail'"),
        )


def groups(newest: Newest) -> Iterator[Values]:
    """The groups of institutions that are ranked together, the headline first."""
    ordered = sorted(newest.pack.groups, key=lambda group: not group.headline)
    for place, group in enumerate(ordered):
        yield group.id, place, Jsonb(dict(group.title)), group.headline


def institutions(newest: Newest) -> Iterator[Values]:
    """Every body of the register, with what it publishes."""
    datasets, resources = Counter[str](), Counter[str]()
    for record, rows in newest.resources_of.items():
        if (unit := newest.owner(record)) and record not in newest.aside:
            resources[unit] += len(rows)
    for record in newest.owners:
        if (unit := newest.owner(record)) and record not in newest.aside:
            datasets[unit] += 1
    failing = Counter(str(row["institution_id"]) for row in newest.findings)
    for row in newest.observation.rows("institutions"):
        unit = str(row["institution_id"])
        yield (
            unit,
            unit.partition(":")[2],
            clean(str(row["name"]), TITLE),
            row["acronym"],
            row["kind"],
            row["branch"],
            row["site"],
            [str(group) for group in items(row["groups"])],
            datasets[unit],
            resources[unit],
            failing[unit],
        )


def sources(newest: Newest) -> Iterator[Values]:
    """Every source with how its harvest ended."""
    for row in newest.observation.rows("sources"):
        wanted = ("protocol", "url", "institution_id", "state", "reason", "datasets", "resources")
        yield row["source_id"], Jsonb(row["title"] or {}), *(row[name] for name in wanted)


def findings(newest: Newest) -> Iterator[Values]:
    """Every failing outcome, and since when it has been there."""
    day = newest.observation.manifest.as_of[:10]
    for row in newest.findings:
        yield (
            row["finding_id"],
            row["check_id"],
            row["check_version"],
            row["level"],
            row["subject_id"],
            row["institution_id"],
            row["source_id"],
            row["record_id"],
            row["resource_id"],
            row["table"],
            row["reason"],
            row["passed"],
            row["applied"],
            Jsonb(row["evidence"] or {}),
            newest.failing_since.get(str(row["finding_id"]), day),
        )


def rules(newest: Newest) -> Iterator[Values]:
    """Every check of the observation with its texts."""
    failing = Counter((str(row["check_id"]), row["check_version"]) for row in newest.findings)
    for row in newest.observation.rows("rules"):
        yield (
            row["id"],
            row["version"],
            row["kind"],
            row["level"],
            row["dimension"],
            row["effort"],
            european_only(str(row["id"])),
            *(Jsonb(row[name] or {}) for name in ("title", "text", "remedy")),
            failing[str(row["id"]), row["version"]],
        )


def changes(newest: Newest) -> Iterator[Values]:
    """What became of datasets since the observation before."""
    difference = newest.report.differences
    for place, row in enumerate(difference.datasets if difference else ()):
        title = clean(str(row["title"] or ""), TITLE)
        yield place, row["change"], row["record_id"], title, row["institution_id"]
