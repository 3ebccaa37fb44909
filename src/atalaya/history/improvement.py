"""An institution's improvement plan: the findings whose mending raises its score or its rank most, from a sealed observation."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from atalaya.catalogue.identity import digest_id
from atalaya.checks.outcomes import Verdict
from atalaya.exceptions import MethodologyError, StoreError
from atalaya.history.amending import Judged
from atalaya.history.finding_subjects import Subject, act_of, subjects_of
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of, wanting
from atalaya.history.remedies import first_dataset
from atalaya.indices.engine import Computed, compute
from atalaya.indices.faults import nearest
from atalaya.indices.language.definition import Index
from atalaya.indices.mending import Block, Mendable, Standing, Trial, choose, choose_each
from atalaya.indices.table import UnitTable
from atalaya.measures.presence import MEASURE as PUBLISHES
from atalaya.store.tables import Row

BUDGET = 10
"""Findings of a plan where nobody asks for more."""

MOST = 5000
"""Findings of a plan that is to reach a goal."""

Goal = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One finding to mend. Its id stays the same over rounds.

    `points` are what it brings on top of the steps before it, `alone` by itself; `standing` is where the institution then stands.
    `together` is how many steps bring their points only once all of them are done, 1 where each does by itself. `likewise` counts
    the findings beyond the plan that the same act would mend. `at_least` tells that more may follow than could be computed.
    """

    finding_id: str
    check_id: str
    check_version: int
    level: str
    subject: Subject
    indicators: tuple[str, ...]
    points: float
    alone: float
    standing: Standing
    together: int
    effort: str
    likewise: int
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPlan:
    """The plan of one institution: where it stands, where all steps together lead, and where mending every finding would.

    `findings` counts the failing outcomes that were weighed, which `best` mends all. `reason` tells why there is no step:
    `nothing_measured`, `nothing_to_mend`, or empty.
    """

    observation: str
    as_of: str
    methodology: str
    sha256: str
    institution: str
    name: str
    decimals: int
    now: Standing
    reached: Standing
    best: Standing
    ranked_units: int
    findings: int
    steps: tuple[Step, ...]
    reason: str
    goal_reached: bool | None

    @property
    def points(self) -> float:
        """What the whole set brings."""
        return (self.reached.score or 0.0) - (self.now.score or 0.0)


