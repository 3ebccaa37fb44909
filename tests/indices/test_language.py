"""The language of methodologies: templates, places, and what is refused with the line and what to do."""

import hashlib
import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.language.places import changed
from atalaya.indices.language.reading import parse_index, read_shipped_index, shipped_indices
from tests.indices.indices_written import HEAD, TWO, index_of

WRONG = [
    ("weight: 3", "wieght: 3", "line 12, column 44: 'wieght' is not a word of this language; did you mean 'weight'"),
    ("id: b", "id: a", "two nodes are called 'a'"),
    ("weight: 3", "weight: -1", "negative weight under arithmetic"),
    (", source: {column: b}", "", "b has neither children nor a source"),
    ("source: {column: b}", "source: {column: b, measure: x@1}", "line 12, column 23: "),
    ("tree:", "steps: [{minmx: {}}]\ntree:", "'minmx' is not a word of this language; did you mean 'minmax'"),
    ("tree:", "aggregation: arithmtic\ntree:", "did you mean 'arithmetic'"),
    ("tree:", "steps: [{clip: {}}, {clip: {}}]\ntree:", "the step clip stands twice"),
    ("tree:", "scale: {low: 9, high: 1}\ntree:", "the scale goes from 9 to 1"),
    ("tree:", "gates: [{node: z, below: 1, cap: 0}]\ntree:", "there is no node 'z' below index"),
    ("tree:", "views: [{id: v, at: [z]}]\ntree:", "there is no node 'z'"),
    ("tree:", "table: {layout: long, item: x}\ntree:", "a long table needs value"),
    ("tree:", "bands: [{id: x, from: 2}, {id: y, from: 1}]\ntree:", "the bands do not rise"),
    ("  id: index", "  id: index\n  weights_sum: 5", "add up to 4 and not to 5"),
    (
        "tree:",
        "uncertainty: {inputs: [{id: x, at: steps/minmax, choose: [1, 2]}]}\ntree:",
        "there is no 'steps/minmax'",
    ),
    (
        "tree:",
        "uncertainty: {inputs: [{id: x, at: aggregation, choose: [sum, nope]}]}\ntree:",
        "the methodology is wrong",
    ),
    ("tree:", "steps: [{minmax: {over: percentiles, percentiles: [95, 5]}}]\ntree:", "the percentiles go from 95 to 5"),
    ("tree:", "steps: [{winsorise: {percentiles: [5, 200]}}]\ntree:", "200 is greater than the maximum of 100"),
    ("tree:", "uncertainty: {inputs: [{id: x}]}\ntree:", "x varies nothing"),
    ("tree:", "uncertainty: {inputs: [{id: x, drop: z}]}\ntree:", "there is no node 'z'"),
    ("unit}", "unit}\nunits: {id: other}", "the key 'units' stands twice"),
    ("weight: 3", "weight: .nan", "line 12, column 44: .nan is not a finite number"),
    ("weight: 3", "weight: .inf", "not a finite number"),
    ("weight: 3", "weight: " + "9" * 5000, "line 12, column 44: a number has 5000 digits; write at most 30"),
    ("weight: 3", "weight: !!set {a}", "the tag 'tag:yaml.org,2002:set' means nothing here; remove it"),
    ("tree:", "!!python/object/apply:os.system [x]: 1\ntree:", "is not a text"),
    ("weight: 3", "weight: " + "[" * 5000 + "]" * 5000, "levels deep; 60 levels are read"),
    ("weight: 3", "weight: " + "[" * 5000, "levels deep; 60 levels are read"),
    ("id: trial", "id: 2020-01-01", "line 3, column 5: '2020-01-01' would be read as a timestamp"),
    ("title: {es", "text: &t {es: P, en: T}\nsource: *t\ntitle: {es", "anchors are not read"),
    ("title: {es", "title: [{es", "this is not YAML"),
    ("format: 2", "format: 1", "line 2, column 9: 2 was expected"),
    ("tree:", "scale: {low: 0, high: 9}\ngates: [{node: a, below: 1, cap: 10}]\ntree:", "the cap 10 is off the scale"),
    ("tree:", "coverage: {flor: 1}\ntree:", "did you mean 'floor'?"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[each[2][:40] for each in WRONG])
def test_refused_with_the_place_and_what_to_do(old: str, new: str, told: str) -> None:
    text = (HEAD + TWO).replace(old, new, 1)
    assert text != HEAD + TWO
    with pytest.raises(MethodologyError) as caught:
        parse_index(text, "trial")
    assert told in str(caught.value)
    assert "trial" in str(caught.value)


def test_a_measure_that_does_not_exist_is_refused_with_the_version_that_does() -> None:
    text = HEAD + TWO.replace("column: b", "measure: open@1")
    with pytest.raises(MethodologyError, match="there is no measure open@1; cite open@3"):
        parse_index(text, "trial", {"open@2", "open@3"})


def test_templates_write_children_out_with_the_words_of_their_parent() -> None:
    tree = """
templates:
  parts:
    - {id: "{parent}.x", source: {column: "{code} x"}, weight: "{heavy}"}
    - {id: "{parent}.y", children: [{id: "{parent}.z", source: {column: "{code} z"}}]}
tree:
  id: index
  children:
    - {id: one, children_from: {template: parts, with: {code: 11, heavy: 2}}}
    - {id: two, children_from: {template: parts, with: {code: 12, heavy: 4}}}
"""
    index = index_of("", tree.replace('weight: "{heavy}"', "weight: 2"))
    assert [leaf.id for leaf in index.leaves] == ["one.x", "one.y.z", "two.x", "two.y.z"]
    assert [leaf.source.name for leaf in index.leaves if leaf.source] == ["11 x", "11 z", "12 x", "12 z"]


@pytest.mark.parametrize(
    ("children", "told"),
    [
        ("{id: a, children_from: {template: none}}", "asks for the template 'none'; known: parts"),
        ("{id: a, children_from: {template: parts}}", "nothing fills {code}"),
        ("{id: a, children_from: {template: round}}", "a template uses itself"),
    ],
)
def test_templates_that_cannot_be_written_out(children: str, told: str) -> None:
    tree = f"""
templates:
  parts: [{{id: "{{parent}}.x", source: {{column: "{{code}}"}}}}]
  round: [{{id: "{{parent}}.r", children_from: {{template: round}}}}]
tree: {{id: index, children: [{children}]}}
"""
    with pytest.raises(MethodologyError) as caught:
        parse_index(HEAD + tree.replace("template: round}}]\n", "template: round}}]\n"), "trial")
    assert told in str(caught.value)


def test_places_name_steps_nodes_and_options() -> None:
    document = {
        "aggregation": "arithmetic",
        "steps": [{"winsorise": {"points": 5}}, {"minmax": {}}],
        "tree": {"id": "index", "children": [{"id": "a", "weight": 1, "children": [{"id": "b"}]}]},
    }
    assert changed(dict(document), "steps/winsorise/points", 6) is not None
    assert document["steps"][0] == {"winsorise": {"points": 6}}
    changed(document, "steps/minmax", {"rank": {}})
    changed(document, "tree/a/weight", 9)
    assert document["steps"][1] == {"rank": {}}
    assert document["tree"]["children"][0]["weight"] == 9
    assert changed(document, "steps/clip/low", 1) is None


def test_a_published_edition_may_not_change(tmp_path: Path) -> None:
    body = (HEAD + TWO).encode()
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "1.yml").write_bytes(body)
    (tmp_path / "published.lock").write_text(f"{hashlib.sha256(body).hexdigest()}  trial/1.yml\n")
    assert read_shipped_index("trial/1", folder=tmp_path).id == "trial/1"
    (tmp_path / "trial" / "1.yml").write_bytes(body + b"# a word more\n")
    with pytest.raises(MethodologyError, match="write the change as a new version"):
        read_shipped_index("trial/1", folder=tmp_path)


