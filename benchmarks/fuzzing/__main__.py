"""Run harnesses under atheris, each in a process of its own, from recorded files, for so many executions.

    python -m benchmarks.fuzzing [--harness NAME …] [--runs 1000000] [--seed 1] [--length 600]

Prints executions and what broke; the input that broke a harness is written into a folder that is named. Ends with status 1 where
one broke.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.fuzzing.harnesses import HARNESSES, seeds
from benchmarks.material import ROOT, corpora

MOST_SEEDS = 400
_DONE = re.compile(r"Done (\d+) (?:runs )?in (\d+) second")


def run(name: str, runs: int, seed: int, length: int, folder: Path) -> tuple[int, float, str]:
    """Run one harness; gives executions, seconds, and what broke (empty: nothing)."""
    start = folder / name
    start.mkdir()
    _, endings = HARNESSES[name]
    for number, path in enumerate(seeds(corpora(), endings, 64_000)[:MOST_SEEDS]):
        (start / f"{number:04d}").write_bytes(path.read_bytes()[: 4 * length])
    broken = folder / f"broken-{name}-"
    command = [
        sys.executable, "-m", "benchmarks.fuzzing.target", name, str(start), f"-atheris_runs={runs}", f"-seed={seed}",
        f"-max_len={length}", "-timeout=60", "-rss_limit_mb=4096", f"-artifact_prefix={broken}", "-print_final_stats=1",
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, errors="replace")
    seconds = time.monotonic() - began
    said = done.stdout + done.stderr
    found = _DONE.search(said)
    if found is None or done.returncode:
        return 0, seconds, said[-1500:]
    return int(found.group(1)), seconds, ""


def main() -> int:
    """Run the harnesses that were asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--harness", action="append", choices=sorted(HARNESSES))
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, default=600)
    options = parser.parse_args()
    console = Console(soft_wrap=True, highlight=False)
    if not corpora().is_dir():
        console.print("recorded material absent: set ATALAYA_CORPORA to its folder")
        return 2
    table = Table("harness", "executions", "seconds", "broken")
    folder = Path(tempfile.mkdtemp(prefix="atalaya-fuzzing-"))
    wrong = []
    for name in options.harness or sorted(HARNESSES):
        executions, seconds, said = run(name, options.runs, options.seed, options.length, folder)
        table.add_row(name, f"{executions:,}", f"{seconds:,.0f}", "yes" if said else "no")
        if said:
            wrong.append(f"{name}: {said}")
    console.print(table)
    for each in wrong:
        console.print(each, markup=False)
    if wrong:
        console.print(f"the inputs are in {folder}", markup=False)
    else:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
