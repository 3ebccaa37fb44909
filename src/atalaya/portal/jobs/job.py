"""What a job is: a name, what does it, and how it is repeated."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

TRIES = 6
"""How often a job that raises is tried: after 4, 16, 64, 256 and 1,024 seconds again, some twenty minutes in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One kind of work.

    `handler` is `module:function`, called with the arguments that the job was enqueued with; it may be called again after a
    death in its middle, or by two workers where one was taken for dead, so it does nothing twice. `every` is a moment of
    cron (UTC) at which it is enqueued without arguments, once for all workers. `on` names an event: the job
    is enqueued with its arguments when it is announced. Jobs that stand `alone` run one after the other,
    however many workers there are.
    """

    name: str
    handler: str
    text: str
    every: str = ""
    on: str = ""
    alone: bool = False
    tries: int = TRIES

    def function(self) -> Callable[..., Any]:
        """The handler, imported. Raises ImportError or AttributeError where there is none."""
        module, _, name = self.handler.partition(":")
        found: Callable[..., Any] = getattr(import_module(module), name)
        return found
