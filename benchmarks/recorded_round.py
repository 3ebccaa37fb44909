"""One round over every recorded catalogue, over real HTTP on loopback: what was read beside what the manifest counts.

    python -m benchmarks.recorded_round

Resources lie on hosts of the real web, which do not resolve here: their probes end as such, and the catalogues are the point.
Ends with status 1 where a count or an outcome differs, with status 2 where the recorded material is absent.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.material import corpora
from benchmarks.recorded_replay import RoutedSource, expected_counts, read_manifest, write_replay, write_sources

AS_OF = datetime(2026, 1, 5, 12, tzinfo=UTC)
COUNTRY = {
    "code": "zz",
    "name": {"es": "Catálogos grabados", "en": "Recorded catalogues"},
    "languages": ["es"],
    "groups": [{"id": "all", "title": {"es": "Todas", "en": "All"}, "kinds": ["publisher"], "headline": True}],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source: what the manifest counts and the routing expects beside what the round read.

    `derived`: links made by rule, expected and read. `counted`: the manifest's own datasets, declared resources and derived
    links, None where it does not count every file. `moved`: why the expectation is not the manifest's count.
    """

    id: str
    files: tuple[str, ...]
    expected: tuple[int | None, int | None, str]
    read: tuple[int, int, str]
    derived: tuple[int | None, int]
    counted: tuple[int, int, int] | None
    why: str
    moved: str

    @property
    def agrees(self) -> bool:
        """Whether state and counts agree; files without a count have their state alone."""
        pairs = (*zip(self.expected, self.read, strict=True), self.derived)
        same = all(wanted is None or wanted == got for wanted, got in pairs)
        explained = self.read[2] == "complete" or bool(self.why)
        return same and explained


def observe_recorded(folder: Path, material: Path) -> tuple[Sealed, tuple[RoutedSource, ...]]:
    """Serve all recorded catalogues and observe them into `folder/home`; gives the observation and the sources."""
    replay, pack = folder / "replay", folder / "country"
    for place in (replay, pack / "sources", pack / "institutions"):
        place.mkdir(parents=True)
    sources = write_replay(replay, material)
    write_sources(pack / "sources", sources)
    (pack / "country.yml").write_text(yaml.safe_dump(COUNTRY, allow_unicode=True), encoding="utf-8")
    institution = [{"slug": "nobody", "name": "Nobody", "kind": "publisher"}]
    (pack / "institutions" / "all.yml").write_text(yaml.safe_dump(institution), encoding="utf-8")
    settings = replace(read_settings({}, folder / "home"), timeout=5.0, requests_per_second=1000.0)
    with serving(replay) as served:
        resolve = folder / "resolve.json"
        write_resolve(served, resolve)
        plan = Plan(settings=settings, clock=fixed_clock(AS_OF), pacing=system_clock(), resolve=resolve)
        return asyncio.run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(AS_OF)))), sources


def lines(observation: Sealed, sources: tuple[RoutedSource, ...], material: Path) -> Iterator[Line]:
    """One line a source, in the order of the routing."""
    manifest = read_manifest(material)
    rows = {str(row["source_id"]): row for row in observation.rows("sources")}
    for source in sources:
        counts, row = expected_counts(source, manifest), rows[f"zz:{source.id}"]
        yield Line(
            id=source.id,
            files=source.files,
            expected=(counts.datasets, counts.resources, source.in_round or source.state),
            read=(_number(row["datasets"]), _number(row["resources"]), str(row["state"])),
            derived=(counts.derived, _number(row["derived"])),
            counted=_counted(source, manifest),
            why=" ".join(str(row[name]) for name in ("reason", "detail") if row[name]),
            moved="; ".join(source.reasons),
        )


def _counted(source: RoutedSource, manifest: Mapping[str, Mapping[str, str]]) -> tuple[int, int, int] | None:
    """What the manifest itself counts for a source: datasets, declared resources, derived links."""
    rows = [manifest[file] for file in source.files]
    if not all(row["n_datasets"] for row in rows):
        return None
    datasets, resources = (sum(int(row[name] or 0) for row in rows) for name in ("n_datasets", "n_resources"))
    return (datasets, 0, resources) if source.derives else (datasets, resources, 0)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def print_lines(found: list[Line], out: Console) -> None:
    """The table for people."""
    table = Table("source", "files", "datasets", "resources", "links", "state", "why", "agrees")
    for line in found:
        pairs = zip(line.read, line.expected, strict=True)
        cells = [f"{got} of {'–' if wanted is None else wanted}" for got, wanted in pairs]
        cells.insert(2, f"{line.derived[1]}")
        table.add_row(line.id, str(len(line.files)), *cells, line.why[:60], "yes" if line.agrees else "NO")
    out.print(table)
    counted = [line for line in found if line.counted is not None]
    names = ("datasets", "declared resources", "links derived by rule")
    sums = [sum(line.counted[place] for line in counted if line.counted) for place in range(3)]
    read = [sum(line.read[0] for line in counted), sum(line.read[1] for line in counted)]
    read.append(sum(line.derived[1] for line in counted if line.counted and line.counted[2]))
    files = sum(len(line.files) for line in counted)
    said = ", ".join(f"{got:,} of {wanted:,} {name}" for got, wanted, name in zip(read, sums, names, strict=True))
    out.print(f"{files} files with a count in the manifest: {said}")
    for line in found:
        if line.moved:
            out.print(f"  {line.id}: {line.moved}", markup=False)
    datasets, resources = sum(line.read[0] for line in found), sum(line.read[1] for line in found)
    wrong = sum(not line.agrees for line in found)
    out.print(f"{len(found)} sources, {datasets} datasets, {resources} declared resources; {wrong} differ")


def main() -> None:
    """Observe, print, and end with status 1 where anything differs."""
    material = corpora()
    if not material.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        observation, sources = observe_recorded(Path(name), material)
        found = list(lines(observation, sources, material))
    print_lines(found, Console(width=150))
    sys.exit(0 if all(line.agrees for line in found) else 1)


if __name__ == "__main__":
    main()
