"""Argentina's profile: what is claimed, themes and inheritance, columns, the workbook, and departures as problems."""

import datetime as dt
import io
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from atalaya.catalogue.records import Dataset, Reading
from atalaya.fetch.answers import Answer
from atalaya.harvest import datajson
from atalaya.harvest.datajson_ar import claims, read_visit
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE
from atalaya.harvest.registry import protocol
from atalaya.harvest.visits import Refusal, Visit
from tests.harvest.exemplars import datajson_ar as exemplar
from tests.harvest.exemplars.exemplar import Item, numbered

HERE = "https://datos.example/data.json"
US = "https://project-open-data.cio.gov/v1.1/schema"
COLUMNS = [{"field": [{"title": "monto", "type": "number"}], "accessURL": "https://a.example"}]
THEMES = [{"id": "gasto", "label": "Gasto"}]

Rows = list[list[object]]


def visit(body: bytes) -> Visit:
    return Visit(HERE, Answer(requested_url=HERE, final_url=HERE, status=200), body, None)


def document(**fields: Any) -> dict[str, Any]:
    """A sound catalogue of one dataset."""
    (body,) = exemplar.render([[Item(id="d1")]]).values()
    return {**json.loads(body), **fields}


def read(value: object) -> Reading:
    reading = read_visit(visit(json.dumps(value).encode()))
    assert isinstance(reading, Reading), reading
    return reading


def dataset(catalogue: dict[str, Any] | None = None, **fields: Any) -> Dataset:
    value = document(**(catalogue or {}))
    value["dataset"][0].update(fields)
    return read(value).datasets[0]


def uses(reading: Reading) -> dict[str, tuple[str, int]]:
    return {use.path: (use.reading, use.count) for use in reading.fields}


@pytest.mark.parametrize(
    ("value", "claimed"),
    [
        (document(), True),
        ({"superThemeTaxonomy": "http://x.example", "dataset": []}, True),
        ({"superThemeTaxonomy": None, "dataset": [{"title": "T"}]}, True),
        ({"dataset": [{"title": "T"}, {"title": "U", "superTheme": ["ECON"]}]}, True),
        ({"dataset": {"title": "T", "superTheme": ["ECON"]}}, True),
        ({"superThemeTaxonomy": "x", "dataset": [{"title": "T", "accessLevel": "public"}]}, True),
        ({"themeTaxonomy": THEMES, "dataset": [{"title": "T", "distribution": COLUMNS}]}, True),
        ({"themeTaxonomy": THEMES, "dataset": [{"title": "T"}]}, False),
        ({"themeTaxonomy": "http://x.example", "dataset": [{"title": "T", "distribution": COLUMNS}]}, False),
        ({"dataset": [{"title": "T", "distribution": COLUMNS}]}, False),
        ({"themeTaxonomy": THEMES, "conformsTo": US, "dataset": [{"distribution": COLUMNS}]}, False),
        ({"themeTaxonomy": THEMES, "dataset": [{"bureauCode": ["1"], "distribution": COLUMNS}]}, False),
        ({"conformsTo": US, "dataset": [{"title": "T", "theme": ["a"], "issued": "2016-01-01"}]}, False),
        ({"superThemeTaxonomy": "x", "title": "T"}, False),
        ({"superThemeTaxonomy": "x", "dataset": None}, False),
        ([{"title": "T", "superTheme": ["ECON"]}], False),
        ({"success": True, "result": {"superThemeTaxonomy": "x"}}, False),
    ],
)
def test_claims_what_shows_the_profile(value: object, claimed: bool) -> None:
    refusal = claims(visit(json.dumps(value).encode()))
    assert (refusal is None) is claimed
    if refusal is not None:
        assert refusal.reason == "no_datasets"


@pytest.mark.real
def test_claims_the_recorded_argentine_catalogues_and_no_other(recorded: ModuleType, corpora: Path) -> None:
    claimed, refused = 0, 0
    for source in recorded.read_routing():
        for name in source.files:
            body = (corpora / name).read_bytes()
            if source.protocol not in ("datajson", "datajson_ar") or name.endswith(".gz"):
                continue
            assert (claims(visit(body)) is None) is (source.protocol == "datajson_ar"), name
            claimed += source.protocol == "datajson_ar"
            refused += source.protocol == "datajson"
    assert claimed >= 7
    assert refused > 5


