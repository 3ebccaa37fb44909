"""`atalaya plans`, run as a user would."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.cli import atalaya


def run(*arguments: object) -> Result:
    return CliRunner().invoke(atalaya, ["plans", *map(str, arguments)])


def test_the_plans_are_listed_with_what_is_known_of_them() -> None:
    plans = {plan["number"]: plan for plan in json.loads(run("list", "--json").output)}
    assert [plans[n]["stated_commitments"] for n in range(1, 7)] == [None, 48, 22, 24, 12, 6]
    assert plans[3]["known_commitments"] == 22
    assert "?" in run("list").output


def test_a_plan_and_a_commitment_are_shown() -> None:
    assert "GT0121" in run("show", 6).output
    told = run("show", 6, 1, "--language", "es").output
    assert "enero de 2024 a junio de 2025" in told
    assert json.loads(run("show", 6, 1, "--json").output)["code"] == "GT0121"


def test_the_changes_of_two_versions_are_listed_in_both_languages() -> None:
    told = run("changes", 5, 2, "--language", "es").output.splitlines()
    assert told[0].startswith("  1. Se modificó «Fecha de inicio»")
    assert told[10].startswith(" 11. Hito 2")
    assert len(told) == 16
    found = json.loads(run("changes", 5, 2, "--json", "--from", "2021-12", "--to", "vigente").output)
    assert (len(found["changes"]), len(found["scope_lost"])) == (11, 5)


def test_the_matrix_tells_who_reported_and_who_did_not() -> None:
    told = run("matrix", 5).output
    assert "19 reports; not everything was reported of commitments 1, 2, 5, 6, 9, 10, 11, 12" in told
    found = json.loads(run("matrix", 5, "--json").output)
    assert found["nothing_reported"] == [2, 5, 6, 11, 12]


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.zip"])
def test_an_exported_plan_is_checked_and_changes_nothing(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert run("export", 5, "--to", file).exit_code == 0
    found = run("check", file, "--plan", 5)
    assert found.exit_code == 0
    assert found.output == "every row can be taken: 12 commitments\n"


def test_an_edited_table_is_told_before_it_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "commitments.csv"
    file.write_text("number,title,code\n1,Otro,GT0109\n", encoding="utf-8")
    found = run("check", file, "--plan", 5)
    assert found.exit_code == 1
    assert "versions, row 3, of_commitment: no row of commitments is of_commitment 2" in found.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", 9), "has no plan 9; its plans are 1, 2, 3, 4, 5, 6"),
        (("show", 5, 40), "has no commitment 40"),
        (("changes", 5, 3), "has 1 known version"),
        (("changes", 5, 2, "--from", "x"), "no version is called 'x'"),
        (("export", 5, "--to", "plan.doc"), "ends with none of"),
        (("check", "nothing.xlsx"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[object, ...], said: str) -> None:
    found = run(*arguments)
    assert found.exit_code != 0
    assert said in found.output + str(found.exception)
