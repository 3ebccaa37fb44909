"""The client: asks one published address and gives an `Answer`, whatever the publisher or the net does.

Every address, and every address that it redirects to, is mended or refused (`urls`), judged (`guard`), ruled on by
robots.txt (`robots`) and let through in its turn (`gate`). Only GET is used: of HEAD the field's link checkers report false
deaths (405, 403, 500 or silence where GET answers) and false lives (200 where GET says 404).
A refused certificate is recorded, and the answer then read without verification: as evidence, never as good.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Final, Self

import aiohttp

from atalaya.clock import Clock
from atalaya.fetch.answers import Answer, Attempt, Failure, Validator
from atalaya.fetch.bodies import Body, receive
from atalaya.fetch.certificates import TLSFault, examine
from atalaya.fetch.errors import NETWORK, trouble_of
from atalaya.fetch.gate import Gate, Policy, Turn
from atalaya.fetch.guard import Lookup, Refusal, system_lookup
from atalaya.fetch.resolve import ResolveMap
from atalaya.fetch.robots import SIZE as ROBOTS_SIZE
from atalaya.fetch.robots import RobotsText
from atalaya.fetch.transport import Place, Transport, read_headers
from atalaya.fetch.urls import Address, ForeignScheme, UnusableURL, join, parse
from atalaya.settings import Settings
from atalaya.store.archive import Archive
from atalaya.store.blobfile import Small

__all__ = ["Client", "Validator"]

REDIRECTS: Final = 10
"""Redirects followed from one address; browsers stop at 20, and no data needs more than a few."""

REDIRECT_STATUSES: Final = frozenset((301, 302, 303, 307, 308))
FINAL_STATUSES: Final = frozenset((501, 505, 506, 510, 511))
"""Statuses above 500 that asking again does not change (RFC 9110, RFC 6585)."""

_ONCE_AGAIN: Final = frozenset((Failure.CONNECTION, Failure.TIMEOUT, Failure.TRUNCATED))
"""Failures that cost a publisher much: asked for once more, not as often as the policy allows."""


@dataclass(slots=True)
class _Exchange:
    """What one request gave."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=Body)
    failure: Failure | None = None
    detail: str | None = None
    transient: bool = False
    certificate_code: int | None = None
    postponed: bool = False


@dataclass(slots=True)
class _Journey:
    """One address on its way to an answer: what is asked, how, and what happened so far."""

    url: str
    policy: Policy
    accept: str
    later: bool = False
    notes: list[str] = field(default_factory=list)
    redirects: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    tls: TLSFault | None = None
    first_host: str | None = None
    conditional: bool = False
    forgotten: bool = False

    def end(self, final_url: str, failure: Failure | None, detail: str | None, came: _Exchange | None = None) -> Answer:
        """The answer, with what came where anything did."""
        tls = self.tls.failure if self.tls is not None else None
        came = came or _Exchange()
        return Answer(
            requested_url=self.url,
            final_url=final_url,
            status=came.status,
            headers=came.headers,
            blob=came.body.blob,
            redirects=tuple(self.redirects),
            failure=failure,
            detail=detail,
            tls_failure=tls,
            attempts=tuple(self.attempts),
            notes=tuple(dict.fromkeys(self.notes)),
        )


