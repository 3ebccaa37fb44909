"""`atalaya duties` as a user runs it: a small country whose one site is observed twice, with a ruling in between."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
import yaml

from atalaya.replay.server import serving, write_resolve
from tests.patience import PATIENCE

LAW = {
    "title": {"en": "Openness Act", "es": "Ley de Apertura"},
    "in_force": "2010-01-01",
    "citation": {"article": ["article"], "numeral": ["number"], "default_article": "3", "law": ["openness act"]},
    "classes": {
        "all": {"title": {"en": "everyone", "es": "todos"}, "everyone": True},
        "courts": {"title": {"en": "courts", "es": "tribunales"}, "branches": ["judicial"]},
    },
    "updates": {
        "change": {"title": {"en": "after a change", "es": "tras un cambio"}, "within_days": 30},
        "monthly": {"title": {"en": "every month", "es": "cada mes"}, "every": "P1M", "within_days": 30},
    },
    "duties": [
        *({"article": "3", "numeral": number, "name": {"en": name, "es": spanish}, "obliged": ["all"], "update": update,
         "openness": openness, "evidence": {"names": [name, *more]}}
        for number, name, spanish, update, openness, more in (
            ("1", "Organisation chart", "Organigrama", "change", "text", []),
            ("2", "Budget execution", "Ejecución presupuestaria", "monthly", "table", []),
            ("3", "Trust funds", "Fideicomisos", "change", "table", []),
            ("4", "Staff directory", "Directorio de empleados", "change", "table", []),
            ("5", "Audit reports", "Informes de auditoría", "change", "text", []),
            ("6", "Travel expenses", "Gastos de viaje", "change", "table", ["trips abroad"]),
        )),
        {"article": "4", "numeral": "1", "name": {"en": "Sentences", "es": "Sentencias"}, "obliged": ["courts"],
         "update": "change"},
    ],
}  # fmt: skip
COUNTRY = {
    "code": "zz",
    "name": {"en": "Small country", "es": "País pequeño"},
    "languages": ["en", "es"],
    "groups": [{"id": "all", "title": {"en": "All", "es": "Todas"}, "kinds": ["office"], "headline": True}],
    "rates": {"www.office.example": 500},
}
BODY = {"slug": "office", "name": "Office of Invented Affairs", "acronym": "OIA", "kind": "office",
        "site": "https://www.office.example/", "domains": ["office.example"]}  # fmt: skip
FILLER = "<p>" + "The office keeps the invented affairs of the small country in order for everybody. " * 4 + "</p>"
HOME = (
    f"<html><title>Office</title><h1>Office of Invented Affairs</h1>{FILLER}<a href='law.html'>Openness Act</a></html>"
)
CHART = f"<html><title>Organisation chart</title><h1>Organisation chart</h1>{FILLER * 3}</html>"
PAGE = """<html><title>Openness Act</title><h1>Openness Act</h1>
<ul><li><a href='chart.html'>Number 1. Organisation chart</a></ul>
<h2>Number 2. Budget execution</h2><ul>{months}</ul>
<h2>Number 3. Trust funds</h2><h2>Number 4. Staff directory</h2>
<ul><li><a href='staff.csv'>Staff directory</a></ul>
<ul><li><a href='gone.csv'>Number 5. Audit reports</a></ul></html>"""
MONTHS = {"2025-09": "September 2025", "2025-10": "October 2025", "2025-11": "November 2025"}
TABLE = "post,amount\n" + "".join(f"post {n},{n * 100}\n" for n in range(1, 8))
FIRST, SECOND = "2026-01-05T12:00:00Z", "2026-02-09T12:00:00Z"
EARLIER = "zz-20260105"


def write_country(folder: Path) -> Path:
    pack = folder / "country"
    files = {"country.yml": COUNTRY, "institutions/all.yml": [BODY], "duties/open.yml": LAW, "sources/site.yml": {
        "title": {"en": "Site", "es": "Sitio"}, "protocol": "site", "url": BODY["site"], "institution": "office"}}  # fmt: skip
    for name, body in files.items():
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    return pack


def write_site(folder: Path, months: tuple[str, ...]) -> Path:
    site = folder / "site"
    site.mkdir(parents=True)
    links = "".join(f"<li><a href='budget-{name}.csv'>Budget execution {MONTHS[name]}</a>" for name in months)
    for name, text in {"index.html": HOME, "law.html": PAGE.format(months=links), "chart.html": CHART}.items():
        (site / name).write_text(text, encoding="utf-8")
    for name in ("staff", *(f"budget-{month}" for month in months)):
        (site / f"{name}.csv").write_text(TABLE.replace("post", name), encoding="utf-8")
    base = {"kind": "folder", "base": BODY["site"], "folder": "site"}
    home = {"url": BODY["site"], "file": "site/index.html", "headers": {"Content-Type": "text/html"}}
    (folder / "replay.yml").write_text(
        yaml.safe_dump({"format": 1, "routes": [home], "services": [base]}), encoding="utf-8"
    )
    return folder


class User:
    """Somebody at a command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = write_country(folder)

    def run(self, *arguments: str, status: int = 0, home: bool = True) -> str:
        asked = [sys.executable, "-m", "atalaya", *arguments, *(["--home", str(self.folder / "home")] if home else [])]
        environment = {**os.environ, "ATALAYA_BROWSER": "off", "COLUMNS": "200"}
        done = subprocess.run(asked, capture_output=True, text=True, env=environment, cwd=self.folder, timeout=PATIENCE)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout if status == 0 else done.stderr

    def duties(self, *arguments: str, **options: object) -> str:
        return self.run("duties", *arguments, **options)  # type: ignore[arg-type]

    def observe(self, day: str, months: tuple[str, ...]) -> None:
        replay = write_site(self.folder / f"day-{day[:10]}", months)
        with serving(replay) as served:
            resolve = self.folder / "resolve.json"
            write_resolve(served, resolve)
            self.run("observe", "--country", str(self.pack), "--as-of", day, "--resolve", str(resolve), "--local")


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> User:
    """Somebody who observed the country, ruled that the staff directory is none and is about trips, and observed it again."""
    someone = User(tmp_path_factory.mktemp("duties"))
    someone.observe(FIRST, ("2025-09", "2025-11"))
    staff = staff_of(someone)
    named = (staff["institution_id"], staff["mention_id"])
    someone.duties("decide", *named, staff["duty_id"], "--no", "--why", "It lists rooms.", "--as-of", FIRST)
    someone.duties("decide", *named, "open-3-6", "--yes", "--why", "It lists trips.", "--as-of", FIRST)
    someone.observe(SECOND, ("2025-09", "2025-10", "2025-11"))
    return someone


