"""Which code page a text that is not Unicode was written in: every candidate is decoded and judged by how its letters sit.

Statistical detectors trained on web pages call Spanish text in cp1252 "cp1250" or "MacCyrillic". Here each candidate code page
comes with the alphabets it serves; the text that results is scored letter by letter: letters of the alphabet, frequent ones more,
count for it; symbols between letters, capitals inside words, letters of another script and unassigned places count against it.
Ties go to the first candidate, so the western code pages come first.
"""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from atalaya.inspection.kinds import words

_SAMPLE = 3_000
"""Letters outside ASCII that are judged; more never changed a verdict on the labelled files."""
_AROUND = 80
"""Bytes of context kept on each side: whole words, not whole lines, since a minified file is one line."""
_HIGH = re.compile(rb"[\x80-\xff]")
_CUT = re.compile(rb"[\x00-\x20,;<>\"]")
_LEAST_WIDE = 4
"""Fewer wide characters than these say nothing of an East Asian code page: two accents in a row look like one."""
_WEST = "áéíóúñüãçõâêôàÁÉÍÓÚÑÜÃÇÕÂÊÔÀèìòùäöëïîûßåæøýÿœÈÌÒÙÄÖËÏÎÛÅÆØŒ"
_TYPOGRAPHY = frozenset("¿¡ºª°–—“”‘’«»…€£§·•´®©™±²³½¼¾×¹µ\u00a0№„‚‹›\u00ad\ufeff")
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_BULGARIAN = "аиеотнрсвлкдпмзгубчяъщхцжйшфюь"
_GREEK = "ατοιεσνρηπυκλςμθάίόέήγδύχώωφβξζψϊΐϋΰ"
_HEBREW = "יוהלארתמבשדנםעקחגפכצטזסןךףץ"
_ARABIC = "اليمنوترسبعدةكفحقهجىشصطخغءأضذزثإؤئظآ"
_THAI = "านรอกเงมยลวดทส่ตะปบคหแจพช้ขใไโผถซศณฐธษฎฏฉญฝภฤฬฮฟๆิีึืุูั็์ำ"


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
    _Candidate("iso8859_15", _WEST + "ŠšŽž€", rare=0.3),
    _Candidate("cp1250", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "hu"),
    _Candidate("iso8859_2", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "hu"),
    _Candidate("cp852", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "hu", rare=0.3),
    _Candidate("cp1250", "ąęółśżźćńĄĘÓŁŚŻŹĆŃ", "pl"),
    _Candidate("iso8859_2", "ąęółśżźćńĄĘÓŁŚŻŹĆŃ", "pl"),
    _Candidate("cp1250", "áíéěřčšžýůúťďňóäôľĺŕÁÍÉĚŘČŠŽÝŮÚŤĎŇÓĽ", "cs"),
    _Candidate("iso8859_2", "áíéěřčšžýůúťďňóäôľĺŕÁÍÉĚŘČŠŽÝŮÚŤĎŇÓĽ", "cs"),
    _Candidate("cp852", "áíéěřčšžýůúťďňóäôľĺŕÁÍÉĚŘČŠŽÝŮÚŤĎŇÓĽ", "cs", rare=0.3),
    _Candidate("cp1250", "čšžćđČŠŽĆĐ", "hr"),
    _Candidate("iso8859_2", "čšžćđČŠŽĆĐ", "hr"),
    _Candidate("cp1254", "ığüşöçâîİĞÜŞÖÇ", "tr"),
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
    "hu": words("az egy hogy nem volt ez meg csak mint de ha el is"),
    "pl": words("nie jest na do to ze jak od po ale czy przez dla"),
    "cs": words("je na se ze to do po pro jako od ale jsou by aby"),
    "hr": words("je na se za su da od ne ali kao iz to bi ki ter pa"),
    "tr": words("bir ve bu da de ile olan en ne gibi olarak daha"),
    "": words(
        "de la que el en los las por con para una del do da em um os as le les des et est dans du the and of to der die und "
        "das ist il di che per och att det som"
    ),
}
_EAST_ASIAN = {
    "cp932": ("ja", 0.0),
    "euc_jp": ("ja", 0.0),
    "cp949": ("ko", 0.0),
    "johab": ("ko", -0.05),
    "gb18030": ("zh", 0.0),
    "big5hkscs": ("zht", 0.0),
}
_FREQUENT = {
    "ja": frozenset(
        "のにはをたとがでしてるいなれらもりかまさこそんあきうくけめせおえつちやよわどっょゅューンスイルトリ日本人年大出会"
    ),
    "ko": frozenset(
        "이다는의에가을를하고은한지로기사도리자어나서인대아시그라일수스있해것보여정들전부게으제국만니주과상"
    ),
    "zh": frozenset(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    ),
    "zht": frozenset(
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
    ),
}


def detect_code_page(data: bytes) -> tuple[str, float]:
    """The codec of a text that is neither ASCII nor Unicode, and its score; always one that decodes all of it or cp1252.

    Scores above zero mean that the letters sit as letters do.
    """
    sample = _sample(data)
    best = ("cp1252", -100.0)
    shares = _language_shares(sample)
    for candidate in _SINGLE:
        text = _decode(candidate.codec, sample)
        if text is None:
            continue
        few = len(text) - len(text.encode("ascii", "ignore"))
        score = _letters_score(text, candidate.letters) + shares.get(candidate.language, 0.0)
        score -= candidate.rare * (1 + 6 / max(few, 1))
        if candidate.language and not shares.get(candidate.language):
            score -= 0.6
        if score > best[1] + 1e-9:
            best = (candidate.codec, score)
    east = _best_east_asian(sample)
    return east if east[1] > best[1] else best


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


