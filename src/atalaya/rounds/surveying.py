"""How the datasets of a source stand among each other: titles, series, themes, dates; and which data files repeat.

A survey is made of one source at a time. Of the contents of a whole observation only short digests are held, so that a
country ten times as large needs tens of megabytes for them and not the rows themselves.
"""

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, cast

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import preferred
from atalaya.catalogue.vocabularies.dates import MONTHS, read_date
from atalaya.checks.contents import ERROR_FORMATS
from atalaya.store.tables import Row

_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > len("ene")), key=len, reverse=True))
_PART = "trimestre|semestre|cuatrimestre|bimestre|quadrimestre|quarter|semester"
_ORDINAL = "primer|primero|segundo|tercer|tercero|cuarto|quinto|sexto|first|second|third|fourth|i|ii|iii|iv|v|vi|[1-6]"
_TIME = re.compile(
    rf"\b(?:(?:[0-3]?\d )?(?:[01]?\d )?(?:19|20)\d\d(?: [01]\d(?: [0-3]\d)?)?|{_MONTH}|q[1-4]"
    rf"|(?:{_ORDINAL}) (?:{_PART})|(?:{_PART}) (?:{_ORDINAL}))\b"
)
_JAPANESE_TIME = re.compile(
    r"(?:令和|平成|昭和|(?<!\d))(?:元|\d{1,4})(?: ?年度?)|\d{1,2} ?月(?:分| ?\d{1,2} ?日)?|第 ?\d ?四半期"
)
"""What tells the datasets of a series apart in a folded title: years and dates, months, parts of a year."""

WHOLE_CATALOGUE = 10
"""Datasets from which a theme that all of them bear is no group: it is what the program writes on each."""

