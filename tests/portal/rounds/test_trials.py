"""A methodology is tried on past rounds: what comes out is the rule's doing alone, and nothing published moves."""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from atalaya.history.read import open_sealed
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import file_of
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.rounds import trials
from atalaya.portal.rounds.models import Observed, Trial
from atalaya.portal.rounds.states import DONE, FAILED
from atalaya.store.observations import observation_folder
from tests.portal.conftest import ROLES

PLACE = "/rondas/gestion/metodologias/"


def reweighted(text: str) -> str:
    """The methodology in use with a heavier licence."""
    before, found, after = text.partition("- id: licence\n")
    assert found
    return before + found + re.sub(r"weight: \S+", "weight: 40", after, count=1)


def sealed_scores(observation: str) -> dict[str, float]:
    """Institution → the score that was sealed with the observation."""
    sealed = open_sealed(observation_folder(Path(settings.ATALAYA_HOME), "zz", observation))
    rows = sealed.rows("scores", "methodology_id = ? AND kind = 'institution' AND parent IS NULL", (HEADLINE,))
    return {str(row["unit_id"]): row["value"] for row in rows}


@pytest.fixture(autouse=True)
def no_trials(published_portal: str) -> Iterator[None]:
    Trial.objects.all().delete()
    yield
    Trial.objects.all().delete()


@pytest.fixture
def client(analyst: Any, new_client: Callable[..., Client]) -> Client:
    made = new_client()
    made.force_login(analyst)
    return made


def test_the_rule_in_use_gives_what_stands_and_another_one_does_not(
    country: Observed, analyst: Any, done: Callable[[], None]
) -> None:
    same = trials.ask_trial(analyst, trials.text_in_use())
    other = trials.ask_trial(analyst, reweighted(trials.text_in_use()))
    done()
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.state, other.state) == (DONE, DONE)
    assert [each["as_of"] for each in same.told] == sorted((each["as_of"] for each in same.told), reverse=True)
    assert len(same.told) == len(other.told) == 2
    for each in same.told:
        assert each["problem"] == ""
        assert each["units"]
        assert each["mean"][0] == each["mean"][1]
        assert all(one["score"][0] == one["score"][1] and one["rank"][0] == one["rank"][1] for one in each["units"])
        assert {one["unit"]: one["score"][1] for one in each["units"]} == sealed_scores(each["observation"])
    assert any(one["score"][0] != one["score"][1] for each in other.told for one in each["units"])
    moves = [abs(one["rank"][1] - one["rank"][0]) for one in other.told[0]["units"] if None not in one["rank"]]
    assert moves == sorted(moves, reverse=True)
    told = [each for each in entries("rounds.trial") if each.row == other.pk]
    assert {each.values["state"] for each in told} >= {"waiting", DONE}


def test_by_page_as_text_and_as_a_file_with_downloads(
    country: Observed, client: Client, done: Callable[[], None]
) -> None:
    form = client.get(PLACE).content.decode()
    assert "Probar una metodología con rondas pasadas" in form
    text = reweighted(trials.text_in_use())
    answer = client.post(PLACE, {"text": text.replace("\n", "\r\n")})
    assert answer.status_code == 302
    waiting = client.get(answer.url).content.decode()
    assert "espera a que" in waiting or "vuelva a cargar" in waiting
    sent = client.post(PLACE, {"text": "", "file": SimpleUploadedFile("propuesta.yml", text.encode())})
    assert sent.status_code == 302
    first, second = Trial.objects.order_by("id")[:2]
    assert first.sha256 == second.sha256
    done()
    page = client.get(answer.url).content.decode()
    assert "el promedio de las instituciones clasificadas pasa de" in page
    rows = json.loads(b"".join(client.get(f"{answer.url}?formato=json").streaming_content))
    units = sum(len(each["units"]) for each in Trial.objects.get(pk=first.pk).told)
    assert len(rows if isinstance(rows, list) else rows["filas"]) == units


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("index: [", "metodologia.yml"),
        ("x: 1\n", "metodologia.yml"),
        ("!!python/object/apply:os.system [x]", "metodologia.yml"),
        ("a: " + "9" * 5000, "metodologia.yml"),
        ("[" * 5000, "metodologia.yml"),
        ("a: \x00", "metodologia.yml"),
        (file_of(HEADLINE).read_text(encoding="utf-8").replace("id: open-data", f"id: {'x' * 99}"), "más de 100"),
        (" ", "envíe de uno"),
        ("a" * (trials.LONGEST + 1), "envíe de uno"),
    ],
)
def test_what_is_no_methodology_is_refused_and_what_was_written_stays(
    country: Observed, client: Client, text: str, said: str
) -> None:
    page = client.post(PLACE, {"text": text}).content.decode()
    assert said in page
    assert html.escape(text[:50]).replace("&#x27;", "&#39;") in page
    assert not Trial.objects.exists()


