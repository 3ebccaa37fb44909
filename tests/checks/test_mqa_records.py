"""Five real records of five kinds of catalogue, scored by hand with the 23 indicators of the MQA.

Each table was worked out from the raw record with pencil and paper, before the checks were run on it. Verdicts are of the record
(`pass`, `fail`, `unknown`) for indicators of the dataset, and how many resources pass, fail and are unknown for the others. No
address was asked, so that whatever depends on an answer is unknown. `points` are from all unknown failing to all passing, with
the shares worked out beside them.
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from atalaya.catalogue.records import Dataset
from atalaya.checks.cases import DatasetCase, ResourceCase
from atalaya.checks.check import Level
from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import by_level
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest.ckan_packages import read_package_bytes
from atalaya.harvest.registry import protocol
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, score_units
from atalaya.measures.best_distribution import dataset_points
from atalaya.measures.facts import Counts, share
from atalaya.store.archive import Blob

pytestmark = pytest.mark.real

AS_OF = date(2026, 3, 31)
Expected = Mapping[str, str | tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it lies, how it is found, and what was worked out by hand."""

    read: Callable[[Path], Dataset]
    expected: Expected
    points: tuple[float, float]
    best: tuple[float, float]
    """The points of the dataset by its best distribution."""


def harvested(path: Path, kind: str, native_id: str) -> Dataset:
    """The dataset with this identifier, as a harvest of the recorded catalogue gives it."""
    source = Source(id="zz:source", title={}, protocol=kind, url=f"https://catalogue.example/{path.name}")
    body = path.read_bytes()

    async def get(url: str, /) -> tuple[Answer, bytes | None]:
        if url != source.url:
            return Answer(requested_url=url, final_url=url, status=404), None
        blob = Blob(hashlib.sha256(body).hexdigest(), len(body))
        return Answer(requested_url=url, final_url=url, status=200, blob=blob), body

    found = asyncio.run(protocol(kind).harvest(source, get)).datasets
    [dataset] = [each for each in found if each.native_id == native_id]
    return dataset


def package(path: Path) -> Dataset:
    [dataset] = read_package_bytes(json.loads(path.read_text(encoding="utf-8"))["result"]).datasets
    return dataset


TOKYO = Record(
    lambda folder: package(folder / "ckan/tokyo/raw/05bc37a7-69c5-47b8-800c-e9dd6be1a3eb.json"),
    {
        "mqa_keyword_availability": "fail",  # tags: []
        "mqa_category_availability": "pass",  # one group, which is what a CKAN calls a theme
        "mqa_spatial_availability": "fail",  # nothing of the kind, in extras neither
        "mqa_temporal_availability": "fail",
        "mqa_access_url_status_code": (0, 0, 1),  # url
        "mqa_download_url_availability": (0, 1, 0),  # a link (url_type null), not an upload: it may be a page
        "mqa_download_url_status_code": (0, 1, 0),
        "mqa_format_availability": (1, 0, 0),  # CSV
        "mqa_media_type_availability": (0, 1, 0),  # mimetype null
        "mqa_format_media_type_vocabulary_alignment": (0, 1, 0),  # one of the two is missing
        "mqa_format_media_type_non_proprietary": (1, 0, 0),
        "mqa_format_media_type_machine_interpretable": (1, 0, 0),
        "mqa_dcat_ap_compliance": "pass",  # no graph; title, notes and an address are there
        "mqa_license_availability": (1, 0, 0),  # CC-BY-4.0, of the package
        "mqa_known_license": (1, 0, 0),
        "mqa_access_rights_availability": "fail",
        "mqa_access_rights_vocabulary_alignment": "fail",
        "mqa_contact_point_availability": "pass",  # maintainer: an office without an address
        "mqa_publisher_availability": "pass",  # organization
        "mqa_rights_availability": (0, 1, 0),
        "mqa_byte_size_availability": (0, 1, 0),  # size null
        "mqa_date_issued_availability": (1, 0, 0),  # created, of the resource
        "mqa_date_modified_availability": (1, 0, 0),  # last_modified, of the resource
    },
    # 30 theme + 20 format + 20 + 20 lists + 30 DCAT-AP + 20 + 10 licence + 20 contact + 10 publisher + 5 + 5 dates; + 50 access
    (190, 240),
    (190, 240),
)

