"""The kinds of file in the sample country: how each is declared and written, and what every check should say of a sound one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from atalaya.checks.outcomes import Verdict
from atalaya.samples.files import containers, text
from atalaya.samples.tables import Rows

PASS, FAIL, UNKNOWN, ABSENT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE

RESOURCE_CHECKS = (
    "available_to_machines",
    "reachable",
    "tls_valid",
    "format_declared",
    "format_true",
    "open_format",
    "machine_readable",
    "data_present",
    "encoding_utf8",
)
"""Checks of one resource, labelled for every resource on every day."""

BYTE_CHECKS = ("format_true", "open_format", "machine_readable", "data_present", "encoding_utf8")
"""Checks that need the bytes: unknown where none came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file. `stars` is what the file itself allows on the five-star scale under an open licence."""

    id: str
    extension: str
    format: str
    media_type: str
    write: Callable[[Rows], bytes]
    verdicts: Mapping[str, Verdict]
    stars: int
    tabular: bool = False


def _verdicts(opened: Verdict, readable: Verdict, data: Verdict, utf8: Verdict) -> dict[str, Verdict]:
    return {
        "available_to_machines": PASS,
        "reachable": PASS,
        "tls_valid": PASS,
        "format_declared": PASS,
        "format_true": PASS,
        "open_format": opened,
        "machine_readable": readable,
        "data_present": data,
        "encoding_utf8": utf8,
    }


def _zipped(table: Rows) -> bytes:
    return containers.archive((("datos.csv", text.delimited(table).encode()),))


def _report(table: Rows) -> bytes:
    lines = ("Informe de muestra", *(" ".join(str(value) for value in row) for row in table.rows[:30]))
    return containers.document(lines)


_SOUND_TEXT = _verdicts(PASS, PASS, PASS, PASS)

KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            id="csv",
            extension="csv",
            format="CSV",
            media_type="text/csv",
            write=lambda table: text.delimited(table).encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
            tabular=True,
        ),
        Kind(
            id="csv_bom",
            extension="csv",
            format="CSV",
            media_type="text/csv",
            write=lambda table: text.delimited(table).encode("utf-8-sig"),
            verdicts=_SOUND_TEXT,
            stars=3,
            tabular=True,
        ),
        Kind(
            id="csv_preamble",
            extension="csv",
            format="CSV",
            media_type="text/csv",
            write=lambda table: text.delimited(
                table, preamble=("Cuadro de muestra", "Cifras inventadas para probar el observatorio", "")
            ).encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
            tabular=True,
        ),
        Kind(
            id="csv_semicolon",
            extension="csv",
            format="CSV",
            media_type="text/csv",
            write=lambda table: text.delimited(table, ";").encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
            tabular=True,
        ),
        Kind(
            id="geojson",
            extension="geojson",
            format="GeoJSON",
            media_type="application/geo+json",
            write=lambda table: text.geojson(table).encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
        ),
        Kind(
            id="json",
            extension="json",
            format="JSON",
            media_type="application/json",
            write=lambda table: text.records(table).encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
        ),
        Kind(
            id="pdf",
            extension="pdf",
            format="PDF",
            media_type="application/pdf",
            write=_report,
            verdicts=_verdicts(FAIL, FAIL, ABSENT, ABSENT),
            stars=1,
        ),
        Kind(
            id="png",
            extension="png",
            format="PNG",
            media_type="image/png",
            write=lambda table: containers.image(len(table.rows) % 200),
            verdicts=_verdicts(PASS, FAIL, ABSENT, ABSENT),
            stars=1,
        ),
        Kind(
            id="xlsx",
            extension="xlsx",
            format="XLSX",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=containers.workbook,
            verdicts=_verdicts(FAIL, PASS, PASS, ABSENT),
            stars=2,
            tabular=True,
        ),
        Kind(
            id="xml",
            extension="xml",
            format="XML",
            media_type="application/xml",
            write=lambda table: text.xml(table).encode(),
            verdicts=_SOUND_TEXT,
            stars=3,
        ),
        Kind(
            id="zip_csv",
            extension="zip",
            format="ZIP",
            media_type="application/zip",
            write=_zipped,
            verdicts=_verdicts(PASS, PASS, PASS, PASS),
            stars=3,
            tabular=True,
        ),
    )
}
"""Every kind by id."""
