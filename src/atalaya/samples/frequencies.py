"""How often the sample datasets promise to be updated, in the words of each kind of catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

EU = "http://publications.europa.eu/resource/authority/frequency/"
"""Authority table of the Publications Office of the European Union."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised period, as DCAT, `data.json` (ISO 8601) and Spanish-speaking portals write it."""

    code: str
    period: timedelta
    iso: str
    words: str


PROMISES: Mapping[str, Promise] = {
    promise.code: promise
    for promise in (
        Promise("ANNUAL", timedelta(days=365), "R/P1Y", "anual"),
        Promise("DAILY", timedelta(days=1), "R/P1D", "diaria"),
        Promise("MONTHLY", timedelta(days=31), "R/P1M", "mensual"),
        Promise("QUARTERLY", timedelta(days=92), "R/P3M", "trimestral"),
        Promise("WEEKLY", timedelta(days=7), "R/P1W", "semanal"),
    )
}
"""Every promise by code."""


def written(code: str, writer: str) -> str:
    """The promise as a catalogue of that form writes it."""
    promise = PROMISES[code]
    if writer == "ckan":
        return promise.words
    return promise.iso if writer == "datajson" else EU + promise.code


def irregular(writer: str) -> str:
    """The promise of no particular rhythm, in the words of that form of catalogue."""
    return {"ckan": "irregular", "datajson": "irregular"}.get(writer, EU + "IRREG")
