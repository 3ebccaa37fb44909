"""A dump holds what was sealed in every format, the same bytes each time, described as the Frictionless specifications ask."""

import csv
import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.dumps.description import read_dump
from atalaya.publish.dumps.making import make_dump
from atalaya.publish.dumps.package import TYPES
from atalaya.publish.dumps.workbook import CELLS, CHARACTERS, ROWS, left_out
from atalaya.publish.dumps.writing import Extent, write_csv, write_lines, write_parquet
from atalaya.store.seal import arrow_schema, file_sha256
from atalaya.store.tables import TABLES

MAIL, NUMBER, NAME = "ana.ficticia@correo.example", "1234567890101", "Ana Ficticia Inventada"


def planted(folder: Path, **tables: list[dict[str, object]]) -> Sealed:
    """A sealed observation of which only the given rows are there."""
    (folder / "tables").mkdir(parents=True)
    for name, rows in tables.items():
        schema = arrow_schema(TABLES[name])
        whole = [{column: row.get(column) for column in schema.names} for row in rows]
        pq.write_table(pa.Table.from_pylist(whole, schema), folder / "tables" / f"{name}-00.parquet")
    return Sealed(folder, None)  # the manifest is not read where rows are


def test_every_file_is_listed_with_its_size_and_hash(made: Path) -> None:
    dump = read_dump(made)
    listed = {each.path: (each.bytes, each.sha256) for each in dump.files}
    there = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    archive = f"{dump.observation}.zip"
    assert there - set(listed) == {"dump.json", archive, f"{archive}.sha256"}
    for path, (size, digest) in listed.items():
        body = (made / path).read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (size, digest)
    with zipfile.ZipFile(made / archive) as packed:
        assert set(packed.namelist()) == {*listed, "dump.json"}
        assert packed.testzip() is None
    assert (made / f"{archive}.sha256").read_text() == f"{file_sha256(made / archive)}  {archive}\n"


