"""Places in a methodology by name: `aggregation`, `steps/winsorise/points`, `tree/health/aggregation`."""

from typing import Any


def changed(document: dict[str, Any], place: str, value: object) -> dict[str, Any] | None:
    """The document with another value at the place, None where there is no such place. The document itself is changed.

    In a list of steps a name finds the step, in a list of nodes the id; numbers count from 0. A step is replaced whole by a
    mapping of one step (`steps/minmax` by `{rank: {}}`), taken out by null. A key that is absent may be added at the last place
    of a mapping.
    """
    *way, last = place.split("/")
    holder: Any = document
    for word in way:
        holder = _inside(holder, word)
        if holder is None:
            return None
    if isinstance(holder, list):
        number = _found(holder, last)
        if number is None:
            return None
        if value is None:
            del holder[number]
        else:
            holder[number] = value
        return document
    if not isinstance(holder, dict):
        return None
    if isinstance(holder.get("children"), list) and last not in holder and _found(holder["children"], last) is not None:
        holder["children"][_found(holder["children"], last) or 0] = value
        return document
    holder[last] = value
    return document


def _inside(holder: Any, word: str) -> Any:
    if isinstance(holder, list):
        number = _found(holder, word)
        if number is None:
            return None
        each = holder[number]
        return each[word] if isinstance(each, dict) and word in each and len(each) == 1 else each
    if isinstance(holder, dict):
        if word in holder:
            return holder[word]
        children = holder.get("children", [])
        number = _found(children, word)
        return None if number is None else children[number]
    return None


def _found(items: list[Any], word: str) -> int | None:
    """Where a step of that name, a node of that id or that number stands."""
    for number, each in enumerate(items):
        if isinstance(each, dict) and (each.get("id") == word or (len(each) == 1 and word in each)):
            return number
    return int(word) if word.isdigit() and int(word) < len(items) else None
