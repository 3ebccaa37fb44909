"""What people read of a verdict: its standing, the sentence for its reason, and for a gap and a day, in their language."""

from collections.abc import Mapping

from atalaya.duties.questionnaires import Ground
from atalaya.duties.verdicts import Standing
from atalaya.translations import translate

DOMAIN = "duties"
"""The gettext domain of these texts."""

STANDINGS: Mapping[Standing, str] = {
    Standing.CURRENT: "current",
    Standing.LATE: "late",
    Standing.NOT_OPEN: "published, not open",
    Standing.HEADING_ONLY: "only a heading",
    Standing.JUSTIFIED: "justified",
    Standing.MISSING: "missing",
    Standing.UNKNOWN: "unknown",
}

REASONS: Mapping[str, str] = {
    "published": "It is published, in a form that the duty accepts.",
    "nothing_to_report": "The institution says that there was nothing to publish.",
    "older": "What is published is of an earlier time; the next should have been there {days_late} days before.",
    "unchanged": "What is published says no period and has not changed for so long that it is {days_late} days late at least.",
    "came_late": "It came late: {days_late} days after it was due it was not there yet.",
    "shared_folder": "It lies only in a folder of a file-sharing service, and not on the site.",
    "viewer": "It is only shown by a viewer, from which nothing can be taken.",
    "form": "It is only given out through a form.",
    "page_only": "It is on a page, and not in a table that can be taken.",
    "scan": "It is a picture of paper, in which no text can be searched.",
    "no_table": "It is a document, and not a table that machines read.",
    "no_text": "No text can be read in it.",
    "unreadable": "The file is of no known format, or damaged.",
    "heading": "A heading names it, and nothing stands under it.",
    "broken_link": "A link names it, and nothing is at its address.",
    "empty_page": "A page names it, and says nothing more.",
    "empty_file": "A link names it, and the file behind it is empty.",
    "justified": "The institution says why the duty does not apply to it.",
    "ruled_not_concerned": "The institution showed that the duty does not concern it, and two analysts ruled so.",
    "not_found": "The site was read, and nothing of it was found.",
    "site_unreadable": "The site could not be read.",
    "read_in_part": "Only a part of the site was read, and nothing of it was found there.",
    "waits_for_person": "Something may be it, and a person has to say so.",
    "period_not_stated": "It is published, and does not say of which period it is.",
    "not_asked": "A link names it, and its address was not asked.",
    "not_rendered": "A page names it that only a browser can fill, and none was there to do so.",
    "no_answer": "A link names it, and its address did not answer.",
    "folder_not_read": "It may lie in a folder of a file-sharing service, which could not be read.",
    "viewer_not_read": "It may be shown by a viewer, which could not be read.",
}
"""Reason of a verdict → what it says; `{days_late}` stands for a number of days."""

GROUNDS: Mapping[Ground, str] = {
    Ground.WORDS: "its own words",
    Ground.REPEATED: "its own words, asked again of other bodies",
    Ground.LINK: "hangs from a question about this duty",
    Ground.ORDER: "its place in the questionnaire",
    Ground.NOTHING: "about no duty",
}
"""What a question is tied to its duty by, in words."""

LABELS = (
    "institution",
    "law",
    "article",
    "numeral",
    "duty",
    "period",
    "standing",
    "reason",
    "days late",
    "days left",
    "due",
    "open",
    "clicks",
    "gaps",
    "first seen",
    "last seen",
    "evidence",
    "text",
    "address",
    "archived copy",
    "rule",
    "yes",
    "no",
    "update",
    "who complies",
    "question",
    "repeats",
    "why",
    "lead",
    "sure",
    "stated",
)
"""Words of tables and lists."""


def standing_title(standing: Standing | str, language: str) -> str:
    """A standing in words."""
    return translate(STANDINGS[Standing(standing)], language, DOMAIN)


def reason_sentence(reason: str, days_late: int | None, language: str) -> str:
    """The sentence of a reason; the code itself where it is of a newer version than this one."""
    template = REASONS.get(reason)
    return reason if template is None else translate(template, language, DOMAIN).format(days_late=days_late)


def label(word: str, language: str) -> str:
    """A word of a table."""
    return translate(word, language, DOMAIN)


def texts() -> tuple[str, ...]:
    """All English texts: what a translation must cover."""
    return (*STANDINGS.values(), *REASONS.values(), *GROUNDS.values(), *LABELS)
