"""The states of a letter, defined once: what each means, and how one leads to another.

A mail server takes a letter or does not, and says so; whoever dies between the last byte and that word cannot know. So a letter
is `handing` from just before it is handed over until the answer is written down, and one that was left in that state is *held*
for a person: it is never sent again by itself. Before that moment nothing has left, and a letter whose sender died is taken
up by the next one.
"""

from dataclasses import dataclass

WAITING, CLAIMED, HANDING, SENT, HELD, FAILED = "waiting", "claimed", "handing", "sent", "held", "failed"

STATES = {
    WAITING: "waiting to be sent",
    CLAIMED: "being prepared",
    HANDING: "being handed over",
    SENT: "sent",
    HELD: "held: nobody knows whether it arrived",
    FAILED: "not sent",
}
"""State → what people read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from where to where, and who or what takes it."""

    before: str
    after: str
    why: str


STEPS = (
    Step(WAITING, CLAIMED, "a sender takes it, for as long as its lease"),
    Step(CLAIMED, WAITING, "the lease ran out, or the mail server could not be reached: nothing had left"),
    Step(CLAIMED, FAILED, "there is no address any more"),
    Step(CLAIMED, HANDING, "the mail server is open and the lease still holds: it is handed over now"),
    Step(HANDING, SENT, "the mail server took it"),
    Step(HANDING, WAITING, "the mail server said that it does not take it now"),
    Step(HANDING, FAILED, "the mail server said that it will never take it"),
    Step(HANDING, HELD, "the answer was lost: its sender died, or the line did"),
    Step(HELD, WAITING, "a person found that it did not arrive"),
    Step(HELD, SENT, "a person found that it arrived"),
    Step(HELD, FAILED, "a person gave it up, or nobody looked for a season"),
)
SETTLED = (SENT, FAILED)
"""States in which a letter keeps neither its address nor its values."""