def staff_of(user: User, *arguments: str) -> dict[str, str]:
    found = json.loads(user.duties("review", "OIA", "--sure", "50", "--observation", EARLIER, "--json", *arguments))[
        "matches"
    ]
    return next((row for row in found if row["url"].endswith("staff.csv")), {})


def told(user: User, *arguments: str) -> dict[str, dict[str, object]]:
    found = json.loads(user.duties("status", "OIA", "--format", "json", *arguments))
    return {duty["numeral"]: duty for duty in found["duties"]}


def test_status_as_json(user: User) -> None:
    duties = told(user, "--observation", EARLIER)
    assert {number: duty["standing"] for number, duty in duties.items()} == {
        "1": "current",
        "2": "current",
        "3": "heading_only",
        "4": "current",
        "5": "heading_only",
        "6": "missing",
    }
    assert duties["2"]["gaps"] == ["2025-10"]
    assert [period["period"] for period in duties["2"]["periods"]] == ["2025-11", "2025-10", "2025-09"]
    assert [period["standing"] for period in duties["2"]["periods"]] == ["current", "missing", "current"]
    assert all(evidence["url"].startswith("https://") for duty in duties.values() for evidence in duty["evidence"])
    assert all(duty["evidence"] and duty["rule"] for duty in duties.values())
    assert duties["4"]["evidence"][0]["sha256"]
    assert duties["4"]["clicks"] == 2


def test_status_as_text_in_both_languages(user: User) -> None:
    english, spanish = (
        user.duties("status", "zz:office", "--observation", EARLIER, "--periods", "--language", each)
        for each in ("en", "es")
    )
    assert "Openness Act" in english
    assert "3.2  current  Budget execution" in english
    assert "gaps: 2025-10" in english
    assert "2025-10    missing: The site was read, and nothing of it was found." in english
    assert "Ley de Apertura" in spanish
    assert "3.6  falta  Gastos de viaje" in spanish
    assert "Se leyó el sitio, y no se halló nada de ello." in spanish
    assert "https://www.office.example/staff.csv" in spanish


def test_status_as_csv_and_workbook(user: User, tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(
            StringIO(user.duties("status", "OIA", "--observation", EARLIER, "--format", "csv", "--language", "es"))
        )
    )
    assert [row["situación"] for row in rows] == ["al día", "al día", "solo título", "al día", "solo título", "falta"]
    path = tmp_path / "office.xlsx"
    user.duties("status", "OIA", "--observation", EARLIER, "--format", "xlsx", "--to", str(path), "--language", "es")
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == ["obligación", "período", "evidencia"]
    assert [len(list(sheet.rows)) for sheet in book][:2] == [7, 4]
    book.close()
    assert "--to" in user.duties("status", "OIA", "--format", "xlsx", status=2)


