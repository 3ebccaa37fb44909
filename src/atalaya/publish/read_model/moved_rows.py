"""The rows of what moved from one observation to the next, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import isnan

from psycopg.types.json import Jsonb

from atalaya.catalogue.records import preferred
from atalaya.history.compare import compare
from atalaya.history.mendables import trials_of
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.chaining import Chain, Link, chained
from atalaya.indices.editions import headline_of
from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.mending import Trial, scores_together
from atalaya.publish.gathering import european_only
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import TITLE, Values
from atalaya.publish.words import clean
from atalaya.store.tables import Row

LINKS = 12
"""Observations that the chain goes back: three years of quarterly ones."""


def chain_of(observations: Sequence[Sealed]) -> Chain | None:
    """The last observations one after the other, each with the index that it was about; None for fewer than two."""
    kept = observations[-LINKS:]
    if len(kept) < 2:
        return None
    links = [
        Link(
            name=each.manifest.observation,
            index=read_shipped_index(headline_of(each.manifest.methodologies)),
            table=measures_of(each),
        )
        for each in kept
    ]
    return chained(links)


def links(observations: Sequence[Sealed], chain: Chain | None) -> Iterator[Values]:
    """One row for each step from an observation to the next, with what moved the mean of the ranked institutions."""
    by_name = {each.manifest.observation: each.manifest for each in observations}
    for place, change in enumerate(chain.changes if chain else ()):
        old, new = by_name[change.old], by_name[change.new]
        yield (
            place,
            change.old,
            change.new,
            old.as_of[:10],
            new.as_of[:10],
            headline_of(old.methodologies),
            headline_of(new.methodologies),
            change.same_rule,
            list(change.came),
            list(change.went),
            change.untold,
            Jsonb(asdict(change.mean)),
        )


def moved(chain: Chain | None) -> Iterator[Values]:
    """What moved each institution that both observations of a step have."""
    for place, change in enumerate(chain.changes if chain else ()):
        for each in change.units:
            ends = (Jsonb(list(each.old_ranks)), Jsonb(list(each.new_ranks)))
            yield place, each.unit, each.name, Jsonb(asdict(each.score)), Jsonb(asdict(each.rank)), *ends


def moved_findings(newest: Newest) -> Iterator[Values]:
    """The findings of the index that came, were mended, or went with their subject since the observation before.

    The points of one that came are what mending it alone adds now; of one that is gone, what that added then.
    """
    if newest.previous is None:
        return
    points = {True: _alone(newest.trials), False: _alone(trials_of(newest.previous, _computed(newest.previous)))}
    owners = {True: _owners(newest.observation), False: _owners(newest.previous)}
    versions = [_versions(newest.previous), _versions(newest.observation)]
    titles = _titles(newest)
    for place, (change, row) in enumerate(_came_and_went(newest, newest.previous)):
        recent, check = change == "came", str(row["check_id"])
        unit = row["institution_id"] if row["record_id"] is None else owners[recent].get(str(row["record_id"]))
        if unit is None or european_only(check):
            continue
        yield (
            unit,
            place,
            change,
            row["finding_id"],
            check,
            row["check_version"],
            row["subject_id"],
            titles.get(str(row["record_id"]), ""),
            points[recent].get((str(unit), f"{check}@{row['check_version']}")),
            versions[0].get(check) != versions[1].get(check),
        )


def _came_and_went(newest: Newest, previous: Sealed) -> Iterator[tuple[str, Row]]:
    """The findings of one of two observations only, with `came`, `mended`, or `gone` where nothing passes in their place."""
    difference = compare(previous, newest.observation)
    then = list(previous.rows("outcomes", "verdict = 'fail'"))
    former = dict(difference.moved_findings)
    mended = {former.get(name, name) for name in difference.mended_findings}
    there = {former.get(str(row["finding_id"]), str(row["finding_id"])) for row in newest.findings}
    came = set(difference.new_findings)
    kept = there | mended
    yield from (("came", row) for row in newest.findings if str(row["finding_id"]) in came)
    yield from (("mended", row) for row in then if str(row["finding_id"]) in mended)
    yield from (("gone", row) for row in then if str(row["finding_id"]) not in kept)


def _computed(observation: Sealed) -> Computed:
    return compute(read_shipped_index(headline_of(observation.manifest.methodologies)), measures_of(observation))


def _owners(observation: Sealed) -> dict[str, str | None]:
    rows = observation.rows("attributions", columns=("record_id", "institution_id"))
    return {
        str(row["record_id"]): None if row["institution_id"] is None else str(row["institution_id"]) for row in rows
    }


def _alone(trials: Sequence[Trial]) -> dict[tuple[str, str], float]:
    """What mending one case of a measure alone adds, by unit and measure."""
    asked = [(trial, [{}, *({name: 1} for name in trial.mendable)]) for trial in trials]
    return {
        (trial.unit, name): float(points)
        for (trial, _), scores in zip(asked, scores_together(asked), strict=True)
        for name, points in zip(trial.mendable, scores[1:] - scores[0], strict=True)
        if not isnan(points)
    }


def _versions(observation: Sealed) -> dict[str, object]:
    rows = observation.rows("rules", "kind = 'check'", columns=("id", "version"))
    return {str(row["id"]): row["version"] for row in rows}


def _titles(newest: Newest) -> dict[str, str]:
    """Record id → its title, of both observations."""
    found: dict[str, str] = {}
    for observation in (newest.previous, newest.observation):
        for row in observation.rows("records", columns=("record_id", "title")) if observation else ():
            found[str(row["record_id"])] = clean(_title(row), TITLE)
    return found


def _title(row: Row) -> str:
    title = row["title"]
    return (preferred(title) if isinstance(title, dict) else None) or ""
