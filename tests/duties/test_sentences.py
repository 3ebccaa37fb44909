"""Every text of a verdict is in both languages, and every reason that a verdict can have has its sentence."""

import ast
from pathlib import Path

import atalaya.duties
from atalaya.duties.sentences import DOMAIN, REASONS, STANDINGS, reason_sentence, standing_title, texts
from atalaya.duties.verdicts import Standing
from atalaya.translations import LANGUAGES, missing

FOLDER = Path(atalaya.duties.__file__).parent


def test_every_text_is_translated_and_nothing_else():
    assert missing(texts(), "es", DOMAIN) == ()
    catalogue = FOLDER.parent / "data" / "locale" / "es" / "LC_MESSAGES" / f"{DOMAIN}.po"
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    assert {ast.literal_eval(line[6:]) for line in lines if line.startswith("msgid ")} - {""} == set(texts())


def test_every_standing_and_reason_is_said_in_every_language():
    assert set(STANDINGS) == set(Standing)
    for language in LANGUAGES:
        assert len({standing_title(standing, language) for standing in Standing}) == len(Standing)
        for reason in REASONS:
            said = reason_sentence(reason, 12, language)
            assert said.endswith(".")
            assert "{" not in said


def test_every_reason_that_is_written_in_the_code_has_a_sentence():
    names = ("claims", "judging", "judging_series", "judging_events")
    code = "".join((FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in names)
    code += (FOLDER.parent / "rounds" / "obliging.py").read_text(encoding="utf-8")
    code += (FOLDER.parent / "rounds" / "rulings.py").read_text(encoding="utf-8")
    assert [reason for reason in REASONS if f'"{reason}"' not in code] == []
