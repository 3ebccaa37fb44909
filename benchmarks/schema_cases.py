"""How often a table is held against a schema as frictionless and CSV on the Web expect: their own cases, compared one by one.

    python -m benchmarks.schema_cases

The cases of frictionless are the assertions of its own tests (`frictionless_cases`).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from atalaya.inspection.schemas.conformance import check_rows
from atalaya.inspection.schemas.labels import SchemaError
from atalaya.inspection.schemas.packages import (
    Files,
    check_package,
    check_resource,
    files_of_folder,
    files_of_zip,
    read_resource,
)
from atalaya.inspection.schemas.tables import open_table
from benchmarks.frictionless_cases import Case, Made, cases, every_made
from benchmarks.material import corpora
from benchmarks.scores import Score, score

POSITIONED = frozenset({"missing-cell", "extra-cell", "blank-row", "blank-label", "duplicate-label"})
"""Classes of errors that must stand at the same row and column."""
Told = tuple[int | None, SchemaError]
"""An error with the number of its table where there are several."""


def told(case: Case, folder: Path) -> list[Told]:
    """What we say of the table of a case, as the case asks for it: some classes only, or the first errors only."""
    report = case.names.get("report") or next(iter(case.names.values()))
    found = list(_validated(report, folder, files_of_folder(folder)))
    checklist = next((each for each in every_made(report) if each.name == "Checklist"), Made("Checklist"))
    picked, skipped = (_classes(checklist.named.get(key)) for key in ("pick_errors", "skip_errors"))
    kept = [each for each in found if (not picked or each[1].code in picked) and each[1].code not in skipped]
    limit = next((each.named["limit_errors"] for each in every_made(report) if "limit_errors" in each.named), None)
    return kept[:limit]


_HEADER = frozenset(
    {"blank_header", "extra_label", "missing_label", "blank_label", "duplicate_label", "incorrect_label"}
)
_ROW = frozenset(
    {
        "blank_row",
        "primary_key",
        "foreign_key",
        "missing_cell",
        "extra_cell",
        "type_error",
        "constraint_error",
        "unique_error",
    }
)


def _classes(listed: Sequence[str] | None) -> frozenset[str]:
    tags = {"#header": _HEADER, "#row": _ROW}
    return frozenset().union(*(tags.get(each, frozenset({each.replace("-", "_")})) for each in listed or ()))


def _validated(thing: Any, folder: Path, files: Files) -> Iterator[Told]:
    """Errors of whatever a case validates."""
    if isinstance(thing, Made) and thing.name in ("validate", "validate_descriptor"):
        if thing.name == "validate_descriptor" and isinstance(thing.given[0], Made) and thing.given[0].name == "Schema":
            value = json.loads(files(thing.given[1]))
            yield from _resource({"data": [], "schema": value}, files, only_schema=True)
            return
        inner = Made("Package", thing.given[1:]) if thing.name == "validate_descriptor" else thing.given[0]
        yield from _validated(_named(inner, thing.named), folder, files)
    elif isinstance(thing, Made) and thing.name in ("Package",):
        yield from _package(thing, folder, files)
    elif isinstance(thing, Made) and thing.name in ("Inquiry", "InquiryTask"):
        tasks = thing.named.get("tasks") or (thing.given[0]["tasks"] if thing.given else [thing])
        for number, task in enumerate(tasks, 1):
            named = task.named if isinstance(task, Made) else task
            for _, error in _validated(named.get("resource") or named, folder, files):
                yield number, error
    elif isinstance(thing, str) and thing.endswith("package.json"):
        yield from _package(Made("Package", (thing,)), folder, files)
    else:
        value = thing
        if isinstance(thing, Made):
            value = thing.given[0] if thing.given and not thing.named else {**_path(thing.given), **thing.named}
        if isinstance(value, str) and value.endswith("resource.json"):
            files = files_of_folder(folder / Path(value).parent)
            value = Path(value).name
        yield from _resource(_descriptor(value, files), files)


def _named(inner: Any, named: Mapping[str, Any]) -> Any:
    only = named.get("resource_name")
    return Made("Package", (inner,), {"resource_name": only}) if only else inner


def _path(given: Sequence[Any]) -> dict[str, Any]:
    return {"path": given[0]} if given else {}


def _package(thing: Made, folder: Path, files: Files) -> Iterator[Told]:
    value: Any = thing.given[0] if thing.given else thing.named
    if isinstance(value, str) and value.endswith(".zip"):
        files = files_of_zip((folder / value).read_bytes())
        value = json.loads(files("datapackage.json"))
    elif isinstance(value, str):
        files = files_of_folder(folder / Path(value).parent)
        value = json.loads((folder / value).read_bytes())
    only = thing.named.get("resource_name")
    names = [each.get("name", "") for each in value.get("resources", ())]
    for name, error in check_package(value, files):
        if only is None or name == only:
            yield (names.index(name) + 1 if name in names else None), error


def _resource(value: Mapping[str, Any], files: Files, only_schema: bool = False) -> Iterator[Told]:
    resource = read_resource(value, files)
    if only_schema:
        return
    yield from ((1, error) for error in check_resource(resource, files))


def _descriptor(value: Any, files: Files) -> dict[str, Any]:
    """What frictionless takes as arguments, as a resource descriptor."""
    if isinstance(value, str):
        return dict(json.loads(files(value))) if value.endswith("resource.json") else {"path": value}
    found = dict(value)
    detector, control, dialect = found.pop("detector", None), found.pop("control", None), found.pop("dialect", None)
    schema = found.get("schema")
    if isinstance(schema, Made):
        found["schema"] = schema = schema.given[0]
    if isinstance(dialect, Made):
        dialect = {_camel(key): item for key, item in dialect.named.items()}
    if isinstance(control, Made):
        dialect = {**(dialect or {}), **{_camel(key): item for key, item in control.named.items()}}
    if dialect is not None:
        found["dialect"] = dialect
    if isinstance(detector, Made):
        found["schema"] = _detected(detector, json.loads(files(schema)) if isinstance(schema, str) else schema)
    if found.get("schema", 0) is None:
        del found["schema"]
    return found


def _detected(detector: Made, schema: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The schema that a detector of frictionless makes of the one that is given."""
    if detector.named.get("schema_sync"):
        return {**(schema or {"fields": []}), "fieldsMatch": "partial"}
    if patch := detector.named.get("schema_patch"):
        fields = [{"name": name, **item} for name, item in patch.get("fields", {}).items()]
        return {"fields": fields, "missingValues": patch["missingValues"], "fieldsMatch": "subset"}
    if names := detector.named.get("field_names"):
        return {"fields": [{"name": name, "type": "any"} for name in names]}
    return None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


