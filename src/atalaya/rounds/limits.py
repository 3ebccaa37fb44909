"""The page on hostile sources: every declared limit with its value as the code has it, and what its outcome says."""

from collections.abc import Sequence

from atalaya.fetch import bodies, client, codings, robots, transport, urls
from atalaya.harvest import ckan, readings, sitemap, visits, xml
from atalaya.harvest.rdf import contexts
from atalaya.inspection.limits import DEFAULT
from atalaya.rounds import fetching
from atalaya.settings import VARIABLES

TEXT = """# Hostile sources

Whatever a publisher's server does, the round goes on: what it did is an outcome, a row with a reason that people can read in
Spanish and English, and the other sources of the round do not notice. Nothing of a publisher raises; only our own disk does.

Each kind of trouble ends at a declared limit. The numbers below are read from the code when this page is written. The tests in
`tests/rounds/hostile/` run one round over a country in which every source and every resource does one of these things, and
`make soak` runs rounds with random faults for half an hour (see [soak](soak.md)).

What our limits kept us from seeing is *unknown*, never a failure of the publisher: `reachable` says `beyond`, `data_present`
says `too_much`, `catalogue_complete` says `beyond_limits`.

Addresses are judged before anything is connected to: literals in every spelling (decimal, octal, hexadecimal, IPv6 with an
IPv4 inside), every answer of DNS at every hop and before every repeated attempt, and the connection goes to the judged
addresses only, so that a name cannot change its meaning in between. Redirects are judged like any other address.
"""

OUTCOMES = {
    "ATALAYA_ANSWER_SECONDS": "probe `timeout`; source `unreachable`",
    "ATALAYA_BODY_LIMIT": "kept as `ends`: `data_present` says `too_much`; source `cut`",
    "ATALAYA_HEAD_SECONDS": "probe `timeout`; source `unreachable`",
    "ATALAYA_LEAST_RATE": "probe `timeout`; source `unreachable`",
    "ATALAYA_SITE_BYTES": "site `partial`, `budget`: what was taken before stands",
    "ATALAYA_SITE_DOCUMENTS": "site `partial`, `budget`: what was taken before stands",
    "ATALAYA_SITE_PAGES": "site `partial`, `budget`: what was read before stands",
    "ATALAYA_SOURCE_BYTES": "source `spent`: what it gave before stands",
    "ATALAYA_SOURCE_SECONDS": "source `spent`: what it gave before stands",
    "ATALAYA_STREAM_LIMIT": "probe `oversize`; source `oversize`",
    "ATALAYA_TIMEOUT": "probe `timeout`; source `unreachable`",
    "ATALAYA_CRAWL_DELAY_CAP": "none: the cap is obeyed instead",
}
"""What ends at a limit of the settings; settings that are no limits are left out."""

