"""Families: their marks are planted where nothing touches the same aspects, and their expectations become labels."""

from collections import Counter
from dataclasses import replace

import pytest

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.checks.outcomes import Verdict
from atalaya.samples import family_labels, labels, planting, records
from atalaya.samples.families.family import DatasetMark, DatasetSubject, Family, ResourceMark, ResourceSubject, together
from atalaya.samples.families.registry import DATASET_MARKS, FAMILIES, RESOURCE_MARKS
from atalaya.samples.labels import country_labels
from atalaya.samples.plan import CountryPlan, DatasetPlan, ResourcePlan, SourcePlan
from atalaya.samples.planning import make_plan
from atalaya.samples.planting import touched
from atalaya.samples.records import listed_records, resource_url


def shouted(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    return replace(record, title={"es": record.title["es"].upper()}) if day == 1 else record


def nameless(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, title={})


def dataset_labels(subject: DatasetSubject) -> dict[str, Verdict]:
    loud = "shouted" in subject.plan.marks and subject.day == 1
    return {"title_quiet": Verdict.FAIL if loud else Verdict.PASS}


def resource_labels(subject: ResourceSubject) -> dict[str, Verdict]:
    return {"named": Verdict.FAIL if not subject.record.title else Verdict.PASS}


FAMILY = Family(
    dataset_marks=(
        DatasetMark(
            code="shouted", note="in capitals", aspects=frozenset({"shouting", "description"}), quota=7, write=shouted,
            verdicts={"described": Verdict.UNKNOWN}, later={},
        ),
    ),
    resource_marks=(
        ResourceMark(
            code="nameless", note="without a title", aspects=frozenset({"naming"}), quota=6, describe=nameless,
            address=lambda url: url + "?nombre=no", own_host="solo", verdicts={"reachable": Verdict.UNKNOWN},
        ),
    ),
    dataset=dataset_labels,
    resource=resource_labels,
)  # fmt: skip


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> CountryPlan:
    monkeypatch.setitem(DATASET_MARKS, "shouted", FAMILY.dataset_marks[0])  # type: ignore[arg-type]
    monkeypatch.setitem(RESOURCE_MARKS, "nameless", FAMILY.resource_marks[0])  # type: ignore[arg-type]
    monkeypatch.setattr(family_labels, "FAMILIES", (*FAMILIES, FAMILY))
    return make_plan(5)


def test_the_tables_of_marks_are_shared() -> None:
    assert planting.DATASET_MARKS is records.DATASET_MARKS is DATASET_MARKS
    assert planting.RESOURCE_MARKS is labels.RESOURCE_MARKS is RESOURCE_MARKS


def test_marks_are_planted_as_often_as_they_say(country: CountryPlan) -> None:
    datasets = [dataset for source in country.sources for dataset in source.datasets]
    marked = Counter(code for dataset in datasets for code in dataset.marks)
    resources = [resource for dataset in datasets for resource in dataset.resources if "nameless" in resource.marks]
    assert marked["shouted"] == 7
    assert len(resources) == 6
    assert len({resource.host.name for resource in resources}) == 6
    assert all(resource.defects == (None, None) for resource in resources)


def test_what_is_marked_is_written_and_labelled(country: CountryPlan) -> None:
    found = country_labels(country)
    loud = [label for label in found if label.check_id == "title_quiet" and label.verdict is Verdict.FAIL]
    assert Counter(label.day for label in loud) == {1: 7}
    assert all("shouted" in (label.defect or "") for label in loud)
    written = {
        item.record_id: item.dataset.title["es"]
        for source in country.sources
        if source.state == "active"
        for item in listed_records(source, 1)
    }
    assert all(written[label.subject_id].isupper() for label in loud)
    others = [label for label in found if label.check_id == "described" and label.verdict is Verdict.UNKNOWN]
    assert {(label.day, label.subject_id) for label in others} == {(label.day, label.subject_id) for label in loud}


def test_a_mark_changes_the_address_and_the_verdicts_outside_its_family(country: CountryPlan) -> None:
    found = {(label.day, label.check_id, label.subject_id): label.verdict for label in country_labels(country)}
    unnamed = {(key[0], key[2]) for key, verdict in found.items() if key[1] == "named" and verdict is Verdict.FAIL}
    assert Counter(day for day, _ in unnamed) == {1: 6, 2: 6}
    assert all(found[day, "reachable", subject] is Verdict.UNKNOWN for day, subject in unnamed)
    for source in country.sources:
        for dataset in source.datasets:
            for resource in dataset.resources:
                marked = "nameless" in resource.marks
                assert resource_url(source, dataset, resource).endswith("?nombre=no") == marked


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_mark_is_planted_and_no_two_touch_the_same_aspect(seed: int) -> None:
    plan = make_plan(seed)
    datasets = [dataset for source in plan.sources for dataset in source.datasets]
    assert {code for dataset in datasets for code in dataset.marks} == set(DATASET_MARKS)
    resources = [resource for dataset in datasets for resource in dataset.resources]
    assert {code for resource in resources for code in resource.marks} == set(RESOURCE_MARKS)
    for dataset in datasets:
        each = [DATASET_MARKS[code].aspects for code in dataset.marks]
        assert sum(map(len, each)) == len(frozenset[str]().union(*each))
        assert frozenset[str]().union(*each) <= touched(dataset)


def test_no_two_families_speak_of_one_check() -> None:
    plan = make_plan(1)
    counts = Counter((label.day, label.check_id, label.subject_id) for label in country_labels(plan))
    assert max(counts.values()) == 1
    assert together([{"a": Verdict.PASS}, {"b": Verdict.FAIL}]) == {"a": Verdict.PASS, "b": Verdict.FAIL}
