"""`atalaya schema` and `atalaya inspect --schema`: the register, its templates, and files held against schemas."""

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from atalaya.cli import atalaya
from atalaya.cli.conformance import registered_schemas
from atalaya.exceptions import SchemaUnusable

IDS = [schema.id for schema in registered_schemas()]
ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(atalaya, [str(argument) for argument in arguments])


def test_the_register_is_listed() -> None:
    told = json.loads(run("schema", "list", "--json").stdout)["schemas"]
    assert [each["id"] for each in told] == IDS
    assert len(IDS) >= 4
    assert all(each["duties"] and each["fields"] and set(each["title"]) == {"es", "en"} for each in told)
    text = run("schema", "list", "--language", "en").stdout
    assert all(identity in text for identity in IDS)


def test_a_pack_of_ones_own_is_listed() -> None:
    told = json.loads(run("schema", "list", "--country", ZZ, "--json").stdout)["schemas"]
    assert [each["id"] for each in told] == ["zz:offices"]
    shown = " ".join(run("schema", "show", "zz:offices", "--country", ZZ).stdout.split())
    assert "agreed on 2026-11-01 by Treasury of Zetland" in shown
    assert run("schema", "template", "zz:offices", "--country", ZZ).stdout.splitlines() == ["office"]


@pytest.mark.parametrize("identity", IDS)
def test_a_schema_is_shown(identity: str) -> None:
    descriptor = json.loads(run("schema", "show", identity, "--json").stdout)
    text = run("schema", "show", identity).stdout
    assert descriptor["title"] in text
    assert "proposed on" in text
    assert all(field["name"] in text for field in descriptor["fields"])


@pytest.mark.parametrize("identity", IDS)
def test_a_template_conforms_empty_and_with_its_examples(identity: str, tmp_path: Path) -> None:
    for name, options in (("vacia.csv", ()), ("ejemplo.csv", ("--example",))):
        path = tmp_path / name
        assert run("schema", "template", identity, "--output", path, *options).exit_code == 0
        done = run("inspect", path, "--schema", identity, "--json")
        (told,) = json.loads(done.stdout)["files"]
        assert told["conformance"]["errors"] == []
        assert done.exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_template_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("mine")
    assert run("schema", "template", IDS[0], "--output", tmp_path / "t.csv").exit_code != 0
    assert (tmp_path / "t.csv").read_text() == "mine"


def test_a_filled_table_is_told_cell_by_cell(tmp_path: Path) -> None:
    identity = next(each for each in IDS if each.endswith("contracts"))
    rows = list(csv.reader(io.StringIO(run("schema", "template", identity, "--example").stdout)))
    amount, award = rows[0].index("monto"), rows[0].index("fecha_adjudicacion")
    wrong, twice = list(rows[1]), list(rows[1])
    wrong[amount], wrong[award], wrong[0] = "Q 1,000.00", "15/03/2026", "87654321"
    path = tmp_path / "c.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([*rows, wrong, [], twice, rows[1][:-1]])
    done = run("inspect", path, "--schema", identity, "--json")
    (told,) = json.loads(done.stdout)["files"]
    assert done.exit_code == 1
    assert not told["conformance"]["conforms"]
    assert [(e["code"], e["row"], e["column"]) for e in told["conformance"]["errors"]] == [
        ("type_error", 3, award + 1), ("type_error", 3, amount + 1), ("blank_row", 4, None), ("primary_key", 4, None),
        ("primary_key", 5, None), ("missing_cell", 6, len(rows[0])), ("primary_key", 6, None),
    ]  # fmt: skip
    text = run("inspect", path, "--schema", identity).stdout
    assert "row 3, column" in text
    held = [line for line in text.splitlines() if "type error" in line or "schema" in line]
    assert held
    assert not [line for line in held if "Q 1,000.00" in line]


