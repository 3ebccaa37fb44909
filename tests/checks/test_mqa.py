"""The indicators of the MQA at their edges: answers of addresses, two words for a format, licences of one and of all."""

from datetime import timedelta

import pytest

from atalaya.catalogue.records import Dataset, Distribution, Period
from atalaya.checks.cases import Prior, ProbeFacts, ResourceCase
from atalaya.checks.example_cases import ADDRESS, AS_OF, dataset, dataset_case, distribution, probe, resource_case
from atalaya.checks.registry import by_id

EARLIER = AS_OF - timedelta(days=2)
PAGE = "https://datos.example.org/dataset/presupuesto"
CSV = "http://publications.europa.eu/resource/authority/file-type/CSV"
FORMAT_CHECKS = (
    "mqa_format_media_type_vocabulary_alignment",
    "mqa_format_media_type_non_proprietary",
    "mqa_format_media_type_machine_interpretable",
)
PASS, FAIL, UNKNOWN = "pass", "fail", "unknown"


def said(check_id: str, case: ResourceCase) -> str:
    return by_id(check_id).rule(case).verdict.value


def asked(
    answer: ProbeFacts | None, *, access: str | None = None, download: str | None = ADDRESS, prior: Prior | None = None
) -> ResourceCase:
    item = distribution(download_url=download, access_url=access)
    return resource_case(distribution=item, probe=answer, prior=prior or Prior())


@pytest.mark.parametrize(
    ("case", "access", "download"),
    [
        (asked(probe(200)), PASS, PASS),
        (asked(probe(204)), PASS, PASS),
        (asked(probe(200), access=ADDRESS), PASS, PASS),
        (asked(probe(200), access=PAGE), UNKNOWN, PASS),
        (asked(probe(404, second_look=True), access=PAGE), UNKNOWN, FAIL),
        (asked(probe(200), access=PAGE, download=None), PASS, FAIL),
        (asked(probe(404)), UNKNOWN, UNKNOWN),
        (asked(probe(404), prior=Prior(failing_since=EARLIER)), FAIL, FAIL),
        (asked(probe(503)), UNKNOWN, UNKNOWN),
        (asked(probe(503), prior=Prior(unreached_since=EARLIER)), FAIL, FAIL),
        (asked(probe(429), prior=Prior(unreached_since=EARLIER)), UNKNOWN, UNKNOWN),
        (asked(probe(401)), UNKNOWN, UNKNOWN),
        (asked(probe(None, failure="robots")), UNKNOWN, UNKNOWN),
        (asked(probe(None, failure="postponed")), UNKNOWN, UNKNOWN),
        (asked(probe(None, failure="url")), FAIL, FAIL),
        (asked(None), UNKNOWN, UNKNOWN),
        (asked(None, download=None), FAIL, FAIL),
        (asked(None, download="", access=""), FAIL, FAIL),
    ],
)
def test_addresses(case: ResourceCase, access: str, download: str) -> None:
    checks = ("mqa_access_url_status_code", "mqa_download_url_status_code")
    assert [said(check, case) for check in checks] == [access, download]


@pytest.mark.parametrize(
    ("declared", "media_type", "verdicts"),
    [
        ("CSV", "text/csv", (PASS, PASS, PASS)),
        (CSV, "https://www.iana.org/assignments/media-types/text/csv", (PASS, PASS, PASS)),
        (CSV, None, (FAIL, PASS, PASS)),
        ("Archivo CSV", "text/csv", (FAIL, PASS, PASS)),
        ("CSV", "text/xls", (FAIL, PASS, PASS)),
        ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (PASS, FAIL, PASS)),
        ("PDF", "application/pdf", (PASS, FAIL, FAIL)),
        ("PNG", "image/png", (PASS, PASS, FAIL)),
        ("DOCX", "text/csv", (PASS, PASS, PASS)),  # one of the two is enough for the lists
        ("Parquet", "application/vnd.apache.parquet", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("Parquet", "text/csv", (UNKNOWN, PASS, PASS)),
        ("Parquet", None, (FAIL, UNKNOWN, UNKNOWN)),
        ("varios", "application/octet-stream", (FAIL, FAIL, FAIL)),
        ("  ", "", (FAIL, FAIL, FAIL)),
        (None, None, (FAIL, FAIL, FAIL)),
    ],
)
def test_formats(declared: str | None, media_type: str | None, verdicts: tuple[str, str, str]) -> None:
    case = resource_case(distribution=distribution(format=declared, media_type=media_type))
    assert tuple(said(check, case) for check in FORMAT_CHECKS) == verdicts


@pytest.mark.parametrize(
    ("own", "of_all", "stated", "known"),
    [
        ("cc-by", None, PASS, PASS),
        (None, "cc-by", PASS, PASS),
        ("Términos propios", "cc-by", PASS, FAIL),  # what a resource says of itself counts
        (" ", "cc-by", PASS, PASS),
        ("notspecified", "cc-by", FAIL, FAIL),
        (None, None, FAIL, FAIL),
        (None, "etalab-2.0", PASS, UNKNOWN),
        (None, "http://publications.europa.eu/resource/authority/licence/LATER", PASS, UNKNOWN),
        (None, "other-open", PASS, FAIL),
    ],
)
def test_licences(own: str | None, of_all: str | None, stated: str, known: str) -> None:
    case = resource_case(distribution=distribution(licence=own), dataset=dataset(licence=of_all))
    assert (said("mqa_license_availability", case), said("mqa_known_license", case)) == (stated, known)


def test_a_licence_by_title_or_address_of_the_dataset_counts() -> None:
    for field in ("licence_title", "licence_url"):
        record: Dataset = dataset(licence=None, **{field: "https://creativecommons.org/licenses/by/4.0/"})
        assert said("mqa_known_license", resource_case(dataset=record)) == PASS


def test_an_empty_file_states_a_size_too() -> None:
    assert said("mqa_byte_size_availability", resource_case(distribution=distribution(byte_size=0))) == PASS


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"profile_violations": ()}, PASS),
        ({"profile_violations": (), "description": {}}, PASS),  # the graph was judged, not the record
        ({"profile_violations": ("a dct:title minCount", "a dct:description minCount")}, FAIL),
        ({"title": {"es": " "}}, FAIL),
        ({"distributions": ()}, PASS),
        ({"distributions": (Distribution(derived=True),)}, PASS),
        ({"distributions": (Distribution(),)}, FAIL),
    ],
)
def test_conformance(changes: dict[str, object], verdict: str) -> None:
    assert by_id("mqa_dcat_ap_compliance").rule(dataset_case(**changes)).verdict.value == verdict


def test_a_period_without_ends_names_none() -> None:
    case = dataset_case(temporal=(Period(),))
    assert by_id("mqa_temporal_availability").rule(case).verdict.value == FAIL
