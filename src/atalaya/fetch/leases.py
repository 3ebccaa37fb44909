"""Leases: the right to ask a host or an address for a moment, without going to the locked file of the gate each time.

A host that may be asked hundreds of times a second would cost as many locks. So for such hosts a process books a short span of
time in the file, in which no other process asks, and keeps the pace inside the span by itself. Between any two requests, of one
process or of two, lies at least the interval of the policy, as without leases. A killed process leaves a debt of one span.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SPAN: Final = 0.05
"""Seconds of a lease; also the longest that a process goes on after another one was told to be silent."""

FEWEST: Final = 4
"""Requests that must fit into a span, else every request books its own moment: up to 80 a second no lease is given."""


@dataclass(slots=True)
class Lease:
    """A span that ends at `end`; `next` is the moment of the next request in it. Seconds since 1970 UTC."""

    next: float
    end: float


class Leases:
    """The leases that this process holds, by key of the gate."""

    def __init__(self) -> None:
        self._held: dict[str, Lease] = {}

    def book(self, keys: Iterable[str], moment: float, interval: float) -> float | None:
        """Book a request within the leases of all keys: 0, or the seconds to wait; None where the files must be asked."""
        leases = [self._held.get(key) for key in keys]
        held = [lease for lease in leases if lease is not None and lease.end - moment <= SPAN]
        if len(held) < len(leases):
            return None
        begin = max(moment, *(lease.next for lease in held))
        if begin + interval > min(lease.end for lease in held):
            return None
        if begin == moment:
            for lease in held:
                lease.next = moment + interval
        return begin - moment

    def begin(self, key: str, moment: float, interval: float) -> float:
        """Note a request at this moment, with a lease where the interval is short; gives when others may ask next."""
        if interval * FEWEST > SPAN:
            return moment + interval
        self._held[key] = Lease(moment + interval, moment + SPAN)
        return moment + SPAN

    def give_back(self, key: str, booked: float) -> float:
        """End a lease. `booked` is what the file says of the next request; gives what it says without the lease."""
        lease = self._held.pop(key, None)
        return lease.next if lease is not None and lease.end == booked else booked
