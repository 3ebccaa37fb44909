"""How institutions stood with their legal duties in a sealed observation: verdicts with the names of the duties."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.store.tables import Row

KIND = "duty"
"""The kind of the rows of duties in the table `rules`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty of an institution: its row of `rules`, the verdict on it as a whole, and those on its periods, newest first."""

    duty_id: str
    rule: Mapping[str, Any]
    whole: Mapping[str, Any]
    periods: tuple[Mapping[str, Any], ...] = ()

    def named(self, language: str) -> str:
        """The name of the duty in a language, else in the first that it has."""
        return _pick(self.rule.get("title"), language) or self.duty_id

    def term(self, name: str, language: str) -> str:
        """What the row of the duty says of its `law`, `article`, `numeral`, `update` or `obliged`."""
        terms: Mapping[str, Mapping[str, Any]] = self.rule.get("terms") or {}
        said = terms.get(language) or next(iter(terms.values()), {})
        return str(said.get(name, ""))


def institution_of(observation: Sealed, named: str) -> Row:
    """The row of the institution of this id, name or acronym. Raises StoreError where none or several are named so."""
    rows = list(observation.rows("institutions", columns=("institution_id", "name", "acronym", "site")))
    exact = [row for row in rows if row["institution_id"] == named]
    folded = named.casefold()
    found = exact or [
        row for row in rows if folded in {str(row[name] or "").casefold() for name in ("name", "acronym")} - {""}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(row["institution_id"]) for row in found)
        raise StoreError(f"{named!r} names several institutions: {ids}; give one of these ids")
    near = [str(row["institution_id"]) for row in rows if folded in f"{row['institution_id']} {row['name']}".casefold()]
    known = near[:5] or [str(row["institution_id"]) for row in rows[:3]]
    raise StoreError(
        f"{named!r} is no institution of {observation.manifest.observation}; its ids look like {', '.join(known)}"
    )


def duty_rules(observation: Sealed) -> dict[str, Row]:
    """The rows of `rules` of duties, by id of the duty."""
    return {str(row["id"]): row for row in observation.rows("rules", "kind = ?", (KIND,))}


def duty_lines(observation: Sealed, institution_id: str) -> tuple[DutyLine, ...]:
    """How an institution stood with each of its duties, by law, article and numeral; empty where its site was not read."""
    rules = duty_rules(observation)
    wholes: dict[str, Row] = {}
    periods: defaultdict[str, list[Row]] = defaultdict(list)
    for row in observation.rows("duty_verdicts", "institution_id = ?", (institution_id,)):
        if row["period"]:
            periods[str(row["duty_id"])].append(row)
        else:
            wholes[str(row["duty_id"])] = row
    lines = (
        DutyLine(
            duty_id=duty_id,
            rule=rules.get(duty_id, {}),
            whole=whole,
            periods=tuple(sorted(periods[duty_id], key=lambda row: str(row["first"]), reverse=True)),
        )
        for duty_id, whole in wholes.items()
    )
    return tuple(sorted(lines, key=lambda line: natural(line.duty_id)))


def matches_of(observation: Sealed, where: str = "true", values: tuple[object, ...] = ()) -> Iterator[Row]:
    """Rows of `duty_matches`."""
    return observation.rows("duty_matches", where, values)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which `law-10-8` stands before `law-10-10`."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text))


def _pick(texts: object, language: str) -> str:
    if not isinstance(texts, Mapping):
        return ""
    return str(texts.get(language) or next((text for text in texts.values() if text), ""))
