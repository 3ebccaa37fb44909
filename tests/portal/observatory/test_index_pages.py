"""Pages of the index: what they show is what the engine says, and they say so where nobody can tell figures apart."""

import json
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.test import Client

from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.chaining import Link, chained
from atalaya.indices.engine import compute
from atalaya.indices.explaining import explain
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.weighing import weighed
from atalaya.portal.observatory import reckoning
from atalaya.portal.observatory.intervals import is_above
from atalaya.portal.observatory.models import Institution, Score

Rounds = tuple[Path, list[Sealed]]
INDEX = read_shipped_index("open-data-national/1")


def rows(visitor: Client, address: str) -> list[dict[str, object]]:
    answer = visitor.get(f"{address}{'&' if '?' in address else '?'}formato=json")
    assert answer.status_code == 200
    found: list[dict[str, object]] = json.loads(answer.getvalue())
    return found


def test_institutions_stand_side_by_side_as_they_were_scored(visitor: Client) -> None:
    bodies = list(Institution.objects.order_by("id")[:3])
    address = "/comparar/?" + "&".join(f"{slot}={each.slug}" for slot, each in zip("abc", bodies, strict=False))
    told = {(row["nodo"], row["institucion"]): row for row in rows(visitor, address)}
    stored = Score.objects.filter(
        observation__endswith="06T120000Z", methodology=INDEX.id, unit__in=[b.id for b in bodies]
    )
    assert len(told) == len(stored) > 30
    for score in stored:
        row = told[score.node, score.unit]
        assert (row["puntaje"], row["puntaje_minimo"], row["puntaje_maximo"]) == (score.value, score.low, score.high)


@pytest.mark.parametrize(("prefix", "said"), [("/", "no se puede decir"), ("/en/", "nobody can say")])
def test_where_intervals_overlap_nobody_is_called_greater(visitor: Client, prefix: str, said: str) -> None:
    scores = {
        s.unit: s for s in Score.objects.filter(node="index", observation__endswith="06T120000Z", methodology=INDEX.id)
    }
    known = [b for b in Institution.objects.all() if b.id in scores and scores[b.id].value is not None]
    pairs = [(a, b) for a in known for b in known if a.id < b.id]
    close = [
        (a, b)
        for a, b in pairs
        if not is_above(scores[a.id], scores[b.id]) and not is_above(scores[b.id], scores[a.id])
    ]
    text = visitor.get(f"{prefix}comparar/?a={close[0][0].slug}&b={close[0][1].slug}").content.decode()
    assert said in text
    assert ("sus intervalos se cruzan" in text) is (prefix == "/")


def test_a_search_offers_institutions_to_add_and_takes_none_twice(visitor: Client) -> None:
    one = Institution.objects.order_by("id").first()
    word = one.name.split()[0]
    text = visitor.get(f"/comparar/?q={word}").content.decode()
    assert f'href="?a={one.slug}"' in text
    text = visitor.get(f"/comparar/?a={one.slug}&b={one.slug}&c=nadie&d=%3Cscript%3E&q={word}").content.decode()
    assert f'href="?a={one.slug}&amp;b={one.slug}"' not in text
    assert "<script" not in text
    assert "Agregue otra para comparar" in text


def test_other_weights_move_the_ranking_as_the_engine_says(visitor: Client, two_small_rounds: Rounds) -> None:
    newest = two_small_rounds[1][-1]
    computed = compute(INDEX, measures_of(newest))
    own = {row["institucion"]: row for row in rows(visitor, "/indice/que-pasaria/")}
    tried = {row["institucion"]: row for row in rows(visitor, "/indice/que-pasaria/?peso_openness=90&peso_quality=0,5")}
    again = weighed(computed, {"openness": 90.0, "quality": 0.5})
    assert own
    for place, unit in enumerate(computed.table.units):
        if unit in own:
            assert own[unit]["puntaje"] == own[unit]["puntaje_con_estos_pesos"] == computed.scores.values[place]
            assert tried[unit]["puntaje"] == computed.scores.values[place]
            assert tried[unit]["puntaje_con_estos_pesos"] == again.scores.values[place]
            assert tried[unit]["puesto_con_estos_pesos"] == again.ranks["all"].rank[place]
            assert tried[unit]["puesto_peor_con_estos_pesos"] == again.ranks["all"].worst[place]
    assert any(row["puntaje"] != row["puntaje_con_estos_pesos"] for row in tried.values())


