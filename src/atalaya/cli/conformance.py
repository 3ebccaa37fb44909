"""Files held against a schema, for `atalaya inspect --schema`: reading what the user named, and printing what differs."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from atalaya.catalogue.descriptors import DescriptorProblem
from atalaya.cli.output import plain
from atalaya.countries.pack import RegisteredSchema
from atalaya.countries.reader import find_pack, known_packs, read_pack
from atalaya.exceptions import SchemaUnusable
from atalaya.inspection.schemas.labels import SchemaError
from atalaya.inspection.schemas.packages import Resource, check_resource, files_of_folder, read_resource

_SHOWN = 50
"""Differences that are printed of one file; `--json` has them all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What files are held against: a description without a path, and what in it is not read."""

    name: str
    resource: Resource
    warnings: tuple[DescriptorProblem, ...]


def registered_schemas(code_or_folder: str | None = None) -> list[RegisteredSchema]:
    """The schemas of the packs that come with Atalaya, or of one pack, by id."""
    folders = [find_pack(code_or_folder)] if code_or_folder else [find_pack(code) for code in known_packs()]
    return sorted((schema for folder in folders for schema in read_pack(folder).schemas), key=lambda each: each.id)


def find_schema(identity: str, country: str | None = None) -> RegisteredSchema:
    """A schema of the register by its id. Raises SchemaUnusable."""
    code, _, _ = identity.partition(":")
    listed = registered_schemas(country or (code if code in known_packs() else None))
    for schema in listed:
        if schema.id == identity:
            return schema
    known = ", ".join(schema.id for schema in listed) or "none"
    raise SchemaUnusable(f"no schema {identity!r} is registered; name a file, or one of {known}")


def descriptor_of(schema: RegisteredSchema, country: str | None = None) -> str:
    """The descriptor of a registered schema, as it stands in its pack."""
    return (find_pack(country or schema.id.partition(":")[0]) / schema.file).read_text(encoding="utf-8")


def wanted(name: str) -> Wanted:
    """Read what the user named: a registered schema, or a file with a Table Schema or the description of a resource.

    Raises SchemaUnusable that tells every error.
    """
    path = Path(name)
    if not path.is_file() and ":" in name:
        schema = find_schema(name)
        return Wanted(schema.id, Resource(schema.id, (), data=[], schema=schema.schema), ())
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SchemaUnusable(f"{name} is not JSON in UTF-8 ({error}); mend it or name another file") from None
    resource = read_resource(_as_resource(value), files_of_folder(path.parent))
    errors = [problem for problem in resource.problems if problem.severity == "error"]
    if errors:
        lines = "\n".join(f"  {problem}" for problem in errors)
        raise SchemaUnusable(f"{name} cannot be used:\n{lines}")
    return Wanted(name, resource, resource.problems)


def _as_resource(value: Any) -> Any:
    """A Table Schema as a resource that has it; where its data are is told by the command."""
    if isinstance(value, Mapping) and "schema" in value and "fields" not in value:
        return {"data": [], **value}
    return {"data": [], "schema": value}


def differences(path: Path, held: Wanted) -> list[SchemaError]:
    """Every way in which a file differs from what is wanted of it."""
    described = held.resource
    resource = Resource(
        described.name, (path.name,), schema=described.schema, dialect=described.dialect, encoding=described.encoding
    )
    return list(check_resource(resource, lambda _: path.read_bytes()))


def as_json(held: Wanted, found: list[SchemaError]) -> dict[str, object]:
    """The verdict on one file as JSON has it."""
    return {
        "schema": held.name,
        "conforms": not found,
        "errors": [asdict(error) for error in found],
        "counts": dict(sorted(Counter(error.code for error in found).items())),
        "warnings": [str(warning) for warning in held.warnings],
    }


def print_differences(out: Console, held: Wanted, found: list[SchemaError]) -> None:
    """The verdict on one file, and its first differences with their places."""
    for warning in held.warnings:
        out.print(f"  [yellow]schema[/]: {plain(str(warning))}")
    if not found:
        out.print(f"  schema {plain(held.name)}: [green]conforms[/]")
        return
    counts = ", ".join(
        f"{number} {code.replace('_', ' ')}" for code, number in Counter(e.code for e in found).most_common()
    )
    out.print(f"  schema {plain(held.name)}: [red]does not conform[/] ({counts})")
    for error in found[:_SHOWN]:
        out.print(f"    {_place(error)}: {plain(error.code.replace('_', ' '))}: {plain(error.detail)}")
    if len(found) > _SHOWN:
        out.print(f"    and {len(found) - _SHOWN:,} more; --json lists them all")


def _place(error: SchemaError) -> str:
    parts = [f"row {error.row}"] if error.row is not None else []
    parts += [f"column {error.column}"] if error.column is not None else []
    name = f" ({plain(error.field)})" if error.field else ""
    return ", ".join(parts) + name if parts else f"table{name}"
