"""The sentences of checks in the reader's language, their numbers as the reader's country writes them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from atalaya.checks.check import AnyCheck, explain, remedy_of, text_of, title_of
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.publish.words import Words, parsed, words

Explain = Callable[[Mapping[str, object], str], str | None]
"""A finding and a language → the sentence, or None where this version of the check or its reason is not known."""

Value = str | int | float | bool | None


def explainer(checks: Iterable[AnyCheck], country: str = "") -> Explain:
    """How to explain the findings of these checks; a finding of another version keeps only the code of its reason."""
    known = {(check.id, check.version): check for check in checks}

    def sentence(row: Mapping[str, object], language: str) -> str | None:
        version = row.get("check_version")
        check = known.get((str(row.get("check_id")), version if isinstance(version, int) else -1))
        reason = str(row.get("reason"))
        if check is None or reason not in check.reasons:
            return None
        say = words(language, country)
        evidence = {name: _written(say, value) for name, value in {**check.thresholds, **_evidence(row)}.items()}
        try:
            return explain(check, Outcome(Verdict(str(row.get("verdict"))), reason, evidence), language)
        except (KeyError, ValueError):
            # Evidence written by another release may lack a name that the sentence asks for.
            return None

    return sentence


def rule_texts(row: Mapping[str, object], checks: Iterable[AnyCheck], say: Words) -> dict[str, object]:
    """The title, text and remedy of a sealed rule, thresholds written as the country writes numbers.

    Only where this release says the same as the sealed rule; else the sealed texts stand as they are.
    """
    texts: dict[str, object] = {name: say.pick(row.get(name)) for name in ("title", "text", "remedy")}
    check = next((c for c in checks if (c.id, c.version) == (row.get("id"), row.get("version"))), None)
    if check is None or not check.thresholds:
        return texts
    thresholds = {name: _written(say, value) or value for name, value in check.thresholds.items()}
    local = replace(check, thresholds=thresholds)
    for name, make in (("title", title_of), ("text", text_of), ("remedy", remedy_of)):
        if make(check, say.language) == texts[name]:
            texts[name] = make(local, say.language)
    return texts


def _written(say: Words, value: Value) -> Value:
    """A number as text in the page's language, with the decimals that it has; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    digits = f"{value:.3f}".rstrip("0").rstrip(".")
    return say.number(value, len(digits.partition(".")[2]))


def _evidence(row: Mapping[str, object]) -> dict[str, Value]:
    value = parsed(row.get("evidence"))
    kept = value if isinstance(value, Mapping) else {}
    return {str(k): v for k, v in kept.items() if v is None or isinstance(v, str | int | float)}