_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$")
_CLOCK = re.compile(r"[T ]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Survey:
    """Of the datasets of one source that count: by record id what is not zero or one, and figures of the source.

    `dated`, `same_moment`, `same_day` and `common_day` are as in `CatalogueCase`.
    """

    same_title: Mapping[str, int] = field(default_factory=dict)
    series_periods: Mapping[str, int] = field(default_factory=dict)
    theme_peers: Mapping[str, int] = field(default_factory=dict)
    dated: int = 0
    same_moment: int = 0
    same_day: int = 0
    common_day: date | None = None

    def among(self, record_id: str) -> dict[str, int]:
        """How one dataset stands among the others, as fields of its case."""
        return {
            "same_title": self.same_title.get(record_id, 0),
            "series_periods": self.series_periods.get(record_id, 0),
            "theme_peers": self.theme_peers.get(record_id, 0),
        }

    def figures(self) -> dict[str, Any]:
        """What is said of all datasets of the source, as fields of the case of a catalogue."""
        return {
            "repeated_titles": len(self.same_title),
            "dated": self.dated,
            "same_moment": self.same_moment,
            "same_day": self.same_day,
            "common_day": self.common_day,
        }


COLUMNS = ("record_id", "native_id", "title", "publisher", "themes", "modified")
"""What a survey reads of a record; nothing else of it need be at hand."""


def survey(records: Sequence[Row], aside: Container[str] = ()) -> Survey:
    """The survey of the record rows of one source; those set aside count for nobody and are left out.

    A record that came twice under one identifier is one dataset: `identifier_unique` tells of it.
    """
    counted = [row for row in records if str(row["record_id"]) not in aside]
    titled: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    natives: dict[str, str] = {}
    for row in counted:
        title = fold(preferred(cast("dict[str, str]", row["title"] or {})) or "")
        natives[str(row["record_id"])] = str(row["native_id"] or row["record_id"])
        if title:
            titled[(_publisher(row), title)].append(str(row["record_id"]))
    day, same_moment, same_day, dated = _dates(records)
    return Survey(
        same_title={
            id_: others - 1
            for ids in titled.values()
            if len(ids) > 1 and (others := len({natives[each] for each in ids})) > 1
            for id_ in ids
        },
        series_periods=_series(titled),
        theme_peers=_peers(counted),
        dated=dated,
        same_moment=same_moment,
        same_day=same_day,
        common_day=day,
    )


def _publisher(row: Row) -> str:
    publisher = cast("dict[str, str | None] | None", row["publisher"])
    if not publisher:
        return ""
    return fold(publisher.get("name") or publisher.get("native_id") or publisher.get("uri") or "")


def _series(titled: Mapping[tuple[str, str], list[str]]) -> dict[str, int]:
    """Record id → how many times (years, quarters, months) the titles of its series name; series of one are left out."""
    found: defaultdict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for (publisher, title), ids in titled.items():
        bare = _TIME.sub("", _JAPANESE_TIME.sub(" ", title)) if "年" in title or "月" in title else _TIME.sub("", title)
        if bare != title:
            found[(publisher, " ".join(bare.split()))][title] = ids
    several = [titles for (_, bare), titles in found.items() if bare and len(titles) > 1]
    return {id_: len(titles) for titles in several for ids in titles.values() for id_ in ids}


def _peers(records: Iterable[Row]) -> dict[str, int]:
    """Record id → the other datasets under the most frequent of its themes; one that every dataset bears parts none."""
    themes = {str(row["record_id"]): frozenset(cast("list[str]", row["themes"] or ())) for row in records}
    counts = Counter(theme for each in themes.values() for theme in each)
    if len(themes) >= WHOLE_CATALOGUE:
        counts = Counter({theme: number for theme, number in counts.items() if number < len(themes)})
    peers = ((id_, max(counts[theme] for theme in each) - 1) for id_, each in themes.items() if each)
    return {id_: number for id_, number in peers if number > 0}


def _dates(records: Iterable[Row]) -> tuple[date | None, int, int, int]:
    """The most common day of last change, how many bear its most common moment, how many that day, and how many any."""
    written = Counter(str(row["modified"]) for row in records if row["modified"])
    days: Counter[date] = Counter()
    dated = 0
    for text, number in written.items():
        reading = read_date(text)
        if reading is not None:
            dated += number
            if reading.precision == "day":
                days[reading.latest] += number
    if not days:
        return None, 0, 0, dated
    day, same_day = max(days.items(), key=lambda item: (item[1], item[0]))
    timed = (n for text, n in written.items() if _CLOCK.search(text) and not _MIDNIGHT.search(text))
    return day, max(timed, default=0), same_day, dated


class Contents:
    """Which contents of data files two datasets of one institution have; first every dataset is added, then asked for."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._shared: frozenset[int] | None = None

    def add(self, owner: str, contents: frozenset[str]) -> None:
        """The different contents of one dataset of an institution (or of a source, where nobody owns it)."""
        self._digests.extend(_digest(owner, content) for content in contents)

    def shared(self, owner: str, contents: frozenset[str]) -> int:
        """How many of the contents of a dataset another dataset of its owner has too."""
        if self._shared is None:
            self._shared = _twice(self._digests)
            self._digests = array("Q")
        return sum(_digest(owner, content) in self._shared for content in contents)


def _digest(owner: str, content: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{owner} {content}".encode(), digest_size=8).digest(), "big")


def _twice(digests: "array[int]") -> frozenset[int]:
    ordered = sorted(digests)
    return frozenset(one for one, other in pairwise(ordered) if one == other)


def data_contents(inspections: Iterable[Row]) -> frozenset[str]:
    """The different contents of files that hold rows; pages and error messages are alike everywhere and do not count."""
    return frozenset(
        str(row["content_sha256"])
        for row in inspections
        if row["content_sha256"] and row["format"] not in (*ERROR_FORMATS, "html") and _holds_rows(row["tables"])
    )


def _holds_rows(tables: object) -> bool:
    return isinstance(tables, list) and any(isinstance(table, dict) and table.get("rows") for table in tables)
