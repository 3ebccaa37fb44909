"""What changed between two versions, as sentences in every language: of columns, rows and cells, and never a value of one."""

from collections.abc import Iterator

from atalaya.inspection.versions.comparison import Comparison
from atalaya.inspection.versions.files import FileComparison
from atalaya.publish.inspected.speech import Speech, speech
from atalaya.publish.inspected.versions import (
    column_sentences,
    key_sentence,
    kinds_of_changes,
    row_sentences,
    truncation_sentence,
)
from atalaya.translations import LANGUAGES

SENTENCES = 40
TABLES = 20


def told(found: FileComparison, old: int, new: int) -> dict[str, object]:
    """The sentences by language, table by table; `old` and `new` are how many tables each version has."""
    return {
        "same": found.is_same,
        "tables": [old, new],
        **{language: list(_tables(found, speech(language))) for language in LANGUAGES},
    }


def _tables(found: FileComparison, say: Speech) -> Iterator[dict[str, object]]:
    for name in found.removed[:TABLES]:
        yield {"name": name[:80], "said": [say.say("Table {name} went.", name=say.name(name) or say.say("unnamed"))]}
    for name in found.added[:TABLES]:
        yield {"name": name[:80], "said": [say.say("Table {name} came.", name=say.name(name) or say.say("unnamed"))]}
    for each in found.tables[:TABLES]:
        yield {"name": each.new_name[:80], "said": list(_sentences(each, say))[:SENTENCES]}


def _sentences(found: Comparison, say: Speech) -> Iterator[str]:
    yield say.say("{old} rows before, {new} now", old=say.whole(found.old_rows), new=say.whole(found.new_rows))
    if not found.whole:
        yield say.say("Only the first rows were compared: the table is larger than is held.")
    if found.truncation is not None:
        yield truncation_sentence(say, found.truncation)
    yield from column_sentences(say, found)
    yield key_sentence(say, found)
    if found.is_same:
        yield say.say("Both versions say the same.")
    yield from row_sentences(say, found)
    yield from kinds_of_changes(say, found)
