"""A column as semantic types look at it: what the caller gives, and what is computed of it once and shared by all
types."""

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from atalaya.catalogue.folding import fold
from atalaya.inspection.kinds import MISSING
from atalaya.inspection.semantic.bodies import BODY_WORDS, names_a_body
from atalaya.inspection.semantic.names import Name, Phrases, read_names
from atalaya.inspection.semantic.shapes import NUMERIC, Form, forms_of
from atalaya.inspection.values import DecimalMark, decimal_mark, parse_number

LOOKED = 60
"""Different values of a column that are looked at: with 60, the share of those that fit is known within six
hundredths. More would cost time without changing an answer, for types allow a tenth to differ."""
_DISTINCT_LEAST = 0.5
_NEARLY_ALL = 0.95
_MANY = 16
_FAILED = 5
"""Values out of a dozen that may fail before the rest are not asked: where nine tenths fit, six of twelve fail once
in twenty thousand columns."""
_PROBED = 12
_SOME = 24
_FOLDED = 120
_LONGEST_MISSING = 60
_PLACEHOLDER = ("{{", "${", "<%", "[[")
"""How a template begins what it leaves to be filled: a value that is only that was never filled."""
_OPENING = frozenset("{%[")
"""Signs of which each of them has one."""
_LISTED_LEAST = 0.9


@dataclass(frozen=True, slots=True)
class ColumnView:
    """What is known of a column: its name as published, its physical kind, how many cells are filled, how many
    different values they hold (None where that was not counted to the end), and different filled values with how
    often each stands there: all of them, or a sample spread over their order where `whole` is false."""

    name: str
    kind: str
    filled: int
    distinct: int | None
    values: Mapping[str, int]
    whole: bool = True


