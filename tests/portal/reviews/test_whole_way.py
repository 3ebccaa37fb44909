"""From a dispute on a page to the next round of the engine, and from there to the right of reply."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from atalaya.history.read import Sealed
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import Edition, Finding
from atalaya.portal.reviews import awaiting, services
from atalaya.portal.reviews.models import ComingFinding, ReplyPeriod, Ruling
from atalaya.portal.reviews.periods import open_period, period_open
from atalaya.portal.reviews.services import Said
from atalaya.portal.reviews.tasks import three
from atalaya.portal.reviews.things import coming_thing, finding_thing
from atalaya.store.decisions import decisions
from tests.conftest import observe_small_country, write_small_country
from tests.portal.reviews.making import REASON, ruled, say


@pytest.fixture
def next_round(two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path) -> Callable[[], Sealed]:
    """Runs the round after the published ones, in a copy of their home, with what was decided since."""
    home = two_small_rounds[1][-1].folder.parents[2]

    def run() -> Sealed:
        kept = tmp_path / "home" / "decisions"
        shutil.copytree(home, tmp_path / "home", dirs_exist_ok=True)
        assert kept.exists() == bool(Ruling.objects.exclude(deposited=None))
        pack, replay = write_small_country(tmp_path, "day-7", changed=True, validators="none")
        return observe_small_country(tmp_path, pack, replay, datetime(2026, 1, 7, 12, tzinfo=UTC))

    return run


@pytest.fixture
def published(published_portal: str) -> Iterator[Callable[[str], None]]:
    """Shows an observation among the editions, as loading it would."""

    def show(observation: str) -> None:
        columns = "country, names, as_of, methodology, sample, manifest_sha256, code_version, datasets, resources, institutions, publishing, findings, loaded"  # noqa: E501
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO published.edition (observation, newest, {columns}) SELECT %s, false, {columns} "
                "FROM published.edition WHERE newest",
                (observation,),
            )

    yield show
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM published.edition WHERE observation LIKE 'zz-20260107%%'")


def test_an_upheld_dispute_reaches_the_next_round_and_institutions_answer_it(
    focal: Any,
    other: Any,
    analysts: list[Any],
    next_round: Callable[[], Sealed],
    published: Callable[[str], None],
    visitor: Client,
    new_client: Callable[..., Client],
    tmp_path: Path,
) -> None:
    thing = finding_thing(Finding.objects.filter(institution="zz:uno", level="dataset").first().id, say())
    reply = ruled(focal, *analysts[:2], outcome="unknown", thing=thing)
    (decision,) = decisions(tmp_path / "home", "zz", "dispute")
    assert (decision.id, decision.subject, decision.who) == (Ruling.objects.get().decision, thing.id, "analyst")
    sealed = next_round()
    (after,) = sealed.rows("outcomes", "check_id = ? AND subject_id = ?", (thing.check, thing.subject))
    assert (after["verdict"], after["reason"], after["evidence"]["decision"]) == (
        "unknown", "dispute_upheld", decision.id,
    )  # fmt: skip

    with pytest.raises(RefusedError, match="a day to come"):
        open_period(sealed, timezone.now() - timedelta(seconds=1))
    period = open_period(sealed, timezone.now() + timedelta(days=15))
    assert (period.as_of, period_open()) == (date(2026, 1, 7), period)
    assert open_period(sealed, timezone.now() + timedelta(days=20)).pk == period.pk
    coming = ComingFinding.objects.filter(institution="zz:uno")
    assert coming.count() == sum(1 for _ in _of(sealed, "zz:uno"))
    assert not coming.filter(finding=reply.thing).exists()
    assert coming_thing(reply.thing) is None
    new = coming.first()
    about = coming_thing(new.finding)
    assert three("zz:uno", say())[0].kind == "answer"
    with pytest.raises(RefusedError, match="only those who speak"):
        services.comment(other, about, Said(text=REASON))
    with pytest.raises(RefusedError, match="not published yet"):
        services.dispute(focal, about, Said(text=REASON))
    answer = services.step(
        focal, services.comment(focal, about, Said(text="Ya lo estamos cambiando por uno nuevo.")), "send"
    )
    assert "Ya lo estamos cambiando" not in visitor.get("/respuestas/").content.decode()
    published(sealed.manifest.observation)
    for place in ("/respuestas/?tipo=comment", f"/hallazgos/{new.finding}/"):
        assert "Ya lo estamos cambiando" in visitor.get(place).content.decode(), place
    with pytest.raises(RefusedError, match="right of reply comes before"):
        open_period(sealed, timezone.now() + timedelta(days=2))
    ReplyPeriod.objects.update(opens=timezone.now() - timedelta(days=9), closes=timezone.now() - timedelta(days=1))
    assert (period_open(), coming_thing(new.finding)) == (None, None)
    with pytest.raises(RefusedError, match="is over"):
        services.comment(focal, finding_thing(thing.id, say()), Said(text=REASON))
    assert answer.observation == sealed.manifest.observation


def test_what_waits_in_the_observation_is_decided_from_the_page(
    analysts: list[Any],
    focal: Any,
    two_small_rounds: tuple[Path, list[Sealed]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed, home = two_small_rounds[1][-1], tmp_path / "home"
    suggested = [{"institution": "zz:dos", "score": 0.7}]
    row = {"source": "zz:uno", "publisher": "Dos", "publisher_key": "dos", "records": 3, "suggestions": suggested}
    match = {
        "institution_id": "zz:dos", "mention_id": "m", "duty_id": "d", "text": "Presupuesto", "url": "https://dos.example/",
        "score": 0.7, "sure": False, "evidence_key": "k",
    }  # fmt: skip
    monkeypatch.setattr(awaiting, "waiting", lambda _: [row])
    monkeypatch.setattr(awaiting, "publisher_keys", lambda *_: {"dos"})
    monkeypatch.setattr(
        awaiting, "matches_of", lambda _, where, values=("zz:dos", "m", "d"): [match] * (values[1] == "m")
    )
    first = analysts[0]
    for who, item, unit, why, said in (
        (focal, "zz:uno|dos", "zz:dos", REASON, "only analysts"),
        (first, "zz:uno|dos", "zz:dos", "", "write the reason"),
        (first, "zz:uno|dos", "zz:none", REASON, "no institution"),
        (first, "zz:uno|nobody", "zz:dos", REASON, "waits for nobody"),
    ):
        with pytest.raises(RefusedError, match=said):
            awaiting.attribute(who, home, sealed, item, unit, why)
    for who, item, said in (
        (focal, "zz:dos|m|d", "only analysts"),
        (first, "zz:dos|n|d", "waits for nobody"),
        (first, "x", "waits"),
    ):
        with pytest.raises(RefusedError, match=said):
            awaiting.rule_on_match(who, home, sealed, item, fulfils=True, why=REASON)
    assert not decisions(home, "zz", "attribution")
    assert [each.item for each in awaiting.publishers(home, sealed)] == ["zz:uno|dos"]
    assert [each.item for each in awaiting.matches(home, sealed)] == ["zz:dos|m|d"]
    awaiting.attribute(first, home, sealed, "zz:uno|dos", "zz:dos", REASON)
    awaiting.rule_on_match(first, home, sealed, "zz:dos|m|d", fulfils=False, why=REASON)
    assert (awaiting.publishers(home, sealed), awaiting.matches(home, sealed)) == ([], [])
    (attributed,), (matched,) = (decisions(home, "zz", kind) for kind in ("attribution", "duty_match"))
    assert (attributed.subject, attributed.ruling, attributed.why) == ("zz:uno|dos", {"institution": "zz:dos"}, REASON)
    assert (matched.subject, matched.ruling["fulfils"], matched.ruling["evidence"]) == ("zz:dos|m|d", False, "k")


def test_an_observation_that_is_elsewhere_is_none_here(tmp_path: Path) -> None:
    assert awaiting.observation_at(tmp_path, Edition.shown().observation) is None


def _of(sealed: Sealed, institution: str) -> Iterator[object]:
    owners = {row["record_id"]: row["institution_id"] for row in sealed.rows("attributions")}
    for row in sealed.rows("outcomes", "verdict = 'fail'"):
        if institution in (owners.get(row["record_id"]), row["institution_id"] if row["record_id"] is None else None):
            yield row
