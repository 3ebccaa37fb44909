"""The list of changes between two versions: what was published of a real commitment, and every rule on invented ones."""

from dataclasses import replace

import pytest

from atalaya.commitments.changes import Change, changes, is_slip, later_dates, pairs, short_number
from atalaya.commitments.partial_dates import read_range
from atalaya.commitments.plan import ABSENT, Listing, Milestone, Plan, StandIn, Version

PUBLISHED = [
    ("start", "modified", "2022-01-01", "2022-01-10"),
    ("end", "modified", "2023-06-30", "2023-05-31"),
    ("responsible", "added", None, "Subdirector Ejecutivo"),
    ("other_actors", "removed", "GAE", None),
    ("problem", "edited", ..., ...),
    ("commitment", "edited", ..., ...),
    ("contribution", "edited", ..., ...),
    ("ogp_relevance", "edited", ..., ...),
    ("milestones.1.text", "edited", ..., ...),
    ("milestones.1.end", "modified", "2023-06", "2023-05"),
    ("milestones.2.text", "edited", ..., ...),
]
"""The eleven notes at the end of commitment 2 of the fifth plan: field, what became of it, and the values that they quote."""


def told(found: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.path, change.kind) for change in found]


def version(**values: object) -> Version:
    return Version(id="v", **values)  # type: ignore[arg-type]


def one(text: object = "Publicar el catálogo de datos", number: str = "1", **values: object) -> Milestone:
    return Milestone(number=number, text=text, **values)  # type: ignore[arg-type]


def test_the_eleven_published_notes_come_out_in_their_order(plans: dict[int, Plan]) -> None:
    found = changes(*plans[5].commitments[1].versions)
    assert told(found) == [(path, kind) for path, kind, _, _ in PUBLISHED]
    assert [change.number for change in found] == list(range(1, 12))
    for change, (_, _, before, after) in zip(found, PUBLISHED, strict=True):
        for value, quoted in ((change.before, before), (change.after, after)):
            assert quoted is ... or (value is None if quoted is None else str(value) == quoted)


def test_a_version_differs_from_itself_in_nothing(plans: dict[int, Plan]) -> None:
    for plan in plans.values():
        for commitment in plan.commitments:
            assert [changes(each, each) for each in commitment.versions] == [()] * len(commitment.versions)


def test_what_is_not_stated_on_either_side_is_no_change() -> None:
    stated = version(title="A", end=read_range("2024"), lead=Listing(("X",)), milestones=(one(end=read_range("2024")),))
    silent = version(milestones=(one(),))
    assert changes(silent, stated) == changes(stated, silent) == ()


def test_what_is_known_to_be_absent_is_added_and_taken_out() -> None:
    with_it, without = version(responsible="Dirección"), version(responsible=ABSENT)
    assert told(changes(without, with_it)) == [("responsible", "added")]
    assert told(changes(with_it, without)) == [("responsible", "removed")]
    assert changes(without, without) == ()


def test_names_come_and_go_each_by_itself_whatever_their_case_and_accents() -> None:
    before, after = version(lead=Listing(("Uno", "DOS"))), version(lead=Listing(("dós", "Tres", "Cuatro")))
    found = changes(before, after)
    assert [(c.kind, c.before or c.after) for c in found] == [
        ("removed", "Uno"),
        ("added", "Tres"),
        ("added", "Cuatro"),
    ]


def test_a_list_known_in_part_loses_names_and_never_gains_one() -> None:
    part, whole = Listing(("A",), whole=False), Listing(("B",))
    assert told(changes(version(lead=part), version(lead=whole))) == [("lead", "removed")]
    assert told(changes(version(lead=whole), version(lead=part))) == [("lead", "added")]
    assert changes(version(lead=part), version(lead=Listing(("B",), whole=False))) == ()


def test_blanks_are_no_change_and_two_stand_ins_of_one_mark_are_the_same() -> None:
    assert changes(version(problem="a  b\n"), version(problem="a b")) == ()
    assert changes(version(problem=StandIn("x")), version(problem=StandIn("x"))) == ()
    assert told(changes(version(problem=StandIn("x")), version(problem="a"))) == [("problem", "edited")]


@pytest.mark.parametrize(("number", "short"), [("1", "1"), ("2.1", "1"), ("3.2.10", "10"), ("A", "A")])
def test_the_number_within_the_commitment(number: str, short: str) -> None:
    assert short_number(number) == short


def test_another_number_for_the_same_milestone_is_no_change() -> None:
    assert changes(version(milestones=(one(number="1"),)), version(milestones=(one(number="2.1"),))) == ()
    moved = (one("Capacitar a las unidades de información", "1"), one("Publicar el catálogo de datos", "2"))
    assert changes(version(milestones=moved), version(milestones=(replace(moved[1], number="1"),))) != ()
    assert told(changes(version(milestones=moved), version(milestones=(replace(moved[1], number="1"),)))) == [
        ("milestones.1", "removed")
    ]


def test_milestones_come_and_go_where_all_are_known() -> None:
    two = (one(number="1"), one("Capacitar a las unidades de información", "2"))
    before, after = version(milestones=two[:1]), version(milestones=two)
    assert told(changes(before, after)) == [("milestones.2", "added")]
    assert told(changes(after, before)) == [("milestones.2", "removed")]
    assert changes(replace(before, all_milestones=False), after) == ()
    assert changes(after, replace(before, all_milestones=False)) == ()


def test_each_milestone_has_one_counterpart() -> None:
    same = [one(number=str(n)) for n in range(1, 4)]
    found = pairs(same, same[:2])
    assert [(a and a.number, b and b.number) for a, b in found] == [("1", "1"), ("2", "2"), ("3", None)]


def test_a_slip_changes_letters_and_marks_only() -> None:
    def change(before: object, after: object) -> Change:
        return changes(version(problem=before), version(problem=after))[0]

    assert is_slip(change("Se publicaran datos", "Se publicarán datos."))
    assert not is_slip(change("5 foros", "3 foros"))
    assert not is_slip(change(StandIn("a"), StandIn("b")))


def test_ends_that_are_put_off() -> None:
    before, after = version(end=read_range("2023-06")), version(end=read_range("2023-12"))
    assert [change.path for change in later_dates(changes(before, after))] == ["end"]
    assert later_dates(changes(after, before)) == ()
