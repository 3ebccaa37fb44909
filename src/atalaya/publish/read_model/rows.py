"""The rows of the read model, out of sealed observations: plain tuples in the order of the columns of `tables.sql`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psycopg.types.json import Jsonb

from atalaya.catalogue.records import preferred
from atalaya.countries.pack import CountryPack
from atalaya.history.appearances import set_aside
from atalaya.history.read import Sealed
from atalaya.indices.language.definition import Index, Item
from atalaya.indices.scores import node_name
from atalaya.publish.gathering import european_only, report_data
from atalaya.publish.read_model.names import dataset_name, theme_name, theme_title
from atalaya.publish.read_model.search_words import vector
from atalaya.publish.standing import Standing, standings
from atalaya.publish.words import clean
from atalaya.store.manifest import manifest_sha256
from atalaya.store.tables import Row

Values = tuple[object, ...]

TITLE = 300
TEXT = 4000
"""Longest title and description that pages show, in characters; the whole text is in the sealed tables."""


@dataclass(frozen=True)
class Newest:
    """The newest observation with the one before it, and what several tables of the read model need of it."""

    observation: Sealed
    previous: Sealed | None
    pack: CountryPack
    failing_since: Mapping[str, str]
    """Finding id → the day of the first observation of the unbroken run in which it was there."""

    @cached_property
    def report(self) -> Any:
        """What the report of the observation is made of."""
        return report_data(self.observation, self.previous, self.pack)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every institution with its scores and gains."""
        return standings(self.report)

    @cached_property
    def owners(self) -> dict[str, Row]:
        """Record id → its attribution."""
        return {str(row["record_id"]): row for row in self.observation.rows("attributions")}

    @cached_property
    def aside(self) -> dict[str, str]:
        """Records that count for nobody, with why."""
        return set_aside(self.observation)

    @cached_property
    def findings(self) -> list[Row]:
        """Every failing outcome that is addressed to somebody or to nobody."""
        return [row for row in self.observation.rows("outcomes", "verdict = 'fail'") if row["finding_id"]]

    @cached_property
    def resources_of(self) -> dict[str, list[Row]]:
        """Record id → its distributions in their order."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.observation.rows("distributions"):
            found[str(row["record_id"])].append(row)
        return {record: sorted(rows, key=lambda row: int(str(row["ordinal"]))) for record, rows in found.items()}

    @cached_property
    def histories(self) -> dict[str, Row]:
        """Subject id → when it was seen."""
        return {str(row["subject_id"]): row for row in self.observation.rows("histories")}

    def by_resource(self, table: str) -> dict[str, Row]:
        """The rows of `probes` or `inspections` by resource."""
        return {str(row["resource_id"]): row for row in self.observation.rows(table)}

    def owner(self, record_id: object) -> str | None:
        """The institution of a record, None where it has none."""
        unit = self.owners.get(str(record_id), {}).get("institution_id")
        return str(unit) if unit else None


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
            [str(group) for group in _list(row["groups"])],
            datasets[unit],
            resources[unit],
            failing[unit],
        )


def sources(newest: Newest) -> Iterator[Values]:
    """Every source with how its harvest ended."""
    for row in newest.observation.rows("sources"):
        wanted = ("protocol", "url", "institution_id", "state", "reason", "datasets", "resources")
        yield row["source_id"], Jsonb(row["title"] or {}), *(row[name] for name in wanted)


def scores(observations: Sequence[Sealed], newest: Newest) -> Iterator[Values]:
    """The figures of every node that pages show in the newest observation, of the index alone in earlier ones."""
    methodology = newest.report.methodology
    shown = {node.name: node for node in shown_nodes(methodology)}
    for observation in observations:
        last = observation is newest.observation
        where = "methodology_id = ?" + ("" if last else " AND node = 'index'")
        for row in observation.rows("scores", where, (methodology.id,)):
            node = shown.get(str(row["node"]))
            if node is not None:
                yield (
                    observation.manifest.observation,
                    methodology.id,
                    row["unit_id"],
                    node.name,
                    row["kind"],
                    node.place,
                    node.depth,
                    node.dimension,
                    Jsonb(dict(node.title)),
                    *(row[column] for column in ("value", "low", "high", "coverage", "ranked")),
                    *(row[column] for column in ("rank", "rank_low", "rank_high", "weight")),
                    Jsonb(row["detail"] or {}),
                )


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node of the index as pages show it: its place among all, how deep it lies (the whole is 0), and its dimension."""

    name: str
    place: int
    depth: int
    dimension: str | None
    title: Mapping[str, str]


def shown_nodes(methodology: Index) -> list[ShownNode]:
    """The whole, its dimensions, and what lies below them; a branch of one part is shown by its part alone."""
    found: list[ShownNode] = []

    def add(item: Item, depth: int, dimension: str | None) -> None:
        name = node_name(methodology, item)
        found.append(ShownNode(name, len(found), depth, dimension, item.title))

    def below(item: Item, depth: int, dimension: str) -> None:
        for child in item.present:
            single = len(child.present) == 1
            if not single:
                add(child, depth, dimension)
            below(child, depth if single else depth + 1, dimension)

    add(methodology.root, 0, None)
    for child in methodology.root.present:
        add(child, 1, None)
        below(child, 2, node_name(methodology, child))
    return found


