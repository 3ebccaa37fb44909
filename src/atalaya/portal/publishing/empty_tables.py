"""Empty tables to be filled in: the schemas of a country's register, by the duties that they fulfil."""

import csv
import io
from functools import lru_cache
from pathlib import Path

from atalaya.countries.pack import RegisteredSchema
from atalaya.countries.reader import find_pack, known_packs, read_pack
from atalaya.publish.schema_workbook import write_template

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@lru_cache(maxsize=4)
def schemas_of(country: str) -> tuple[RegisteredSchema, ...]:
    """The schemas of a country that comes with Atalaya; none for another."""
    return read_pack(find_pack(country)).schemas if country in known_packs() else ()


def schema_of(identity: str) -> RegisteredSchema | None:
    """The schema of an id such as `zz:payroll`; None where there is none."""
    found = schemas_of(identity.partition(":")[0])
    return next((each for each in found if each.id == identity), None)


def empty_table(schema: RegisteredSchema, form: str, language: str, folder: Path) -> bytes:
    """An empty table of a schema, as CSV or as a workbook."""
    if form == "xlsx":
        path = folder / "empty.xlsx"
        write_template(path, schema, language)
        return path.read_bytes()
    out = io.StringIO(newline="")
    csv.writer(out).writerow([each.name for each in schema.schema.fields])
    return out.getvalue().encode("utf-8-sig")
