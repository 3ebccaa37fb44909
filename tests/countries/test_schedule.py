"""The schedule of a pack: what is said holds, what is not has its default, and what cannot be is told with its place."""

from pathlib import Path

import pytest

from atalaya.countries.reader import examine_pack, find_pack, known_packs, read_pack
from atalaya.countries.schedule import ScheduleRule


def pack_with(folder: Path, text: str) -> Path:
    (folder / "institutions").mkdir()
    (folder / "country.yml").write_text(
        "code: yy\nname: {es: Ye}\nlanguages: [es]\n"
        "groups: [{id: all, title: {es: Todas}, branches: [executive], headline: true}]\n"
    )
    (folder / "institutions" / "all.yml").write_text(
        "- {slug: uno, name: Uno, kind: ministry, branch: executive, domains: [uno.example]}\n"
    )
    (folder / "schedule.yml").write_text(text)
    return folder


def test_what_is_said_holds_and_the_rest_has_its_default(tmp_path: Path) -> None:
    pack = read_pack(pack_with(tmp_path, "round_days: 30\nlook_days: [3, 9]\nreply_days: 0\n"))
    assert pack.schedule == ScheduleRule(round_days=30, look_days=(3, 9), reply_days=0)
    assert pack.schedule.looks_a_day == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("round_days: 0\n", "round_days"),
        ("look_days: [9, 3]\n", "begins with the greater number"),
        ("look_days: [9]\n", "look_days"),
        ("reply_day: 3\n", "reply_day"),
        ("looks_a_day: -1\n", "looks_a_day"),
    ],
)
def test_what_cannot_be_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    examined = examine_pack(pack_with(tmp_path, text))
    assert examined.pack is None
    problems = [problem for problem in examined.problems if problem.severity == "error"]
    assert [problem.file for problem in problems] == ["schedule.yml"]
    assert told in str(problems[0])


def test_every_pack_that_comes_along_declares_its_schedule() -> None:
    for code in known_packs():
        rule = read_pack(find_pack(code)).schedule
        assert rule.round_days is not None
        assert rule.reply_days > 0