T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - written like `property`
    """A property that is computed once. That of functools takes a lock each time, which costs a tenth of all judging
    before Python 3.12."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, column: Any, _: type | None = None) -> T:
        value = column.__dict__[self.name] = self.compute(column)
        return value


class Seen:
    """A column made ready: the values that are looked at with their weights, and their forms. Types share what is
    computed here. `table` are all columns of its table, itself among them at `place`."""

    def __init__(self, view: ColumnView, name: Name, table: "Sequence[Seen]" = (), place: int = 0) -> None:
        self.view = view
        self.name = name
        self.table = table
        self.place = place
        taken: list[str] = list(view.values)
        if len(taken) > LOOKED:
            taken.sort()
            step = len(taken) / LOOKED
            taken = [taken[int(place * step)] for place in range(LOOKED)]
            self.weights = list(map(view.values.__getitem__, taken))
        else:
            self.weights = list(view.values.values())
        self.values = [value.strip() for value in taken]
        self.text = "\n".join(self.values)
        """The values looked at, one a line: whether a sign stands in any of them is asked of all at once."""
        self.signs = frozenset(self.text)
        templates = not _OPENING.isdisjoint(self.signs) and any(sign in self.text for sign in _PLACEHOLDER)
        if templates or not MISSING.isdisjoint(map(str.lower, self.values)):
            self._drop_missing()
            self.text = "\n".join(self.values)
            self.signs = frozenset(self.text)
        """The characters that occur in them: most types need some that most columns lack."""
        self.forms = forms_of(self.values, self.text)

    def _drop_missing(self) -> None:
        missing = [value.lower() in MISSING or _is_placeholder(value) for value in self.values]
        for place in reversed(range(len(missing))):
            if missing[place]:
                del self.values[place], self.weights[place]

    @once
    def weight(self) -> int:
        """Cells that hold the values looked at."""
        return sum(self.weights) or 1

    @once
    def leading(self) -> Form:
        """The commonest form: of nearly all cells, else of the values; numbers of all writings count together."""
        if len(self.by_form) == 1:
            return next(iter(self.by_form))
        for place, most in ((1, _NEARLY_ALL * self.weight), (0, 0.0)):
            numeric, others = 0, 0
            number = other = Form.OTHER
            best_number = best_other = (0, "")
            for form, found in self.by_form.items():
                count = found[place]
                if form in NUMERIC:
                    numeric += count
                    if (count, form.value) > best_number:
                        number, best_number = form, (count, form.value)
                elif (count, form.value) > best_other:
                    other, others, best_other = form, count, (count, form.value)
            if max(numeric, others) >= most:
                return number if numeric >= others and numeric else other
        return Form.OTHER

    @once
    def by_form(self) -> Mapping[Form, tuple[int, int]]:
        """Form → how many of the values have it, and how many cells hold those."""
        if len(set(self.forms)) == 1:
            return {self.forms[0]: (len(self.forms), self.weight)}
        found: dict[Form, tuple[int, int]] = {}
        for form, weight in zip(self.forms, self.weights, strict=True):
            count, cells = found.get(form, (0, 0))
            found[form] = (count + 1, cells + weight)
        return found

    def of_forms(self, forms: frozenset[Form]) -> float:
        """The share of the values that have one of these forms (see `fitting`)."""
        count = cells = 0
        for form, found in self.by_form.items():
            if form in forms:
                count, cells = count + found[0], cells + found[1]
        return self._share(count, cells)

    def fitting(self, test: Callable[[str], object]) -> float:
        """The share for which a test holds: of the different values or, where half of those fit or nearly all cells do, of
        the cells that hold them, so that a few notes among many repeated values do no harm. Where it fails for half of a
        dozen values spread over all, and none is held by many cells, the rest are not asked: 0."""
        values = self.values
        if len(values) > _MANY:
            failed = 0
            for value in values[:: len(values) // _PROBED][:_PROBED]:
                if not test(value):
                    failed += 1
                    if failed > _FAILED:
                        return self._of_cells(test)
        held = [weight for value, weight in zip(values, self.weights, strict=True) if test(value)]
        return self._share(len(held), sum(held)) if held else 0.0

    def held(self, test: Callable[[str], object]) -> float:
        """The share of the cells that hold a value for which a test holds."""
        return sum(weight for value, weight in zip(self.values, self.weights, strict=True) if test(value)) / self.weight

    def _of_cells(self, test: Callable[[str], object]) -> float:
        """The share of the cells, where few values fill nearly all of them; else 0."""
        heavy = self._heavy
        if heavy is None or not test(heavy):
            return 0.0
        cells = sum(weight for value, weight in zip(self.values, self.weights, strict=True) if test(value))
        return self._share(0, cells)

    @once
    def _heavy(self) -> str | None:
        """The value that most cells hold, where that is many times what one of the values holds on average."""
        most = max(self.weights)
        return self.values[self.weights.index(most)] if most * len(self.values) > 8 * self.weight else None

    def some(self, test: Callable[[str], object]) -> float:
        """The share of some 24 values spread over all, for which a test holds: for signs that only part of the
        values bear."""
        taken = self.values[:: max(1, len(self.values) // _SOME)]
        count = 0
        for text in taken:
            if test(text):
                count += 1
        return count / max(1, len(taken))

    def _share(self, count: int, cells: int) -> float:
        if not self.values:
            return 0.0
        different = count / len(self.values)
        held = cells / self.weight
        return max(different, held) if different >= _DISTINCT_LEAST or held >= _NEARLY_ALL else different

    def holds(self, *signs: str) -> bool:
        """Whether one of the signs stands in any of the values."""
        return any(sign in self.text for sign in signs)

    @once
    def distinct(self) -> int:
        """How many different values the column holds, at least."""
        return self.view.distinct if self.view.distinct is not None else max(len(self.view.values), 10_000)

    @once
    def variety(self) -> float:
        """Different values for each filled cell: 1 where none repeats. Where they were not counted to the end, as
        many as those looked at have for their cells."""
        if self.view.distinct is None:
            return len(self.values) / self.weight
        return self.view.distinct / max(1, self.view.filled)

    @once
    def mark(self) -> DecimalMark:
        """The decimal mark of its numbers."""
        return decimal_mark(self.values)

    @once
    def numbers(self) -> list[float]:
        """The values that are numbers, read with the mark of the column."""
        if self.of_forms(_INTEGERS) == 1.0 and len(self.by_form) == 1:
            return [float(value.replace("−", "-")) for value in self.values]
        mark = self.mark.mark
        read = [parse_number(value, mark) for value in self.values]
        return [number for number in read if number is not None]

    @once
    def whole_numbers(self) -> bool:
        """Whether nearly all values are whole numbers written plainly."""
        return self.of_forms(_INTEGERS) >= 0.9 or (
            self.of_forms(_PLAIN) >= 0.9 and all(number.is_integer() for number in self.numbers)
        )

    @once
    def runs(self) -> bool:
        """Whether the numbers run from 0 or 1 to about their number, each hardly more than once: rows or ranks."""
        numbers = self.numbers
        if not numbers or not self.whole_numbers or self.variety < _RUNNING_VARIETY or self.distinct < _LEAST_RUNNING:
            return False
        last = self.view.filled if self.view.distinct is None else self.distinct
        return min(numbers) in (0, 1) and last * 0.95 - 1 <= max(numbers) <= last * 1.05 + 1

    @once
    def lengths(self) -> float:
        """Mean length of the values looked at, in characters."""
        return (len(self.text) - len(self.values) + 1) / max(1, len(self.values))

    @once
    def words(self) -> float:
        """Mean number of words of the values looked at."""
        return self.text.count(" ") / max(1, len(self.values)) + 1

    @once
    def folded(self) -> list[str]:
        """The values looked at, folded: all of them at once, which costs a tenth of one after the other."""
        plain = self.signs <= _PLAIN_SIGNS and "  " not in self.text
        if plain and self.text.count("\n") == len(self.values) - 1:
            return self.text.lower().split("\n")
        if len(self.text) > _FOLDED * len(self.values):
            return [folded(value) for value in self.values]
        return [value.strip() for value in fold(_BETWEEN.join(self.values)).split(_BETWEEN.strip())]

    @once
    def tokens(self) -> frozenset[str]:
        """The folded words of all values: a type that needs one of some words is ruled out by them at once."""
        return frozenset(" ".join(self.folded).split())

    def among(self, words: frozenset[str]) -> float:
        """The share of the values that stand, folded, in a list of words (see `fitting`)."""
        if words.isdisjoint(self.folded):
            return 0.0
        count = cells = 0
        for text, weight in zip(self.folded, self.weights, strict=True):
            if text in words:
                count, cells = count + 1, cells + weight
        return self._share(count, cells)

    @once
    def lowered(self) -> bool:
        """Whether the values are written in small letters of the alphabet alone."""
        return self.text.isascii() and self.text == self.text.lower()

    @once
    def bodies(self) -> float:
        """The share of some values spread over all that have words of names of bodies."""
        if BODY_WORDS.isdisjoint(self.tokens):
            return 0.0
        taken = self.folded[:: max(1, len(self.folded) // _SOME)]
        return sum(map(names_a_body, taken)) / max(1, len(taken))

    @once
    def answers(self) -> bool:
        """Whether the values answer with yes, no, partly or a number, and some of them say more."""
        return " " in self.signs and self.some(_ANSWER.match) >= _ANSWERED

    @once
    def says_its_name(self) -> bool:
        """Whether its name is all that the column holds, which tells nothing."""
        return len(self.values) == 1 and self.folded[0] == fold(self.name.raw.strip("X."))

    @once
    def listed(self) -> "Seen | None":
        """The elements of a column whose cells are lists of texts (`["a", "b"]`), as a column; None where they are
        something else."""
        if self.of_forms(_STRUCTURES) < _LISTED_LEAST or not self.text.startswith("[") or "{" in self.signs:
            return None
        read = [(_elements(value), weight) for value, weight in zip(self.values, self.weights, strict=True)]
        if sum(elements is None for elements, _ in read) > (1 - _LISTED_LEAST) * len(read):
            return None
        counts: Counter[str] = Counter()
        for elements, weight in read:
            for element in elements or ():
                counts[element] += weight
        counts.pop("", None)
        if not counts:
            return None
        view = ColumnView(self.view.name, "text", counts.total(), len(counts), counts, self.view.whole)
        return Seen(view, self.name, self.table, self.place)

    @once
    def stem(self) -> str:
        """The name without numbers: columns that are counted through (`item1`, `item2`) share it."""
        return "".join(sign for sign in self.name.raw.lower() if not sign.isdigit() and not sign.isspace())

    def beside(self, phrases: Phrases, least: int) -> bool:
        """Whether another column of the table has a name of which a phrase is at least so much."""
        return any(other is not self and other.name.says(phrases) >= least for other in self.table)

    def next_to(self, phrases: Phrases, least: int) -> bool:
        """Whether the column before or behind it has such a name."""
        near = (self.place - 1, self.place + 1)
        return any(0 <= at < len(self.table) and self.table[at].name.says(phrases) >= least for at in near)


_PLAIN_SIGNS = frozenset(string.ascii_letters + string.digits + " ") | {"\n"}
"""Characters that folding leaves as they are, but for their case."""
_BETWEEN = " zqxjkz "
"""What no value holds, put between values that are folded together."""
_INTEGERS = frozenset({Form.INTEGER})
_PLAIN = frozenset({Form.INTEGER, Form.NUMBER})
_STRUCTURES = frozenset({Form.STRUCTURE})
_RUNNING_VARIETY = 0.9
_ANSWER = re.compile(r"(?:s[ií]|no|yes|n/?a|parcial|partial|partly|algo|some|~?\d+)\b(?![\w./-])", re.IGNORECASE)
_ANSWERED = 0.8
_LEAST_RUNNING = 5


def _is_placeholder(value: str) -> bool:
    return (
        value.startswith(_PLACEHOLDER) and value[-1:] in "}>]" and " " not in value and len(value) <= _LONGEST_MISSING
    )


_QUOTED = re.compile(r"\[u?(['\"]).*\1\]\Z", re.DOTALL)
"""A list as a programming language prints it."""


def _elements(value: str) -> list[str] | None:
    try:
        read = json.loads(value)
    except ValueError:
        read = [part.strip("u '\"") for part in value.strip("[] ").split(",")] if _QUOTED.match(value) else None
    if not isinstance(read, list) or not all(isinstance(each, str) for each in read):
        return None
    return [each.strip() for each in read]


@lru_cache(maxsize=65_536)
def folded(value: str) -> str:
    """A value without accents, case and punctuation; columns of one file repeat them."""
    return fold(value[:_FOLDED])


def see(views: Iterable[ColumnView]) -> list[Seen]:
    """The columns of one table made ready."""
    listed = list(views)
    names = read_names([view.name for view in listed], [not view.filled for view in listed])
    table: list[Seen] = []
    for place, (view, name) in enumerate(zip(listed, names, strict=True)):
        table.append(Seen(view, name, table, place))
    return table
