"""Check digits by rules that are data: known schemes of several countries, and properties of the arithmetic."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atalaya.countries.identifiers import check_symbol, compile_identifier, validate_identifier
from atalaya.countries.pack import Division, Identifier


def identifier(pattern: str, *checks: Mapping[str, Any], **rule: Any) -> Identifier:
    return Identifier(id="x", title={"en": "x"}, pattern=pattern, rule={"checks": list(checks), **rule})


# Values are published examples of each scheme, or worked by hand where the comment says so.
LUHN = identifier(
    "[0-9]+",
    {"body": [0, -1], "check": [-1, None], "weights": [2, 1], "from": "right", "digit_sum": True, "modulus": 10,
     "complement": True},
)  # fmt: skip
IBAN_LIKE = identifier(
    "[0-9]{4,}",
    {"body": [0, -2], "check": [-2, None], "weights": {"power": 10}, "from": "right", "modulus": 97},
)
TWO_DIGITS = identifier(
    "[0-9]{11}",
    {"body": [0, 9], "check": [9, 10], "weights": [10, 9, 8, 7, 6, 5, 4, 3, 2], "modulus": 11, "complement": True,
     "residues": {"10": "0"}},
    {"body": [0, 10], "check": [10, 11], "weights": [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], "modulus": 11, "complement": True,
     "residues": {"10": "0"}},
    strip=".-",
)  # fmt: skip
CYCLE = identifier(
    "[0-9]{7,8}[0-9K]",
    {"body": [0, -1], "check": [-1, None], "weights": [2, 3, 4, 5, 6, 7], "from": "right", "modulus": 11,
     "complement": True, "residues": {"10": "K"}},
    strip=".-",
    upper=True,
)  # fmt: skip
LETTER = identifier(
    "[0-9]{8}[A-Z]",
    {"body": [0, 8], "check": [8, 9], "weights": {"power": 10}, "from": "right", "modulus": 23,
     "residues": {str(n): letter for n, letter in enumerate("TRWAGMYFPDXBNJZSQVHLCKE")}},
    upper=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "reason"),
    [
        (LUHN, "79927398713", None),
        (LUHN, "79927398710", "check_digit"),
        (LUHN, "4111111111111111", None),
        (IBAN_LIKE, "10003", None),  # 100 mod 97 is 3, written 03
        (IBAN_LIKE, "10004", "check_digit"),
        (TWO_DIGITS, "111.444.777-35", None),  # the example of every page on Brazil's CPF
        (TWO_DIGITS, "111.444.777-53", "check_digit"),
        (CYCLE, "12.345.678-5", None),  # the example of every page on Chile's RUT
        (CYCLE, "12.345.678-k", "check_digit"),
        (CYCLE, "123456", "pattern"),
        (LETTER, "12345678z", None),  # the example of every page on Spain's DNI
        (LETTER, "12345678A", "check_digit"),
        (LETTER, "", "pattern"),
    ],
)
def test_schemes_of_several_countries(rule: Identifier, text: str, reason: str | None) -> None:
    verdict = validate_identifier(text, rule)
    assert (verdict.valid, verdict.reason) == (reason is None, reason)


def test_a_lookup_wants_a_code_of_the_level() -> None:
    rule = identifier("[0-9]{3}", lookups=[{"slice": [1, 3], "level": 2}])
    divisions = [Division(code="12", name="x", level=2), Division(code="34", name="y", level=1)]
    assert validate_identifier("912", rule, divisions).valid
    assert validate_identifier("934", rule, divisions).reason == "unknown_code"


def test_an_unknown_symbol_has_no_check_symbol() -> None:
    rule = identifier(".{3}", {"body": [0, 2], "check": [2, 3], "weights": [1], "modulus": 7})
    assert validate_identifier("1-3", rule).reason == "check_digit"


def test_declared_values_of_symbols() -> None:
    values = {"x": 5, "y": 6}
    rule = identifier(
        "[xy]{2}[0-9]", {"body": [0, 2], "check": [2, 3], "weights": [1], "modulus": 10, "values": values}
    )
    assert validate_identifier("xy1", rule).valid


def test_a_broken_pattern_names_the_identifier() -> None:
    with pytest.raises(ValueError, match="identifier x"):
        compile_identifier(identifier("["))


@given(st.integers(2, 97), st.lists(st.integers(1, 50), min_size=1, max_size=8), st.text("0123456789", min_size=1, max_size=20),
       st.booleans(), st.booleans(), st.sampled_from(["left", "right"]))  # fmt: skip
def test_a_body_with_its_own_symbol_is_valid(
    modulus: int, weights: list[int], body: str, complement: bool, digit_sum: bool, side: str
) -> None:
    width = len(str(modulus - 1))
    check = {"body": [0, -width], "check": [-width, None], "weights": weights, "from": side, "modulus": modulus,
             "complement": complement, "digit_sum": digit_sum}  # fmt: skip
    rule = compile_identifier(identifier("[0-9]+", check))
    symbol = check_symbol(body, rule.checks[0], width)
    assert symbol is not None
    assert rule.verdict(body + symbol).valid
    others = [f"{n:0{width}d}" for n in range(modulus)]
    assert [o for o in others if rule.verdict(body + o).valid] == [symbol]


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(0, 7), st.integers(1, 9))
def test_weights_prime_to_the_modulus_catch_every_single_error(body: str, place: int, shift: int) -> None:
    check = {
        "body": [0, 8],
        "check": [8, 9],
        "weights": [2, 3, 4, 5, 6, 7, 8, 9],
        "modulus": 11,
        "residues": {"10": None},
    }
    rule = compile_identifier(identifier("[0-9]{9}", check))
    symbol = check_symbol(body, rule.checks[0])
    assume(symbol is not None)
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    assert rule.verdict(f"{wrong}{symbol}").reason == "check_digit"


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    for rule in (LUHN, TWO_DIGITS, CYCLE, LETTER):
        verdict = validate_identifier(text, rule)
        assert verdict.valid == (verdict.reason is None)