async def test_a_portal_is_discovered_by_its_json_then_by_its_workbook(web: Any) -> None:
    body = json.dumps(document())
    found = await discover("https://datos.example/", web({"https://datos.example/data.json": body}))
    assert (found.protocol, found.url) == ("datajson_ar", "https://datos.example/data.json")
    site = web({"https://datos.example/catalog.xlsx": workbook()})
    found = await discover("https://datos.example/", site)
    assert (found.protocol, found.url) == ("datajson_ar", "https://datos.example/catalog.xlsx")


@pytest.mark.parametrize(
    ("catalogue", "fields", "name", "value"),
    [
        ({}, {"superTheme": ["ECON"], "theme": ["presupuesto", "otro"]}, "themes", ("ECON", "Presupuesto", "otro")),
        ({}, {"superTheme": "ECON", "theme": "Presupuesto"}, "themes", ("ECON", "Presupuesto")),
        ({}, {"superTheme": None, "theme": None}, "themes", ()),
        ({"themeTaxonomy": None}, {"theme": ["presupuesto"]}, "themes", ("ECON", "presupuesto")),
        ({"themeTaxonomy": ["a", 7]}, {"theme": ["a"]}, "themes", ("ECON", "a")),
        ({"themeTaxonomy": [{"id": 1, "label": "Uno"}]}, {"theme": [1]}, "themes", ("ECON", "Uno")),
        ({"license": "ODbL"}, {}, "licence", "ODbL"),
        ({"license": "ODbL"}, {"license": "CC-BY-4.0"}, "licence", "CC-BY-4.0"),
        ({"rights": "Todos"}, {"rights": ""}, "rights", "Todos"),
        ({"language": ["spa"]}, {}, "languages", ("spa",)),
        ({"language": ["spa"]}, {"language": ["eng"]}, "languages", ("eng",)),
        ({}, {"accrualPeriodicity": "R/P0.5M"}, "frequency", "R/P0.5M"),
        ({}, {"spatial": ["-58.1", "-35.1"]}, "spatial", ("-58.1", "-35.1")),
        ({}, {"landingPage": "https://a.example/x"}, "landing_page", "https://a.example/x"),
    ],
)
def test_fields_of_a_dataset(catalogue: dict[str, Any], fields: dict[str, Any], name: str, value: object) -> None:
    assert getattr(dataset(catalogue, **fields), name) == value


def test_contacts_keep_presence_and_domain_only() -> None:
    value = document(publisher={"name": "Ana Pérez", "mbox": "ana@malo"})
    value["dataset"][0]["contactPoint"] = {"fn": "Ana Pérez", "hasEmail": "ana@b.example; luz@b.example"}
    value["dataset"][0]["publisher"] = "ana@b.example"
    reading = read(value)
    assert reading.datasets[0].contact is not None
    assert "Ana" not in repr((reading.datasets[0].contact, reading.problems, reading.fields))
    assert "ana@" not in repr((reading.datasets[0].contact, reading.problems, reading.fields))


def test_columns_and_series_are_counted_and_what_nobody_knows_is_unread() -> None:
    value = document()
    (distribution,) = value["dataset"][0]["distribution"]
    distribution["field"] = [
        {"title": "a", "units": "pesos", "scrapingDataStartCell": "A9", "color": "x"},
        {"title": "b"},
    ]
    distribution["scrapingFileSheet"] = "Hoja 1"
    found = uses(read(value))
    assert found["dataset[].distribution[].field"] == ("ignored", 1)
    assert found["dataset[].distribution[].field[].title"] == ("ignored", 2)
    assert found["dataset[].distribution[].field[].color"] == ("unread", 1)
    assert found["dataset[].distribution[].scrapingFileSheet"] == ("ignored", 1)
    assert found["dataset[].superTheme"] == ("mapped", 1)
    assert found["themeTaxonomy[].label"] == ("mapped", 1)
    assert [path for path, (reading, _) in found.items() if reading == "unread"] == [
        "dataset[].distribution[].field[].color"
    ]