def find_institution(observation: Sealed, word: str) -> str:
    """The id of an institution by its id, the end of it, its name or its acronym. Raises StoreError naming those alike."""
    bodies = list(observation.rows("institutions", columns=("institution_id", "name", "acronym")))
    ids = [str(body["institution_id"]) for body in bodies]
    if word in ids:
        return word
    said = word.casefold()
    found = [
        str(body["institution_id"])
        for body in bodies
        if said in {str(body[key] or "").casefold() for key in ("name", "acronym")}
        or str(body["institution_id"]).partition(":")[2] == word
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise StoreError(f"{word!r} may be {', '.join(found)}; give the id")
    raise StoreError(f"{observation.manifest.observation} has no institution {word!r}; {nearest(word, ids)}")


def improvement_plan(
    observation: Sealed,
    index: Index,
    institution: str,
    budget: int | None = None,
    goal: Goal | None = None,
    efforts: Collection[str] | None = None,
) -> ImprovementPlan:
    """The plan: at most `budget` findings that bring most, or as few as reach the goal. `efforts` leaves out all others.

    Raises MethodologyError where the index reads measures that the observation does not have, StoreError where the stored
    measures do not come out of the stored outcomes.
    """
    absent = wanting(index, observation)
    if absent:
        raise MethodologyError(f"{observation.manifest.observation} has no {', '.join(absent)}, which {index.id} reads")
    judged = Judged(observation, (institution,)).held()
    table = measures_of(observation)
    if _publishes_nothing(index, table, institution):
        return _first(observation, index, institution, table, goal)
    findings = findings_in(judged.findings, index)
    if efforts is not None:
        known = _efforts(observation)
        findings = [row for row in findings if known.get(_check(row)) in efforts]
    trial = Trial(index, table, institution, mendable_of(judged, findings, institution))
    blocks = choose(trial, budget or (MOST if goal else BUDGET), goal)
    steps = steps_of(trial, blocks, findings, subjects_of(observation, findings), _efforts(observation))
    mended = {(step.check_id, step.subject.id): Verdict.PASS for step in steps}
    amended = _amended(trial.computed.table, judged, mended) if mended else None
    reached = None if amended is None else Trial(index, amended, institution, ()).standing({})
    return plan_of(observation, trial, findings, steps, reached, goal)


def improvement_plans(
    observation: Sealed, trials: Sequence[Trial], findings: Iterable[Row], budget: int = BUDGET
) -> Iterator[ImprovementPlan]:
    """The plans of institutions, in their order, as `improvement_plan` makes each, from stored measures as they are.

    `trials` are of one index over the observation, as `mendables.trials_of` makes them; `findings` are failing outcomes with
    `institution_id` as the attribution of their record has it.
    """
    efforts, grouped = _efforts(observation), defaultdict[str, list[Row]](list)
    for row in findings_in(findings, trials[0].index) if trials else ():
        grouped[str(row["institution_id"])].append(row)
    for start in range(0, len(trials), _AT_ONCE):
        some = trials[start : start + _AT_ONCE]
        subjects = subjects_of(observation, [row for trial in some for row in grouped[trial.unit]])
        for trial, blocks in zip(some, choose_each(some, budget), strict=True):
            index, table = trial.index, trial.computed.table
            if _publishes_nothing(index, table, trial.unit):
                yield _first(observation, index, trial.unit, table, None, trial.computed)
                continue
            mine = sorted(grouped[trial.unit], key=_key)
            steps = steps_of(trial, blocks, mine, subjects, efforts)
            whole = {block.measure: block.count for block in blocks}
            yield plan_of(observation, trial, mine, steps, trial.standing(whole) if steps else None, None)


_AT_ONCE = 50
"""Institutions whose plans are made together; it bounds memory, not results."""


def mendable_of(judged: Judged, findings: Sequence[Row], institution: str) -> list[Mendable]:
    """The measures of an institution as they are, and as they are once their findings are mended."""
    now = judged.measures()
    best = judged.measures({_key(row): Verdict.PASS for row in findings})
    counts = Counter(_measure(row) for row in findings)
    return [
        Mendable(name, now[name, institution], best[name, institution], count) for name, count in sorted(counts.items())
    ]


def plan_of(
    observation: Sealed,
    trial: Trial,
    findings: Sequence[Row],
    steps: tuple[Step, ...],
    reached: Standing | None,
    goal: Goal | None,
) -> ImprovementPlan:
    """The plan of these steps; `reached` is where they lead, None where there is no step."""
    now, best = trial.standings([{}, {name: each.count for name, each in trial.mendable.items()}])
    reason = "" if steps else "nothing_measured" if now.score is None else "nothing_to_mend"
    manifest, place = observation.manifest, trial.place
    return ImprovementPlan(
        observation=manifest.observation,
        as_of=manifest.as_of,
        methodology=trial.index.id,
        sha256=trial.index.sha256,
        institution=trial.unit,
        name=trial.computed.table.names[place],
        decimals=trial.index.decimals,
        now=now,
        reached=reached or now,
        best=best,
        ranked_units=int(trial.computed.ranked.sum()),
        findings=len(findings),
        steps=steps,
        reason=reason,
        goal_reached=None if goal is None else goal(reached or now),
    )


def _amended(table: UnitTable, judged: Judged, mended: Mapping[tuple[str, str], Verdict]) -> UnitTable:
    measured = {name: dict(rows) for name, rows in table.measured.items()}
    for (name, unit), row in judged.measures(mended).items():
        measured.setdefault(name, {})[unit] = row
    return replace(table, measured=measured)


def steps_of(
    trial: Trial,
    blocks: Sequence[Block],
    findings: Sequence[Row],
    subjects: Mapping[tuple[str, str], Subject],
    efforts: Mapping[tuple[str, int], str],
) -> tuple[Step, ...]:
    """The findings of each block: first those of records that have most to mend, so that one visit mends several."""
    chosen = _chosen(blocks, findings)
    alone = (
        dict(zip(chosen, trial.scores([{name: 1} for name in chosen]) - trial.scores([{}]), strict=True))
        if chosen
        else {}
    )
    taken = {str(row["finding_id"]) for rows in chosen.values() for row in rows}
    alike = Counter(act_of(subjects[_key(row)]) for row in findings if row["finding_id"] not in taken)
    prefixes, done = [], dict[str, int]()
    for block in blocks:
        for _ in range(block.count):
            done = {**done, block.measure: done.get(block.measure, 0) + 1}
            prefixes.append(done)
    standings = iter(trial.standings(prefixes) if prefixes else [])
    steps = []
    for block in blocks:
        for row in chosen[block.measure]:
            act = act_of(subjects[_key(row)])
            steps.append(
                Step(
                    finding_id=str(row["finding_id"]),
                    check_id=str(row["check_id"]),
                    check_version=int(str(row["check_version"])),
                    level=str(row["level"]),
                    subject=subjects[_key(row)],
                    indicators=_indicators(trial.index, block.measure),
                    points=block.points / block.count,
                    alone=float(alone[block.measure]),
                    standing=next(standings),
                    together=block.count if block.together else 1,
                    effort=efforts.get(_check(row), ""),
                    likewise=0 if act is None else alike[act],
                )
            )
    return tuple(steps)


def _chosen(blocks: Sequence[Block], findings: Sequence[Row]) -> dict[str, list[Row]]:
    """Which findings of each measure are mended."""
    wanted = {block.measure: block.count for block in blocks}
    visits = Counter(row["record_id"] for row in findings if _measure(row) in wanted)
    ordered = sorted(
        findings, key=lambda row: (-visits[row["record_id"]], str(row["record_id"]), str(row["subject_id"]))
    )
    return {name: [row for row in ordered if _measure(row) == name][:count] for name, count in wanted.items()}


def _indicators(index: Index, measure: str) -> tuple[str, ...]:
    return tuple(leaf.id for leaf in index.leaves if leaf.source is not None and leaf.source.name == measure)


def _efforts(observation: Sealed) -> dict[tuple[str, int], str]:
    rows = observation.rows("rules", "kind = 'check'", columns=("id", "version", "effort"))
    return {(str(row["id"]), int(str(row["version"]))): str(row["effort"]) for row in rows}


def _publishes_nothing(index: Index, table: UnitTable, institution: str) -> bool:
    row = table.measured.get(PUBLISHES, {}).get(institution)
    return PUBLISHES in index.measures and row is not None and row.get("value") == 0.0


def _first(
    observation: Sealed,
    index: Index,
    institution: str,
    table: UnitTable,
    goal: Goal | None,
    computed: Computed | None = None,
) -> ImprovementPlan:
    """The plan of who publishes nothing: to begin. What it will publish is unknown, so the points are the least of all."""
    told = first_dataset()
    own = {name: rows[institution] for name, rows in table.measured.items() if institution in rows}
    opened = {name: row for name, row in own.items() if row.get("value") is not None}
    opened[PUBLISHES] = {**own[PUBLISHES], "value": 1.0, "low": 1.0, "high": 1.0, "passed": 1}
    measured = {
        name: {unit: row for unit, row in rows.items() if unit != institution} for name, rows in table.measured.items()
    }
    for name, row in opened.items():
        measured[name][institution] = row
    trial = Trial(index, table, institution, (), computed)
    after = compute(index, replace(table, measured=measured)).scores
    now = trial.standing({})
    sure = Standing(
        score=float(after.low[trial.place]), low=float(after.low[trial.place]), high=float(after.high[trial.place]),
        rank=None, rank_low=None, rank_high=None, ranked=False,
    )  # fmt: skip
    points = (sure.score or 0.0) - (now.score or 0.0)
    step = Step(
        finding_id=digest_id(told.check, institution), check_id=told.check, check_version=told.version, level="institution",
        subject=Subject(id=institution, title={}, source_id="", record_id=None, resource_id=None, table=None, address="", row={}),
        indicators=_indicators(index, PUBLISHES), points=points, alone=points, standing=sure, together=1,
        effort=told.effort, likewise=0, at_least=True,
    )  # fmt: skip
    plan = plan_of(observation, trial, (), (), None, None)
    met = None if goal is None else goal(sure)
    return replace(plan, steps=(step,), reached=sure, best=sure, reason="", goal_reached=met)


def _measure(row: Row) -> str:
    return f"{row['check_id']}@{row['check_version']}"


def _check(row: Row) -> tuple[str, int]:
    return str(row["check_id"]), int(str(row["check_version"]))


def _key(row: Row) -> tuple[str, str]:
    return str(row["check_id"]), str(row["subject_id"])


def goal_of(
    index: Index, *, rank: int | None = None, score: float | None = None, band: str | None = None
) -> Goal | None:
    """What a plan is to reach: a rank or better, a score, or a band by its id; None where nothing is asked.

    Raises MethodologyError for a band that the methodology does not have.
    """
    goals: list[Goal] = []
    if rank is not None:
        goals.append(lambda standing: standing.rank is not None and standing.rank <= rank)
    if band is not None:
        bands = {each.id: each.start for each in index.bands}
        if band not in bands:
            raise MethodologyError(f"{index.id} has no band {band!r}; {nearest(band, bands)}")
        score = max(bands[band], score if score is not None else bands[band])
    if score is not None:
        least = score
        goals.append(lambda standing: standing.score is not None and standing.score >= least - 1e-9)
    return (lambda standing: all(goal(standing) for goal in goals)) if goals else None


def findings_in(rows: Iterable[Row], index: Index) -> list[Row]:
    """The findings that an index reads."""
    cited = set(index.measures)
    return [row for row in rows if _measure(row) in cited]
