"""Family of tables: names and values of columns, evenness of rows, what stays from day to day, and personal data."""

from collections.abc import Callable
from dataclasses import replace

from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.families.family import Family, ResourceMark, ResourceSubject, Verdicts
from atalaya.samples.families.states import seen_before
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import DatasetPlan, ResourcePlan
from atalaya.samples.tables import Cell, Rows

CSV_KINDS = frozenset({"csv", "csv_bom", "csv_preamble", "csv_semicolon"})
_UNSEEN = frozenset(code for code, defect in RESOURCE_DEFECTS.items() if not defect.bytes_seen)
_NAMES, _COLUMNS, _ROWS = frozenset({"table_names"}), frozenset({"table_columns"}), frozenset({"table_rows"})
WHOLE = _NAMES | _COLUMNS | _ROWS
"""Aspects of a table: marks of different ones may meet on a file, where each changes what the one before wrote."""

_EVERY = 6
"""Every how many rows one is made uneven."""


def written(change: Callable[[Rows, int], Rows]) -> Callable[[Delivery, DatasetPlan, ResourcePlan, int], Delivery]:
    """A delivery with a changed table, written anew; the change is given the table and the day."""

    def deliver(delivery: Delivery, _dataset: DatasetPlan, plan: ResourcePlan, day: int) -> Delivery:
        table = change(delivery.table, day)
        body = KINDS[plan.kind].write(table)
        return replace(delivery, table=table, body=body, sound_size=len(body))

    return deliver


def with_column(table: Rows, name: str, value: Callable[[int], Cell]) -> Rows:
    """The table with one column more; its values follow from the number of the row."""
    rows = tuple((*row, value(number)) for number, row in enumerate(table.rows))
    return Rows((*table.columns, name), rows)


def _repeated(table: Rows, _day: int) -> Rows:
    return Rows((*table.columns[:-1], table.columns[1].upper()), table.rows)


def _empty_column(table: Rows, _day: int) -> Rows:
    return with_column(table, "comentario_interno", lambda _number: "")


def _renamed(table: Rows, day: int) -> Rows:
    return table if day == 1 else Rows((*table.columns[:-1], f"nuevo_{table.columns[-1]}"), table.rows)


def _grown(table: Rows, day: int) -> Rows:
    return table if day == 1 else with_column(table, "codigo_de_lote", lambda number: 100 + number)


def _form(table: Rows, _day: int) -> Rows:
    blanks = ("",) * (len(table.columns) - 1)
    return Rows(table.columns, tuple((row[0], *blanks) for row in table.rows))


def _same_row(table: Rows, _day: int) -> Rows:
    return Rows(table.columns, (table.rows[0],) * len(table.rows))


def _identities(table: Rows, _day: int) -> Rows:
    return with_column(table, "documento_de_identidad", lambda number: f"{2100 + number} {10000 + 73 * number} 0101")


def _contacts(table: Rows, _day: int) -> Rows:
    named = with_column(table, "nombre_del_beneficiario", lambda number: f"Persona Inventada {number}")
    called = with_column(named, "telefono", lambda number: f"5{number:03}-{1000 + number}")
    return with_column(called, "correo", lambda number: f"persona.inventada{number}@gmail.com")


def _uneven(delivery: Delivery, _dataset: DatasetPlan, plan: ResourcePlan, _day: int) -> Delivery:
    mark = ";" if plan.kind == "csv_semicolon" else ","
    head, *lines = delivery.body.decode().splitlines()
    broken = (f"{line}{mark}de más" if number % _EVERY == _EVERY - 1 else line for number, line in enumerate(lines))
    body = ("\n".join([head, *broken]) + "\n").encode()
    return replace(delivery, body=body, sound_size=len(body))


def _mark(
    code: str,
    note: str,
    quota: int,
    change: Callable[[Rows, int], Rows],
    aspects: frozenset[str],
    verdicts: Verdicts | None = None,
) -> ResourceMark:
    return ResourceMark(
        code=code,
        note=note,
        aspects=aspects,
        quota=quota,
        deliver=written(change),
        kinds=CSV_KINDS,
        verdicts=verdicts or {},
    )


MARKS = (
    _mark("column_added", "a column more on the second day", 1, _grown, _NAMES | _COLUMNS),
    _mark("column_empty", "a column without any value", 3, _empty_column, _COLUMNS),
    _mark("column_renamed", "a column has another name on the second day", 6, _renamed, _NAMES),
    _mark("columns_repeated", "two columns with one name", 3, _repeated, _NAMES, {"header_meaningful": Verdict.FAIL}),
    _mark("form_empty", "codes and no values beside them", 3, _form, WHOLE),
    _mark("people_contacts", "names, telephones and private mail of persons", 2, _contacts, _COLUMNS),
    _mark("people_numbers", "numbers that identify persons", 2, _identities, _COLUMNS),
    _mark("row_repeated", "the same row over and over", 1, _same_row, WHOLE),
    ResourceMark(
        code="rows_uneven",
        note="some rows have a cell too many",
        aspects=_ROWS,
        quota=3,
        deliver=_uneven,
        kinds=frozenset({"csv", "csv_bom", "csv_semicolon"}),
    ),
)

_FAULTS = {
    "columns_distinct": frozenset({"columns_repeated"}),
    "columns_filled": frozenset({"column_empty", "form_empty"}),
    "personal_data_absent": frozenset({"people_contacts", "people_numbers"}),
    "rows_even": frozenset({"rows_uneven"}),
    "values_present": frozenset({"form_empty", "row_repeated"}),
}
"""Checks → the marks for which they should fail."""


def _table(subject: ResourceSubject) -> Verdicts:
    marks = set(subject.plan.marks)
    found = {check: Verdict.FAIL if marks & faults else Verdict.PASS for check, faults in _FAULTS.items()}
    found["schema_stable"] = _stable(subject, marks)
    if subject.plan.defect(subject.day) == "header_missing":
        found["columns_distinct"] = Verdict.NOT_APPLICABLE
        if found["schema_stable"] is not Verdict.UNKNOWN:
            found["schema_stable"] = Verdict.NOT_APPLICABLE
    return found


def _stable(subject: ResourceSubject, marks: set[str]) -> Verdict:
    if not seen_before(subject, _UNSEEN):
        return Verdict.UNKNOWN
    return Verdict.FAIL if "column_renamed" in marks else Verdict.PASS


FAMILY = Family(resource_marks=MARKS, table=_table)
