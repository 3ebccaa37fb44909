"""A sealed observation as it may be shown: texts of institutions without what identifies a person (architecture, rule 9).

Which columns hold such texts is decided once, for dumps and pages alike, in `dumps.allowed`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.dumps.masking import masked
from atalaya.store.tables import TABLES

_SUSPECT = re.compile(r"@|\d(?:[ .()-]{0,2}\d){6}")
"""What a text must hold to be worth looking at: most hold neither an address of mail nor a long number."""


@dataclass(frozen=True, slots=True)
class Shown(Sealed):
    """The same tables, masked on their way out."""

    def values(
        self, table: str, columns: Sequence[str], where: str = "true", parameters: Sequence[object] = ()
    ) -> Iterator[tuple[object, ...]]:
        """Tuples of these columns; texts of institutions are masked, JSON stays text."""
        kinds, hidden = TABLES[table].columns, frozenset(ALLOWED[table].masked)
        places = [(place, kinds[name] == "json") for place, name in enumerate(columns) if name in hidden]
        for found in Sealed.values(self, table, columns, where, parameters):
            if not places:
                yield found
                continue
            row = list(found)
            for place, is_json in places:
                row[place] = _shown(row[place], is_json)
            yield tuple(row)


def shown(observation: Sealed) -> Sealed:
    """A sealed observation whose rows are masked as they are read."""
    return Shown(observation.folder, observation.manifest)


def _shown(value: object, is_json: bool) -> object:
    if isinstance(value, list):
        return [_shown(each, is_json=False) for each in value]
    if not isinstance(value, str) or not _SUSPECT.search(value):
        return value
    return json.dumps(masked(json.loads(value)), ensure_ascii=False) if is_json else masked(value)
