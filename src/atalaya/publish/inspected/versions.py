"""What changed between two versions of a table, as people read it."""

from collections.abc import Iterator, Mapping

from atalaya.inspection.defects.cells import address, letters
from atalaya.inspection.versions.columns import ColumnChange
from atalaya.inspection.versions.comparison import Comparison
from atalaya.inspection.versions.keys import REASONS, Key
from atalaya.inspection.versions.past import Rewritten
from atalaya.inspection.versions.rows import CellChange
from atalaya.inspection.versions.truncation import Truncation
from atalaya.publish.inspected.columns import KINDS
from atalaya.publish.inspected.speech import Speech

CHANGES: Mapping[str, str] = {
    "changed": "other values",
    "emptied": "values that are gone",
    "filled": "values that came",
    "rounded": "figures that were rounded",
}
"""Codes of changed cells, in words."""

ROWS = 8
"""Rows that are named."""


def key_sentence(speech: Speech, comparison: Comparison) -> str:
    """By what rows were compared, and why."""
    key = comparison.key
    if key is None:
        return speech.say(
            "No column tells the rows apart, alone or with others: rows were compared as wholes, so that a changed row counts as "
            "one that went and one that came."
        )
    columns = ", ".join(letters(new + 1) for _, new in key.places)
    said = speech.say("Rows were compared by {columns}: {why}.", columns=columns, why=speech.say(REASONS[key.reason]))
    return f"{said} {_repeated(speech, key)}".strip()


def _repeated(speech: Speech, key: Key) -> str:
    if not any(key.repeated):
        return ""
    old, new = map(speech.whole, key.repeated)
    return speech.say(
        "All the same, {old} rows of the old version and {new} of the new one share theirs.", old=old, new=new
    )


def column_sentences(speech: Speech, comparison: Comparison) -> Iterator[str]:
    """What changed in the columns, a sentence each."""
    for change in comparison.columns:
        yield _column(speech, change)


def _column(speech: Speech, change: ColumnChange) -> str:
    old = {"place": letters(change.old or 0), "name": _name(speech, change.old_name)}
    new = {"place": letters(change.new or 0), "name": _name(speech, change.new_name)}
    match change.code:
        case "added":
            return speech.say("Column {place} came: {name}.", **new)
        case "removed":
            return speech.say("Column {place} went: {name}.", **old)
        case "renamed" if change.likeness is not None:
            share = speech.words.percent(min(change.likeness, 0.99) if change.likeness < 1 else 1.0)
            return speech.say(
                "Column {place} is called {name} now; it was {before}, as its values tell ({share} alike).",
                before=old["name"],
                share=share,
                **new,
            )
        case "renamed":
            return speech.say("Column {place} is written {name} now; it was {before}.", before=old["name"], **new)
        case "moved":
            return speech.say("Column {name} moved from {before} to {place}.", before=old["place"], **new)
        case _:
            kinds = {"kind": _kind(speech, change.new_kind), "before": _kind(speech, change.old_kind)}
            return speech.say("Column {place}, {name}, holds {kind} now; it held {before}.", **kinds, **new)


def _name(speech: Speech, name: str | None) -> str:
    return speech.say("“{name}”", name=speech.name(name)) if name else speech.say("unnamed")


def _kind(speech: Speech, kind: str | None) -> str:
    return speech.say(KINDS[kind]) if kind is not None and kind in KINDS else str(kind)


def row_sentences(speech: Speech, comparison: Comparison) -> Iterator[str]:
    """How many rows came, went and changed, and where the first ones are."""
    if len(comparison.added) == comparison.new_rows > 0 and len(comparison.removed) == comparison.old_rows > 0:
        yield speech.say("The versions have no row in common.")
    if comparison.added:
        said = speech.count("{count} row came", "{count} rows came", len(comparison.added))
        yield f"{said}{_where(speech, comparison.added)}"
    if comparison.removed:
        said = speech.count("{count} row went", "{count} rows went", len(comparison.removed))
        yield f"{said}{_where(speech, comparison.removed)}"
    if comparison.changed:
        cells = speech.count("{count} cell", "{count} cells", comparison.cells)
        yield speech.count(
            "{count} row changed ({cells})", "{count} rows changed ({cells})", comparison.changed, cells=cells
        )
    if comparison.respelled:
        number = sum(count for _, count in comparison.respelled)
        yield speech.count(
            "{count} cell says the same in other signs (columns {columns})",
            "{count} cells say the same in other signs (columns {columns})",
            number,
            columns=", ".join(letters(position) for position, _ in comparison.respelled),
        )


def _where(speech: Speech, rows: tuple[int, ...]) -> str:
    more = "…" if len(rows) > ROWS else ""
    return f" ({speech.say('rows')} {', '.join(map(str, rows[:ROWS]))}{more})"


def change_line(change: CellChange, speech: Speech, *, value: bool) -> str:
    """One changed cell by its address in the new version, with what stood there and what stands there now."""
    place = address(change.new_column, change.new_row)
    if not value:
        return place
    before, after = (speech.name(text, 40) or speech.say("nothing") for text in (change.before, change.after))
    return f"{place}: {before} → {after}"


def kinds_of_changes(speech: Speech, comparison: Comparison) -> Iterator[str]:
    """How many of the changed cells that are told one by one are of each kind."""
    for code, text in CHANGES.items():
        number = sum(change.code == code for change in comparison.changes)
        if number:
            yield f"{speech.say(text)}: {speech.whole(number)}"


def past_sentence(speech: Speech, found: Rewritten) -> str:
    """How much of the past was rewritten."""
    where = (
        speech.say("columns named after periods")
        if found.column is None
        else speech.say("column {place} tells the period", place=letters(found.column))
    )
    return speech.say(
        "Figures of periods before {latest} were rewritten: {figures} (rows: {rows}; {where}).",
        latest=speech.name(found.latest, 30),
        figures=speech.whole(found.figures),
        rows=speech.whole(found.rows),
        where=where,
    )


def truncation_sentence(speech: Speech, found: Truncation) -> str:
    """Why the new version seems to be cut off."""
    signs = [speech.say("what is left equals the beginning of the old version")] if found.top else []
    signs += [speech.say("it ends at a number of rows at which programs stop")] if found.at_limit else []
    said = speech.say("The new version seems to be cut off: {count} rows fewer", count=speech.whole(found.lost))
    return f"{said}; {', '.join(signs)}."
