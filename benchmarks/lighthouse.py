"""Lighthouse over the pages of a running portal that most people open: the median of several runs in each category.

Run as `python -m benchmarks.lighthouse http://127.0.0.1:8000/`. Lighthouse is installed from its lock into `benchmarks/node` the
first time, which needs node and npm; nothing else of the project does. Its own simulation of a phone on a slow line is left as
it is, and so is everything that it judges. Other programs that take the processor meanwhile lower the figure for performance.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path
from statistics import median
from urllib.parse import urljoin

from atalaya.harvest.site.browser import find_browser

FOLDER = Path(__file__).resolve().parent / "node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
"""Points that every category of every page must reach."""

RUNS = 5
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
PAGES = {
    "home": ("", None),
    "index": ("indice/", None),
    "institution": ("indice/", r'<a [^>]*href="([^"]*/instituciones/[^"/]+/)"'),
    "dataset": ("datos/", r'<a [^>]*href="([^"]*/datos/[^"/]+/)"'),
}
"""Page → the address where it is or where its link stands, and how that link is known."""


def main(base: str, runs: int = RUNS) -> int:
    """Print the medians of each page; 1 where one of them is too low."""
    _install()
    low = 0
    print(f"{'page':<14}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for name, (place, link) in PAGES.items():
        address = urljoin(base, place) if link is None else _first_link(urljoin(base, place), link)
        reports = [_report(address) for _ in range(runs)]
        medians = [median(_points(report, category) for report in reports) for category in CATEGORIES]
        print(f"{name:<14}" + "".join(f"{value:>16.0f}" for value in medians), flush=True)
        low += sum(value < LEAST for value in medians)
        for line in _faults(reports[-1]):
            print(f"    {line}")
    return 1 if low else 0


def _install() -> None:
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=FOLDER, check=True)


def _first_link(address: str, link: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        found = re.search(link, answer.read().decode())
    if found is None:
        raise LookupError(f"{address} leads to no page of this kind; load an observation that has one")
    return urljoin(address, unescape(found[1]))


def _report(address: str) -> dict[str, object]:
    program = find_browser(os.environ.get("ATALAYA_BROWSER", "auto"))
    if program is None:
        raise LookupError("no browser was found; install Chromium, or name it in ATALAYA_BROWSER")
    command = [
        "node", "node_modules/lighthouse/cli/index.js", address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": program}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, check=True, timeout=300)
    report: dict[str, object] = json.loads(done.stdout)
    return report


def _points(report: dict[str, object], category: str) -> float:
    found = report["categories"]
    assert isinstance(found, dict)
    return 100 * float(found[category]["score"] or 0)


def _faults(report: dict[str, object]) -> list[str]:
    """What cost points in a report."""
    audits, categories = report["audits"], report["categories"]
    assert isinstance(audits, dict)
    assert isinstance(categories, dict)
    weighed = [ref["id"] for each in categories.values() for ref in each["auditRefs"] if ref["weight"]]
    found = [audits[name] for name in weighed if audits[name]["score"] is not None and audits[name]["score"] < 0.9]
    return [f"{audit['id']}: {audit['title']} ({audit.get('displayValue', audit['score'])})" for audit in found]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m benchmarks.lighthouse ADDRESS-OF-A-RUNNING-PORTAL [RUNS]")
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else RUNS))
