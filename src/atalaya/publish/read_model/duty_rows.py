"""The rows of legal duties in the read model: the duties of the country's laws, and how institutions stand with them."""

from collections.abc import Iterator

from psycopg.types.json import Jsonb

from atalaya.countries.pack import CountryPack
from atalaya.history.read import Sealed
from atalaya.publish.words import clean

Values = tuple[object, ...]

EVIDENCE = 5
"""Pieces of evidence of a verdict that pages show; all are in the sealed tables."""

TEXT = 1000


def duties(pack: CountryPack) -> Iterator[Values]:
    """Every duty of every law, in the order of the laws."""
    laws = {law.id: law for law in pack.laws}
    terms = {(rule.law, rule.id): rule.title for rule in pack.update_rules}
    classes = {(named.law, named.id): named.title for named in pack.obliged_classes}
    for place, duty in enumerate(pack.duties):
        law = laws[duty.law]
        yield (
            duty.id,
            place,
            duty.law,
            Jsonb(dict(law.title)),
            law.reference,
            duty.article,
            duty.numeral,
            Jsonb(dict(duty.name)),
            Jsonb(dict(duty.paraphrase)),
            Jsonb([dict(classes[duty.law, named]) for named in duty.obliged]),
            Jsonb(dict(terms[duty.law, duty.update])),
        )


def verdicts(observation: Sealed) -> Iterator[Values]:
    """Every verdict of the observation; the period of a duty as a whole is empty."""
    for row in observation.rows("duty_verdicts"):
        evidence = row["evidence"] if isinstance(row["evidence"], list) else []
        yield (
            row["institution_id"],
            row["duty_id"],
            row["period"] or "",
            row["standing"],
            row["reason"] or "",
            row["days_late"],
            row["due"],
            row["clicks"],
            clean(str(row["justification"] or ""), TEXT),
            Jsonb(row["gaps"] or []),
            Jsonb(evidence[:EVIDENCE]),
        )
