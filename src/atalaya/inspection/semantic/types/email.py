"""Mail addresses."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "email, e mail, mail, mbox, correo, correo electronico, courriel, has email, contact email, direccion "
    "electronica, email address"
)
NAMED_LEAST = 0.5
_MAIL = re.compile(r"(?:mailto:)?[\"'<]?[^\s@,;:<>()|/\"]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Addresses in nearly all cells, or in half of them where the name says so."""
    share = column.fitting(lambda text: "@" in text and len(text) < 200 and _MAIL.match(text))
    if share >= NAMED_LEAST and column.name.says(NAMES) >= HEAD:
        return Fit(share, "name")
    return enough(share)


TYPE = SemanticType(
    id="email",
    version=2,
    title="E-mail address",
    text="Mail addresses; up to {tolerated} % may differ, or half where the name says that they are.",
    forms=frozenset({Form.MAIL, Form.TEXT, Form.MIXED, Form.CODE}),
    rule=rule,
    signs=frozenset("@"),
    examples=(
        Example("contacto", ("info@example.org", "prensa@example.org"), True, "addresses"),
        Example(
            "E-mail", ("mailto:a@example.org", "b@example.org, c@example.org"), True, "links and lists of addresses"
        ),
        Example("cuenta", ("@alcaldia", "@museo"), False, "accounts of a network"),
    ),
)
