"""What was refused, in the language of a page."""

import re
from functools import lru_cache

from markupsafe import Markup

from atalaya.portal.accounts.services import RefusedError
from atalaya.publish.words import Words

REASONS = (
    "is empty; fill it in",
    "stands twice; tell the rows apart",
    "cannot be absent; leave it empty or fill it in",
    "holds a control character; take it out",
    "{said} is no whole number; write one such as 12",
    "{said} is no number; write one such as 12 or 0.5",
    "{said} is no number",
    "{said} is neither yes nor no",
    "{said} is two dates; write one",
    "{said} is no date; write a year, a year and month, or a day: 2023, 2023-06, 2023-06-30",
    "{said} is no date of the calendar: {why}",
    "{said} ends before it starts",
    "is no table of a plan; they are {known}",
    "is no column; they are {known}",
    "no row of {table} is {where}",
    "{count} rows stand where one must: one plan",
    "{where}: a promise of the kind {said} is none of {known}",
    "{where} cannot be read: {why}",
)
"""Why a cell cannot be taken, as `atalaya.commitments.exchange` says it, with places for what it quotes."""


def told(error: RefusedError, say: Words) -> Markup:
    """Why a service refused."""
    return say.t(error.text, **error.values)


def reason(text: str, say: Words) -> Markup | str:
    """Why a cell cannot be taken; as it is where no reason here is like it."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return say.t(template, **found.groupdict())
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    parts = ((template, re.split(r"{(\w+)}", template)) for template in REASONS)
    return tuple(
        (
            template,
            re.compile("".join(f"(?P<{p}>.+)" if n % 2 else re.escape(p) for n, p in enumerate(each)), re.DOTALL),
        )
        for template, each in parts
    )