def test_weights_that_are_none_are_those_of_the_index(visitor: Client) -> None:
    own = rows(visitor, "/indice/que-pasaria/")
    for said in ("nan", "inf", "-inf", "x", "", "1e999", "\u0661\u0662x"):
        assert rows(visitor, f"/indice/que-pasaria/?peso_openness={said}") == own
    nothing = "&".join(f"peso_{item.id}=0" for item in INDEX.root.present)
    assert rows(visitor, f"/indice/que-pasaria/?{nothing}") == own
    assert 'role="alert"' in visitor.get(f"/indice/que-pasaria/?{nothing}").content.decode()
    bounded = visitor.get("/indice/que-pasaria/?peso_openness=5000").content.decode()
    assert 'name="peso_openness" type="number" min="0" max="100" step="0.1" value="100"' in bounded


@pytest.mark.parametrize("page", ["/indice/que-pasaria/", "/en/instituciones/{slug}/que-pasaria/"])
def test_too_many_at_once_are_told_to_come_back(visitor: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr(reckoning, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(reckoning, "PATIENCE", 0.01)
    address = page.format(slug=Institution.objects.order_by("id").first().slug)
    with reckoning.turn():
        answer = visitor.get(f"{address}?x=once")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "ETag" not in answer.headers
    assert visitor.get(f"{address}?x=once").status_code == 200


def test_the_tree_has_the_figures_of_the_engine_at_every_node(visitor: Client, two_small_rounds: Rounds) -> None:
    computed = compute(INDEX, measures_of(two_small_rounds[1][-1]), stages=True)
    body = Institution.objects.filter(datasets__gt=0).first()
    told = {row["nodo"]: row for row in rows(visitor, f"/instituciones/{body.slug}/como-se-calcula/")}
    waiting, seen = [explain(computed, body.id)], 0
    while waiting:
        node = waiting.pop()
        row = told["index" if node.id == INDEX.root.id else node.id]
        assert (row["estado"], row["valor"], row["minimo"], row["maximo"]) == (
            node.state,
            node.value,
            node.low,
            node.high,
        )
        assert (row["peso_que_cuenta"], row["puntos_que_aporta"], row["sin_el"]) == (
            node.weight,
            node.points,
            node.without,
        )
        waiting += node.children
        seen += 1
    assert seen == len(told) == len(INDEX.items)
    shares = [
        row["parte_del_total"] for row in rows(visitor, "/indice/como-se-calcula/") if row["nivel"] == "dimension"
    ]
    assert sum(shares) == pytest.approx(1.0)
    text = visitor.get(f"/instituciones/{body.slug}/como-se-calcula/").content.decode()
    assert f"/hallazgos/?institucion={body.id.replace(':', '%3A')}" in text
    assert 'href="/metodo/licence_open/"' in text


def test_what_moved_is_what_the_chain_says(visitor: Client, two_small_rounds: Rounds) -> None:
    links = [Link(name=s.manifest.observation, index=INDEX, table=measures_of(s)) for s in two_small_rounds[1]]
    chain = chained(links)
    told = {row["institucion"]: row for row in rows(visitor, "/ediciones/")}
    assert set(told) == {each.unit for each in chain.units}
    for each in chain.units:
        row = told[each.unit]
        assert (row["puntaje_antes"], row["puntaje_despues"]) == (each.score.old, each.score.new)
        parts = (row["porque_cambio_la_institucion"], row["porque_cambio_la_regla"], row["porque_cambiaron_otras"])
        assert parts == (each.score.by_data, each.score.by_rule, each.score.by_universe)
        assert (row["puesto_antes"], row["puesto_despues"]) == (each.rank.old, each.rank.new)
    assert any(row["cambio"] for row in told.values())
    text = visitor.get("/ediciones/?de=nadie&a=%F0%9F%98%80").content.decode()
    assert "por cambios propios" in text


def test_what_moved_one_institution_is_told_finding_by_finding(visitor: Client, two_small_rounds: Rounds) -> None:
    earlier, later = (
        {str(row["finding_id"]) for row in sealed.rows("outcomes", "verdict = 'fail'")}
        for sealed in two_small_rounds[1]
    )
    seen = set()
    for body in Institution.objects.all():
        for row in rows(visitor, f"/instituciones/{body.slug}/que-cambio/"):
            there = (row["hallazgo"] in earlier, row["hallazgo"] in later)
            assert there == ((False, True) if row["cambio"] == "came" else (True, False))
            assert row["la_regla_cambio"] is False
            seen.add(row["cambio"])
        assert visitor.get(f"/instituciones/{body.slug}/que-cambio/").status_code == 200
    assert "came" in seen
    assert seen <= {"came", "mended", "gone"}
