"""What moved from one edition to another and why: because the rule changed, because they changed, because others came or went."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from atalaya.indices.chaining import Change, Parted, UnitChange, Whole, summed, whole_of
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.intervals import rose_or_fell
from atalaya.portal.observatory.models import Edition, Institution, Link, Moved, MovedFinding, Score
from atalaya.portal.observatory.named import institution_or_404
from atalaya.portal.observatory.queries import rules_of

OLD, NEW = "de", "a"


@dataclass(frozen=True, slots=True)
class Line:
    """An institution over the steps that were asked for; `sure` is 1 or -1 where the intervals of both editions lie apart."""

    whole: Whole
    sure: int

    @property
    def points(self) -> float | None:
        """By how much its score moved."""
        score = self.whole.score
        return None if score.old is None or score.new is None else score.new - score.old


COLUMNS = (
    Column("institucion", lambda each: each.whole.unit),
    Column("nombre", lambda each: each.whole.name),
    Column("desde", lambda each: each.whole.since),
    Column("puntaje_antes", lambda each: each.whole.score.old),
    Column("puntaje_despues", lambda each: each.whole.score.new),
    Column("cambio", lambda each: each.points),
    Column("porque_cambio_la_institucion", lambda each: each.whole.score.by_data),
    Column("porque_cambio_la_regla", lambda each: each.whole.score.by_rule),
    Column("porque_cambiaron_otras", lambda each: each.whole.score.by_universe),
    Column("mas_alla_de_la_incertidumbre", lambda each: each.sure),
    Column("puesto_antes", lambda each: each.whole.rank.old),
    Column("puesto_antes_mejor", lambda each: each.whole.old_ranks[0]),
    Column("puesto_antes_peor", lambda each: each.whole.old_ranks[1]),
    Column("puesto_despues", lambda each: each.whole.rank.new),
    Column("puesto_despues_mejor", lambda each: each.whole.new_ranks[0]),
    Column("puesto_despues_peor", lambda each: each.whole.new_ranks[1]),
)


@published
def moves(request: HttpRequest) -> HttpResponse:
    """Render what moved between two editions for all institutions, or the rows as a file."""
    links = list(Link.objects.all())
    span = _span(links, request.GET.get(OLD, ""), request.GET.get(NEW, ""))
    lines = lines_of(span)
    form = wanted_format(request)
    if form:
        return download(form, f"que-se-movio-{request.edition.observation}", COLUMNS, lines)
    return page(
        request,
        "observatory/moves.html",
        links=links,
        span=span,
        mean=summed([Parted(**each.mean) for each in span]) if span else None,
        lines=lines,
        names={each.id: each for each in Institution.objects.all()},
        editions=Edition.objects.all(),
    )


FINDINGS = (
    Column("cambio", lambda each: each.change),
    Column("hallazgo", lambda each: each.finding),
    Column("prueba", lambda each: each.check_id),
    Column("version", lambda each: each.check_version),
    Column("conjunto", lambda each: each.title),
    Column("sujeto", lambda each: each.subject),
    Column("puntos", lambda each: each.points),
    Column("la_regla_cambio", lambda each: each.rule_changed),
)


@published
def institution_moves(request: HttpRequest, slug: str) -> HttpResponse:
    """Render what moved one institution, step by step and finding by finding, or its findings as a file."""
    found = institution_or_404(slug)
    findings = list(MovedFinding.objects.filter(unit=found.id))
    form = wanted_format(request)
    if form:
        return download(form, f"que-cambio-{slug}-{request.edition.observation}", FINDINGS, findings)
    links = list(Link.objects.all())
    return page(
        request,
        "observatory/institution_moves.html",
        institution=found,
        steps=institution_steps(found, links),
        whole=next((line for line in lines_of(links) if line.whole.unit == found.id), None) if links else None,
        grouped=_grouped(findings),
        rules=rules_of(each.check_id for each in findings),
    )


def institution_steps(found: Institution, links: Sequence[Link]) -> list[tuple[Link, Line]]:
    """Each step of the editions that have the institution, the newest first."""
    rows = {row.link: row for row in Moved.objects.filter(unit=found.id)}
    scores = _scores([found.id])
    return [
        (link, _line(whole_of(found.id, [change_of(link, [rows[link.place]])]), link.old, link.new, scores))
        for link in reversed(links)
        if link.place in rows
    ]


def lines_of(span: Sequence[Link]) -> list[Line]:
    """Every institution that the last edition of some steps in a row has, those that moved most first."""
    if not span:
        return []
    by_link: dict[int, list[Moved]] = {}
    for row in Moved.objects.filter(link__in=[each.place for each in span]):
        by_link.setdefault(row.link, []).append(row)
    changes = [change_of(each, by_link.get(each.place, ())) for each in span]
    scores = _scores([each.unit for each in changes[-1].units])
    lines = [_line(whole_of(each.unit, changes), "", span[-1].new, scores) for each in changes[-1].units]
    return sorted(lines, key=lambda line: (-abs(line.points or 0.0), line.whole.unit))


def change_of(link: Link, rows: Sequence[Moved]) -> Change:
    """A step as the engine tells it."""
    return Change(
        old=link.old,
        new=link.new,
        same_rule=link.same_rule,
        came=tuple(link.came),
        went=tuple(link.went),
        mean=Parted(**link.mean),
        units=tuple(
            UnitChange(
                unit=row.unit,
                name=row.name,
                score=Parted(**row.score),
                rank=Parted(**row.rank),
                old_ranks=(row.old_ranks[0], row.old_ranks[1]),
                new_ranks=(row.new_ranks[0], row.new_ranks[1]),
            )
            for row in rows
        ),
        untold=link.untold,
    )


def _line(whole: Whole, old: str, new: str, scores: dict[tuple[str, str], Score]) -> Line:
    then, now = scores.get((old or whole.since, whole.unit)), scores.get((new, whole.unit))
    return Line(whole, rose_or_fell(then, now))


def _scores(units: Sequence[str]) -> dict[tuple[str, str], Score]:
    """The figures of the whole index by edition and unit, of the methodology that each edition was about."""
    about = dict(Edition.objects.values_list("observation", "methodology"))
    rows = Score.objects.filter(unit__in=units, node="index")
    return {(row.observation, row.unit): row for row in rows if row.methodology == about.get(row.observation)}


def _span(links: Sequence[Link], old: str, new: str) -> list[Link]:
    """The steps from one edition to another; where they name none, the last step."""
    starts = {each.old: place for place, each in enumerate(links)}
    ends = {each.new: place for place, each in enumerate(links)}
    last = ends.get(new, len(links) - 1)
    first = min(starts.get(old, last), last)
    return list(links[first : last + 1])


def _grouped(findings: Sequence[MovedFinding]) -> dict[str, dict[str, list[MovedFinding]]]:
    """The findings by what became of them and by check, those with most points first."""
    found: dict[str, dict[str, list[MovedFinding]]] = {}
    for each in sorted(findings, key=lambda one: (-(one.points or 0.0), one.check_id, one.place)):
        found.setdefault(each.change, {}).setdefault(each.check_id, []).append(each)
    return found