def gains(newest: Newest) -> Iterator[Values]:
    """What mending would add to each institution, most points first."""
    titles = {node.id: node.title for node in newest.report.methodology.root.walk()}
    for unit, standing in newest.standings.items():
        for place, gain in enumerate(standing.gains):
            check = gain.measure.partition("@")[0]
            title = Jsonb(dict(titles.get(gain.indicator, {})))
            yield unit, place, gain.indicator, title, check, gain.points, gain.failing


def datasets(newest: Newest) -> Iterator[Values]:
    """The datasets that count, with their words for the search."""
    failing = Counter(str(row["record_id"]) for row in newest.findings)
    inspected = {str(r): str(f) for r, f in newest.observation.values("inspections", ("resource_id", "format")) if f}
    names = {str(row["institution_id"]): str(row["name"]) for row in newest.observation.rows("institutions")}
    for row in newest.observation.rows("records"):
        record = str(row["record_id"])
        if record in newest.aside:
            continue
        unit, resources = newest.owner(record), newest.resources_of.get(record, [])
        title = clean(preferred(_texts(row["title"])) or "", TITLE)
        description = clean(preferred(_texts(row["description"])) or "", TEXT)
        keywords = [clean(str(word), 80) for word in _list(row["keywords"])][:60]
        formats = {inspected.get(str(r["resource_id"])) or str(r["format"] or "").casefold() for r in resources}
        seen = newest.histories.get(record, {})
        publisher = row["publisher"] if isinstance(row["publisher"], dict) else {}
        themes = [str(theme) for theme in _list(row["themes"])]
        yield (
            record,
            row["source_id"],
            unit,
            clean(str(publisher.get("name") or ""), TITLE) or None,
            title or record,
            Jsonb(_texts(row["title"])),
            description,
            Jsonb(_texts(row["description"])),
            keywords,
            themes,
            row["licence"] or row["licence_url"] or row["licence_title"],
            row["frequency"],
            row["issued"],
            row["modified"],
            row["landing_page"],
            row["native_id"],
            "present",
            _day(seen.get("first_seen")),
            _day(seen.get("last_seen")),
            len(resources),
            failing[record],
            sorted(formats - {"", "unknown"})[:20],
            vector(((title, "A"), (" ".join(keywords), "B"), (names.get(unit or "", ""), "C"), (description, "D"))),
            dataset_name(title, record),
            sorted({name for theme in themes if (name := theme_name(theme))}),
            *(row[name] for name in ("licence", "licence_title", "licence_url")),
            publisher.get("uri"),
            _day(seen.get("changed") or seen.get("first_seen")) or newest.observation.manifest.as_of[:10],
        )


def themes(newest: Newest) -> Iterator[Values]:
    """The themes under which datasets stand, each once by its name, titled as most of them write it, in words where one does."""
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in newest.observation.rows("records"):
        if str(row["record_id"]) not in newest.aside:
            written = {theme_name(str(theme)): str(theme) for theme in reversed(_list(row["themes"]))}
            for name, title in written.items():
                titles[name][clean(theme_title(title), TITLE)] += 1
    for name in sorted(titles.keys() - {""}):
        title, _ = min(titles[name].items(), key=lambda item: (item[0].casefold() == name, -item[1], item[0]))
        yield name, title, titles[name].total()


def resources(newest: Newest) -> Iterator[Values]:
    """The distributions of the datasets that count: what was declared, what answered and what the bytes are."""
    probes, inspections = newest.by_resource("probes"), newest.by_resource("inspections")
    for record, rows in newest.resources_of.items():
        if record in newest.aside:
            continue
        for place, row in enumerate(rows):
            resource = str(row["resource_id"])
            probe, inspection = probes.get(resource, {}), inspections.get(resource, {})
            seen = newest.histories.get(resource, {})
            yield (
                resource,
                record,
                place,
                clean(preferred(_texts(row["title"])) or "", TITLE),
                row["download_url"] or row["access_url"],
                row["format"],
                inspection.get("format"),
                inspection.get("encoding"),
                probe.get("media_type"),
                probe.get("size"),
                probe.get("status"),
                probe.get("failure"),
                probe.get("sha256"),
                probe.get("kept"),
                *(_day(seen.get(name)) for name in ("first_seen", "last_good", "changed")),
                Jsonb([_table(table) for table in _list(inspection.get("tables"))][:50]),
                Jsonb(_list(inspection.get("defects"))[:50]),
                *(row[name] for name in ("download_url", "access_url", "media_type", "byte_size", "licence")),
                *(row[name] for name in ("issued", "modified")),
            )


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


def _table(table: object) -> object:
    """A table of a file without the examples that its columns carry: pages show shapes, not people's values."""
    if not isinstance(table, dict):
        return {}
    columns = [
        {key: column.get(key) for key in ("name", "kind", "missing", "filled", "distinct", "semantic")}
        for column in _list(table.get("columns"))
        if isinstance(column, dict)
    ]
    kept = ("name", "rows", "header_row", "content", "first_data_row")
    return {**{key: table.get(key) for key in kept if key in table}, "columns": columns[:200]}


def _texts(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _day(moment: object) -> str | None:
    return str(moment)[:10] if moment else None
