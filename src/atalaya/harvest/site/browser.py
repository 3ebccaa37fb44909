"""A browser without a window that shows pages which are empty until their scripts run.

It is driven over the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/) through two pipes, so that it ends
with this process, and has no line of its own: no name resolves in it, and every request that a page makes is handed out here,
asked by whoever crawls, through the gate, and handed back. Pictures, fonts and media are refused, and so is everything but GET:
a crawl only reads.
"""

import asyncio
import base64
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MOST_REQUESTS: Final = 60
"""Requests that one page may make: more belong to no page that a person waits for."""
SECONDS: Final = 90.0
"""Longest that one page is waited for, the waiting of the gate included."""
QUIET: Final = 0.8
"""Seconds without a request under way after which a page that has loaded is taken as it stands."""
STARTING: Final = 30.0
LONGEST_MESSAGE: Final = 64 << 20
LONGEST: Final = 4_000_000
"""Characters of markup that are taken of a page."""
_WANTED = frozenset({"Document", "Script", "XHR", "Fetch", "Stylesheet", "Other"})
_PLACE = (
    "import fcntl, os, sys\n"
    "ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]\n"
    "os.dup2(ends[0], 3), os.dup2(ends[1], 4)\n"
    "os.execv(sys.argv[3], sys.argv[3:])\n"
)
"""Puts the pipes where the browser expects them, commands at descriptor 3 and answers at 4, and becomes the browser."""
_OPTIONS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
    "--mute-audio", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
    "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-default-apps", "--no-pings", "--metrics-recording-only",
    "--password-store=basic", "--use-mock-keychain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What was answered to one request of a page: status, media type, bytes."""

    status: int
    media_type: str
    body: bytes


Get = Callable[[str], Awaitable[Part | None]]
"""Asks for one address that a page wants, politely; None where it is not given."""


def find_browser(setting: str) -> str | None:
    """The program that a setting names: `off` is none, `auto` the first that is found, else a path or a name."""
    if setting == "off":
        return None
    names: Iterable[str] = NAMES if setting == "auto" else (setting,)
    return next((found for name in names if (found := shutil.which(name)) is not None), None)


class _Gone(Exception):
    """Raised inside this module where the browser cannot be started, refuses a command or is gone: the page is not rendered."""


class Browser:
    """One browser, started at its first page; use it as an async context manager."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._wire: _Wire | None = None
        self._starting = asyncio.Lock()
        self._turns = asyncio.Semaphore(2)

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stop()

    async def markup(self, url: str, get: Get) -> str | None:
        """The markup of a page once its scripts have run; None where it cannot be shown."""
        async with self._turns:
            try:
                wire = await self._wired()
                return await asyncio.wait_for(_Shown(wire, get).markup(url), SECONDS)
            except (_Gone, OSError, TimeoutError):
                if self._wire is None or self._wire.lost:
                    await self._stop()
                return None

    async def _wired(self) -> "_Wire":
        async with self._starting:
            if self._wire is None:
                self._wire = await asyncio.wait_for(self._start(), STARTING)
            return self._wire

    async def _start(self) -> "_Wire":
        self._folder = tempfile.TemporaryDirectory(prefix="atalaya-browser-", ignore_cleanup_errors=True)
        options = [*_OPTIONS, f"--user-data-dir={self._folder.name}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # as root it starts no other way
        heard, answering = os.pipe()
        commanded, commanding = os.pipe()
        nowhere = asyncio.subprocess.DEVNULL
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", "-c", _PLACE, str(commanded), str(answering), self._program, *options, "about:blank",
                stdin=nowhere, stdout=nowhere, stderr=nowhere, pass_fds=(commanded, answering),
                env=_environment(Path(self._folder.name)),
            )  # fmt: skip
        finally:
            os.close(commanded)
            os.close(answering)
        wire = _Wire()
        await wire.open(heard, commanding)
        await wire.send("Browser.getVersion")
        return wire

    async def _stop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _environment(folder: Path) -> dict[str, str]:
    """What the browser sees of our variables: nothing but where programs and libraries are."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder)}


