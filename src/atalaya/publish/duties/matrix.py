"""The matrix of an institution: a row for each of its duties, and one for each period of them, with what each rests on."""

from collections.abc import Iterable, Mapping
from typing import Any

from atalaya.duties.sentences import label, reason_sentence, standing_title
from atalaya.history.duties import DutyLine

Row = dict[str, object]


def duty_rows(lines: Iterable[DutyLine], language: str) -> list[Row]:
    """One row for each duty, its columns named in a language."""
    return [_row(line, line.whole, language) for line in lines]


def period_rows(lines: Iterable[DutyLine], language: str) -> list[Row]:
    """One row for each period of each duty, the newest first."""
    return [_row(line, period, language) for line in lines for period in line.periods]


def evidence_rows(lines: Iterable[DutyLine], language: str) -> list[Row]:
    """One row for each piece of evidence of each verdict, of duties as a whole and of their periods."""
    return [
        {
            label("article", language): line.term("article", language),
            label("numeral", language): line.term("numeral", language),
            label("period", language): verdict["period"],
            **_evidence(evidence, language),
        }
        for line in lines
        for verdict in (line.whole, *line.periods)
        for evidence in verdict["evidence"]
    ]


def _row(line: DutyLine, verdict: Mapping[str, Any], language: str) -> Row:
    def say(word: str) -> str:
        return label(word, language)

    evidence = verdict["evidence"][0] if verdict["evidence"] else {}
    return {
        say("law"): line.term("law", language),
        say("article"): line.term("article", language),
        say("numeral"): line.term("numeral", language),
        say("duty"): line.named(language),
        say("period"): verdict["period"],
        say("standing"): standing_title(verdict["standing"], language),
        say("reason"): verdict["justification"] or reason_sentence(verdict["reason"], verdict["days_late"], language),
        say("days late"): verdict["days_late"],
        say("due"): verdict["due"],
        say("open"): None if verdict["open"] is None else say("yes" if verdict["open"] else "no"),
        say("clicks"): verdict["clicks"],
        say("gaps"): ", ".join(verdict["gaps"]),
        **_evidence(evidence, language),
        say("rule"): verdict["rule"],
    }


def _evidence(evidence: Mapping[str, Any], language: str) -> Row:
    named = {
        "address": "url",
        "text": "text",
        "archived copy": "sha256",
        "first seen": "first_seen",
        "last seen": "last_seen",
    }
    return {label(word, language): evidence.get(name) for word, name in named.items()}


def as_json(lines: Iterable[DutyLine], language: str) -> list[dict[str, object]]:
    """The matrix for machines: codes beside the words of a language, every period and every piece of evidence."""
    return [
        {
            "duty": line.duty_id,
            "law": line.term("law", language),
            "article": line.term("article", language),
            "numeral": line.term("numeral", language),
            "name": line.named(language),
            **_verdict_json(line.whole, language),
            "periods": [_verdict_json(period, language) for period in line.periods],
        }
        for line in lines
    ]


def _verdict_json(verdict: Mapping[str, Any], language: str) -> dict[str, object]:
    kept = ("days_late", "due", "open", "clicks", "justification", "gaps", "evidence", "rule")
    return {
        "period": verdict["period"] or None,
        "standing": verdict["standing"],
        "title": standing_title(verdict["standing"], language),
        "reason": verdict["reason"],
        "sentence": reason_sentence(verdict["reason"], verdict["days_late"], language),
        **{name: verdict[name] for name in kept},
    }


def counted(lines: Iterable[DutyLine]) -> dict[str, int]:
    """How many duties have each standing, the most frequent first."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.whole["standing"]] = counts.get(line.whole["standing"], 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
