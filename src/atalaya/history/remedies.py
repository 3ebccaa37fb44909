"""Who mends what a check finds, how long it takes, what one act reaches, and where help is found: data, held to the checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from atalaya.yamls import load_yaml

Texts = Mapping[str, str]
"""A text by language tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """How a finding of one check is mended.

    `who` is a role, `act` what one act mends (subject, host or source), `help` the place of a how-to, a path of the repository
    with the section after `#`.
    """

    who: str
    who_title: Texts
    act: str
    act_title: Texts
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDataset:
    """What to do where nothing is published: texts of the measure `check@version`, since no check has a finding of it."""

    check: str
    version: int
    effort: str
    title: Texts
    remedy: Texts


def remedy_for(check_id: str) -> Remedy | None:
    """How the findings of a check are mended; None for a check that is not known here, such as one of another release."""
    return _remedies().get(check_id)


def remedied() -> tuple[str, ...]:
    """The ids of all checks of which the data tell, sorted; each once. Raises ValueError where one stands twice."""
    return tuple(sorted(_remedies()))


def time_of(effort: str) -> tuple[str, Texts]:
    """The class of time of an effort (`minutes`, `hours` or `days`) and its word by language; KeyError where there is none."""
    known = _document()["efforts"][effort]
    return str(known["time"]), known["title"]


def first_dataset() -> FirstDataset:
    """What to do where nothing is published."""
    told = _document()["first_dataset"]
    return FirstDataset(**{name: told[name] for name in ("check", "version", "effort", "title", "remedy")})


@cache
def _remedies() -> Mapping[str, Remedy]:
    document = _document()
    found: dict[str, Remedy] = {}
    first = document["first_dataset"]
    for entry in (*document["remedies"], {**first, "checks": [first["check"]]}):
        for check in entry["checks"]:
            if check in found:
                raise ValueError(f"data/remedies.yml: {check} stands twice; keep one")
            found[check] = Remedy(
                who=entry["who"],
                who_title=document["people"][entry["who"]],
                act=entry["act"],
                act_title=document["acts"][entry["act"]],
                help=document["helps"][entry["help"]],
            )
    return found


@cache
def _document() -> Mapping[str, Any]:
    path = resources.files("atalaya").joinpath("data", "remedies.yml")
    loaded: Mapping[str, Any] = load_yaml(path.read_text(encoding="utf-8"))
    return loaded
