"""Plans through files: a thousand random edits made in spreadsheets come back as those edits and nothing else."""

import copy
import io
import json
import zipfile
from random import Random
from typing import Any

import openpyxl
import pytest

from atalaya.commitments.documents import plan_of
from atalaya.commitments.exchange import plan_from, tables_of
from atalaya.commitments.plan import Plan
from atalaya.countries.reader import find_pack, read_pack
from atalaya.publish.plan_files import PlanFileUnusable, csv_of, json_of, read_tables, workbook_of

EDITS = 1000
TEXTS = (
    "Texto nuevo",
    "=SUMA(1)",
    "-5",
    "línea\notra línea",
    "«ñandú» 5 %",
    "2.10",
    "[absent]",
    "",
    None,
    "…",
    "1e5",
    "TRUE",
    "'x",
)
DATES = ("2022", "2022-03", "2022-03-04", "2021-01/2022-02", None)
LISTS = ("A", "A\nB", "A\n…", "[]", None)


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return list(read_pack(find_pack("gt")).plans)


def _edit(tables: dict[str, Any], random: Random) -> None:
    """One edit as a person makes it: a cell that is no key, of the kind that the column holds."""
    name = random.choice([name for name in ("commitments", "versions", "milestones", "promises") if tables[name]])
    row = random.choice(tables[name])
    names = [
        key
        for key in row
        if key in ("title", "problem", "note", "text", "expected", "end", "start", "lead", "responsible")
    ]
    column = random.choice([n for n in names if not (name == "promises" and n == "text")] or ["unit"])
    if column in ("start", "end"):
        row[column] = random.choice(DATES)
    elif column == "lead" or (column == "responsible" and name == "milestones"):
        row[column] = random.choice(LISTS)
    else:
        row[column] = random.choice(TEXTS)
        if row[column] == "[absent]" and (name == "commitments" or column in ("note", "unit")):
            row[column] = "ausente"


def _saved(body: bytes, tables: dict[str, Any]) -> bytes:
    """The workbook after a spreadsheet program wrote the cells that differ."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    for name, rows in tables.items():
        sheet = book[name]
        for line, row in enumerate(rows, 2):
            for place, value in enumerate(row.values(), 1):
                cell = sheet.cell(line, place)
                if cell.value != value:
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_thousand_random_edits_survive_the_round_trip(plans: list[Plan]) -> None:
    random = Random(7)
    done = 0
    for turn in range(EDITS // 25):
        plan = plans[2 + turn % 4] if len(plans) > 5 else plans[-1 - turn % 3]
        tables = copy.deepcopy(tables_of(plan))
        for _ in range(25):
            _edit(tables, random)
            done += 1
        wanted = plan_from(tables, plan)
        assert wanted.problems == ()
        found = plan_from(read_tables(_saved(workbook_of(plan), tables), "plan.xlsx"), plan)
        assert found.problems == ()
        assert found.plan == wanted.plan
        assert wanted.plan is not None
        assert plan_from(read_tables(csv_of(wanted.plan), "plan.zip"), plan).plan == wanted.plan
        assert plan_from(read_tables(workbook_of(wanted.plan), "plan.xlsx"), plan).plan == wanted.plan
        assert plan_of(json.loads(json_of(wanted.plan))) == wanted.plan
    assert done == EDITS


def test_the_same_plan_gives_the_same_bytes(plans: list[Plan]) -> None:
    assert csv_of(plans[-1]) == csv_of(plans[-1])
    assert workbook_of(plans[-1]) == workbook_of(plans[-1])


def test_a_csv_of_one_table_with_semicolons_in_a_code_page_of_windows(plans: list[Plan]) -> None:
    body = "number;title;code;axis;sources\r\n1;Título nuevo;GT0121;;\r\n".encode("cp1252")
    tables = read_tables(body, "folder/commitments.csv")
    assert tables["commitments"] == [
        {"number": "1", "title": "Título nuevo", "code": "GT0121", "axis": "", "sources": ""}
    ]


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("plan.xlsx", b"no workbook", "cannot be read"),
        ("plan.zip", b"no archive", "cannot be read"),
        ("plan.docx", b"x", "is no .xlsx"),
        ("commitments.csv", b'a,b\n"x', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(name: str, body: bytes, said: str) -> None:
    with pytest.raises(PlanFileUnusable, match=f"{name}.*{said}"):
        read_tables(body, name)


def test_a_bomb_is_refused_unread() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"t{number}.csv", b"0" * 90_000_000)
    with pytest.raises(PlanFileUnusable, match="unpacks to more than"):
        read_tables(body.getvalue(), "plan.zip")


def test_what_stands_beyond_the_headings_is_told_and_not_lost(plans: list[Plan]) -> None:
    tables = read_tables(b"code,name\na,b,c\n", "axes.csv")
    found = plan_from(tables, plans[-1])
    assert found.plan is None
    assert found.problems[0].column == "column 3"
