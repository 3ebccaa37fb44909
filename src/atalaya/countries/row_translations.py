"""Names of the pack in further languages: what there is to translate, what is translated, and what is stale.

A pack declares the languages under `translated_into` and keeps `translations/<language>.csv`: one row a text, with the sha256 of
the text that was translated. When that text changes, the translation is *stale* until somebody translates it again. Nothing is
translated by a program.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import TYPE_CHECKING

from atalaya.countries.documents import read_text
from atalaya.countries.problems import Place, Problems

if TYPE_CHECKING:
    from atalaya.countries.pack import CountryPack

COLUMNS = ("subject", "field", "source", "of_sha256", "text", "before")
"""Columns of a file of translations: `source` is the text to translate and `before` the translation of what it said before, both
for the translator's eyes; `text` is the translation of the text with this hash."""

CURRENT, STALE, AWAITING = "current", "stale", "awaiting"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the pack: whose it is, such as `duty:law-1-2`, which of its fields, and the text in the country's language."""

    subject: str
    field: str
    text: str

    @property
    def sha256(self) -> str:
        """What a translation of this text cites."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RowTranslation:
    """A translation of one text: `of_sha256` is the hash of the text that was translated."""

    language: str
    subject: str
    field: str
    of_sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One text in one language: its translation, if any, and whether it is current, stale or awaited."""

    source: Source
    text: str
    state: str


def sources_of(pack: "CountryPack") -> list[Source]:
    """Every text of a pack that people translate, in a fixed order: of kinds, branches, groups, bodies, laws, duties, topics."""
    language = pack.languages[0]

    def told(prefix: str, named: Iterable[tuple[str, Mapping[str, str]]], field: str = "title") -> Iterator[Source]:
        for identifier, texts in named:
            text = texts.get(language) or next(iter(texts.values()), "")
            if text:
                yield Source(f"{prefix}:{identifier}", field, text)

    return [
        *told("kind", pack.kind_titles.items()),
        *told("branch", pack.branch_titles.items()),
        *told("group", ((group.id, group.title) for group in pack.groups)),
        *(Source(f"institution:{body.id}", "name", body.name) for body in pack.institutions if body.division is None),
        *told("law", ((law.id, law.title) for law in pack.laws)),
        *told("duty", ((duty.id, duty.name) for duty in pack.duties), "name"),
        *told("topic", ((topic.id, topic.title) for topic in pack.topics)),
        *told("topic", ((topic.id, topic.question) for topic in pack.topics), "question"),
    ]


def standings(pack: "CountryPack", language: str) -> list[Standing]:
    """How every text stands in a language, in the order of the texts."""
    known = {(each.subject, each.field): each for each in pack.translations if each.language == language}
    found = []
    for source in sources_of(pack):
        translation = known.get((source.subject, source.field))
        if translation is None:
            found.append(Standing(source, "", AWAITING))
        else:
            found.append(
                Standing(source, translation.text, CURRENT if translation.of_sha256 == source.sha256 else STALE)
            )
    return found


def as_csv(standings_: Iterable[Standing]) -> str:
    """A file for translators: what is translated stands in it, what awaits a translation has an empty text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in standings_:
        stale = each.state == STALE
        texts = ("", each.text) if stale else (each.text, "")
        writer.writerow((each.source.subject, each.source.field, each.source.text, each.source.sha256, *texts))
    return text.getvalue()


def read_translations(file: File, name: str, problems: Problems) -> list[RowTranslation]:
    """The translations of a file; rows without a text are still awaited and left out."""
    body, language = read_text(file, name, problems), file.stem
    if body is None:
        return []
    found: dict[tuple[str, str], RowTranslation] = {}
    try:
        reader = csv.DictReader(io.StringIO(body), strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            problems.error(
                Place(name, {(): (1, 1)}), (), "has other columns", f"write {','.join(COLUMNS)} in the first line"
            )
            return []
        for row in reader:
            place = Place(name, {(): (reader.line_num, 1)})
            text = (row["text"] or "").strip()
            key = (row["subject"] or "", row["field"] or "")
            if None in row or None in row.values() or not all(key) or len(text) > LONGEST:
                problems.error(
                    place,
                    (),
                    "is no row of a translation",
                    f"write {','.join(COLUMNS)}, texts up to {LONGEST} characters",
                )
            elif key in found:
                problems.error(place, (), f"{key[0]} {key[1]} stands twice", "keep one row")
            elif text:
                found[key] = RowTranslation(language, *key, row["of_sha256"], text)
    except csv.Error as error:
        problems.error(Place(name), (), f"is not CSV: {error}", "put cells that hold quotes or commas in quotes")
        return []
    return list(found.values())
