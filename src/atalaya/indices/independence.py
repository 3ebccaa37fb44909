"""Which indices compute each unit from its own figures alone, so that no unit's score moves because others do."""

from atalaya.indices.aggregation import CONTESTED
from atalaya.indices.language.definition import Index, StepCall

BY_ITSELF = frozenset({"box_cox", "clip", "log", "power", "reverse", "round", "scale", "thresholds"})
"""Steps that look at one value only, so that all reruns go through at once."""

_WITHIN_THE_UNIT = BY_ITSELF | {"denominate"}
_FIXED = {"minmax": "goalposts", "zscore": "fixed"}
"""Steps that look at other units unless their ends are fixed, and what then stands under `over`."""


def stands_alone(index: Index) -> bool:
    """Whether no step and no aggregation looks at other units."""
    calls: list[StepCall | None] = [*index.steps]
    for item in index.root.walk():
        calls += [*item.after, *item.first, *item.then, *item.overrides.values()]
    contested = any(item.aggregation.method in CONTESTED for item in index.root.walk())
    return not contested and all(call is None or _alone(call) for call in calls)


def _alone(call: StepCall) -> bool:
    if call.name == "impute":
        return call.parameters.get("method") == "constant"
    return call.name in _WITHIN_THE_UNIT or (call.name in _FIXED and call.parameters.get("over") == _FIXED[call.name])