DIALYSIS = Record(
    lambda folder: harvested(
        folder / "datajson_us/hhs_2021-12-05.data.json", "datajson", "f8610e87-ba25-43a3-a49e-927dbc8701ae"
    ),
    {
        "mqa_keyword_availability": "pass",
        "mqa_category_availability": "pass",  # Medicare
        "mqa_spatial_availability": "fail",
        "mqa_temporal_availability": "pass",  # 2009-01-01/2021-12-31
        # Fifteen files: eleven zip, two csv, two text/html, each with a downloadURL and no accessURL.
        "mqa_access_url_status_code": (0, 0, 15),
        "mqa_download_url_availability": (15, 0, 0),
        "mqa_download_url_status_code": (0, 0, 15),
        "mqa_format_availability": (0, 15, 0),  # a mediaType alone
        "mqa_media_type_availability": (15, 0, 0),
        "mqa_format_media_type_vocabulary_alignment": (0, 15, 0),
        "mqa_format_media_type_non_proprietary": (15, 0, 0),  # ZIP, CSV and HTML are all in the list
        "mqa_format_media_type_machine_interpretable": (2, 13, 0),  # CSV only
        "mqa_dcat_ap_compliance": "pass",
        "mqa_license_availability": (15, 0, 0),  # usa.gov/government-works, of the dataset
        "mqa_known_license": (0, 0, 15),  # known, and not in the European tables of 2019
        "mqa_access_rights_availability": "pass",  # accessLevel
        "mqa_access_rights_vocabulary_alignment": "pass",  # "public" is the label of PUBLIC
        "mqa_contact_point_availability": "pass",
        "mqa_publisher_availability": "pass",
        "mqa_rights_availability": (0, 15, 0),
        "mqa_byte_size_availability": (0, 15, 0),
        "mqa_date_issued_availability": (0, 15, 0),  # of the dataset only
        "mqa_date_modified_availability": (0, 15, 0),
    },
    # 30 + 30 + 20 record, 20 download, 10 media type, 20, 20 × 2/15, 30 DCAT-AP, 20 licence, 10 + 5, 20, 10;
    # + 50 + 30 answers + 10 licence
    (225 + 40 / 15, 315 + 40 / 15),
    # the same with a csv file: 20 for machine readable
    (245, 335),
)

ILO = Record(
    lambda folder: harvested(
        folder / "dcat_rdf/govdata/destatis-catalog-original-input.rdf",
        "dcat_rdf",
        "https://www.destatis.de/DE/Themen/Wirtschaft/Konjunkturindikatoren/Arbeitsmarkt/arb510a",
    ),
    {
        "mqa_keyword_availability": "pass",
        "mqa_category_availability": "pass",  # ECON
        "mqa_spatial_availability": "fail",  # a level of government is no place
        "mqa_temporal_availability": "fail",
        "mqa_access_url_status_code": (0, 0, 1),
        "mqa_download_url_availability": (0, 1, 0),
        "mqa_download_url_status_code": (0, 1, 0),
        "mqa_format_availability": (1, 0, 0),  # file-type/HTML
        "mqa_media_type_availability": (0, 1, 0),
        "mqa_format_media_type_vocabulary_alignment": (0, 1, 0),
        "mqa_format_media_type_non_proprietary": (1, 0, 0),  # HTML is in this list
        "mqa_format_media_type_machine_interpretable": (0, 1, 0),  # and not in that one
        "mqa_dcat_ap_compliance": "pass",  # as a record: the judgement of its graph is set aside below
        "mqa_license_availability": (1, 0, 0),
        "mqa_known_license": (1, 0, 0),  # dl-by-de/2.0, in the extension
        "mqa_access_rights_availability": "fail",
        "mqa_access_rights_vocabulary_alignment": "fail",
        "mqa_contact_point_availability": "pass",
        "mqa_publisher_availability": "pass",  # by its address
        "mqa_rights_availability": (0, 1, 0),
        "mqa_byte_size_availability": (0, 1, 0),
        "mqa_date_issued_availability": (0, 1, 0),  # both dates stand on the dataset alone
        "mqa_date_modified_availability": (0, 1, 0),
    },
    # 30 + 30, 20 format, 20 non-proprietary, 30 DCAT-AP, 20 + 10 licence, 20, 10; + 50 access
    (190, 240),
    (190, 240),
)

