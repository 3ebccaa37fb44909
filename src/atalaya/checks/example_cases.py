"""Cases for the examples of checks: an ordinary one of every level, from which an example changes what it shows.

>>> dataset_case(frequency="R/P1M").dataset.frequency
'R/P1M'
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.checks.cases import (
    CatalogueCase,
    DatasetCase,
    DutyCase,
    Prior,
    PriorTable,
    ProbeFacts,
    ResourceCase,
    TableCase,
)
from atalaya.inspection.findings import Column, Defect, Dialect, Inspection, Table
from atalaya.inspection.soft_failures.registry import CODE

AS_OF = date(2026, 3, 31)
ADDRESS = "https://datos.example.org/presupuesto.csv"
SHA256 = "0" * 64


def column(position: int, name: str, kind: str = "text", filled: int = 10) -> Column:
    """A column without missing values."""
    return Column(position=position, name=name, kind=kind, filled=filled, missing=0)


def table(*names: str, rows: int = 10, header_row: int | None = 1, **changes: Any) -> Table:
    """A table with the named columns; a code and a name where none are given."""
    columns = tuple(column(place, name) for place, name in enumerate(names or ("codigo", "nombre"), start=1))
    facts: dict[str, Any] = {"name": "datos", "first_data_row": 2, "columns": columns, "reason": "example"}
    return Table(header_row=header_row, rows=rows, **{**facts, **changes})


def inspection(format_id: str | None = "csv", **changes: Any) -> Inspection:
    """The inspection of a file: by default a CSV in UTF-8 with one table of ten rows."""
    tabular = format_id in ("csv", "tsv")
    facts: dict[str, Any] = {
        "media_type": None,
        "size": 2048,
        "sha256": SHA256,
        "encoding": "utf-8" if tabular else None,
        "dialect": Dialect(delimiter=",") if tabular else None,
        "tables": (table(),) if tabular or format_id in ("xlsx", "xls", "ods") else (),
    }
    return Inspection(format=format_id, **{**facts, **changes})


def broken(format_id: str) -> Inspection:
    """The inspection of a file that was cut in two and gives no table."""
    torn = Defect(code="truncated", place="file", detail="it ends too early")
    return inspection(format_id, tables=(), defects=(torn,))


def hidden(format_id: str = "html") -> Inspection:
    """The inspection of what a filter against programs sent in place of a file."""
    return inspection(format_id, tables=(), defects=(Defect(code=CODE, place="blocked", detail=""),))


def probe(status: int | None = 200, **changes: Any) -> ProbeFacts:
    """The facts of a probe that got a body."""
    facts: dict[str, Any] = {
        "url": ADDRESS,
        "final_url": ADDRESS,
        "size": 2048,
        "sha256": SHA256,
        "media_type": "text/csv",
    }
    return ProbeFacts(status=status, **{**facts, **changes})


def distribution(**changes: Any) -> Distribution:
    """A published CSV file."""
    facts: dict[str, Any] = {"download_url": ADDRESS, "format": "CSV", "media_type": "text/csv"}
    return Distribution(**{**facts, **changes})


def dataset(**changes: Any) -> Dataset:
    """A complete record of a dataset that is renewed every month."""
    facts: dict[str, Any] = {
        "native_id": "presupuesto-municipal",
        "title": {"es": "Presupuesto de ingresos de las municipalidades"},
        "description": {
            "es": "Ingresos presupuestados y percibidos por cada municipalidad, por rubro y mes, según los registros de la "
            "contabilidad del gobierno local. Incluye el código oficial de la municipalidad."
        },
        "keywords": ("presupuesto", "ingresos", "municipalidades"),
        "themes": ("http://publications.europa.eu/resource/authority/data-theme/ECON",),
        "publisher": Agent(name="Ministerio de Finanzas"),
        "contact": ContactPoint(has_name=True, has_email=True, email_domain="datos.example.gob"),
        "licence": "cc-by",
        "issued": "2020-01-15",
        "modified": "2026-03-10",
        "frequency": "R/P1M",
        "spatial": ("Villa Real",),
        "temporal": (Period(start="2020-01-01", end="2026-02-28"),),
        "distributions": (distribution(),),
    }
    return Dataset(**{**facts, **changes})


def resource_case(**changes: Any) -> ResourceCase:
    """A resource that was reached and inspected."""
    facts: dict[str, Any] = {
        "distribution": distribution(),
        "dataset": dataset(),
        "probe": probe(),
        "inspection": inspection(),
    }
    return ResourceCase(as_of=AS_OF, **{**facts, **changes})


def resource_in(format_id: str | None, **changes: Any) -> ResourceCase:
    """A resource whose bytes have this true format; `changes` are changes of its distribution."""
    return resource_case(inspection=inspection(format_id), distribution=distribution(**changes))


def dataset_case(
    *,
    prior: Prior | None = None,
    occurrence: int = 1,
    resources: tuple[ResourceCase, ...] | None = None,
    among: Mapping[str, Any] | None = None,
    **changes: Any,
) -> DatasetCase:
    """A dataset with one good resource; `changes` are changes of its record, `among` says how it stands among others."""
    record = dataset(**changes)
    return DatasetCase(
        as_of=AS_OF,
        dataset=record,
        resources=(resource_case(dataset=record),) if resources is None else resources,
        prior=prior or Prior(),
        occurrence=occurrence,
        **(among or {}),
    )


def table_case(
    shown: Table, format_id: str = "csv", *, beside: tuple[Table, ...] = (), prior: PriorTable | None = None
) -> TableCase:
    """A table of an ordinary file, with other tables beside it and what it was before."""
    return TableCase(
        as_of=AS_OF,
        table=shown,
        inspection=inspection(format_id, tables=(shown, *beside)),
        dataset=dataset(),
        distribution=distribution(),
        prior=prior,
    )


def catalogue_case(state: str = "complete", **changes: Any) -> CatalogueCase:
    """A catalogue of which all twenty datasets were read."""
    facts: dict[str, Any] = {"source_id": "xx:catalogue", "datasets": 20, "declared_total": 20}
    return CatalogueCase(as_of=AS_OF, state=state, **{**facts, **changes})


def duty_case(standing: str = "current", reason: str = "published", **changes: Any) -> DutyCase:
    """A duty with a series of months that is published in time, as a table two links from the home page."""
    facts: dict[str, Any] = {
        "as_of": AS_OF,
        "duty_id": "openness-3-8",
        "article": "3",
        "numeral": "8",
        "url": ADDRESS,
        "open": True,
        "clicks": 2,
        "periods": 6,
    }
    return DutyCase(standing=standing, reason=reason, **{**facts, **changes})


def unpublished_duty(standing: str = "missing", reason: str = "not_found") -> DutyCase:
    """A duty of which nothing is published."""
    return duty_case(standing, reason, open=None, clicks=None, periods=0)
