"""Network addresses."""

import ipaddress

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.shapes import Form


def _is_address(text: str) -> bool:
    bare = text.split("/")[0]
    if bare.count(".") != 3 and bare.count(":") < 2:
        return False
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return False
    return True


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Addresses of either version, or ranges of them."""
    return enough(column.fitting(_is_address))


TYPE = SemanticType(
    id="ip_address",
    version=1,
    title="Network address",
    text="Internet addresses of version 4 or 6, with or without the length of a range; up to {tolerated} % may differ.",
    forms=frozenset({Form.CODE, Form.OTHER, Form.TIME}),
    rule=rule,
    signs=frozenset(".:"),
    examples=(
        Example("host", ("192.0.2.1", "198.51.100.7"), True, "version 4"),
        Example("host", ("2001:db8::1", "2001:db8::2"), True, "version 6"),
        Example("partida", ("1.2.3.410", "1.2.3.911"), False, "codes with dots"),
    ),
)
