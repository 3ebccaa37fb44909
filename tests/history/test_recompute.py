"""Scores of a sealed observation computed again, and other indices from its measures, as a user asks for them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli import atalaya
from atalaya.exceptions import MethodologyError
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of, recompute, wanting
from atalaya.indices.engine import compute
from atalaya.indices.language.reading import parse_index, read_shipped_index
from atalaya.store.tables import Row
from tests.indices.indices_written import HEAD


@pytest.fixture
def sealed(small_observation: Sealed) -> Sealed:
    return small_observation


@dataclass(frozen=True, slots=True)
class Altered(Sealed):
    """The same observation with one score a little higher and one node lost."""

    def rows(self, table: str, *rest: object, **more: object) -> Iterator[Row]:
        for number, row in enumerate(Sealed.rows(self, table, *rest, **more)):  # type: ignore[arg-type]
            if table == "scores" and number == 1:
                continue
            moved = table == "scores" and number == 0
            yield {**row, "high": float(str(row["high"])) + 1e-9} if moved else row


def test_every_stored_figure_comes_out_again(sealed: Sealed) -> None:
    found = recompute(sealed)
    assert {each.methodology for each in found} == set(sealed.manifest.methodologies)
    assert all(each.holds and each.compared > 300 for each in found)


def test_a_figure_that_was_altered_is_named(sealed: Sealed) -> None:
    found = recompute(Altered(sealed.folder, sealed.manifest))
    assert not any(each.holds for each in found)
    for each in found:
        assert each.differing == 2
        assert any("stored" in line and " high: " in line for line in each.differences)
        assert any(line.endswith("not stored") for line in each.differences)


def test_an_edition_that_is_not_at_hand_is_not_computed_by_another(sealed: Sealed) -> None:
    manifest = replace(sealed.manifest, methodologies={"mqa/1": "0" * 64, "lost/1": "0" * 64})
    lost, other = recompute(Sealed(sealed.folder, manifest))
    assert "no methodology 'lost/1'" in lost.problem
    assert "the edition has the hash 000000000000" in other.problem


def test_another_index_is_computed_from_the_measures(sealed: Sealed, tmp_path: Path) -> None:
    index = read_shipped_index("open-data-national/1")
    assert wanting(index, sealed) == ()
    table = measures_of(sealed)
    assert compute(index, table).scores.known.any()
    assert table.names != table.units
    words = ["index", "recompute", sealed.folder.name, "--home", str(tmp_path / "home"), "--json"]
    told = CliRunner().invoke(atalaya, [*words, "--methodology", "open-data-national/1", "--draws", "16"])
    assert json.loads(told.stdout)["methodology"] == "open-data-national/1"
    plain = CliRunner().invoke(atalaya, words)
    assert plain.exit_code == 0
    assert {each["differing"] for each in json.loads(plain.stdout)["methodologies"]} == {0}


def test_a_measure_that_was_not_made_is_named(sealed: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(
        HEAD + "tree: {id: index, children: [{id: a, source: {measure: never_made@1}}]}\n", encoding="utf-8"
    )
    assert wanting(parse_index(path.read_text(encoding="utf-8")), sealed) == ("never_made@1",)
    words = ["index", "recompute", sealed.folder.name, "--home", str(tmp_path / "home"), "--methodology", str(path)]
    with pytest.raises(MethodologyError, match="has no never_made@1, which trial/1 reads"):
        CliRunner().invoke(atalaya, words, catch_exceptions=False)
