"""The methodology and the lines of Python of the how-to do what it says."""

import re
from pathlib import Path

import pytest

from atalaya.indices.groups import group_figures

TABLE = """town,name,department,people,lines,price,wifi
a,Aldea A,norte,1000,50,12,yes
b,Aldea B,norte,4000,90,15,no
c,Aldea C,sur,500,n/d,9,yes
d,Aldea D,sur,800,30,20,-
GTM,Aldea E,sur,900,70,10,no
"""


def test_the_howto_runs(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (project / "docs" / "howto" / "compute-an-index.md").read_text(encoding="utf-8")
    (methodology,), (code,) = (re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("yaml", "python"))
    (tmp_path / "my-index.yml").write_text(methodology, encoding="utf-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    computed = names["computed"]
    assert computed.scores.low[2] < computed.scores.high[2]
    assert computed.ranked.all()
    mean, by_people = group_figures(computed)
    assert mean.groups == (("", ""), ("department", "norte"), ("department", "sur"))
    assert mean.nodes["index"].values[1] == pytest.approx(computed.scores.values[:2].mean())
    assert by_people.nodes["index"].values[1] == pytest.approx(computed.scores.values[:2] @ [0.2, 0.8])
