"""The engine run on request, over the stored measures: within limits, and once for each edition."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore

from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.mending import Mendable as Cases
from atalaya.indices.mending import Trial
from atalaya.indices.scores import institution_units, unit_table
from atalaya.portal.observatory.models import Edition, Institution, Measure, Mendable

AT_ONCE = 2
"""Reckonings that run side by side in one process; more would only make each other slow."""

PATIENCE = 3.0
"""Seconds that a request waits for its turn before it is told to come back."""

_FIGURES = ("value", "low", "high", "passed", "applied", "unknown", "not_applicable", "reason")
_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many ask at once; raised by `turn`, answered with 503 and a time to come back."""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn. Raises Busy where it does not come in time."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


def index_of(edition: Edition) -> Index:
    """The methodology of an edition."""
    return index_named(edition.methodology)


@lru_cache(maxsize=4)
def index_named(name: str) -> Index:
    """A methodology by index and version."""
    return read_shipped_index(name)


def computed(edition: Edition) -> Computed:
    """The index of all institutions, computed from the stored measures as the edition's figures were."""
    return _computed(edition.methodology, edition.manifest_sha256, edition.loaded.isoformat())


@lru_cache(maxsize=1)
def _computed(methodology: str, _manifest: str, _loaded: str) -> Computed:
    bodies = Institution.objects.order_by("id").values("id", "name", "kind", "branch", "groups")
    units = institution_units({**body, "institution_id": body["id"]} for body in bodies)
    rows = Measure.objects.values("institution", "measure", *_FIGURES)
    named = ({**row, "measure_id": row["measure"], "institution_id": row["institution"]} for row in rows.iterator())
    return compute(index_named(methodology), unit_table(named, units))


def trial(edition: Edition, unit: str, mendable: Mapping[str, Mendable]) -> Trial:
    """An institution, to be computed again with some of its cases mended."""
    whole = computed(edition)
    measured = whole.table.measured
    cases = [
        Cases(name, measured[name][unit], {**measured[name][unit], **each.best}, each.failing)
        for name, each in mendable.items()
        if unit in measured.get(name, {})
    ]
    return Trial(whole.index, whole.table, unit, cases, whole)
