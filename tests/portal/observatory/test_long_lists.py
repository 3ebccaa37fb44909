"""Long lists come in pages, and what was made at load says the same as the figures that it was made of."""

import pytest
from django.db.models import Count, F, Func
from django.test import Client

from atalaya.portal.core.kept import forget
from atalaya.portal.observatory.models import (
    Change,
    Dataset,
    Edition,
    Facet,
    Finding,
    Institution,
    Movement,
    Resource,
    Score,
    Standing,
    UnitGroup,
)
from atalaya.portal.observatory.queries import before, index_scores, place_in, rows_of
from atalaya.portal.observatory.views import changes, duties, institutions, method, ranking


def test_places_are_those_of_the_scores(published_portal: str) -> None:
    scores = index_scores(Edition.shown())
    for group in UnitGroup.objects.all():
        rows = list(Standing.objects.filter(unit_group=group.id))
        expected = {each.id for each in Institution.objects.all() if group.id in each.groups and each.id in scores}
        assert {row.institution for row in rows} == expected
        for row in rows:
            rank = place_in(scores[row.institution], group.id) or {}
            assert (row.rank, row.rank_low, row.rank_high) == (rank.get("rank"), rank.get("low"), rank.get("high"))
            assert (row.value, row.coverage) == (scores[row.institution].value, scores[row.institution].coverage)
        ranked = [row.rank for row in rows if row.rank]
        assert ranked == sorted(ranked)
        assert [bool(row.rank) for row in rows] == sorted((bool(row.rank) for row in rows), reverse=True)


def test_moves_are_differences_of_scores(published_portal: str) -> None:
    now, then = index_scores(Edition.shown()), index_scores(before(Edition.shown()))
    for move in Movement.objects.all():
        assert move.points == pytest.approx(now[move.institution].value - then[move.institution].value)
        assert abs(move.points) >= 0.05


def test_counts_of_facets_are_those_of_datasets(published_portal: str) -> None:
    units = dict(Dataset.objects.exclude(institution=None).order_by().values_list("institution").annotate(Count("id")))
    assert dict(Facet.objects.filter(name="institution").values_list("value", "datasets")) == units
    each = Dataset.objects.order_by().annotate(each=Func(F("formats"), function="unnest")).values_list("each")
    assert dict(Facet.objects.filter(name="format").values_list("value", "datasets")) == dict(
        each.annotate(Count("id"))
    )


@pytest.mark.parametrize(("start", "stop"), [(0, 3), (1, 4), (2, 2), (5, 10_000), (10_000, 10_010)])
def test_rows_deep_in_a_list_are_those_that_a_whole_reading_gives(published_portal: str, start: int, stop: int) -> None:
    for found in (
        Finding.objects.all(),
        Resource.objects.order_by("-size", "id"),
        Score.objects.filter(observation=Edition.shown().observation).order_by("unit", "place"),
        Dataset.objects.filter(resources__gt=0),
    ):
        assert rows_of(found, start, stop) == list(found)[start:stop]


def _pages(visitor: Client, place: str, name: str, first: str) -> tuple[str, str]:
    forget()
    texts = [visitor.get(f"{place}{sign}pagina={page}") for sign in (first,) for page in (1, 2)]
    assert {text.status_code for text in texts} == {200}
    assert name in texts[0].content.decode(), place
    return texts[0].content.decode(), texts[1].content.decode()


def test_every_list_has_pages(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ranking, institutions, duties, method, changes):
        monkeypatch.setattr(module, "SHOWN", 1)
    group = next(each.id for each in UnitGroup.objects.all() if Standing.objects.filter(unit_group=each.id, rank__gt=1))
    check = (
        Finding.objects.values_list("check_id")
        .annotate(units=Count("institution", distinct=True))
        .order_by("-units")[0]
    )
    kind = Change.objects.first()
    Change.objects.create(place=999_999, change=kind.change, subject="gone", title="Otro cambio", institution=None)
    for place, first, link in (
        ("/indice/", f"?grupo={group}&", "pagina=2"),
        ("/instituciones/", "?", "pagina=2"),
        (f"/metodo/{check[0]}/", "?", "pagina=2"),
        ("/cambios/", f"?cambio={kind.change}&", "pagina=2"),
    ):
        one, two = _pages(visitor, place, link, first)
        assert one != two, place
        assert "pagina=1" in two, place
    forget()
    assert f"?grupo={group}" in visitor.get("/indice/").content.decode()
    assert f"?cambio={kind.change}" in visitor.get("/cambios/").content.decode()
    Change.objects.filter(place=999_999).delete()
    forget()


def test_the_next_page_keeps_what_was_asked(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(institutions, "SHOWN", 1)
    forget()
    assert "q=ministerio&amp;pagina=2" in visitor.get("/instituciones/?q=ministerio").content.decode()
    forget()
