"""XML with repeated elements is read as tables; prose, services and schemas are not."""

import pytest

from atalaya.inspection.findings import Table
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits
from atalaya.inspection.xml_records import find_records


def tables(text: str) -> list[tuple[str, int, list[str]]]:
    return [(table.name, table.rows, names(table)) for table in inspect_bytes(text.encode(), url="a.xml").tables]


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_fields_are_attributes_and_leaves() -> None:
    text = (
        "<?xml version='1.0'?><filas><fila n='1'><lugar>Flores</lugar><casos>3</casos></fila>"
        "<fila n='2'><lugar>Cobán</lugar></fila></filas>"
    )
    assert tables(text) == [("fila", 2, ["n", "lugar", "casos"])]


def test_inner_records_know_the_outer_one() -> None:
    text = (
        "<?xml version='1.0'?><r><serie area='N'><obs t='1' v='2'/><obs t='2' v='3'/></serie>"
        "<serie area='S'><obs t='1' v='9'/></serie></r>"
    )
    assert tables(text) == [("serie", 2, ["area"]), ("serie/obs", 3, ["serie/area", "t", "v"])]
    rows = [row for records in find_records(text, Limits()) for row in records.rows if "v" in row]
    assert rows[2] == {"serie/area": "S", "t": "1", "v": "9"}


def test_leaves_that_repeat_within_a_record_stay_in_it() -> None:
    text = "<?xml version='1.0'?><r><a><n>1</n><tema>x</tema><tema>y</tema></a><a><n>2</n></a></r>"
    (records,) = find_records(text, Limits())
    assert records.rows == [{"n": "1", "tema": "x; y"}, {"n": "2"}]


def test_a_list_of_values_is_one_column() -> None:
    assert tables("<?xml version='1.0'?><l><n>a</n><n>b</n><n>c</n></l>") == [("n", 3, ["n"])]


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><r><a>1</a><b>2</b></r>",
        "<?xml version='1.0'?><texto><p>Hola <b>mundo</b> y</p><p>más <b>texto</b> aquí</p></texto>",
    ],
)
def test_what_does_not_repeat_is_no_table(text: str) -> None:
    assert tables(text) == []


def test_records_up_to_where_the_text_breaks() -> None:
    text = "<?xml version='1.0'?><r>" + "".join(f"<f><n>{n}</n></f>" for n in range(9)) + "<f><n>"
    inspection = inspect_bytes(text.encode())
    assert ([table.rows for table in inspection.tables], [defect.code for defect in inspection.defects]) == (
        [9],
        ["truncated"],
    )


def test_cells_beyond_the_limit_are_not_read() -> None:
    text = "<r>" + "".join(f"<f><n>{n}</n></f>" for n in range(50)) + "</r>"
    (records,) = find_records(text, Limits(cells=10))
    assert len(records.rows) < 11
