"""Ties what a site shows to the duties of a law: by citations, by words, and by what stands around it. Pure, and explained.

Every reason adds points, logarithms of odds. What a mention says of itself counts fully; what stands around it counts where it
says nothing of itself. `docs/explanation/duty-matching.md` tells how it decides, and how well.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from atalaya.countries.pack import CountryPack, Duty, Law
from atalaya.duties.citations import CitationReader, Cited, Form, compile_citations
from atalaya.duties.columns import ExpectedColumns, expected_columns, said_by_table
from atalaya.duties.justifications import statement_of
from atalaya.duties.matches import Match
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind, Place
from atalaya.duties.periods import periods_around
from atalaya.duties.readings import CITATION_POINTS, NOTHING, Lexicon, Reading, build_lexicon, read, words_of_address
from atalaya.duties.tally import Said, Tally, combined
from atalaya.duties.wording import Wording, load_wording

ASK = 0.35
"""Score from which a match is shown to a person; below, the mention is of no duty."""
TELLING = 1.2
"""Points from which a text says something of a duty, so that what stands farther away counts less."""
OWN, HINTED, SILENT = 0.3, 0.6, 0.9
"""How much of what stands around a mention it inherits: where it names a duty itself, where it hints at one, and where it says
nothing at all."""
OTHER_DOCUMENT, OTHER_PAGE = 0.65, 0.4
"""The same where it speaks of something that no duty is known by: documents belong to their heading, pages often do not."""
OBSTRUCTED, FARTHER = 0.75, 0.4
"""What is left of farther texts behind one that says something else, and behind one that speaks of a duty."""
PAGE_TITLE = 0.6
"""Weight of the title of a page, which often names the whole site."""
FILE_NAME, FOLDER, TITLE, OPENING = 0.6, 0.35, 0.7, 0.4
"""Weights of the words of a document and of its address; the address is not asked where its link names a duty."""
LESS = 0.5
"""What is left of them where the link speaks for itself."""
OPENING_LIMIT = 300
"""Characters of the beginning of a document that are read."""
UNRELATED_POINTS = -1.6
"""Points of what stands among news or contacts, unless it names a duty by itself with `NAMED` points."""
NAMED = 4.0
REPORTING_POINTS = -2.0
"""Points of a text that reports what happened, as news do."""
SECTION_FACTOR = 1.7
"""How much more a number without a word for numerals says in the section of the law than elsewhere."""
CONTRARY, DISPUTED, DOUBTED = 2.6, 0.35, 0.75
"""Points of words that name a duty beyond doubt, and what is left beside them of a citation of another, for which no word
speaks, or some do: sites mistake numbers oftener than names."""
REMEMBERED = 50_000
"""Texts, and surroundings, whose reading a matcher remembers; then it begins anew."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around mentions: what the texts say together, the nearest counting most, the nearest article that they name,
    and the words of one that no duty is about."""

    said: Said
    article: str | None
    unrelated: str | None


@dataclass(slots=True)
class Matcher:
    """Laws and duties made ready; build it with `compile_matcher`. Those with defaults are what it remembers."""

    duties: tuple[Duty, ...]
    law_names: tuple[str, ...]
    wording: Wording
    lexicon: Lexicon
    citations: tuple[CitationReader, ...]
    columns: ExpectedColumns
    ranks: dict[str, int]
    texts: dict[str, Reading] = field(default_factory=dict)
    said: dict[tuple[str, str | None, bool], Said] = field(default_factory=dict)
    around: dict[tuple[tuple[str, ...], tuple[str, ...], str], _Surroundings] = field(default_factory=dict)
    folders: dict[str, Said] = field(default_factory=dict)
    hosts: dict[str, bool] = field(default_factory=dict)
    narrowed: dict[frozenset[str], "Matcher"] = field(default_factory=dict)


def compile_matcher(pack: CountryPack, wording: Wording | None = None) -> Matcher:
    """The matcher of all laws of a pack, in its languages unless a `wording` is given.

    Raises CountryPackError where the file of a language cannot be used.
    """
    return build_matcher(pack.laws, pack.duties, load_wording(pack.languages) if wording is None else wording)


def build_matcher(laws: Iterable[Law], duties: Iterable[Duty], wording: Wording) -> Matcher:
    """The matcher of these laws and duties."""
    listed, known = tuple(duties), tuple(laws)
    names = tuple(name for law in known for name in (*law.title.values(), *law.citation.law))
    return Matcher(
        duties=listed,
        law_names=names,
        wording=wording,
        lexicon=build_lexicon(listed, names, wording),
        citations=tuple(
            compile_citations(law.citation, (duty for duty in listed if duty.law == law.id), wording) for law in known
        ),
        columns=expected_columns(listed, wording),
        ranks={duty.id: place for place, duty in enumerate(listed)},
    )


def match(mention: Mention, matcher: Matcher, obliged: frozenset[str] | None = None) -> tuple[Match, ...]:
    """The duties that the mention may fulfil, best first, with scores of at least `ASK`; of the `obliged` ones where given."""
    return ranked(mention, matcher, obliged, least=ASK)


def match_all(
    mentions: Iterable[Mention], matcher: Matcher, obliged: frozenset[str] | None = None
) -> Iterator[tuple[Mention, tuple[Match, ...]]]:
    """Every mention with its matches, in the order given."""
    for mention in mentions:
        yield mention, match(mention, matcher, obliged)


def ranked(
    mention: Mention, matcher: Matcher, obliged: frozenset[str] | None = None, least: float = 0.0
) -> tuple[Match, ...]:
    """Every duty that anything speaks for, best first; nothing for what no duty is about."""
    narrow = matcher if obliged is None else _narrowed(matcher, obliged)
    own = _reading(mention.text, narrow)
    if own.unrelated or own.navigation or _leads_away(mention.url, narrow):
        return ()
    around = _surroundings(mention, narrow)
    tally = Tally(obliged, matcher.ranks)
    in_section = mention.place is Place.SECTION or around.article is not None
    said = _said(mention.text, own.article or around.article, narrow, in_section=in_section)
    tally.add("text", said)
    strength = max([told[0] for told in said.values()], default=0.0)
    if around.said:
        tally.add("", around.said, _inherited(mention.kind, own, strength))
    share = LESS if strength >= TELLING or not own.generic else 1.0
    if strength < CONTRARY:
        _add_address(tally, mention.url, narrow, share)
    if mention.content is not None:
        _add_content(tally, mention.content, narrow, share)
    if around.unrelated is not None and strength < NAMED:
        tally.add_to_all("around", ("unrelated", around.unrelated, UNRELATED_POINTS))
    if own.reporting and not own.cited and statement_of(mention.text, narrow.wording) is None:
        tally.add_to_all("text", ("reporting", own.reporting, REPORTING_POINTS))
    best = tally.best(least)
    return tally.matches(mention.id, best, periods_around(_dated(mention), narrow.wording)) if best else ()


def _dated(mention: Mention) -> Iterator[str]:
    """The texts that may tell of what period a mention is, nearest first."""
    yield mention.text
    if mention.content is not None:
        yield mention.content.title
    yield unquote(mention.url.partition("?")[0].rpartition("/")[2].rpartition(".")[0])
    yield from reversed(mention.headings)
    yield from reversed(mention.path)
    yield mention.page_title


def _inherited(kind: MentionKind, own: Reading, strength: float) -> float:
    if strength >= CONTRARY:
        return OWN
    if strength >= TELLING:
        return HINTED
    if own.generic:
        return SILENT
    return OTHER_PAGE if kind in (MentionKind.PAGE, MentionKind.HEADING) else OTHER_DOCUMENT


def _add_address(tally: Tally, url: str, matcher: Matcher, share: float) -> None:
    """What the names of the file and its folders say."""
    folder, _, name = url.partition("?")[0].partition("#")[0].rpartition("/")
    tally.add("", _said_by_folders(folder, matcher), share)
    if name:
        text = _NUMBERS.sub(" ", words_of_address(unquote(name)))
        tally.add("file", _said(text, None, matcher, in_section=False), FILE_NAME * share)


def _add_content(tally: Tally, content: DocumentContent, matcher: Matcher, share: float) -> None:
    """What the title, the beginning and the tables of a document say."""
    for source, text, weight in (
        ("title", content.title, TITLE),
        ("opening", content.opening[:OPENING_LIMIT], OPENING),
    ):
        if text:
            tally.add(source, _said(text, None, matcher, in_section=False), weight * share)
    for names in content.tables:
        tally.add("table", said_by_table(names, matcher.columns))


_NUMBERS = re.compile(r"\d{4,}")
"""Years, dates and numbers that systems give to files; no law has so many numerals."""


def _reading(text: str, matcher: Matcher) -> Reading:
    if not text:
        return NOTHING
    found = matcher.texts.get(text)
    if found is None:
        if len(matcher.texts) > REMEMBERED:
            matcher.texts.clear()
        found = matcher.texts[text] = read(text, matcher.lexicon, matcher.citations)
    return found


def _narrowed(matcher: Matcher, obliged: frozenset[str]) -> Matcher:
    """The matcher of the words of obliged duties; citations are known of all, so that a foreign numeral stays foreign."""
    found = matcher.narrowed.get(obliged)
    if found is None:
        duties = tuple(duty for duty in matcher.duties if duty.id in obliged)
        found = matcher.narrowed[obliged] = Matcher(
            duties=duties,
            law_names=matcher.law_names,
            wording=matcher.wording,
            lexicon=build_lexicon(duties, matcher.law_names, matcher.wording),
            citations=matcher.citations,
            columns=expected_columns(duties, matcher.wording),
            ranks=matcher.ranks,
        )
    return found


def _said(text: str, article: str | None, matcher: Matcher, *, in_section: bool) -> Said:
    """What a text says by words and citations together; a numeral without an article takes the one that it names or is given."""
    reading = _reading(text, matcher)
    if not reading.cited:
        return reading.said
    key = (text, article, in_section)
    found = matcher.said.get(key)
    if found is None:
        if len(matcher.said) > REMEMBERED:
            matcher.said.clear()
        found = matcher.said[key] = _resolved(reading, article, matcher, in_section)
    return found


def _resolved(reading: Reading, article: str | None, matcher: Matcher, in_section: bool) -> Said:
    said = dict(reading.said)
    loudest = max([told[0] for told in said.values()], default=0.0)
    for cited in reading.cited:
        duty = _cited_duty(cited, reading.article or article, matcher)
        if duty is None:
            continue
        before, reasons = said.get(duty, (0.0, ()))
        points, rule = CITATION_POINTS[cited.form], str(cited.form)
        if in_section and cited.form in (Form.LEADING_NUMBER, Form.NUMBER_ALONE, Form.MARK):
            points *= SECTION_FACTOR
        if loudest >= CONTRARY and before < loudest / 3:
            points *= DISPUTED if before <= 0 else DOUBTED
            rule = f"{cited.form}_disputed"
        said[duty] = (before + points, (*reasons, (rule, cited.said.strip(), points)))
    return said


def _cited_duty(cited: Cited, article: str | None, matcher: Matcher) -> str | None:
    for reader in matcher.citations:
        for candidate in (cited.article,) if cited.article else (article, reader.default_article):
            if candidate is not None and (duty := reader.known.get((candidate, cited.numeral))):
                return duty
    return None


def _surroundings(mention: Mention, matcher: Matcher) -> _Surroundings:
    key = (mention.headings, mention.path, mention.page_title)
    found = matcher.around.get(key)
    if found is None:
        if len(matcher.around) > REMEMBERED:
            matcher.around.clear()
        texts = [("heading", text) for text in reversed(mention.headings)]
        texts += [("path", text) for text in reversed(mention.path)]
        found = matcher.around[key] = _surrounded([*texts, ("page", mention.page_title)], matcher)
    return found


def _surrounded(texts: list[tuple[str, str]], matcher: Matcher) -> _Surroundings:
    readings = [(source, text, _reading(text, matcher)) for source, text in texts]
    article = next((reading.article for _, _, reading in readings if reading.article is not None), None)
    sources, weight = [], 1.0
    for source, text, reading in readings:
        if reading.unrelated or reading.navigation or (reading.generic and not reading.said and not reading.cited):
            continue
        said = _said(text, article, matcher, in_section=False)
        sources.append((source, said, weight * (PAGE_TITLE if source == "page" else 1.0)))
        weight *= OBSTRUCTED if max([told[0] for told in said.values()], default=0.0) < TELLING else FARTHER
    unrelated = next((text for source, text, reading in readings if reading.unrelated and source != "page"), None)
    return _Surroundings(combined(sources), article, unrelated)


def _said_by_folders(address: str, matcher: Matcher) -> Said:
    """What the names of the folders of an address say together."""
    found = matcher.folders.get(address)
    if found is None:
        if len(matcher.folders) > REMEMBERED:
            matcher.folders.clear()
        names = [words_of_address(unquote(segment)) for segment in address.split("/")[3:]]
        said = [("folder", _said(name, None, matcher, in_section=False), FOLDER) for name in names if name]
        found = matcher.folders[address] = combined(said)
    return found


def _leads_away(url: str, matcher: Matcher) -> bool:
    """Whether the address is that of a site that no duty is about, such as a social network."""
    host = url.split("/", 3)[2] if url.count("/") > 1 else ""
    if host not in matcher.hosts:
        if len(matcher.hosts) > REMEMBERED:
            matcher.hosts.clear()
        matcher.hosts[host] = any(part in matcher.wording.unrelated for part in host.lower().split("."))
    return matcher.hosts[host]
