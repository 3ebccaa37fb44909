"""The moment that a command is told of: `--as-of`."""

from contextlib import suppress
from datetime import UTC, datetime

import click

from atalaya.clock import Clock, fixed_clock, system_clock


def read_moment(text: str | None) -> tuple[Clock, bool]:
    """The observation clock: fixed at `--as-of` (ISO 8601; UTC where no offset is given), else the machine's, fixed now."""
    if text is None:
        return fixed_clock(system_clock().now()), False
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return fixed_clock(moment if moment.tzinfo else moment.replace(tzinfo=UTC)), True
    raise click.BadParameter(
        f"{text!r} is no moment; write it as 2026-01-31 or 2026-01-31T08:00:00Z", param_hint="--as-of"
    )
