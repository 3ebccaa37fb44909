"""The points of a dataset by its best distribution, worked by hand."""

from atalaya.indices.language.reading import read_shipped_index
from atalaya.measures.best_distribution import DatasetPoints, dataset_points

MQA = read_shipped_index("mqa/1")


def outcome(check: str, verdict: str, resource: str | None = None, record: str = "r") -> dict[str, object]:
    return {
        "check_id": f"mqa_{check}",
        "check_version": 1,
        "subject_id": resource or record,
        "record_id": record,
        "resource_id": resource,
        "verdict": verdict,
        "reason": "",
    }


def every(record: str, resources: dict[str, dict[str, str]], **verdicts: str) -> list[dict[str, object]]:
    """Outcomes of all indicators: fail unless a verdict is given."""
    of_resources = {"accessibility", "interoperability", "contextuality"}
    rows = []
    for dimension in MQA.root.children:
        for leaf in dimension.children:
            resource_level = dimension.id in of_resources and leaf.id != "dcat_ap_compliance"
            if resource_level or "licens" in leaf.id:
                rows += [outcome(leaf.id, said.get(leaf.id, "fail"), name, record) for name, said in resources.items()]
            else:
                rows.append(outcome(leaf.id, verdicts.get(leaf.id, "fail"), None, record))
    return rows


def test_the_best_distribution_stands_for_all() -> None:
    """Keywords 30; the first file brings its format 20, the second its licence 20 and its size 5: 30 + 25."""
    resources = {
        "a": {"format_availability": "pass"},
        "b": {"license_availability": "pass", "byte_size_availability": "pass"},
    }
    rows = every("r", resources, keyword_availability="pass")
    assert dataset_points(MQA, rows) == [DatasetPoints("r", 55.0, 55.0, "b")]
    assert dataset_points(MQA, rows)[0].value == 55.0


def test_the_range_is_from_the_best_that_is_sure_to_the_best_that_is_possible() -> None:
    """The first file is sure of 20; the second of nothing, and may come to 50."""
    resources = {"a": {"format_availability": "pass"}, "b": {"access_url_status_code": "unknown"}}
    [points] = dataset_points(MQA, every("r", resources))
    assert (points.low, points.high, points.best, points.value) == (20.0, 50.0, "a", None)


def test_a_dataset_without_resources_has_the_points_of_its_record() -> None:
    assert dataset_points(MQA, every("r", {}, keyword_availability="pass")) == [DatasetPoints("r", 30.0, 30.0, None)]


def test_links_that_a_reader_made_leave_their_points_open() -> None:
    derived = {leaf.id: "not_applicable" for leaf in MQA.leaves}
    [points] = dataset_points(MQA, every("r", {"a": derived}))
    whole = sum(leaf.weight for leaf in MQA.leaves if "availability" not in leaf.id)
    assert points.low == 0
    assert points.high > whole / 2


def test_datasets_are_told_apart_and_other_checks_left_out() -> None:
    rows = [
        *every("r", {}),
        *every("q", {}, keyword_availability="pass"),
        {**outcome("x", "pass"), "check_id": "licence_open"},
    ]
    assert [(p.record_id, p.low) for p in dataset_points(MQA, rows)] == [("q", 30.0), ("r", 0.0)]
