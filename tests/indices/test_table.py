"""Tables as files: wide, long and crossed, with what people leave in them."""

from pathlib import Path

import numpy as np
import pytest

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.table import read_table
from tests.indices.indices_written import index_of


def write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def test_notes_below_and_line_ends_in_names_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, 'unit,"a\n",b\nx,1,5\ny,2,2\n,,\n"","Source: nobody",\n')
    assert compute(index_of(""), read_table(path, index_of(""))).scores.values.tolist() == [4.0, 2.0]


def test_a_figure_a_row(tmp_path: Path) -> None:
    index = index_of("table: {layout: long, item: what, value: figure, where: {year: 2024}}\n")
    text = "unit,year,what,figure\nx,2024,a,1\nx,2024,b,5\nx,2023,b,9\ny,2024,a,3\n"
    found = compute(index, read_table(write(tmp_path, text), index)).scores
    assert found.values.tolist() == [4.0, 3.0]
    assert found.coverage.tolist() == [1.0, 0.25]


def test_a_unit_and_an_item_a_row(tmp_path: Path) -> None:
    tree = (
        "\ntree: {id: index, children: [{id: a, source: {column: one/score}}, {id: b, source: {column: two/score}}]}\n"
    )
    index = index_of("table: {layout: crossed, item: topic}\n", tree)
    text = "unit,topic,score\nx,one,1\nx,two,3\ny,two,8\n"
    assert compute(index, read_table(write(tmp_path, text), index)).scores.values.tolist() == [2.0, 8.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit,a,b\nx,1,1\nx,2,2\n", "the unit 'x' stands twice"),
        ("place,a,b\nx,1,1\n", "there is no column 'unit'; it has place, a, b"),
        ("unit,a,a,b\nx,1,2,1\n", "columns 2 and 3 are both called 'a'"),
        ("unit,a\nx,1\n", "the table has no column 'b'"),
        ("unit,a,b\nx,1,1e101\n", "b of x: 1e101 is too great"),
        ('unit,a,b\nx,1,"1,5"\n', "b of x: '1,5' is neither a number"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, told: str, tmp_path: Path) -> None:
    index = index_of("")
    with pytest.raises(MethodologyError) as caught:
        compute(index, read_table(write(tmp_path, text), index))
    assert told in str(caught.value)


def test_columns_of_one_name_that_say_the_same_are_one(tmp_path: Path) -> None:
    found = read_table(write(tmp_path, "unit,a,a,b\nx,1,1,1\n"), index_of(""))
    assert found.columns["a"] == ("1",)


def test_a_short_row_lacks_its_last_cells(tmp_path: Path) -> None:
    found = read_table(write(tmp_path, "unit,a,b\nx,1\n"), index_of(""))
    assert np.isnan(found.numbers("b")).all()


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("unit,a,b\nPetén,1,1\n".encode("latin-1"))
    with pytest.raises(MethodologyError, match="give a CSV file in UTF-8"):
        read_table(path, index_of(""))
