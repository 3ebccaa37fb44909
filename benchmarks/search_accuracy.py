"""What the search of the portal finds of what it should: questions with the datasets that answer them, over recorded catalogues.

    python -m benchmarks.search_accuracy [--show]

A question counts with its recall at 10: of the datasets that answer it, or of ten of them where there are more, how many are
among the first ten results. Ends with status 1 where a mean is below its bar. Needs the recorded catalogues (ATALAYA_CORPORA).
"""

import argparse
import gzip
import json
import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import yaml
from psycopg.types.json import Jsonb
from rich.console import Console
from rich.table import Table

from atalaya.countries.reader import find_pack, read_pack
from atalaya.portal.database import serving_database
from atalaya.publish.read_model.loading import fill
from atalaya.publish.read_model.names import dataset_name
from atalaya.publish.read_model.search_words import fold, vector
from atalaya.publish.read_model.values import Values
from benchmarks.large_portal.rows import Country, Size
from benchmarks.material import ROOT, corpora

LABELS = ROOT / "benchmarks" / "labels" / "search_queries.yml"
LEAST = 0.85
"""Mean recall at 10 that each catalogue must reach."""

Texts = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Title, description, keywords, and titles of resources."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the labels, and what came of it."""

    text: str
    how: str
    expected: frozenset[str]
    found: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def recall(self) -> float:
        """Recall at 10."""
        return len(self.expected.intersection(self.found[:10])) / min(10, len(self.expected))


def argentina(folder: Path) -> Iterator[Texts]:
    """A catalogue in Spanish."""
    with gzip.open(folder / "catalogues" / "datajson_ar" / "datos.gob.ar_2018-07-04.data.json.gz") as file:
        for each in json.load(file)["dataset"]:
            files = tuple(str(one.get("title") or "") for one in each.get("distribution") or ())
            yield (
                str(each["title"]),
                str(each.get("description") or ""),
                tuple(map(str, each.get("keyword") or ())),
                files,
            )


def united_states(folder: Path) -> Iterator[Texts]:
    """Two catalogues in English."""
    for name in ("data.cityofchicago.org", "data.cdc.gov"):
        for line in (folder / "catalogues" / "socrata" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            each = json.loads(line)
            resource, tags = each["resource"], each.get("classification", {}).get("domain_tags") or ()
            yield str(resource["name"]), str(resource.get("description") or ""), tuple(map(str, tags)), ()


CATALOGUES = {"ar": argentina, "us": united_states}


def contents(country: Country, texts: list[Texts], language: str) -> Iterator[tuple[str, Iterator[Values]]]:
    """The tables of a country without institutions, with the datasets and files of a catalogue."""
    for table, rows in country.contents():
        if table == "dataset":
            yield table, _datasets(texts, language)
        elif table == "resource":
            yield table, _resources(texts)
        elif table in ("edition", "unit_group", "rule", "duty"):
            yield table, rows


def _datasets(texts: list[Texts], language: str) -> Iterator[Values]:
    for number, (title, description, keywords, files) in enumerate(texts):
        words = vector(((title, "A"), (" ".join(keywords), "B"), (description[:4000], "D")), language)
        yield (
            *(
                f"d{number}",
                "s",
                None,
                None,
                title,
                Jsonb({language: title}),
                description[:4000],
                Jsonb({}),
                list(keywords),
                [],
            ),
            *(None, None, None, None, None, None, "present", None, None, len(files), 0, []),
            *(
                words,
                dataset_name(title, f"d{number:026}"[-26:]) + f"-{number}",
                [],
                None,
                None,
                None,
                None,
                "2026-01-01",
            ),
        )


def _resources(texts: list[Texts]) -> Iterator[Values]:
    for number, (_, _, _, files) in enumerate(texts):
        for place, title in enumerate(files):
            yield (
                *(
                    f"r{number}-{place}",
                    f"d{number}",
                    place,
                    title,
                    None,
                    "csv",
                    "csv",
                    *(None,) * 10,
                    Jsonb([]),
                    Jsonb([]),
                ),
                *(None,) * 7,
            )


def ask(catalogue: str, texts: list[Texts], address: str) -> list[Question]:
    """Load a catalogue and ask everything."""
    import django  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    os.environ.setdefault("ATALAYA_DATABASE_URL", address)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    django.setup()
    from atalaya.portal.observatory.search.asked import read_asked  # noqa: PLC0415
    from atalaya.portal.observatory.views.search import answer_to  # noqa: PLC0415

    country = Country(Size(institutions=1, datasets=1, resources=1, findings=1, rounds=1), read_pack(find_pack("gt")))
    with psycopg.connect(address, autocommit=True) as connection:
        fill(connection, contents(country, texts, "es" if catalogue == "ar" else "en"))
    connections["default"].close()
    folded = {f"d{number}": fold(title) for number, (title, *_) in enumerate(texts)}
    asked = []
    for label in yaml.safe_load(LABELS.read_text(encoding="utf-8"))[catalogue]:
        expected = frozenset(name for name, title in folded.items() if re.search(label["expect"], title))
        if not expected:
            raise ValueError(f"{LABELS.name}: nothing of {catalogue} answers {label['q']!r}; the label is wrong")
        started = time.perf_counter()
        answer = answer_to(read_asked(label["q"]), {"kind": "dataset", "institution": "", "form": ""}, 0, 10)
        found = tuple(entry.id for entry in answer.found.hits.get("dataset", ()))
        asked.append(Question(label["q"], label["how"], expected, found, time.perf_counter() - started))
    return asked


def measure() -> Mapping[str, list[Question]]:
    """All catalogues."""
    with (
        tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as home,
        serving_database(Path(home), "") as address,
    ):
        return {name: ask(name, list(read(corpora())), address) for name, read in CATALOGUES.items()}


def main() -> None:
    """Measure and tell."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--show", action="store_true", help="every question that is not answered fully")
    show, out, low = reader.parse_args().show, Console(width=140), False
    table = Table("catalogue", "how", "questions", "recall at 10", "all answered", "median ms")
    for name, questions in measure().items():
        groups: defaultdict[str, list[Question]] = defaultdict(list)
        for each in questions:
            groups[each.how].append(each)
        for how, members in [*sorted(groups.items()), ("all", questions)]:
            mean = sum(each.recall for each in members) / len(members)
            low |= how == "all" and mean < LEAST
            median = sorted(each.seconds for each in members)[len(members) // 2] * 1000
            whole = sum(each.recall == 1 for each in members)
            table.add_row(name, how, str(len(members)), f"{mean:.3f}", str(whole), f"{median:.0f}")
        if show:
            for each in sorted(questions, key=lambda question: question.recall):
                if each.recall < 1:
                    out.print(f"{name} {each.how}: {each.text} {each.recall:.2f} of {len(each.expected)}", markup=False)
    out.print(table)
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