class Client:
    """Asks addresses for one round. Use it as an async context manager.

    `clock` is the pacing clock; `resolve` says which origins are served elsewhere; `validators` (by requested address) are
    what an earlier round learned; `rates` are requests per second of hosts that redirects lead to; `lookup` asks DNS.
    """

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        gate: Gate,
        clock: Clock,
        resolve: ResolveMap | None = None,
        validators: Mapping[str, Validator] | None = None,
        *,
        rates: Mapping[str, float] | None = None,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._settings, self._archive, self._gate, self._clock = settings, archive, gate, clock
        self._validators = validators or {}
        self._rates = rates or {}
        self._transport = Transport(settings, resolve, lookup)
        self._running: dict[tuple[str, Policy, str, bool], asyncio.Task[Answer]] = {}
        self._certificates: dict[str, TLSFault] = {}

    async def __aenter__(self) -> Self:
        await self._transport.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._transport.close()

    def now(self) -> datetime:
        """The moment by the pacing clock."""
        return self._clock.now()

    async def fetch(self, url: str, policy: Policy, *, accept: str = "*/*", later: bool = False) -> Answer:
        """Ask for an address as published. Two callers that ask for the same at the same time share one request.

        With `later` a small body is durable only after `settle`, which must be called before anything refers to it.
        Raises StoreError when our own archive or gate cannot be used, and nothing for what a publisher or the net does.
        """
        key = (url, policy, accept, later)
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._travel(_Journey(url, policy, accept, later)))
            self._running[key] = task
            task.add_done_callback(lambda _done: self._running.pop(key, None))
        return await asyncio.shield(task)

    def known(self, url: str) -> Validator | None:
        """What an earlier round learned of an address."""
        return self._validators.get(url)

    def body(self, sha256: str) -> bytes:
        """The bytes of an answer of this client, whether they are durable yet or not. Raises StoreError where none came."""
        return self._archive.read(sha256)

    def robots_text(self, url: str) -> RobotsText | None:
        """The robots.txt that governs an address, where it was asked for already: it need not be asked for again."""
        try:
            return self._gate.robots.known(parse(url).origin)
        except UnusableURL:
            return None

    def waiting(self, sha256: str) -> bytes | None:
        """A body that was told and is on no disk yet; None where it is."""
        return self._archive.waiting(sha256)

    def keep_again(self, body: bytes) -> None:
        """Let a body wait again that was told before this process began."""
        self._archive.keep_small(Small(hashlib.sha256(body).hexdigest(), body), later=True)

    def settle(self) -> None:
        """Make every body that was told before this call durable; it waits for the disk, so call it in a thread."""
        self._archive.settle()

    async def _travel(self, journey: _Journey) -> Answer:
        """Follow an address to its answer through at most REDIRECTS redirects."""
        try:
            address = parse(journey.url)
        except UnusableURL as error:
            failure = Failure.SCHEME if isinstance(error, ForeignScheme) else Failure.URL
            return journey.end(journey.url, failure, str(error))
        journey.notes.extend(address.notes)
        seen = {address.url}
        while True:
            exchange = await self._hop(journey, address)
            if exchange.status == 304 and journey.conditional and self._validator(journey, address) is None:
                journey.forgotten = True
                continue
            location = exchange.headers.get("location") if exchange.status in REDIRECT_STATUSES else None
            if location is None or exchange.failure is not None:
                return self._answer(journey, address, exchange)
            try:
                address = join(address, location)
            except UnusableURL as error:
                return journey.end(address.url, Failure.REDIRECTS, str(error))
            journey.redirects.append(address.url)
            if address.url in seen:
                return journey.end(address.url, Failure.REDIRECTS, "the redirects lead in a circle")
            if len(journey.redirects) > REDIRECTS:
                return journey.end(address.url, Failure.REDIRECTS, f"more than {REDIRECTS} redirects follow each other")
            seen.add(address.url)

    def _answer(self, journey: _Journey, address: Address, exchange: _Exchange) -> Answer:
        """The answer that an exchange amounts to."""
        journey.notes.extend(exchange.body.notes)
        answer = journey.end(address.url, exchange.failure, exchange.detail, exchange)
        validator = self._validator(journey, address)
        if exchange.status != 304 or validator is None or exchange.failure is not None:
            return answer
        headers = {**validator.headers, **exchange.headers}
        return replace(answer, not_modified=True, headers=headers, blob=self._archive.blob(validator.sha256))

    def _validator(self, journey: _Journey, address: Address) -> Validator | None:
        """What is known of the answer at this address, where the archive still has its body."""
        known = None if journey.forgotten else self._validators.get(journey.url)
        if known is None or not (known.etag or known.last_modified) or not self._archive.has(known.sha256):
            return None
        if known.final_url is None:
            return None if journey.redirects else known
        return known if known.final_url == address.url else None

    async def _hop(self, journey: _Journey, address: Address) -> _Exchange:
        """Ask one address of the way, again where that may help."""
        place = await self._transport.place(address, journey.policy.local)
        tries = 1
        while isinstance(place, Refusal) and place.transient and tries < journey.policy.attempts:
            await self._clock.sleep(journey.policy.backoff * 2 ** (tries - 1))
            tries += 1
            place = await self._transport.place(address, journey.policy.local)
        if isinstance(place, Refusal):
            return _Exchange(failure=place.failure, detail=place.detail)
        delay = 0.0
        if journey.policy.obey_robots:
            ruling = await self._gate.robots.ruling(address.origin, address.url, self._robots(journey, address))
            if ruling.failure is not None:
                return _Exchange(failure=ruling.failure, detail=ruling.detail)
            delay = ruling.delay
        journey.first_host = journey.first_host or address.host
        return await self._repeat(journey, place, delay)

    async def _repeat(self, journey: _Journey, place: Place, delay: float) -> _Exchange:
        """Up to as many requests as the policy allows, with growing pauses; a refused certificate gives one more."""
        policy = self._policy_of(journey, place.address)
        origin = place.address.origin
        tries, last = 0, _Exchange()
        while True:
            exchange = await self._request(journey, place, policy, delay)
            if exchange.postponed and tries:
                return last
            if exchange.certificate_code is not None:
                if origin not in self._certificates:
                    self._certificates[origin] = await self._examine(place, exchange.certificate_code)
                continue
            tries, last = tries + 1, exchange
            limit = min(2, policy.attempts) if exchange.failure in _ONCE_AGAIN else policy.attempts
            if not exchange.transient or tries >= limit:
                return exchange
            await self._clock.sleep(policy.backoff * 2 ** (tries - 1))
            # A name may have moved; the guard judges the address again before it is connected to again.
            judged = await self._transport.place(place.address, policy.local)
            if isinstance(judged, Refusal):
                return _Exchange(failure=judged.failure, detail=judged.detail)
            place = judged

    def _policy_of(self, journey: _Journey, address: Address) -> Policy:
        """The policy, with a host's own rate where a redirect led to a host that the policy was not made for."""
        if address.host == journey.first_host:
            return journey.policy
        rate = self._rates.get(
            address.host, min(journey.policy.requests_per_second, self._settings.requests_per_second)
        )
        return replace(journey.policy, requests_per_second=rate)

    async def _request(self, journey: _Journey, place: Place, policy: Policy, delay: float) -> _Exchange:
        """One request in its turn, noted as an attempt."""
        async with self._gate.turn(place.address.host, place.key, policy, delay) as turn:
            if turn.postponed_until is not None:
                detail = f"the host asked to be left alone for longer than {policy.patience:g} seconds"
                return _Exchange(failure=Failure.POSTPONED, detail=detail, postponed=True)
            start = self._clock.now()
            exchange = await self._exchange(journey, place, policy)
            self._report(turn, exchange)
            journey.attempts.append(
                Attempt(
                    url=place.address.url,
                    number=len(journey.attempts) + 1,
                    status=exchange.status,
                    failure=exchange.failure.value if exchange.failure is not None else None,
                    seconds=(self._clock.now() - start).total_seconds(),
                    received_bytes=exchange.body.received,
                    address=place.endpoint[0],
                )
            )
        return exchange

    def _report(self, turn: Turn, exchange: _Exchange) -> None:
        if exchange.status is not None:
            self._gate.answered(turn, exchange.status, exchange.headers)
        elif exchange.certificate_code is None:
            self._gate.failed(turn)

    async def _exchange(self, journey: _Journey, place: Place, policy: Policy) -> _Exchange:
        """One request and its answer, read into the archive."""
        known = self._certificates.get(place.address.origin)
        journey.tls = journey.tls or known
        start = asyncio.get_running_loop().time()
        deadline = start + policy.total_seconds
        try:
            async with asyncio.timeout_at(min(deadline, start + policy.head_seconds)):
                response = await self._transport.get(
                    place, self._ask_headers(journey, place.address), verify=known is None
                )
        except aiohttp.ClientConnectorCertificateError as error:
            code = getattr(error.certificate_error, "verify_code", 0)
            return _Exchange(failure=Failure.TLS_OTHER, detail="the certificate is refused", certificate_code=code)
        except NETWORK as error:
            trouble = trouble_of(error)
            if trouble.failure is Failure.TLS_OTHER and journey.tls is None:
                journey.tls = TLSFault(trouble.failure, trouble.detail)
            return _Exchange(failure=trouble.failure, detail=trouble.detail, transient=trouble.transient)
        async with response:
            return await self._read(journey, response, policy, deadline)

    async def _read(
        self, journey: _Journey, response: aiohttp.ClientResponse, policy: Policy, deadline: float
    ) -> _Exchange:
        """Status, headers and body; redirects and 304 have none that is kept."""
        headers = read_headers(response.raw_headers)
        exchange = _Exchange(response.status, headers)
        if response.status == 304 or (response.status in REDIRECT_STATUSES and "location" in headers):
            return exchange
        exchange.body = await receive(response, headers, self._archive, policy, deadline, later=journey.later)
        exchange.failure, exchange.detail = exchange.body.failure, exchange.body.detail
        server_trouble = response.status >= 500 and response.status not in FINAL_STATUSES
        told_when = response.status == 429 and "retry-after" in headers
        exchange.transient = server_trouble or told_when or exchange.failure in _ONCE_AGAIN
        return exchange

    def _ask_headers(self, journey: _Journey, address: Address) -> dict[str, str]:
        headers = {"Accept": journey.accept}
        validator = self._validator(journey, address)
        journey.conditional = validator is not None
        if validator is not None and validator.etag:
            headers["If-None-Match"] = validator.etag
        if validator is not None and validator.last_modified:
            headers["If-Modified-Since"] = validator.last_modified
        return headers

    async def _examine(self, place: Place, code: int) -> TLSFault:
        host, port = place.endpoint
        return await examine(host, port, place.address.host, code, self._clock.now(), self._settings.timeout)

    def _robots(self, journey: _Journey, address: Address) -> Callable[[], Awaitable[RobotsText]]:
        """How to fetch the robots.txt of an address's origin; its attempts count with those of the address."""

        async def ask() -> RobotsText:
            policy = replace(journey.policy, obey_robots=False, body_limit=ROBOTS_SIZE, cut=ROBOTS_SIZE)
            inner = _Journey(f"{address.origin}/robots.txt", policy, "text/plain, */*;q=0.5")
            answer = await self._travel(inner)
            journey.attempts.extend(replace(a, number=len(journey.attempts) + a.number) for a in inner.attempts)
            if answer.status is None and answer.failure in (Failure.REDIRECTS, Failure.ADDRESS, Failure.URL):
                return RobotsText(404)  # RFC 9309 §2.3.1.2: redirects that lead nowhere mean that there is none
            if answer.status is None:
                return RobotsText(None, "", answer.failure, answer.detail)
            kept = answer.blob is not None and answer.blob.kept != "withdrawn"
            text = self._archive.read(answer.blob.sha256)[:ROBOTS_SIZE] if answer.blob is not None and kept else b""
            return RobotsText(answer.status, text.decode("utf-8-sig", "replace"))

        return ask
