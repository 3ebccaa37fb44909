"""A check as a declaration: the rule, its texts with their thresholds, what it reads, and examples of what it decides.

Texts are English templates. Translate first, then interpolate: thresholds into titles, texts and remedies, evidence into
the sentence of a reason. Evidence values that are codes (names of fields, causes) are replaced by their words, in the
reader's language, through `terms`; ids of formats by the names of the formats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from atalaya.catalogue.identity import digest_id
from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import CatalogueCase, DatasetCase, DutyCase, ResourceCase, TableCase
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.translations import translate

DOMAIN = "checks"
"""The gettext domain of all texts of checks."""

CaseType = TypeVar("CaseType", CatalogueCase, DatasetCase, DutyCase, ResourceCase, TableCase)


class Level(StrEnum):
    """What a check looks at; the value is also the name of the package that holds it."""

    CATALOGUE = "catalogue"
    DATASET = "dataset"
    DUTY = "duty"
    RESOURCE = "resource"
    TABLE = "table"


class Dimension(StrEnum):
    """What a check speaks of; a methodology may group checks otherwise."""

    ACCESS = "access"
    OPENNESS = "openness"
    FORMAT = "format"
    CONTENT = "content"
    METADATA = "metadata"
    CURRENCY = "currency"


class Effort(StrEnum):
    """What mending costs: an edit of the record, work on a file, or work on a system."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Example(Generic[CaseType]):
    """A case with the verdict and the reason that the rule must give it; the note tells a reader what it shows."""

    case: CaseType
    verdict: Verdict
    reason: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[CaseType]):
    """One rule on one case.

    `fields` are paths below the case ("distribution.format", "prior.changed"): every attribute that the rule reads, so
    that rechecks and invalidation can be computed. `reasons` maps a reason code to an English sentence with
    `{evidence}` placeholders. `version` goes up whenever the same case may get another outcome.
    """

    id: str
    version: int
    level: Level
    dimension: Dimension
    title: str
    text: str
    remedy: str
    effort: Effort
    fields: tuple[str, ...]
    reasons: Mapping[str, str]
    rule: Callable[[CaseType], Outcome]
    examples: tuple[Example[CaseType], ...]
    thresholds: Mapping[str, int | float | str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    """Names of evidence values that are ids of formats."""


AnyCheck = Check[Any]


def title_of(check: AnyCheck, language: str) -> str:
    """The title in a language."""
    return _interpolated(check.title, language, check.thresholds)


def text_of(check: AnyCheck, language: str) -> str:
    """What the check asks, in a language, with its thresholds."""
    return _interpolated(check.text, language, check.thresholds)


def remedy_of(check: AnyCheck, language: str) -> str:
    """What to do about a fail, in a language, with the thresholds."""
    return _interpolated(check.remedy, language, check.thresholds)


def explain(check: AnyCheck, outcome: Outcome, language: str) -> str:
    """The sentence that says why this outcome, in a language, with its evidence.

    >>> from atalaya.checks.registry import by_id
    >>> check = by_id("identifier_unique")
    >>> explain(check, check.rule(check.examples[0].case), "en")
    'The record has an identifier of its own.'
    """
    words = {name: _worded(check, name, value, language) for name, value in outcome.evidence.items()}
    return _interpolated(check.reasons[outcome.reason], language, {**check.thresholds, **words})


def finding_id(check_id: str, subject_id: str) -> str:
    """The id of a finding: the same for the same check and subject in every round."""
    return digest_id(check_id, subject_id)


def texts(check: AnyCheck) -> tuple[str, ...]:
    """Every English text of a check that people read: what a translation must cover."""
    return (check.title, check.text, check.remedy, *check.reasons.values(), *check.terms.values())


def _worded(check: AnyCheck, name: str, value: object, language: str) -> object:
    """Codes become words; a list of codes is written with commas between them."""
    if not isinstance(value, str):
        return value
    codes = value.split(", ")
    if name in check.formats:
        return ", ".join(_format_name(code, language) for code in codes)
    return ", ".join(translate(check.terms[code], language, DOMAIN) if code in check.terms else code for code in codes)


def _format_name(code: str, language: str) -> str:
    known = find_format(code)
    return code if known is None else known.title.get(language, code)


def _interpolated(template: str, language: str, values: Mapping[str, object]) -> str:
    return translate(template, language, DOMAIN).format(**values)
