"""An improvement plan for people: rows with their texts in one language, and its files as JSON, CSV and workbooks."""

import json
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from atalaya.checks.registry import CHECKS
from atalaya.history.follow_up import FollowUp
from atalaya.history.improvement import ImprovementPlan, Step
from atalaya.history.read import Sealed
from atalaya.history.remedies import FirstDataset, first_dataset, remedy_for, time_of
from atalaya.indices.language.definition import Index
from atalaya.indices.mending import Standing
from atalaya.publish.indices.files import csv_of, write_sheet
from atalaya.publish.sentences import explainer, rule_texts
from atalaya.publish.words import Words, words
from atalaya.store.tables import Row
from atalaya.translations import LANGUAGES, translate

DOMAIN = "index"

COLUMNS = {
    "number": "number",
    "finding": "finding",
    "check": "what is asked",
    "dataset": "dataset",
    "address": "address",
    "why": "what was found",
    "remedy": "what to do",
    "time": "takes",
    "who": "who",
    "act": "is mended",
    "likewise": "others mended by the same act",
    "points": "points",
    "alone": "points by itself",
    "together": "steps that count only together",
    "score": "score then",
    "rank": "rank then",
    "rank_low": "best rank then",
    "rank_high": "worst rank then",
    "indicators": "indicators",
    "help": "help",
    "state": "state",
    "rule_changed": "rule changed",
}
"""The columns of a plan with their English titles."""

STATES = {
    "mended": "mended",
    "open": "still there",
    "unseen": "could not be seen",
    "not_applicable": "no longer applies",
    "gone": "its subject is gone",
    "unread": "its source was not read",
}
"""What became of a finding, in English."""

REASONS = {
    "nothing_measured": "Nothing of this institution could be measured, so nothing can be said of what mending would bring.",
    "nothing_to_mend": "No finding is left whose mending would bring points.",
}
"""Why a plan has no step, in English."""


def plan_rows(
    observation: Sealed, index: Index, plan: ImprovementPlan, language: str, followed: FollowUp | None = None
) -> list[dict[str, object]]:
    """The steps as rows by the names in `COLUMNS`, texts in the language; `state` and `rule_changed` where it was followed."""
    return rows_of(plan, index, check_texts(observation), observation.manifest.country, language, followed)


def check_texts(observation: Sealed) -> dict[tuple[str, int], Row]:
    """The rows of `rules` of checks by id and version."""
    return {(str(row["id"]), int(str(row["version"]))): row for row in observation.rows("rules", "kind = 'check'")}


def rows_of(
    plan: ImprovementPlan,
    index: Index,
    rules: Mapping[tuple[str, int], Row],
    country: str,
    language: str,
    followed: FollowUp | None = None,
) -> list[dict[str, object]]:
    """The same for many plans of one observation, its `rules` read once."""
    say = words(language, country)
    sentence = explainer(CHECKS, country)
    first = first_dataset()
    rows = []
    for number, step in enumerate(plan.steps, start=1):
        texts = _texts(rules.get((step.check_id, step.check_version)), step, first, say)
        row: dict[str, object] = {
            "number": number,
            "finding": step.finding_id,
            "check": texts["title"],
            "dataset": say.clean(dict(step.subject.title)) or plan.name,
            "address": step.subject.address,
            "why": sentence(step.subject.row, language) or str(step.subject.row.get("reason") or ""),
            "remedy": texts["remedy"],
            **_help(step, language),
            "points": step.points,
            "alone": step.alone,
            "together": step.together,
            "score": step.standing.score,
            "rank": step.standing.rank,
            "rank_low": step.standing.rank_low,
            "rank_high": step.standing.rank_high,
            "indicators": ", ".join(in_words(index, name, language) for name in step.indicators),
        }
        if followed is not None:
            fate = followed.fates[step.finding_id]
            row["state"] = translate(STATES[fate.became.value], language, DOMAIN)
            row["rule_changed"] = translate("yes" if fate.rule_changed else "no", language, DOMAIN)
        rows.append(row)
    return rows


def in_words(index: Index, node: str, language: str) -> str:
    """The title of a node in a language, else in another, else its id."""
    title = index.items[node].title
    return title.get(language) or next(iter(title.values()), node)


def _texts(rule: Row | None, step: Step, first: FirstDataset, say: Words) -> dict[str, str]:
    if step.level == "institution":
        return {"title": first.title[say.language], "remedy": first.remedy[say.language]}
    if rule is None:
        return {"title": step.check_id, "remedy": ""}
    texts = rule_texts(rule, CHECKS, say)
    return {"title": str(texts["title"]), "remedy": str(texts["remedy"])}


def _help(step: Step, language: str) -> dict[str, object]:
    """How long it takes, who does it, what one act mends and where help is; empty for a check of another release."""
    remedy = remedy_for(step.check_id)
    return {
        "time": time_of(step.effort)[1][language] if step.effort else "",
        "who": "" if remedy is None else remedy.who_title[language],
        "act": "" if remedy is None else remedy.act_title[language],
        "likewise": step.likewise,
        "help": "" if remedy is None else remedy.help,
    }


