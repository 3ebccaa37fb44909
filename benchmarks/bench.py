"""Speed, memory and politeness beside yardsticks of the same run; writes docs/explanation/performance.md.

    python -m benchmarks.bench [--only PART]

Absolute seconds on shared machines mean little: they are told, never judged. Ends with status 1 where a ratio misses its bar. A
run of one part writes no page.
"""

import argparse
import importlib
import importlib.util
import math
import os
import platform
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.lines import Line
from benchmarks.material import ROOT

PAGE = ROOT / "docs" / "explanation" / "performance.md"

PARTS: Final[Mapping[str, str]] = {
    "arrivals": "One host is never asked faster than it declared, whoever asks",
    "fetching": "Small resources fetched, archived, inspected and checked",
    "index_reruns": "Reruns of indices",
    "inspections": "Inspection beside the bare reader",
    "portal_load": "The portal of a large country under load",
    "readers": "Readers of catalogues beside the bare parser",
    "recorded_speed": "All recorded catalogues harvested and checked, and memory",
    "sample_round": "A whole round",
}
"""The modules of this folder that are parts, each with a title. A part has `bench_lines()`, which gives its lines."""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one part under its title."""

    title: str
    lines: tuple[Line, ...]


def reader_of(part: str) -> Callable[[], Iterator[Line]]:
    """The function that measures a part."""
    found: Callable[[], Iterator[Line]] = importlib.import_module(f"benchmarks.{part}").bench_lines
    return found


def present(parts: Sequence[str]) -> list[str]:
    """The parts whose module is here."""
    return [part for part in parts if importlib.util.find_spec(f"benchmarks.{part}") is not None]


def number(value: float, unit: str) -> str:
    """A number as people read it, with three digits that count; what is no number was not at hand."""
    if math.isnan(value):
        return "not at hand"
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{shown} {unit}"


def cells(line: Line) -> tuple[str, ...]:
    """A line of the table."""
    met = {None: "", True: "yes", False: "**no**"}[line.met]
    value, beside = number(line.value, line.unit), number(line.yardstick_value, line.unit)
    return (
        line.what,
        value,
        line.yardstick,
        beside,
        "" if math.isnan(line.ratio) else f"{line.ratio:.3g}",
        line.bar,
        met,
    )


HEADINGS = ("what", "value", "yardstick", "value", "ratio", "asked", "met")


def page(sections: Sequence[Section], megabytes: float) -> str:
    """The page of results."""
    missed = [line.what for section in sections for line in section.lines if line.met is False]
    verdict = "Every bar is met." if not missed else f"Missed: {'; '.join(missed)}."
    head = (
        "# Performance\n\nWritten by `make bench`. Each value stands beside a yardstick that was measured in the same run, or\n"
        "beside a limit that was declared; the ratio is value over yardstick. Only ratios are judged.\n\n"
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} processors; greatest "
        f"memory of the measuring process {megabytes:.0f} MB.\n{verdict}\n"
    )
    tables = []
    for section in sections:
        rows = [HEADINGS, ("---",) * len(HEADINGS), *map(cells, section.lines)]
        tables.append(f"\n## {section.title}\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows))
    return head + "".join(tables)


def show(section: Section, out: Console) -> None:
    """The table for people."""
    table = Table(*HEADINGS, title=section.title)
    for line in section.lines:
        table.add_row(*(cell.replace("**", "") for cell in cells(line)))
    out.print(table)


def main() -> None:
    """Measure, print and write the page."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--only", choices=sorted(PARTS), help="one part; the page is not written")
    only = reader.parse_args().only
    out = Console(width=160)
    sections = []
    for part in present([only] if only else list(PARTS)):
        section = Section(PARTS[part], tuple(reader_of(part)()))
        show(section, out)
        if section.lines:
            sections.append(section)
    if not only:
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        PAGE.write_text(page(sections, megabytes), encoding="utf-8")
    sys.exit(1 if any(line.met is False for section in sections for line in section.lines) else 0)


if __name__ == "__main__":
    main()
