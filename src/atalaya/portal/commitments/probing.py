"""Asks the documents that readings rest on whether they are still there: by a job, and by `atalaya plans probe`."""

import os
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from atalaya.fetch.documents import asked
from atalaya.fetch.loop import run
from atalaya.portal.commitments.services import links
from atalaya.settings import read_settings


def probe_by_schedule() -> None:
    """Ask what is due, where the deployer wants the portal to ask by itself (`ATALAYA_ROUNDS`)."""
    if settings.ROUNDS_BY_SCHEDULE:
        probe_due()


def probe_due(*, local: bool = False) -> tuple[int, dict[str, int]]:
    """Ask every address that is due; gives how many were asked, and how many of them are now in each state."""
    urls = links.due(timezone.now())
    if not urls:
        return 0, {}
    engine = replace(read_settings(os.environ), home=Path(settings.ATALAYA_HOME))
    return len(urls), links.record(run(asked(urls, engine, links.Found, local=local)))
