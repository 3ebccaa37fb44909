"""What is done to the values of one column: what it is, and for each different text the one that it becomes.

A column is decided as a whole. Where one value does not fit, or two readings fit, the column stays text and the doubt is told.
What was decided is judged once more on the mended values: a decision that these would not repeat is none.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from atalaya.inspection.damaged_letters import is_damaged, mended
from atalaya.inspection.disguises import find_disguises
from atalaya.inspection.kinds import text_kind
from atalaya.inspection.values import date_order, decimal_mark, parse_date, plain_number, tells_time
from atalaya.repair.changes import Decision, Doubt

_SIGNS = frozenset({"-", "--", "---", "----", "–", "—", ".", "..", "...", "*", "?"})
"""Disguises that tables also write for zero or for a figure withheld: they stay, and are declared as missing."""
_WORDS_AS_CODES = frozenset({"na", "nd", "sd", "nan", "none", "nil", "null", "missing"})
"""Words for a missing value that may be codes or names where a column is text."""
_MOSTLY = 0.9
"""Share of the filled cells that are numbers, or dates, from which the others are worth a doubt."""
_ZONE = re.compile(r"(?:Z|UTC|GMT|[-+]\d{2}:?\d{2}|\s[A-Z]{3,4})\s*\Z")
_SHORT_YEAR = re.compile(
    r"(?:[^\W\d]{2,10}[.,]*\s+)?\d{1,2}[-/. ]+(?:de )?(?:\d{1,2}|[^\W\d_]{3,10}\.?)[-/., ]+(?:de |del )?'?\d{2}(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRepair:
    """What becomes of a column. `type` is one of Table Schema (string, integer, number, boolean, date, datetime); `becomes`
    holds the different texts that change, `reasons` why; `missing` are texts left in place that mean that there is no value.
    """

    type: str
    becomes: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unit: str = ""


def decide(name: str, counts: Mapping[str, int]) -> ColumnRepair:
    """What becomes of a column, from its different texts with how often each stands there, the empty one included."""
    first = _decide(name, counts)
    again: dict[str, int] = {}
    for text, count in counts.items():
        after = first.becomes.get(text, text)
        again[after] = again.get(after, 0) + count
    second = _decide(name, again)
    if second.type == first.type and not second.becomes:
        return first
    return _as_text(name, counts, (Doubt(code="decimal_mark", column=name, count=sum(counts.values())),))


def _decide(name: str, counts: Mapping[str, int]) -> ColumnRepair:
    filled = {text: count for text, count in counts.items() if text_kind(text) != "empty"}
    kinds = {text: text_kind(text) for text in filled}
    for wanted, read in (({"integer", "number"}, _numbers), ({"date"}, _dates)):
        fitting = sum(count for text, count in filled.items() if kinds[text] in wanted)
        if not filled or fitting < _MOSTLY * sum(filled.values()):
            continue
        if fitting < sum(filled.values()):
            odd = sum(filled.values()) - fitting
            return _as_text(name, counts, (Doubt(code="mixed_kinds", column=name, count=odd),))
        return _with_missing(name, counts, read(name, filled))
    if filled and set(kinds.values()) == {"boolean"} and len({text.lower() for text in filled}) <= 2:
        return _with_missing(name, counts, ColumnRepair(type="boolean"))
    return _as_text(name, counts, ())


def _with_missing(name: str, counts: Mapping[str, int], found: ColumnRepair) -> ColumnRepair:
    """A column of values: words for a missing one become empty, signs stay and are declared."""
    if found.type == "string":
        return _as_text(name, counts, found.doubts)
    disguised = {text: count for text, count in counts.items() if text and text_kind(text) == "empty"}
    words = {text: count for text, count in disguised.items() if text not in _SIGNS}
    sentinels = find_disguises(counts).numbers
    decisions = list(found.decisions)
    if words:
        decisions.append(
            Decision(code="missing", column=name, count=sum(words.values()), text=", ".join(sorted(words)))
        )
    doubts = [*found.doubts]
    if sentinels:
        total = sum(sentinels.values())
        doubts.append(Doubt(code="sentinel", column=name, count=total, text=", ".join(sorted(sentinels))))
    return ColumnRepair(
        type=found.type,
        becomes={**found.becomes, **dict.fromkeys(words, "")},
        reasons={**found.reasons, **dict.fromkeys(words, "blank")},
        missing=frozenset(disguised.keys() - words.keys()),
        decisions=tuple(decisions),
        doubts=tuple(doubts),
        unit=found.unit,
    )


def _as_text(name: str, counts: Mapping[str, int], doubts: tuple[Doubt, ...]) -> ColumnRepair:
    """A column that stays text: letters decoded twice are mended, words that can only mean a missing value become empty."""
    becomes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    broken = 0
    for text, count in counts.items():
        if text and text_kind(text) == "empty" and text not in _SIGNS and text.lower() not in _WORDS_AS_CODES:
            becomes[text], reasons[text] = "", "blank"
        elif (meant := mended(text)) is not None:
            becomes[text], reasons[text] = meant, "mojibake"
        elif is_damaged(text):
            broken += count
    words = sorted(text for text, reason in reasons.items() if reason == "blank")
    decisions: tuple[Decision, ...] = ()
    if words:
        count = sum(counts[text] for text in words)
        decisions = (Decision(code="missing", column=name, count=count, text=", ".join(words)),)
    if broken:
        doubts = (*doubts, Doubt(code="broken_letters", column=name, count=broken))
    return ColumnRepair(type="string", becomes=becomes, reasons=reasons, decisions=decisions, doubts=doubts)


def _numbers(name: str, filled: Mapping[str, int]) -> ColumnRepair:
    mark = decimal_mark(filled)
    cells = sum(filled.values())
    if mark.ambiguous and any(_matters(text) for text in filled):
        return ColumnRepair(type="string", doubts=(Doubt(code="decimal_mark", column=name, count=cells),))
    read = {text: plain_number(text, mark.mark) for text in filled}
    if any(each is None for each in read.values()):
        return ColumnRepair(type="string", doubts=(Doubt(code="mixed_kinds", column=name, count=cells),))
    plain = {text: each for text, each in read.items() if each is not None}
    signs = {sign for _, sign in plain.values()}
    if len(signs) > 1:
        return ColumnRepair(type="string", doubts=(Doubt(code="several_signs", column=name, count=cells),))
    sign = next(iter(signs), "")
    becomes = {text: number for text, (number, _) in plain.items() if number != text}
    decisions = []
    if any("," in text or "." in text for text in becomes):
        decisions.append(Decision(code="decimal_mark", column=name, count=cells, text=mark.mark))
    if sign:
        decisions.append(Decision(code="sign", column=name, count=cells, text=sign))
    whole = all("." not in number for number, _ in plain.values())
    return ColumnRepair(
        type="integer" if whole else "number",
        becomes=becomes,
        reasons=dict.fromkeys(becomes, "grouped"),
        decisions=tuple(decisions),
        unit=sign,
    )


def _matters(text: str) -> bool:
    """Whether reading the marks of a number otherwise would give another number."""
    return "," in text or "." in text


def _dates(name: str, filled: Mapping[str, int]) -> ColumnRepair:
    cells = sum(filled.values())

    def stays(code: str) -> ColumnRepair:
        return ColumnRepair(type="string", doubts=(Doubt(code=code, column=name, count=cells),))

    if any(_ZONE.search(text) for text in filled):
        return stays("zone")
    if any(_SHORT_YEAR.match(text) for text in filled):
        return stays("short_year")
    order = date_order(filled)
    if order.ambiguous:
        return stays("date_order")
    read = {text: parse_date(text, order.day_first) for text in filled}
    moments = {text: moment for text, moment in read.items() if moment is not None}
    if len(moments) < len(filled):
        return ColumnRepair(type="string")
    timed = any(map(tells_time, filled))
    written: Callable[[str], str] = (lambda text: moments[text].isoformat()) if timed else _day(moments)
    becomes = {text: written(text) for text in filled if written(text) != text}
    told = (Decision(code="date_order", column=name, count=cells, text=order.reason),) if becomes else ()
    reasons = dict.fromkeys(becomes, "moment" if timed else "day")
    return ColumnRepair(type="datetime" if timed else "date", becomes=becomes, reasons=reasons, decisions=told)


def _day(moments: Mapping[str, dt.datetime]) -> Callable[[str], str]:
    return lambda text: moments[text].date().isoformat()
