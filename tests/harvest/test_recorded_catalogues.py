"""Every recorded catalogue is routed, and its harvest gives the datasets and resources that the manifest counts."""

import hashlib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.fetch.urls import parse
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.registry import protocol
from atalaya.replay.folder import read_folder
from atalaya.replay.site import Site
from atalaya.store.archive import Blob

pytestmark = pytest.mark.real

ROUTING = Path(__file__).resolve().parents[2] / "benchmarks" / "routing"
IDS = [
    entry["id"] for file in sorted(ROUTING.glob("*.yml")) for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
]


class SiteGetter:
    """A getter over a replay folder, without sockets."""

    def __init__(self, folder: Path) -> None:
        self._site = Site(read_folder(folder))

    async def __call__(self, url: str, /) -> tuple[Answer, bytes | None]:
        reply = self._site.reply(parse(url), {})
        headers = {name.lower(): text for name, text in reply.headers.items()}
        blob = Blob(hashlib.sha256(reply.body).hexdigest(), len(reply.body)) if reply.body else None
        answer = Answer(requested_url=url, final_url=url, status=reply.status, headers=headers, blob=blob)
        return answer, reply.body or None


async def harvest(recorded: ModuleType, corpora: Path, folder: Path, source_id: str) -> Harvest:
    (routed,) = recorded.write_replay(folder, corpora, [source_id])
    source = Source(
        id=f"xx:{routed.id}", title={}, protocol=routed.protocol, url=routed.url, page_size=routed.page_size
    )
    return await protocol(routed.protocol).harvest(source, SiteGetter(folder))


def routed_source(recorded: ModuleType, source_id: str) -> object:
    return next(source for source in recorded.read_routing() if source.id == source_id)


@pytest.mark.parametrize("source_id", IDS)
async def test_counts_are_the_manifests(source_id: str, recorded: ModuleType, corpora: Path, tmp_path: Path) -> None:
    routed = routed_source(recorded, source_id)
    harvested = await harvest(recorded, corpora, tmp_path, source_id)
    counts = recorded.expected_counts(routed, recorded.read_manifest(corpora))
    assert (harvested.state, harvested.reason) == (routed.state, routed.reason), harvested.detail
    if counts.datasets is not None:
        assert len(harvested.datasets) == counts.datasets
    if counts.resources is not None:
        assert harvested.resources == counts.resources
    if counts.derived is not None:
        assert sum(item.derived for dataset in harvested.datasets for item in dataset.distributions) == counts.derived
    if routed.state == "failed":
        assert harvested.datasets == ()
        assert harvested.detail


def test_every_catalogue_file_is_routed_once(recorded: ModuleType, corpora: Path) -> None:
    routed = [file for source in recorded.read_routing() for file in source.files]
    kinds = ("catalogue", "http-error")
    wanted = [
        path
        for path, row in recorded.read_manifest(corpora).items()
        if path.startswith("catalogues/") and row["kind"] in kinds
    ]
    assert sorted(routed) == sorted(wanted)


def test_counted_files_are_never_expected_to_fail(recorded: ModuleType, corpora: Path) -> None:
    manifest = recorded.read_manifest(corpora)
    for source in recorded.read_routing():
        if recorded.expected_counts(source, manifest).datasets:
            assert source.state in ("complete", "partial"), source.id


def test_all_sources_fit_in_one_replay(recorded: ModuleType, corpora: Path, tmp_path: Path) -> None:
    sources = recorded.write_replay(tmp_path, corpora)
    recorded.write_sources(tmp_path, sources)
    Site(read_folder(tmp_path))
    declared = {(source.url, source.page_size) for source in sources}
    assert len(declared) == len(sources)
    assert yaml.safe_load((tmp_path / "tokyo.yml").read_text(encoding="utf-8"))["protocol"] == "ckan"


@pytest.mark.parametrize(
    ("source_id", "field", "reading"),
    [
        ("ar-2018-07-04", "dataset[].superTheme", "mapped"),
        ("ar-2018-07-04", "dataset[].distribution[].field[].title", "ignored"),
        ("ar-series", "dataset[].distribution[].scrapingFileURL", "ignored"),
        ("ar-justicia-workbook-extra-columns", "dataset[].extra_column", "unread"),
        ("tokyo", "extras.更新頻度", "mapped"),
        ("br-search-first10", "extras.Frequência de atualização", "mapped"),
        ("br-search-first10", "extras.Granularidade geográfica", "unread"),
    ],
)
async def test_fields_beyond_the_core_are_read_ignored_or_reported(
    source_id: str, field: str, reading: str, recorded: ModuleType, corpora: Path, tmp_path: Path
) -> None:
    harvested = await harvest(recorded, corpora, tmp_path, source_id)
    uses = {use.path: use for use in harvested.fields}
    assert uses[field].reading == reading
    assert uses[field].count > 0


async def test_pages_of_one_source_leave_no_dataset_undescribed(
    recorded: ModuleType, corpora: Path, tmp_path: Path
) -> None:
    harvested = await harvest(recorded, corpora, tmp_path, "udata-paged")
    assert harvested.declared_total == 4
    assert [page.url[-6:] for page in harvested.pages] == ["page=1", "page=2"]
    assert harvested.problems == ()


async def test_a_workbook_says_what_the_json_of_its_node_says(
    recorded: ModuleType, corpora: Path, tmp_path: Path
) -> None:
    """Both describe one catalogue: the records are equal, and the columns that a node added change none."""
    read = []
    for source_id in ("ar-justicia", "ar-justicia-workbook", "ar-justicia-workbook-extra-columns"):
        (tmp_path / source_id).mkdir()
        read.append(await harvest(recorded, corpora, tmp_path / source_id, source_id))
    document, workbook, extended = read
    assert (len(workbook.datasets), workbook.resources) == (len(document.datasets), document.resources) == (16, 56)
    assert workbook.datasets == document.datasets
    assert extended.datasets == document.datasets
    assert workbook.problems == document.problems == extended.problems
