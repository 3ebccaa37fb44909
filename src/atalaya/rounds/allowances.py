"""How much of a round one source may take: a source without an end may not hold the others, or all of memory.

What it gave before stands; what is asked of it afterwards is answered here, without asking.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.protocol import FAILED, PARTIAL, Harvest
from atalaya.settings import Settings


@dataclass(slots=True)
class Allowance:
    """What is left of the time and the bytes of one source, by the pacing clock and the sizes of its answers."""

    until: datetime
    seconds: float
    limit: int
    received: int = 0
    refused: Answer | None = None

    @classmethod
    def of(cls, settings: Settings, now: datetime) -> Self:
        """The allowance of a source that begins now."""
        until = now + timedelta(seconds=settings.source_seconds)
        return cls(until, settings.source_seconds, settings.source_bytes)

    def count(self, answer: Answer) -> None:
        """Count what an answer brought."""
        self.received += answer.blob.size if answer.blob is not None else 0

    def spent(self, url: str, now: datetime) -> Answer | None:
        """The answer for an address that is not asked any more; None where it is to be asked."""
        if now > self.until:
            detail = f"not asked: the source has been read for {self.seconds:g} seconds"
        elif self.received > self.limit:
            detail = f"not asked: the source has given more than {self.limit} bytes"
        else:
            return None
        self.refused = Answer(requested_url=url, final_url=url, failure=Failure.SPENT, detail=detail)
        return self.refused

    def judged(self, harvested: Harvest) -> Harvest:
        """The harvest, which says so where it ended because the allowance was spent, whatever the protocol made of that."""
        if self.refused is None:
            return harvested
        state = PARTIAL if harvested.datasets else FAILED
        return replace(harvested, state=state, reason="spent", detail=self.refused.detail)
