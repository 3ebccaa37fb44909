"""From the mentions of a site to claims on duties: what matches, what people ruled, and what is stated where nothing is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from atalaya.duties.claims import Claim
from atalaya.duties.justifications import Statement, StatementKind, statement_of
from atalaya.duties.matches import Match, Reason
from atalaya.duties.matching import Matcher, match
from atalaya.duties.mentions import Mention, MentionKind
from atalaya.duties.rulings import Ruled, by_decision, holding

LEAST_STATED, SHORT = 0.15, 35
"""Part of the words of a text that a statement needs, and words up to which a text is all statement: in a longer one it is a
remark beside what is published."""

MOST_OF_A_PAGE = 3
"""Duties of which a page may be without being sure of one: a page of more is a list of them, and is itself none."""

Rulings = Mapping[tuple[str, str], Ruled]


def claims_on(
    mentions: Iterable[Mention], matcher: Matcher, obliged: frozenset[str], rulings: Rulings
) -> Iterator[tuple[Claim, Ruled | None]]:
    """Every claim on the obliged duties with the ruling that holds of it, mention by mention.

    Of a mention that is surely of one duty nobody is asked whether it is of another; who knows better can rule so all the same.
    """
    named: dict[str, list[str]] = {}
    for mention_id, duty_id in rulings:
        named.setdefault(mention_id, []).append(duty_id)
    listed = tuple(mentions)
    all_matches = [match(mention, matcher, obliged) for mention in listed]
    held, heads = _held(listed), _heads(listed, all_matches)
    for place, mention in enumerate(listed):
        matches = _settled(mention, all_matches[place], heads)
        sure = [each for each in matches if each.sure]
        if mention.kind is MentionKind.PAGE and not sure and len(matches) > MOST_OF_A_PAGE:
            matches = ()
        ruled = {id_: holding(rulings[mention.id, id_], mention) for id_ in named.get(mention.id, ())}
        counted = {each.duty_id: each for each in sure or matches}
        for duty_id, ruling in ruled.items():
            if ruling is not None and duty_id in obliged and duty_id not in counted:
                known = next((each for each in matches if each.duty_id == duty_id), None)
                counted[duty_id] = known or by_decision(mention, duty_id)
        said = _statement(mention, matcher) if counted else None
        for duty_id, matched in counted.items():
            ruling = ruled.get(duty_id)
            yield _claim(mention, matched, ruling, said, held), ruling


_Place = tuple[str, str]
"""The address of a page, and a heading on it or nothing."""


def _held(mentions: Iterable[Mention]) -> dict[_Place, set[MentionKind]]:
    """The kinds of what stands on each page, and under each heading of it."""
    held: dict[_Place, set[MentionKind]] = {}
    for mention in mentions:
        if mention.kind not in (MentionKind.HEADING, MentionKind.PAGE):
            for heading in ("", *mention.headings):
                held.setdefault((mention.page_url, heading), set()).add(mention.kind)
    return held


def _heads(mentions: Iterable[Mention], matches: Iterable[tuple[Match, ...]]) -> dict[_Place, str]:
    """The headings, and the pages, that are surely of one duty, with that duty."""
    heads = {}
    for mention, found in zip(mentions, matches, strict=True):
        if found and found[0].sure:
            if mention.kind is MentionKind.HEADING:
                heads[mention.url, mention.text] = found[0].duty_id
            elif mention.kind is MentionKind.PAGE:
                heads[mention.url, ""] = found[0].duty_id
    return heads


def _settled(mention: Mention, matches: tuple[Match, ...], heads: Mapping[_Place, str]) -> tuple[Match, ...]:
    """The matches of a mention: what stands under a heading, or on a page, that surely is of its likeliest duty is sure too."""
    if not matches or matches[0].sure or mention.kind in (MentionKind.PAGE, MentionKind.HEADING):
        return matches
    for heading in (*reversed(mention.headings), ""):
        if heads.get((mention.page_url, heading)) == matches[0].duty_id:
            reason = Reason(rule="stands_under", said=heading or mention.page_url, points=0.0)
            return (replace(matches[0], sure=True, reasons=(*matches[0].reasons, reason)), *matches[1:])
    return matches


def _claim(
    mention: Mention,
    matched: Match,
    ruling: Ruled | None,
    said: Statement | None,
    held: Mapping[_Place, set[MentionKind]],
) -> Claim:
    place = (mention.url, mention.text if mention.kind is MentionKind.HEADING else "")
    kind = None if said is None else said.kind
    words = "" if said is None else said.said
    return Claim(
        mention=mention,
        match=matched,
        ruling=None if ruling is None else ruling.fulfils,
        justification=words if kind is StatementKind.NOT_APPLICABLE else "",
        nothing=words if kind is StatementKind.NOTHING_TO_REPORT else "",
        holds=frozenset(held.get(place, ())),
    )


def _statement(mention: Mention, matcher: Matcher) -> Statement | None:
    """What is stated in place of a publication: not where documents or tables follow, nor as a remark in a longer text."""
    content = mention.content
    if content is not None and (content.rows or (mention.kind is MentionKind.PAGE and content.links)):
        return None
    said = statement_of(mention.text, matcher.wording)
    if said is None and content is not None:
        said = statement_of(content.opening, matcher.wording)
    if said is None or said.share >= LEAST_STATED or (content is not None and content.words <= SHORT):
        return said
    return None
