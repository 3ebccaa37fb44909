"""What the method page tells beside checks: how often the observatory was right when it was measured, and its known faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from atalaya.yamls import load_yaml


@dataclass(frozen=True, slots=True)
class Figure:
    """One share between 0 and 1: `name` is precision, recall, right or first_choice; `of` the cases behind it, where known."""

    name: str
    value: float
    of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One measurement against labels: what was labelled by whom, the command that prints it, when, and where it is explained."""

    id: str
    title: Mapping[str, str]
    labels: Mapping[str, str]
    command: str
    measured: str
    where: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is known to be wrong or unseen, and the checks that it touches."""

    id: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    checks: tuple[str, ...]
    where: str


@cache
def accuracies() -> tuple[Accuracy, ...]:
    """Every measurement, in the order of the file."""
    return tuple(
        Accuracy(
            **{
                **row,
                "figures": tuple(
                    Figure(each["name"], float(each["value"]), tuple(each["of"]) if "of" in each else None)
                    for each in row["figures"]
                ),
            }
        )
        for row in _rows("accuracy.yml")
    )


@cache
def faults() -> tuple[Fault, ...]:
    """Every known fault, in the order of the file."""
    return tuple(Fault(**{**row, "checks": tuple(row["checks"])}) for row in _rows("faults.yml"))


def _rows(name: str) -> Any:
    text = resources.files("atalaya").joinpath("data", "method", name).read_text(encoding="utf-8")
    return load_yaml(text)
