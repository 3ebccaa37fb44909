"""`atalaya archive prune`: hold the archive to its retention and its budgets."""

import os
from collections import Counter
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import system_clock
from atalaya.exceptions import StoreError
from atalaya.history.read import open_sealed
from atalaya.history.retention import Retention, retention
from atalaya.publish.editions.edition import published, read_edition
from atalaya.settings import read_settings
from atalaya.store.archive import Archive
from atalaya.store.observations import folders, state_of
from atalaya.store.shelf import blob_name


@click.command("prune")
@click.option("--dry-run", is_flag=True, help="Tell what would go, and let everything stand.")
@click.option("--budget", type=click.IntRange(min=1), help="Bytes on disk in all, in place of ATALAYA_ARCHIVE_BYTES.")
@click.option(
    "--source-budget", type=click.IntRange(min=1), help="Bytes of one source, in place of ATALAYA_ARCHIVE_SOURCE_BYTES."
)
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    dry_run: bool, budget: int | None, source_budget: int | None, home: Path | None, as_json: bool
) -> None:
    """Delete bytes that need not be kept. Of each address stay the first, the last, the last good ones and one a quarter.

    What findings cite always stays, and so does what a person classed. In place of deleted bytes stands a tombstone; bytes that
    come again are kept again. Over a budget go those that stand for a quarter alone, oldest first.
    """
    settings = read_settings(os.environ, home)
    archive = Archive(settings.home / "archive")
    found = plan_of(
        settings.home,
        archive,
        budget or settings.archive_bytes or None,
        source_budget or settings.archive_source_bytes or None,
    )
    gone = 0
    if not dry_run:
        moment = system_clock().now()
        gone = sum(archive.prune(each.sha256, f"retention: {each.why}", moment) for each in found.going)
    told = {
        "dry_run": dry_run,
        "going": len(found.going),
        "going_bytes": sum(each.size for each in found.going),
        "why": dict(Counter(each.why for each in found.going)),
        "deleted": gone,
        "staying": found.staying,
        "staying_bytes": found.staying_bytes,
        "over": found.over,
    }
    if as_json:
        print_json(
            {**told, "blobs": [{"sha256": each.sha256, "source": each.source, "why": each.why} for each in found.going]}
        )
        return
    verb = "would go" if dry_run else "went"
    console().print(
        f"{told['going']} blobs {verb}, {told['going_bytes']} bytes; {found.staying} stay, {found.staying_bytes} bytes."
    )
    for place, size in found.over.items():
        console().print(f"{place} stands {size} bytes over its budget: nothing more of it may go.", markup=False)


def plan_of(home: Path, archive: Archive, budget: int | None, source_budget: int | None) -> Retention:
    """What may go of the archive of a home folder. Raises StoreError while a round is open: it may need any of it."""
    places = folders(home)
    unfinished = [place.name for place in places if state_of(place) == "open"]
    if unfinished:
        raise StoreError(f"{', '.join(unfinished)} is not finished and may need old bytes; end it with --resume first")
    observations = [open_sealed(place) for place in places if state_of(place) == "sealed"]
    cited = {read_edition(home, id_).observation for id_ in published(home)}

    def size_of(sha256: str) -> int | None:
        if archive.shelf.class_record(sha256):
            return None  # a person's word, or a tombstone
        path = archive.shelf.path(sha256)
        if path.exists():
            return path.stat().st_size
        return None if archive.shelf.depot is None else archive.shelf.depot.size(blob_name(sha256))

    return retention(observations, cited, size_of, budget, source_budget)
