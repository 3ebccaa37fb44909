"""How records are worded: titles, keywords, publisher, themes, language, dates, period, licence and explained columns.

A dataset of the sample country is about one year, which stands in its title; its columns are explained only where a mark
says so. What is not marked is worded well.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from atalaya.catalogue.records import Dataset, Distribution, Period
from atalaya.checks.outcomes import Verdict
from atalaya.clock import stamp
from atalaya.samples.families.family import DatasetMark, DatasetSubject, Family, ResourceMark, Verdicts
from atalaya.samples.frequencies import irregular
from atalaya.samples.plan import AS_OF, DatasetPlan, ResourcePlan, SourcePlan

PASS, FAIL, UNKNOWN, ABSENT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE

Write = Callable[[Dataset, DatasetPlan, SourcePlan, int], Dataset]

_NOBODIES = ("Administrador", "webmaster", "portal", "usuario")
"""Publishers that are accounts and not institutions."""

_LATER = ("presupuesto", "proyecciones", "inversion", "pensiones")
"""Topics of which a future period may be true, or whose words might say so."""

_YEAR = re.compile(r"\b20\d\d\b")
_COLUMN_YEAR = re.compile(r"20\d\d")
_ROWLESS = frozenset({"pdf", "png", "xml"})
"""Kinds of file without a table."""

_WITHOUT_COLUMNS = frozenset({"PDF", "PNG", "WMS"})
"""Declared formats that have no columns to explain: documents, images, maps."""

_CLOSED = "Todos los derechos reservados"


def _entitled(title: Callable[[Dataset, DatasetPlan], str]) -> Write:
    def write(record: Dataset, plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
        return replace(record, title={"es": title(record, plan)})

    return write


def _file_name(_record: Dataset, plan: DatasetPlan) -> str:
    return f"{plan.topic}_{plan.year}_{plan.key[:4]}.csv"


def _shouted(record: Dataset, _plan: DatasetPlan) -> str:
    return record.title["es"].upper()


def _one_word(_record: Dataset, plan: DatasetPlan) -> str:
    return {"m": "Establecimientos"}.get(plan.topic[0], "Estadísticas")


def _generic_keywords(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, keywords=("datos", "datos abiertos", "csv", record.keywords[0]))


def _title_as_keyword(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, keywords=(record.title["es"], "muestra"))


def _without_theme(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, themes=())


def _without_language(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, languages=())


def _irregular(record: Dataset, _plan: DatasetPlan, source: SourcePlan, _day: int) -> Dataset:
    return replace(record, frequency=irregular(source.writer))


def _issued_ahead(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    return replace(record, issued=stamp(AS_OF[day] + timedelta(days=400)))


def _issued_late(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    """Issued five days after the last change, but not after the reading: that would be another fault."""
    late = datetime.fromisoformat(record.modified or "") + timedelta(days=5)
    return replace(record, issued=stamp(min(late, AS_OF[day])))


def _backwards(record: Dataset, plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, temporal=(Period(start=f"{plan.year}-12-31", end=f"{plan.year}-01-01"),))


def _to_come(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, day: int) -> Dataset:
    year = AS_OF[day].year + 4
    return replace(record, temporal=(Period(start=f"{year}-01-01", end=f"{year + 1}-12-31"),))


def _long(record: Dataset, plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, temporal=(Period(start=f"{plan.year - 4}-01-01", end=f"{plan.year}-12-31"),))


def _reserved(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return replace(record, rights=_CLOSED)


def _columns_listed(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    text = record.description.get("es", "")
    return replace(record, description={"es": f"{text} Columnas: código oficial, nombre del lugar, año y cantidades."})


def _dictionary(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return replace(item, title={"es": "Diccionario de datos (muestra)"})


def _nobody(plan: DatasetPlan) -> DatasetPlan:
    return replace(plan, publisher=_NOBODIES[plan.year % len(_NOBODIES)], institution=None)


def _of_the_country(plan: DatasetPlan, source: SourcePlan) -> bool:
    return source.institution is None and plan.institution is not None


def _of_today(plan: DatasetPlan, _source: SourcePlan) -> bool:
    return plan.topic not in _LATER


def _openly_licensed(plan: DatasetPlan, _source: SourcePlan) -> bool:
    return plan.defect is None


_NO_PROMISE = {"current_declared": FAIL, "current_observed": FAIL}
_NO_THEME = {"metadata_present": FAIL}
_TITLE, _DATES = frozenset({"title"}), frozenset({"dates"})

MARKS = (
    DatasetMark(code="title_as_file", note="the title is a file name", aspects=_TITLE, quota=2, write=_entitled(_file_name)),
    DatasetMark(code="title_shouted", note="the title is in capitals", aspects=_TITLE, quota=2, write=_entitled(_shouted)),
    DatasetMark(code="title_word", note="the title is one word", aspects=_TITLE, quota=2, write=_entitled(_one_word)),
    DatasetMark(
        code="keywords_generic", note="keywords that fit any dataset", aspects=frozenset({"keywords"}), quota=2,
        write=_generic_keywords,
    ),
    DatasetMark(
        code="keywords_title", note="the title as a keyword", aspects=frozenset({"keywords", "title"}), quota=2,
        write=_title_as_keyword,
    ),
    DatasetMark(
        code="publisher_nobody", note="an account as publisher", aspects=frozenset({"publisher"}), quota=4, replan=_nobody,
        fits=_of_the_country,
    ),
    DatasetMark(
        code="theme_missing", note="no theme", aspects=frozenset({"themes"}), quota=3, write=_without_theme,
        verdicts=_NO_THEME,
    ),
    DatasetMark(
        code="language_missing", note="no language", aspects=frozenset({"languages"}), quota=3, write=_without_language
    ),
    DatasetMark(
        code="rhythm_irregular", note="promises no rhythm", aspects=frozenset({"frequency"}), quota=2, write=_irregular,
        verdicts=_NO_PROMISE,
    ),
    DatasetMark(code="issued_ahead", note="issued in the future", aspects=_DATES, quota=4, write=_issued_ahead),
    DatasetMark(code="issued_late", note="changed before it was issued", aspects=_DATES, quota=3, write=_issued_late),
    DatasetMark(
        code="period_backwards", note="a period that ends before it begins", aspects=frozenset({"temporal"}), quota=3,
        write=_backwards,
    ),
    DatasetMark(
        code="period_ahead", note="a period of years to come", aspects=frozenset({"temporal"}), quota=2, write=_to_come,
        fits=_of_today,
    ),
    DatasetMark(
        code="period_long", note="a period of five years", aspects=frozenset({"temporal"}), quota=6, write=_long
    ),
    DatasetMark(
        code="licence_doubted", note="an open licence and reserved rights", aspects=frozenset({"licence", "rights"}), quota=4,
        write=_reserved, fits=_openly_licensed,
    ),
    DatasetMark(
        code="columns_listed", note="the description lists the columns", aspects=frozenset({"description"}), quota=6,
        write=_columns_listed,
    ),
)  # fmt: skip

DICTIONARY = ResourceMark(
    code="dictionary",
    note="a dictionary of data",
    aspects=frozenset({"resource_title"}),
    quota=3,
    kinds=frozenset({"pdf"}),
    describe=_dictionary,
)


def expect_dataset(subject: DatasetSubject) -> Verdicts:
    """What the record's words deserve."""
    record, marks = subject.record, set(subject.plan.marks)
    return {
        "title_descriptive": _fail_if(marks & {"title_as_file", "title_shouted", "title_word"}),
        "title_unique": _fail_if(_same_title(subject) > 1),
        "keywords_useful": _fail_if(not record.keywords or marks & {"keywords_generic", "keywords_title"}),
        "publisher_named": _fail_if(record.publisher is None or _is_nobody(subject.plan.publisher)),
        "theme_recognised": _fail_if(not record.themes),
        "language_declared": _fail_if(not record.languages),
        "frequency_declared": _fail_if(
            record.frequency is None or record.frequency == irregular(subject.source.writer)
        ),
        "dates_consistent": _dates(subject),
        "period_valid": _fail_if(marks & {"period_backwards", "period_ahead"}) if record.temporal else ABSENT,
        "history_deep": _fail_if("period_long" not in marks and max(_periods(subject), _columns(subject)) < 2),
        "licence_consistent": _licence(subject),
        "resources_documented": _documented(subject),
    }


