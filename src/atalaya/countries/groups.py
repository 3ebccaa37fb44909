"""Which group an institution is ranked in: the group that names its kind, else the group that names its branch."""

from collections.abc import Iterable

from atalaya.countries.pack import CountryPack, Group, Institution


def groups_of(institution: Institution, groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups that claim an institution. A group that names its kind comes before those that name its branch.

    A sound pack gives one at most; `country check` reports none and several.
    """
    listed = tuple(groups)
    by_kind = tuple(group for group in listed if institution.kind in group.kinds)
    return by_kind or tuple(group for group in listed if institution.branch in group.branches)


def group_of(institution: Institution, groups: Iterable[Group]) -> Group | None:
    """The group of an institution; None where no group claims it."""
    return next(iter(groups_of(institution, groups)), None)


def members(group: Group, pack: CountryPack) -> tuple[Institution, ...]:
    """The institutions of a group, in the order of the pack."""
    return tuple(body for body in pack.institutions if group_of(body, pack.groups) == group)


def headline(pack: CountryPack) -> Group:
    """The group that the index speaks of first."""
    return next(group for group in pack.groups if group.headline)
