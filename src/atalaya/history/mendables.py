"""What every institution of a sealed observation can mend: its shares as they are stored, and as they are once all cases pass.

`history.amending` makes measures again from outcomes, one institution at a time, and so proves them. This takes stored measures
as they are, since a share says itself how many of its cases fail: it serves all institutions of a country at once.
"""

from collections import defaultdict

from atalaya.history.amending import check_rules
from atalaya.history.read import Sealed
from atalaya.indices.engine import Computed
from atalaya.indices.language.definition import Index
from atalaya.indices.mending import Mendable, Trial
from atalaya.measures.facts import Facts
from atalaya.measures.shares import mended_share

_OUTCOME = (
    "check_id", "subject_id", "check_version", "level", "institution_id", "source_id", "record_id", "resource_id", "table",
    "verdict", "reason", "passed", "applied",
)  # fmt: skip


def mendables(observation: Sealed, index: Index) -> dict[str, tuple[Mendable, ...]]:
    """Institution id → the measures that the index reads and of which cases fail, by measure; those without any are left out."""
    checks = {check.measure_id: check for check in check_rules(observation)}
    cited = sorted(checks.keys() & set(index.measures))
    facts = _waiting(observation)
    found: defaultdict[str, list[Mendable]] = defaultdict(list)
    where = "measure_id IN (SELECT unnest(?::VARCHAR[])) AND applied > passed"
    for row in observation.rows("measures", where, [cited]):
        count = int(str(row["applied"])) - int(str(row["passed"]))
        name = str(row["measure_id"])
        found[str(row["institution_id"])].append(Mendable(name, row, mended_share(facts, checks[name], row), count))
    return {unit: tuple(sorted(each, key=lambda one: one.measure)) for unit, each in found.items()}


def trials_of(observation: Sealed, computed: Computed) -> list[Trial]:
    """Every unit of a computed index of the observation with what it can mend, in the order of its table."""
    known = mendables(observation, computed.index)
    table = computed.table
    return [Trial(computed.index, table, unit, known.get(unit, ()), computed) for unit in table.units]


def _waiting(observation: Sealed) -> Facts:
    """The facts of an observation with the outcomes of records that wait for an institution alone."""
    names = ("record_id", "source_id", "institution_id", "method")
    files = observation.files("attributions")
    where = "record_id IN (SELECT record_id FROM read_parquet(?) WHERE institution_id IS NULL)"
    return Facts(
        country=observation.manifest.country,
        institutions=tuple(str(row["institution_id"]) for row in observation.rows("institutions")),
        checks=tuple(check_rules(observation)),
        sources=tuple(observation.rows("sources")),
        attributions=tuple(observation.rows("attributions", columns=names)),
        outcomes=tuple(observation.rows("outcomes", where, [files], columns=_OUTCOME)) if files else (),
    )
