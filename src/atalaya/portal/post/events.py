"""What can happen to what people follow, in one table: a sentence each. ONE LINE AN EVENT, sorted by name.

`{names}` stand for values of the event; with a value `count` of 1 the sentence is `one`. A text by language is picked, a day is
written out. Alerts reach those who asked for it at once, all others with their digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from atalaya.portal.post.kinds import DOMAIN, said
from atalaya.translations import translate


@dataclass(frozen=True, slots=True)
class EventKind:
    """A sentence about something that happened; the value `link`, where it is given, is where it can be read."""

    text: str
    one: str = ""
    alert: bool = False
    domain: str = DOMAIN

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is to be translated."""
        return (self.text, self.one) if self.one else (self.text,)

    @property
    def wanted(self) -> frozenset[str]:
        """The names of the values that an event of this kind must be given."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.text) if name)


EVENTS: dict[str, EventKind] = {
    "broken_links": EventKind(
        "{count} links that worked before now lead nowhere", "One link that worked before now leads nowhere", alert=True
    ),
    "commitment_version": EventKind("Commitment {number}: a new version was published"),
    "communique": EventKind("Communiqué: {title}"),
    "dataset_changed": EventKind("It changed since the edition before"),
    "dataset_returned": EventKind("It is published again"),
    "dataset_vanished": EventKind("It is not published any more"),
    "duties_overdue": EventKind("{count} duties became overdue", "One duty became overdue", alert=True),
    "duty_met": EventKind("{institution} is up to date again"),
    "duty_missed": EventKind("{institution} is overdue"),
    "findings_mended": EventKind("{count} faults were mended", "One fault was mended"),
    "minutes": EventKind("The minutes of the session of {day} were approved"),
    "reading": EventKind("Commitment {number}, milestone {milestone}. {voice}: {level}"),
    "schema_drift": EventKind(
        "{count} tables have other columns than before", "One table has other columns than before", alert=True
    ),
    "session": EventKind("Session of {day}"),
    "session_cancelled": EventKind("The session of {day} was cancelled", domain="meetings"),
}


def sentence(name: str, values: Mapping[str, Any], language: str) -> str:
    """The sentence of an event in a language."""
    kind = EVENTS[name]
    text = kind.one if kind.one and values.get("count") == 1 else kind.text
    return translate(text, language, kind.domain).format(
        **{each: said(value, language) for each, value in values.items()}
    )
