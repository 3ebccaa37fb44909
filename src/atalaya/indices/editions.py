"""Which methodologies a round computes: the index that ranks and that a report is about, and those that stand beside it."""

from collections.abc import Iterable

HEADLINE = "open-data-national/1"
"""The index of institutions."""

MQA = "mqa/1"
"""The European metadata quality assessment, for institutions and for sources."""

COMPUTED = (HEADLINE, MQA)
"""In the order in which they are told."""


def headline_of(ids: Iterable[str]) -> str:
    """The one of an observation's methodologies that it is about: of the headline index, in whatever version.

    >>> headline_of(["mqa/1", "open-data-national/1"])
    'open-data-national/1'
    """
    listed = sorted(ids)
    name = HEADLINE.partition("/")[0]
    return next((id_ for id_ in listed if id_.partition("/")[0] == name), listed[0])
