"""The data go back further than one period, so that something can be compared with before.

Depth is told by the period that the record declares, by years in the names of its resources, in its title and in the
columns of its tables, and by sister datasets of the same publisher whose titles differ in year, quarter or month alone:
a series that is published period by period has depth all the same. What no year tells anything about stays unknown.
"""

import re
import unicodedata

from atalaya.catalogue.records import Period
from atalaya.catalogue.vocabularies.periods import read_period
from atalaya.checks.cases import DatasetCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, dataset_case, distribution, inspection, resource_case, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown

LEAST_YEARS = 2
"""Calendar years: with two the first comparison is possible."""

LEAST_CHANGES = 2
"""Changes of content that earlier observations saw: two make three states of the data to compare."""

_OPEN_END = "presente?|current|actual(?:idad)?|atual|today|now|hoy|date|la fecha|heute|aujourd'hui|oggi|現在"
_TO = "-|–|—|/|_|〜|～|a|al|à|to|hasta|until|bis|até"
_YEAR = re.compile(
    r"(?<![\d-])(?<!\d[.,])(?P<first>(?:19|20)\d\d)年?度?"
    rf"(?: ?(?:{_TO}) ?(?:(?:the|la) )?(?:(?P<last>(?:19|20)\d\d)|(?P<open>{_OPEN_END})\b))?(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"\b(?:since|desde|depuis|seit|ab|dal|des de|a partir de) (?:el |the )?((?:19|20)\d\d)(?!\d)(?! ?(?:{_TO}) )"
    r"|((?:19|20)\d\d)年以降",
    re.IGNORECASE,
)
"""A beginning without an end, which goes on: "since 2015" (but not "from 2015", which may mean that year)."""
_ERA = re.compile(r"(令和|平成|昭和|大正|明治)(元|\d{1,2})年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""Eras of the Japanese calendar → the year before their first."""
_MARK = re.compile(
    r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8,}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
"""Marks made by programs: UUIDs, and eight or more hexadecimal digits."""
_LONGEST_COLUMN = 24
"""Letters of a column name that is a year, with a word before or after it."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; the first kind of evidence that shows depth gives the reason."""
    seen = False
    for reason, count in (("declared", _declared), ("sisters", _sisters), ("names", _named), ("columns", _columns)):
        years = count(case)
        if years >= LEAST_YEARS:
            return passed(reason, years=years)
        seen = seen or years > 0
    changes = max((case.prior.changes, *(each.prior.changes for each in case.resources)))
    if changes >= LEAST_CHANGES:
        return passed("observed", changes=changes)
    return failed("one_period") if seen else unknown("nothing_tells")


def _sisters(case: DatasetCase) -> int:
    return case.series_periods


def _declared(case: DatasetCase) -> int:
    """Calendar years between the first and the last day that the record declares, none of them after the observation."""
    first: list[int] = []
    last: list[int] = []
    for period in case.dataset.temporal:
        reading = read_period(period.start, period.end)
        begins, ends = reading.start or reading.end, reading.end or reading.start
        if begins is not None and ends is not None:
            first.append(begins.earliest.year)
            last.append(case.as_of.year if reading.goes_on else ends.latest.year)
    return max(0, min(max(last), case.as_of.year) - min(first) + 1) if first else 0


def _named(case: DatasetCase) -> int:
    """How many years stand in the title and in the titles and file names of resources."""
    record = case.dataset
    texts = [*record.title.values()]
    for each in record.distributions:
        if not each.derived:
            texts += (*each.title.values(), (each.download_url or each.access_url or "").rpartition("/")[2])
    return _years("\n".join(texts), case.as_of.year)


def _years(text: str, last: int) -> int:
    """How many years up to `last` a text names; of a range all of them, and nothing of identifiers."""
    if "年" in text:
        text = _ERA.sub(_western, unicodedata.normalize("NFKC", text))
    if "19" not in text and "20" not in text:
        return 0
    text = _MARK.sub(" ", text)
    found: set[int] = set()
    for match in _YEAR.finditer(text):
        first = int(match["first"])
        end = last if match["open"] else int(match["last"] or first)
        found.update(range(first, end + 1) if first <= end else (first, end))
    for year in (int(one or other) for one, other in _SINCE.findall(text)):
        found.update(range(year, last + 1))
    return sum(year <= last for year in found)


def _western(era: re.Match[str]) -> str:
    """A year of a Japanese era in the Western calendar.

    >>> _ERA.sub(_western, "令和元年"), _ERA.sub(_western, "平成30年8月")
    ('2019年', '2018年8月')
    """
    return f"{_ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年"


def _columns(case: DatasetCase) -> int:
    """How many years are columns of tables."""
    names = [
        column.name
        for resource in case.resources
        if resource.inspection is not None
        for each in resource.inspection.data_tables
        for column in each.columns
        if len(column.name) <= _LONGEST_COLUMN
    ]
    return _years("\n".join(names), case.as_of.year)


def _without_period(**changes: object) -> DatasetCase:
    facts: dict[str, object] = {"temporal": (), "title": {"es": "Nacimientos inscritos"}}
    return dataset_case(**{**facts, **changes})  # type: ignore[arg-type]


CHECK = Check(
    id="history_deep",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.CONTENT,
    title="The data go back further than one period",
    text="The data cover at least {least_years} calendar years: by the period that the record declares, by years in "
    "the names of resources and columns, or by datasets of the same publisher whose titles differ in the time alone. "
    "At least {least_changes} observed changes of the content count as well.",
    remedy="Add the earlier periods: as further rows, as further files or as datasets of the same name, and write the "
    "period covered in the record. Never replace the figures of one year by those of the next.",
    effort=Effort.HIGH,
    thresholds={"least_years": LEAST_YEARS, "least_changes": LEAST_CHANGES},
    fields=(
        "as_of",
        "dataset.distributions.access_url",
        "dataset.distributions.derived",
        "dataset.distributions.download_url",
        "dataset.distributions.title",
        "dataset.temporal",
        "dataset.temporal.end",
        "dataset.temporal.start",
        "dataset.title",
        "prior.changes",
        "resources",
        "resources.inspection",
        "resources.inspection.tables",
        "resources.inspection.tables.content",
        "resources.inspection.tables.columns",
        "resources.inspection.tables.columns.name",
        "resources.prior.changes",
        "series_periods",
    ),
    reasons={
        "declared": "The record declares a period of {years} calendar years.",
        "sisters": "Datasets of the same name are there for {years} periods.",
        "names": "The names of title and resources speak of {years} years.",
        "columns": "The tables have columns for {years} years.",
        "observed": "The content was seen to change {changes} times.",
        "one_period": "All that tells of time speaks of one year alone.",
        "nothing_tells": "Neither the record nor its files say which time they cover.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "declared", "seven years declared"),
        Example(_without_period(among={"series_periods": 4}), Verdict.PASS, "sisters", "a dataset for each year"),
        Example(
            _without_period(
                distributions=(
                    distribution(title={"es": "Nacimientos 2023"}),
                    distribution(title={"es": "Nacimientos 2024"}),
                )
            ),
            Verdict.PASS,
            "names",
            "a file for each year",
        ),
        Example(
            _without_period(title={"en": "Employee compensation (2012 - current)"}),
            Verdict.PASS,
            "names",
            "a range of years that goes on",
        ),
        Example(
            _without_period(
                resources=(resource_case(inspection=inspection(tables=(table("lugar", "2022", "2023"),))),)
            ),
            Verdict.PASS,
            "columns",
            "a column for each year",
        ),
        Example(
            _without_period(prior=Prior(first_seen=AS_OF, changes=3)), Verdict.PASS, "observed", "a register that lives"
        ),
        Example(
            _without_period(temporal=(Period(start="2024-01-01", end="2024-12-31"),)),
            Verdict.FAIL,
            "one_period",
            "one year and nothing else",
        ),
        Example(_without_period(), Verdict.UNKNOWN, "nothing_tells", "no year anywhere"),
    ),
)