def test_a_file_that_is_no_text_is_refused(country: Observed, client: Client) -> None:
    page = client.post(PLACE, {"file": SimpleUploadedFile("p.yml", b"\xff\xfe\x00")}).content.decode()
    assert "no es un texto en UTF-8" in page


def test_what_a_round_has_not_measured_is_named(country: Observed, analyst: Any, done: Callable[[], None]) -> None:
    text = trials.text_in_use()
    name = text.split("measure: ")[1].split()[0].rstrip(",}")
    made = trials.ask_trial(analyst, text.replace(name, "measure_nobody_made@1"))
    done()
    made.refresh_from_db()
    assert made.state == DONE
    assert all("measure_nobody_made@1" in each["lacking"] for each in made.told)


def test_only_so_many_wait_and_only_of_those_who_may(
    country: Observed, analyst: Any, new_person: Callable[..., Any]
) -> None:
    for _ in range(trials.MOST):
        trials.ask_trial(analyst, trials.text_in_use())
    with pytest.raises(RefusedError, match="wait already"):
        trials.ask_trial(analyst, trials.text_in_use())
    with pytest.raises(RefusedError, match="only analysts"):
        trials.ask_trial(new_person(ROLES["focal_point"]), trials.text_in_use())


def test_one_that_cannot_be_read_any_more_says_so(country: Observed, analyst: Any, done: Callable[[], None]) -> None:
    made = trials.ask_trial(analyst, trials.text_in_use())
    Trial.objects.filter(pk=made.pk).update(text="x: 1\n")
    done()
    made.refresh_from_db()
    assert made.state == FAILED
    assert "metodologia.yml" in made.reason


def test_one_whose_worker_died_for_good_makes_room(country: Observed, analyst: Any) -> None:
    made = [trials.ask_trial(analyst, trials.text_in_use()) for _ in range(trials.MOST)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", (made[0].job,))
    assert trials.ask_trial(analyst, trials.text_in_use()).state == "waiting"
    made[0].refresh_from_db()
    assert made[0].state == FAILED


def test_one_that_a_round_cannot_feed_is_told_of_that_round(
    country: Observed, analyst: Any, done: Callable[[], None]
) -> None:
    text = trials.text_in_use()
    source = "source: {measure: licence_open@3}"
    assert source in text
    made = trials.ask_trial(analyst, text.replace(source, "source: {column: nobody_has_it}"))
    done()
    made.refresh_from_db()
    assert made.state == DONE
    assert all("nobody_has_it" in each["problem"] for each in made.told)


def test_one_in_which_nobody_is_ranked_has_no_mean(country: Observed, analyst: Any, done: Callable[[], None]) -> None:
    text = trials.text_in_use()
    made = trials.ask_trial(analyst, re.sub(r"coverage: \{floor: [0-9.]+", "coverage: {floor: 1", text))
    done()
    made.refresh_from_db()
    assert (made.state, [each["problem"] for each in made.told]) == (DONE, ["", ""])
    for each in made.told:
        ranked = [one for one in each["units"] if one["rank"][1] is not None]
        assert (each["mean"][1] is None) == (not ranked)
