"""Repositories by OAI-PMH: formats, types, deleted records, errors and lists.

The answers in `recorded/oai_pmh` are written from the specifications, with invented data: OAI-PMH 2.0
(https://www.openarchives.org/OAI/openarchivesprotocol.html), the DataCite schema 4.4 (https://schema.datacite.org/meta/kernel-4/),
OpenAIRE's guidelines 4 (https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/) and DCAT.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, Dataset, Distribution, Period
from atalaya.fetch.answers import Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.oai_pmh import harvest
from atalaya.harvest.oai_pmh_answers import Format
from atalaya.harvest.oai_pmh_records import ranked
from atalaya.harvest.oai_pmh_requests import read_request
from atalaya.harvest.oai_pmh_types import other_type, unknown_types
from atalaya.harvest.protocol import Harvest

BASE = "https://repositorio.datos.example/oai"
RECORDED = Path(__file__).parent / "recorded" / "oai_pmh"
LIST = f"{BASE}?verb=ListRecords&metadataPrefix=oai_dc"
FORMATS = f"{BASE}?verb=ListMetadataFormats"
NAMESPACES = {
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "oai_datacite": "http://datacite.org/schema/kernel-4",
    "dcat": "http://www.w3.org/ns/dcat#",
    "oai_openaire": "http://namespace.openaire.eu/schema/oaire/",
    "marc21": "http://www.loc.gov/MARC21/slim",
}


def envelope(inside: str) -> str:
    return f'<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inside}</OAI-PMH>'


def error(code: str, text: str = "") -> str:
    return envelope(f'<error code="{code}">{text}</error>')


def formats(*prefixes: str) -> str:
    listed = "".join(
        f"<metadataFormat><metadataPrefix>{name}</metadataPrefix><schema>x</schema>"
        f"<metadataNamespace>{NAMESPACES[name]}</metadataNamespace></metadataFormat>"
        for name in prefixes
    )
    return envelope(f"<ListMetadataFormats>{listed}</ListMetadataFormats>")


def record(number: int, inside: str = "<dc:title>T</dc:title>", header: str = "", status: str = "") -> str:
    metadata = (
        '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</oai_dc:dc></metadata>'
    )
    marked = f' status="{status}"' if status else ""
    named = f"<identifier>oai:x:{number}</identifier><datestamp>2026-01-05</datestamp>{header}"
    return f"<record><header{marked}>{named}</header>{metadata if inside else ''}</record>"


def records(*listed: str, token: str | None = None, size: int | None = None) -> str:
    stated = f' completeListSize="{size}"' if size is not None else ""
    end = "" if token is None else f"<resumptionToken{stated}>{token}</resumptionToken>"
    return envelope(f"<ListRecords>{''.join(listed)}{end}</ListRecords>")


async def read(web: Any, source: Any, pages: Mapping[str, Any], url: str = LIST) -> Harvest:
    return await harvest(source(url, "oai_pmh"), web(pages))


async def one(web: Any, source: Any, inside: str) -> Dataset:
    harvested = await read(web, source, {LIST: records(record(1, inside))})
    assert harvested.state == "complete", harvested.detail
    return harvested.datasets[0]


@pytest.mark.parametrize(
    ("inside", "name", "value"),
    [
        ('<dc:title xml:lang="es">Uno</dc:title><dc:title xml:lang="en">One</dc:title>', "title", {"es": "Uno", "en": "One"}),
        ("<dc:subject>a</dc:subject><dc:subject>b</dc:subject>", "keywords", ("a", "b")),
        ("<dc:publisher> Ministerio </dc:publisher>", "publisher", Agent(name="Ministerio")),
        ("<dc:creator>Pérez, Ana</dc:creator>", "creator", None),
        (
            "<dc:creator>Pérez, Ana</dc:creator><dc:creator>Instituto Nacional de Estadística</dc:creator>",
            "creator",
            Agent(name="Instituto Nacional de Estadística"),
        ),
        ("<dc:date>2020</dc:date>", "issued", "2020"),
        ("<dc:date>info:eu-repo/date/embargoEnd/2030-01-01</dc:date><dc:date>2020-05</dc:date>", "issued", "2020-05"),
        ("<dc:title>T</dc:title>", "modified", "2026-01-05"),
        ("<dc:coverage>Guatemala</dc:coverage><dc:coverage>2010-2012</dc:coverage>", "spatial", ("Guatemala",)),
        ("<dc:coverage>start=2010; end=2012</dc:coverage>", "temporal", (Period(start="2010", end="2012"),)),
        ("<dc:rights>info:eu-repo/semantics/openAccess</dc:rights>", "access_rights", "info:eu-repo/semantics/openAccess"),
        ("<dc:rights>info:eu-repo/semantics/openAccess</dc:rights>", "licence", None),
        ("<dc:rights>CC BY 4.0</dc:rights><dc:rights>https://x.example/by</dc:rights>", "licence", "https://x.example/by"),
        ("<dc:rights>Licencia abierta</dc:rights>", "licence", "Licencia abierta"),
        ("<dc:rights>Copyright del Ministerio</dc:rights>", "rights", "Copyright del Ministerio"),
        ("<dc:identifier>123</dc:identifier><dc:identifier>https://x.example/r/1</dc:identifier>", "landing_page", "https://x.example/r/1"),
        ("<dc:language>spa</dc:language>", "languages", ("spa",)),
        (
            "<dc:identifier>https://x.example/a.csv</dc:identifier><dc:format>text/csv</dc:format>",
            "distributions",
            (Distribution(download_url="https://x.example/a.csv", format="text/csv", derived=True),),
        ),
        (
            "<dc:relation>https://x.example/a.xlsx</dc:relation><dc:relation>https://x.example/paper</dc:relation>",
            "distributions",
            (Distribution(download_url="https://x.example/a.xlsx", derived=True),),
        ),
    ],
)  # fmt: skip
async def test_dublin_core(inside: str, name: str, value: object, web: Any, source: Any) -> None:
    dataset = await one(web, source, inside)
    assert getattr(dataset, name) == value
    assert dataset.native_id == "oai:x:1"


async def test_unread_elements_are_counted(web: Any, source: Any) -> None:
    header = "<setSpec>datos</setSpec>"
    page = records(
        record(1, "<dc:title>T</dc:title><dc:contributor>Ana</dc:contributor><dc:color>x</dc:color>", header)
    )
    uses = {use.path: use.reading for use in (await read(web, source, {LIST: page})).fields}
    assert uses["record.metadata.dc.title"] == "mapped"
    assert uses["record.metadata.dc.contributor"] == "ignored"
    assert uses["record.metadata.dc.color"] == "unread"
    assert uses["record.header.setSpec"] == "ignored"


@pytest.mark.parametrize(
    ("types", "left_out"),
    [
        ([], None),
        (["Dataset"], None),
        (["http://purl.org/dc/dcmitype/Dataset", "Text"], None),
        (["info:eu-repo/semantics/article", "text"], "info:eu-repo/semantics/article"),
        (["Conjunto de datos"], None),
        (["Base de datos"], None),
        (["http://purl.org/coar/resource_type/c_ddb1"], None),
        (["http://purl.org/coar/resource_type/NHD0-W6SY/"], None),
        (["http://purl.org/coar/resource_type/c_6501"], "http://purl.org/coar/resource_type/c_6501"),
        (["info:eu-repo/semantics/publishedVersion"], None),
        (["Trabajo de grado - Maestría"], "Trabajo de grado - Maestría"),
        (["Tesis"], "Tesis"),
        (["Software"], "Software"),
        (["StillImage"], "StillImage"),
        (["survey data"], None),
        (["Data paper"], "Data paper"),
        (["Map"], None),
        (["Encuesta"], None),
    ],
)
def test_which_types_are_datasets(types: list[str], left_out: str | None) -> None:
    assert other_type(types) == left_out


def test_types_that_nobody_knows_are_told() -> None:
    assert unknown_types(["Encuesta", "Collection"]) == ["Encuesta"]
    assert unknown_types(["Encuesta", "Dataset"]) == []


async def test_what_is_left_out_is_counted_and_taken_off_the_total(web: Any, source: Any) -> None:
    article = "<dc:title>A</dc:title><dc:type>article</dc:type>"
    pages = {
        LIST: records(record(1), record(2, "", status="deleted"), record(3, article), token="t 1/+", size=5),
        f"{BASE}?verb=ListRecords&resumptionToken=t 1/%2B": records(record(4, article), record(5), token=""),
    }
    harvested = await read(web, source, pages)
    assert (harvested.state, harvested.declared_total) == ("complete", 2)
    assert [dataset.native_id for dataset in harvested.datasets] == ["oai:x:1", "oai:x:5"]
    assert {use.count for use in harvested.fields if use.path == "record.header@status=deleted"} == {1}
    assert [item.place for item in harvested.problems] == ["record of the type article"] * 2


async def test_a_list_that_gives_less_than_it_says_is_partial(web: Any, source: Any) -> None:
    harvested = await read(web, source, {LIST: records(record(1), record(2, "", status="deleted"), token="", size=9)})
    assert (harvested.state, harvested.reason, harvested.declared_total) == ("partial", "incomplete", 8)


async def test_a_record_that_the_source_names_is_kept_whatever_its_type(web: Any, source: Any) -> None:
    url = f"{BASE}?verb=GetRecord&identifier=oai:x:1&metadataPrefix=oai_dc"
    page = envelope(f"<GetRecord>{record(1, '<dc:title>T</dc:title><dc:type>article</dc:type>')}</GetRecord>")
    harvested = await read(web, source, {url: page}, url)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1)


async def test_a_record_without_metadata_is_a_problem(web: Any, source: Any) -> None:
    harvested = await read(web, source, {LIST: records(record(1), record(2, ""))})
    assert len(harvested.datasets) == 1
    assert [item.place for item in harvested.problems] == ["record[1] oai:x:2"]


async def test_datacite(web: Any, source: Any) -> None:
    url = f"{BASE}?verb=ListRecords&metadataPrefix=oai_datacite"
    pages = {FORMATS: formats("oai_dc", "oai_datacite", "marc21"), url: (RECORDED / "datacite.xml").read_bytes()}
    harvested = await read(web, source, pages, BASE)
    assert (harvested.state, harvested.declared_total) == ("complete", 1)
    (dataset,) = harvested.datasets
    assert dataset.native_id == "oai:repositorio.datos.example:1"
    assert dataset.title == {"es": "Presupuesto 2026"}
    assert dataset.description == {"es": "Gasto por mes. Todo el año."}
    assert dataset.publisher == Agent(name="Repositorio Inventado")
    assert dataset.creator == Agent(name="Ministerio Inventado", uri="https://ror.org/000000000")
    assert (dataset.issued, dataset.modified, dataset.version) == ("2026-01-02", "2026-01-04", "1.1")
    assert dataset.temporal == (Period(start="2026-01-01", end="2026-12-31"),)
    assert dataset.spatial == ("País Inventado", "-92,13,-88,18")
    assert (dataset.licence, dataset.licence_title) == ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0")
    assert dataset.access_rights == "info:eu-repo/semantics/openAccess"
    assert (dataset.keywords, dataset.themes) == (("gasto", "01.1"), ("01.1",))
    assert dataset.landing_page == "https://doi.org/10.00000/presupuesto.2026"
    assert dataset.contact is not None
    assert dataset.contact.has_name
    assert not [use for use in harvested.fields if use.reading == "unread"]
    assert [item.place for item in harvested.problems] == ["record of the type Software"]
    assert "Inventada" not in repr(harvested)


async def test_openaire_names_files(web: Any, source: Any) -> None:
    url = f"{BASE}?verb=ListRecords&metadataPrefix=oai_openaire"
    pages = {FORMATS: formats("oai_dc", "oai_datacite", "oai_openaire"), url: (RECORDED / "openaire.xml").read_bytes()}
    harvested = await read(web, source, pages, BASE)
    (dataset,) = harvested.datasets
    assert dataset.title == {"es": "Encuesta 2026"}
    assert [(item.url, item.media_type) for item in dataset.distributions] == [
        ("https://repositorio.datos.example/bitstreams/1/download", "text/csv"),
        ("https://repositorio.datos.example/bitstreams/2/download", "application/pdf"),
    ]
    assert harvested.resources == 2
    assert dataset.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset.access_rights == "http://purl.org/coar/access_right/c_abf2"
    assert dataset.landing_page == "https://hdl.handle.net/12345/1"
    assert dataset.languages == ("spa",)
    assert not [use for use in harvested.fields if use.reading == "unread"]
    assert "Inventada" not in repr(harvested)


async def test_dcat_says_most(web: Any, source: Any) -> None:
    url = f"{BASE}?verb=ListRecords&metadataPrefix=dcat"
    pages = {FORMATS: formats("oai_dc", "oai_datacite", "dcat"), url: (RECORDED / "dcat.xml").read_bytes()}
    harvested = await read(web, source, pages, BASE)
    assert (harvested.state, harvested.resources) == ("complete", 1)
    (dataset,) = harvested.datasets
    assert (dataset.native_id, dataset.modified) == ("oai:repositorio.datos.example:1", "2026-01-05T00:00:00Z")
    assert dataset.distributions[0].format == "CSV"


def test_formats_are_ranked() -> None:
    offered = [
        Format(name, NAMESPACES[name], "") for name in ("marc21", "oai_dc", "dcat", "oai_datacite", "oai_openaire")
    ]
    assert ranked(offered) == ("dcat", "oai_openaire", "oai_datacite", "oai_dc")
    assert ranked([Format("xoai", "http://www.lyncode.com/xoai", "")]) == ("oai_dc",)
    kernels = [Format("oai_datacite", "http://datacite.org/schema/kernel-3", ""), Format("datacite4", "", "")]
    assert ranked(kernels) == ("datacite4", "oai_datacite", "oai_dc")


@pytest.mark.parametrize("code", ["cannotDisseminateFormat", "noRecordsMatch"])
async def test_another_format_is_tried(code: str, web: Any, source: Any) -> None:
    pages = {
        FORMATS: formats("oai_datacite", "oai_dc"),
        f"{BASE}?verb=ListRecords&metadataPrefix=oai_datacite": error(code),
        LIST: records(record(1)),
    }
    harvested = await read(web, source, pages, BASE)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1)
    assert len(harvested.pages) == 3


@pytest.mark.parametrize("answer", [error("badVerb"), "<html>x</html>", (500, b"x"), Failure.TIMEOUT])
async def test_a_repository_that_names_no_formats_is_asked_for_dublin_core(answer: Any, web: Any, source: Any) -> None:
    harvested = await read(web, source, {FORMATS: answer, LIST: records(record(1))}, BASE)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (error("noRecordsMatch"), "complete", None),
        ((422, error("noRecordsMatch").encode()), "complete", None),
        (error("badArgument", "until"), "failed", "error_object"),
        ((422, error("badArgument").encode()), "failed", "error_object"),
        (error("idDoesNotExist"), "failed", "error_object"),
        (error("noSetHierarchy"), "failed", "error_object"),
        ((503, b"<html>later</html>", {"retry-after": "60"}), "failed", "http"),
        ((500, records(record(1)).encode()), "failed", "http"),
        (envelope("<Identify/>"), "failed", "no_datasets"),
        (envelope(""), "failed", "no_datasets"),
        ("<rss/>", "failed", "no_datasets"),
        (records(record(1)).replace("</OAI-PMH>", "<"), "failed", "malformed"),
        (records(record(1, "<x:title>T</x:title>")), "failed", "malformed"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OAI-PMH>&b;</OAI-PMH>', "failed", "entities"),
        (envelope("<a>" * 600 + "</a>" * 600), "failed", "nesting"),
        (records(record(1).replace("oai_dc:dc", "marc").replace("dc:title", "leader")), "failed", "no_datasets"),
    ],
)
async def test_what_is_no_list_of_records(answer: Any, state: str, reason: str | None, web: Any, source: Any) -> None:
    harvested = await read(web, source, {LIST: answer})
    assert (harvested.state, harvested.reason) == (state, reason), harvested.detail
    assert harvested.datasets == ()


async def test_a_token_that_is_refused_makes_it_partial(web: Any, source: Any) -> None:
    pages = {
        LIST: records(record(1), token="a"),
        f"{BASE}?verb=ListRecords&resumptionToken=a": error("badResumptionToken"),
    }
    harvested = await read(web, source, pages)
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "page_failed", 1)


async def test_fresh_tokens_over_the_same_records_end(web: Any, source: Any) -> None:
    class Turning(web):  # type: ignore[misc]
        def reply(self, url: str) -> str:
            return records(record(1, "<dc:type>article</dc:type>"), token=f"t{len(self.asked)}")

    site = Turning()
    harvested = await harvest(source(LIST, "oai_pmh"), site)
    assert harvested.state == "failed"
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (BASE, LIST),
        (f"{BASE}?verb=Identify", LIST),
        (f"{LIST}&set=datos&from=2020-01-01", f"{LIST}&set=datos&from=2020-01-01"),
        (f"{BASE}?page=oai&verb=Identify", f"{BASE}?page=oai&verb=ListRecords&metadataPrefix=oai_dc"),
        (f"{BASE}?verb=ListRecords&resumptionToken=old", LIST),
    ],
)
def test_the_list_that_a_source_means(url: str, asked: str) -> None:
    assert read_request(url).records("oai_dc") == asked


@pytest.mark.parametrize("path", ["oai", "server/oai/request", "oai/request"])
async def test_repositories_are_found_at_their_usual_addresses(path: str, web: Any) -> None:
    root = "https://repositorio.datos.example/"
    found = await discover(root, web({f"{root}{path}?verb=Identify": envelope("<Identify/>")}))
    assert (found.protocol, found.url) == ("oai_pmh", root + path)
