"""What pages over sessions and plans have in common: the mark by which they are known, and the words that their templates use."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.http import HttpRequest

from atalaya.commitments.partial_dates import read_range, said
from atalaya.portal.accounts.trail import event_models
from atalaya.portal.core.pages import spoken
from atalaya.portal.meetings import states, wording

APPS = ("commitments", "meetings")
"""The apps whose tables these pages show."""


def mark(_request: HttpRequest, *_arguments: Any, **_named: Any) -> str:
    """What changes whenever a row of these tables does: the newest entry of each of their trails, asked in one question."""
    tables = [each._meta.db_table for each in event_models() if each._meta.app_label in APPS]
    quoted = ", ".join(f"(SELECT max(pgh_id) FROM {connection.ops.quote_name(name)})" for name in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted}")
        return ",".join(str(each or 0) for each in cursor.fetchone())


def words_of(request: HttpRequest) -> dict[str, Any]:
    """What templates are given: titles of kinds and states, dates as far as they are known, tones."""
    say = spoken(request)

    def titled(table: Mapping[str, str]) -> Callable[[str], str]:
        return lambda name: str(say.t(table[name]))

    def when(text: str) -> str:
        return said(read_range(text), say.locale) if text else str(say.t("not stated"))

    return {
        "kind": titled(wording.KINDS),
        "sector": titled(wording.SECTORS),
        "seat": titled(wording.SEATS),
        "ended": titled(wording.ENDS),
        "quorum_rule": titled(wording.QUORUMS),
        "attendance": titled(wording.ATTENDANCES),
        "standing": titled(wording.STANDINGS),
        "session_state": titled(states.SESSION_STATES),
        "agreement_state": titled(states.AGREEMENT_STATES),
        "minutes_state": titled(states.MINUTES_STATES),
        "amendment_state": titled(states.AMENDMENT_STATES),
        "standard_state": titled(states.STANDARD_STATES),
        "standard_kind": titled(wording.STANDARD_KINDS),
        "tone": lambda name: wording.TONES.get(name, ""),
        "when": when,
    }
