"""Every check has somebody who mends it, a class of time, and help that is there; nothing is told of checks that are not."""

import re
from pathlib import Path

from atalaya.checks.check import Effort
from atalaya.checks.registry import CHECKS
from atalaya.history.remedies import first_dataset, remedied, remedy_for, time_of
from atalaya.translations import LANGUAGES


def test_every_check_and_no_other_has_a_remedy() -> None:
    assert set(remedied()) == {check.id for check in CHECKS} | {"publishes"}
    assert remedy_for("never_there") is None


def test_every_help_is_a_section_that_is_there_in_both_languages(project: Path) -> None:
    for check in remedied():
        remedy = remedy_for(check)
        assert remedy is not None
        path, _, section = remedy.help.partition("#")
        page = (project / path).read_text(encoding="utf-8")
        found = re.search(rf'^<a id="{section}"></a>\n\n## .+?(?=^<a id=|\Z)', page, re.MULTILINE | re.DOTALL)
        assert found, f"{check}: no section {section}"
        assert "*En español:*" in found[0]


def test_words_are_there_in_every_language() -> None:
    for check in remedied():
        remedy = remedy_for(check)
        assert remedy is not None
        assert set(remedy.who_title) == set(remedy.act_title) == set(LANGUAGES)
    assert [time_of(effort.value)[0] for effort in Effort] == ["minutes", "hours", "days"]
    assert all(set(time_of(effort.value)[1]) == set(LANGUAGES) for effort in Effort)
    first = first_dataset()
    assert set(first.title) == set(first.remedy) == set(LANGUAGES)
