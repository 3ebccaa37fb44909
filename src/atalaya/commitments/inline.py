"""Two versions of a long text word by word: what stayed, what went and what came."""

import re
from difflib import SequenceMatcher

KEPT, GONE, NEW = "kept", "gone", "new"
LONGEST = 4000
"""Words of a text that are compared one by one; beyond, the whole text is shown as gone and as new."""
_PIECE = re.compile(r"\s+|[^\W_]+|[^\w\s]|_", re.UNICODE)


def compared(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Pieces of both texts with what became of each, in reading order: the kept and gone ones are the text before, the kept
    and new ones the text after.

    >>> compared("cinco foros en línea", "foros en línea abiertos")
    (('gone', 'cinco '), ('kept', 'foros en línea'), ('new', ' abiertos'))
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > 2 * LONGEST:
        return tuple((mark, text) for mark, text in ((GONE, before), (NEW, after)) if text)
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((KEPT, "".join(old[i:j])))
        else:
            found += [(mark, "".join(part)) for mark, part in ((GONE, old[i:j]), (NEW, new[k:m])) if part]
    return tuple(found)
