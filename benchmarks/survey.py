"""Delimiter, quote, escape, rows of title and rows of header of the government files of the Pollock survey, against their labels.

    python -m benchmarks.survey [FOLDER]

Labels that contradict their own file are listed in `labels/survey-errors.yml`, each with a reason that can be checked in the
file.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_file
from benchmarks.scores import Score, score

ERRORS = Path(__file__).with_name("labels") / "survey-errors.yml"
PROPERTIES = {
    "delimiter": "delimiter",
    "quote": "quotechar",
    "escape": "escapechar",
    "preamble": "preamble_lines",
    "header": "header_lines",
}
"""Property → key of the label."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file: what was said of each property, what is labelled, and what the label should say where it errs."""

    name: str
    said: Mapping[str, str]
    labelled: Mapping[str, str]
    mended: Mapping[str, str]

    def is_right(self, prop: str) -> bool:
        """Whether what was said is the label, or what the label should be."""
        return self.said[prop] == self.mended.get(prop, self.labelled[prop])


def survey(corpora: Path) -> list[Surveyed]:
    """All files with labels; one of them lies with the larger files."""
    folder = corpora / "groundtruth" / "csv_dialect_pollock" / "survey_sample"
    errors = label_errors()
    found = []
    for path in sorted((folder / "parameters").glob("*.json")):
        name = path.name.removesuffix("_parameters.json")
        file = folder / "csv" / name
        if not file.is_file():
            file = corpora / "perf" / name
        label = json.loads(path.read_text(encoding="utf-8"))
        labelled = {prop: str(label[key]) for prop, key in PROPERTIES.items()}
        found.append(Surveyed(name, _said(inspect_file(file)), labelled, errors.get(name, {})))
    return found


def label_errors() -> dict[str, dict[str, str]]:
    """File → property → what its label should say."""
    found: dict[str, dict[str, str]] = {}
    for error in yaml.safe_load(ERRORS.read_text(encoding="utf-8")):
        found.setdefault(error["file"], {})[error["property"]] = error["ours"]
    return found


def _said(inspection: Inspection) -> dict[str, str]:
    """The properties as labels spell them: an escape that is the quote itself, doubled, is labelled as none."""
    dialect = inspection.dialect
    preamble, header = _layout(inspection)
    return {
        "delimiter": dialect.delimiter if dialect is not None else "",
        "quote": (dialect.quote or "") if dialect is not None else "",
        "escape": (dialect.escape or "") if dialect is not None else "",
        "preamble": str(preamble),
        "header": str(header),
    }


def _layout(inspection: Inspection) -> tuple[int, int]:
    """Rows above the first table, and rows of its header (blank ones between its rows included)."""
    table = next(iter(inspection.tables), None)
    if table is None:
        return 0, 0
    first = table.first_data_row or (table.header_row or 0) + 1
    start = table.header_row or first
    return start - 1, first - start


def scores(corpora: Path) -> tuple[Score, ...]:
    """A line for each property, and one for all five together."""
    files = survey(corpora)
    lines = [score(f"survey: {prop}", _verdicts(files, (prop,))) for prop in PROPERTIES]
    return (*lines, score("survey: all five", _verdicts(files, tuple(PROPERTIES))))


def _verdicts(files: Iterable[Surveyed], properties: tuple[str, ...]) -> Iterator[tuple[str, bool, str]]:
    for file in files:
        wrong = [prop for prop in properties if not file.is_right(prop)]
        told = ", ".join(f"{prop} {file.said[prop]!r}, labelled {file.labelled[prop]!r}" for prop in wrong)
        yield file.name, not wrong, told


def main(arguments: list[str]) -> int:
    """Print the table, every file that is not as labelled, and the labels that are counted as errors."""
    corpora = Path(arguments[0] if arguments else os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    if not corpora.is_dir():
        print(f"{corpora} is not there; give the folder of the recorded material")
        return 2
    for line in scores(corpora):
        print(f"{line.name}: {line.right} of {line.total}")
        for case in line.wrong:
            print(f"  {case}")
    for name, properties in label_errors().items():
        print(f"label set aside: {name}: {', '.join(properties)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
