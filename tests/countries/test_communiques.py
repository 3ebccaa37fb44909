"""Communiqués and periods of a pack: what is read, and what is told with its file, line and column."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import examine_pack, find_pack, read_pack
from atalaya.news.communique import Subject, period_of
from atalaya.news.markup import written

GOOD: dict[str, Any] = {
    "id": "2024-02-03-anonco",
    "issuer": "ministerio-unua",
    "on": "2024-02-03",
    "title": "Anonco",
    "body": "Io **nova**.",
    "sources": ["Elpensita"],
}
PERIOD = {"id": "p", "title": {"eo": "P"}, "since": "2020-01-01", "until": "2024-01-01", "source": "Elpensita"}


@pytest.fixture
def pack(zz_copy: Path) -> Path:
    (zz_copy / "communiques").mkdir()
    (zz_copy / "plans").mkdir()
    plan = {"number": 5, "title": "Plano", "stated_commitments": 3, "commitments": [{"number": 1, "title": "Unu"}]}
    (zz_copy / "plans" / "plan.yml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    return zz_copy


def told(pack: Path, *communiques: dict[str, Any], periods: list[dict[str, Any]] | None = None) -> list[str]:
    for number, each in enumerate(communiques):
        path = pack / "communiques" / f"{number}.yml"
        path.write_text(yaml.safe_dump(each, sort_keys=False), encoding="utf-8")
    if periods is not None:
        (pack / "periods.yml").write_text(json.dumps(periods), encoding="utf-8")
    return [str(problem) for problem in examine_pack(pack).problems]


def issuer(pack: Path) -> str:
    return read_pack(pack).institutions[0].id.partition(":")[2]


def test_a_communique_is_read_and_cleaned(pack: Path) -> None:
    about = {"plans": [{"plan": 5, "commitment": 1, "milestones": ["2"]}, {"plan": 5}], "institutions": [issuer(pack)]}
    body = "<p>Io <b>nova</b><script>x</script></p>"
    assert told(pack, {**GOOD, "issuer": issuer(pack), "body": body, "about": about}, periods=[PERIOD]) == []
    found = read_pack(pack)
    (each,) = found.communiques
    assert (each.issuer, each.on, written(each.body)) == (f"zz:{issuer(pack)}", date(2024, 2, 3), "Io **nova**\n")
    assert each.about[:3] == (Subject("commitment", "5/1"), Subject("milestone", "5/1/2"), Subject("plan", "5"))
    assert period_of(date(2023, 12, 31), found.periods).id == "p"
    assert period_of(date(2024, 1, 1), found.periods) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": "neniu"}, "no institution has the slug 'neniu'"),
        ({"on": "2024-02-30"}, "'2024-02-30' is no day of the calendar"),
        ({"on": "februaro"}, "YYYY-MM-DD"),
        ({"title": None}, "lacks the key 'title'"),
        ({"sources": []}, "sources"),
        ({"id": "Kun Spacoj"}, "id"),
        ({"video": "https://uzanto@video.example/"}, "cannot be linked to"),
        ({"video": "ftp://video.example/"}, "https://"),
        ({"body": "<p>&nbsp;</p>"}, "the text says nothing"),
        ({"about": {"plans": [{"plan": 6}]}}, "no plan has the number 6"),
        ({"about": {"plans": [{"plan": 5, "commitment": 4}]}}, "plan 5 has no commitment 4"),
        ({"about": {"plans": [{"plan": 5, "milestones": ["1"]}]}}, "commitment"),
        ({"about": {"sessions": ["neniu"]}}, "no session has the id 'neniu'"),
        ({"about": {"institutions": ["neniu"]}}, "no institution has the slug 'neniu'"),
        ({"autor": "iu"}, "unknown key 'autor'"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(pack: Path, changes: dict[str, Any], words: str) -> None:
    whole = {**GOOD, "issuer": issuer(pack), **changes}
    problems = told(pack, {key: value for key, value in whole.items() if value is not None})
    assert [problem for problem in problems if problem.startswith("communiques/0.yml") and words in problem], problems


def test_one_id_is_one_communique(pack: Path) -> None:
    good = {**GOOD, "issuer": issuer(pack)}
    assert any("stands in communiques/0.yml too" in problem for problem in told(pack, good, good))


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({**PERIOD, "id": "q", "since": "2023-12-31", "until": "2028-01-01"}, "begins before period p ends"),
        ({**PERIOD, "id": "q", "since": "2024-01-01", "until": "2024-01-01"}, "is not after"),
        ({**PERIOD, "id": "q", "since": "2024-01-01", "source": ""}, "source"),
    ],
)
def test_periods_do_not_overlap(pack: Path, second: dict[str, Any], words: str) -> None:
    assert any(
        problem.startswith("periods.yml") and words in problem for problem in told(pack, periods=[PERIOD, second])
    )


def test_periods_that_follow_each_other_are_fine(pack: Path) -> None:
    after = {**PERIOD, "id": "q", "since": "2024-01-01", "until": "2028-01-01"}
    assert told(pack, periods=[PERIOD, after]) == []


def test_every_packaged_communique_falls_in_a_period_and_names_its_sources(gt: CountryPack) -> None:
    assert gt.communiques
    for each in gt.communiques:
        assert period_of(each.on, gt.periods), each.id
        assert each.sources, each.id
        assert each.note, each.id


def test_the_two_communiques_of_the_facts_are_there() -> None:
    first, second = read_pack(find_pack("gt")).communiques
    assert (first.on, first.issuer, first.tags) == (date(2023, 3, 29), "gt:gae", ("GobiernoAbierto", "AGAP"))
    reported = [each.key for each in first.about if each.kind == "milestone"]
    assert len(reported) == 19
    assert Subject("session", "mesa-2023-03-29") in first.about
    assert (second.on, second.issuer) == (date(2023, 5, 22), "gt:segeplan")
    assert {Subject("milestone", "5/1/5"), Subject("milestone", "5/1/6")} <= set(second.about)
    agreements = written(second.body).partition("## Qué se acordó")[2].partition("##")[0]
    assert agreements.count("\n1. ") == 4