PARCELS = Record(
    lambda folder: harvested(
        folder / "arcgis_hub/02b-17113_20201213.data.json",
        "arcgis_hub",
        "1eff7032b9be40338657720a688ef3d9_14",
    ),
    {
        "mqa_keyword_availability": "pass",
        "mqa_category_availability": "pass",  # geospatial
        "mqa_spatial_availability": "pass",  # a box
        "mqa_temporal_availability": "fail",
        # Six links, accessURL only: page, REST, GeoJSON, CSV, KML, zipped shapefile.
        "mqa_access_url_status_code": (0, 0, 6),
        "mqa_download_url_availability": (0, 6, 0),
        "mqa_download_url_status_code": (0, 6, 0),
        "mqa_format_availability": (6, 0, 0),
        "mqa_media_type_availability": (6, 0, 0),
        "mqa_format_media_type_vocabulary_alignment": (
            5,
            1,
            0,
        ),  # "Web Page" is neither code nor label; "Esri REST" is one
        "mqa_format_media_type_non_proprietary": (6, 0, 0),  # REST by its application/json
        "mqa_format_media_type_machine_interpretable": (4, 2, 0),  # not the page, not the ZIP
        "mqa_dcat_ap_compliance": "pass",
        "mqa_license_availability": (6, 0, 0),  # an address of the portal
        "mqa_known_license": (0, 6, 0),
        "mqa_access_rights_availability": "pass",
        "mqa_access_rights_vocabulary_alignment": "pass",
        "mqa_contact_point_availability": "pass",
        "mqa_publisher_availability": "pass",
        "mqa_rights_availability": (0, 6, 0),
        "mqa_byte_size_availability": (0, 6, 0),
        "mqa_date_issued_availability": (0, 6, 0),
        "mqa_date_modified_availability": (0, 6, 0),
    },
    # 30 + 30 + 20, 20 + 10, 10 × 5/6, 20, 20 × 4/6, 30 DCAT-AP, 20, 10 + 5, 20, 10; + 50 access
    (225 + 50 / 6 + 80 / 6, 275 + 50 / 6 + 80 / 6),
    # with the CSV: 10 and 20 whole
    (255, 305),
)

VEHICLES = Record(
    lambda folder: harvested(
        folder / "datajson_ar/catalogo_justicia.json", "datajson_ar", "de4560f4-8620-4cb5-a3a5-e3e5684c0e45"
    ),
    {
        "mqa_keyword_availability": "pass",
        "mqa_category_availability": "pass",
        "mqa_spatial_availability": "fail",
        "mqa_temporal_availability": "fail",
        "mqa_access_url_status_code": (0, 0, 1),  # a page of its own, which a round does not ask
        "mqa_download_url_availability": (1, 0, 0),
        "mqa_download_url_status_code": (0, 0, 1),
        "mqa_format_availability": (1, 0, 0),
        "mqa_media_type_availability": (0, 1, 0),
        "mqa_format_media_type_vocabulary_alignment": (0, 1, 0),
        "mqa_format_media_type_non_proprietary": (1, 0, 0),
        "mqa_format_media_type_machine_interpretable": (1, 0, 0),
        "mqa_dcat_ap_compliance": "pass",
        "mqa_license_availability": (1, 0, 0),
        "mqa_known_license": (1, 0, 0),  # "Creative Commons Attribution" is CC_BY without a version
        "mqa_access_rights_availability": "fail",
        "mqa_access_rights_vocabulary_alignment": "fail",
        "mqa_contact_point_availability": "pass",
        "mqa_publisher_availability": "pass",
        "mqa_rights_availability": (0, 1, 0),
        "mqa_byte_size_availability": (0, 1, 0),
        "mqa_date_issued_availability": (1, 0, 0),
        "mqa_date_modified_availability": (1, 0, 0),
    },
    # 30 + 30, 20 download, 20, 20, 20, 30 DCAT-AP, 20 + 10, 20, 10, 5 + 5; + 50 + 30 answers
    (240, 320),
    (240, 320),
)

