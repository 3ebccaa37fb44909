"""What all tables of the read model are made of: the newest observation, the one before it, and what several of them need."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from atalaya.countries.pack import CountryPack
from atalaya.history.appearances import set_aside
from atalaya.history.improvement import ImprovementPlan, improvement_plans
from atalaya.history.mendables import trials_of
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.engine import Computed, compute
from atalaya.indices.mending import Trial
from atalaya.publish.gathering import report_data
from atalaya.publish.standing import Standing, standings
from atalaya.store.tables import Row

STEPS = 25
"""Steps of a plan: what an institution can take on at once; its next plan has the next ones."""


@dataclass(frozen=True)
class Newest:
    """The newest observation with the one before it, and what several tables of the read model need of it."""

    observation: Sealed
    previous: Sealed | None
    pack: CountryPack
    failing_since: Mapping[str, str]
    """Finding id → the day of the first observation of the unbroken run in which it was there."""

    @cached_property
    def report(self) -> Any:
        """What the report of the observation is made of."""
        return report_data(self.observation, self.previous, self.pack)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every institution with its scores and gains."""
        return standings(self.report)

    @cached_property
    def owners(self) -> dict[str, Row]:
        """Record id → its attribution."""
        return {str(row["record_id"]): row for row in self.observation.rows("attributions")}

    @cached_property
    def aside(self) -> dict[str, str]:
        """Records that count for nobody, with why."""
        return set_aside(self.observation)

    @cached_property
    def findings(self) -> list[Row]:
        """Every failing outcome that is addressed to somebody or to nobody."""
        return [row for row in self.observation.rows("outcomes", "verdict = 'fail'") if row["finding_id"]]

    @cached_property
    def resources_of(self) -> dict[str, list[Row]]:
        """Record id → its distributions in their order."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.observation.rows("distributions"):
            found[str(row["record_id"])].append(row)
        return {record: sorted(rows, key=lambda row: int(str(row["ordinal"]))) for record, rows in found.items()}

    @cached_property
    def histories(self) -> dict[str, Row]:
        """Subject id → when it was seen."""
        return {str(row["subject_id"]): row for row in self.observation.rows("histories")}

    @cached_property
    def computed(self) -> Computed:
        """The index of all institutions, with the cells of its indicators before any step."""
        return compute(self.report.methodology, measures_of(self.observation), stages=True)

    @cached_property
    def trials(self) -> list[Trial]:
        """Every institution, to be computed again with some of its cases mended."""
        return trials_of(self.observation, self.computed)

    @cached_property
    def plans(self) -> tuple[ImprovementPlan, ...]:
        """The improvement plan of every institution."""
        rows = (
            {
                **row,
                "institution_id": row["institution_id"] if row["record_id"] is None else self.owner(row["record_id"]),
            }
            for row in self.findings
        )
        return tuple(improvement_plans(self.observation, self.trials, rows, STEPS))

    def by_resource(self, table: str) -> dict[str, Row]:
        """The rows of `probes` or `inspections` by resource."""
        return {str(row["resource_id"]): row for row in self.observation.rows(table)}

    def owner(self, record_id: object) -> str | None:
        """The institution of a record, None where it has none."""
        unit = self.owners.get(str(record_id), {}).get("institution_id")
        return str(unit) if unit else None
