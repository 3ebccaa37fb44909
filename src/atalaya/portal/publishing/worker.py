"""The process that reads uploaded files: `worker examine COUNTRY FOLDER NAME PATH` or `worker compare COUNTRY FOLDER OLD NEW`.

`report.json` in the folder says what was found; what was repaired lies beside it. No value of a personal column is in the report.
"""

import json
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from atalaya.history.export import guarded
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.portal.derived.comparison import told
from atalaya.portal.derived.worker import identities_of
from atalaya.publish.inspected.file import FileView, file_view
from atalaya.publish.inspected.speech import speech
from atalaya.publish.inspected.stars import stars_text
from atalaya.repair.changes import Alteration, Decision, Doubt
from atalaya.repair.file import repair_file
from atalaya.repair.package import csv_of, resource_of, write_package
from atalaya.repair.tables import TidyTable
from atalaya.translations import LANGUAGES

MEMORY, SECONDS = 2 << 30, 60
FAULTS, TABLES, COLUMNS, SAMPLE, ALIKE, CHARACTERS = 40, 20, 60, 12, 3, 80
"""How much of each is told: more than a person reads."""


def examine(country: str, folder: Path, name: str, path: Path) -> dict[str, Any]:
    """What a file is and what would be repaired in it; the repaired file is written into the folder."""
    limits = replace(DEFAULT, memory=MEMORY // 2, seconds=SECONDS, identities=identities_of(country))
    found = inspect_file(path, url=name, limits=limits)
    views = {
        language: _report(file_view(speech(language, country), name, found), language, country)
        for language in LANGUAGES
    }
    personal = _personal(found)
    return {
        **views,
        "personal": personal,
        "repair": _repair(path, name, limits, folder, {each["column"] for each in personal}),
    }


def compare(country: str, old: Path, new: Path) -> dict[str, Any]:
    """What is other in a file than in the one before."""
    from atalaya.inspection.versions.files import compare_files  # noqa: PLC0415 - heavy

    limits = replace(DEFAULT, memory=MEMORY // 2, seconds=SECONDS, cells_kept=True, described=False)
    limits = replace(limits, identities=identities_of(country))
    first, second = (inspect_file(path, limits=limits) for path in (old, new))
    return dict(told(compare_files(first.tables, second.tables), len(first.tables), len(second.tables)))


def _report(view: FileView, language: str, country: str) -> dict[str, Any]:
    return {
        "format": view.format,
        "size": view.size,
        "encoding": view.encoding,
        "openness": stars_text(speech(language, country), view.openness),
        "faults": [
            {"title": each.title, "place": each.place, "detail": each.detail, "remedy": each.remedy}
            for each in view.faults[:FAULTS]
        ],
        "tables": [
            {
                "name": each.name,
                "rows": each.rows,
                "columns": [
                    {"name": column.name, "kind": column.kind, "meaning": column.meaning, "missing": list(column.missing),
                     "personal": column.personal}
                    for column in each.columns[:COLUMNS]
                ],
            }
            for each in view.tables[:TABLES]
        ],
    }  # fmt: skip


def _personal(found: Inspection) -> list[dict[str, str]]:
    return [
        {"table": table.name[:CHARACTERS], "column": column.name[:CHARACTERS], "kind": column.personal}
        for table in found.tables
        for column in table.columns
        if column.personal
    ]


def _repair(path: Path, name: str, limits: Limits, folder: Path, personal: set[str]) -> dict[str, Any] | None:
    """What a repair would change; None where no table could be read whole, or nothing would be other than it is."""
    found = repair_file(path, url=name, limits=limits)
    if not found.tables or found.too_large or any(table.content == "page" for table in found.inspection.tables):
        return None
    tables = [_guarded(each) for each in found.tables]
    stem = name.rpartition(".")[0] or "datos"
    if len(tables) == 1:
        body = csv_of(tables[0])
        if body == path.read_bytes():
            return None
        (folder / "repaired").write_bytes(body)
        made = {"name": f"{stem}.csv", "kind": "csv", "media_type": "text/csv"}
        resources = [resource_of("datos", tables[0], body, name)]
    else:
        resources = _packed(folder, tables, name)
        made = {"name": f"{stem}.zip", "kind": "data_package", "media_type": "application/zip"}
    told_of = [_changes(each, personal) for each in tables[:TABLES]]
    return {**made, "cells": sum(each["cells"] for each in told_of), "tables": told_of, "resources": resources}


def _guarded(table: TidyTable) -> TidyTable:
    """A table whose cells no spreadsheet runs as formulas; numbers that are less than zero stay numbers."""
    kinds = [field.type for field in table.fields]
    rows = tuple(
        tuple(
            cell if kind in ("integer", "number") else str(guarded(cell)) for cell, kind in zip(row, kinds, strict=True)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _packed(folder: Path, tables: Sequence[TidyTable], name: str) -> list[dict[str, Any]]:
    written = write_package(folder / "package", tables, name)
    with zipfile.ZipFile(folder / "repaired", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in written.files:
            if path.name not in ("changes.json", "changes.csv"):  # what stood before may be personal
                archive.write(path, path.name)
    resources: list[dict[str, Any]] = json.loads(written.descriptor.read_bytes())["resources"]
    return resources


def _changes(table: TidyTable, personal: set[str]) -> dict[str, Any]:
    reasons = Counter(each.reason for each in table.alterations)
    shown = _sample([each for each in table.alterations if each.name not in personal])
    return {
        "name": table.name[:CHARACTERS],
        "rows": len(table.rows),
        "cells": len(table.alterations),
        "aside": len(table.aside),
        "reasons": dict(reasons.most_common()),
        "decisions": _counted(table.decisions),
        "doubts": _counted(table.doubts),
        "sample": [
            {"row": each.row, "column": each.name[:CHARACTERS], "before": (each.before or "")[:CHARACTERS],
             "after": each.after[:CHARACTERS]}
            for each in shown
        ],
    }  # fmt: skip


def _sample(found: Sequence[Alteration]) -> list[Alteration]:
    """Some alterations of each kind in each column, in the order of the file."""
    seen: Counter[tuple[int, str]] = Counter()
    kept = []
    for each in found:
        seen[each.column, each.reason] += 1
        if seen[each.column, each.reason] <= ALIKE:
            kept.append(each)
    return kept[:SAMPLE]


def _counted(found: Sequence[Decision] | Sequence[Doubt]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.code] += each.count or len(each.rows) or 1
    return dict(counts)


def main(arguments: Sequence[str]) -> None:
    """Read one file, or two."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    what, country, folder, first, second = arguments
    place = Path(folder)
    done = (
        examine(country, place, first, Path(second))
        if what == "examine"
        else compare(country, Path(first), Path(second))
    )
    (place / "report.json").write_text(json.dumps(done, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
