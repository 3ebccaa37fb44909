"""Edges of `download_direct`: viewers, pages and what was promised."""

import pytest

from atalaya.checks.example_cases import distribution, inspection, resource_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource.download_direct import rule


@pytest.mark.parametrize(
    "url",
    [
        "https://drive.google.com/file/d/1abc/view?usp=sharing",
        "https://docs.google.com/spreadsheets/d/1abc/edit#gid=0",
        "https://www.dropbox.com/s/abc/a.csv?dl=0",
        "https://1drv.ms/x/s!abc",
        "https://ministerio.sharepoint.com/:x:/s/datos/abc",
        "https://app.powerbi.com/view?r=abc",
        "https://public.tableau.com/views/a/b",
        "https://pais.maps.arcgis.com/apps/dashboards/abc",
    ],
)
def test_viewers(url: str) -> None:
    case = resource_case(inspection=inspection("html"), distribution=distribution(download_url=url))
    assert rule(case).reason == "viewer"


@pytest.mark.parametrize(
    "url",
    ["https://docs.google.com/spreadsheets/d/1abc/export?format=csv", "https://datos.example.org/view/12"],
)
def test_other_pages(url: str) -> None:
    case = resource_case(inspection=inspection("html"), distribution=distribution(download_url=url))
    assert rule(case).reason == "page"


def test_a_viewer_that_hands_over_the_file_is_direct() -> None:
    url = "https://www.dropbox.com/s/abc/a.csv?dl=1"
    assert rule(resource_case(distribution=distribution(download_url=url))).verdict is Verdict.PASS


def test_an_access_address_with_a_format_promises_the_file() -> None:
    url = "https://datos.example.org/tramite"
    published = distribution(download_url=None, access_url=url)
    assert rule(resource_case(inspection=inspection("html"), distribution=published)).reason == "page"


def test_a_page_that_holds_its_data_as_the_record_says_is_the_file() -> None:
    """RDFa is a page with its data in the markup: declared as such it is what was promised, declared as CSV it is not."""
    page = inspection("rdfa", tables=())
    assert (
        rule(resource_case(inspection=page, distribution=distribution(format="RDFa", media_type=None))).reason == "ok"
    )
    assert rule(resource_case(inspection=page)).reason == "page"
