"""A column as semantic types look at it: what the caller gives, and what is computed of it once and shared by all
types."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from atalaya.catalogue.folding import fold
from atalaya.inspection.kinds import MISSING
from atalaya.inspection.semantic.names import Name, read_name
from atalaya.inspection.semantic.shapes import NUMERIC, Form, form_of, shapes_of
from atalaya.inspection.values import DecimalMark, decimal_mark, parse_number

LOOKED = 80
"""Different values of a column that are looked at: with 80, the share of those that fit is known within five
hundredths. More would cost time without changing an answer, for types allow a tenth to differ."""
_DISTINCT_LEAST = 0.5
_NEARLY_ALL = 0.95
_MANY = 12
_PROBED = 5
_SOME = 24
_FOLDED = 120


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


class Seen:
    """A column made ready: the values that are looked at with their weights, and their forms. Types share what is
    computed here."""

    def __init__(self, view: ColumnView, name: Name, table: Sequence[Name]) -> None:
        self.view = view
        self.name = name
        self.table = table
        """Names of all columns of the table."""
        taken = list(view.values)
        if len(taken) > LOOKED:
            taken = sorted(taken)
            step = len(taken) / LOOKED
            taken = [taken[int(place * step)] for place in range(LOOKED)]
        self.values = [value.strip() for value in taken]
        self.weights = [view.values[value] for value in taken]
        if any(value.lower() in MISSING for value in self.values if len(value) < 16):
            self._drop_missing()
        self.forms = self._forms()

    def _drop_missing(self) -> None:
        kept = [(v, w) for v, w in zip(self.values, self.weights, strict=True) if v.lower() not in MISSING]
        self.values = [value for value, _ in kept]
        self.weights = [weight for _, weight in kept]

    def _forms(self) -> list[Form]:
        return [form_of(shape) for shape in shapes_of(self.values)] if self.values else []

    @cached_property
    def weight(self) -> int:
        """Cells that hold the values looked at."""
        return sum(self.weights) or 1

    @property
    def leading(self) -> Form:
        """The commonest form: of nearly all cells, else of the values; numbers of all writings count together."""
        for place, most in ((1, _NEARLY_ALL * self.weight), (0, 0.0)):
            counts = {form: found[place] for form, found in self.by_form.items()}
            numeric = {form: count for form, count in counts.items() if form in NUMERIC}
            total = sum(numeric.values())
            others = {form: count for form, count in counts.items() if form not in NUMERIC}
            best = numeric if total >= max(others.values(), default=0) else others
            if (total if best is numeric else max(others.values())) >= most:
                return max(best, key=lambda form: (best[form], form.value))
        return Form.OTHER

    @cached_property
    def by_form(self) -> Mapping[Form, tuple[int, int]]:
        """Form → how many of the values have it, and how many cells hold those."""
        counts: Counter[Form] = Counter(self.forms)
        cells: Counter[Form] = Counter()
        for form, weight in zip(self.forms, self.weights, strict=True):
            cells[form] += weight
        return {form: (counts[form], cells[form]) for form in counts}

    def of_forms(self, forms: frozenset[Form]) -> float:
        """The share of the values that have one of these forms (see `fitting`)."""
        found = [self.by_form[form] for form in forms if form in self.by_form]
        return self._share(sum(count for count, _ in found), sum(cells for _, cells in found))

    def fitting(self, test: Callable[[str], object]) -> float:
        """The share for which a test holds: of the different values or, where half of those fit or nearly all cells do, of
        the cells that hold them, so that a few notes among many repeated values do no harm. Where it holds for none of five
        values spread over all, the rest are not asked: 0."""
        values = self.values
        if len(values) > _MANY and not any(map(test, values[:: len(values) // _PROBED])):
            return 0.0
        held = [bool(test(value)) for value in values]
        return self._share(sum(held), sum(weight for hit, weight in zip(held, self.weights, strict=True) if hit))

    def some(self, test: Callable[[str], object]) -> float:
        """The share of some 24 values spread over all, for which a test holds: for signs that only part of the
        values bear."""
        taken = self.values[:: max(1, len(self.values) // _SOME)]
        return sum(1 for value in taken if test(value)) / max(1, len(taken))

    def _share(self, count: int, cells: int) -> float:
        if not self.values:
            return 0.0
        different = count / len(self.values)
        held = cells / self.weight
        return max(different, held) if different >= _DISTINCT_LEAST or held >= _NEARLY_ALL else different

    @cached_property
    def text(self) -> str:
        """The values looked at, one a line: whether a sign stands in any of them is asked of all at once."""
        return "\n".join(self.values)

    def holds(self, *signs: str) -> bool:
        """Whether one of the signs stands in any of the values."""
        return any(sign in self.text for sign in signs)

    @cached_property
    def distinct(self) -> int:
        """How many different values the column holds, at least."""
        return self.view.distinct if self.view.distinct is not None else max(len(self.view.values), 10_000)

    @cached_property
    def variety(self) -> float:
        """Different values for each filled cell: 1 where none repeats."""
        return self.distinct / max(1, self.view.filled)

    @cached_property
    def mark(self) -> DecimalMark:
        """The decimal mark of its numbers."""
        return decimal_mark(self.values)

    @cached_property
    def numbers(self) -> list[float]:
        """The values that are numbers, read with the mark of the column."""
        read = (parse_number(value, self.mark.mark) for value in self.values)
        return [number for number in read if number is not None]

    @cached_property
    def whole_numbers(self) -> bool:
        """Whether nearly all values are whole numbers written plainly."""
        return self.of_forms(_INTEGERS) >= 0.9 or (
            self.of_forms(_PLAIN) >= 0.9 and all(number.is_integer() for number in self.numbers)
        )

    @cached_property
    def folded(self) -> list[str]:
        """The values looked at, folded."""
        return [folded(value) for value in self.values]

    @cached_property
    def lengths(self) -> float:
        """Mean length of the values looked at, in characters."""
        return sum(map(len, self.values)) / max(1, len(self.values))

    @cached_property
    def words(self) -> float:
        """Mean number of words of the values looked at."""
        return sum(value.count(" ") + 1 for value in self.values) / max(1, len(self.values))


_INTEGERS = frozenset({Form.INTEGER})
_PLAIN = frozenset({Form.INTEGER, Form.NUMBER})


@lru_cache(maxsize=65_536)
def folded(value: str) -> str:
    """A value without accents, case and punctuation; columns of one file repeat them."""
    return fold(value[:_FOLDED])


def see(views: Sequence[ColumnView]) -> list[Seen]:
    """The columns of one table made ready."""
    names = tuple(read_name(view.name) for view in views)
    return [Seen(view, name, names) for view, name in zip(views, names, strict=True)]