def _decode(codec: str, data: bytes) -> str | None:
    """Strict, except that up to one place in a hundred may be unassigned: real cp1252 files hold such bytes."""
    try:
        return codecs.decode(data, codec)
    except UnicodeDecodeError:
        text = codecs.decode(data, codec, "replace")
    high = sum(byte > 127 for byte in data)
    return text if text.count("\ufffd") * 100 <= high else None


def _language_shares(sample: bytes) -> dict[str, float]:
    """Share of stop words of each language among the plain words, as a bonus between 0 and 0.5."""
    found = Counter(re.findall(rb"(?<![\x80-\xff\w])[A-Za-z]{2,7}(?![\x80-\xff\w])", sample.lower()))
    total = sum(found.values())
    if total < 20:
        return {}
    shares = {language: sum(found[word.encode()] for word in stops) / total for language, stops in _STOP_WORDS.items()}
    top = max(shares, key=lambda language: shares[language])
    certain = shares[top] > 0.02 and (not top or shares[top] > 2 * shares[""])
    return {top: 0.5} if certain else {}


def _letters_score(text: str, letters: str) -> float:
    """Mean worth of the places outside ASCII."""
    ranks = _ranks(letters)
    worth = 0.0
    seen = 0
    padded = f" {text} "
    for match in re.finditer(r"[^\x00-\x7f]", text):
        place = match.start() + 1
        worth += _place_worth(padded[place - 1], padded[place], padded[place + 1], ranks)
        seen += 1
        if seen >= _SAMPLE:
            break
    return worth / seen if seen else 0.0


@cache
def _ranks(letters: str) -> dict[str, float]:
    """Each letter of an alphabet with its worth: from 1.5 for the most frequent down to 0.5."""
    worth: dict[str, float] = {}
    for place, letter in enumerate(letters):
        value = 1.5 - place / len(letters)
        worth[letter] = value
        worth.setdefault(letter.upper(), value - 0.1)
    return worth


def _place_worth(before: str, letter: str, after: str, ranks: dict[str, float]) -> float:
    if letter in ranks:
        alone = -1.0 if before.isdigit() or after.isdigit() else 0.0
        return alone + ranks[letter] + _case_penalty(before, letter, after) + _script_penalty(before, after, letter)
    category = unicodedata.category(letter)
    if category in ("Cc", "Cn", "Co") or letter == "\ufffd":
        return -6.0
    if (letter in "¿¡" and not before.isalnum() and after.isalpha()) or (letter in "ªº°" and before.isdigit()):
        return 1.3
    if letter in _TYPOGRAPHY:
        return -1.5 if before.isalpha() and after.isalpha() and letter not in "’·\u00ad\u00a0" else 0.3
    if category.startswith("L"):
        return -1.0 + _case_penalty(before, letter, after)
    if category.startswith("M"):
        return -0.5
    return -3.0 if before.isalpha() or after.isalpha() else -1.5


def _case_penalty(before: str, letter: str, after: str) -> float:
    """A capital after a small letter, or a small letter between capitals, is not how people write."""
    if letter.isupper() and before.islower():
        return -2.0
    if letter.islower() and before.isupper() and after.isupper():
        return -1.5
    return 0.0


def _script_penalty(before: str, after: str, letter: str) -> float:
    """Cyrillic, Greek, Hebrew or Thai letters do not stand beside Latin ones inside a word."""
    if ord(letter) < 0x370:
        return 0.0
    return -1.0 * sum(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))


def _best_east_asian(sample: bytes) -> tuple[str, float]:
    best = ("", -100.0)
    if not _stands_in_pairs(sample):
        return best
    for codec, (language, handicap) in _EAST_ASIAN.items():
        text = _decode(codec, sample)
        if text is None:
            continue
        score = _ideographs_score(text, language) + handicap
        if score > best[1]:
            best = (codec, score)
    return best


def _stands_in_pairs(sample: bytes) -> bool:
    """Wide characters take two bytes, so bytes above 127 mostly touch; accents stand alone between plain letters."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    return sum(length for length in runs if length > 1) >= 0.6 * sum(runs)


def _ideographs_score(text: str, language: str) -> float:
    """Share of the language's most frequent characters, less what its writing does not hold."""
    wide = [letter for letter in text if ord(letter) > 127][:_SAMPLE]
    if len(wide) < _LEAST_WIDE:
        return -100.0
    counts = Counter(wide)
    frequent = sum(n for letter, n in counts.items() if letter in _FREQUENT[language]) / len(wide)
    foreign = sum(n for letter, n in counts.items() if _foreign(letter, language)) / len(wide)
    return 0.6 + 2.5 * frequent - 4.0 * foreign


def _foreign(letter: str, language: str) -> bool:
    code = ord(letter)
    if 0xFF61 <= code <= 0xFF9F or 0xE000 <= code <= 0xF8FF or 0x80 <= code <= 0xFF or letter == "\ufffd":
        return letter not in _TYPOGRAPHY and letter != "×"
    if 0xAC00 <= code <= 0xD7A3:
        return language != "ko"
    if 0x3040 <= code <= 0x30FF:
        return language != "ja"
    if 0x4E00 <= code <= 0x9FFF:
        return language == "ko"
    return not (0x2000 <= code <= 0x33FF or 0xFF00 <= code <= 0xFFEF)
