"""Whether the line of a worker is up: a broken line of ours must never be taken for the failure of a publisher."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from atalaya.fetch.answers import Answer, Failure
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Policy
from atalaya.store.tables import Row

SUSPECT: Final = frozenset(
    each.value
    for each in (
        Failure.DNS,
        Failure.REFUSED,
        Failure.TIMEOUT,
        Failure.CONNECTION,
        Failure.TRUNCATED,
        Failure.POSTPONED,
    )
)
"""Failures that a broken line of ours looks like."""

SECONDS: Final = 20.0
"""Longest that a canary may take."""


class LineDown(Exception):
    """Raised by a worker that reaches none of the hosts that answered the lead: what it just saw is not told to anybody."""


def suspicious(rows: Iterable[tuple[str, Row]]) -> bool:
    """Whether the rows of a unit tell a failure that may be ours."""
    return any(table == "probes" and row["failure"] in SUSPECT for table, row in rows)


class Doubt:
    """Looks at the line when the first answer of a unit looks as if it were broken: the rest need not be waited for."""

    def __init__(self, client: Client, canaries: Sequence[Mapping[str, Any]]) -> None:
        self._client, self._canaries, self._looked = client, canaries, False

    async def heard(self, answer: Answer) -> None:
        """Raise LineDown where the line is broken."""
        if answer.failure in SUSPECT and not self._looked:
            self._looked = True
            if not await is_up(self._client, self._canaries):
                raise LineDown(f"the line broke while {answer.requested_url} was asked for")

    def begin(self) -> None:
        """Begin another unit."""
        self._looked = False


async def is_up(client: Client, canaries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any of the hosts that answered the lead answers us, asked now; True where there is none to ask."""
    asked = 0
    for canary in canaries:
        policy = Policy(
            requests_per_second=canary["rate"],
            connections=1,
            obey_robots=False,
            local=canary["local"],
            attempts=1,
            patience=SECONDS,
            head_seconds=SECONDS,
            total_seconds=SECONDS,
            cut=1024,
        )
        answer = await client.fetch(canary["url"], policy)
        if answer.status is not None:
            return True
        asked += answer.failure is not Failure.POSTPONED
    return not asked
