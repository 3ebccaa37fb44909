"""What people ruled on matches: how a ruling is written as a decision, and when it still holds.

A ruling holds as long as what was looked at stands: the same address and words, and of a document the same bytes. When a document
is replaced, somebody has to look again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atalaya.catalogue.folding import fold
from atalaya.catalogue.identity import digest_id
from atalaya.duties.matches import Match
from atalaya.duties.mentions import Mention, MentionKind

KIND = "duty_match"
"""The kind of a decision on whether a mention fulfils a duty."""

SEPARATOR = "|"
"""Between institution, mention and duty in the subject of a decision; no id holds it."""

Ruling = Mapping[str, str | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A ruling on one mention and duty. `fulfils` is what was ruled, `evidence_key` what it was ruled on."""

    decision_id: str
    mention_id: str
    duty_id: str
    fulfils: bool
    evidence_key: str


def evidence_key(mention: Mention) -> str:
    """The digest of what a person looks at: the address and the words of a mention, and of a document its bytes.

    Pages change with every visit, so that of them only address and words count.
    """
    content = mention.content
    is_document = mention.kind is MentionKind.DOCUMENT and content is not None
    bytes_ = (content.sha256 or "") if is_document and content is not None else ""
    return digest_id(mention.url, fold(mention.text), bytes_)


def subject_of(institution_id: str, mention_id: str, duty_id: str) -> str:
    """The subject of a decision.

    >>> subject_of("zz:office", "abc", "openness-3-8")
    'zz:office|abc|openness-3-8'
    """
    return SEPARATOR.join((institution_id, mention_id, duty_id))


def ruling_of(row: Mapping[str, object], *, fulfils: bool) -> dict[str, str | bool | None]:
    """The ruling on a row of the table `duty_matches`: what was ruled, on what, and what the machine had said, for labels."""
    return {
        "fulfils": fulfils,
        "evidence": str(row["evidence_key"]),
        "score": f"{row['score']:.4f}",
        "sure": bool(row["sure"]),
        "text": str(row["text"]),
        "url": str(row["url"]),
    }


def read_rulings(rulings: Iterable[tuple[str, str, Ruling]]) -> dict[str, dict[tuple[str, str], Ruled]]:
    """Institution → (mention, duty) → what was ruled last, from (decision id, subject, ruling), the oldest first.

    A subject of another shape is none of ours and is left out.
    """
    found: dict[str, dict[tuple[str, str], Ruled]] = {}
    for decision_id, subject, ruling in rulings:
        parts = subject.split(SEPARATOR)
        if len(parts) == 3 and isinstance(ruling.get("fulfils"), bool):
            institution_id, mention_id, duty_id = parts
            found.setdefault(institution_id, {})[mention_id, duty_id] = Ruled(
                decision_id=decision_id,
                mention_id=mention_id,
                duty_id=duty_id,
                fulfils=bool(ruling["fulfils"]),
                evidence_key=str(ruling.get("evidence")),
            )
    return found


def holding(ruled: Ruled | None, mention: Mention) -> Ruled | None:
    """A ruling, where what it was made on still stands."""
    return ruled if ruled is not None and ruled.evidence_key == evidence_key(mention) else None


def by_decision(mention: Mention, duty_id: str) -> Match:
    """The match of a duty that a person named and no rule saw."""
    return Match(mention_id=mention.id, duty_id=duty_id, score=1.0, sure=True)
