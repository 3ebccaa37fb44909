"""Which code page a text that is not Unicode was written in: every candidate is judged by how its letters sit in words.

Statistical detectors trained on web pages call Spanish text in cp1252 "cp1250" or "MacCyrillic". Here each candidate code page
comes with the alphabets it serves (see `letters`), and the language that the plain words speak decides which letters are at
home. Ties go to the first candidate, so the western code pages come first.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from atalaya.inspection.east_asian import best_east_asian
from atalaya.inspection.kinds import words
from atalaya.inspection.letters import accented_words, bound, places_of, score, share_known, table_of

_SAMPLE = 3_000
"""Letters outside ASCII that are judged; more never changed a verdict on the labelled files."""
_AROUND = 80
"""Bytes of context kept on each side: whole words, not whole lines, since a minified file is one line."""
_HIGH = re.compile(rb"[\x80-\xff]")
_CUT = re.compile(rb"[\x00-\x20,;<>\"]")
_WORD = re.compile(rb"(?<![\x80-\xff\w])(?:[A-Za-z]{2,7}|[a-z])(?![\x80-\xff\w])")
_TAG = re.compile(rb"<[^<>]{0,400}>")
_WEST = "áéíóúñüãçâêôàèòùìäöõëïîûßåæøýÿœ"
_WESTERN = {
    "es": "óíáéñúü",
    "pt": "ãçéáíóêõúâôàü",
    "fr": "éèàêçâîôûùïëœ",
    "it": "àèùòìé",
    "de": "üäöß",
    "nl": "ëéïöüèá",
    "sv": "äåöøæé",
    "fi": "äöå",
}
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_BULGARIAN = "аиеотнрсвлкдпмзгубчяъщхцжйшфюь"
_GREEK = "ατοιεσνρηπυκλςμθάίόέήγδύχώωφβξζψϊΐϋΰ"
_HEBREW = "יוהלארתמבשדנםעקחגפכצטזסןךףץ"
_ARABIC = "اليمنوترسبعدةكفحقهجىشصطخغءأضذزثإؤئظآ"
_THAI = "านรอกเงมยลวดทส่ตะปบคหแจพช้ขใไโผถซศณฐธษฎฏฉญฝภฤฬฮฟๆิีึืุูั็์ำ"
_UNPROVEN = 0.6
"""What a code page of one language loses where the plain words do not speak that language."""
_PROVEN = 0.5
"""What it gains where they do."""
_KNOWN = 0.4
"""What a code page gains in which every accented word is a known one."""
_WORDS = 400
"""Accented words that are looked up."""
_CLOSE = 0.35
"""How much worse than the best a code page may do that the file itself declares."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A code page with the letters of a language; `rare` is how much better than a common one it must be."""

    codec: str
    letters: str
    language: str = ""
    rare: float = 0.0


_SINGLE = (
    _Candidate("cp1252", _WEST),
    _Candidate("cp850", _WEST, rare=0.15),
    _Candidate("mac_roman", _WEST, rare=0.15),
    _Candidate("cp437", _WEST, rare=0.2),
    _Candidate("iso8859_15", _WEST, rare=0.3),
    _Candidate("cp1250", "áéíóöőúüű", "hu"),
    _Candidate("iso8859_2", "áéíóöőúüű", "hu"),
    _Candidate("cp852", "áéíóöőúüű", "hu", rare=0.3),
    _Candidate("cp1250", "ąęółśżźćń", "pl"),
    _Candidate("iso8859_2", "ąęółśżźćń", "pl"),
    _Candidate("cp852", "ąęółśżźćń", "pl", rare=0.3),
    _Candidate("cp1250", "áíéěřčšžýůúťďňóäôľĺŕ", "cs"),
    _Candidate("iso8859_2", "áíéěřčšžýůúťďňóäôľĺŕ", "cs"),
    _Candidate("cp852", "áíéěřčšžýůúťďňóäôľĺŕ", "cs", rare=0.3),
    _Candidate("cp1250", "čšžćđ", "hr"),
    _Candidate("iso8859_2", "čšžćđ", "hr"),
    _Candidate("cp1254", "ığüşöçâî", "tr"),
    _Candidate("cp1251", _CYRILLIC, rare=0.2),
    _Candidate("cp1251", _BULGARIAN, rare=0.2),
    _Candidate("koi8_r", _CYRILLIC, rare=0.2),
    _Candidate("cp866", _CYRILLIC, rare=0.2),
    _Candidate("iso8859_5", _CYRILLIC, rare=0.2),
    _Candidate("iso8859_5", _BULGARIAN, rare=0.2),
    _Candidate("mac_cyrillic", _CYRILLIC, rare=0.2),
    _Candidate("cp855", _CYRILLIC, rare=0.2),
    _Candidate("cp1253", _GREEK, rare=0.2),
    _Candidate("iso8859_7", _GREEK, rare=0.2),
    _Candidate("cp1255", _HEBREW, rare=0.2),
    _Candidate("iso8859_8", _HEBREW, rare=0.2),
    _Candidate("cp1256", _ARABIC, rare=0.2),
    _Candidate("cp874", _THAI, rare=0.2),
)
_STOP_WORDS = {
    "es": words(
        "de la el los las en por con para una del que al su se lo sin desde sobre es son nombre fecha ano y a e o"
    ),
    "pt": words("de do da dos das em com uma um para os ao na no nas nos pela pelo que se sem ou nome data ano e a o"),
    "fr": words("de le la les des et est dans du un une pour sur ne vous pas au aux par que ce ou a y"),
    "it": words("di il la che per del della un una non con gli le nel dei delle dal questo sono e a i"),
    "de": words("der die und das ist von zu den mit ein eine nicht auf im werden des sie bitte wurde oder"),
    "sv": words("och att det som en av den till med ett inte de kan eller er og af der ikke for at har fra i"),
    "fi": words("ja on ei ole se oli joka kun tai kuin mutta ovat sen voi tulee voit lle olla jos"),
    "nl": words("de het een en van is dat niet op te zijn voor met die er hij maar worden aan"),
    "en": words("the and of for that with are this by not from be or as it"),
    "hu": words("az egy hogy nem volt ez meg csak mint de ha el is ki vagy kell lehet adjon a"),
    "pl": words("nie jest na do to ze jak od po ale czy przez dla lub musi i w z o a"),
    "cs": words(
        "je na se ze to do po pro jako od ale jsou by aby sa ako bolo aj pri nebo byl alebo musi nie a v s o k z u i"
    ),
    "hr": words("je na se za su da od ne ali kao iz to bi ki ter pa ili mora i u s o a"),
    "tr": words("bir ve bu da de ile olan en ne gibi olarak daha veya olmal icin var"),
}
"""Words of each language that have no accent."""
_LEAST_WORDS = 3
"""Different stop words that must be there before a language is taken for the text's."""
_AHEAD = 1.25
"""How many times those of any other language they must be."""