def test_departures_are_problems_of_what_was_read() -> None:
    value = document()
    del value["dataset"][0]["superTheme"]
    value["dataset"].append("no dataset")
    reading = read(value)
    lost = [problem for problem in reading.problems if not problem.read]
    kept = {problem.place: problem.reason for problem in reading.problems if problem.read}
    assert [problem.place for problem in lost] == ["dataset[1]"]
    assert kept["dataset[0]"].startswith("departs from the profile: lacks superTheme; write")
    assert "dataset[1]" in kept


def test_departures_of_one_kind_are_listed_a_few_times_and_counted() -> None:
    (body,) = exemplar.render([numbered(200)]).values()
    value = json.loads(body)
    for item in value["dataset"]:
        item["accrualPeriodicity"] = "anual"
        del item["issued"]
    reading = read(value)
    assert len(reading.problems) == 2 * (5 + 1)
    assert sum("195 more of this kind" in problem.reason for problem in reading.problems) == 2
    assert {problem.place for problem in reading.problems if "more of" in problem.reason} == {
        "dataset[]",
        "dataset[].accrualPeriodicity",
    }


def test_values_that_no_store_holds_are_cleaned_in_problems() -> None:
    value = document()
    value["dataset"][0]["accrualPeriodicity"] = "R\ud800\x00"
    for problem in read(value).problems:
        problem.reason.encode()
        assert "\x00" not in problem.reason


async def test_what_shows_no_profile_is_read_as_plain_data_json(web: Any, source: Any) -> None:
    body = json.dumps([{"title": "T", "accessURL": "https://a.example/x", "format": "csv"}])
    harvested = await protocol("datajson_ar").harvest(source(HERE, "datajson_ar"), web({HERE: body}))
    assert (harvested.state, len(harvested.datasets), harvested.problems) == (COMPLETE, 1, ())


def test_plain_data_json_reads_the_same_records_less_themes() -> None:
    plain = datajson.read_data_json(json.dumps(document()).encode(), HERE)
    assert isinstance(plain, Reading)
    assert plain.datasets[0].themes == ("presupuesto",)
    assert plain.datasets[0].distributions == read(document()).datasets[0].distributions


CATALOG: Rows = [
    ["catalog_title", "catalog_description", "catalog_publisher_name", "catalog_publisher_mbox", "catalog_superThemeTaxonomy"],
    ["Catálogo", "Datos", "Ministerio", "a@b.example", "http://datos.gob.ar/superThemeTaxonomy.json"],
]  # fmt: skip
DATASET_NAMES: list[object] = [
    "dataset_identifier", "dataset_title", "dataset_description", "dataset_publisher_name", "dataset_contactPoint_hasEmail",
    "dataset_superTheme", "dataset_theme", "dataset_keyword", "dataset_accrualPeriodicity", "dataset_issued",
]  # fmt: skip
DATASET: list[object] = [
    1, "Presupuesto", "Gasto", "Ministerio", "ana@b.example", "ECON, GOVE", "gasto", "a, b,,", "R/P1Y",
    dt.datetime(2016, 4, 14, 19, 48, 5),  # noqa: DTZ001 - cells have no time zone
]  # fmt: skip
DISTRIBUTION_NAMES: list[object] = [
    "dataset_identifier", "dataset_title", "distribution_identifier", "distribution_title", "distribution_accessURL",
    "distribution_downloadURL", "distribution_issued", "distribution_byteSize",
]  # fmt: skip
DISTRIBUTION: list[object] = [
    1, "Presupuesto", 1.1, "Archivo", "https://a.example", "https://a.example/x.csv", "2016-04-14", 5120,
]  # fmt: skip
FIELD_NAMES: list[object] = ["dataset_identifier", "distribution_identifier", "field_title", "field_type"]


