"""A version as cells of a form, and back: the same version, and faults at the place where they are."""

from dataclasses import replace
from importlib import resources

import pytest
import yaml

from atalaya.commitments.documents import plan_of
from atalaya.commitments.exchange.drafts import Draft, MilestoneDraft, draft_of, renamed, version_from
from atalaya.commitments.plan import ABSENT, Kind, Listing, Measured, Promise, StandIn, Version
from atalaya.countries.reader import find_pack, read_pack


def versions() -> list[Version]:
    text = (resources.files("atalaya") / "data" / "samples" / "plan.yml").read_text(encoding="utf-8")
    plans = [plan_of(yaml.safe_load(text)), *read_pack(find_pack("gt")).plans]
    return [version for plan in plans for commitment in plan.commitments for version in commitment.versions]


def test_every_version_that_is_known_comes_back_as_it_was() -> None:
    found = versions()
    assert len(found) > 50
    assert [version_from(draft_of(each), each.id).version for each in found] == found


def test_promises_silences_and_measures_come_back() -> None:
    first = versions()[0]
    milestone = replace(
        first.milestones[0],
        expected=StandIn("uno"),
        promises=(Promise(kind=Kind.QUANTITY, text="12 foros", quantity=12.0, unit="foros"),),
        measured=(Measured(kind="duty", id="d-1", institution="zz:uno", target=3.0),),
        weight=2.5,
    )
    version = replace(
        first, milestones=(milestone,), budget=ABSENT, lead=Listing(("=A", "B"), whole=False), substance=False
    )
    assert version_from(draft_of(version), version.id).version == version


def test_a_fault_names_its_milestone_and_cell() -> None:
    draft = draft_of(versions()[1])
    empty = MilestoneDraft(dict.fromkeys(draft.milestones[0].cells, ""))
    bad = MilestoneDraft({**draft.milestones[1].cells, "end": "nunca"})
    faults = version_from(Draft({**draft.cells, "start": "ayer"}, (empty, draft.milestones[0], bad)), "x").faults
    assert {(each.milestone, each.column) for each in faults} == {(None, "start"), (2, "end")}


def test_an_empty_milestone_is_none() -> None:
    draft = draft_of(versions()[1])
    empty = MilestoneDraft(dict.fromkeys(draft.milestones[0].cells, " "))
    assert version_from(replace(draft, milestones=(*draft.milestones, empty)), "x").version == replace(
        versions()[1], id="x"
    )


@pytest.mark.parametrize(
    ("taken", "name"), [((), "2026"), (("2026",), "2026-2"), (("2026", "2026-2", "2025"), "2026-3")]
)
def test_a_version_gets_a_name_of_its_own(taken: tuple[str, ...], name: str) -> None:
    assert renamed(versions()[0], taken, "2026").id == name
