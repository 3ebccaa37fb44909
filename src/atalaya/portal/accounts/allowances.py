"""What people may send in a while, counted in the database: for all processes together, and over restarts.

The generic cell rate algorithm (ITU-T I.371): of each name the moment until which its allowance is used up; one statement a
request.
"""

import secrets
from dataclasses import dataclass

from django.db import connection

from atalaya.portal.core.clients import secret_name

CLEANED = 200
"""One in so many requests also removes what has no meaning any more."""

_TAKE = """
INSERT INTO accounts_allowance AS held (name, used_until) VALUES (%(name)s, clock_timestamp() + %(each)s * interval '1 second')
ON CONFLICT (name) DO UPDATE
SET used_until = greatest(held.used_until, clock_timestamp()) + %(each)s * interval '1 second'
WHERE greatest(held.used_until, clock_timestamp()) <= clock_timestamp() + %(most)s * interval '1 second'
RETURNING 1
"""
_WAIT = """
SELECT extract(epoch FROM used_until - clock_timestamp()) - %(most)s FROM accounts_allowance WHERE name = %(name)s
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many times in so many seconds, all at once or one by one."""

    id: str
    times: int
    seconds: float


FORMS = Allowance("forms", 30, 300)
"""Forms that one address may send without signing in: a person fills in one every few seconds at most."""

OWN_FORMS = Allowance("own-forms", 60, 300)
"""Forms that somebody who signed in may send, wherever they are: an office behind one address is many people."""

SIGN_IN = Allowance("sign-in", 20, 600)
"""Attempts to sign in from one address, whatever the account."""

STRANGERS = Allowance("strangers", 10, 900)
"""Attempts at one account from browsers that never signed in to it (see `known_browsers`), wherever they are."""

KNOWN = Allowance("known", 10, 900)
"""Attempts at one account from one browser that did."""

SECOND_STEP = Allowance("second-step", 10, 900)
"""Codes at one account by somebody who knows its password: a code of six digits is then guessed once in 100 years or more."""


def wait(allowance: Allowance, *named: object) -> float:
    """Take one of an allowance for what is named: 0 where it was there, else the seconds until it is."""
    each = allowance.seconds / allowance.times
    values = {"name": secret_name(allowance.id, *named), "each": each, "most": allowance.seconds - each}
    with connection.cursor() as cursor:
        if secrets.randbelow(CLEANED) == 0:
            cursor.execute("DELETE FROM accounts_allowance WHERE used_until < clock_timestamp()")
        cursor.execute(_TAKE, values)
        if cursor.fetchone():
            return 0.0
        cursor.execute(_WAIT, values)
        row = cursor.fetchone()
    return max(float(row[0]), 1.0) if row else 1.0


def forget(allowance: Allowance, *named: object) -> None:
    """Give back all of an allowance: who signs in well starts anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_allowance WHERE name = %s", (secret_name(allowance.id, *named),))
