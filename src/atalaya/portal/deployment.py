"""Whether the portal is set up as it should be, before people come: settings, disk, keys, database, migrations, mail, clock."""

import os
import shutil
import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from atalaya.exceptions import AtalayaError
from atalaya.portal.mail import mail_settings
from atalaya.portal.migrating import portal_on
from atalaya.settings import PortalSettings
from atalaya.store.home import KEYS, refuse_later

WELL, DOUBTFUL, WRONG = "well", "doubtful", "wrong"

OLDEST_SERVER: Final = 140_000
"""The oldest PostgreSQL, as servers write their version: the oldest that Django 5.2 works with."""

LEAST_DISK: Final = 2 << 30
"""Bytes that should be left: a dump of a national round takes about one."""

CLOCKS: Final = 5.0
"""Seconds by which the clocks of this machine and of the database may differ: codes of second factors hold for thirty."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `well`, `doubtful` or `wrong`, and what to do where it is not well."""

    what: str
    state: str
    detail: str


def look(settings: PortalSettings, address: str, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Look at everything; nothing is changed. `address` is where the database answers. Only our own faults are raised."""
    yield _home(settings)
    yield from _keys(settings)
    yield _disk(settings)
    yield _hosts(settings)
    yield _mail(settings)
    yield from _database(settings, address, now)


def _home(settings: PortalSettings) -> Finding:
    if not settings.home.is_dir() or not os.access(settings.home, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            "home folder", WRONG, f"{settings.home} cannot be read and written; make it, or give it to this user"
        )
    try:
        refuse_later(settings.home)
    except AtalayaError as error:
        return Finding("home folder", WRONG, str(error))
    return Finding("home folder", WELL, str(settings.home))


def _keys(settings: PortalSettings) -> Iterator[Finding]:
    for name in KEYS:
        path = settings.home / name
        files = sorted(path.glob("*.pem")) if path.is_dir() else [path] if path.exists() else []
        for each in files:
            mode = stat.S_IMODE(each.stat().st_mode)
            if mode & 0o077:
                yield Finding("keys", WRONG, f"others can read {each}; run: chmod 600 {each}")
            else:
                yield Finding("keys", WELL, f"{each} is its owner's alone")


def _disk(settings: PortalSettings) -> Finding:
    place = settings.home if settings.home.is_dir() else settings.home.parent
    usage = shutil.disk_usage(place)
    said = f"{usage.free / 1e9:.1f} GB of {usage.total / 1e9:.1f} GB are left"
    if usage.free < LEAST_DISK:
        return Finding("disk", WRONG, f"{said}; make room, or run `atalaya archive prune`")
    state = DOUBTFUL if usage.free < usage.total / 10 else WELL
    return Finding("disk", state, said)


def _hosts(settings: PortalSettings) -> Finding:
    local = {"localhost", "127.0.0.1", "::1", "[::1]"}
    if "*" in settings.hosts:
        return Finding("hosts", WRONG, "ATALAYA_HOSTS allows every name; write the names of this portal")
    if settings.proxies and set(settings.hosts) <= local:
        return Finding(
            "hosts", WRONG, "a proxy stands before the portal, but ATALAYA_HOSTS has no name that others know"
        )
    if not settings.proxies and not set(settings.hosts) <= local:
        return Finding(
            "hosts",
            DOUBTFUL,
            "the portal has public names and ATALAYA_BEHIND_PROXY is 0: cookies are not kept to HTTPS",
        )
    return Finding("hosts", WELL, ", ".join(settings.hosts))


def _mail(settings: PortalSettings) -> Finding:
    """Whether the mail server answers and takes our name; no letter is sent."""
    try:
        mail_settings(settings.mail, settings.home)
    except AtalayaError as error:
        return Finding("mail", WRONG, str(error))
    if not settings.mail:
        return Finding(
            "mail", DOUBTFUL, "letters become files in the home folder; set ATALAYA_MAIL so that people get them"
        )
    parts = urlsplit(settings.mail)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(parts.hostname or "", parts.port or (465 if parts.scheme == "smtps" else 587), timeout=10) as server:
            server.ehlo()
            if parts.scheme == "smtp" and parts.username:
                server.starttls()
            if parts.username:
                server.login(parts.username, parts.password or "")
    except (OSError, smtplib.SMTPException) as error:
        return Finding(
            "mail", WRONG, f"the mail server does not take us ({type(error).__name__}); look at ATALAYA_MAIL"
        )
    if settings.mail_from.endswith("@localhost"):
        return Finding("mail", WRONG, "ATALAYA_MAIL_FROM is an address that nobody can answer; write the portal's own")
    return Finding("mail", WELL, f"{parts.hostname} takes letters from {settings.mail_from}")


def _database(settings: PortalSettings, address: str, now: Callable[[], datetime]) -> Iterator[Finding]:
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            version = connection.info.server_version
            before = now()
            row = connection.execute(
                "SELECT clock_timestamp(), to_regclass('published.edition') IS NOT NULL"
            ).fetchone()
    except psycopg.Error as error:
        told = str(error).strip().partition("\n")[0]
        yield Finding("database", WRONG, f"it does not answer ({told}); look at ATALAYA_DATABASE_URL")
        return
    assert row is not None
    said = f"PostgreSQL {version // 10_000}.{version % 10_000}"
    old = version < OLDEST_SERVER
    yield Finding("database", WRONG if old else WELL, f"{said} is too old; 14 or later is needed" if old else said)
    apart = abs((row[0] - before).total_seconds())
    yield Finding(
        "clock",
        WELL if apart < CLOCKS else WRONG,
        f"{apart:.1f} seconds from the database's" + ("" if apart < CLOCKS else "; let both machines keep time by NTP"),
    )
    lacking = _lacking_migrations(settings, address)
    yield Finding(
        "migrations",
        WRONG if lacking else WELL,
        f"{len(lacking)} are missing ({', '.join(lacking[:3])}); run `atalaya portal migrate`"
        if lacking
        else "all are applied",
    )
    yield Finding(
        "observations",
        WELL if row[1] else DOUBTFUL,
        "loaded" if row[1] else "none are shown; run `atalaya portal load`",
    )


def _lacking_migrations(settings: PortalSettings, address: str) -> list[str]:
    with portal_on(address, settings.home):
        executor = MigrationExecutor(connections["default"])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
