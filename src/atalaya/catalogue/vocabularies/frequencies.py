"""How often a publisher says that data are renewed, from a code, a URI, an ISO 8601 interval or words.

The table `data/vocabularies/frequencies.yml` holds the codes and words; sentences of the form "every N months" or "twice a
year" are read by rule. A text that none of them explains is *unrecognised*, never a default.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from atalaya.catalogue.folding import fold
from atalaya.yamls import load_yaml

REMEMBERED = 4096
"""Texts kept with their reading: catalogues repeat a few of them many times."""


class FrequencyKind(StrEnum):
    """`periodic` has days; `irregular` promises nothing; `never` says the series is closed; `unstated` says nothing."""

    PERIODIC = "periodic"
    IRREGULAR = "irregular"
    NEVER = "never"
    UNSTATED = "unstated"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True)
class FrequencyReading:
    """What a declared frequency means: `days` between renewals where it is periodic, `id` where the table names it."""

    kind: FrequencyKind
    days: float | None = None
    id: str | None = None


DAYS_OF_UNIT = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86400}
"""Days in a year of the Julian calendar, a twelfth of it, and the shorter units (h, m, s: hour, minute, second)."""

_DURATION = re.compile(
    r"(?:R\d*\s*/\s*)?(?:[\dT:Z+-]+/)?"
    r"P(?:(?P<Y>[\d.,]+)Y)?(?:(?P<M>[\d.,]+)M)?(?:(?P<W>[\d.,]+)W)?(?:(?P<D>[\d.,]+)D)?"
    r"(?:T(?:(?P<h>[\d.,]+)H)?(?:(?P<m>[\d.,]+)M)?(?:(?P<s>[\d.,]+)S)?)?",
    re.I,
)
_UNITS = {
    "Y": "ano anos year years yr yrs an ans annee annees anys jahr jahre jahren anno anni jaar 年 年度 か年",
    "M": "mes meses month months mois mesos monat monate monaten mese mesi maand maanden か月 ヶ月 ケ月 カ月 ヵ月 か 月",
    "W": "semana semanas week weeks semaine semaines setmana setmanes woche wochen settimana settimane week weken 週 週間",
    "D": "dia dias day days jour jours dies tag tage tagen giorno giorni dag dagen 日",
    "h": "hora horas hour hours heure heures stunde stunden ora ore uur 時間",
    "m": "minuto minutos minute minutes min minuten minuti minuts 分",
    "s": "segundo segundos second seconds seconde secondes sekunde sekunden secondi 秒",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "un una uno one a an um uma une once",
            "dos two dois duas deux twice other",
            "tres three trois thrice",
            "cuatro four quatro quatre",
            "cinco five cinq",
            "seis six",
            "siete seven sete sept",
            "ocho eight oito huit",
            "nueve nine nove neuf",
            "diez ten dez dix",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = "|".join([r"\d+", *sorted(_NUMBERS, key=len, reverse=True)])
_EVERY = re.compile(
    r"(?:cada|every|each|a cada|tous les|toutes les|todos los|todas las|alle|jede[nsr]?|ogni|elke|om de)\s+"
    rf"(?:(?P<n>{_NUMBER})\s+)?(?P<u>{_UNIT})\b"
)
_TIMES = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:veces|vez|vezes|times|time|fois)?\s*"
    rf"(?:al|a|por|per|cada|an|em|par|ao|each|every|in a)\s+(?P<u>{_UNIT})\b"
)
_ALONE = re.compile(rf"(?:(?:approx\w*|about|aprox\w*|cerca de|unos)\s+)?(?P<n>\d+)\s+(?P<u>{_UNIT})")
_JAPANESE_EVERY = re.compile(
    rf"(?:概ね|おおむね|約)?\s*(?P<n>\d+)\s*(?P<u>{_UNIT})\s*(?:に\s*1\s*[回度]|ごと|毎)?(?:程度)?"
)
_JAPANESE_TIMES = re.compile(
    r"(?:(?P<u>年|月|週|日)に?\s*(?P<n>\d+)\s*[回度]|(?P<n2>\d+)\s*回\s*(?:毎)?(?P<u2>年|月|週|日)度?)(?:程度)?(?:\s*\d+\s*月頃?)?"
)
_JAPANESE_ONCE_IN = re.compile(r"(?P<times>\d+)\s*回\s*(?P<n>\d+)\s*(?P<u>年|月|週|日|か月)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    kind: FrequencyKind
    days: float | None


@lru_cache(maxsize=REMEMBERED)
def read_frequency(text: str | None) -> FrequencyReading:
    """The meaning of a declared frequency; empty text is `unstated`, text that nothing explains `unrecognised`.

    >>> read_frequency("R/P3M").days == 3 * DAYS_OF_UNIT["M"]
    True
    """
    written = (text or "").strip()
    if not fold(written):
        return FrequencyReading(FrequencyKind.UNSTATED)
    duration = _read_duration(written)
    if duration is not None:
        return duration
    whole = fold(_last_segment(written))
    found = _read_words(whole)
    if found is not _UNRECOGNISED or "年" not in whole:
        return found
    # "1年ごと(予定)": what is added may be anything, so that it may only explain a rhythm.
    found = _read_words(fold(_BRACKETS.sub(" ", written)))
    return found if found.kind is FrequencyKind.PERIODIC else _UNRECOGNISED


def _read_words(words: str) -> FrequencyReading:
    return _read_exact(words) or _read_counted(words) or _read_within(words) or _UNRECOGNISED


_UNRECOGNISED = FrequencyReading(FrequencyKind.UNRECOGNISED)


def _last_segment(written: str) -> str:
    """The code at the end of a URI, or the text itself."""
    if re.match(r"[a-z][a-z+.-]*:\S+$", written, re.I):
        return re.split(r"[/#:=]", written.rstrip("/#"))[-1]
    return written


def _read_duration(written: str) -> FrequencyReading | None:
    """An ISO 8601 duration or repeating interval, as DCAT-US asks for: `R/P1Y`, `P0.5M`, `R/PT1S`."""
    match = _DURATION.fullmatch(written)
    if match is None:
        return None
    parts = {unit: _decimal(value) for unit, value in match.groupdict().items() if value}
    if not parts or any(value is None for value in parts.values()):
        return None
    days = sum(DAYS_OF_UNIT[unit] * (value or 0.0) for unit, value in parts.items())
    return FrequencyReading(FrequencyKind.PERIODIC, days) if days > 0 else None


def _decimal(value: str) -> float | None:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return None


@cache
def _entries() -> dict[str, _Entry]:
    """Folded code or word → entry of the table."""
    entries: dict[str, _Entry] = {}
    for row in _rows():
        entry = _Entry(row["id"], FrequencyKind(row["kind"]), row.get("days"))
        for word in (row["id"], *row.get("codes", ()), *row.get("words", ()), *row.get("alone", ())):
            entries[fold(word)] = entry
    return entries


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    table = resources.files("atalaya").joinpath("data", "vocabularies", "frequencies.yml")
    return tuple(load_yaml(table.read_text(encoding="utf-8"))["frequencies"])


def _read_exact(words: str) -> FrequencyReading | None:
    entry = _entries().get(words)
    return None if entry is None else FrequencyReading(entry.kind, entry.days, entry.id)


def _read_counted(words: str) -> FrequencyReading | None:
    """ "Every three months", "2 veces al año", "1年ごと"; one such statement only."""
    days = [_count(m["n"]) * DAYS_OF_UNIT[_UNIT_OF[m["u"]]] for m in _EVERY.finditer(words)]
    if not days:
        days = [DAYS_OF_UNIT[_UNIT_OF[m["u"]]] / _count(m["n"]) for m in _TIMES.finditer(words)]
    if not days and (m := _JAPANESE_TIMES.fullmatch(words)):
        days = [DAYS_OF_UNIT[_UNIT_OF[m["u"] or m["u2"]]] / _count(m["n"] or m["n2"])]
    if not days and (m := _JAPANESE_ONCE_IN.fullmatch(words)):
        days = [_count(m["n"]) * DAYS_OF_UNIT[_UNIT_OF[m["u"]]] / _count(m["times"])]
    if not days and (m := _ALONE.fullmatch(words) or _JAPANESE_EVERY.fullmatch(words)):
        days = [_count(m["n"]) * DAYS_OF_UNIT[_UNIT_OF[m["u"]]]]
    return FrequencyReading(FrequencyKind.PERIODIC, days[0]) if len(set(days)) == 1 else None


def _count(written: str | None) -> int:
    if written is None:
        return 1
    return max(1, int(written) if written.isdecimal() else _NUMBERS[written])


def _read_within(words: str) -> FrequencyReading | None:
    """The one entry that a sentence names ("Automated - daily"); a sentence that names two means neither for sure.

    The longest words win: in "twice a month" the entry for "month" is not named a second time.
    """
    rest = f" {words} "
    found: dict[str, _Entry] = {}
    for phrase in _phrases():
        if f" {phrase} " in rest:
            found[_entries()[phrase].id] = _entries()[phrase]
            rest = rest.replace(f" {phrase} ", " | ")
    if len(found) != 1:
        return None
    entry = next(iter(found.values()))
    return FrequencyReading(entry.kind, entry.days, entry.id)


@cache
def _phrases() -> tuple[str, ...]:
    """Words of the table that may be looked for inside a sentence, longest first; codes of one or two letters may not."""
    alone = {fold(word) for row in _rows() for word in row.get("alone", ())}
    words = (word for word in _entries() if len(word) >= 4 and word not in alone)
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
