"""Chinese, Japanese and Korean code pages: told by how many of a language's most frequent characters a reading brings out."""

import codecs
import re
from collections import Counter

from atalaya.inspection.letters import TYPOGRAPHY

_MOST = 12_000
"""Bytes of the sample that are read: some four thousand characters, of which `_SAMPLE` are judged."""
_SAMPLE = 3_000
_LEAST_WIDE = 4
"""Fewer wide characters than these say nothing of an East Asian code page: two accents in a row look like one."""
_CODE_PAGES = {
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


def best_east_asian(sample: bytes) -> tuple[str, float]:
    """The best East Asian code page of a sample with its score; a hopeless score where the bytes do not stand in pairs."""
    best = ("", -100.0)
    if not _stands_in_pairs(sample):
        return best
    short = sample[: sample.rfind(b"\n", 0, _MOST) + 1] or sample
    for codec, (language, handicap) in _CODE_PAGES.items():
        text = _decode(codec, short)
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


def _decode(codec: str, data: bytes) -> str | None:
    """Strict, except that up to one place in a hundred may be unassigned."""
    try:
        return codecs.decode(data, codec)
    except UnicodeDecodeError:
        text = codecs.decode(data, codec, "replace")
    high = sum(byte > 127 for byte in data)
    return text if text.count("\ufffd") * 100 <= high else None


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
        return letter not in TYPOGRAPHY and letter != "×"
    if 0xAC00 <= code <= 0xD7A3:
        return language != "ko"
    if 0x3040 <= code <= 0x30FF:
        return language != "ja"
    if 0x4E00 <= code <= 0x9FFF:
        return language == "ko"
    return not (0x2000 <= code <= 0x33FF or 0xFF00 <= code <= 0xFFEF)
