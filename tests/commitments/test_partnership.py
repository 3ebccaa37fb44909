"""The columns of the partnership: what is not edited changes nothing, what is edited changes that alone."""

import io
from dataclasses import replace

import openpyxl
import pytest

from atalaya.commitments.exchange import plan_from
from atalaya.commitments.exchange.partnership import COLUMNS, applied, table_of
from atalaya.commitments.plan import Listing, Plan, Review
from atalaya.countries.reader import find_pack, read_pack
from atalaya.publish.plan_files import csv_of, read_tables, workbook_of

PLANS = [plan for plan in read_pack(find_pack("gt")).plans if plan.commitments]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.number))
def test_a_table_that_nobody_edited_changes_nothing(plan: Plan) -> None:
    assert applied(plan, table_of(plan)) == (plan, ())
    for make, name in ((workbook_of, "plan.xlsx"), (csv_of, "plan.zip")):
        tables = read_tables(make(plan), name)
        assert tuple(tables["ogp"][0]) == COLUMNS
        assert plan_from(tables, plan).plan == plan
        assert plan_from({"ogp": tables["ogp"]}, plan).plan == plan


def test_an_edited_cell_changes_that_alone() -> None:
    plan = next(plan for plan in PLANS if plan.number == 6)
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(plan)))
    sheet = book["ogp"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(
        line for line in range(2, sheet.max_row + 1) if sheet.cell(line, columns["Commitment ID"]).value == "GT0121"
    )
    sheet.cell(row, columns["Completion"]).value = "Limited"
    sheet.cell(row, columns["End Date"]).value = "2025-06"
    body = io.BytesIO()
    book.save(body)
    found = plan_from(read_tables(body.getvalue(), "plan.xlsx"), plan).plan
    before = next(each for each in plan.commitments if each.code == "GT0121")
    after = next(each for each in found.commitments if each.code == "GT0121")
    assert after.reviews[-1] == replace(before.reviews[-1], completion="limited")
    assert str(after.current.end) == "2025-06"
    assert replace(after.current, end=before.current.end) == before.current
    others = lambda whole: [each for each in whole.commitments if each.code != "GT0121"]  # noqa: E731
    assert others(found) == others(plan)


def test_what_was_edited_in_both_is_taken_from_both() -> None:
    plan = next(plan for plan in PLANS if plan.number == 6)
    tables = read_tables(workbook_of(plan), "plan.xlsx")
    tables["commitments"][0]["code"] = "GT9999"
    tables["ogp"][0]["Ambition"] = "Low"
    first = plan_from(tables, plan).plan.commitments[0]
    assert (first.code, first.reviews[-1].ambition) == ("GT9999", "low")


def test_names_of_areas_stay_as_the_plan_has_them() -> None:
    plan = next(plan for plan in PLANS if plan.number == 6)
    place = next(place for place, each in enumerate(plan.commitments) if each.code == "GT0121")
    areas = plan.commitments[place].current.policy_areas
    rows = table_of(plan)
    assert isinstance(areas, Listing)
    rows[place]["Policy Areas"] = f"{rows[place]['Policy Areas']}; Health"
    found, faults = applied(plan, rows)
    assert faults == ()
    assert found.commitments[place].current.policy_areas == Listing((*areas.items, "Health"), areas.whole)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Completion", "Casi", "is none of No Evidence Available"),
        ("Start Date", "ayer", "is no date"),
        ("Starred", "quizá", "neither yes nor no"),
        ("Commitment Number", 77, "names no commitment"),
        ("Otra", "x", "is no column"),
    ],
)
def test_a_bad_cell_changes_nothing_and_is_named(column: str, cell: object, why: str) -> None:
    plan = PLANS[0]
    rows = table_of(plan)
    rows[1][column] = cell
    found = plan_from({"ogp": rows}, plan)
    assert found.plan is None
    assert [(each.table, each.row, each.column) for each in found.problems] == [("ogp", 3, column)]
    assert why in found.problems[0].reason


def test_a_review_begins_where_there_was_none() -> None:
    plan = replace(PLANS[0], commitments=(replace(PLANS[0].commitments[0], reviews=()),))
    rows = table_of(plan)
    rows[0]["Verifiable"] = "Yes"
    assert applied(plan, rows)[0].commitments[0].reviews == (Review(verifiable="yes"),)
