"""Asks one query by a process of its own: at most `SLOTS` at once over all processes of the portal, each with bounded time."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.portal.api.sparql.grammar import LONGEST, forbidden
from atalaya.portal.api.sparql.worker import BYTES, SECONDS

SLOTS = 2
WAIT = 0.5
"""Seconds that a query waits for others to be answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `kind` is rows, graph or boolean; `cut` tells that there is more than was given."""

    kind: str
    body: bytes
    cut: bool


class Refused(Exception):
    """No answer: the status of HTTP that says so, and why."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def ask(graph: Path, query: str, form: str) -> Answer:
    """Answer a query in a form that suits it: json, xml, csv or tsv for rows, ttl, nt, rdf or jsonld for graphs.

    Raises Refused: the query is too long, wrong or may not be asked; its answer takes too long or is too long; too many ask.
    """
    if len(query) > LONGEST:
        raise Refused(413, f"the query has {len(query)} characters; at most {LONGEST} are read")
    if "\0" in query or (not query.isprintable() and any(0xD800 <= ord(c) < 0xE000 for c in query)):
        raise Refused(400, "the query holds characters that no text holds")
    word = forbidden(query)
    if word:
        raise Refused(400, f"{word} is not answered here: other sites are not asked and nothing is written")
    with _slot(graph.parent.parent), tempfile.TemporaryDirectory(prefix="atalaya-sparql-") as folder:
        return _answered(graph, query, form, Path(folder) / "answer")


@contextlib.contextmanager
def _slot(folder: Path) -> Iterator[None]:
    until = time.monotonic() + WAIT
    while True:
        for number in range(SLOTS):
            with (folder / f"slot-{number}").open("ab") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        if time.monotonic() > until:
            raise Refused(503, f"{SLOTS} queries are being answered; ask again in some seconds")
        time.sleep(0.05)


def _answered(graph: Path, query: str, form: str, out: Path) -> Answer:
    command = [sys.executable, "-m", "atalaya.portal.api.sparql.worker", str(graph), form, str(out)]
    quiet = {"ATALAYA_DATABASE_URL": "", "ATALAYA_SECRET": ""}
    with subprocess.Popen(  # noqa: S603 - our own program; the query is not among its arguments
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, env={**os.environ, **quiet},
    ) as process:  # fmt: skip
        try:
            said, _ = process.communicate(query.encode("utf-8", "replace"), SECONDS)
        except subprocess.TimeoutExpired:
            raise Refused(503, f"the query took more than {SECONDS} seconds; ask for less") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    try:
        word, text = json.loads(said)
    except ValueError:
        raise Refused(503, "the query took more memory or time than one may; ask for less") from None
    if word == "wrong":
        raise Refused(400, f"the query cannot be read or computed: {text}")
    if word == "long":
        raise Refused(413, f"the answer has more than {BYTES} bytes; ask for less")
    return Answer(text, out.read_bytes(), word == "cut")
