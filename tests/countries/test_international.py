"""Indices of others: figures as they were published, each with its source, and what cannot be is told."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.countries.reader import examine_pack, find_pack, read_pack

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"
INDEX = yaml.safe_load((ZZ / "international" / "indekso.yml").read_text(encoding="utf-8"))


def problems(folder: Path, **changes: Any) -> list[str]:
    """What is told of the pack with these keys of its index changed."""
    pack = Path(shutil.copytree(ZZ, folder / "zz"))
    value = {key: item for key, item in {**INDEX, **changes}.items() if item is not None}
    (pack / "international" / "indekso.yml").write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    return [str(problem) for problem in examine_pack(pack).problems if "international" in str(problem)]


def figure(**changes: Any) -> list[dict[str, Any]]:
    return [{**INDEX["values"][0], **changes}, *INDEX["values"][1:]]


def test_an_index_is_read(tmp_path: Path) -> None:
    assert problems(tmp_path) == []
    (index,) = read_pack(ZZ).international
    assert [(each.edition, each.value, each.rank) for each in index.values] == [
        ("2020", 20, 9),
        ("2022", None, None),
        ("2024", 40.5, 7),
    ]
    assert index.elements is not None
    assert index.elements.rows[0].figures == (0, 50)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"values": figure(value=101)}, "101 is not on the scale from 0 to 100"),
        ({"values": figure(rank=11)}, "rank 11 of 10 cannot be"),
        ({"values": figure(edition="2022")}, "the edition '2022' stands twice"),
        ({"values": figure(edition=2020)}, "2020 is not text"),
        ({"values": figure(source=None)}, "lacks the key 'source'"),
        ({"sources": None}, "lacks the key 'sources'"),
        ({"scale": {"least": 1, "most": 0}}, "the least is not below the most"),
        (
            {"elements": {**INDEX["elements"], "rows": [{"title": {"eo": "x"}, "figures": [1]}]}},
            "1 figures stand under 2 elements",
        ),
        ({"elements": {**INDEX["elements"], "remedies": {"tri": {"eo": "x"}}}}, "no element has the id 'tri'"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    assert [problem for problem in problems(tmp_path, **changes) if words in problem]


def test_figures_of_the_country_are_those_of_the_published_elements() -> None:
    """The published score over all categories follows from the cells: social, economic and environmental sectors count alike."""
    odin = next(index for index in read_pack(find_pack("gt")).international if index.id == "odin")
    assert odin.elements is not None
    sectors = [1 / 10] * 10 + [1 / 7] * 7 + [1 / 5] * 5
    cells = [
        (weight, figure)
        for weight, row in zip(sectors, odin.elements.rows, strict=True)
        for figure in row.figures
        if figure is not None
    ]
    overall = sum(weight * figure for weight, figure in cells) / sum(weight for weight, _ in cells)
    assert overall == pytest.approx(next(each.value for each in odin.values if each.edition == "2024"), abs=0.05)
    for place, element in enumerate(odin.elements.columns):
        column = [(w, row.figures[place]) for w, row in zip(sectors, odin.elements.rows, strict=True)]
        known = [(w, figure) for w, figure in column if figure is not None]
        mean = sum(w * figure for w, figure in known) / sum(w for w, _ in known)
        assert mean == pytest.approx(element.whole, abs=0.051)
        gain = sum(w * (100 - figure) for w, figure in known) / sum(w for w, _ in cells)
        assert gain == pytest.approx(element.gain or 0.0, abs=0.011)
