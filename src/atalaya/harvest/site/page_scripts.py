"""Addresses in scripts and in the attribute by which a page leads on after a while."""

import re

ADDRESS_IN_SCRIPT = re.compile(
    r"""(?:open|location(?:\.href)?\s*=|location\.(?:assign|replace)|navigate|popup\w*|href\s*=)\s*\(?\s*['"]([^'"\s]{2,500})['"]""",
    re.IGNORECASE,
)
QUOTED = re.compile(r"""['"]((?:https?:)?/?[^'"\s()]{0,400}[./][^'"\s()]{1,100})['"]""")
REFRESH = re.compile(r"""^\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*["']?([^"'\s>]+)""", re.IGNORECASE)
