"""Ties what a site shows to the duties of a law: by citations, by words, and by what stands around it. Pure, and explained.

Every reason adds points, logarithms of odds. What a mention says of itself counts fully; what stands around it counts where it
says nothing of itself. `docs/explanation/duty-matching.md` tells how it decides, and how well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from atalaya.countries.pack import CountryPack, Duty, Law
from atalaya.duties.citations import CitationReader, Cited, Form, compile_citations
from atalaya.duties.columns import ExpectedColumns, expected_columns, said_by_table
from atalaya.duties.matches import Match, Reason
from atalaya.duties.mentions import Mention, MentionKind, Place
from atalaya.duties.phrases import PhraseIndex
from atalaya.duties.readings import CITATION_POINTS, NOTHING, Phrase, Reading, index_of, read, words_of_address
from atalaya.duties.tally import Said, Tally
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
FILE_NAME, FOLDER, TITLE, OPENING = 0.6, 0.35, 0.7, 0.4
"""Weights of the words of a document; half of them where its link speaks for itself."""
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
    """What stands around mentions: the readings of texts that say something, nearest first, the nearest article that they name,
    and the words of one that no duty is about."""

    readings: tuple[tuple[str, Reading], ...]
    article: str | None
    unrelated: str | None


_Around = tuple[tuple[str, ...], tuple[str, ...], str]


@dataclass(slots=True)
class Matcher:
    """Laws and duties made ready; build it with `compile_matcher`. The last five are what it remembers."""

    duties: tuple[Duty, ...]
    law_names: tuple[str, ...]
    wording: Wording
    index: PhraseIndex[Phrase]
    citations: tuple[CitationReader, ...]
    columns: ExpectedColumns
    ranks: dict[str, int]
    texts: dict[str, Reading] = field(default_factory=dict)
    around: dict[_Around, _Surroundings] = field(default_factory=dict)
    folders: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
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
        index=index_of(listed, names, wording),
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
    said = _resolved(own, own.article or around.article, narrow, in_section=in_section)
    tally.add("text", said)
    strength = max((points for points, _ in said.values()), default=0.0)
    _add_surroundings(tally, around, narrow, _inherited(mention.kind, own, strength))
    _add_document(tally, mention, narrow, silent=own.generic and strength < TELLING)
    if around.unrelated is not None and strength < NAMED:
        tally.add_to_all("around", Reason(rule="unrelated", said=around.unrelated, points=UNRELATED_POINTS))
    if own.reporting and not own.cited:
        tally.add_to_all("text", Reason(rule="reporting", said=own.reporting, points=REPORTING_POINTS))
    return tally.matches(mention.id, least)


def _inherited(kind: MentionKind, own: Reading, strength: float) -> float:
    if strength >= CONTRARY:
        return OWN
    if strength >= TELLING:
        return HINTED
    if own.generic:
        return SILENT
    return OTHER_PAGE if kind in (MentionKind.PAGE, MentionKind.HEADING) else OTHER_DOCUMENT


def _add_surroundings(tally: Tally, around: _Surroundings, matcher: Matcher, weight: float) -> None:
    for source, reading in around.readings:
        told = _resolved(reading, reading.article or around.article, matcher, in_section=False)
        if max((points for points, _ in told.values()), default=0.0) < TELLING:
            weight *= OBSTRUCTED
        else:
            tally.add(source, told, weight)
            weight *= FARTHER


def _add_document(tally: Tally, mention: Mention, matcher: Matcher, *, silent: bool) -> None:
    """What the address, the title, the beginning and the tables say."""
    share = 1.0 if silent else 0.5
    folder, _, name = mention.url.partition("?")[0].partition("#")[0].rpartition("/")
    readings = [("folder", FOLDER, reading) for reading in _folders(folder, matcher)]
    if name:
        readings.append(("file", FILE_NAME, _reading(words_of_address(unquote(name)), matcher)))
    if (content := mention.content) is not None:
        readings.append(("title", TITLE, _reading(content.title, matcher)))
        readings.append(("opening", OPENING, _reading(content.opening[:OPENING_LIMIT], matcher)))
        for names in content.tables:
            tally.add("table", said_by_table(names, matcher.columns))
    for source, weight, reading in readings:
        if reading.points or reading.cited:
            tally.add(source, _resolved(reading, reading.article, matcher, in_section=False), weight * share)


def _reading(text: str, matcher: Matcher) -> Reading:
    if not text:
        return NOTHING
    found = matcher.texts.get(text)
    if found is None:
        if len(matcher.texts) > REMEMBERED:
            matcher.texts.clear()
        found = matcher.texts[text] = read(text, matcher.index, matcher.citations)
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
            index=index_of(duties, matcher.law_names, matcher.wording),
            citations=matcher.citations,
            columns=expected_columns(duties, matcher.wording),
            ranks=matcher.ranks,
        )
    return found


def _resolved(reading: Reading, article: str | None, matcher: Matcher, *, in_section: bool) -> Said:
    """Points of words and of citations together; a numeral without an article takes the one that stands nearest."""
    said: dict[str, tuple[float, tuple[Reason, ...]]] = {
        duty: (points, reading.reasons[duty]) for duty, points in reading.points.items()
    }
    loudest = max(reading.points.values(), default=0.0)
    for cited in reading.cited:
        duty = _cited_duty(cited, article, matcher)
        if duty is None:
            continue
        before, reasons = said.get(duty, (0.0, ()))
        points, rule = CITATION_POINTS[cited.form], str(cited.form)
        if in_section and cited.form in (Form.LEADING_NUMBER, Form.NUMBER_ALONE, Form.MARK):
            points *= SECTION_FACTOR
        if loudest >= CONTRARY and before < loudest / 3:
            points *= DISPUTED if before <= 0 else DOUBTED
            rule = f"{cited.form}_disputed"
        said[duty] = (before + points, (*reasons, Reason(rule=rule, said=cited.said.strip(), points=round(points, 3))))
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
    telling = (
        (source, reading)
        for source, _, reading in readings
        if not (reading.unrelated or reading.navigation) and (reading.points or reading.cited or not reading.generic)
    )
    return _Surroundings(
        readings=tuple(telling),
        article=next((reading.article for _, _, reading in readings if reading.article is not None), None),
        unrelated=next((text for source, text, reading in readings if reading.unrelated and source != "page"), None),
    )


def _folders(address: str, matcher: Matcher) -> tuple[Reading, ...]:
    """The readings of the folders of an address, innermost first."""
    found = matcher.folders.get(address)
    if found is None:
        if len(matcher.folders) > REMEMBERED:
            matcher.folders.clear()
        segments = address.split("/")[3:]
        found = matcher.folders[address] = tuple(
            _reading(words_of_address(unquote(segment)), matcher) for segment in reversed(segments)
        )
    return found


def _leads_away(url: str, matcher: Matcher) -> bool:
    """Whether the address is that of a site that no duty is about, such as a social network."""
    host = url.split("/", 3)[2] if url.count("/") > 1 else ""
    if host not in matcher.hosts:
        if len(matcher.hosts) > REMEMBERED:
            matcher.hosts.clear()
        matcher.hosts[host] = any(part in matcher.wording.unrelated for part in host.lower().split("."))
    return matcher.hosts[host]