def plan_json(
    observation: Sealed, index: Index, plan: ImprovementPlan, followed: FollowUp | None = None
) -> dict[str, object]:
    """The whole plan as plain values: ids and figures once, texts by language."""
    texts = {language: plan_rows(observation, index, plan, language, followed) for language in LANGUAGES}
    steps = [
        {
            "finding": step.finding_id,
            "check": step.check_id,
            "version": step.check_version,
            "level": step.level,
            "subject": step.subject.id,
            "record": step.subject.record_id,
            "resource": step.subject.resource_id,
            "table": step.subject.table,
            "source": step.subject.source_id,
            "address": step.subject.address,
            "indicators": list(step.indicators),
            "points": step.points,
            "alone": step.alone,
            "at_least": step.at_least,
            "together": step.together,
            "likewise": step.likewise,
            "standing": _standing(step.standing),
            "effort": step.effort,
            **_codes(step),
            **({} if followed is None else _fate(followed, step)),
            "texts": {language: _said(rows[place]) for language, rows in texts.items()},
        }
        for place, step in enumerate(plan.steps)
    ]
    told: dict[str, object] = {
        "observation": plan.observation,
        "as_of": plan.as_of,
        "methodology": plan.methodology,
        "sha256": plan.sha256,
        "institution": plan.institution,
        "name": plan.name,
        "ranked_units": plan.ranked_units,
        "findings": plan.findings,
        "now": _standing(plan.now),
        "reached": _standing(plan.reached),
        "best": _standing(plan.best),
        "points": plan.points,
        "reason": plan.reason,
        "goal_reached": plan.goal_reached,
        "steps": steps,
    }
    if followed is not None:
        told["followed"] = {
            "observation": followed.observation,
            "as_of": followed.as_of,
            "counts": followed.counts(),
            "standing": None if followed.standing is None else _standing(followed.standing),
            "new": [
                {"finding": row["finding_id"], "check": row["check_id"], "subject": row["subject_id"]}
                for row in followed.new
            ],
        }
    return told


def _codes(step: Step) -> dict[str, object]:
    remedy = remedy_for(step.check_id)
    return {
        "time": time_of(step.effort)[0] if step.effort else None,
        "who": None if remedy is None else remedy.who,
        "act": None if remedy is None else remedy.act,
        "help": None if remedy is None else remedy.help,
    }


def _fate(followed: FollowUp, step: Step) -> dict[str, object]:
    fate = followed.fates[step.finding_id]
    return {"state": fate.became.value, "rule_changed": fate.rule_changed}


def _said(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("check", "dataset", "why", "remedy", "time", "who", "act", "indicators")}


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "score": standing.score,
        "low": standing.low,
        "high": standing.high,
        "rank": standing.rank,
        "rank_low": standing.rank_low,
        "rank_high": standing.rank_high,
        "ranked": standing.ranked,
    }


def write_plan(
    folder: Path, observation: Sealed, index: Index, plan: ImprovementPlan, followed: FollowUp | None = None
) -> tuple[Path, ...]:
    """Write `plan.json`, and in each language `plan.<language>.csv` and `.xlsx`, into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "plan.json"
    whole.write_text(
        json.dumps(plan_json(observation, index, plan, followed), ensure_ascii=False, indent=1, sort_keys=False) + "\n",
        encoding="utf-8",
    )
    files = [whole]
    for language in LANGUAGES:
        rows = titled_rows(plan_rows(observation, index, plan, language, followed), language)
        table, book = folder / f"plan.{language}.csv", folder / f"plan.{language}.xlsx"
        table.write_text(csv_of(rows), encoding="utf-8-sig")
        _write_book(book, rows, summary_rows(plan, language, followed), language)
        files += [table, book]
    return tuple(files)


def titled_rows(rows: list[dict[str, object]], language: str) -> list[dict[str, object]]:
    """Rows by the titles of their columns in a language."""
    titles = {name: translate(title, language, DOMAIN) for name, title in COLUMNS.items()}
    return [{titles[name]: row[name] for name in COLUMNS if name in row} for row in rows]


def summary_rows(plan: ImprovementPlan, language: str, followed: FollowUp | None = None) -> list[dict[str, object]]:
    """Where the institution stands now, after the plan, after mending everything, and where it was found later."""
    standings = {"now": plan.now, "after this plan": plan.reached, "with every finding mended": plan.best}
    if followed is not None and followed.standing is not None:
        standings["in the later observation"] = followed.standing
    when, place, best, worst = (
        translate(title, language, DOMAIN) for title in ("when", "place", "best place", "worst place")
    )
    return [
        {
            when: translate(name, language, DOMAIN),
            **{translate(title, language, DOMAIN): getattr(each, title) for title in ("score", "low", "high")},
            place: each.rank,
            best: each.rank_low,
            worst: each.rank_high,
        }
        for name, each in standings.items()
    ]


def _write_book(path: Path, rows: list[dict[str, object]], summary: list[dict[str, object]], language: str) -> None:
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        write_sheet(book, translate("plan", language, DOMAIN), rows, head)
        write_sheet(book, translate("where it stands", language, DOMAIN), summary, head)