def workbook(**sheets: Rows) -> bytes:
    """A sound workbook, with sheets put in place of its own; a sheet of no rows is left out."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    standard: dict[str, Rows] = {
        "catalog": CATALOG,
        "theme": [["theme_id", "theme_label"], ["gasto", "Gasto público"]],
        "dataset": [DATASET_NAMES, DATASET],
        "distribution": [DISTRIBUTION_NAMES, DISTRIBUTION],
        "field": [FIELD_NAMES, [1, 1.1, "monto", "number"]],
    }
    for name, rows in {**standard, **sheets}.items():
        if rows:
            sheet = book.create_sheet(name.title())
            for row in rows:
                sheet.append(row)
    if not book.sheetnames:
        book.create_sheet("Otra")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_workbook(**sheets: Rows) -> Reading:
    reading = read_visit(visit(workbook(**sheets)))
    assert isinstance(reading, Reading), reading
    return reading


def test_a_sound_workbook_is_read_whole() -> None:
    reading = read_workbook()
    (found,) = reading.datasets
    (file,) = found.distributions
    assert (found.native_id, found.themes, found.keywords) == ("1", ("ECON", "GOVE", "Gasto público"), ("a", "b"))
    assert (found.issued, found.publisher and found.publisher.name) == ("2016-04-14T19:48:05", "Ministerio")
    assert found.contact is not None
    assert found.contact.email_domain == "b.example"
    assert (file.native_id, file.download_url, file.byte_size) == ("1.1", "https://a.example/x.csv", 5120)
    assert reading.problems == ()
    assert uses(reading)["dataset[].distribution[].field[].title"] == ("ignored", 1)
    assert not [path for path, (read_as, _) in uses(reading).items() if read_as == "unread"]


def test_headers_in_other_cases_and_lower_rows_are_found() -> None:
    names = [str(name).upper() for name in DATASET_NAMES]
    (found,) = read_workbook(dataset=[[], [], [*names], [], DATASET]).datasets
    assert (found.themes[0], found.frequency) == ("ECON", "R/P1Y")


@pytest.mark.parametrize(
    ("sheets", "place", "said"),
    [
        ({"distribution": [DISTRIBUTION_NAMES, DISTRIBUTION, [9, "Otro"]]}, "sheet distribution row 3", "dataset it names"),
        ({"field": [FIELD_NAMES, [1, 7, "a"], [1, 8, "b"]]}, "sheet field", "not in the sheet distribution (2 times)"),
        ({"dataset": [DATASET_NAMES, DATASET, ["Nota al pie"]]}, "sheet dataset row 3", "no dataset"),
        ({"dataset": [DATASET_NAMES, DATASET, [None, None, "x", "y"]]}, "sheet dataset row 3", "no dataset"),
        ({"catalog": [*CATALOG, ["Otro"]]}, "sheet catalog row 3", "second catalogue"),
        ({"catalog": CATALOG[:1]}, "sheet catalog", "no row"),
    ],
)  # fmt: skip
def test_rows_that_belong_nowhere_are_problems(sheets: dict[str, Rows], place: str, said: str) -> None:
    problems = [problem for problem in read_workbook(**sheets).problems if not problem.read]
    assert [problem.place for problem in problems] == [place]
    assert said in problems[0].reason


def test_a_shared_identifier_is_told_apart_by_title() -> None:
    twin = [1, "Presupuesto abierto", *DATASET[2:]]
    rows = [DISTRIBUTION_NAMES, DISTRIBUTION, [1, "Presupuesto abierto", *DISTRIBUTION[2:]], [None, *DISTRIBUTION[1:]]]
    first, second = read_workbook(dataset=[DATASET_NAMES, DATASET, twin], distribution=rows).datasets
    assert (len(first.distributions), len(second.distributions)) == (2, 1)


def test_columns_without_a_name_are_reported() -> None:
    reading = read_workbook(dataset=[DATASET_NAMES, [*DATASET, "perdido"]])
    assert uses(reading)["sheet Dataset: column without a name"] == ("unread", 1)


def test_a_workbook_is_held_against_the_profile() -> None:
    reading = read_workbook(dataset=[DATASET_NAMES, [*DATASET[:5], None, *DATASET[6:]]])
    assert [problem.reason for problem in reading.problems if "lacks superTheme" in problem.reason]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (workbook(dataset=[], catalog=[], distribution=[], field=[], theme=[]), "no_datasets"),
        (workbook(dataset=[["municipio", "monto"], ["Arriba", 7]]), "no_datasets"),
        (workbook(distribution=[], catalog=[], field=[], theme=[]), "no_datasets"),
        (workbook()[:-400], "malformed"),
        (b"PK\x03\x04 xl/workbook.xml", "malformed"),
        (b"PK\x03\x04" + bytes(60), "malformed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "malformed"),
    ],
)
def test_workbooks_that_are_no_catalogue_say_why(body: bytes, reason: str) -> None:
    for said in (read_visit(visit(body)), claims(visit(body))):
        assert isinstance(said, Refusal)
        assert said.reason == reason
        assert HERE in said.detail
