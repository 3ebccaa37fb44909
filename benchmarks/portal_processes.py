"""A portal as three things that can die: the web (`atalaya portal serve`), a worker, and the embedded database."""

import hashlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from atalaya.portal.serving import free_port
from benchmarks.process_tree import descendants

WEB, WORKER, DATABASE = PROCESSES = ("web", "worker", "database")
STALLED = 5
"""Seconds of silence after which a worker counts as dead here."""
UP, DOWN = 180.0, 40.0
"""Seconds in which a process is up, and has ended once it is told to, on a busy machine."""
FORM = "f" * 32
"""The mark of forms: what a browser sends twice, in a cookie and with the form."""
_BOUNDARY = "----one-file-of-a-form"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answered: `status` 0 where it died before it did."""

    status: int = 0
    body: bytes = b""
    place: str = ""

    @property
    def mark(self) -> str:
        """Status and hash of the body: two equal answers have the same."""
        return f"{self.status} {hashlib.sha256(self.body).hexdigest()[:16]}"


@dataclass(slots=True)
class Portal:
    """A portal over a home folder, its letters going to a server on a port of loopback."""

    home: Path
    mail: int
    log: Path
    port: int = field(default_factory=lambda: free_port("127.0.0.1"))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Start what does not run, and wait until it is up."""
        commands = {
            WEB: ("portal", "serve", "--port", str(self.port), "--no-worker"),
            WORKER: ("worker", "--stalled", str(STALLED), "--no-cron"),
        }
        for name, words in commands.items():
            if name not in self.running:
                command = [sys.executable, "-m", "atalaya", *words, "--home", str(self.home)]
                with self.log.open("ab") as log:
                    self.running[name] = subprocess.Popen(
                        command, env=self._environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL
                    )
        until = time.monotonic() + UP
        while self.ask("/salud").status != http.client.OK:
            self._refuse_ended(until)
            time.sleep(0.1)
        self._know()

    def kill(self, name: str, *, whole: bool) -> None:
        """Kill a process with SIGKILL, with its children or alone; what was left of it goes before it is started again."""
        self._know()
        if name == DATABASE:
            os.kill(self.postmaster(), signal.SIGKILL)
            return
        process = self.running.pop(name)
        children = descendants(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for each in children if whole else ():
            _kill(each)
        if name == WEB:  # whoever starts it again frees its port, as any service manager does
            for each in children:
                _kill(each)

    def stop(self) -> None:
        """End web and worker as they are ended in order; kill what does not end in time."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(DOWN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def end(self) -> list[int]:
        """Stop everything; gives the processes that were left behind, which are killed."""
        self._know()
        self.stop()
        until = time.monotonic() + DOWN
        while (left := sorted(pid for pid in self.known if self._ours(pid))) and time.monotonic() < until:
            time.sleep(0.2)
        for pid in left:
            _kill(pid)
        return left

    def postmaster(self) -> int:
        """The process of the database."""
        return int((self.home / "database" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def ask(
        self, path: str, session: str = "", form: Sequence[tuple[str, str]] = (), file: tuple[str, bytes] | None = None
    ) -> Answer:
        """Ask for a page, or send a form of it, with a file where one is given; one request on a connection of its own."""
        headers = {"Cookie": f"atalaya={session}; atalaya-form={FORM}", "Connection": "close"}
        body = None
        if form or file:
            body, headers["Content-Type"] = _body([*form, ("csrfmiddlewaretoken", FORM)], file)
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asked.request("POST" if body is not None else "GET", path, body, headers)
            found = asked.getresponse()
            return Answer(found.status, found.read(), urlsplit(found.headers.get("Location", "")).path)
        except (OSError, http.client.HTTPException):
            return Answer()
        finally:
            asked.close()

    def look(self, paths: Sequence[str]) -> dict[str, str]:
        """The marks of pages as anybody reads them."""
        return {path: self.ask(path).mark for path in paths}

    def links(self, most: int, left_out: str) -> list[str]:
        """Addresses of pages that the first one leads to, those left out that match a pattern."""
        waiting, seen = ["/"], ["/"]
        while waiting and len(seen) < most:
            for link in re.findall(rb'href="(/[^"#?]*)"', self.ask(waiting.pop(0)).body):
                path = link.decode()
                if path not in seen and not re.search(left_out, path) and len(seen) < most:
                    seen.append(path)
                    waiting.append(path)
        return seen

    def run(self, *words: str) -> int:
        """Run a command of Atalaya over the home folder; gives its status."""
        command = [sys.executable, "-m", "atalaya", *words, "--home", str(self.home)]
        with self.log.open("ab") as log:
            return subprocess.run(command, env=self._environment(), stdout=log, stderr=log, check=False).returncode

    def _environment(self) -> Mapping[str, str]:
        own = {"ATALAYA_MAIL": f"smtp://127.0.0.1:{self.mail}", "ATALAYA_CLIENT_RATE": "1e6", "ATALAYA_BROWSER": "off"}
        return {**os.environ, **own}

    def _know(self) -> None:
        """Remember what runs, so that nothing outlives this."""
        for process in self.running.values():
            self.known |= {process.pid, *descendants(process.pid)}
        with suppress(OSError, ValueError, IndexError):
            self.known.add(self.postmaster())

    def _ours(self, pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        return str(self.home).encode() in words or b"atalaya" in words

    def _refuse_ended(self, until: float) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                raise SystemExit(f"the {name} ended with {process.returncode}; {self.log} says why")
        if time.monotonic() > until:
            raise SystemExit(f"the portal did not come up in {UP:g} s; {self.log} says why")


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _body(form: Sequence[tuple[str, str]], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    name, content = file
    parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in form]
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    return (
        "".join(parts).encode() + head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode(),
        f"multipart/form-data; boundary={_BOUNDARY}",
    )