def test_an_institution_that_is_not_there(user: User) -> None:
    assert "'zz:nobody' is no institution" in user.duties("status", "zz:nobody", status=2)
    assert "zz:office" in user.duties("status", "invented", status=2)


def test_findings_are_addressed_to_the_institution(user: User) -> None:
    found = json.loads(user.run("observation", "findings", EARLIER, "--institution", "zz:office", "--json"))["findings"]
    said = {(row["check"], row["sentence"]) for row in found}
    assert ("duty_published@1", "Article 3, numeral 6: the site was read, and nothing of it is there.") in said
    assert (
        "duty_series_whole@1",
        "Article 3, numeral 2: 1 of 3 periods are missing, the first of them 2025-10.",
    ) in said


def test_the_list_says_who_complies(user: User) -> None:
    rows = list(
        csv.DictReader(StringIO(user.duties("list", "--country", str(user.pack), "--format", "csv", home=False)))
    )
    assert [row["who complies"] for row in rows] == ["everyone"] * 6 + ["courts"]
    bound = user.duties(
        "list", "--country", str(user.pack), "--institution", "zz:office", "--language", "es", home=False
    )
    assert "Gastos de viaje" in bound
    assert "Sentencias" not in bound


def test_the_calendar_says_what_falls_due(user: User) -> None:
    asked = ("calendar", "OIA", "--country", str(user.pack), "--as-of", "2026-01-05")
    [row] = csv.DictReader(StringIO(user.duties(*asked, "--format", "csv", home=False)))
    assert (row["due"], row["days left"], row["period"]) == ("2026-01-30", "25", "2025-12")
    text = user.duties(*asked, "--days", "20", home=False)
    assert "0 due from 2026-01-05 to 2026-01-25." in text
    assert "5 further duties have no day of their own" in text


def test_a_ruling_holds_in_the_next_round_and_is_a_label(user: User) -> None:
    duties = told(user)
    assert duties["4"]["standing"] == "heading_only"
    assert duties["6"]["standing"] == "current"
    # December was due on 30 January, ten days before the second observation; October on 30 November, and missing in the first.
    assert (duties["2"]["standing"], duties["2"]["days_late"]) == ("late", 10)
    assert {period["period"]: period["days_late"] for period in duties["2"]["periods"]} == {
        "2025-12": 10,
        "2025-11": None,
        "2025-10": 36,
        "2025-09": None,
    }
    assert staff_of(user) == {}
    accuracy = json.loads(user.duties("accuracy", "zz", "--json"))
    assert accuracy["sure"] == {"rulings": 1, "agreeing": 0, "share": 0.0}
    assert accuracy["asked"] == {"rulings": 1, "agreeing": 0, "share": 0.0}


def test_a_decision_needs_its_reason_and_names_what_is_there(user: User) -> None:
    assert "--why" in user.duties("decide", "zz:office", "x", "open-3-1", "--no", "--why", " ", status=2)
    assert "--yes or --no" in user.duties("decide", "zz:office", "x", "open-3-1", "--why", "because", status=2)
    assert "no match of the mention 'x'" in user.duties(
        "decide", "zz:office", "x", "open-3-1", "--no", "--why", "so", status=2
    )


