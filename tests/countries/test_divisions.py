"""Tiles of a map: both halves or none, whole numbers, and no two divisions of one level on the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya.countries.pack import CountryPack
from atalaya.countries.problems import PackProblem
from atalaya.countries.reader import read_pack

ROWS = (
    "code,level,parent,name,names,population,row,column\n"
    "N,1,,Nordo,,,{n}\nS,1,,Sudo,,,{s}\nN1,2,N,Urbo,,,{n1}\nN2,2,N,Vilao,,,,\nS1,2,S,Farmo,,,,\n"
)


@pytest.mark.parametrize(
    ("tiles", "line", "what"),
    [
        (("1,", "2,1", ","), 2, "has half a tile"),
        ((",1", "2,1", ","), 2, "has half a tile"),
        (("1,1", "0,1", ","), 3, "'row' holds '0'"),
        (("1,1", "2,x", ","), 3, "'column' holds 'x'"),
        (("1,1", "1,1", ","), 3, "the tile 'row 1, column 1 of level 1' stands twice"),
    ],
)
def test_a_wrong_tile_is_told_where_it_stands(
    spoilt: Callable[..., tuple[PackProblem, ...]], tiles: tuple[str, str, str], line: int, what: str
) -> None:
    north, south, town = tiles
    found = spoilt("divisions.csv", ROWS.format(n=north, s=south, n1=town))
    assert any(str(each).startswith(f"divisions.csv:{line}:1: error: ") and what in each.what for each in found), found


def test_tiles_of_two_levels_may_share_a_place(zz_copy: Path) -> None:
    (zz_copy / "divisions.csv").write_text(ROWS.format(n="1,1", s="2,1", n1="1,1"), encoding="utf-8")
    found = {each.code: (each.row, each.column) for each in read_pack(zz_copy).divisions}
    assert found == {"N": (1, 1), "S": (2, 1), "N1": (1, 1), "N2": (None, None), "S1": (None, None)}


def test_every_department_has_a_tile_beside_another(gt: CountryPack) -> None:
    tiles = {(each.row, each.column) for each in gt.divisions if each.level == 1}
    assert len(tiles) == 22
    for row, column in tiles:
        assert tiles & {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)}
