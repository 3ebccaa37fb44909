"""Steps that look at several indicators at once: imputation by expectation and maximisation."""

from collections.abc import Mapping, Sequence

import numpy as np

from atalaya.exceptions import ArraysUnusable, MethodologyError
from atalaya.indices.language.definition import Index, StepCall
from atalaya.indices.likelihood import expected
from atalaya.indices.series import Series, State
from atalaya.indices.steps.context import Note, number
from atalaya.indices.steps.filling import EM, put


def looks_at_several(call: StepCall) -> bool:
    """Whether a step takes all its indicators at once."""
    return call.name == "impute" and call.parameters.get("method") == EM


def stepped_together(
    index: Index, call: StepCall, leaves: Mapping[str, Series]
) -> tuple[dict[str, Series], dict[str, Note]]:
    """The indicators that take this step, after it, and what was done to each.

    With `among` the indicators below each node of that level are taken by themselves. Raises MethodologyError where they are too
    many for the units, or nothing settles.
    """
    taking = [leaf.id for leaf in index.leaves if call.name not in leaf.overrides]
    among = call.parameters.get("among")
    sets = [taking]
    if among is not None:
        below = [{leaf.id for leaf in item.leaves} for item in index.root.walk() if item.level == among]
        sets = [[name for name in taking if name in each] for each in below]
    found: dict[str, Series] = {}
    notes: dict[str, Note] = {}
    for names in sets:
        filled, told = _filled(names, leaves, number(call.parameters, "prior", 0.0), index.id)
        found |= filled
        notes |= told
    return found, notes


def _filled(
    names: Sequence[str], leaves: Mapping[str, Series], prior: float, index: str
) -> tuple[dict[str, Series], dict[str, Note]]:
    """One set of indicators; those of which nothing is known stay as they are and tell nothing."""
    kept = [name for name in names if leaves[name].known.any()]
    unknown = [leaves[name].state == State.UNKNOWN for name in kept]
    if not kept or not np.any(unknown):
        return {}, {}
    values = np.stack([np.where(leaves[name].known, leaves[name].values, np.nan) for name in kept], axis=1)
    try:
        made = expected(values, prior)
    except ArraysUnusable as error:
        raise MethodologyError(
            f"{index}: the imputation of {', '.join(kept[:6])}{'…' if len(kept) > 6 else ''} by em cannot be made: {error}"
        ) from error
    found, notes = {}, {}
    for place, name in enumerate(kept):
        series, note = put(leaves[name], made.values[:, place])
        found[name] = series
        if note:
            notes[name] = {**note, "rounds": made.rounds}
    return found, notes
