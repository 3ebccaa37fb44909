"""A round over a web site full of traps: it ends, asks nothing twice, survives the death of its process, and says what it saw."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from atalaya.duties.mentions import MentionKind
from atalaya.rounds.crawling import PIECES
from atalaya.rounds.mentions import mentions_of_observation, mentions_of_sites
from benchmarks.trap_site import FOLDER
from tests.rounds.crawling_round import DAY, round_over

PAGES = 130


@contextmanager
def trap_site(folder: Path, pages: int = PAGES) -> Iterator[str]:
    """The site in a process of its own; gives its address."""
    told = folder / "port"
    with subprocess.Popen([sys.executable, "-m", "benchmarks.trap_site", str(pages), str(told)]) as server:
        try:
            while not told.exists():
                assert server.poll() is None
                time.sleep(0.02)
            yield f"http://127.0.0.1:{told.read_text()}/"
        finally:
            server.kill()
            told.unlink(missing_ok=True)


def asked(address: str) -> dict[str, int]:
    """How often each address of the site was asked for."""
    with urllib.request.urlopen(f"{address}asked") as answer:
        counts: dict[str, int] = json.load(answer)["asked"]
    return counts


@pytest.mark.slow
def test_a_site_of_traps_is_read_once_also_when_the_process_dies(tmp_path: Path) -> None:
    hashes = {}
    with trap_site(tmp_path) as address:
        whole = round_over(address, tmp_path / "whole")
        counts = asked(address)
        before = sum(counts.values())
        assert {path: count for path, count in counts.items() if count > 1 and "/circulo" not in path} == {}
        assert sum("/pagina-" in path for path in counts) == PAGES
        assert "/privado/secreto.html" not in counts
        hashes["whole"] = whole.manifest.content_hashes()
        die_and_go_on(address, tmp_path / "dead", before)
        dead = round_over(address, tmp_path / "dead", resume=True)
        twice = {path: count for path, count in asked(address).items() if "/circulo" not in path}
        assert sum(count > 2 for count in twice.values()) <= 1, "more than the address that was being asked"
        assert max(twice.values()) <= 3
        hashes["dead"] = dead.manifest.content_hashes()
    assert hashes["dead"] == hashes["whole"]
    (site,) = whole.rows("sites")
    assert (site["state"], site["documents"]) == ("complete", PAGES // 10)
    assert site["pages"] < PAGES + 2 * FOLDER + 100
    assert not list((tmp_path / "dead" / "observations").glob(f"*/*/parts/{PIECES}/*"))


def die_and_go_on(address: str, home: Path, before: int) -> None:
    """Begin a round and kill it in the middle of the site."""
    driver = Path(__file__).with_name("crawling_round.py")
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    with subprocess.Popen([sys.executable, str(driver), address, str(home)], env=environment) as child:
        while sum(asked(address).values()) < before + 150:
            assert child.poll() is None, "the round ended before it could be killed"
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert list((home / "observations").glob(f"*/*/parts/{PIECES}/*")), "no piece stands"


def test_a_second_round_knows_what_was_seen_and_when_it_changed(tmp_path: Path) -> None:
    with trap_site(tmp_path, 12) as address:
        first = round_over(address, tmp_path / "home", pages=40)
        second = round_over(address, tmp_path / "home", moment=DAY + timedelta(days=30), pages=40)
    kinds = {mention.kind for mention in mentions_of_observation(second, "zz:site-uno")}
    assert kinds == {MentionKind.PAGE, MentionKind.DOCUMENT, MentionKind.HEADING}
    (document,) = [each for each in mentions_of_observation(second, "zz:site-uno") if each.text == "Datos 10"]
    content = document.content
    assert content is not None
    assert (document.path, document.headings) == (("Tema 0", "Página 10"), document.headings)
    assert (content.first_seen, content.last_seen, content.changed) == (
        DAY.date(),
        (DAY + timedelta(days=30)).date(),
        None,
    )
    assert (content.format, content.tables, content.rows) == ("csv", (("municipio", "valor"),), 20)
    same = {each.id for each in mentions_of_observation(first, "zz:site-uno")}
    assert same == {each.id for each in mentions_of_observation(second, "zz:site-uno")}


def test_a_site_is_no_source_of_datasets(tmp_path: Path) -> None:
    with trap_site(tmp_path, 3) as address:
        sealed = round_over(address, tmp_path / "home", pages=8)
    assert list(sealed.rows("sources")) == []
    assert list(sealed.rows("records")) == []
    (publishes,) = [row for row in sealed.rows("measures") if row["measure_id"] == "publishes@1"]
    assert publishes["value"] is None
    (site,) = sealed.rows("sites")
    assert (site["state"], site["reason"]) == ("partial", "budget")
    assert {row["class"] for row in sealed.rows("blobs")} == {"public"}


def test_mentions_of_several_sites_are_those_of_each(tmp_path: Path) -> None:
    with trap_site(tmp_path, 3) as address:
        sealed = round_over(address, tmp_path / "home", pages=8)
    ((source_id, found), (nobody, nothing)) = mentions_of_sites(sealed, ("zz:site-uno", "zz:site-dos"))
    assert (source_id, nobody) == ("zz:site-uno", "zz:site-dos")
    one_by_one = list(mentions_of_observation(sealed, "zz:site-uno"))
    assert one_by_one == list(found)
    assert all(
        each.content is None or each.content.first_seen == DAY.date() for each in one_by_one if each.kind == "page"
    )
    assert list(nothing) == []
