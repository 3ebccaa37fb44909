"""The portal is killed in the middle of what it does, again and again: is anything lost, shown by halves, or sent twice?

    python -m benchmarks.portal_deaths                      # 20 deaths
    python -m benchmarks.portal_deaths --deaths 3 --seed 7

A small invented country is served by `atalaya portal serve` with a worker beside it, over an embedded PostgreSQL, and asked on
loopback by people who signed in. Web, worker and database are killed with SIGKILL in turn, in the middle of a round, of the
publication of an edition, of an upload and of the publication of a version; letters are written all the while to a mail server
that counts them. The moment is drawn by a seed within the time that the operation takes undisturbed. What died is started again,
what nobody answered is asked again, and then it must hold: what was answered as done is there and whole, once; every page showed
either what stood before or what stands after; the tables of a round have the hashes of the same round run undisturbed; every
letter that was written left once or is held for a person, and none came twice. Ends with 1 where anything of that is broken.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from atalaya.cli.portal import publish
from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.fetch.loop import run
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import portal_on
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.many_workers import write_country
from benchmarks.portal_processes import DATABASE, PROCESSES, STALLED, Answer, Portal
from tests.portal.post.mail_server import MailServer

RESOURCES = 90
WATCHED = 10
"""Pages that are looked at around each death."""
PATIENCE = 150.0
"""Seconds in which an operation ends after a death, on a busy machine."""
WRITTEN_EVERY, HANDED_IN = 0.2, 0.03
"""Seconds between two letters that are written, and that the mail server takes for one."""


@dataclass(slots=True)
class Death:
    """One death and what came of it. `middle`: the operation had not ended when it came."""

    process: str
    operation: str
    moment: float
    whole: bool
    middle: bool = False
    answered: bool = False
    again: bool = False
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


class Letters:
    """Writes a letter every moment while its context lasts; `keys` are those whose writing was committed."""

    numbers = count(1)

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Letters":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _write(self) -> None:
        services, django = import_module("atalaya.portal.post.services"), import_module("django.db")
        while not self._ended.wait(WRITTEN_EVERY):
            number = next(self.numbers)
            values = {"number": f"N{number}", "link": f"/reportar/N{number}/"}
            key = f"death:{number}"
            try:
                services.send("report_answered", f"persona{number}@inventada.example", values, key=key)
            except django.DatabaseError:
                django.connection.close()  # it died: whether the letter was written is asked at the end
                continue
            self._keys.append(key)
        django.connections.close_all()


def deaths(folder: Path, number: int, seed: int, out: Console) -> tuple[list[Death], list[str]]:
    """Let the portal die so many times; gives the deaths, and what was wrong at the end."""
    home, keys = folder / "home", list[str]()
    pack, address = _begun(folder, home)
    with MailServer() as mail, ExitStack() as replays, portal_on(address, home):
        mail.at = lambda moment: time.sleep(HANDED_IN) if moment == "whole" else None
        portal = Portal(home, mail.server_address[1], folder / "log")
        operations: Any = import_module("benchmarks.portal_operations")
        try:
            portal.start()
            world = operations.World(portal, folder, RESOURCES, replays)
            operations.people(world, pack)
            pages = portal.links(WATCHED, operations.LEFT_OUT.pattern)
            told = list(_series(world, operations, pages, number, random.Random(seed), keys, out))
            wrong = list(_at_the_end(portal, operations, pages, pack, mail, keys, out))
        finally:
            left = portal.end()
    if left:
        out.print(f"{len(left)} processes were left behind and are killed")
    return told, wrong


def _begun(folder: Path, home: Path) -> tuple[Path, str]:
    """A first edition of the country on a portal's database; gives the pack and the address of the database."""
    pack, replay = write_country(folder, RESOURCES, 8, 40.0)
    resolve = folder / "first.json"
    clock = fixed_clock(system_clock().now().replace(microsecond=0, year=2025))
    with serving(replay) as served:
        write_resolve(served, resolve)
        plan = Plan(settings=read_settings(os.environ, home), clock=clock, pacing=system_clock(), resolve=resolve)
        first = run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(clock.now()), as_of_stated=True)))
    with serving_database(home, "") as address:
        publish(address, home, [first], read_pack(pack))
    return pack, address


