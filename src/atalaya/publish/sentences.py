"""The sentence that explains a finding: the check's own, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping

from atalaya.checks.check import AnyCheck, explain
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.publish.words import parsed

Explain = Callable[[Mapping[str, object], str], str | None]
"""A finding and a language → the sentence, or None where this version of the check or its reason is not known."""


def explainer(checks: Iterable[AnyCheck]) -> Explain:
    """How to explain the findings of these checks; a finding of another version keeps only the code of its reason."""
    known = {(check.id, check.version): check for check in checks}

    def sentence(row: Mapping[str, object], language: str) -> str | None:
        version = row.get("check_version")
        check = known.get((str(row.get("check_id")), version if isinstance(version, int) else -1))
        reason = str(row.get("reason"))
        if check is None or reason not in check.reasons:
            return None
        try:
            return explain(check, Outcome(Verdict(str(row.get("verdict"))), reason, _evidence(row)), language)
        except (KeyError, ValueError):
            # Evidence written by another release may lack a name that the sentence asks for.
            return None

    return sentence


def _evidence(row: Mapping[str, object]) -> dict[str, str | int | float | bool | None]:
    value = parsed(row.get("evidence"))
    kept = value if isinstance(value, Mapping) else {}
    return {str(k): v for k, v in kept.items() if v is None or isinstance(v, str | int | float)}
