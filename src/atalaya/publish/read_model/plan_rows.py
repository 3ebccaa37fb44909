"""The rows of what can be mended: measures as they are and at their best, and the improvement plan of every institution."""

from collections.abc import Iterator
from dataclasses import asdict
from math import isnan

from psycopg.types.json import Jsonb

from atalaya.history.improvement import ImprovementPlan, Step
from atalaya.indices.mending import Standing, scores_together
from atalaya.publish.plans import check_texts, rows_of
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values
from atalaya.publish.words import clean
from atalaya.translations import LANGUAGES

SHOWN = ("number", "check", "dataset", "why", "remedy", "time", "who", "act", "indicators", "help")
"""The texts of a step by language."""

LONGEST = 1500
"""Characters of one text of a step."""

_FIGURES = ("value", "low", "high")
_COUNTS = ("passed", "applied", "unknown", "not_applicable")


def measures(newest: Newest) -> Iterator[Values]:
    """The measures that the index reads, of every institution."""
    cited = sorted(newest.report.methodology.measures)
    where = "measure_id IN (SELECT unnest(?::VARCHAR[]))"
    for row in newest.observation.rows("measures", where, [cited]):
        yield (
            row["institution_id"],
            row["measure_id"],
            *(row[name] for name in _FIGURES),
            *(row[name] for name in _COUNTS),
            row["reason"] or "",
        )


def mendable(newest: Newest) -> Iterator[Values]:
    """Each measure with failing cases: its row once all pass, the points of all of them, and of one of them alone."""
    trials = newest.trials
    asked = [[{}, *({name: count} for name, each in t.mendable.items() for count in (each.count, 1))] for t in trials]
    for trial, scores in zip(trials, scores_together(list(zip(trials, asked, strict=True))), strict=True):
        for place, (name, each) in enumerate(trial.mendable.items()):
            whole, one = (_known(float(scores[2 * place + 1 + at] - scores[0])) for at in (0, 1))
            best = {key: each.best.get(key) for key in (*_FIGURES, *_COUNTS, "reason")}
            yield trial.unit, name, name.partition("@")[0], each.count, whole, one, Jsonb(best)


def _known(points: float) -> float | None:
    return None if isnan(points) else points


def plans(newest: Newest) -> Iterator[Values]:
    """The plan of every institution as a whole."""
    for plan in newest.plans:
        yield (
            plan.institution,
            plan.methodology,
            plan.sha256,
            plan.ranked_units,
            plan.findings,
            plan.points,
            plan.reason,
            *(Jsonb(_standing(each)) for each in (plan.now, plan.reached, plan.best)),
        )


def steps(newest: Newest) -> Iterator[Values]:
    """The steps of every plan, each with its texts in all languages."""
    rules, country = check_texts(newest.observation), newest.observation.manifest.country
    methodology = newest.report.methodology
    for plan in newest.plans:
        said = {name: rows_of(plan, methodology, rules, country, name) for name in LANGUAGES}
        for place, step in enumerate(plan.steps):
            yield _step(plan, place, step, {name: rows[place] for name, rows in said.items()})


def _step(plan: ImprovementPlan, place: int, step: Step, said: dict[str, dict[str, object]]) -> Values:
    subject = step.subject
    texts = {name: {key: clean(str(row[key] or ""), LONGEST) for key in SHOWN} for name, row in said.items()}
    return (
        plan.institution,
        place,
        step.finding_id,
        step.check_id,
        step.check_version,
        step.level,
        subject.record_id,
        subject.resource_id,
        subject.source_id or None,
        subject.address,
        step.points,
        step.alone,
        step.together,
        step.at_least,
        step.likewise,
        step.effort,
        Jsonb(_standing(step.standing)),
        Jsonb(texts),
    )


def _standing(standing: Standing) -> dict[str, object]:
    return asdict(standing)
