"""A claim: a mention that may fulfil a duty, with what stands behind it and what a person ruled on it."""

from dataclasses import dataclass
from enum import StrEnum

from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.duties.matches import Match
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind
from atalaya.duties.periods import Period

FEWEST_WORDS = 12
"""Words from which a page without documents says something of its own: below are a heading and the words *coming soon*."""

GONE = (404, 410)
"""Answers that say that nothing is there; every other failure leaves open whether something is."""

FAILING = 400
"""The least status of an answer that brings nothing."""

LEAST_WAITING = 0.5
"""Score from which an unsure match leaves a verdict open until a person rules: below it is likelier to be something else. Such
are listed for review too, and change a verdict only once somebody has said so."""


_HELD = {MentionKind.SHARED_FOLDER: "folder_not_read", MentionKind.VIEWER: "viewer_not_read"}
"""What may hold on a page what the page itself does not say → why nobody knows."""


class Behind(StrEnum):
    """What stands behind a mention, as far as a duty is concerned."""

    OPEN = "open"
    """It is published, in a form that the duty accepts."""
    CLOSED = "closed"
    """It is published, in a form that the duty does not accept."""
    NOTHING = "nothing"
    """Nothing is behind the words."""
    UNREAD = "unread"
    """Nobody could look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One mention that was matched to a duty.

    `ruling` is what a person said: that it is of this duty, that it is not, or None where nobody was asked. `justification` is
    the sentence in which the institution says that the duty does not apply, `nothing` that in which it says that there was
    nothing to publish; both are empty where it says no such thing. `holds` are the kinds of mentions that stand on the page of a
    page, or under a heading.
    """

    mention: Mention
    match: Match
    ruling: bool | None = None
    justification: str = ""
    nothing: str = ""
    holds: frozenset[MentionKind] = frozenset()

    @property
    def accepted(self) -> bool:
        """Whether it counts: a person said so, or nobody was asked and the match is sure."""
        return self.match.sure if self.ruling is None else self.ruling

    @property
    def waits(self) -> bool:
        """Whether a verdict has to wait until a person says whether it counts."""
        return self.ruling is None and not self.match.sure and self.match.score >= LEAST_WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim with what stands behind it; `why` is a code of `duties.sentences`."""

    claim: Claim
    behind: Behind
    why: str

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that it is about."""
        return self.claim.match.periods

    @property
    def is_document(self) -> bool:
        """Whether it is the thing itself, and not a page or heading that leads to it."""
        return self.claim.mention.kind not in (MentionKind.PAGE, MentionKind.HEADING)


def looked_behind(claim: Claim, openness: str) -> Found:
    """What stands behind a claim for a duty whose openness is `table`, `text` or `any`."""
    behind, why = _behind(claim.mention, claim.holds, openness)
    return Found(claim=claim, behind=behind, why=why)


def _behind(mention: Mention, holds: frozenset[MentionKind], openness: str) -> tuple[Behind, str]:
    content = mention.content
    if mention.kind in (MentionKind.HEADING, MentionKind.PAGE) and MentionKind.DOCUMENT not in holds:
        for kind, why in _HELD.items():
            if kind in holds:
                return Behind.UNREAD, why
    match mention.kind:
        case MentionKind.HEADING:
            return (Behind.NOTHING, "heading") if content is None else _words(content, "heading", openness)
        case MentionKind.SHARED_FOLDER:
            return _elsewhere(content, "shared_folder", "folder_not_read")
        case MentionKind.VIEWER:
            return _elsewhere(content, "viewer", "viewer_not_read")
        case MentionKind.FORM:
            return Behind.CLOSED, "form"
        case _:
            return _content(mention.kind, content, openness)


def _elsewhere(content: DocumentContent | None, closed: str, unread: str) -> tuple[Behind, str]:
    """A folder or viewer of others: no document of the site, and nothing that can be told where it does not answer."""
    if content is None or content.failure is not None or content.status is None:
        return Behind.UNREAD, unread
    if content.status in GONE:
        return Behind.NOTHING, "broken_link"
    return (Behind.CLOSED, closed) if content.status < FAILING else (Behind.UNREAD, unread)


def _content(kind: MentionKind, content: DocumentContent | None, openness: str) -> tuple[Behind, str]:
    """A page or a document by its bytes."""
    if content is None:
        return Behind.UNREAD, "not_asked"
    if content.status in GONE or "soft_404" in content.notes:
        return Behind.NOTHING, "broken_link"
    if "unrendered" in content.notes:
        return Behind.UNREAD, "not_rendered"
    if content.failure is not None or content.status is None or content.status >= FAILING:
        return Behind.UNREAD, "no_answer"
    if kind is MentionKind.PAGE:
        return _page(content, openness)
    if content.size == 0:
        return Behind.NOTHING, "empty_file"
    if content.format is None:
        return (Behind.CLOSED, "unreadable") if content.sha256 is not None else (Behind.UNREAD, "not_asked")
    return _document(content, openness)


def _page(content: DocumentContent, openness: str) -> tuple[Behind, str]:
    if content.links or content.tables:
        return (Behind.CLOSED, "page_only") if openness == "table" else (Behind.OPEN, "published")
    return _words(content, "empty_page", openness)


def _words(content: DocumentContent, empty: str, openness: str) -> tuple[Behind, str]:
    """What is said on a page itself, or under a heading."""
    if content.words < FEWEST_WORDS:
        return Behind.NOTHING, empty
    return (Behind.CLOSED, "page_only") if openness == "table" else (Behind.OPEN, "published")


def _document(content: DocumentContent, openness: str) -> tuple[Behind, str]:
    known = find_format(content.format)
    tabular = known is not None and known.machine_readable
    if tabular and content.tables and not content.rows:
        return Behind.NOTHING, "empty_file"
    if openness == "any":
        return Behind.OPEN, "published"
    if content.scanned:
        return Behind.CLOSED, "scan"
    if openness == "table":
        return (Behind.OPEN, "published") if tabular and content.tables else (Behind.CLOSED, "no_table")
    return (Behind.OPEN, "published") if content.words or content.tables else (Behind.CLOSED, "no_text")