def test_all_formats_hold_the_same_rows(made: Path, two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    sealed = two_small_rounds[1][-1]
    book = openpyxl.load_workbook(made / f"{sealed.manifest.observation}.xlsx", read_only=True)
    for name, allowed in ALLOWED.items():
        if allowed.kept_back:
            assert not list(made.rglob(f"{name}*"))
            continue
        rows = sealed.count(name)
        with (made / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *body = csv.reader(stream)
        assert header == list(allowed.columns)
        assert len(body) == rows
        table = pq.read_table(sorted((made / "tables").glob(f"{name}-*.parquet")))
        assert (set(table.column_names), table.num_rows) == (set(allowed.columns), rows)
        sheet = list(book[name].iter_rows(values_only=True))
        assert [cell for cell in sheet[0] if cell] == header
        assert len(sheet) == rows + 1


def test_whole_tables_are_the_sealed_bytes(made: Path, two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    sealed = two_small_rounds[1][-1]
    for entry in sealed.manifest.tables:
        for file in entry.files:
            if ALLOWED[entry.name].whole:
                assert file_sha256(made / file["name"]) == file["file_sha256"]


def test_made_again_it_is_the_same_to_the_byte(
    made: Path, two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path
) -> None:
    sealed = two_small_rounds[1][-1]
    again = make_dump(sealed.folder.parents[2], sealed, tmp_path / "again")
    assert {each.path: each.sha256 for each in read_dump(again).files} == {
        each.path: each.sha256 for each in read_dump(made).files
    }
    name = f"{sealed.manifest.observation}.zip"
    assert file_sha256(again / name) == file_sha256(made / name)


def test_one_that_is_there_is_left_and_a_stale_one_is_made_again(
    dump: Path, two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path
) -> None:
    sealed = two_small_rounds[1][-1]
    home = sealed.folder.parents[2]
    before = (dump / "dump.json").stat().st_mtime_ns
    assert make_dump(home, sealed, dump) == dump
    assert (dump / "dump.json").stat().st_mtime_ns == before
    (dump / "dump.json").unlink()
    with pytest.raises(StoreError, match="is not empty; give a new folder"):
        make_dump(home, sealed, dump)
    standing = tmp_path / "home" / "dumps" / "zz" / sealed.manifest.observation
    standing.mkdir(parents=True)
    (standing / "left.txt").write_text("half")
    assert make_dump(tmp_path / "home", sealed) == standing
    assert not (standing / "left.txt").exists()
    assert read_dump(standing).observation == sealed.manifest.observation


def test_the_package_is_as_frictionless_specifies(made: Path) -> None:
    package = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert set(package["name"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_/")
    assert package["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0",
        }
    ]
    assert {source["path"] for source in package["sources"]} >= {"https://uno.small.example"}
    names = [each["name"] for each in package["resources"]]
    assert len(set(names)) == len(names) == sum(not each.kept_back for each in ALLOWED.values())
    for resource in package["resources"]:
        path = made / resource["path"]
        body = path.read_bytes()
        assert not resource["path"].startswith(("/", "."))
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        fields = resource["schema"]["fields"]
        header, *rows = csv.reader(body.decode().splitlines(keepends=True))
        assert [field["name"] for field in fields] == header
        assert {field["type"] for field in fields} <= set(TYPES.values())
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                assert _fits(field["type"], cell), (resource["name"], field, cell)
        if "primaryKey" in resource["schema"]:
            places = [header.index(name) for name in resource["schema"]["primaryKey"]]
            keys = [tuple(row[place] for place in places) for row in rows]
            assert len(set(keys)) == len(keys)
            assert all(any(key) for key in keys)
    assert [each["name"] for each in package["resources"] if "primaryKey" not in each["schema"]] == ["attempts"]


def _fits(kind: str, cell: str) -> bool:
    """Whether a cell is a value of a type of Table Schema in its default format; empty ones are missing."""
    if not cell or kind == "string":
        return True
    if kind == "boolean":
        return cell in ("true", "false")
    try:
        return (int(cell) if kind == "integer" else float(cell)) is not None
    except ValueError:
        return False


def test_people_leave_no_trace(tmp_path: Path) -> None:
    """Values planted where each table may hold them: none of them is in any file that a dump writes of the table."""
    quoted = json.dumps({"es": f"{NAME}: {MAIL}, {NUMBER}"})
    listed = json.dumps([f"escriba a {MAIL}", f"DPI {NUMBER}"])
    tables: dict[str, list[dict[str, object]]] = {
        "columns": [{"resource_id": "r", "table": "", "column": 1, "name": f"{MAIL} {NUMBER}", "kind": "text"}],
        "decisions": [{"id": "d", "kind": "dispute", "who": NAME, "why": f"{NAME} {MAIL}", "ruling": listed}],
        "distributions": [
            {"resource_id": "r", "title": json.dumps({"es": MAIL}), "description": json.dumps({"": NUMBER})}
        ],
        "inspections": [
            {"resource_id": "r", "members": json.dumps([{"path": f"{NAME}.pdf", "size": 1}]), "tables": "[]"}
        ],
        "records": [
            {"record_id": "a", "creator": quoted, "description": json.dumps({"es": f"Contacto {MAIL} tel {NUMBER}"})}
        ],
        "site_contents": [{"source_id": "s", "sha256": "0", "opening": NAME, "title": NAME, "tables": listed}],
        "site_pages": [{"source_id": "s", "url": "u", "opening": NAME, "title": MAIL, "headings": listed}],
        "site_links": [{"link_id": "l", "lead": NAME, "text": NUMBER, "path": listed}],
        "statements": [{"id": "s", "value": quoted}],
        "duty_matches": [{"institution_id": "i", "mention_id": "m", "duty_id": "d", "said": MAIL, "text": NUMBER}],
        "duty_verdicts": [
            {"institution_id": "i", "duty_id": "d", "period": "", "justification": MAIL, "evidence": listed}
        ],
    }
    sealed = planted(tmp_path / "sealed", **tables)
    out = tmp_path / "out"
    for table in tables:
        allowed = ALLOWED[table]
        write_csv(sealed, allowed, out)
        write_lines(sealed, allowed, out)
        write_parquet(sealed, allowed, out)
        held = pq.read_table(out / f"{table}-00.parquet").to_pylist()
        texts = [str(held), (out / f"{table}.csv").read_text(), (out / f"{table}.jsonl").read_text()]
        for text in texts:
            for value in (MAIL, "ana.ficticia", NUMBER, NAME):
                assert value not in text, (table, value)
        assert len(held) == 1


def test_long_tables_are_packed_and_the_same_inside(
    made: Path, two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path
) -> None:
    sealed = two_small_rounds[1][-1]
    for write, ending in ((write_csv, "csv"), (write_lines, "jsonl")):
        written = write(sealed, ALLOWED["scores"], tmp_path, packed=1000)
        path = written[0] if isinstance(written, tuple) else written
        assert path.name == f"scores.{ending}.gz"
        assert gzip.decompress(path.read_bytes()) == (made / ending / f"scores.{ending}").read_bytes()
        assert not (tmp_path / f"scores.{ending}").exists()


@pytest.mark.parametrize(
    ("extent", "told"),
    [
        (Extent(10, 10), ""),
        (Extent(ROWS + 1, 1), f"{ROWS + 1} rows; a sheet holds {ROWS}"),
        (Extent(CELLS // 4, 1), f"cells; the workbook takes tables of at most {CELLS}"),
        (Extent(1, CHARACTERS + 1), f"a text of {CHARACTERS + 1} characters; a cell holds {CHARACTERS}"),
    ],
)
def test_what_is_too_large_for_a_workbook_is_said(extent: Extent, told: str) -> None:
    said = left_out(ALLOWED["measures"], extent)
    assert said.endswith(told)
    assert bool(said) is bool(told)


def test_formulas_are_no_formulas(tmp_path: Path) -> None:
    sealed = planted(tmp_path / "sealed", problems=[{"source_id": "=1+1", "ordinal": -1, "place": "@x", "reason": "-"}])
    path, extent = write_csv(sealed, ALLOWED["problems"], tmp_path)
    assert path.read_text().splitlines()[1] == "'=1+1,-1,'@x,'-"
    assert extent == Extent(1, 4)
