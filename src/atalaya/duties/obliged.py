"""Which duties bind an institution on a day, by its kind and branch, its own validity and that of law and duty."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from atalaya.countries.pack import CountryPack, Duty, Institution, ObligedClass


def duties_of(pack: CountryPack, institution: Institution, on: date) -> tuple[Duty, ...]:
    """The duties that bind an institution of the register on a day, in the order of the pack."""
    if not _holds(institution.valid_from, institution.valid_to, on):
        return ()
    classes = {id_ for id_, named in _classes(pack) if includes(named, institution)}
    return tuple(duty for duty in _in_force(pack, on) if binds(duty, institution, classes))


def duties_of_class(pack: CountryPack, law: str, class_id: str, on: date) -> tuple[Duty, ...]:
    """The duties that bind a body outside the register that belongs to one class of a law, and to none besides."""
    return tuple(duty for duty in _in_force(pack, on) if duty.law == law and class_id in duty.obliged)


def includes(named: ObligedClass, institution: Institution) -> bool:
    """Whether a class of obliged bodies holds an institution of the register."""
    return named.everyone or institution.branch in named.branches or institution.kind in named.kinds


def binds(duty: Duty, institution: Institution, classes: Collection[tuple[str, str]]) -> bool:
    """Whether a duty binds an institution that belongs to these classes, each told by its law and its id."""
    if institution.kind in duty.except_kinds:
        return False
    return any((duty.law, class_id) in classes for class_id in duty.obliged)


def _classes(pack: CountryPack) -> Iterator[tuple[tuple[str, str], ObligedClass]]:
    return (((named.law, named.id), named) for named in pack.obliged_classes)


def _in_force(pack: CountryPack, on: date) -> Iterable[Duty]:
    """The duties in force on a day; a law without a date has always been."""
    since = {law.id: law.in_force for law in pack.laws}
    return (
        duty
        for duty in pack.duties
        if _holds(since.get(duty.law), None, on) and _holds(duty.valid_from, duty.valid_to, on)
    )


def _holds(first: str | None, last: str | None, on: date) -> bool:
    """Whether a day lies between two ISO 8601 dates, both included; a bound that is not stated does not bound."""
    return (first is None or date.fromisoformat(first) <= on) and (last is None or on <= date.fromisoformat(last))
