"""How institutions stand with duties, in words and in the order in which pages tell them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atalaya.duties.sentences import STANDINGS, reason_sentence, standing_title
from atalaya.duties.verdicts import Standing
from atalaya.portal.observatory.models import DutyVerdict

ORDER = tuple(STANDINGS)
"""From the best to what nobody can say."""

GOOD = frozenset({Standing.CURRENT, Standing.JUSTIFIED})
OPEN = frozenset({Standing.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Count:
    """How many duties, or institutions, have one standing."""

    standing: str
    title: str
    tone: str
    count: int


def counted(verdicts: Iterable[DutyVerdict], language: str) -> list[Count]:
    """How many verdicts there are of each standing, in the order of the standings; those that none has are left out."""
    return counts_of(Counter(verdict.standing for verdict in verdicts), language)


def counts_of(found: Mapping[str, int], language: str) -> list[Count]:
    """The same of counts by standing."""
    return [Count(each, standing_title(each, language), tone(each), found[each]) for each in ORDER if found.get(each)]


def tone(standing: str) -> str:
    """How a standing is marked: `good`, `bad`, or `` where nobody can say."""
    return "good" if standing in GOOD else "" if standing in OPEN else "bad"


def sentence(verdict: DutyVerdict, language: str) -> str:
    """Why a verdict is as it is: the institution's own words where it justifies, else the sentence for its reason."""
    return verdict.justification or reason_sentence(verdict.reason, verdict.days_late, language)
