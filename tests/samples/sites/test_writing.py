"""Sites as files and routes: what pages link to is there, documents are what they are planned to be, and dead ones are dead."""

import random
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from atalaya.fetch.urls import parse
from atalaya.inspection.inspector import inspect_bytes
from atalaya.replay.folder import read_folder
from atalaya.replay.site import Site
from atalaya.samples.casting import cast_country
from atalaya.samples.plan import CountryPlan
from atalaya.samples.replaying import ReplayWriter
from atalaya.samples.sites.composing import compose_sites
from atalaya.samples.sites.contents import body_of
from atalaya.samples.sites.law import duties
from atalaya.samples.sites.paper import scan, word_document
from atalaya.samples.sites.plan import SitePlan
from atalaya.samples.sites.writing import site_pages

_REFERENCE = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module", params=[1, 7])
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def sites(seed: int) -> tuple[SitePlan, ...]:
    return compose_sites(seed, cast_country(random.Random(seed))[0], duties())


@pytest.fixture(scope="module")
def served(seed: int, sites: tuple[SitePlan, ...], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sites of a country without catalogues."""
    folder: Path = tmp_path_factory.mktemp("sites") / str(seed)
    ReplayWriter(folder, CountryPlan(seed=seed, institutions=(), sources=()), 1).write(sites)
    return Site(read_folder(folder / "day-1"))


def references(site: SitePlan) -> set[str]:
    """Addresses on the site that its pages name, with what leads elsewhere or to where one already is left out."""
    found = {unescape(each) for page in site_pages(site) for each in _REFERENCE.findall(page.text)}
    return {site.url(each.lstrip("/")) for each in found if not each.startswith(("#", "http"))}


def test_every_address_that_a_page_names_is_served(sites: tuple[SitePlan, ...], served: Site) -> None:
    for site in sites:
        if site.outage is not None:
            continue
        answers = {url: served.reply(parse(url), {}).status for url in (site.home, *references(site))}
        assert [url for url, status in answers.items() if status != 200] == []


def test_everything_published_is_named_by_a_page(sites: tuple[SitePlan, ...]) -> None:
    for site in sites:
        if site.outage is None and site.style.layout != "scripted":
            named = references(site)
            published = [item for planted in site.planted for item in planted.items if item.path]
            assert [item.path for item in published if site.url(item.path) not in named] == []


def test_dead_sites_answer_nothing_good(sites: tuple[SitePlan, ...], served: Site) -> None:
    (dead,) = [site for site in sites if site.character == "dead"]
    if dead.outage == "500":
        assert served.reply(parse(dead.home), {}).status == 500
    else:
        assert parse(dead.home).origin not in served.origins


def test_an_absent_duty_is_named_nowhere_and_the_others_are(sites: tuple[SitePlan, ...]) -> None:
    for site in sites:
        if site.outage is not None or site.style.layout in ("scripted", "frames"):
            continue
        text = unescape(" ".join(page.text for page in site_pages(site)))
        assert [each.label for each in site.planted if each.manner != "absent" and each.label not in text] == []
        if site.style.citing != "bare" and site.character != "mislabelled":
            assert [
                each.label for each in site.planted if each.manner == "absent" and each.name and each.label in text
            ] == []


def test_pages_of_2009_are_in_the_encoding_of_its_day(sites: tuple[SitePlan, ...], served: Site) -> None:
    (old,) = [site for site in sites if site.character == "frames_2009"]
    body = served.reply(parse(old.url("inicio.htm")), {}).body
    assert old.institution.name in body.decode("cp1252")
    assert b"<frameset" in served.reply(parse(old.home), {}).body
    assert served.reply(parse(old.home), {}).headers["Content-Type"] == "text/html"


def test_the_scripted_site_says_nothing_without_its_script(sites: tuple[SitePlan, ...], served: Site) -> None:
    (scripted,) = [site for site in sites if site.character == "scripted"]
    labels = [planted.label for planted in scripted.planted if planted.manner != "absent"]
    page = served.reply(parse(scripted.home), {}).body.decode()
    assert not [label for label in labels if label in page]
    script = served.reply(parse(scripted.url("app.js")), {}).body.decode()
    assert all(label in script for label in labels)


def test_documents_are_of_the_form_that_was_planned(sites: tuple[SitePlan, ...]) -> None:
    seen: Counter[str] = Counter()
    for site in sites:
        for planted in site.planted:
            for item in planted.items:
                if item.form == "page" or seen[item.form] >= 3:
                    continue
                seen[item.form] += 1
                inspection = inspect_bytes(body_of(site, planted, item))
                assert inspection.format == {"scan": "pdf"}.get(item.form, item.form)
                assert not inspection.defects, (item.path, inspection.defects)
                if item.form in ("csv", "xlsx"):
                    assert inspection.tables
                if item.form in ("pdf", "scan"):
                    assert inspection.document is not None
                    assert inspection.document.scanned_pages == (1 if item.form == "scan" else 0)
    assert {"pdf", "docx", "xlsx", "scan"} <= set(seen)


def test_no_two_documents_of_a_country_are_the_same(sites: tuple[SitePlan, ...]) -> None:
    bodies = Counter(body_of(site, planted, item) for site in sites for planted in site.planted for item in planted.items
                     if item.form != "page")  # fmt: skip
    assert max(bodies.values()) == 1


def test_pictures_of_different_texts_differ_and_words_are_kept() -> None:
    assert scan("paper") == scan("paper") != scan("other")
    assert b"paper" not in scan("paper")
    assert b"A &amp; B" in word_document("Title", ("A & B",))
