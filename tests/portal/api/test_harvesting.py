"""Atalaya's own harvesters read the federation back over real HTTP, and nothing is lost: from the CKAN API and from DCAT."""

import asyncio
import hashlib
import urllib.error
import urllib.request
from collections import Counter

import ckanapi
import pytest

from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest import ckan, dcat_rdf
from atalaya.harvest.protocol import COMPLETE, Harvest
from atalaya.portal.observatory.models import Dataset, Resource
from atalaya.store.archive import Blob


async def get(url: str, /) -> tuple[Answer, bytes | None]:
    """A getter over real HTTP."""

    def read() -> tuple[Answer, bytes | None]:
        try:
            with urllib.request.urlopen(url, timeout=20) as response:
                status, headers, body = response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            status, headers, body = error.code, error.headers, error.read()
        blob = Blob(hashlib.sha256(body).hexdigest(), len(body))
        said = {name.lower(): value for name, value in headers.items()}
        return Answer(requested_url=url, final_url=url, status=status, headers=said, blob=blob), body

    return await asyncio.to_thread(read)


def source(protocol: str, url: str) -> Source:
    return Source(id="zz:federation", title={"en": "Federation"}, protocol=protocol, url=url)


@pytest.fixture(scope="module")
def harvested(site: str) -> Harvest:
    return asyncio.run(ckan.harvest(source("ckan", site), get))


def test_the_ckan_harvester_reads_everything(harvested: Harvest) -> None:
    assert (harvested.state, harvested.problems) == (COMPLETE, ())
    assert len(harvested.datasets) == harvested.declared_total == Dataset.objects.count()
    assert harvested.resources == Resource.objects.count()


def test_every_field_that_the_federation_writes_is_read_or_known(harvested: Harvest) -> None:
    unread = {use.path for use in harvested.fields if use.reading == "unread"}
    assert unread <= {"metadata_created", "metadata_modified"}  # not asked where the source itself states a day


def test_what_the_ckan_harvester_reads_is_what_was_observed(harvested: Harvest) -> None:
    read = {each.native_id: each for each in harvested.datasets}
    for dataset in Dataset.objects.all():
        found = read[dataset.id]
        assert set(found.title.values()) == set(dataset.titles.values())
        assert set(found.description.values()) <= set(dataset.descriptions.values()) | {dataset.description}
        assert found.licence == dataset.licence
        assert found.keywords == tuple(dataset.keywords)
        assert found.themes == tuple(dataset.themes)
        assert found.landing_page == dataset.landing_page
        assert found.modified == (dataset.modified or f"{dataset.changed}T00:00:00.000000")
        assert found.publisher is not None
        assert found.publisher.name == dataset.publisher or dataset.publisher is None
        kept = Resource.objects.filter(dataset=dataset.id).order_by("place")
        assert [(d.url, d.title.get("", ""), d.format) for d in found.distributions] == [
            (each.url, each.title, each.declared_format or (each.true_format or "").upper() or None) for each in kept
        ]


def test_the_rdf_harvester_reads_everything(site: str) -> None:
    harvested = asyncio.run(dcat_rdf.harvest(source("dcat_rdf", f"{site}/catalogo.ttl"), get))
    assert (harvested.state, harvested.reason, harvested.problems) == (COMPLETE, None, ())
    assert len(harvested.datasets) == Dataset.objects.count()
    assert harvested.resources == Resource.objects.count()
    titles = Counter(title for each in harvested.datasets for title in each.title.values())
    assert titles == Counter(title for each in Dataset.objects.all() for title in each.titles.values())
    addresses = Counter(item.url for each in harvested.datasets for item in each.distributions)
    assert addresses == Counter(Resource.objects.values_list("url", flat=True))
    assert [each for each in harvested.datasets if each.profile_violations] == []


def test_the_client_of_ckan_lists_searches_and_shows(site: str) -> None:
    with ckanapi.RemoteCKAN(site, user_agent="tests") as remote:
        names = remote.action.package_list()
        assert len(names) == Dataset.objects.count()
        shown = remote.action.package_show(id=names[0])
        assert remote.action.package_search(q=f'name:"{names[0]}"')["results"] == [shown]
        assert remote.action.organization_show(id="uno")["title"] == "Ministerio Uno"
        with pytest.raises(ckanapi.NotFound):
            remote.action.package_show(id="none")
        with pytest.raises(ckanapi.ValidationError):
            remote.action.package_list(limit=-1)
