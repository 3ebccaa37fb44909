"""Groups of institutions."""

from dataclasses import replace

import pytest

from atalaya.countries.groups import group_of, groups_of, headline, members
from atalaya.countries.pack import CountryPack, Group, Institution

GROUPS = (
    Group(id="a", title={}, branches=("executive",), headline=True),
    Group(id="b", title={}, kinds=("court", "auditor")),
    Group(id="c", title={}, branches=("autonomous",)),
)


@pytest.mark.parametrize(
    ("kind", "branch", "group"),
    [
        ("ministry", "executive", "a"),
        ("auditor", "executive", "b"),
        ("auditor", None, "b"),
        ("bank", "autonomous", "c"),
        ("bank", None, None),
        ("bank", "judicial", None),
    ],
)
def test_kind_comes_before_branch(kind: str, branch: str | None, group: str | None) -> None:
    found = group_of(Institution(id="x:y", name="y", kind=kind, branch=branch), GROUPS)
    assert (found.id if found else None) == group


def test_groups_that_claim_the_same_are_all_told() -> None:
    twice = (*GROUPS, replace(GROUPS[0], id="d"))
    assert [g.id for g in groups_of(Institution(id="x:y", name="y", kind="k", branch="executive"), twice)] == ["a", "d"]


def test_members_and_headline(zz: CountryPack) -> None:
    assert headline(zz).id == "registaro"
    assert [body.id for body in members(headline(zz), zz)] == [
        "zz:mpf",
        "zz:ministerio-sano",
        "zz:arkivo",
        "zz:nova-arkivo",
    ]
