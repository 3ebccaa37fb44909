"""Measures of a sealed observation made again from its outcomes, as they are and with some verdicts amended.

A verdict is amended to see what mending a finding would bring, or because a dispute over it was upheld. Nothing that is sealed is
touched: what is amended is computed beside it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import CHECKS
from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.table import UnitTable
from atalaya.measures import duties
from atalaya.measures.facts import CheckRule, Facts
from atalaya.measures.registry import measure
from atalaya.store.tables import Row

Amended = Mapping[tuple[str, str], Verdict]
"""What is to stand instead: the verdict by check id and subject id."""

_OUTCOME = (
    "check_id", "subject_id", "check_version", "level", "institution_id", "source_id", "record_id", "resource_id", "table",
    "verdict", "reason", "passed", "applied", "evidence", "finding_id",
)  # fmt: skip
_FIGURES = ("value", "passed", "applied", "unknown", "low", "high")


@dataclass(frozen=True)
class Judged:
    """The outcomes of some institutions of a sealed observation, and those of records that wait for an institution."""

    observation: Sealed
    institutions: tuple[str, ...]

    @cached_property
    def facts(self) -> Facts:
        """What measures of these institutions are made of."""
        sealed = self.observation
        return Facts(
            country=sealed.manifest.country,
            institutions=self.institutions,
            checks=tuple(check_rules(sealed)),
            sources=tuple(sealed.rows("sources")),
            attributions=tuple(
                sealed.rows("attributions", columns=("record_id", "source_id", "institution_id", "method"))
            ),
            outcomes=tuple(self._outcomes()),
        )

    @cached_property
    def findings(self) -> tuple[Row, ...]:
        """The failing outcomes of these institutions, by check and subject; `institution_id` is whose they are."""
        owner = self.facts.institution_of
        found = []
        for row in self.facts.outcomes:
            record = row["record_id"]
            mine = row["institution_id"] if record is None else owner.get(str(record), None)
            if row["verdict"] == Verdict.FAIL and mine in self.institutions:
                found.append({**row, "institution_id": mine})
        return tuple(sorted(found, key=lambda row: (str(row["check_id"]), str(row["subject_id"]))))

    def measures(self, amended: Amended | None = None) -> dict[tuple[str, str], dict[str, object]]:
        """The measures of these institutions that are made of outcomes, by measure and institution, with some verdicts amended.

        Those of legal duties are made of the verdicts on sites, which no outcome moves: they are left as they are stored. Raises
        StoreError where an amended outcome is not there.
        """
        facts = self.facts
        if amended:
            facts = replace(facts, outcomes=tuple(_amended(facts.outcomes, amended)))
        wanted, apart = set(self.institutions), _of_duties(facts)
        return {
            (str(row["measure_id"]), str(row["institution_id"])): row
            for row in measure(facts)
            if row["institution_id"] in wanted and row["measure_id"] not in apart
        }

    def differing(self) -> tuple[str, ...]:
        """The measures that do not come out as they are stored, as sentences; none where the outcomes explain them all."""
        where = "institution_id IN (SELECT unnest(?::VARCHAR[]))"
        stored = {
            (str(row["measure_id"]), str(row["institution_id"])): row
            for row in self.observation.rows("measures", where, [list(self.institutions)])
        }
        made, apart = self.measures(), _of_duties(self.facts)
        return tuple(
            f"{name} of {unit}: {column} is stored as {row[column]} and made as {made.get((name, unit), {}).get(column)}"
            for (name, unit), row in sorted(stored.items())
            if name not in apart
            for column in _FIGURES
            if row[column] != made.get((name, unit), {}).get(column)
        )

    def held(self) -> "Judged":
        """Itself, once every measure came out as it is stored. Raises StoreError naming the first that did not."""
        faults = self.differing()
        if faults:
            raise StoreError(
                f"{self.observation.manifest.observation}: its measures do not come out of its outcomes ({faults[0]}; "
                f"{len(faults)} differ); use the release of Atalaya that sealed it"
            )
        return self

    def _outcomes(self) -> Iterator[Row]:
        """The outcomes of these institutions, of whatever record is theirs, and those that wait for an institution."""
        bodies, attributions = list(self.institutions), self.observation.files("attributions")
        where, values = "institution_id IN (SELECT unnest(?::VARCHAR[]))", [bodies]
        if attributions:
            where += (
                " OR record_id IN (SELECT record_id FROM read_parquet(?) WHERE institution_id IS NULL "
                "OR institution_id IN (SELECT unnest(?::VARCHAR[])))"
            )
            values += [attributions, bodies]
        yield from self.observation.rows("outcomes", where, values, columns=_OUTCOME)


def _of_duties(facts: Facts) -> frozenset[str]:
    """The measures that are made of verdicts on legal duties."""
    return frozenset(duties.FAMILY.measure_ids(facts.checks))


def check_rules(observation: Sealed) -> Iterator[CheckRule]:
    """The checks that judged the observation; whether they read bytes is taken from the checks at hand."""
    blind = {check.id for check in CHECKS if "inspection" not in check.fields}
    for row in observation.rows("rules", "kind = 'check'", columns=("id", "version", "level")):
        yield CheckRule(
            str(row["id"]), int(str(row["version"])), str(row["level"]), reads_bytes=str(row["id"]) not in blind
        )


def _amended(outcomes: Iterable[Mapping[str, object]], amended: Amended) -> Iterator[Mapping[str, object]]:
    left = set(amended)
    for row in outcomes:
        key = (str(row["check_id"]), str(row["subject_id"]))
        verdict = amended.get(key)
        left.discard(key)
        yield row if verdict is None else {**row, "verdict": verdict.value}
    if left:
        check, subject = min(left)
        raise StoreError(f"there is no outcome of {check} on {subject} in this observation; correct check or subject")


def owners_of(observation: Sealed, subjects: Collection[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    """Whose some outcomes are, by check id and subject id: the institution that their record is attributed to."""
    where = "subject_id IN (SELECT unnest(?::VARCHAR[]))"
    columns = ("check_id", "subject_id", "record_id", "institution_id")
    rows = {
        (str(row["check_id"]), str(row["subject_id"])): row
        for row in observation.rows("outcomes", where, [sorted({subject for _, subject in subjects})], columns=columns)
    }
    records = sorted({str(row["record_id"]) for row in rows.values() if row["record_id"] is not None})
    owner = {
        str(row["record_id"]): row["institution_id"]
        for row in observation.rows("attributions", "record_id IN (SELECT unnest(?::VARCHAR[]))", [records])
    }
    found: dict[tuple[str, str], str | None] = {}
    for key in subjects:
        row = rows.get(key)
        if row is not None:
            mine = row["institution_id"] if row["record_id"] is None else owner.get(str(row["record_id"]))
            found[key] = None if mine is None else str(mine)
    return found


def amended_table(observation: Sealed, amended: Amended) -> UnitTable:
    """The measures of a sealed observation as the table of an index, with some verdicts amended.

    Only the measures of institutions that an amended outcome touches are made again; one of a record that waits for an
    institution touches them all. Raises StoreError where an outcome is not there, or where stored measures do not come out of
    stored outcomes.
    """
    table = measures_of(observation)
    if not amended:
        return table
    owners = owners_of(observation, amended)
    absent = sorted(set(amended) - owners.keys())
    if absent:
        check, subject = absent[0]
        raise StoreError(f"there is no outcome of {check} on {subject} in this observation; correct check or subject")
    touched = {owner for owner in owners.values() if owner is not None}
    judged = Judged(observation, table.units if None in owners.values() else tuple(sorted(touched))).held()
    measured = {name: dict(rows) for name, rows in table.measured.items()}
    for (name, unit), row in judged.measures(amended).items():
        measured.setdefault(name, {})[unit] = row
    return replace(table, measured=measured)
