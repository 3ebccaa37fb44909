"""All kinds of defect inside tables, one line each, in order of their ids."""

from atalaya.inspection.defects import (
    codes_contradict_names,
    duplicate_keys,
    duplicate_rows,
    headers_meaningless,
    identities_broken,
    magnitude_outlying,
    mojibake,
    negative_values,
    number_formats_mixed,
    numbers_as_text,
    periods_as_columns,
    total_rows_inside,
    totals_wrong,
    units_mixed,
    years_impossible,
)
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind
from atalaya.inspection.defects.view import TableView

KINDS: tuple[DefectKind, ...] = (
    codes_contradict_names.KIND,
    duplicate_keys.KIND,
    duplicate_rows.KIND,
    headers_meaningless.KIND,
    identities_broken.KIND,
    magnitude_outlying.KIND,
    mojibake.KIND,
    negative_values.KIND,
    number_formats_mixed.KIND,
    numbers_as_text.KIND,
    periods_as_columns.KIND,
    total_rows_inside.KIND,
    totals_wrong.KIND,
    units_mixed.KIND,
    years_impossible.KIND,
)


def detect_all(view: TableView) -> tuple[CellDefect, ...]:
    """Every defect of a table, by kind and in the order of its columns."""
    if not len(view.frame):
        return ()
    return tuple(defect for kind in KINDS for defect in kind.detect(view))


_BY_ID = {kind.id: kind for kind in KINDS}


def kind_of(defect_id: str) -> DefectKind:
    """The kind of a defect. Raises KeyError for an id that no kind has."""
    return _BY_ID[defect_id]