Place = tuple[int | None, int | None, int | None, str]


def expected_errors(case: Case) -> list[Place] | None:
    """Errors as (table, row, column, class) where a case tells rows and columns, None where it does not."""
    listed = next((each for each in case.expected if "rowNumber" in each.get("fields", ())), None)
    if listed is None:
        return None
    found = []
    for row in listed["errors"]:
        told_by = dict(zip(listed["fields"], row, strict=True))
        found.append((told_by.get("taskNumber", 1), told_by["rowNumber"], told_by["fieldNumber"], told_by["type"]))
    return found


def said(case: Case, folder: Path) -> list[Place]:
    """Our errors in the same form."""
    return [(task, error.row, error.column, error.code.replace("_", "-")) for task, error in told(case, folder)]


def is_valid(case: Case) -> bool:
    """The verdict that a case expects."""
    return all(each.get("valid", True) and not each.get("errors") for each in case.expected)


def verdicts(listed: Sequence[Case], folder: Path) -> Score:
    """Whether a table is said to be valid exactly where frictionless says so."""
    return score("frictionless: verdict", _verdicts(listed, folder))


def _verdicts(listed: Sequence[Case], folder: Path) -> Iterator[tuple[str, bool, str]]:
    for case in listed:
        found = said(case, folder)
        yield f"{case.number} {case.name}", (not found) == is_valid(case), str(found[:3])


