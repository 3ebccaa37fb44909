"""What a record says of its last change, and a mark of all that it says beside its dates. Pure.

Two observations are compared by these: whether the declared date moved, and whether something else in the record did.
"""

import hashlib
from collections.abc import Iterator
from datetime import date

from atalaya.catalogue.records import Dataset, Text
from atalaya.catalogue.vocabularies.dates import read_date

MARK_BYTES = 10
"""Bytes of a mark: enough for two texts of one record never to look alike by chance."""


def last_change(dataset: Dataset) -> date | None:
    """The latest day that the declared dates of change may mean, of the dataset and its resources; None where none is read."""
    written = {dataset.modified, *(each.modified for each in dataset.distributions if not each.derived)}
    return max((reading.latest for text in written if (reading := read_date(text)) is not None), default=None)


def record_mark(dataset: Dataset) -> str:
    """A mark that is the same as long as the record says the same, its dates left out."""
    return hashlib.blake2b("\x1f".join(_said(dataset)).encode(), digest_size=MARK_BYTES).hexdigest()


def _said(dataset: Dataset) -> Iterator[str]:
    publisher = dataset.publisher
    yield from _texts(dataset.title)
    yield from _texts(dataset.description)
    yield from dataset.keywords
    yield from dataset.themes
    yield from dataset.spatial
    yield from (publisher.name or "", publisher.native_id or "") if publisher else ()
    for period in dataset.temporal:
        yield f"{period.start}/{period.end}"
    yield from (f"{text}" for text in (dataset.licence, dataset.rights, dataset.frequency, dataset.access_rights))
    for each in dataset.distributions:
        yield from _texts(each.title)
        yield from _texts(each.description)
        yield f"{each.download_url or each.access_url} {each.format} {each.licence}"


def _texts(text: Text) -> Iterator[str]:
    for language, words in text.items():
        yield f"{language}={words}"