RECORDS = {"ckan": TOKYO, "datajson": DIALYSIS, "dcat_rdf": ILO, "arcgis_hub": PARCELS, "datajson_ar": VEHICLES}
each_record = pytest.mark.parametrize("kind", RECORDS)


def outcomes(dataset: Dataset) -> list[dict[str, object]]:
    """Rows of outcomes of the 23 indicators on one dataset and its resources, as a round without probes gives them."""
    resources = [ResourceCase(as_of=AS_OF, distribution=item, dataset=dataset) for item in dataset.distributions]
    cases = [(None, DatasetCase(as_of=AS_OF, dataset=dataset, resources=tuple(resources))), *enumerate(resources)]
    rows = []
    for place, case in cases:
        for check in by_level(Level.DATASET if place is None else Level.RESOURCE):
            if not check.id.startswith("mqa_"):
                continue
            found = check.rule(case)
            row = {"check_id": check.id, "check_version": check.version, "subject_id": f"s{place}", "record_id": "r"}
            resource = None if place is None else f"resource{place:02d}"
            rows.append({**row, "resource_id": resource, "verdict": found.verdict.value, "reason": found.reason})
    return rows


def scored(rows: list[dict[str, object]]) -> dict[str, object]:
    """The row of the whole of the points of a catalogue with these outcomes."""
    tally = Counter((f"{row['check_id']}@{row['check_version']}", row["verdict"]) for row in rows)
    index = read_shipped_index("mqa/1")
    measures = []
    for measure in index.measures:
        passed, failed = tally[measure, Verdict.PASS.value], tally[measure, Verdict.FAIL.value]
        counts = Counts(passed=passed, applied=passed + failed, unknown=tally[measure, Verdict.UNKNOWN.value])
        measures.append(share(measure, "x:u", counts, "cases"))
    return next(row for row in score_units(index, measures, [Unit("x:u")]) if row["node"] == "index")


@pytest.fixture(scope="module")
def found(corpora: Path) -> dict[str, list[dict[str, object]]]:
    """The outcomes of each record; graphs are not held to shapes here, which other tests do."""
    datasets = {kind: record.read(corpora / "catalogues") for kind, record in RECORDS.items()}
    return {kind: outcomes(replace(dataset, profile_violations=None)) for kind, dataset in datasets.items()}


@each_record
def test_every_verdict_is_that_of_the_hand(kind: str, found: dict[str, list[dict[str, object]]]) -> None:
    got: dict[str, object] = {}
    for check_id in RECORDS[kind].expected:
        rows = [row for row in found[kind] if row["check_id"] == check_id]
        verdicts = Counter(str(row["verdict"]) for row in rows)
        if rows[0]["resource_id"] is None:
            got[check_id] = rows[0]["verdict"]
        else:
            got[check_id] = tuple(verdicts[verdict] for verdict in ("pass", "fail", "unknown"))
    assert got == RECORDS[kind].expected
    assert len(got) == 23


@each_record
def test_the_points_are_those_of_the_hand(kind: str, found: dict[str, list[dict[str, object]]]) -> None:
    row = scored(found[kind])
    assert (row["low"], row["high"]) == pytest.approx(RECORDS[kind].points)
    assert row["value"] is None, "an address that nobody asked leaves the whole without a value"


@each_record
def test_the_dataset_counts_with_its_best_distribution(kind: str, found: dict[str, list[dict[str, object]]]) -> None:
    [points] = dataset_points(read_shipped_index("mqa/1"), found[kind])
    assert (points.low, points.high) == pytest.approx(RECORDS[kind].best)
