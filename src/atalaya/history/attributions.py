"""The publishers of a sealed observation that nobody attributes to an institution yet, and under which keys they are known."""

from collections import Counter

from atalaya.history.appearances import set_aside
from atalaya.history.read import Sealed
from atalaya.store.tables import Row


def waiting(observation: Sealed) -> list[dict[str, object]]:
    """The publishers without an institution, those with most records first, with their keys and suggestions."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Row] = {}
    aside = set_aside(observation)
    for row in observation.rows("attributions", "institution_id IS NULL AND method <> 'decision'"):
        if str(row["record_id"]) in aside:
            continue
        key = (str(row["source_id"]), str(row["publisher_key"] or ""))
        counts[key] += 1
        first.setdefault(key, row)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {
            "source": key[0],
            "publisher": first[key]["publisher"] or "",
            "publisher_key": key[1],
            "records": count,
            "suggestions": first[key]["suggestions"],
        }
        for key, count in ordered
    ]


def publisher_keys(observation: Sealed, source: str, publisher: str) -> set[str]:
    """The keys under which records of a source name this publisher, by its text or by the key itself."""
    rows = observation.rows("attributions", "source_id = ?", (source,), columns=("publisher", "publisher_key"))
    return {
        str(row["publisher_key"] or "") for row in rows if publisher in (row["publisher"] or "", row["publisher_key"])
    }