def test_a_methodology_stands_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "2.yml").write_text(HEAD + TWO)
    with pytest.raises(MethodologyError, match="stands as other/2 but says trial/1"):
        read_shipped_index("other/2", folder=tmp_path)
    with pytest.raises(MethodologyError, match="no methodology 'trial/1'"):
        read_shipped_index("trial/1", folder=tmp_path)


def test_a_broken_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "1.yml").write_text(HEAD + TWO)
    (tmp_path / "published.lock").write_text("# published\nshort  trial/1.yml\n")
    with pytest.raises(MethodologyError, match=r"published\.lock, line 2"):
        read_shipped_index("trial/1", folder=tmp_path)


@pytest.mark.parametrize("body", ["", "# only a comment\n", "[]", "just words", "a: b", "\x00"])
def test_what_is_no_methodology_is_refused(body: str) -> None:
    with pytest.raises(MethodologyError):
        parse_index(body)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused_or_read_never_worse(body: str) -> None:
    with pytest.raises(MethodologyError):
        parse_index(body)


def test_the_schema_is_itself_valid() -> None:
    path = resources.files("atalaya").joinpath("data", "schemas", "composite-index.json")
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_every_shipped_methodology_reads() -> None:
    listed = shipped_indices()
    assert len(listed) > 10
    assert [read_shipped_index(reference).id for reference in listed] == list(listed)