def test_a_questionnaire_is_filled_and_scored(user: User) -> None:
    instrument = {
        "articles": [{"id": 3, "name": "Article 3"}],
        "numerals": [{"id": n, "article": 3, "name": f"Numeral {n}"} for n in range(1, 7)],
        "indicators": [
            {"id": n, "numeral_id": n, "type": "child", "question": f"Is {n} published?", "enabled": True}
            for n in range(1, 7)
        ],
    }
    leaves = [
        {
            "id": f"q{n}",
            "level": "question",
            "range": [0, 100],
            "source": {"column": str(n)},
            "title": {"en": f"{n}", "es": f"{n}"},
        }
        for n in range(1, 7)
    ]
    methodology = {
        "format": 2, "id": "small-monitor", "version": 1, "title": {"en": "Monitor", "es": "Monitor"},
        "units": {"id": "id", "name": "name", "groups": ["sector"]}, "table": {"layout": "wide"},
        "scale": {"low": 0, "high": 100},
        "cells": {"values": {"Y": 100, "N": 0}, "not_applicable": ["NA"]}, "aggregation": "arithmetic",
        "missing": {"not_applicable": "renormalise", "unknown": "interval"},
        "rankings": [{"id": "all", "decimals": 2, "ties": "min"}],
        "tree": {"id": "index", "level": "index", "title": {"en": "All", "es": "Todo"}, "children": leaves},
    }  # fmt: skip
    (user.folder / "instrument.json").write_text(json.dumps(instrument), encoding="utf-8")
    (user.folder / "monitor.yml").write_text(yaml.safe_dump(methodology), encoding="utf-8")
    (user.folder / "people.csv").write_text("id,3\nzz:office,Y\n", encoding="utf-8")
    asked = ("instrument", "instrument.json", "monitor.yml", "--observation", EARLIER, "--to", "answers.csv")
    told_alone = json.loads(user.duties(*asked, "--json"))
    assert (told_alone["machine"], told_alone["people"]) == (6, 0)
    text = user.duties(*asked, "--people", "people.csv")
    assert "6 machine, 1 people, 1 overruled" in text
    [row] = csv.DictReader((user.folder / "answers.csv").read_text(encoding="utf-8").splitlines())
    assert [row[str(n)] for n in range(1, 7)] == ["Y", "Y", "Y", "Y", "N", "N"]
    assert "66.67" in text


ASKED = """id,above,question
a,,Is the organisation chart there?
a1,a,Is it of this year?
b,,Is there a staff directory?
b1,b,Does it say telephones?
c,,Are the trust funds listed?
"""


def test_a_questionnaire_is_tied_to_duties(user: User, tmp_path: Path) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text(ASKED, encoding="utf-8")
    asked = ("questions", str(ours), "--country", str(user.pack))
    value = json.loads(user.duties(*asked, "--format", "json", home=False))
    numbers = [(each["id"], each["duty_id"][-1], each["ground"]) for each in value["questions"]]
    assert numbers == [
        ("a", "1", "words"),
        ("a1", "1", "link"),
        ("b", "4", "words"),
        ("b1", "4", "link"),
        ("c", "3", "words"),
    ]
    assert value["questions"][0]["reasons"][0]["said"]
    assert value["counts"]["questions"] == 5
    rows = list(csv.DictReader(StringIO(user.duties(*asked, "--format", "csv", "--language", "es", home=False))))
    assert [row["numeral"] for row in rows] == ["1", "1", "4", "4", "3"]
    assert rows[1]["por qué"] == "cuelga de una pregunta sobre esta obligación"
    text = user.duties(*asked, home=False)
    assert "3.4  Is there a staff directory? (b)" in text
    assert "5 questions" in text
    book = tmp_path / "asked.xlsx"
    user.duties(*asked, "--format", "xlsx", "--to", str(book), home=False)
    sheet = openpyxl.load_workbook(book)["question"]
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == ["a", "a1", "b", "b1", "c"]


def test_numerals_that_an_instrument_states_are_compared(user: User, tmp_path: Path) -> None:
    texts = [
        ("1", "Is the organisation chart there?"),
        ("2", "Is the staff directory there?"),
        ("3", "Are trust funds listed?"),
    ]
    ours = tmp_path / "instrument.json"
    ours.write_text(
        json.dumps(
            {
                "articles": [{"id": 3, "name": "3"}],
                "numerals": [{"id": n, "article": 3, "name": f"Number {n}", "text": ""} for n, _ in texts],
                "indicators": [{"id": n, "numeral_id": n, "type": "child", "question": text} for n, text in texts],
            }
        ),
        encoding="utf-8",
    )
    text = user.duties("questions", str(ours), "--country", str(user.pack), home=False)
    assert "≠ 3.2" in text
    assert "2 of 3 stated numerals are the one that was found." in text


def test_a_questionnaire_without_questions_says_where(user: User, tmp_path: Path) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text("text\nIs it there?\n", encoding="utf-8")
    said = user.duties("questions", str(ours), "--country", str(user.pack), home=False, status=2)
    assert "no column 'question'" in said


def test_where_answers_go_is_settled_before_they_are_sought(user: User, tmp_path: Path) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text(ASKED, encoding="utf-8")
    asked = ("questions", str(ours), "--country", str(user.pack))
    assert "would be lost" in user.duties(*asked, "--format", "csv", "--to", str(ours), home=False, status=2)
    assert ours.read_text(encoding="utf-8") == ASKED
    for command in (asked, ("list", "--country", str(user.pack)), ("calendar", "--country", str(user.pack))):
        assert "needs --to" in user.duties(*command, "--format", "xlsx", home=False, status=2)
        assert "add --format" in user.duties(*command, "--to", str(tmp_path / "x"), home=False, status=2)
