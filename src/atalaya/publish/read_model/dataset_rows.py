"""The rows of the catalogue: datasets, their themes and their resources."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from psycopg.types.json import Jsonb

from atalaya.catalogue.records import preferred
from atalaya.publish.read_model.names import dataset_name, theme_name, theme_title
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.search_words import vector
from atalaya.publish.read_model.values import TEXT, TITLE, Values, day_of, items, texts
from atalaya.publish.words import clean


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
        title = clean(preferred(texts(row["title"])) or "", TITLE)
        description = clean(preferred(texts(row["description"])) or "", TEXT)
        keywords = [clean(str(word), 80) for word in items(row["keywords"])][:60]
        formats = {inspected.get(str(r["resource_id"])) or str(r["format"] or "").casefold() for r in resources}
        seen = newest.histories.get(record, {})
        publisher = row["publisher"] if isinstance(row["publisher"], dict) else {}
        themes = [str(theme) for theme in items(row["themes"])]
        yield (
            record,
            row["source_id"],
            unit,
            clean(str(publisher.get("name") or ""), TITLE) or None,
            title or record,
            Jsonb(texts(row["title"])),
            description,
            Jsonb(texts(row["description"])),
            keywords,
            themes,
            row["licence"] or row["licence_url"] or row["licence_title"],
            row["frequency"],
            row["issued"],
            row["modified"],
            row["landing_page"],
            row["native_id"],
            "present",
            day_of(seen.get("first_seen")),
            day_of(seen.get("last_seen")),
            len(resources),
            failing[record],
            sorted(formats - {"", "unknown"})[:20],
            vector(((title, "A"), (" ".join(keywords), "B"), (names.get(unit or "", ""), "C"), (description, "D"))),
            dataset_name(title, record),
            sorted({name for theme in themes if (name := theme_name(theme))}),
            *(row[name] for name in ("licence", "licence_title", "licence_url")),
            publisher.get("uri"),
            day_of(seen.get("changed") or seen.get("first_seen")) or newest.observation.manifest.as_of[:10],
        )


def themes(newest: Newest) -> Iterator[Values]:
    """The themes under which datasets stand, each once by its name, titled as most of them write it, in words where one does."""
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in newest.observation.rows("records"):
        if str(row["record_id"]) not in newest.aside:
            written = {theme_name(str(theme)): str(theme) for theme in reversed(items(row["themes"]))}
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
                clean(preferred(texts(row["title"])) or "", TITLE),
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
                *(day_of(seen.get(name)) for name in ("first_seen", "last_good", "changed")),
                Jsonb([_table(table) for table in items(inspection.get("tables"))][:50]),
                Jsonb(items(inspection.get("defects"))[:50]),
                *(row[name] for name in ("download_url", "access_url", "media_type", "byte_size", "licence")),
                *(row[name] for name in ("issued", "modified")),
            )


def _table(table: object) -> object:
    """A table of a file without the examples that its columns carry: pages show shapes, not people's values."""
    if not isinstance(table, dict):
        return {}
    columns = [
        {key: column.get(key) for key in ("name", "kind", "missing", "filled", "distinct", "semantic")}
        for column in items(table.get("columns"))
        if isinstance(column, dict)
    ]
    kept = ("name", "rows", "header_row", "content", "first_data_row")
    return {**{key: table.get(key) for key in kept if key in table}, "columns": columns[:200]}
