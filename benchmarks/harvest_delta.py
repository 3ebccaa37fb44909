"""Two dated states of one catalogue: what came and went by identifier, what is the same dataset all the same, what is held.

    python -m benchmarks.harvest_delta

Published monitors of harvests counted total, new and deleted datasets for thirteen ArcGIS Hub sites and four Socrata portals:
the difference by identifier must be theirs. Beside it stands the difference by identity, and what a round would do with the
later state. Ends with status 1 where a figure differs, with status 2 where the recorded material is absent.
"""

import asyncio
import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from atalaya.catalogue.identity import IdentifiedDataset, identify
from atalaya.catalogue.kinship import Kin
from atalaya.catalogue.migration import migrated
from atalaya.catalogue.records import preferred
from atalaya.catalogue.traits import Traits, traits_of
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.registry import protocol
from atalaya.rounds.holding import Hold, Standing, answered, hold_of
from atalaya.store.archive import Blob
from benchmarks.material import corpora

Published = tuple[int, int, int]
"""Total, new and deleted datasets, as a monitor counted them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states of one catalogue, and what was published of their difference, if anything was."""

    name: str
    protocol: str
    before: Path
    after: Path
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference of a pair. `held_before` and `held`: why rounds would hold the two states, None where they pass."""

    pair: Pair
    listed: tuple[int, int]
    new: int
    deleted: int
    kin: tuple[Kin, ...]
    titles: dict[str, str]
    held_before: str | None
    held: str | None

    @property
    def by_identifier(self) -> Published:
        """Total, new and deleted by identifier."""
        return self.listed[1], self.new, self.deleted

    @property
    def agrees(self) -> bool:
        """Whether the published figures are these."""
        return self.pair.published is None or self.pair.published == self.by_identifier


def pairs(folder: Path) -> Iterator[Pair]:
    """Every pair of dated states in the recorded material."""
    catalogues, truth = folder / "catalogues", folder / "groundtruth" / "harvest_delta"
    for kind, report, days in (
        ("arcgis_hub", "portal_status_report_20210119.csv", ("20201213", "20210119")),
        ("datajson", "socrata_portal_status_report_20200722.csv", ("20200414", "20200722")),
    ):
        with (truth / report).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row in rows:
            stem = "arcgis_hub/" if kind == "arcgis_hub" else "datajson_us/socrata_"
            before, after = (catalogues / f"{stem}{row['portalName']}_{day}.data.json" for day in days)
            if before.exists() and after.exists():
                published = (int(row["total"]), int(row["new_items"]), int(row["deleted_items"]))
                yield Pair(row["portalName"], kind, before, after, published)
    national = catalogues / "datajson_ar"
    states = [national / f"datos.gob.ar_{name}" for name in
              ("2017-08-13.data.json", "2018-06-26.data.json.gz", "2018-07-04.data.json.gz")]  # fmt: skip
    yield Pair("datos.gob.ar 2017-2018", "datajson_ar", states[0], states[2])
    yield Pair("datos.gob.ar 8 days", "datajson_ar", states[1], states[2])
    health = [catalogues / "datajson_us" / f"hhs_{name}.data.json" for name in
              ("2021-10-31", "2021-12-05", "2023-12-17.error500")]  # fmt: skip
    yield Pair("HHS 5 weeks", "datajson", health[0], health[1])
    yield Pair("HHS error answer", "datajson", health[1], health[2])
    gone = catalogues / "arcgis_hub"
    yield Pair("hub that became a stub", "arcgis_hub", gone / "05b-27167_20210119.data.json",
               gone / "05b-27167_20201213.data.json")  # fmt: skip


def delta(pair: Pair) -> Delta:
    """The difference of a pair, as harvests of the two states give it."""
    source = Source(id="zz:source", title={}, protocol=pair.protocol, url="https://catalogue.example/data.json")
    earlier, later = (asyncio.run(_harvest(source, path)) for path in (pair.before, pair.after))
    before, after = (
        {item.record_id: item for item in identify(source.id, state.datasets)} for state in (earlier, later)
    )
    gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    kin = migrated([_traits(item) for item in before.values()], [_traits(item) for item in after.values()])
    first = answered(tuple(before.values()))
    unbelieved = hold_of(source, earlier, first, None)
    standing = Standing("before", pair.protocol, source.url, None if unbelieved else len(before), first)
    hold = hold_of(source, later, answered(tuple(after.values())), standing, len(gone) - len(kin))
    titles = {id_: preferred(item.dataset.title) or id_ for id_, item in {**before, **after}.items()}
    return Delta(pair, (len(before), len(after)), len(come), len(gone), kin, titles, _reason(unbelieved), _reason(hold))


def _reason(hold: Hold | None) -> str | None:
    return hold.reason if hold else None


def _traits(item: IdentifiedDataset) -> Traits:
    return traits_of(item.record_id, item.dataset)


async def _harvest(source: Source, path: Path) -> Harvest:
    body = path.read_bytes()

    async def get(url: str, /) -> tuple[Answer, bytes | None]:
        if url != source.url:
            return Answer(requested_url=url, final_url=url, status=404), None
        blob = Blob(hashlib.sha256(body).hexdigest(), len(body))
        return Answer(requested_url=url, final_url=url, status=200, blob=blob), body

    return await protocol(source.protocol).harvest(source, get)


def print_deltas(found: list[Delta], out: Console) -> None:
    """The table for people."""
    table = Table(
        "catalogue", "before", "after", "published", "new", "deleted", "migrated", "really new", "really gone", "round"
    )
    for item in found:
        said = "–" if item.pair.published is None else " ".join(map(str, item.pair.published))
        moved = len(item.kin)
        figures = (item.new, item.deleted, moved, item.new - moved, item.deleted - moved)
        table.add_row(item.pair.name, str(item.listed[0]), str(item.listed[1]), said, *map(str, figures),
                      " · ".join(f"held ({why})" if why else "accepted" for why in (item.held_before, item.held)))  # fmt: skip
    out.print(table)
    told = [item for item in found if item.pair.published is not None]
    out.print(
        f"{sum(item.agrees for item in told)} of {len(told)} published differences (total, new, deleted) are met exactly"
    )


def main() -> None:
    """Print the table; end with status 1 where a published figure differs."""
    folder = corpora()
    if not folder.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    found = [delta(pair) for pair in pairs(folder)]
    print_deltas(found, Console(width=150))
    sys.exit(0 if found and all(item.agrees for item in found) else 1)


if __name__ == "__main__":
    main()
