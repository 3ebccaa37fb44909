"""Questionnaires: every fault by an invented one, routes, other shapes, answers, and questions written into a methodology."""

import json
from pathlib import Path

import pytest

from atalaya.exceptions import MethodologyError
from atalaya.indices.imports.instrument import Instrument, instrument_of, read_instrument, wide_rows
from atalaya.indices.imports.instrument_faults import faults_of
from atalaya.indices.imports.instrument_methodology import rewritten


def small(*indicators: dict[str, object], **more: object) -> Instrument:
    numerals = [{"id": n, "article": 1, "name": f"Numeral {n}", "text": ""} for n in (1, 2)]
    value = {"articles": [{"id": 1, "name": "One"}], "numerals": numerals, "indicators": list(indicators), **more}
    return instrument_of(json.loads(json.dumps(value)))


def question(id_: int, duty: int = 1, kind: str = "child", **more: object) -> dict[str, object]:
    return {"id": id_, "numeral_id": duty, "type": kind, "enabled": True, "question": f"Question {id_}?", **more}


def under(parent: int | None, answer: str | None) -> dict[str, object]:
    return {"parent_indicator_id": parent, "applies_when_parent_is": answer}


FINE = question(90), question(91, 2)


@pytest.mark.parametrize(
    ("indicators", "faults"),
    [
        ([], []),
        ([question(1, kind="parent"), question(2, **under(1, "Y"))], []),
        ([question(1), question(1)], [("repeated", ("1",))]),
        ([question(1, 7)], [("unplaced", ("1",))]),
        ([question(1, **under(8, "Y"))], [("orphan", ("1",))]),
        ([question(1, **under(90, "MAYBE"))], [("unrouted", ("1",)), ("scoring_parent", ("90",))]),
        ([question(1, **under(None, "Y"))], [("unrouted", ("1",))]),
        ([question(1, kind="parent"), question(2, 2, **under(1, "Y"))], [("misplaced", ("2",))]),
        (
            [question(1, kind="parent", enabled=False), question(2, **under(1, "Y"))],
            [("under_disabled", ("2",)), ("disabled", ("1",))],
        ),
        ([question(1, kind="parent")], [("idle_parent", ("1",))]),
        (
            [question(n, kind="parent", **under(n % 3 + 1, "Y")) for n in (1, 2, 3)] + [question(4, **under(1, "N"))],
            [("cycle", ("1", "2", "3"))],
        ),
        ([question(1, question="¿Publica?"), question(2, question=" publica ")], [("duplicate", ("1", "2"))]),
        ([question(1, question="A?"), question(2, 2, question="A?")], []),
    ],
)
def test_faults(indicators: list[dict[str, object]], faults: list[tuple[str, tuple[str, ...]]]) -> None:
    found = faults_of(small(*indicators, *FINE))
    assert [(fault.kind, fault.ids) for fault in found] == faults
    assert all(fault.told for fault in found)


def test_a_numeral_without_a_question_is_told() -> None:
    assert [fault.kind for fault in faults_of(small(question(1)))] == ["empty"]


def test_routes_follow_sound_links_alone() -> None:
    made = small(
        question(1, kind="parent"),
        question(2, kind="parent", **under(1, "N")),
        question(3, **under(2, "Y")),
        question(4, 2, **under(2, "Y")),
        question(5, kind="parent", **under(6, "Y")),
        question(6, kind="parent", **under(5, "Y")),
    )
    routes = {each.id: made.route(each) for each in made.questions}
    assert routes == {"1": (), "2": (("1", "N"),), "3": (("2", "Y"), ("1", "N")), "4": (), "5": (), "6": ()}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "this is no instrument"),
        ({"articles": [], "numerals": []}, "indicators is not a list"),
        ({"articles": [3], "numerals": [], "indicators": []}, "articles number 1 is not an object"),
        ({"articles": [{"id": 1}], "numerals": [], "indicators": []}, "articles number 1 has no name"),
        ({"articles": [], "numerals": [], "indicators": [question(1, kind="both")]}, "is of the type 'both'"),
    ],
)
def test_another_shape_is_refused(value: object, told: str) -> None:
    with pytest.raises(MethodologyError, match=told):
        instrument_of(value)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "instrument.json"
    path.write_bytes(body)
    with pytest.raises(MethodologyError, match="give a JSON file"):
        read_instrument(path)


def test_answers_into_rows() -> None:
    made = small(*FINE)
    assert wide_rows(made, [{"id": 1, "nombre": "A"}, {"id": 2, "nombre": "B"}], [("1", "90", "Y")]) == [
        {"id": "1", "nombre": "A", "90": "Y", "91": ""},
        {"id": "2", "nombre": "B", "90": "", "91": ""},
    ]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([("3", "90", "Y")], "none of the subjects"),
        ([("1", "92", "Y")], "does not have"),
        ([("1", "90", "yes")], "answers are Y, N, NA"),
        ([("1", "90", "Y"), ("1", "90", "Y")], "twice"),
    ],
)
def test_answers_that_fit_nothing_are_refused(answers: list[tuple[str, str, str]], told: str) -> None:
    with pytest.raises(MethodologyError, match=told):
        wide_rows(small(*FINE), [{"id": 1}], answers)


def test_a_numeral_on_one_side_only_is_refused() -> None:
    text = "tree:\n    - id: num1\n      children:\n"
    with pytest.raises(MethodologyError, match="not in both: num2"):
        rewritten(text, small(*FINE))
    assert '- {id: q90, level: question, range: [0, 100], source: {column: "90"},' in rewritten(
        text, small(question(90))
    )
