"""One line of a table of accuracy: what was compared, how many were right, and every case that was not."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the table: what was compared, how many were right of how many, and what was wrong."""

    name: str
    right: int
    total: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 for nothing compared."""
        return self.right / self.total if self.total else 0.0


def score(name: str, verdicts: Iterable[tuple[str, bool, str]]) -> Score:
    """Count verdicts of (case, right, what was said instead)."""
    listed = list(verdicts)
    wrong = tuple(f"{case}: {said}" for case, right, said in listed if not right)
    return Score(name, len(listed) - len(wrong), len(listed), wrong)