class _Wire:
    """The line to a browser: commands with their answers, and events by session. Messages of JSON end with a zero byte."""

    def __init__(self) -> None:
        self._number = 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.heard: dict[str, Callable[[str, dict[str, Any]], None]] = {}
        self.lost = False
        self._reader = asyncio.StreamReader(limit=LONGEST_MESSAGE)
        self._transports: list[asyncio.BaseTransport] = []
        self._reading: asyncio.Task[None] | None = None

    async def open(self, heard: int, commanding: int) -> None:
        """Begin, with the ends of the pipes that are ours."""
        loop = asyncio.get_running_loop()
        protocol = asyncio.StreamReaderProtocol(self._reader)
        coming, _ = await loop.connect_read_pipe(lambda: protocol, os.fdopen(heard, "rb", 0))
        self._going, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(commanding, "wb", 0))
        self._transports = [coming, self._going]
        self._reading = asyncio.create_task(self._read())

    async def send(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Send a command and wait for its answer. Raises _Gone where it is refused or the browser is gone."""
        if self.lost:
            raise _Gone("the browser is gone")
        self._number += 1
        number = self._number
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        self._going.write(json.dumps(message).encode() + b"\0")
        found: dict[str, Any] = await answer
        return found

    async def _read(self) -> None:
        try:
            while True:
                self._take(json.loads((await self._reader.readuntil(b"\0"))[:-1]))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, ValueError):
            self.lost = True
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(_Gone("the browser is gone"))

    def _take(self, said: dict[str, Any]) -> None:
        answer = self._waiting.pop(said.get("id", 0), None)
        if answer is None:
            if "method" in said and said.get("sessionId") in self.heard:
                self.heard[said["sessionId"]](said["method"], said.get("params", {}))
        elif not answer.done():
            if "error" in said:
                answer.set_exception(_Gone(str(said["error"].get("message"))))
            else:
                answer.set_result(said.get("result", {}))

    def close(self) -> None:
        """Close the line."""
        self.lost = True
        if self._reading is not None:
            self._reading.cancel()
        for transport in self._transports:
            transport.close()


@dataclass
class _Shown:
    """One page while it is shown."""

    wire: _Wire
    get: Get
    loaded: bool = False
    made: int = 0
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    last: float = 0.0

    async def markup(self, url: str) -> str | None:
        """Open the page in a context of its own, wait until it is quiet, and take what it shows."""
        context = (await self.wire.send("Target.createBrowserContext"))["browserContextId"]
        try:
            target = (await self.wire.send("Target.createTarget", url="about:blank", browserContextId=context))[
                "targetId"
            ]
            session = (await self.wire.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
            self.wire.heard[session] = lambda method, said: self._heard(session, method, said)
            try:
                return await self._taken(session, url)
            finally:
                del self.wire.heard[session]
                for task in self.under_way:
                    task.cancel()
        finally:
            await self.wire.send("Target.disposeBrowserContext", browserContextId=context)

    async def _taken(self, session: str, url: str) -> str | None:
        await self.wire.send("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
        await self.wire.send("Page.enable", session)
        loop = asyncio.get_running_loop()
        self.last = loop.time()
        navigated = await self.wire.send("Page.navigate", session, url=url)
        if navigated.get("errorText"):
            return None
        while not self.loaded or self.under_way or loop.time() - self.last < QUIET:
            await asyncio.sleep(0.05)
        script = f"document.documentElement.outerHTML.slice(0, {LONGEST})"
        shown = await self.wire.send("Runtime.evaluate", session, expression=script, returnByValue=True)
        value = shown.get("result", {}).get("value")
        return value if isinstance(value, str) else None

    def _heard(self, session: str, method: str, said: dict[str, Any]) -> None:
        self.last = asyncio.get_running_loop().time()
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Page.javascriptDialogOpening":
            self._begin(self._dismiss(session))
        elif method == "Fetch.requestPaused":
            self._begin(self._answer(session, said))

    def _begin(self, work: "Any") -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self.under_way.discard(task)
        self.last = asyncio.get_running_loop().time()
        if not task.cancelled():
            task.exception()

    async def _dismiss(self, session: str) -> None:
        await self.wire.send("Page.handleJavaScriptDialog", session, accept=False)

    async def _answer(self, session: str, said: dict[str, Any]) -> None:
        """Answer a request that a page makes."""
        request = said["request"]
        self.made += 1
        wanted = request["method"] == "GET" and said.get("resourceType") in _WANTED and self.made <= MOST_REQUESTS
        part = await self.get(request["url"]) if wanted and request["url"].startswith("http") else None
        if part is None:
            await self.wire.send(
                "Fetch.failRequest", session, requestId=said["requestId"], errorReason="BlockedByClient"
            )
            return
        headers = [
            {"name": "Content-Type", "value": part.media_type},
            {"name": "Access-Control-Allow-Origin", "value": "*"},
        ]
        await self.wire.send(
            "Fetch.fulfillRequest",
            session,
            requestId=said["requestId"],
            responseCode=part.status,
            responseHeaders=headers,
            body=base64.b64encode(part.body).decode(),
        )
