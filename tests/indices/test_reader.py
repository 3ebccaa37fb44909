"""What a methodology may not say, and that the refusal names the line, the column and what to do."""

import hashlib
import json
from importlib import resources

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.reader import parse_methodology, read_methodology, read_shipped

KNOWN = ("a@1", "a@2", "b@1", "c@1")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("measure: a@1", "measure: nope@1", 21, "there is no measure 'nope'"),
        ("measure: b@1", "measure: bb@1", 22, "did you mean 'b@1'?"),
        ("measure: a@1", "measure: a@7", 21, "cite a version that exists: a@1, a@2"),
        ("measure: b@1", "measure: a@1", 22, "a@1 is cited twice"),
        ("id: b,", "id: a,", 22, "two indicators are called 'a'"),
        ("id: second", "id: first", 23, "two dimensions are called 'first'"),
        ("measure: b@1, weight: 1", "measure: b@1, weight: 0", 22, "0"),
        ("measure: b@1, weight: 1", "measure: b@1, weight: -2", 22, "-2"),
        ("measure: b@1, weight: 1", "measure: b@1, weight: much", 22, "'much' is not of type 'number'"),
        ("measure: b@1, weight: 1", "measure: b@1, weight: .nan", 22, "not a finite number"),
        ("measure: b@1, weight: 1", "measure: b@1, weight: .inf", 22, "not a finite number"),
        ("measure: b@1, weight: 1", "measure: b@1", 22, "weight is missing"),
        ("measure: b@1, weight: 1", "measure: b@1, wieght: 1", 22, "weight"),
        ("floor: 0.6", "floor: 1.6", 9, "1.6"),
        ("floor: 0.6", "flor: 0.6", 9, "did you mean 'floor'?"),
        ("scale: {low: 0, high: 100}", "scale: {low: 100, high: 0}", 7, "put the smaller number first"),
        ("{id: high, from: 50", "{id: high, from: 0", 15, "the bands do not rise"),
        ("{id: low, from: 0", "{id: low, from: 10", 14, "start it at 0"),
        ("nodes: arithmetic", "nodes: magic", 10, "'magic' is not one of"),
        ("ties: min", "ties: maybe", 12, "'maybe' is not one of"),
        ("title: {es: Prueba, en: Trial}", "title: {es: Prueba}", 5, "en is missing"),
        ("version: 0", "version: zero", 4, "'zero' is not of type 'integer'"),
        ("format: 1", "format: 2", 2, "1 was expected"),
        ("units: institution", "units: institution\nunits: institution", 7, "stands twice"),
        ("id: trial", "id: 2020-01-01", 3, "read as a timestamp"),
        ("title: {es: Prueba, en: Trial}", "title: &t {es: P, en: T}\ntext: *t", 6, "anchors are not read"),
        ("scale: {low: 0", "scale: {low: [0", 7, "this is not YAML"),
    ],
)
def test_refused_with_the_place(text, old, new, line, told):
    assert text.count(old) >= 1
    with pytest.raises(MethodologyError) as caught:
        parse_methodology(text.replace(old, new, 1), "trial.yml", KNOWN)
    message = str(caught.value)
    assert message.startswith(f"trial.yml, line {line}, column "), message
    assert told in message
    assert "; " in message


def test_gate_off_the_scale_is_refused(text):
    gate = "gates:\n  - {measure: a@1, threshold: 1, cap: 200, text: {es: T, en: T}}\n"
    with pytest.raises(MethodologyError, match="the cap 200 is off the scale; choose from 0 to 100"):
        parse_methodology(text + gate)


@pytest.mark.parametrize("body", ["", "# only a comment\n", "[]", "just words", "a: b", "\x00"])
def test_what_is_no_methodology_is_refused(body):
    with pytest.raises(MethodologyError):
        parse_methodology(body)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused_or_read_never_worse(body):
    with pytest.raises(MethodologyError):
        parse_methodology(body)


def _folder(tmp_path, text, locked):
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "0.yml").write_text(text, encoding="utf-8")
    (tmp_path / "published.lock").write_text(f"# published\n{locked}  trial/0.yml\n", encoding="utf-8")
    return tmp_path


def test_a_locked_edition_reads_unedited(tmp_path, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    methodology = read_shipped("trial/0", KNOWN, _folder(tmp_path, text, digest))
    assert (methodology.id, methodology.sha256) == ("trial/0", digest)


def test_an_edited_locked_edition_is_refused(tmp_path, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder = _folder(tmp_path, text.replace("floor: 0.6", "floor: 0.5"), digest)
    with pytest.raises(MethodologyError, match=r"0\.yml, line 2, column 1: this edition was published .* new version"):
        read_shipped("trial/0", KNOWN, folder)


def test_a_broken_lock_is_refused(tmp_path, text):
    with pytest.raises(MethodologyError, match=r"published\.lock, line 2"):
        read_shipped("trial/0", KNOWN, _folder(tmp_path, text, "short"))


def test_a_methodology_that_is_not_there_names_those_that_are(tmp_path, text):
    folder = _folder(tmp_path, text, "0" * 64)
    with pytest.raises(MethodologyError, match="known: trial/0"):
        read_shipped("trial/9", KNOWN, folder)


def test_folder_and_file_must_say_the_same(tmp_path, text):
    path = tmp_path / "other" / "3.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        MethodologyError, match=r"line 3, column 5: the file stands as other/3\.yml but says trial/0\.yml"
    ):
        read_methodology(path)


def test_the_schema_is_itself_valid():
    path = resources.files("atalaya").joinpath("data", "schemas", "methodology.json")
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
