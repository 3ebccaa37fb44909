"""Validates identifiers with check digits from what a country pack declares; no identifier is known to the code.

The steps, each as data: drop the characters of `strip` and write in capitals where `upper` says so; hold the text against
`pattern`; for every check, compute the symbol that should stand in the slice `check` from the slice `body`; for every
lookup, find the slice among the codes of the country's divisions of that level.

A check symbol is residue = (offset + Σ value × weight) mod modulus, or its complement to the modulus, then the entry of
`residues` for it, else the residue in decimal digits. Weights repeat from the side that `from` names. `digit_sum` adds the
digits of every product first, as the Luhn rule of ISO/IEC 7812-1 does. A residue whose entry is null is never valid.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from atalaya.countries.pack import Division, Identifier

REASONS = ("pattern", "check_digit", "unknown_code")
"""Why a text is no identifier: its form, its check symbol, or a code in it that no division has."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is a valid identifier, the first reason why not, and the text as compared."""

    valid: bool
    normal: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CheckRule:
    """How one check symbol follows from a slice of the identifier."""

    body: slice
    check: slice
    weights: Callable[[int], Sequence[int]]
    modulus: int
    from_right: bool
    digit_sum: bool
    complement: bool
    offset: int
    values: Mapping[str, int]
    residues: Mapping[int, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class IdentifierRule:
    """An identifier made ready for many values: built once by `compile_identifier`, used with `verdict`."""

    id: str
    pattern: re.Pattern[str]
    dropped: Mapping[int, None]
    upper: bool
    checks: tuple[CheckRule, ...]
    lookups: tuple[tuple[slice, frozenset[str]], ...]

    def verdict(self, text: str) -> Verdict:
        """Judge one text."""
        normal = self.normal(text)
        reason = self.objection(normal)
        return Verdict(reason is None, normal, reason)

    def normal(self, text: str) -> str:
        """A text as it is compared."""
        normal = text.translate(self.dropped)
        return normal.upper() if self.upper else normal

    def objection(self, normal: str) -> str | None:
        """Why a text, as it is compared, is no identifier; None where it is one."""
        if self.pattern.fullmatch(normal) is None:
            return "pattern"
        for check in self.checks:
            expected = check_symbol(normal[check.body], check, len(normal[check.check]))
            if expected is None or expected != normal[check.check]:
                return "check_digit"
        for place, codes in self.lookups:
            if normal[place] not in codes:
                return "unknown_code"
        return None


def validate_identifier(text: str, identifier: Identifier, divisions: Iterable[Division] = ()) -> Verdict:
    """Judge one text by an identifier of a pack. For many texts use `compile_identifier` once."""
    return compile_identifier(identifier, divisions).verdict(text)


def compile_identifier(identifier: Identifier, divisions: Iterable[Division] = ()) -> IdentifierRule:
    """Make the declared rule ready. `divisions` are those of the pack, for lookups.

    Raises ValueError naming the identifier when its pattern is no regular expression.
    """
    rule: Mapping[str, Any] = identifier.rule
    try:
        pattern = re.compile(identifier.pattern)
    except re.error as error:
        raise ValueError(f"the pattern of identifier {identifier.id} is no regular expression: {error}") from error
    known = tuple(divisions)
    lookups = tuple(
        (slice(*entry["slice"]), frozenset(d.code for d in known if d.level == entry["level"]))
        for entry in rule.get("lookups", ())
    )
    return IdentifierRule(
        id=identifier.id,
        pattern=pattern,
        dropped=dict.fromkeys(map(ord, str(rule.get("strip", "")))),
        upper=bool(rule.get("upper", False)),
        checks=tuple(_check_rule(entry) for entry in rule.get("checks", ())),
        lookups=lookups,
    )


def check_symbol(body: str, check: CheckRule, width: int = 1) -> str | None:
    """The symbol that should stand behind `body`, zero-padded to `width`; None where no identifier has this body."""
    symbols = [check.values.get(symbol) for symbol in body]
    if any(value is None for value in symbols):
        return None
    values = [value for value in symbols if value is not None]
    weights = check.weights(len(values))
    if check.from_right:
        values.reverse()
    products = [value * weight for value, weight in zip(values, weights, strict=True)]
    if check.digit_sum:
        products = [sum(map(int, str(product))) for product in products]
    residue = (check.offset + sum(products)) % check.modulus
    if check.complement:
        residue = (check.modulus - residue) % check.modulus
    if residue in check.residues:
        return check.residues[residue]
    return str(residue).zfill(width)


_VALUES: dict[str, int] = {symbol: place for place, symbol in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
"""Values of symbols where a check declares none: digits, then A is 10 to Z is 35, as in ISO/IEC 7064."""


def _check_rule(entry: Mapping[str, Any]) -> CheckRule:
    return CheckRule(
        body=slice(*entry["body"]),
        check=slice(*entry["check"]),
        weights=_weights(entry["weights"], entry["modulus"]),
        modulus=entry["modulus"],
        from_right=entry.get("from", "left") == "right",
        digit_sum=bool(entry.get("digit_sum", False)),
        complement=bool(entry.get("complement", False)),
        offset=int(entry.get("offset", 0)),
        values=entry.get("values") or _VALUES,
        residues={int(residue): symbol for residue, symbol in entry.get("residues", {}).items()},
    )


def _weights(declared: Any, modulus: int) -> Callable[[int], Sequence[int]]:
    """Weights for a body of any length, the first one first; other processes can be given them."""
    if isinstance(declared, Mapping) and "power" in declared:
        return partial(_powers, declared["power"], modulus)
    if isinstance(declared, Mapping):
        return partial(_steps, declared["start"], declared["step"])
    return partial(_repeated, tuple(declared))


def _powers(base: int, modulus: int, length: int) -> list[int]:
    return [pow(base, place, modulus) for place in range(length)]


def _steps(start: int, step: int, length: int) -> list[int]:
    return [start + step * place for place in range(length)]


def _repeated(weights: Sequence[int], length: int) -> list[int]:
    return [weights[place % len(weights)] for place in range(length)]