def test_a_workbook_is_held_against_a_schema_too(tmp_path: Path) -> None:
    schema = tmp_path / "s.json"
    schema.write_text(json.dumps({"fields": [{"name": "id", "type": "integer"}, {"name": "monto", "type": "number"}]}))
    book = openpyxl.Workbook()
    for row in (["id", "monto"], [1, 2.5], [2, "s/d"], ["x", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (told,) = json.loads(run("inspect", tmp_path / "a.xlsx", "--schema", schema, "--json").stdout)["files"]
    errors = [(e["code"], e["row"], e["column"]) for e in told["conformance"]["errors"]]
    assert errors == [("type_error", 3, 2), ("type_error", 4, 1)]


def test_the_dialect_of_a_resource_is_honoured(tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "integer"}, {"name": "monto", "type": "number", "decimalChar": ","}]
    described = {
        "schema": {"fields": fields},
        "dialect": {"delimiter": "|", "headerRows": [2]},
        "encoding": "cp1252",
        "path": "otra.csv",
    }
    (tmp_path / "r.json").write_text(json.dumps(described))
    (tmp_path / "a.csv").write_bytes("Título con ñ\nid|monto\n1|2,5\nx|1.5\n".encode("cp1252"))
    (told,) = json.loads(run("inspect", tmp_path / "a.csv", "--schema", tmp_path / "r.json", "--json").stdout)["files"]
    errors = [(e["code"], e["row"], e["column"]) for e in told["conformance"]["errors"]]
    assert errors == [("type_error", 4, 1), ("type_error", 4, 2)]


def test_unknown_keys_of_a_schema_are_told(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps({"fields": [{"name": "id", "tipo": "integer"}]}))
    (tmp_path / "a.csv").write_text("id\n1\n2\n")
    assert "'tipo' is unknown" in run("inspect", tmp_path / "a.csv", "--schema", tmp_path / "s.json").stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ('{"fields": [{"name": "a", "type": "entero"}]}', "is no type of Table Schema"),
        ('{"schema": null}', "null is not an object"),
        ("[]", "is not an object"),
    ],
)
def test_a_schema_that_cannot_be_used(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(content)
    (tmp_path / "a.csv").write_text("a\n1\n")
    done = run("inspect", tmp_path / "a.csv", "--schema", tmp_path / "s.json")
    assert isinstance(done.exception, SchemaUnusable)
    assert words in str(done.exception)


def test_a_schema_that_is_not_registered_names_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    done = run("inspect", tmp_path / "a.csv", "--schema", "gt:nada")
    assert isinstance(done.exception, SchemaUnusable)
    assert IDS[0] in str(done.exception)


def test_many_differences_are_counted(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps({"fields": [{"name": "a", "type": "integer"}]}))
    (tmp_path / "a.csv").write_text("a\n" + "x\n" * 80)
    assert "and 30 more" in run("inspect", tmp_path / "a.csv", "--schema", tmp_path / "s.json").stdout


def test_a_missing_file_of_schema_is_an_error_of_the_user(tmp_path: Path) -> None:
    shutil.copy(ZZ / "country.yml", tmp_path / "a.csv")
    done = run("inspect", tmp_path / "a.csv", "--schema", tmp_path / "nada.json")
    assert isinstance(done.exception, OSError)


@pytest.mark.parametrize("identity", IDS)
def test_a_template_is_a_workbook_too(identity: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert run("schema", "template", identity, "--output", path, "--example").exit_code == 0
    fields = next(schema for schema in registered_schemas() if schema.id == identity).schema.fields
    sheet, dictionary = openpyxl.load_workbook(path).worksheets
    assert [cell.value for cell in sheet[1]] == [each.name for each in fields]
    assert [row[0].value for row in dictionary.iter_rows(min_row=2)] == [each.name for each in fields]
    texts = [place for place, each in enumerate(fields) if each.type == "string"]
    assert all(sheet.column_dimensions[sheet.cell(1, place + 1).column_letter].width >= 12 for place in texts)
    listed = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    short = [each for each in fields if each.constraints.enum and len(",".join(map(str, each.constraints.enum))) <= 255]
    assert len(listed) == len(short)
    (told,) = json.loads(run("inspect", path, "--schema", identity, "--json").stdout)["files"]
    assert told["format"] == "xlsx"
    assert run("schema", "template", identity, "--output", path).exit_code != 0
