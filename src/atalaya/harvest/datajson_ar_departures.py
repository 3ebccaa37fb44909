"""Departures from Argentina's profile as problems of a harvest: a few of every kind, the rest of each kind counted."""

from collections import defaultdict
from collections.abc import Iterator

from atalaya.catalogue.profiles.ar_profile import ProfileError, validate_profile
from atalaya.catalogue.records import Problem
from atalaya.harvest import values

SHOWN = 5
"""Departures of one kind that are listed one by one. The profile's rules bound the kinds, to about a hundred."""


def departures(catalogue: object) -> Iterator[Problem]:
    """The problems of a catalogue that departs from the profile; its records are read all the same."""
    kinds: defaultdict[str, list[ProfileError]] = defaultdict(list)
    for error in validate_profile(catalogue):
        kinds[error.kind].append(error)
    for kind, errors in kinds.items():
        for error in errors[:SHOWN]:
            yield _problem(error.place, f"departs from the profile: {error.reason}")
        if len(errors) > SHOWN:
            yield _problem(kind.partition(" ")[0], f"departs from the profile: {len(errors) - SHOWN} more of this kind")


def _problem(place: str, reason: str) -> Problem:
    return Problem(place=place, reason=values.clean(reason), read=True)