def positions(listed: Sequence[Case], folder: Path) -> Score:
    """Whether missing and extra cells, blank rows, and blank and duplicate labels stand where frictionless finds them."""
    return score("frictionless: positions", _positions(listed, folder))


def _positions(listed: Sequence[Case], folder: Path) -> Iterator[tuple[str, bool, str]]:
    for case in listed:
        wanted = expected_errors(case)
        if wanted is not None:
            ours = sorted((each for each in said(case, folder) if each[3] in POSITIONED), key=str)
            theirs = sorted((each for each in wanted if each[3] in POSITIONED), key=str)
            yield f"{case.number} {case.name}", ours == theirs, str(ours[:4])


def classes(listed: Sequence[Case], folder: Path) -> dict[str, tuple[int, int]]:
    """How many errors of each class are expected with their place or without, and how many of them are found there."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for case in listed:
        ours = said(case, folder)
        theirs = expected_errors(case)
        if theirs is not None:
            for each in theirs:
                wanted[each[3]] += 1
                found[each[3]] += each in ours
            continue
        for listed_errors in case.expected:
            for row in listed_errors.get("errors", ()):
                kind = dict(zip(listed_errors["fields"], row, strict=True))["type"]
                wanted[kind] += 1
                found[kind] += any(each[3] == kind for each in ours)
    return {kind: (found[kind], wanted[kind]) for kind in sorted(wanted)}


def csvw(corpora_folder: Path) -> Score:
    """The tests of CSV on the Web that have no metadata document: their tables are valid, and read as their JSON says."""
    return score("CSV on the Web without metadata", _csvw(corpora_folder / "groundtruth" / "csvw"))


def _csvw(folder: Path) -> Iterator[tuple[str, bool, str]]:
    for each in json.loads((folder / "csvw_expected.json").read_text("utf-8")):
        if not each["action"].endswith(".csv") or each["implicit"]:
            continue
        data = (folder / "tests" / each["action"]).read_bytes()
        table = open_table(data)
        rows = list(table.rows)
        errors = list(check_rows(table.labels, rows))
        name = f"{each['id']} {each['type'].removeprefix('csvt:')}"
        if each["result"] is None:
            yield name, not errors, str(errors[:2])
            continue
        wanted = json.loads((folder / "tests" / each["result"]).read_text("utf-8"))
        objects = [dict(zip(table.labels or (), cells, strict=True)) for _, cells in rows]
        if isinstance(wanted, dict):
            ours = [{"rownum": at, "row": rows[at - 1][0], "describes": [item]} for at, item in enumerate(objects, 1)]
            wanted = [
                {"rownum": row["rownum"], "row": int(row["url"].rpartition("=")[2]), "describes": row["describes"]}
                for row in wanted["tables"][0]["row"]
            ]
            yield name, ours == wanted, str(ours[:1])
        else:
            yield name, objects == wanted, str(objects[:1])


STANDARD = ("plain", "schema", "dialect")


def scores(corpora_folder: Path) -> tuple[Score, ...]:
    """Every line of the table that is about schemas."""
    folder = corpora_folder / "groundtruth" / "frictionless"
    listed = cases(folder)
    return (
        csvw(corpora_folder),
        verdicts([case for case in listed if case.kind in STANDARD], folder),
        positions(listed, folder),
    )


def main() -> int:
    """Print the scores, what every other kind of case gives, and each class of errors."""
    folder = corpora() / "groundtruth" / "frictionless"
    for each in scores(corpora()):
        print(f"{each.name}: {each.right} of {each.total}")
        for wrong in each.wrong:
            print(f"  {wrong}")
    listed = cases(folder)
    for kind in sorted({case.kind for case in listed} - set(STANDARD)):
        found = verdicts([case for case in listed if case.kind == kind], folder)
        print(f"verdict of {kind}: {found.right} of {found.total}")
        for wrong in found.wrong:
            print(f"  {wrong}")
    for kind, (right, total) in classes(listed, folder).items():
        print(f"{kind}: {right} of {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