def _fail_if(wrong: object) -> Verdict:
    return FAIL if wrong else PASS


def _plain(text: str) -> str:
    """A text as people compare it: without case and accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def _entitled_by(record: Dataset) -> tuple[str, str]:
    """Publisher and title of a record, plain."""
    name = record.publisher.name if record.publisher is not None else None
    return _plain(name or ""), _plain(record.title["es"])


def _counted(subject: DatasetSubject) -> list[tuple[str, str]]:
    """Publisher and title of every record of the catalogue that is not set aside."""
    plans = subject.source.listed(subject.day)
    pairs = zip(plans, subject.listed, strict=True)
    return [_entitled_by(record) for plan, record in pairs if "series_of_others" not in plan.marks]


def _same_title(subject: DatasetSubject) -> int:
    """How many records of the catalogue bear this title and publisher."""
    return _counted(subject).count(_entitled_by(subject.record))


def _periods(subject: DatasetSubject) -> int:
    """For how many years the catalogue lists datasets of the same publisher whose titles differ in the year alone."""
    publisher, title = _entitled_by(subject.record)
    mine = publisher, _YEAR.sub("", title)
    found = {each for each in _counted(subject) if (each[0], _YEAR.sub("", each[1])) == mine and _YEAR.search(each[1])}
    return len(found)


def _columns(subject: DatasetSubject) -> int:
    """How many years are columns of the tables that came as planned."""
    sound = (item for item in subject.resources if item.plan.defects == (None, None) and item.plan.kind not in _ROWLESS)
    return len({year for item in sound for name in item.delivery.table.columns for year in _COLUMN_YEAR.findall(name)})


def _issued_after_change(subject: DatasetSubject) -> bool:
    """Whether a file is dated to have been changed before it was issued, as other marks may leave it.

    A `data.json` has no date of change for a file.
    """
    items = subject.record.distributions if subject.source.writer != "datajson" else ()
    return any(item.issued and item.modified and item.issued > item.modified for item in items)


def _dates(subject: DatasetSubject) -> Verdict:
    """A future date is wrong; what was changed before it was issued may have been finished earlier."""
    if "issued_ahead" in subject.plan.marks:
        return FAIL
    record = subject.record
    late = "issued_late" in subject.plan.marks and (_day_of(record.issued) - _day_of(record.modified)).days > 1
    return UNKNOWN if late or _issued_after_change(subject) else PASS


def _day_of(written: str | None) -> date:
    return datetime.fromisoformat(written or "").date()


def _is_nobody(publisher: str) -> bool:
    """Accounts and portals, as planted or as the strangers of the national catalogue."""
    return publisher in _NOBODIES or publisher.startswith(("Administrador del portal", "Varias instituciones"))


def _licence(subject: DatasetSubject) -> Verdict:
    """Contradictions are planted; where no licence is named there is nothing to compare."""
    record = subject.record
    named = [record.licence, *(item.licence for item in record.distributions)]
    if not any(text and text.startswith("http") for text in named):
        return ABSENT
    return _fail_if("licence_doubted" in subject.plan.marks)


def _documented(subject: DatasetSubject) -> Verdict:
    declared = {item.format for item in subject.record.distributions}
    if declared <= _WITHOUT_COLUMNS:
        return ABSENT
    marked = {code for resource in subject.plan.resources for code in resource.marks}
    schema = subject.record.conforms_to or any(item.conforms_to for item in subject.record.distributions)
    return PASS if "columns_listed" in subject.plan.marks or "dictionary" in marked or schema else FAIL


FAMILY = Family(dataset_marks=MARKS, resource_marks=(DICTIONARY,), dataset=expect_dataset)
