"""A process that works for a round beside the one that started it (`crew`). Started as a module, never by people."""

import os
import pickle
import sys
import threading

from atalaya.clock import system_clock
from atalaya.fetch.loop import run
from atalaya.history.read import open_parent
from atalaya.rounds.context import Round
from atalaya.rounds.crew import Share, Work, claimed, tell
from atalaya.rounds.fetching import batches, fetch_groups
from atalaya.rounds.harvesting import harvest_groups
from atalaya.rounds.run import client_of, collecting_rarely
from atalaya.store.archive import Archive
from atalaya.store.ledger import Ledger


def main() -> None:
    """Read the share of this process from the standard input, do it, and tell what became of it."""
    size = int.from_bytes(sys.stdin.buffer.read(8))
    share: Share = pickle.loads(sys.stdin.buffer.read(size))  # noqa: S301 - the process that started this one wrote it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with collecting_rarely():
            run(_work(share))
    except BaseException as error:  # noqa: BLE001 - it is raised again where the round runs
        tell(error)
        os._exit(1)
    os._exit(0)  # the thread that waits for the other process to end would keep the interpreter from ending in order


def _end_with_parent() -> None:
    """The standard input stays open as long as the other process lives: whatever ends it ends this one."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


async def _work(share: Share) -> None:
    apart = share.apart
    home, clock = apart.settings.home, system_clock()
    previous = open_parent(home, apart.opening.country, apart.opening.parent)
    async with client_of(apart.settings, clock, apart.resolve, previous, apart.pack.rates) as client:
        round_ = Round(
            opening=apart.opening,
            folder=apart.folder,
            home=home,
            pack=apart.pack,
            settings=apart.settings,
            ledger=Ledger(apart.folder),
            archive=Archive(home / "archive"),
            client=client,
            clock=clock,
            previous=previous,
        )
        task, mine = share.task, claimed(share.task.groups, share.claims)
        match task.work:
            case Work.HARVEST:
                await harvest_groups(round_, mine, task.at_once, tell)
            case Work.FETCH:
                await fetch_groups(round_, batches(round_), mine, task.at_once, tell)


if __name__ == "__main__":
    main()
