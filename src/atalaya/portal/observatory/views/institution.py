"""One institution: its score and why, what to mend first, its findings, its datasets, its history."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.duties.sentences import standing_title
from atalaya.portal.core.drawings import course
from atalaya.portal.core.pages import daily, page, published
from atalaya.portal.observatory.agenda import items_of, stretch
from atalaya.portal.observatory.models import (
    Dataset,
    Duty,
    DutyVerdict,
    Finding,
    Gain,
    Institution,
    Link,
    Plan,
    Rule,
    Score,
    UnitGroup,
)
from atalaya.portal.observatory.queries import history_of, place_in, rules_of
from atalaya.portal.observatory.standings import counted, sentence, tone
from atalaya.portal.observatory.views.moves import institution_steps

DATASETS = 15
MEND = 3
SOON = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension of the score with its indicators, and how many points of the whole it gives and could give."""

    score: Score
    indicators: tuple[Score, ...]
    given: float | None
    could: float | None

    @property
    def lost(self) -> float:
        """Points of the whole that it lacks; 0 where it gives none to it."""
        return self.could - self.given if self.could is not None and self.given is not None else 0.0


@dataclass(frozen=True, slots=True)
class Failing:
    """The findings of one check: how many, and what they are about."""

    rule: Rule | None
    check_id: str
    count: int
    points: float | None = None

    @property
    def apart(self) -> bool:
        """Whether it counts for the European points alone."""
        return self.rule is not None and bool(self.rule.apart)


@published
@daily
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the page; 404 where the register has no such body."""
    found = Institution.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    edition = request.edition
    scores = list(Score.objects.filter(observation=edition.observation, methodology=edition.methodology, unit=found.id))
    whole = next((score for score in scores if score.level == 0), None)
    gains = list(Gain.objects.filter(unit=found.id))
    failing = _failing(found, gains)
    duties = _duties(found)
    history = history_of(found.id, edition.methodology)
    moved = {link.new: line for link, line in institution_steps(found, list(Link.objects.all()))}
    return page(
        request,
        "observatory/institution.html",
        institution=found,
        whole=whole,
        parts=_parts(scores, whole),
        mends=rules_of(gain.check_id for gain in gains[:MEND] if gain.check_id),
        gains=gains[:MEND],
        more_gains=gains[MEND:],
        failing=[row for row in failing if not row.apart],
        apart=[row for row in failing if row.apart],
        datasets=Dataset.objects.filter(institution=found.id)[:DATASETS],
        history=history,
        course=course([score.value if score else None for _, score in history]),
        places=_places(found, whole),
        moved=moved,
        plan=Plan.objects.filter(unit=found.id).first(),
        items=items_of(found.id, stretch(request, edition))[:SOON],
        duties=duties,
        standings=counted((verdict for _, verdict in duties), request.language),
        standing=lambda verdict: standing_title(verdict.standing, request.language),
        tone=lambda verdict: tone(verdict.standing),
        sentence=lambda verdict: sentence(verdict, request.language),
    )


def _duties(found: Institution) -> list[tuple[Duty, DutyVerdict]]:
    """How the institution stands with each duty as a whole, in the order of the laws."""
    verdicts = {each.duty: each for each in DutyVerdict.objects.filter(institution=found.id, period="")}
    return [(duty, verdicts[duty.id]) for duty in Duty.objects.filter(id__in=verdicts)]


def _parts(scores: list[Score], whole: Score | None) -> list[Part]:
    """The dimensions, those that cost most points first."""
    found = whole.detail.get("contributions") if whole else None
    gives = {each["node"]: each for each in found} if isinstance(found, list) else {}
    parts = [
        Part(
            score,
            tuple(each for each in scores if each.parent == score.node),
            *_share(gives.get(score.node)),
        )
        for score in scores
        if score.level == 1
    ]
    return sorted(parts, key=lambda part: -round(part.lost, 6))


def _share(contribution: Mapping[str, object] | None) -> tuple[float | None, float | None]:
    """The points that a dimension gives to the whole, and the most that it could give."""
    if contribution is None or contribution.get("points") is None or contribution.get("weight") is None:
        return None, None
    return float(str(contribution["points"])), 100 * float(str(contribution["weight"]))


def _failing(found: Institution, gains: list[Gain]) -> list[Failing]:
    counts = Counter(Finding.objects.filter(institution=found.id).values_list("check_id", flat=True))
    rules = rules_of(counts)
    points = {gain.check_id: gain.points for gain in gains}
    rows = [Failing(rules.get(check), check, count, points.get(check)) for check, count in counts.items()]
    return sorted(rows, key=lambda row: (-(row.points or 0.0), -row.count, row.check_id))


def _places(found: Institution, whole: Score | None) -> list[tuple[UnitGroup, dict[str, int]]]:
    """The rank in each group of the institution that has one."""
    groups = UnitGroup.objects.filter(id__in=found.groups)
    places = [(group, place_in(whole, group.id)) for group in groups] if whole else []
    return [(group, place) for group, place in places if place]
