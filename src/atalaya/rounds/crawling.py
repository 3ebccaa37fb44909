"""The crawl stage: one unit a web site. Its pages are read, its documents archived, and what it links to elsewhere probed.

A site is asked one address at a time, several sites side by side. What came of each goes to a diary at once, and every few
addresses to a piece of the crawl, beside the notes from which it goes on: after the process dies only the address that was being
asked is asked again, after the machine dies those since the last piece. When the site is done its pieces become its part.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.fetch.gate import Policy, limits_of
from atalaya.fetch.robots import RobotsText
from atalaya.harvest import values
from atalaya.harvest.site.addresses import Link, link_of, looks_like
from atalaya.harvest.site.browser import Browser, Part
from atalaya.harvest.site.crawl import Crawl
from atalaya.harvest.site.frontier import DOCUMENT, PAGE, PROBE, Target
from atalaya.harvest.site.visits import Visited, look, of_note
from atalaya.rounds.allowances import Allowance
from atalaya.rounds.browsing import browsing
from atalaya.rounds.context import Round
from atalaya.rounds.harvesting import attempt_rows
from atalaya.rounds.rows import validator_row
from atalaya.rounds.site_sources import site_of, site_sources
from atalaya.store.diaries import Diary
from atalaya.store.tables import Row

STAGE = "crawl"

PIECES = "crawling"
"""Where pieces of crawls lie that are not over; no stage of a round, so that nothing of them is sealed twice."""

PIECE: Final = 20
"""Addresses after which a piece is written: at most so many are asked again after the machine dies."""

PROBED: Final = 1024
"""Bytes that are read of a document elsewhere: enough to see that it is there."""

PARTS: Final = 16 << 20
"""Bytes of scripts and data that are remembered for the pages of one site: they ask for the same ones again and again."""

READ: Final = 8 << 20
"""Bytes of a body that may be a page."""

ATTEMPTS: Final = 2

Rows = list[tuple[str, Row]]


@dataclass
class _Piece:
    """What was done since the last piece, and the diary of it."""

    number: int
    diary: Diary
    rows: Rows = field(default_factory=list)
    visits: list[Visited] = field(default_factory=list)


async def crawl(round_: Round) -> None:
    """Read every site that has no part yet."""
    sources = site_sources(round_)
    waiting = [source for source in sources if not round_.ledger.done(STAGE, source.id)]
    done = len(sources) - len(waiting)
    finishing = asyncio.Semaphore(4)
    if not sources:
        return

    async def run(turns: Iterator[Source], browser: Browser | None) -> None:
        nonlocal done
        for source in turns:
            await _SiteCrawl(round_, source, browser, finishing).run()
            done += 1
            round_.progress(STAGE, done, len(sources))

    round_.progress(STAGE, done, len(sources))
    turns = iter(waiting)
    async with browsing(round_.settings) as browser, asyncio.TaskGroup() as group:
        for _ in range(min(round_.settings.sites_at_once, len(waiting))):
            group.create_task(run(turns, browser))


class _SiteCrawl:
    """One site on its way to its part."""

    def __init__(self, round_: Round, source: Source, browser: Browser | None, finishing: asyncio.Semaphore) -> None:
        self._round, self._source, self._browser, self._finishing = round_, source, browser, finishing
        self._parts: dict[str, Part] = {}
        self._crawl = Crawl(site_of(round_, source))
        self._allowance = Allowance.of(round_.settings, round_.client.now())
        self._answers: list[Answer] = []
        self._piece = self._new_piece(0)

    async def run(self) -> None:
        """Read what is left of the site."""
        self._go_on()
        while (target := self._crawl.next()) is not None:
            visited = await look(target, self._ask, self._show)
            self._remember(visited, self._crawl.take(target, visited))
            if len(self._piece.visits) >= PIECE:
                await self._write_piece()
        await self._write_piece()
        async with self._finishing:
            await asyncio.to_thread(self._finish)

    def _go_on(self) -> None:
        """Take again what pieces and diary say, without asking. What other rules than ours wrote is asked anew."""
        if not (self._take_pieces() and self._take_diary()):
            self._forget_from(0)
            self._piece.diary.close(remove=True)
            self._crawl = Crawl(site_of(self._round, self._source))
            self._piece = self._new_piece(0)

    def _take_pieces(self) -> bool:
        """Take again every piece that stands with its notes; False where they are about other addresses than would be asked."""
        ledger = self._round.ledger
        while ledger.done(PIECES, unit := self._unit(self._piece.number)):
            notes = ledger.notes(PIECES, unit)
            if notes is None:
                self._forget_from(self._piece.number)
                break
            if not all(self._take(of_note(note)) for note in notes):
                return False
            self._piece.diary.close(remove=True)
            self._piece = self._new_piece(self._piece.number + 1)
        return True

    def _take_diary(self) -> bool:
        """Take again what was done after the last piece; False where it is about other addresses."""
        for entry in self._piece.diary.entries():
            note, rows = entry.value
            visited = of_note(note)
            if not self._take(visited):
                return False
            for body in entry.bodies:
                self._round.client.keep_again(body)
            self._piece.rows += ((table, row) for table, row in rows)
            self._piece.visits.append(visited)
        return True

    def _take(self, visited: Visited) -> bool:
        target = self._crawl.next()
        if target is None or target.link.url != visited.url:
            return False
        self._crawl.take(target, visited)
        return True

    def _new_piece(self, number: int) -> _Piece:
        return _Piece(number, self._round.ledger.diary(PIECES, self._unit(number)))

    def _remember(self, visited: Visited, rows: Rows) -> None:
        """Add what came of an address to the piece, and to its diary, with the bodies that are on no disk yet."""
        answers, self._answers = self._answers, []
        purpose = f"site {self._source.id}"
        for answer in answers:
            rows.extend(("attempts", row) for row in attempt_rows(answer, purpose, "site", self._round.as_of))
            validator = validator_row(answer.requested_url, purpose, answer)
            if validator is not None:
                rows.append(("validators", validator))
        hashes = dict.fromkeys(answer.blob.sha256 for answer in answers if answer.blob is not None)
        bodies = [body for each in hashes if (body := self._round.client.waiting(each)) is not None]
        self._piece.diary.add([visited, rows], bodies)
        self._piece.rows += rows
        self._piece.visits.append(visited)

    def _forget_from(self, number: int) -> None:
        """Remove pieces that cannot be gone on from."""
        while self._round.ledger.done(PIECES, self._unit(number)):
            self._round.ledger.forget(PIECES, self._unit(number))
            number += 1

    def _unit(self, number: int) -> str:
        return f"{self._source.id} {number:06d}"

    async def _write_piece(self) -> None:
        piece = self._piece
        if not piece.visits:
            return
        self._piece = self._new_piece(piece.number + 1)
        async with self._finishing:
            await asyncio.to_thread(self._keep, piece)

    def _keep(self, piece: _Piece) -> None:
        """Bring the bytes to the disk, then the notes, then the piece that refers to both, which makes the diary needless."""
        self._round.client.settle()
        unit = self._unit(piece.number)
        self._round.ledger.note(PIECES, unit, piece.visits)
        self._round.ledger.write(PIECES, unit, piece.rows)
        piece.diary.close(remove=True)

    def _finish(self) -> None:
        """Make the part of the unit out of its pieces, which then go."""
        self._round.ledger.write(STAGE, self._source.id, self._all_rows())
        self._forget_from(0)

    def _all_rows(self) -> Iterator[tuple[str, Row]]:
        ledger = self._round.ledger
        yield "sites", {**self._crawl.summary(), "institution_id": self._source.institution}
        for number in range(self._piece.number):
            yield from ledger.unit_rows(PIECES, self._unit(number))

    async def _fetch(self, url: str, policy: Policy) -> Answer:
        answer = await self._round.client.fetch(url, policy, later=True)
        self._answers.append(answer)
        self._allowance.count(answer)
        return answer

    async def _show(self, url: str) -> str | None:
        """The markup of a page after its scripts have run; None where no browser can show it."""
        return None if self._browser is None else await self._browser.markup(url, self._part)

    async def _part(self, url: str) -> Part | None:
        """What a page in the browser asks for, through the gate like every request; what it asks for again is remembered."""
        link = link_of(url, "")
        if link is None:
            return None
        if url not in self._parts:
            answer = await self._fetch(url, site_policy(self._round, self._source, link, PAGE))
            blob = answer.blob
            if (
                answer.failure is not None
                or answer.status is None
                or blob is None
                or blob.kept != "whole"
                or blob.size > READ
            ):
                return None
            body = await asyncio.to_thread(self._round.client.body, blob.sha256)
            if sum(len(part.body) for part in self._parts.values()) > PARTS:
                self._parts.clear()
            kind = answer.headers.get("content-type") or "application/octet-stream"
            self._parts[url] = Part(200 if answer.not_modified else answer.status, kind, body)
        return self._parts[url]

    async def _ask(self, target: Target) -> tuple[Answer, bytes | None]:
        spent = self._allowance.spent(target.link.url, self._round.client.now())
        if spent is not None:
            return spent, None
        known = self._round.client.robots_text(target.link.url) if target.link.path == "/robots.txt" else None
        if known is not None:
            return _read_before(target.link, known)
        answer = await self._fetch(target.link.url, site_policy(self._round, self._source, target.link, target.purpose))
        blob = answer.blob
        if blob is None or blob.kept != "whole" or blob.size > READ or not _may_be_page(target, answer):
            return answer, None
        return answer, self._round.client.body(blob.sha256)


def _read_before(link: Link, known: RobotsText) -> tuple[Answer, bytes]:
    """The answer for a robots.txt that the gate has read already."""
    headers = {"content-type": "text/plain"}
    answer = Answer(
        requested_url=link.url, final_url=link.url, status=known.status, headers=headers, failure=known.failure
    )
    return answer, known.text.encode()


def _may_be_page(target: Target, answer: Answer) -> bool:
    """Whether the bytes of an answer are looked at now; documents are inspected later, each once."""
    if target.purpose == PROBE:
        return False
    if target.purpose != DOCUMENT and looks_like(target.link) == "page":
        return True
    kind = (answer.headers.get("content-type") or "text/html").lower()
    return "html" in kind or "xml" in kind or target.purpose != DOCUMENT


def site_policy(round_: Round, source: Source, link: Link, purpose: str) -> Policy:
    """How an address is asked that a site leads to: obeying robots.txt, at the rate that is declared for its host."""
    host = values.host(link.url)
    usual = round_.settings.requests_per_second
    rate = round_.demands.get(host, (None, None))[0]
    if (
        rate is None
        and source.requests_per_second
        and host.removeprefix("www.") == values.host(source.url).removeprefix("www.")
    ):
        rate = source.requests_per_second
    return replace(
        limits_of(round_.settings),
        requests_per_second=round_.pack.rates.get(host, usual if rate is None else rate),
        connections=1,
        obey_robots=True,
        local=source.local,
        attempts=ATTEMPTS,
        body_limit=min(source.body_limit or round_.settings.body_limit, round_.settings.body_limit),
        cut=PROBED if purpose == PROBE else None,
    )


def site_rows(round_: Round, source_id: str, *tables: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one site that was read, of these tables."""
    yield from round_.ledger.unit_rows(STAGE, source_id, *tables)
