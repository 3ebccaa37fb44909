"""A browser for pages that are empty until their scripts run, where one is found and the settings allow it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from atalaya.harvest.site.frontier import Target
from atalaya.harvest.site.visits import Render
from atalaya.rounds.context import Round


async def no_browser(_target: Target, _url: str) -> str | None:
    """No page is rendered."""
    return None


@asynccontextmanager
async def browsing(_round: Round) -> AsyncIterator[Render]:
    """What renders pages while the context lasts."""
    yield no_browser
