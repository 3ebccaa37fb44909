"""The sample country as a whole: the same bytes for a seed, other ones for another, and counts that hold."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from atalaya.countries.reader import read_pack
from atalaya.exceptions import StoreError
from atalaya.samples.families.registry import is_aside
from atalaya.samples.kinds import RESOURCE_CHECKS
from atalaya.samples.labels import CATALOGUE_CHECKS, DATASET_CHECKS
from atalaya.samples.plan import DAYS
from atalaya.samples.planning import make_plan
from atalaya.samples.records import listed_records, resource_url
from atalaya.samples.sample import write_sample

SEEDS = (1, 2, 3, 977)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "one"
    write_sample(folder, 1)
    return folder


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def labels_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_seed_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", 1)
    assert hashes(tmp_path / "again") == hashes(sample)


def test_another_seed_gives_another_country(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "other", 2)
    mine, other = (hashes(folder) for folder in (sample, tmp_path / "other"))
    assert not set(mine.values()) & {
        digest for name, digest in other.items() if name.startswith("files/") and len(name) > 60
    }
    assert mine["country/country.yml"] != other["country/country.yml"]


def test_the_roles_move_with_the_seed() -> None:
    worst = {next(plan.slug for plan in make_plan(seed).institutions if plan.role == "worst") for seed in range(12)}
    assert len(worst) > 3


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(StoreError, match="not empty"):
        write_sample(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("seed", SEEDS)
def test_size_and_share_of_sound_cases(seed: int) -> None:
    plan = make_plan(seed)
    datasets = [dataset for source in plan.sources for dataset in source.datasets]
    resources = [resource for dataset in datasets for resource in dataset.resources]
    assert len(plan.institutions) == 18
    assert 138 <= len(datasets) <= 152
    assert 420 <= len(resources) <= 520
    assert sum(dataset.defect is None for dataset in datasets) / len(datasets) >= 0.6
    sound = [r for r in resources if r.defects == (None, None) and r.host.certificate is None]
    assert len(sound) / len(resources) >= 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_roles(seed: int) -> None:
    plan = make_plan(seed)
    roles = Counter(institution.role for institution in plan.institutions)
    assert {roles[name] for name in ("exemplary", "worst", "silent", "down", "unreachable", "tls")} == {1}
    by_role = {institution.role: institution.slug for institution in plan.institutions}
    datasets = [dataset for source in plan.sources for dataset in source.datasets]
    assert not [dataset for dataset in datasets if dataset.institution == by_role["silent"]]
    exemplary = [dataset for dataset in datasets if dataset.institution == by_role["exemplary"]]
    assert exemplary
    assert all(dataset.defect is None for dataset in exemplary)
    assert all(r.defects == (None, None) for dataset in exemplary for r in dataset.resources)
    worst = [dataset for dataset in datasets if dataset.institution == by_role["worst"]]
    assert all(dataset.defect is not None for dataset in worst)
    assert sum(dataset.institution is None for dataset in datasets) == 8


@pytest.mark.parametrize("seed", SEEDS)
def test_titles_are_unique_and_marked_as_samples(seed: int) -> None:
    datasets = [dataset for source in make_plan(seed).sources for dataset in source.datasets]
    assert len({dataset.title for dataset in datasets}) == len(datasets)
    for dataset in datasets:
        assert "muestra" in dataset.title
        assert "muestra" in dataset.description.lower()
        assert "muestra" in dataset.publisher.lower() or "publisher_nobody" in dataset.marks


def test_the_pack_is_a_country_pack(sample: Path) -> None:
    pack = read_pack(sample / "country")
    assert pack.code == "xm"
    assert len(pack.institutions) == 18
    assert len(pack.divisions) == 362
    protocols = Counter(source.protocol for source in pack.sources)
    assert protocols["ckan"] >= 2
    assert protocols["datajson"] >= 2
    assert protocols["dcat_rdf"] == 5
    assert [source.state for source in pack.sources].count("unreachable") == 1
    assert sum(group.headline for group in pack.groups) == 1


def test_labels_are_complete_and_given_once(sample: Path) -> None:
    found = Counter((row["day"], row["check_id"], row["subject_id"]) for row in labels_of(sample))
    assert max(found.values()) == 1
    for day in DAYS:
        for source in make_plan(1).sources:
            asked = source.state == "active"
            assert all(((day, check, source.id) in found) is asked for check in CATALOGUE_CHECKS)
            for plan, dataset in zip(source.listed(day), listed_records(source, day), strict=True):
                if is_aside(plan.marks):
                    assert not [key for key in found if key[0] == day and key[2] == dataset.record_id]
                    continue
                assert all((day, check, dataset.record_id) in found for check in DATASET_CHECKS)
                for item in dataset.distributions:
                    assert all((day, check, item.resource_id) in found for check in RESOURCE_CHECKS)


def test_counts_of_the_summary(sample: Path) -> None:
    summary = yaml.safe_load((sample / "sample.yml").read_text(encoding="utf-8"))
    assert summary["as_of"] == ["2026-01-05T12:00:00Z", "2026-01-07T12:00:00Z"]
    assert summary["counts"]["labels"] == len(labels_of(sample))
    listed = [len([1 for s in make_plan(1).sources for _ in s.listed(day)]) for day in DAYS]
    assert [day["datasets"] for day in summary["counts"]["listed"]] == listed
    assert listed[0] != summary["counts"]["datasets"]


def test_attributions_name_institutions_of_the_pack(sample: Path) -> None:
    known = {institution.id for institution in read_pack(sample / "country").institutions}
    rows = [json.loads(line) for line in (sample / "attributions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["institution_id"] for row in rows} - {None} <= known
    assert sum(row["institution_id"] is None for row in rows) == 8
    assert len({row["record_id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("day", DAYS)
def test_the_replay_names_files_that_exist(sample: Path, day: int) -> None:
    folder = sample / f"day-{day}"
    replay = yaml.safe_load((folder / "replay.yml").read_text(encoding="utf-8"))
    root = folder / replay["root"]
    addresses = [route["url"] for route in replay["routes"]]
    assert len(set(addresses)) == len(addresses)
    assert all((root / route["file"]).is_file() for route in replay["routes"] if "file" in route)
    catalogues = [service for service in replay["services"] if service["kind"] == "ckan"]
    assert all((root / service["packages"]).is_file() for service in catalogues)
    assert all((root / service["folder"]).is_dir() for service in replay["services"] if service not in catalogues)
    assert {entry["certificate"] for entry in replay["tls"]} == {"expired", "self_signed", "wrong_host"}
    assert {route.get("validators", "none") for route in replay["routes"]} == {"etag", "last_modified", "none"}


def test_the_days_differ(sample: Path) -> None:
    first, second = ({dataset.key for source in make_plan(1).sources for dataset in source.listed(day)} for day in DAYS)
    assert len(second - first) == 4
    assert len(first - second) == 3
    changed = [
        resource
        for source in make_plan(1).sources
        for dataset in source.datasets
        for resource in dataset.resources
        if resource.revisions == (1, 2)
    ]
    assert len(changed) > 20


@pytest.mark.parametrize("day", DAYS)
def test_the_replay_answers_as_planted(sample: Path, day: int) -> None:
    routes = {
        route["url"]: route
        for route in yaml.safe_load((sample / f"day-{day}" / "replay.yml").read_text(encoding="utf-8"))["routes"]
    }
    asked: Counter[str | None] = Counter()
    for source in make_plan(1).sources:
        for dataset in source.listed(day):
            for resource in dataset.resources:
                route = routes.get(resource_url(source, dataset, resource), {})
                code = resource.defect(day)
                asked[code] += 1
                match code:
                    case "link_429":
                        assert (route["status"], "Retry-After" in route["headers"]) == (429, False)
                    case "link_429_later":
                        assert (route["status"], route["headers"]["Retry-After"]) == (429, "1")
                    case "link_barred":
                        assert "Disallow: /" in routes[f"{resource.host.origin}/robots.txt"]["text"]
                    case "link_silent":
                        assert route["delay"] > 60
                    case "link_stalled" | "link_reset" | "link_cut":
                        assert route["fault"] in ("stall", "reset", "truncate")
                        assert "validators" not in route, "an answer of 304 would hide the fault"
    if day == 1:
        assert asked["link_barred"]
        assert asked["link_silent"] + asked["link_stalled"] + asked["link_429"] + asked["link_429_later"]
