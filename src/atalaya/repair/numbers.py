"""Numbers written plainly, digit by digit: no value passes through a binary fraction."""

import re

from atalaya.inspection.values import CURRENCY_SIGNS

_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−])?\s*(?P<before>{CURRENCY_SIGNS})?\s*(?P<inner>[-+−])?"
    rf"(?P<digits>[\d.,' \u00a0\u202f]*\d[.,]?)\s*(?P<after>%|{CURRENCY_SIGNS})?\s*(?P<close>\))?(?P<behind>[-−])?\Z"
)
_SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?[eE][-+]?\d+")
_BETWEEN_GROUPS = str.maketrans("", "", "' \u00a0\u202f")


def plain_number(text: str, mark: str) -> tuple[str, str] | None:
    """The number without marks between groups and with a point before its decimals, and the sign that stood with it.

    None where it is no such number. Decimals are kept as they are written.

    >>> plain_number("Q 1.234,50", ","), plain_number("(12)", "."), plain_number("45 %", "."), plain_number("+3", ".")
    (('1234.50', 'Q'), ('-12', ''), ('45', '%'), ('3', ''))
    """
    if mark == "." and _SCIENTIFIC.fullmatch(text):
        return text, ""
    found = _NUMBER.match(text)
    if found is None or (found["open"] is None) != (found["close"] is None):
        return None
    if found["before"] and found["after"] not in (None, found["before"]):
        return None
    digits = found["digits"].translate(_BETWEEN_GROUPS)
    whole, _, decimals = digits.replace("," if mark == "." else ".", "").partition(mark)
    if not (whole or decimals) or not (whole + decimals).isdigit():
        return None
    whole = whole.lstrip("0") or "0"
    negative = sum(found[name] in ("-", "−") for name in ("sign", "inner", "behind")) + (found["open"] is not None)
    if negative > 1:
        return None
    zero = not (whole + decimals).strip("0")
    plain = f"{whole}.{decimals}" if decimals else whole
    return ("-" if negative and not zero else "") + plain, found["before"] or found["after"] or ""
