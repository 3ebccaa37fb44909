"""Which day it is, for pages that tell what falls due."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day, in UTC as all days of the observatory."""
    return datetime.now(UTC).date()
