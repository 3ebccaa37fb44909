"""The law of the sample country as the planting needs it: whom each duty obliges, its term, its periods and what is open.

Only the structure of the law is read: the words by which a matcher knows a duty stay unread here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from atalaya.exceptions import CountryPackError
from atalaya.samples.plan import InstitutionPlan
from atalaya.samples.sites.wording import site_texts
from atalaya.yamls import load_yaml

_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDuty:
    """A duty of the law. `months` is the length of the periods of its series, None where it has none; `days` is how long after
    a change or the end of a period something may take, `every` how many months may pass between two publications, `ahead` that
    something is due before it happens, `documents` the kinds of thing that may fulfil it (none named: any)."""

    id: str
    article: str
    numeral: str
    everyone: bool
    branches: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    except_kinds: tuple[str, ...] = ()
    openness: str = "any"
    months: int | None = None
    days: int | None = None
    every: int | None = None
    ahead: bool = False
    documents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Article and numeral, as the words are kept."""
        return f"{self.article}-{self.numeral}"

    def obliges(self, institution: InstitutionPlan) -> bool:
        """Whether the law wants it of the institution."""
        if institution.kind in self.except_kinds:
            return False
        return self.everyone or institution.branch in self.branches or institution.kind in self.kinds


def letters_text() -> str:
    """The letters under that law as a pack keeps them."""
    folder = resources.files("atalaya").joinpath("data", "countries", site_texts()["law"]["country"])
    return folder.joinpath("letters.yml").read_text(encoding="utf-8")


@cache
def law_text() -> str:
    """The law of the sample country as a pack keeps it."""
    named = site_texts()["law"]
    folder = resources.files("atalaya").joinpath("data", "countries", named["country"], "duties")
    return folder.joinpath(named["file"]).read_text(encoding="utf-8")


def law_file() -> str:
    """The name of its file in a pack."""
    return str(site_texts()["law"]["file"])


@cache
def duties() -> tuple[LawDuty, ...]:
    """The duties of the law of the sample country, in its order."""
    return duties_of(load_yaml(law_text()), law_file().rpartition(".")[0])


def duties_of(law: Mapping[str, Any], stem: str) -> tuple[LawDuty, ...]:
    """The duties of a law. Raises CountryPackError for a length of time that months do not count."""
    return tuple(_duty(each, law, stem) for each in law["duties"])


def _duty(declared: Mapping[str, Any], law: Mapping[str, Any], stem: str) -> LawDuty:
    classes = [law["classes"][name] for name in declared["obliged"]]
    update = law["updates"][declared["update"]]
    evidence = declared.get("evidence") or {}
    identity = f"{stem}-{declared['article']}-{declared['numeral']}"
    return LawDuty(
        id=identity,
        article=str(declared["article"]),
        numeral=str(declared["numeral"]),
        everyone=any(each.get("everyone", False) for each in classes),
        branches=tuple(name for each in classes for name in each.get("branches", ())),
        kinds=tuple(name for each in classes for name in each.get("kinds", ())),
        except_kinds=tuple(declared.get("except_kinds", ())),
        openness=declared.get("openness", "any"),
        months=_months(evidence.get("period"), identity),
        days=update.get("within_days"),
        every=_months(update.get("every"), identity),
        ahead="hours_before" in update,
        documents=tuple(evidence.get("documents", ())),
    )


def _months(length: str | None, duty: str) -> int | None:
    if length is None:
        return None
    found = _LENGTH.fullmatch(length)
    months = 0 if found is None else 12 * int(found[1] or 0) + int(found[2] or 0)
    if not months:
        raise CountryPackError(
            f"{duty}: sample sites count periods in months and years, not {length!r}; write P1M or P1Y"
        )
    return months