FETCH = (
    ("bytes of one header", transport.HEADER_SIZE, "fetch/transport.py", "probe `connection`; source `unreachable`"),
    ("headers of one answer", transport.HEADERS, "fetch/transport.py", "probe `connection`; source `unreachable`"),
    ("redirects from one address", client.REDIRECTS, "fetch/client.py", "probe `redirects`; source `redirects`"),
    ("characters of an address", urls.LONGEST, "fetch/urls.py", "probe `url`, or `redirects` behind a redirect"),
    ("codings in a row", codings.LAYERS, "fetch/codings.py", "probe `encoding`; source `coding`"),
    ("bytes unpacked for each received", codings.BOMB_RATIO, "fetch/codings.py", "probe `bomb`; source `bomb`"),
    ("bytes of an error answer", bodies.ERROR_LIMIT, "fetch/bodies.py", "note `body_cut`"),
    ("bytes of a robots.txt", robots.SIZE, "fetch/robots.py", "none: what came before is obeyed"),
    ("failures in a row of one host", fetching.DEAD_AFTER, "rounds/fetching.py", "probe `postponed`"),
)
HARVEST = (
    ("bytes that a gzip catalogue unpacks to", visits.UNPACKED_LIMIT, "harvest/visits.py", "source `bomb`"),
    ("times its weight, above 32 MiB", visits.UNPACKED_RATIO, "harvest/visits.py", "source `bomb`"),
    ("pages of one catalogue", readings.PAGES_LIMIT, "harvest/readings.py", "source `spent`"),
    ("pages of one CKAN listing", ckan.PAGES_LIMIT, "harvest/ckan.py", "source `incomplete`"),
    ("pages in a row that repeat", readings.STALE_LIMIT, "harvest/readings.py", "source `pages_repeat`"),
    ("pages in a row with nothing", readings.EMPTY_LIMIT, "harvest/readings.py", "source `pages_repeat`"),
    ("sitemaps of one index", sitemap.SITEMAPS_LIMIT, "harvest/sitemap.py", "source `incomplete`"),
    ("elements inside each other", xml.NESTING_LIMIT, "harvest/xml.py", "source `nesting`"),
    ("characters of one XML entity", xml.ENTITY_LIMIT, "harvest/xml.py", "source `entities`"),
    ("times the document, all entities", xml.EXPANSION_FACTOR, "harvest/xml.py", "source `entities`"),
    ("objects inside each other, JSON-LD", contexts.DEPTH_LIMIT, "harvest/rdf/contexts.py", "source `nesting`"),
)
INSPECTION = {
    "whole": ("bytes of a file that is held in memory", "defect `too_large`"),
    "held": ("bytes of a delimited text that is held in memory", "read from the file itself"),
    "unpacked": ("bytes that one container unpacks to", "defect `bomb`"),
    "unpacked_inside": ("bytes that all containers in one file unpack to", "defect `bomb`"),
    "ratio": ("bytes unpacked for each packed", "defect `bomb`"),
    "ratio_from": ("bytes from which that is judged", "–"),
    "directory": ("entries in the directory of a ZIP file", "defect `bomb`"),
    "members": ("members of an archive that are listed", "defect `bomb`"),
    "inspected_members": ("members of an archive that are inspected", "listed without a format"),
    "nesting": ("containers inside each other", "defect `bomb`"),
    "json": ("characters of a JSON file that is parsed", "a format without tables"),
    "columns": ("columns of a table that are counted", "the others are not described"),
    "cells": ("cells of one sheet", "defect `bomb`"),
    "column_cells": ("cells of a columnar file", "defect `bomb`"),
    "memory": ("bytes of memory of the process in which a file is opened", "defect `bomb`"),
    "seconds": ("seconds of processor time of that process", "defect `bomb`"),
    "distinct": ("distinct values of a column of a columnar file that are counted", "not counted"),
    "frame_bytes": ("bytes that the cells of one table take that are kept", "the first rows are kept, all are counted"),
}
"""The fields of `inspection/limits.py`, every one of them."""


def hostile_page() -> str:
    """docs/explanation/hostile-sources.md."""
    defaults = {variable.name: variable.default for variable in VARIABLES}
    texts = {variable.name: variable.text for variable in VARIABLES}
    settings = [(texts[name], f"`{name}` = {defaults[name]}", said) for name, said in OUTCOMES.items()]
    parts = [TEXT, _table("Settings", ("limit", "set by", "what the outcome says"), settings)]
    for title, rows in (("One answer", FETCH), ("Catalogues", HARVEST)):
        shown = [(what, f"{value:,}", f"`{place}`", said) for what, value, place, said in rows]
        parts.append(_table(title, ("limit", "value", "where", "what the outcome says"), shown))
    files = [(what, f"{getattr(DEFAULT, name):,}", f"`{name}`", said) for name, (what, said) in INSPECTION.items()]
    parts.append(_table("Files, in `inspection/limits.py`", ("limit", "value", "field", "what is found"), files))
    return "".join(parts)


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n{lines}"
