"""`schedule.yml` of a pack: how often the country is observed, and how its editions are published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRule:
    """How often the country is observed, in days, and how long institutions may answer before an edition is published.

    `round_days`: from one round to the next, None: rounds are begun by people alone; `sites`: whether they read the web sites of
    institutions as well. `look_days`: the fewest and the most days between two looks at one resource between rounds, more often
    what changes or breaks; `looks_a_day`: resources that are looked at in a day at most, 0: none between rounds. `reply_days`:
    the right of reply.
    """

    round_days: int | None = None
    sites: bool = False
    look_days: tuple[int, int] = (2, 60)
    looks_a_day: int = 0
    reply_days: int = 15
