"""Every step by the name that methodologies use."""

from atalaya.indices.steps.context import Step
from atalaya.indices.steps.filling import impute
from atalaya.indices.steps.normalising import distance, minmax, rank, zscore
from atalaya.indices.steps.transforming import box_cox, clip, denominate, log, power, reverse, round_, scale, thresholds
from atalaya.indices.steps.treating import winsorise

STEPS: dict[str, Step] = {
    "box_cox": box_cox,
    "clip": clip,
    "denominate": denominate,
    "distance": distance,
    "impute": impute,
    "log": log,
    "minmax": minmax,
    "power": power,
    "rank": rank,
    "reverse": reverse,
    "round": round_,
    "scale": scale,
    "thresholds": thresholds,
    "winsorise": winsorise,
    "zscore": zscore,
}
"""In alphabetical order. The JSON Schema of methodologies says which parameters each takes."""
