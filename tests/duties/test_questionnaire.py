"""Which numerals the questions repeat that a questionnaire asks again of bodies outside the register."""

import json
from pathlib import Path

from benchmarks.questionnaire import read_questions

NUMERALS = [(1, "10", "Numeral 16"), (2, "10", "Numeral 17"), (3, "10", "Numeral 24"), (4, "100", "Buenas prácticas")]
ASKED = [
    (1, 1, None, "¿Publica las licencias?"),
    (2, 1, 1, "¿Publica plazos?"),
    (3, 2, None, "¿Publica las empresas?"),
    (4, 2, 3, "¿Publica la razón social?"),
    (5, 4, None, "¿Publica en 3 idiomas?"),
    (6, 3, None, "¿Publica licencias para explotar?"),  # asked of 24 alone; most of what is below it is of numeral 16
    (7, 3, 6, "¿Publica plazos?"),
    (8, 3, None, "¿Publica usufructos?"),  # no question of its group is asked elsewhere: as the group before
    (9, 3, None, "¿Publica las empresas?"),
    (10, 3, 9, "¿Publica su giro?"),  # its group begins with a question of numeral 17
]


def test_questions_of_a_repeating_numeral_know_what_they_repeat(tmp_path: Path) -> None:
    file = tmp_path / "instrument.json"
    numerals = [{"id": id_, "article": article, "name": name} for id_, article, name in NUMERALS]
    indicators = [
        {"id": id_, "numeral_id": numeral, "parent_indicator_id": above, "question": text}
        for id_, numeral, above, text in ASKED
    ]
    file.write_text(json.dumps({"numerals": numerals, "indicators": indicators}), encoding="utf-8")
    questions = {each.text: each for each in read_questions(file, "laip")}
    assert {text: each.repeats for text, each in questions.items() if each.repeats} == {
        "¿Publica licencias para explotar?": ("laip-10-16",),
        "¿Publica usufructos?": ("laip-10-16",),
        "¿Publica su giro?": ("laip-10-17",),
    }
    assert questions["¿Publica plazos?"].duties == ("laip-10-16", "laip-10-24")
    assert questions["¿Publica en  idiomas?"].duties == ()
