"""What the check stage must know beside the records: looked up for a unit at a time, so that no process holds it all."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from atalaya.inspection.findings import Inspection
from atalaya.rounds.context import LOOKUPS, Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.harvesting import fixed_decisions
from atalaya.rounds.histories import Histories
from atalaya.rounds.inspecting import STAGE as INSPECT
from atalaya.rounds.judging import Judges, Rulings, Sitting
from atalaya.rounds.rows import inspection_of
from atalaya.rounds.rulings import DISPUTE, read_upheld
from atalaya.rounds.surveying import Contents, data_contents
from atalaya.store.ledger import Ledger
from atalaya.store.lookup import Lookup
from atalaya.store.parts import row_of
from atalaya.store.tables import Row


@dataclass
class Evidence:
    """What the earlier stages saw, by resource, and earlier observations of any subject; read for one unit."""

    probes: dict[str, Row] = field(default_factory=dict)
    inspections: dict[str, Row] = field(default_factory=dict)
    columns: defaultdict[str, defaultdict[str, list[Row]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    histories: Mapping[str, Row] = field(default_factory=dict)

    def data_contents(self, resources: Iterable[Row]) -> frozenset[str]:
        """The different contents of the data files among the resources of a dataset."""
        found = (self.inspections.get(str(row["resource_id"])) for row in resources)
        return data_contents(row for row in found if row is not None)

    def inspection(self, resource_id: str) -> Inspection | None:
        """The inspection of a resource, if its bytes came."""
        row = self.inspections.get(resource_id)
        return inspection_of(row, self.columns[resource_id]) if row else None


@dataclass(frozen=True)
class Bench:
    """What a process needs to judge units: everything is on disk, or small."""

    as_of: str
    ledger: Ledger
    set_aside: Mapping[str, str]
    former_ids: Mapping[str, str]
    histories: Histories
    probes: Lookup
    inspections: Lookup
    columns: Lookup
    wanted: frozenset[str] | None = None
    """The records that alone are judged; None: all."""
    contents: Contents = field(default_factory=Contents)
    """Which contents of data files repeat; complete before the first unit is judged."""
    judges: list[Judges] = field(default_factory=list)
    rulings: Rulings = field(default_factory=dict)
    """Which failing outcomes people ruled on."""

    def sitting(self) -> Sitting:
        """Begin a unit. Judges are made where they are used: what they remember is of their process."""
        if not self.judges:
            self.judges.append(Judges(self.rulings))
        return self.judges[0].sitting()

    def evidence(self, record_ids: Iterable[str], resource_ids: Iterable[str]) -> Evidence:
        """What is known of some datasets and their resources."""
        resources = list(resource_ids)
        subjects = [*record_ids, *resources]
        former = {id_: self.former_ids[id_] for id_ in subjects if id_ in self.former_ids}
        known = self.histories.many((*subjects, *former.values()))
        found = Evidence(histories={**{now: known[old] for now, old in former.items() if old in known}, **known})
        for resource_id, rows in self.probes.many(resources).items():
            found.probes[resource_id] = _looked_up(rows[-1])
        found.inspections.update(self.inspected(resources))
        for resource_id, rows in self.columns.many(found.inspections).items():
            for row in map(_looked_up, rows):
                found.columns[resource_id][str(row["table"])].append(row)
        return found

    def inspected(self, resource_ids: Iterable[str]) -> dict[str, Row]:
        """The inspections of some resources."""
        return {id_: _looked_up(rows[-1]) for id_, rows in self.inspections.many(resource_ids).items()}

    def close(self) -> None:
        """Remove what was laid down to be looked up."""
        for lookup in (self.probes, self.inspections, self.columns):
            lookup.close()
            lookup.path.unlink()


def _looked_up(values: tuple[object, ...]) -> Row:
    return row_of(cast(bytes, values[1]))


_RESOURCE = re.compile(rb'"resource_id":("(?:[^"\\]|\\.)*")')
"""The resource of a line. Texts keep their quotation marks escaped, so that nothing inside one can look like this."""


def bench_of(round_: Round) -> Bench:
    """Lay down what earlier stages saw, by resource."""

    def by_resource(stage: str, table: str) -> Lookup:
        lines = ((_resource_of(line), line) for _, line in round_.ledger.lines(stage, table))
        return Lookup.build(round_.folder / LOOKUPS / f"{table}.sqlite", 2, lines)

    return Bench(
        as_of=round_.as_of,
        ledger=round_.ledger,
        set_aside=round_.set_aside,
        former_ids=round_.former_ids,
        histories=round_.histories,
        probes=by_resource(FETCH, "probes"),
        inspections=by_resource(INSPECT, "inspections"),
        columns=by_resource(INSPECT, "columns"),
        rulings=upheld(round_),
        wanted=round_.wanted,
    )


def upheld(round_: Round) -> Rulings:
    """Which failing outcomes people ruled on, as far as this round knows."""
    return read_upheld((id_, subject, ruling) for id_, subject, ruling, _ in fixed_decisions(round_, DISPUTE))


def _resource_of(line: bytes) -> str:
    found = _RESOURCE.search(line)
    return str(json.loads(found[1])) if found is not None else str(row_of(line)["resource_id"])
