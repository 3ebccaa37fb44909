"""How often the matching agrees with the people who ruled on it: the detector's accuracy, from rulings as labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from atalaya.duties.rulings import SEPARATOR, Ruling

SCORE_BANDS = (0.0, 0.5, 0.65, 0.8, 0.9, 1.0)
"""Bounds of the bands of scores that are told apart; the last band holds its upper bound."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of so many rulings, those that said what the machine had said; `share` is None where there is no ruling."""

    rulings: int
    agreeing: int

    @property
    def share(self) -> float | None:
        """Agreeing of all."""
        return self.agreeing / self.rulings if self.rulings else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """`sure` counts matches that nobody had to be asked about, `asked` those that waited, in which the machine guesses *yes*.

    `bands` are the rulings by score, the lower bound of a band first, `duties` the sure ones by duty.
    """

    sure: Agreement
    asked: Agreement
    bands: tuple[tuple[float, Agreement], ...]
    duties: tuple[tuple[str, Agreement], ...]


def accuracy_of(rulings: Iterable[tuple[str, Ruling]]) -> Accuracy:
    """The agreement of people and machine, from (subject, ruling), the oldest first: the last ruling on a subject is its label.

    A duty that a person named and the machine did not see counts against the machine among the asked.
    """
    labels = {subject: ruling for subject, ruling in rulings if isinstance(ruling.get("fulfils"), bool)}
    told = [(_duty(subject), _said(ruling), ruling["fulfils"] is True) for subject, ruling in sorted(labels.items())]
    bands = []
    for low, high in pairwise(SCORE_BANDS):
        within = [(duty, said, right) for duty, said, right in told if low <= said[1] < high or said[1] == high == 1.0]
        bands.append((low, _agreement(right for _, _, right in within)))
    duties = sorted({duty for duty, said, _ in told if said[0]})
    return Accuracy(
        sure=_agreement(right for _, said, right in told if said[0]),
        asked=_agreement(right if said[1] else not right for _, said, right in told if not said[0]),
        bands=tuple(bands),
        duties=tuple(
            (id_, _agreement(right for duty, said, right in told if said[0] and duty == id_)) for id_ in duties
        ),
    )


def _agreement(rights: Iterable[bool]) -> Agreement:
    listed = list(rights)
    return Agreement(len(listed), sum(listed))


def _duty(subject: str) -> str:
    return subject.rpartition(SEPARATOR)[2]


def _said(ruling: Mapping[str, str | bool | None]) -> tuple[bool, float]:
    """Whether the machine was sure, and its score; no score for what it did not see."""
    return bool(ruling.get("sure")), float(str(ruling.get("score") or 0.0))
