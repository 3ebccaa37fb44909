"""The rows of letters: requests under a law, with what their terms are counted by."""

from collections.abc import Iterator
from dataclasses import asdict

from psycopg.types.json import Jsonb

from atalaya.countries.pack import CountryPack
from atalaya.publish.read_model.values import Values


def letters(pack: CountryPack) -> Iterator[Values]:
    """Every letter of the pack, in its order."""
    laws = {law.id: law for law in pack.laws}
    deadlines = {deadline.id: deadline for deadline in pack.deadlines}
    for place, letter in enumerate(pack.letters):
        law, deadline = laws[letter.law], deadlines[letter.deadline]
        yield (
            letter.id,
            place,
            letter.subject,
            law.id,
            Jsonb(dict(law.title)),
            law.reference,
            deadline.article,
            deadline.days,
            deadline.unit,
            Jsonb(dict(letter.post)),
            Jsonb(dict(letter.title)),
            Jsonb({language: list(paragraphs) for language, paragraphs in letter.body.items()}),
            Jsonb([{**asdict(each), "post": dict(each.post)} for each in letter.addressees]),
            Jsonb({**asdict(pack.calendar), "added": dict(pack.calendar.added)}),
        )
