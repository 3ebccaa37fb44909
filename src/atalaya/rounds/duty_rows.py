"""Rows of the tables of legal duties: claims and verdicts as they are kept, and verdicts of the observation before read again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from atalaya.countries.pack import CountryPack
from atalaya.duties.claims import Claim, looked_behind
from atalaya.duties.judging import Before
from atalaya.duties.periods import Period
from atalaya.duties.rulings import Ruled, evidence_key
from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import DutyVerdict, Evidence, Standing
from atalaya.store.tables import Row


def match_row(institution_id: str, claim: Claim, openness: str, ruled: Ruled | None) -> Row:
    """The row of a claim."""
    mention, match = claim.mention, claim.match
    return {
        "institution_id": institution_id,
        "mention_id": mention.id,
        "duty_id": match.duty_id,
        "source_id": mention.source_id,
        "kind": mention.kind.value,
        "url": mention.url,
        "page_url": mention.page_url,
        "text": mention.text,
        "path": list(mention.path),
        "headings": list(mention.headings),
        "sha256": None if mention.content is None else mention.content.sha256,
        "score": match.score,
        "sure": match.sure,
        "waits": claim.waits,
        "behind": looked_behind(claim, openness).behind.value,
        "reasons": [asdict(reason) for reason in match.reasons],
        "periods": [str(period) for period in match.periods],
        "statement": "not_applicable" if claim.justification else "nothing_to_report" if claim.nothing else None,
        "said": claim.justification or claim.nothing or None,
        "ruling": claim.ruling,
        "decision_id": None if ruled is None else ruled.decision_id,
        "evidence_key": evidence_key(mention),
    }


def verdict_row(verdict: DutyVerdict, site: SiteReading) -> Row:
    """The row of a verdict; the period of a duty as a whole is an empty text."""
    period = verdict.period
    return {
        "institution_id": verdict.institution_id,
        "duty_id": verdict.duty_id,
        "period": "" if period is None else str(period),
        "first": None if period is None else period.first.isoformat(),
        "last": None if period is None else period.last.isoformat(),
        "due": None if verdict.due is None else verdict.due.isoformat(),
        "standing": verdict.standing.value,
        "reason": verdict.reason,
        "rule": verdict.rule,
        "days_late": verdict.days_late,
        "open": verdict.open,
        "clicks": verdict.clicks,
        "justification": verdict.justification or None,
        "gaps": [str(gap) for gap in verdict.gaps],
        "evidence": [_evidence_value(evidence) for evidence in verdict.evidence],
        "source_id": site.source_id,
        "whole": site.whole,
    }


def _evidence_value(evidence: Evidence) -> dict[str, object]:
    value: dict[str, object] = {"url": evidence.url}
    for name in ("mention_id", "sha256", "text"):
        if getattr(evidence, name):
            value[name] = getattr(evidence, name)
    if evidence.path:
        value["path"] = list(evidence.path)
    for name in ("first_seen", "last_seen"):
        day = getattr(evidence, name)
        if day is not None:
            value[name] = day.isoformat()
    return value


def before_of(rows: Iterable[Mapping[str, Any]], as_of: date) -> dict[str, dict[Period | None, Before]]:
    """Duty → period → what the observation of that day said of it; None is the duty as a whole."""
    found: dict[str, dict[Period | None, Before]] = {}
    for row in rows:
        period = None
        if row["period"]:
            period = Period(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        before = Before(
            as_of=as_of,
            standing=Standing(row["standing"]),
            whole=bool(row["whole"]),
            days_late=cast("int | None", row["days_late"]),
            evidence=tuple(_evidence_of(value) for value in row["evidence"]),
        )
        found.setdefault(str(row["duty_id"]), {})[period] = before
    return found


def _evidence_of(value: Mapping[str, Any]) -> Evidence:
    first, last = value.get("first_seen"), value.get("last_seen")
    return Evidence(
        url=value["url"],
        mention_id=value.get("mention_id"),
        sha256=value.get("sha256"),
        text=value.get("text", ""),
        path=tuple(value.get("path", ())),
        first_seen=None if first is None else date.fromisoformat(first),
        last_seen=None if last is None else date.fromisoformat(last),
    )


def duty_rules(pack: CountryPack) -> Iterator[Row]:
    """Rows of the table `rules`, one for each duty of the pack: what readers of an observation need to name it.

    `title` is its name and `text` what it demands; `terms` hold law, article, numeral, how often, and who complies, by language.
    """
    laws = {law.id: law for law in pack.laws}
    updates = {(rule.law, rule.id): rule for rule in pack.update_rules}
    classes = {(named.law, named.id): named for named in pack.obliged_classes}
    for duty in pack.duties:
        update = updates[duty.law, duty.update]
        obliged = [classes[duty.law, class_id].title for class_id in duty.obliged]
        yield {
            "id": duty.id,
            "version": 1,
            "kind": "duty",
            "level": "duty",
            "dimension": None,
            "effort": None,
            "title": dict(duty.name),
            "text": dict(duty.paraphrase),
            "remedy": {},
            "reasons": {},
            "terms": {
                language: {
                    "law": _said(laws[duty.law].title, language),
                    "article": duty.article,
                    "numeral": duty.numeral,
                    "update": _said(update.title, language),
                    "obliged": ", ".join(_said(title, language) for title in obliged),
                }
                for language in sorted({*pack.languages, *duty.name, *update.title})
            },
            "formats": [],
        }


def _said(title: Mapping[str, str], language: str) -> str:
    """A text in a language, else in the first that it has."""
    return title.get(language) or next(iter(title.values()), "")