def _series(
    world: Any, operations: Any, pages: Sequence[str], number: int, chance: random.Random, keys: list[str], out: Console
) -> Iterator[Death]:
    """Each operation once undisturbed, which tells how long it takes, and then the deaths."""
    usual: dict[str, float] = {}
    for make in operations.OPERATIONS:
        operation = make(world)
        started = time.monotonic()
        answer = operation.ask()
        ended = operations.wait_until(operation.ended, PATIENCE)
        took = time.monotonic() - started
        if not ended or (faults := list(operation.faults())):
            raise SystemExit(
                f"undisturbed, the {operation.name} does not work ({answer.status}): {faults if ended else 'no end'}"
            )
        usual[operation.name] = took
    out.print("undisturbed: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in usual.items()))
    for turn in range(number):
        operation = operations.OPERATIONS[turn % len(operations.OPERATIONS)](world)
        moment = chance.uniform(0.02, 0.95) * usual[operation.name]
        death = Death(PROCESSES[turn % len(PROCESSES)], operation.name, moment, whole=chance.random() < 0.5)
        started = time.monotonic()
        _die(world, operations, operation, death, pages, keys)
        death.seconds = time.monotonic() - started
        out.print(f"{turn + 1}: {death.operation}, {death.process}: {'; '.join(death.faults) or 'whole'}")
        if not death.middle:  # it is quicker now than it was undisturbed, as on a machine that others use
            usual[operation.name] = min(usual[operation.name], death.moment)
        yield death


def _die(world: Any, operations: Any, operation: Any, death: Death, pages: Sequence[str], keys: list[str]) -> None:
    """One death in the middle of an operation, the start after it, and what is then looked at."""
    portal: Portal = world.portal
    watched = operation.watched(pages)
    before, answers = portal.look(watched), list[Answer]()
    with Letters(keys):
        asked = threading.Thread(target=lambda: answers.append(operation.ask()))
        asked.start()
        started = time.monotonic()
        while (left := started + death.moment - time.monotonic()) > 0 and not (operation.lasts and operation.ended()):
            time.sleep(min(left, 0.1) if operation.lasts else left)
        death.moment = time.monotonic() - started
        portal.kill(death.process, whole=death.whole)
        asked.join()
    _restarted(portal, death)
    death.answered = answers[0].status == 302
    death.middle = not operation.ended()
    seen = [portal.look(watched)]
    if death.answered and not operation.begun():
        death.faults.append("it was answered as done, and is not there")
    if not operation.begun():
        death.again = operation.ask().status == 302
    until = time.monotonic() + PATIENCE
    while not operation.ended() and time.monotonic() < until:
        seen.append(portal.look(watched))
        time.sleep(0.3)
    if not operation.ended():
        death.faults.append(f"it did not end in {PATIENCE:g} s")
    after = portal.look(watched)
    death.faults += [*operations.half_shown(before, after, seen, operation), *operation.faults()]
    death.faults += operations.lasting_faults(world)


def _restarted(portal: Portal, death: Death) -> None:
    """Start what died; with the embedded database all that stood on it."""
    import_module("django.db").connections.close_all()
    if death.process == DATABASE:
        portal.stop()
    portal.start()


def _at_the_end(
    portal: Portal, operations: Any, pages: Sequence[str], pack: Path, mail: MailServer, keys: list[str], out: Console
) -> Iterator[str]:
    """What must hold of all letters, and that a load without any death shows the same pages."""
    yield from _letters(operations, mail, keys, out)
    before = portal.look(pages)
    if status := portal.run("portal", "load", "--country", str(pack), "--no-dumps"):
        yield f"an undisturbed load ended with {status}"
    yield from (
        f"{path} is other after an undisturbed load"
        for path, mark in portal.look(pages).items()
        if mark != before[path]
    )


def _letters(operations: Any, mail: MailServer, keys: list[str], out: Console) -> Iterator[str]:
    """Every letter left once or is held. The lease of those whose sender died is not waited for: their claims are aged."""
    letters: Any = import_module("atalaya.portal.post.models").Letter
    sending: Any = import_module("atalaya.portal.post.sending")
    open_ones = letters.objects.filter(state__in=("waiting", "claimed", "handing"))
    jobs: Any = import_module("atalaya.portal.jobs.services")
    time.sleep(STALLED)
    aged = import_module("django.utils.timezone").now() - 2 * sending.LEASE
    letters.objects.filter(state__in=("claimed", "handing")).update(claimed=aged)
    jobs.enqueue("post.send", key="due")
    if not operations.wait_until(lambda: not open_ones.exists(), PATIENCE):
        yield f"{open_ones.count()} letters are neither sent nor held"
    states = dict(letters.objects.values_list("key", "state"))
    lost = [key for key in keys if states.get(key) not in ("sent", "held")]
    if lost:
        yield f"{len(lost)} letters that were written are lost: {', '.join(lost[:5])}"
    twice = [name for name, times in mail.taken.items() if times > 1]
    if twice:
        yield f"{len(twice)} letters came twice"
    sent = sum(state == "sent" for state in states.values())
    if sum(mail.taken.values()) < sent:
        yield f"{sent} letters count as sent, and {sum(mail.taken.values())} came"
    held = len(states) - sent
    out.print(
        f"letters: {len(states)} written, {len(mail.taken)} came, {held} held for a person, {len(twice)} came twice"
    )


def report(told: Sequence[Death], out: Console) -> None:
    """Tell every death in a table."""
    table = Table("#", "operation", "killed", "how", "after", "middle", "answered", "asked again", "took", "found")
    for number, each in enumerate(told, start=1):
        yes = ["yes" if said else "" for said in (each.middle, each.answered, each.again)]
        how = "" if each.process == DATABASE else ("with children" if each.whole else "alone")
        found = "; ".join(each.faults) or "whole"
        table.add_row(
            str(number), each.operation, each.process, how, f"{each.moment:.2f} s", *yes, f"{each.seconds:.0f} s", found
        )
    out.print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--deaths", type=int, default=20)
    reader.add_argument("--seed", type=int, default=1)
    given = reader.parse_args(arguments)
    out, started = Console(width=150), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="deaths-", ignore_cleanup_errors=True) as name:
        told, wrong = deaths(Path(name), given.deaths, given.seed, out)
    report(told, out)
    for each in wrong:
        out.print(f"wrong at the end: {each}")
    broken = sum(bool(each.faults) for each in told)
    middle = sum(each.middle for each in told)
    out.print(
        f"{len(told)} deaths, {middle} in the middle, {broken} with a fault, in {time.monotonic() - started:.0f} s"
    )
    return 1 if broken or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
