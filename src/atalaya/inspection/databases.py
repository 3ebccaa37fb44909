"""Files with a schema of their own that a library reads: SQLite and GeoPackage, Parquet. Each is opened in its own process."""

from dataclasses import replace

from atalaya.inspection.child import read_with
from atalaya.inspection.findings import Defect
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import gather


def read_sqlite(material: Material) -> Findings:
    """The tables and views of a SQLite file or GeoPackage; bookkeeping tables of the format are left out."""
    findings = _read("sqlite", material)
    if findings.tables or findings.defects:
        return findings
    return replace(
        findings, defects=(Defect(code="empty_file", place="file", detail="the database has no table of its own"),)
    )


def read_parquet(material: Material) -> Findings:
    """A Parquet file as one table; names come from its schema, so no row is a header."""
    return _read("parquet", material)


def _read(reader: str, material: Material) -> Findings:
    found = read_with(reader, material)
    read = gather(found.profiles)
    return replace(read, defects=(*found.defects, *read.defects))
