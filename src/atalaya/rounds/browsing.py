"""A browser for the pages of a round that are empty until their scripts run, where one is found and the settings allow it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from atalaya.exceptions import SettingsError
from atalaya.harvest.site.browser import Browser, find_browser
from atalaya.settings import Settings


@asynccontextmanager
async def browsing(settings: Settings) -> AsyncIterator[Browser | None]:
    """The browser while the context lasts, None where there is none. Raises SettingsError where the one that is named is not."""
    program = find_browser(settings.browser)
    if program is None and settings.browser not in ("auto", "off"):
        raise SettingsError(
            f"ATALAYA_BROWSER is {settings.browser!r}, which is no program here; give `auto`, `off` or the path of Chromium"
        )
    if program is None:
        yield None
        return
    async with Browser(program) as browser:
        yield browser
