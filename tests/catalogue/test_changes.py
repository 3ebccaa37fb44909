"""The last change that a record declares, and the mark of all else that it says."""

from dataclasses import replace
from datetime import date

from atalaya.catalogue.changes import last_change, record_mark
from atalaya.catalogue.records import Dataset, Distribution

FILE = Distribution(download_url="https://a.example/x.csv", modified="2024-05-02")
RECORD = Dataset(title={"es": "Lluvia"}, modified="2024-03", distributions=(FILE,))


def test_the_latest_day_counts() -> None:
    assert last_change(RECORD) == date(2024, 5, 2)
    assert last_change(replace(RECORD, modified="2024-06")) == date(2024, 6, 30)
    assert last_change(Dataset(modified="hace poco")) is None


def test_dates_do_not_move_the_mark() -> None:
    undated = (replace(FILE, modified=None),)
    later = replace(RECORD, modified="2025-01-01", issued="2020", distributions=undated)
    assert record_mark(later) == record_mark(RECORD)


def test_words_and_addresses_do() -> None:
    moved = replace(RECORD.distributions[0], download_url="https://a.example/y.csv")
    others = (
        replace(RECORD, title={"es": "Lluvias"}),
        replace(RECORD, keywords=("a",)),
        replace(RECORD, distributions=(moved,)),
    )
    assert len({record_mark(each) for each in (RECORD, *others)}) == 4
