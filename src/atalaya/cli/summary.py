"""What an observation holds, in a few lines: for the end of `observe` and for `observation show`."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from atalaya.cli.output import id_column, plain, span, visible
from atalaya.history.appearances import copies, set_aside
from atalaya.history.read import Sealed
from atalaya.indices.editions import MQA, headline_of
from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.points import band_of, unit_points

SHOWN = 40
"""Rows of scores shown to people."""


def summary(observation: Sealed) -> dict[str, Any]:
    """Counts, sources, verdicts, scores, transfer and hashes of a sealed observation, ready for JSON."""
    manifest = observation.manifest
    rows = {entry.name: entry.rows for entry in manifest.tables}
    verdicts = Counter(str(row["verdict"]) for row in observation.rows("outcomes", columns=("verdict",)))
    sources = list(
        observation.rows(
            "sources",
            columns=("source_id", "protocol", "url", "state", "reason", "detail", "datasets", "resources", "problems"),
        )
    )
    received = sum(_integer(row["received_bytes"]) for row in observation.rows("attempts", columns=("received_bytes",)))
    names = {
        str(row["institution_id"]): str(row["name"])
        for row in observation.rows("institutions", columns=("institution_id", "name"))
    }
    scores = [
        {**row, "name": names.get(str(row["unit_id"]))}
        for row in observation.rows(
            "scores",
            "node = 'index' AND methodology_id = ?",
            (headline_of(manifest.methodologies),),
            columns=(
                "methodology_id",
                "unit_id",
                "group",
                "value",
                "low",
                "high",
                "coverage",
                "ranked",
                "rank",
                "rank_low",
                "rank_high",
            ),
        )
    ]
    return {
        "observation": manifest.observation,
        "country": manifest.country,
        "as_of": manifest.as_of,
        "previous": manifest.parent,
        "folder": str(observation.folder),
        "reports": [str(path) for path in sorted(observation.folder.glob("report*.html"))],
        "datasets": rows["records"] - len(copies(observation)),
        "copies": len(copies(observation)),
        "republished": observation.count("republished") if observation.files("republished") else 0,
        "resources": rows["distributions"],
        "probes": rows["probes"],
        "received_bytes": received,
        "verdicts": dict(sorted(verdicts.items())),
        "unattributed": _unattributed(observation),
        "sources": sources,
        "scores": scores,
        "points": _points(observation),
        "content_sha256": manifest.content_hashes(),
        "public_key": manifest.public_key,
    }


def _points(observation: Sealed) -> list[dict[str, Any]]:
    """The European points of institutions and sources of which anything could be judged, without their indicators.

    `observation points` has those, and the units of which nothing could.
    """
    index = read_shipped_index(MQA)
    return [
        {
            "kind": unit.kind,
            "id": unit.id,
            "name": unit.name,
            "low": unit.whole.low,
            "high": unit.whole.high,
            "of": index.high,
            "band": band_of(index, unit.whole.low, unit.whole.high, "en"),
        }
        for unit in unit_points(observation)
        if unit.told
    ]


def _unattributed(observation: Sealed) -> int:
    """The records without an institution that would count for one."""
    aside = set_aside(observation)
    rows = observation.rows("attributions", "institution_id IS NULL", columns=("record_id",))
    return sum(str(row["record_id"]) not in aside for row in rows)


def _integer(value: object) -> int:
    return value if isinstance(value, int) else 0


def print_summary(out: Console, result: dict[str, Any]) -> None:
    """The same for people."""
    out.print(
        f"[bold]{plain(result['observation'])}[/] sealed, as of {plain(result['as_of'])}, "
        f"after {plain(result['previous'] or 'none before')}"
    )
    out.print(
        f"{result['datasets']} datasets and {result['resources']} resources from {len(result['sources'])} sources; "
        f"{result['probes']} probes, {result['received_bytes']:,} bytes received; {result['unattributed']} records unattributed"
    )
    if result["copies"] or result["republished"]:
        out.print(
            f"{result['copies']} more records are copies of datasets that another source lists, and {result['republished']} are "
            "series of international organisations; both are set aside (`atalaya observation appearances`)",
            markup=False,
        )
    out.print("verdicts: " + ", ".join(f"{count} {verdict}" for verdict, count in result["verdicts"].items()))
    ids = id_column("source", [source["source_id"] for source in result["sources"]])
    table = Table(ids, "protocol", "state", "datasets", "resources", Column("why", overflow="fold"))
    for source in result["sources"]:
        why = " ".join(str(source[name]) for name in ("reason", "detail") if source[name])
        cells = (source["source_id"], source["protocol"], source["state"], source["datasets"], source["resources"], why)
        table.add_row(*map(plain, cells))
    out.print(table)
    groups = id_column("group", [row["group"] for row in result["scores"]])
    ranked = Counter(row["group"] for row in result["scores"] if row["ranked"])
    ranking = Table(groups, "place", Column("unit", overflow="fold"), "score", "interval", "measured")
    ordered = sorted(result["scores"], key=lambda row: (str(row["group"]), row["rank"] or 0, -(row["value"] or 0)))
    for row in ordered[:SHOWN]:
        ranking.add_row(
            plain(row["group"] or ""),
            _place(row) if ranked[row["group"]] > 1 else "–",
            plain(row["name"] or row["unit_id"]),
            _figure(row["value"]),
            f"{_figure(row['low'])} to {_figure(row['high'])}",
            "–" if row["coverage"] is None else f"{row['coverage']:.0%}",
        )
    out.print(ranking)
    if len(ordered) > SHOWN:
        out.print(f"and {len(ordered) - SHOWN} more: --json lists them all")
    sources = [row for row in result["points"] if row["kind"] == "source"]
    for row in sources[:SHOWN]:
        out.print(
            f"{visible(row['name'])}: {span(row['low'], row['high'])} of {row['of']:.0f} European points ({row['band']})",
            markup=False,
        )
    if sources:
        out.print("the points of each indicator and institution: `atalaya observation points`", markup=False)
    for report in result["reports"]:
        out.print(f"report: {visible(report)}", markup=False)


def _place(row: dict[str, Any]) -> str:
    """A place with the best and the worst that the interval allows: no rank is shown without it."""
    return f"{row['rank']} ({row['rank_low']} to {row['rank_high']})" if row["rank"] else "–"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
