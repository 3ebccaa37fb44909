"""Numbers by which states identify persons, told by the word that heads a column and the form of its values.

The table is `data/vocabularies/identity_numbers.yml`. What a country pack declares comes beside it (`Limits.identities`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from atalaya.catalogue.vocabularies.tables import table
from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.pack import Identifier

LEAST_TELLING = 10
"""Different values from which a form tells without a name: of fewer, chance may give half of them a fitting check letter."""

_SEPARATORS = " .-/"
_BETWEEN = "\n"
_AT_ONCE = 16
"""Values that are compared with the forms together: most columns fail within the first ones."""


@dataclass(frozen=True, slots=True, eq=False)
class IdentityNumber:
    """One kind of number: the words that head it, its rule, and whether its form alone tells it."""

    names: re.Pattern[str]
    rule: IdentifierRule
    telling: bool
    companies: bool

    def holds(self, text: str) -> bool:
        """Whether a text is such a number, its check symbol included."""
        return self.accepts(self.rule.normal(text))

    def accepts(self, normal: str) -> bool:
        """The same for a text as the rule compares it; all rules of the table compare alike."""
        return self.rule.pattern.fullmatch(normal) is not None and self.rule.objection(normal) is None


@cache
def identity_numbers() -> tuple[IdentityNumber, ...]:
    """All of the table, in its order."""
    return tuple(map(_read, table("identity_numbers.yml")["identity_numbers"]))


@cache
def identity_names() -> tuple[str, ...]:
    """All words of the table that head such a number, each once."""
    rows = table("identity_numbers.yml")["identity_numbers"]
    return tuple(dict.fromkeys(name for row in rows for name in row["names"]))


def _read(row: dict[str, object]) -> IdentityNumber:
    names = row["names"]
    words = "|".join(map(re.escape, names if isinstance(names, list) else ()))
    rule = {"strip": _SEPARATORS, "upper": True, "checks": row.get("checks", ())}
    identifier = Identifier(id=str(row["id"]), title={}, pattern=str(row["pattern"]), rule=rule, personal=True)
    return IdentityNumber(
        names=re.compile(rf"\b(?:{words})\b"),
        rule=compile_identifier(identifier),
        telling=bool(row.get("telling", False)),
        companies=bool(row.get("companies", False)),
    )


def is_known_number(name: str, sample: Sequence[str], share: float, *, organisations: bool) -> bool:
    """Whether at least this share of the values are numbers of a kind that the folded name of their column names, or that
    tells itself by its form. `organisations` sets kinds aside that companies have too."""
    likely = _likely(name, len(sample) >= LEAST_TELLING, organisations)
    if not likely:
        return False
    form = _any_form(likely).fullmatch
    normals: list[str] = []
    failures, most = 0, len(sample) - share * len(sample)
    together = max(_AT_ONCE, int(most) + 1)
    for start in range(0, len(sample), together):
        some = _normals(likely[0].rule, sample[start : start + together])
        failures += list(map(form, some)).count(None)
        if failures > most:
            return False
        normals += some
    return any(mostly(normals, share, kind.accepts) for kind in likely)


def _normals(rule: IdentifierRule, sample: Sequence[str]) -> list[str]:
    """Texts as a rule compares them: all at once, where none holds the sign between them."""
    normals = rule.normal(_BETWEEN.join(sample)).split(_BETWEEN)
    return normals if len(normals) == len(sample) else list(map(rule.normal, sample))


@lru_cache(maxsize=1_000)
def _any_form(kinds: tuple[IdentityNumber, ...]) -> re.Pattern[str]:
    """The forms of several kinds as one: what has none of them is no number of any kind."""
    return re.compile("|".join(f"(?:{kind.rule.pattern.pattern})" for kind in kinds) or r"(?!)")


def mostly(values: Sequence[str], share: float, holds: Callable[[str], object]) -> bool:
    """Whether something holds of at least this share of values; asks no further once it cannot any more."""
    failures, most = 0, len(values) - share * len(values)
    for value in values:
        if not holds(value):
            failures += 1
            if failures > most:
                return False
    return True


@lru_cache(maxsize=10_000)
def _likely(name: str, telling: bool, organisations: bool) -> tuple[IdentityNumber, ...]:
    """The kinds that a column of this name may hold; `telling` says whether it has values enough for a form to tell."""
    return tuple(
        kind
        for kind in identity_numbers()
        if (kind.names.search(name) is not None and not (kind.companies and organisations))
        or (kind.telling and telling)
    )