def detect_code_page(data: bytes, declared: str | None = None) -> tuple[str, float]:
    """The codec of a text that is neither ASCII nor Unicode, and its score; cp1252 where none reads nearly all of it.

    `declared` is the codec that the text names for itself: it wins where its letters sit nearly as well as the best do. Scores
    above zero mean that the letters sit as letters do.
    """
    scores = _rank(data, declared)
    codec = max(scores, key=lambda each: scores[each], default="cp1252")
    best = scores.get(codec, -100.0)
    if declared is not None and scores.get(declared, -100.0) >= best - _CLOSE:
        return declared, scores[declared]
    return codec, best


def _rank(data: bytes, declared: str | None) -> dict[str, float]:
    """The best score of each code page that could win; the first of equals stays first."""
    sample = _sample(data)
    places = places_of(sample, _SAMPLE)
    histogram: Counter[int] = Counter()
    for place, number in places.items():
        histogram[place[1]] += number
    language = _language(Counter(map(bytes.lower, _WORD.findall(_TAG.sub(b" ", sample)))))
    few = max(sum(histogram.values()), 1)
    accented = accented_words(sample, _WORDS)
    found: dict[str, float] = {}
    best = -100.0
    for candidate in _SINGLE:
        letters, foreign = candidate.letters, ""
        bonus = -candidate.rare * (1 + 2 / few)
        if candidate.letters == _WEST:
            letters, foreign = (_WESTERN[language], _WEST) if language in _WESTERN else (_WEST, "")
            bonus += _KNOWN * share_known(accented, candidate.codec)
        elif candidate.language and candidate.language == language:
            bonus += _PROVEN
        elif candidate.language and candidate.codec != declared:
            bonus -= (_UNPROVEN + _PROVEN * bool(language)) * (1 + 2 / few)
        likely = candidate.codec == declared or bound(histogram, candidate.codec, letters, foreign) + bonus > best
        if not likely or not _reads(candidate.codec, histogram):
            continue
        reached = score(places, candidate.codec, letters, foreign) + bonus
        if reached > found.get(candidate.codec, -100.0) + 1e-9:
            found[candidate.codec] = reached
        best = max(best, reached)
    east = best_east_asian(sample)
    return found | ({east[0]: east[1]} if east[1] > -100 else {})


def decodes(codec: str, data: bytes) -> bool:
    """Whether the codec reads all of the bytes."""
    try:
        codecs.decode(data, codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _sample(data: bytes) -> bytes:
    """Stretches around bytes above 127, up to a size, cut where no multi-byte code page can hold a character."""
    kept = bytearray()
    place = 0
    while len(kept) < 24 * _SAMPLE and (found := _HIGH.search(data, place)) is not None:
        start = max(place, data.rfind(b"\n", place, found.start()) + 1, found.start() - _AROUND)
        end = _CUT.search(data, found.end() + _AROUND)
        place = end.end() if end is not None else len(data)
        kept += data[start:place] + b"\n"
    return bytes(kept)


def _reads(codec: str, histogram: Mapping[int, int]) -> bool:
    """Up to one place in a hundred may be unassigned: real cp1252 files hold such bytes."""
    unassigned = sum(number for byte, number in histogram.items() if byte in _unassigned(codec))
    return unassigned * 100 <= sum(histogram.values())


@cache
def _unassigned(codec: str) -> frozenset[int]:
    table = table_of(codec)
    return frozenset(byte for byte in range(128, 256) if table[byte] == "\ufffd")


def _language(plain: Counter[bytes]) -> str:
    """The language whose stop words the plain words hold, empty where none is well ahead of all others."""
    counts = {language: sum(plain[word.encode()] for word in stops) for language, stops in _STOP_WORDS.items()}
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    various = sum(word.encode() in plain for word in _STOP_WORDS[first])
    return first if various >= _LEAST_WORDS and counts[first] >= _AHEAD * counts[second] else ""
