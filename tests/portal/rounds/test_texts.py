"""Every text of rounds that is not said by a template has its Spanish: states, stages, steps, and what refusals say."""

import ast
from importlib import resources
from pathlib import Path

from atalaya.portal.rounds import states
from atalaya.translations import translate

FOLDER = Path(str(resources.files("atalaya.portal.rounds")))


def refusals() -> set[str]:
    found = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RefusedError":
                found.add(node.args[0].value)
    return found


def test_states_stages_steps_and_refusals_are_translated() -> None:
    tables = (states.ROUND_STATES, states.EDITION_STATES, states.TRIAL_STATES, states.STAGES)
    texts = {text for table in tables for text in table.values()} | refusals()
    texts |= {move.title for moves in (states.ROUND_MOVES, states.EDITION_MOVES) for move in moves}
    assert len(texts) > 40
    assert sorted(text for text in texts if translate(text, "es", "rounds") == text) == []
