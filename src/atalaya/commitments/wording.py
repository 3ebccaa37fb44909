"""Changes, losses, statuses and fields as sentences, in every language of the texts."""

from collections.abc import Mapping

from babel import Locale

from atalaya.commitments.changes import ADDED, EDITED, REMOVED, Change
from atalaya.commitments.partial_dates import DateRange, PartialDate, said
from atalaya.commitments.plan import Kind, StandIn
from atalaya.commitments.scope import Loss, named
from atalaya.commitments.template import COMMITMENT, MILESTONE
from atalaya.translations import translate

DOMAIN = "commitments"
"""The gettext catalogue of the texts."""

SENTENCES: Mapping[str, str] = {
    "modified": "“{field}” was changed: it said {before}, and now says {after}.",
    "edited": "The text of “{field}” was changed.",
    "added": "“{field}” was added: {after}.",
    "removed": "“{field}” was taken out: {before}.",
    "name_added": "{after} was added to “{field}”.",
    "name_removed": "{before} was taken out of “{field}”.",
    "milestone_modified": "Milestone {milestone}: “{field}” was changed: it said {before}, and now says {after}.",
    "milestone_edited": "Milestone {milestone}: the text was changed.",
    "milestone_edited_field": "Milestone {milestone}: the text of “{field}” was changed.",
    "milestone_added_field": "Milestone {milestone}: “{field}” was added: {after}.",
    "milestone_removed_field": "Milestone {milestone}: “{field}” was taken out: {before}.",
    "milestone_name_added": "Milestone {milestone}: {after} was added to “{field}”.",
    "milestone_name_removed": "Milestone {milestone}: {before} was taken out of “{field}”.",
    "milestone_added": "Milestone {milestone} was added: {after}.",
    "milestone_removed": "Milestone {milestone} was taken out: {before}.",
}

LOSSES: Mapping[Kind, str] = {
    Kind.QUANTITY: "Milestone {milestone} no longer promises {promise}.",
    Kind.MECHANISM: "Milestone {milestone} no longer promises this way to take part: {promise}.",
    Kind.COLLABORATION: "Milestone {milestone} no longer names this partner: {promise}.",
    Kind.ACTOR: "Milestone {milestone} no longer names {promise}.",
    Kind.CONTENTS: "Milestone {milestone} no longer lists: {promise}.",
}
LESS = "Milestone {milestone} promised {promise}; now it promises {left}."

NOT_KNOWN = "text not known"

LEVELS: Mapping[str, str] = {
    "not_started": "Not started",
    "started": "Started",
    "complete": "Complete",
    "no_evidence": "No evidence available",
    "limited": "Limited",
    "substantial": "Substantial",
    "pending": "Pending review",
    "no_data": "No data",
    "yes": "Yes",
    "no": "No",
    "high": "High",
    "low": "Low",
    "verifiable": "Verifiable",
    "not_verifiable": "Not verifiable",
    "unclear": "Unclear",
    "modest": "Modest",
    "no_notable_results": "No notable results",
    "moderate_results": "Moderate results",
    "significant_results": "Significant results",
    "worsened": "Worsened",
    "did_not_change": "Did not change",
    "marginal": "Marginal",
    "major": "Major",
    "outstanding": "Outstanding",
}

VOICES: Mapping[str, str] = {
    "institution": "The institution says",
    "technical_table": "The technical table says",
    "reviewer": "The independent reviewer says",
    "citizens": "Citizens say",
}

TIMINGS: Mapping[str, str] = {
    "complete": "Complete",
    "late": "Late",
    "silent": "Nobody has reported for long",
    "at_risk": "At risk: its end is near",
    "on_time": "On time",
    "not_begun": "Not begun yet",
    "unknown": "Its end is not known",
}


def sentence(change: Change, language: str, locale: Locale) -> str:
    """A change as one sentence, with its values written out."""
    field = translate(change.field.title, language, DOMAIN) if change.field else ""
    text = translate(SENTENCES[_form(change)], language, DOMAIN)
    return text.format(
        field=field,
        milestone=change.milestone or "",
        before=value_said(change.before, language, locale),
        after=value_said(change.after, language, locale),
    )


def loss_sentence(loss: Loss, language: str) -> str:
    """What was lost from the scope of a promise, as one sentence."""
    text = translate(LOSSES[loss.promise.kind] if loss.left is None else LESS, language, DOMAIN)
    left = "" if loss.left is None else f"{loss.left:g}"
    return text.format(milestone=loss.milestone, promise=named(loss.promise), left=left)


def value_said(value: object, language: str, locale: Locale) -> str:
    """A value of a version as people read it."""
    if isinstance(value, DateRange | PartialDate):
        return said(value, locale)
    if isinstance(value, StandIn):
        return translate(NOT_KNOWN, language, DOMAIN)
    return "" if value is None else str(value)


def texts() -> tuple[str, ...]:
    """Every text of this module that is translated."""
    fields = (field.title for field in (*COMMITMENT, *MILESTONE))
    tables = (
        SENTENCES.values(),
        LOSSES.values(),
        (LESS, NOT_KNOWN),
        LEVELS.values(),
        VOICES.values(),
        TIMINGS.values(),
    )
    return tuple(dict.fromkeys([*fields, *(text for table in tables for text in table)]))


def _form(change: Change) -> str:
    """The sentence that a change takes."""
    if change.field is None:
        return f"milestone_{change.kind}"
    where = "milestone_" if change.milestone else ""
    if (
        change.field.kind == "names"
        and change.kind in (ADDED, REMOVED)
        and isinstance(change.before or change.after, str)
    ):
        return f"{where}name_{change.kind}"
    if not where:
        return change.kind
    if change.kind == EDITED:
        return "milestone_edited" if change.field.name == "text" else "milestone_edited_field"
    return f"milestone_{change.kind}_field" if change.kind in (ADDED, REMOVED) else "milestone_modified"
