"""Catalogues: the readers of the engine find the planned records with the planned ids, and the RDF writers agree."""

import json
from dataclasses import replace
from typing import Any

import pyoxigraph
import pytest

from atalaya.catalogue.dcat_ap.table import profile_table
from atalaya.catalogue.dcat_ap.violations import violations
from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Dataset, Period, Reading, preferred
from atalaya.harvest.ckan_packages import IGNORED_FIELDS, read_packages
from atalaya.harvest.datajson import read_data_json
from atalaya.harvest.dcat_rdf import read_rdf
from atalaya.harvest.fields import Ledger
from atalaya.samples.casting import SLOTS
from atalaya.samples.catalogues import ckan, datajson, jsonld, rdfxml, turtle
from atalaya.samples.plan import DAYS, SourcePlan
from atalaya.samples.planning import make_plan
from atalaya.samples.records import listed_records

PLANS = [make_plan(seed) for seed in (1, 2)]
LINKED = {
    "jsonld": (jsonld.catalogue, pyoxigraph.RdfFormat.JSON_LD),
    "rdfxml": (rdfxml.catalogue, pyoxigraph.RdfFormat.RDF_XML),
    "turtle": (turtle.catalogue, pyoxigraph.RdfFormat.TURTLE),
}


def sources(*writers: str) -> list[tuple[SourcePlan, int]]:
    return [(source, day) for plan in PLANS for source in plan.sources if source.writer in writers for day in DAYS]


def records_of(source: SourcePlan, day: int) -> tuple[Dataset, ...]:
    return tuple(item.dataset for item in listed_records(source, day))


def ids(source: SourcePlan, datasets: tuple[Dataset, ...]) -> set[tuple[str, str]]:
    found = identify(source.id, datasets)
    return {(item.record_id, each.resource_id) for item in found for each in item.distributions} | {
        (item.record_id, "") for item in found
    }


@pytest.mark.parametrize(("source", "day"), sources("ckan"))
def test_ckan_packages_are_read_with_the_planned_ids(source: SourcePlan, day: int) -> None:
    records = records_of(source, day)
    packages = [json.loads(line) for line in ckan.package_lines(records).splitlines()]
    ledger = Ledger(IGNORED_FIELDS)
    read = tuple(read_packages(packages, ledger))
    assert ledger.problems == ()
    assert ids(source, read) == ids(source, records)
    assert_said_alike(records, read)


@pytest.mark.parametrize(("source", "day"), sources("datajson"))
def test_data_json_is_read_with_the_planned_ids(source: SourcePlan, day: int) -> None:
    records = records_of(source, day)
    [document] = datajson.catalogue(source.url, records, broken_record=False)
    reading = read_data_json(document.body)
    assert ids(source, reading.datasets) == ids(source, records)
    assert reading.problems == ()
    assert_said_alike(records, reading.datasets)


def test_a_broken_record_is_a_problem_and_loses_no_other() -> None:
    source = next(source for source, _ in sources("datajson") if source.defect == "record_broken")
    records = records_of(source, 1)
    [document] = datajson.catalogue(source.url, records, broken_record=True)
    reading = read_data_json(document.body)
    assert ids(source, reading.datasets) == ids(source, records)
    assert len(reading.problems) == 1


@pytest.mark.parametrize(("source", "day"), sources("rdfxml", "turtle", "jsonld"))
def test_the_rdf_writers_say_the_same(source: SourcePlan, day: int) -> None:
    records = records_of(source, day)
    graphs = []
    for write, syntax in LINKED.values():
        data = pyoxigraph.Dataset()
        for document in write(source.url, source.title, records):
            for quad in pyoxigraph.parse(document.body, syntax, rename_blank_nodes=True):
                data.add(quad)
        data.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append({str(quad) for quad in data if about_datasets(str(quad))})
    assert graphs[0] == graphs[1] == graphs[2]
    assert sum("dcat#Dataset>" in quad for quad in graphs[0]) == len(records)


def about_datasets(quad: str) -> bool:
    """Whether a statement is of a dataset, a distribution or one of their parts: heads of pages differ on purpose."""
    return "/catalog." not in quad


def test_json_ld_pages_lead_to_one_another() -> None:
    source, day = sources("jsonld")[0]
    pages = jsonld.catalogue(source.url, source.title, records_of(source, day))
    assert len(pages) > 1
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        collection = json.loads(page.body)["@graph"][0]
        assert collection["@id"] == page.url
        assert collection.get("hydra:nextPage") == (following.url if following else None)
        assert collection["hydra:totalItems"] == len(records_of(source, day))


@pytest.mark.parametrize("syntax", LINKED)
def test_a_sound_catalogue_breaks_no_rule_of_dcat_ap(syntax: str) -> None:
    write, form = LINKED[syntax]
    for source, day in sources("rdfxml", "turtle", "jsonld"):
        records = tuple(record for record in records_of(source, day) if record.description)
        for document in write(source.url, source.title, records):
            found: dict[Any, dict[str, list[Any]]] = {}
            for quad in pyoxigraph.parse(document.body, form):
                found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
            assert violations(profile_table(), found) == {}


@pytest.mark.parametrize("syntax", LINKED)
def test_a_year_called_a_day_is_what_breaks_a_rule_and_changes_nothing_else(syntax: str) -> None:
    source, day = sources("rdfxml")[0]
    records = tuple(record for record in records_of(source, day) if record.description)
    first = replace(records[0], temporal=(Period(start="2023", end="2023"),))
    write, _ = LINKED[syntax]
    read: list[Dataset] = []
    for document in write(source.url, source.title, (first, *records[1:])):
        reading = read_rdf(document.body, document.url)
        assert isinstance(reading, Reading)
        read.extend(reading.datasets)
    broken = {item.native_id: item.profile_violations for item in read if item.profile_violations != ()}
    assert broken == {
        first.native_id: ("dct:PeriodOfTime dcat:endDate sh:node", "dct:PeriodOfTime dcat:startDate sh:node")
    }
    assert [item.temporal for item in read if item.native_id == first.native_id] == [first.temporal]


def test_every_form_of_catalogue_is_used() -> None:
    assert {slot.writer for slot in SLOTS} == {"ckan", "datajson", "rdfxml", "turtle", "jsonld"}


def assert_said_alike(written: tuple[Dataset, ...], read: tuple[Dataset, ...]) -> None:
    """What labels rest on survives the way through the catalogue."""
    for mine, theirs in zip(written, read, strict=True):
        assert preferred(theirs.title) == preferred(mine.title)
        assert preferred(theirs.description) == preferred(mine.description)
        assert (theirs.contact is None) == (mine.contact is None)
        assert bool(theirs.licence or theirs.licence_title) == bool(mine.licence)
        assert theirs.frequency == mine.frequency
        assert bool(theirs.keywords) == bool(mine.keywords)
        assert (theirs.modified or "")[:16] == (mine.modified or "")[:16]
        assert [item.format for item in theirs.distributions] == [item.format for item in mine.distributions]
        assert [item.url for item in theirs.distributions] == [item.url for item in mine.distributions]
