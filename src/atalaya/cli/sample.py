"""`atalaya sample`: write a sample country with planted and labelled defects."""

from pathlib import Path

import click

from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.samples.sample import write_sample


@click.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Which sample country; the same seed, the same bytes."
)
@JSON_OPTION
def COMMAND(folder: Path, seed: int, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Write a sample country into FOLDER, which must be new or empty: a pack, two days to replay, and what checks should say."""
    summary = write_sample(folder, seed)
    if as_json:
        print_json(summary)
        return
    out = console()
    out.print(f"Sample country of seed {seed} in {folder}", markup=False)
    counts = summary["counts"]
    assert isinstance(counts, dict)
    for name in ("institutions", "sources", "datasets", "resources", "labels"):
        out.print(f"  {name}: {counts[name]}", markup=False)
    out.print(f"Next: atalaya demo, or atalaya replay {folder}/day-1", markup=False)
