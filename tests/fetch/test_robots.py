"""robots.txt: obeyed, fetched once a day, and what each answer of it means."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from atalaya.fetch.answers import Failure
from atalaya.fetch.robots import Robots, RobotsText, Ruling
from tests.fetch.conftest import Steps

ORIGIN = "https://a.example:443"
URL = "https://a.example/data/x.csv"


class Asked:
    """A robots.txt that counts how often it is asked for."""

    def __init__(self, *answers: RobotsText) -> None:
        self.answers, self.count = answers, 0

    async def __call__(self) -> RobotsText:
        answer = self.answers[min(self.count, len(self.answers) - 1)]
        self.count += 1
        await asyncio.sleep(0)
        return answer


@pytest.fixture
def robots(tmp_path: Path, steps: Steps) -> Robots:
    return Robots(tmp_path / "robots", steps.clock, "Atalaya", 30.0)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /data/", False),
        ("User-agent: *\nDisallow: /admin/", True),
        ("User-agent: Atalaya\nDisallow: /", False),
        ("User-agent: atalaya\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*.csv$", False),
        ("User-agent: *\nDisallow: /\nAllow: /data/", True),
        ("<html><body>Not a robots file</body></html>", True),
        ("\x00\x01\x02", True),
    ],
)
async def test_rules_are_obeyed(robots: Robots, text: str, allowed: bool) -> None:
    ruling = await robots.ruling(ORIGIN, URL, Asked(RobotsText(200, text)))
    assert (ruling.failure is None) == allowed
    assert ruling.failure in (None, Failure.ROBOTS)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
async def test_a_file_that_is_not_there_allows(robots: Robots, status: int) -> None:
    assert await robots.ruling(ORIGIN, URL, Asked(RobotsText(status, "User-agent: *\nDisallow: /"))) == Ruling()


@pytest.mark.parametrize("status", [429, 500, 503, 520])
async def test_a_file_that_cannot_be_read_forbids_for_now(robots: Robots, steps: Steps, status: int) -> None:
    asked = Asked(RobotsText(status), RobotsText(200))
    first = await robots.ruling(ORIGIN, URL, asked)
    assert first.failure is Failure.ROBOTS
    assert str(status) in (first.detail or "")
    steps.moment += timedelta(hours=1, seconds=1)
    assert (await robots.ruling(ORIGIN, URL, asked)).failure is None


async def test_a_host_that_gives_no_answer_shares_its_failure(robots: Robots, steps: Steps) -> None:
    asked = Asked(RobotsText(None, "", Failure.TIMEOUT, "no answer came"))
    for _ in range(3):
        assert await robots.ruling(ORIGIN, URL, asked) == Ruling(Failure.TIMEOUT, "no answer came")
    assert asked.count == 1
    steps.moment += timedelta(minutes=11)
    await robots.ruling(ORIGIN, URL, asked)
    assert asked.count == 2


async def test_it_is_asked_for_once_a_day_by_everyone(robots: Robots, tmp_path: Path, steps: Steps) -> None:
    asked = Asked(RobotsText(200, "User-agent: *\nDisallow: /admin/"))
    await asyncio.gather(*(robots.ruling(ORIGIN, f"{URL}?{n}", asked) for n in range(10)))
    other = Robots(tmp_path / "robots", steps.clock, "Atalaya", 30.0)
    await other.ruling(ORIGIN, URL, asked)
    assert asked.count == 1
    steps.moment += timedelta(hours=25)
    await other.ruling(ORIGIN, URL, asked)
    assert asked.count == 2


async def test_each_origin_has_its_own(robots: Robots) -> None:
    asked = Asked(RobotsText(200))
    for origin in ("https://a.example:443", "http://a.example:80", "https://a.example:8443"):
        await robots.ruling(origin, URL, asked)
    assert asked.count == 3


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 5", 5),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 3600", 30),
        ("User-agent: *\nRequest-rate: 1/10", 10),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: OtherBot\nCrawl-delay: 5", 0),
    ],
)
async def test_crawl_delays_are_read_up_to_the_cap(robots: Robots, text: str, delay: float) -> None:
    assert (await robots.ruling(ORIGIN, URL, Asked(RobotsText(200, text)))).delay == delay


async def test_a_damaged_copy_is_asked_for_again(robots: Robots, tmp_path: Path) -> None:
    asked = Asked(RobotsText(200))
    await robots.ruling(ORIGIN, URL, asked)
    (path,) = (tmp_path / "robots").glob("*.json")
    path.write_text("{")
    await robots.ruling(ORIGIN, URL, asked)
    assert asked.count == 2
