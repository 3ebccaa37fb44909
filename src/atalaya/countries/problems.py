"""What is wrong with a country pack, gathered and told together: file, line, column, what, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

Path = tuple[str | int, ...]
"""Where a value stands inside a document: keys and positions from the top."""


@dataclass(frozen=True, slots=True, order=True)
class PackProblem:
    """One thing wrong. `severity` is `error` or `warning`; lines and columns count from 1; no line means the whole file."""

    file: str
    line: int | None
    column: int | None
    severity: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """`file:line:column: severity: what; remedy`, the form that editors open."""
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n is not None)])
        return f"{place}: {self.severity}: {self.what}{'; ' + self.remedy if self.remedy else ''}"


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the pack, by its path inside it, with the marks of its values: path → (line, column)."""

    file: str
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def mark(self, path: Path) -> tuple[int, int] | tuple[None, None]:
        """Line and column of a value, or of the nearest value that holds it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.marks:
                return self.marks[path[:length]]
        return (None, None)


class Problems:
    """The problems found so far, in the order found."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[PackProblem] = []

    def error(self, place: Place, path: Path, what: str, remedy: str = "") -> None:
        """Report something that makes the pack unusable."""
        line, column = place.mark(path)
        self._found.append(PackProblem(place.file, line, column, "error", what, remedy))

    def warning(self, place: Place, path: Path, what: str, remedy: str = "") -> None:
        """Report something that a person should look at."""
        line, column = place.mark(path)
        self._found.append(PackProblem(place.file, line, column, "warning", what, remedy))

    def all(self) -> tuple[PackProblem, ...]:
        """Every problem, by file and line."""
        return tuple(sorted(self._found, key=_in_reading_order))

    def any_error(self) -> bool:
        """Whether the pack cannot be used."""
        return any(problem.severity == "error" for problem in self._found)


def _in_reading_order(problem: PackProblem) -> tuple[tuple[str, ...], int, int, str, str]:
    parts = PurePosixPath(problem.file).parts
    return (parts, problem.line or 0, problem.column or 0, problem.severity, problem.what)


def told(problems: Iterable[PackProblem]) -> str:
    """The problems as lines of text."""
    return "\n".join(str(problem) for problem in problems)
