"""Defects: every one is planted, changes what it says it changes, and gives every check enough passes and fails."""

from collections import Counter
from types import ModuleType

import pytest

from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.datasets import DATASET_DEFECTS
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.handing import deliver
from atalaya.samples.kinds import BYTE_CHECKS, KINDS, RESOURCE_CHECKS
from atalaya.samples.labels import country_labels, resource_verdicts
from atalaya.samples.plan import HostPlan, ResourcePlan
from atalaya.samples.planning import make_plan
from atalaya.samples.tables import Rows

TABLE = Rows(("codigo", "nombre", "total"), (("0101", "Guatemala", 3), ("0102", "San José", 5), ("0103", "Ñ", 8)))


def sound(kind: str) -> Delivery:
    known = KINDS[kind]
    return Delivery(
        table=TABLE,
        body=known.write(TABLE),
        format=known.format,
        media_type=known.media_type,
        served_type=known.media_type,
    )


def resource(kind: str, *defects: str | None, host: HostPlan | None = None) -> ResourcePlan:
    first, second = defects
    return ResourcePlan(
        key="k", title="t", kind=kind, stem="s", host=host or HostPlan(name="h.example"), defects=(first, second)
    )


@pytest.mark.parametrize("code", sorted(RESOURCE_DEFECTS))
def test_a_defect_changes_the_answer_of_every_kind_it_befalls(code: str) -> None:
    defect = RESOURCE_DEFECTS[code]
    for kind in sorted(defect.kinds):
        assert defect.plant(sound(kind)) != sound(kind)


@pytest.mark.parametrize("code", sorted(RESOURCE_DEFECTS))
def test_verdicts_name_checks_of_resources(code: str) -> None:
    defect = RESOURCE_DEFECTS[code]
    assert set(defect.first) <= set(RESOURCE_CHECKS)
    assert set(defect.lasting or {}) <= set(RESOURCE_CHECKS)
    if not defect.bytes_seen:
        assert all(defect.first[check] is Verdict.UNKNOWN for check in BYTE_CHECKS)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_defect_is_planted(seed: int) -> None:
    plan = make_plan(seed)
    datasets = [dataset for source in plan.sources for dataset in source.datasets]
    assert {dataset.defect for dataset in datasets} - {None} == set(DATASET_DEFECTS)
    codes = {code for dataset in datasets for item in dataset.resources for code in item.defects}
    assert codes - {None} == set(RESOURCE_DEFECTS)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_every_check_has_enough_passes_and_fails(seed: int, accuracy: ModuleType) -> None:
    counts = Counter((label.check_id, label.verdict) for label in country_labels(make_plan(seed)))
    for check in {check for check, _ in counts}:
        assert counts[check, Verdict.PASS] >= accuracy.LEAST_PLANTED, check
        if check not in accuracy.EXCEPTIONS:
            assert counts[check, Verdict.FAIL] >= accuracy.LEAST_PLANTED, check


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("link_404", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_410", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_401", Verdict.UNKNOWN, Verdict.UNKNOWN),
        ("link_403", Verdict.UNKNOWN, Verdict.UNKNOWN),
        ("link_429", Verdict.UNKNOWN, Verdict.UNKNOWN),
        ("link_429_later", Verdict.UNKNOWN, Verdict.UNKNOWN),
        ("link_500", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_barred", Verdict.UNKNOWN, Verdict.UNKNOWN),
        ("link_silent", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_stalled", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_refused", Verdict.UNKNOWN, Verdict.FAIL),
        ("link_nameless", Verdict.UNKNOWN, Verdict.FAIL),
        ("error_page", Verdict.PASS, Verdict.PASS),
    ],
)
def test_reachability_of_a_defect_that_lasts(code: str, first: Verdict, second: Verdict) -> None:
    plan = resource("csv", code, code)
    assert resource_verdicts(plan, 1)["reachable"] is first
    assert resource_verdicts(plan, 2)["reachable"] is second


def test_a_link_that_breaks_on_the_second_day_is_unknown_there() -> None:
    plan = resource("csv", None, "link_404")
    assert resource_verdicts(plan, 1)["reachable"] is Verdict.PASS
    assert resource_verdicts(plan, 2)["reachable"] is Verdict.UNKNOWN


def test_a_bad_certificate_fails_at_once() -> None:
    plan = resource("csv", None, None, host=HostPlan(name="h.example", certificate="expired"))
    assert resource_verdicts(plan, 1)["tls_valid"] is Verdict.FAIL


def test_a_plain_address_has_no_certificate_to_judge() -> None:
    plan = resource("csv", None, None, host=HostPlan(name="h.example", plain=True))
    assert resource_verdicts(plan, 1)["tls_valid"] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_files_are_what_their_defect_says(seed: int) -> None:
    for source in make_plan(seed).sources:
        for dataset in source.datasets:
            for item in dataset.resources:
                body = deliver(dataset, item, 1).body
                match item.defects[0]:
                    case "encoding_cp1252":
                        with pytest.raises(UnicodeDecodeError):
                            body.decode()
                        assert "región" in body.decode("cp1252")
                    case "file_empty":
                        assert body == b""
                    case "header_only":
                        assert body.decode().count("\n") == 1
                    case "workbook_as_csv":
                        assert body.startswith(b"PK")
                    case "header_missing":
                        assert body[:2].isdigit()
                    case None if item.kind.startswith("csv"):
                        assert "nombre" in body.decode("utf-8-sig")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_readers_remember_lasts_over_both_days(seed: int) -> None:
    steady = {code for code, defect in RESOURCE_DEFECTS.items() if defect.steady}
    resources = [r for source in make_plan(seed).sources for dataset in source.datasets for r in dataset.resources]
    planted = [resource for resource in resources if steady & set(resource.defects)]
    assert planted
    assert all(resource.defects[0] == resource.defects[1] for resource in planted)
    assert len({resource.host.name for resource in planted}) == len(planted)


@pytest.mark.parametrize("seed", [65537, 424242, *range(20)])
def test_whoever_repeats_an_identifier_repeats_one_that_is_listed(seed: int) -> None:
    for source in make_plan(seed).sources:
        known = {dataset.key: dataset for dataset in source.datasets}
        for dataset in source.datasets:
            if dataset.twin is not None:
                repeated = known[dataset.twin]
                assert (repeated.twin, repeated.days, dataset.days) == (None, (1, 2), (1, 2))
