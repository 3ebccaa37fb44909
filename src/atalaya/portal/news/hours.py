"""Hours as people of a country say them: they plan in the time of their clocks, and the portal keeps UTC."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

UNKNOWN = "ZZ"
"""What Unicode calls a place that it does not know, and packs a made-up country."""


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country by its code, sorted; UTC alone where none is known, as for a made-up country.

    Which zone lies in which country is told by the Unicode locale data.

    >>> zones_of("uy")
    ('America/Montevideo',)
    """
    known = available_timezones()
    code = country.upper()
    found = (
        zone for zone, place in get_global("zone_territories").items() if place == code != UNKNOWN and zone in known
    )
    return tuple(sorted(found)) or ("UTC",)


def moment_of(local: datetime, zone: str) -> datetime:
    """The moment of an hour that somebody wrote, in UTC."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_of(moment: datetime, country: str) -> datetime:
    """A moment as the clocks of a country show it; of its first zone where it has several."""
    return moment.astimezone(ZoneInfo(zones_of(country)[0]))
