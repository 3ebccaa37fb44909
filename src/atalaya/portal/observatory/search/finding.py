"""What is found: the best of each kind, how many there are of each, and where they come from, by one question to the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from atalaya.portal.observatory.models import Entry
from atalaya.portal.observatory.search.meaning import in_titles

KINDS = ("institution", "topic", "dataset", "resource", "duty", "rule")
"""Kinds of entries in the order in which a page shows them."""

LOOKED, LOOKED_FILES = 2_000, 1_000
"""Entries that are ranked and counted, files apart, the more important first: a word that more have narrows nothing down."""
FACET = 12
"""Values of a facet, the most frequent ones."""

_WEIGHTS = "{0.05, 0.25, 0.5, 1.0}"
"""What a word counts in a description, in the name of the institution, in a keyword, in a title."""
_NAMED = 0.35
"""What a synonym counts beside the word itself."""

# The words as asked, all in the title, come before synonyms in the title, and these before words elsewhere; ranks are below 1.
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT place, kind, institution, formats,
           4 * (words @@ %(own_title)s::tsquery)::integer + 2 * (words @@ %(wide_title)s::tsquery)::integer
               + (words @@ %(own)s::tsquery)::integer
               + ts_rank(%(weights)s, words, %(own)s::tsquery, 1) + %(named)s * ts_rank(%(weights)s, words, %(wide)s::tsquery, 1)
               AS rank
    FROM (
        (SELECT * FROM published.entry WHERE kind <> 'resource' AND words @@ %(wide)s::tsquery {conditions}
         ORDER BY place LIMIT %(looked)s)
        UNION ALL
        (SELECT * FROM published.entry WHERE kind = 'resource' AND words @@ %(wide)s::tsquery {conditions}
         ORDER BY place LIMIT %(files)s)
    ) AS entry
), shown AS (
    SELECT kind, place, row_number() OVER (PARTITION BY kind ORDER BY rank DESC, place) AS number FROM found
)
SELECT 'kind', kind, count(*) FROM found GROUP BY kind
UNION ALL
(SELECT 'institution', institution, count(*) FROM found WHERE institution IS NOT NULL
 GROUP BY institution ORDER BY count(*) DESC, institution LIMIT %(facet)s)
UNION ALL
(SELECT 'format', form, count(*) FROM found, unnest(formats) AS form
 GROUP BY form ORDER BY count(*) DESC, form LIMIT %(facet)s)
UNION ALL
SELECT 'hit', place::text, number FROM shown
WHERE number > %(start)s AND number <= %(stop)s AND (%(kind)s = '' OR kind = %(kind)s)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of a page by kind, best first, and how many there are by kind, institution and format."""

    hits: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    institutions: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are, as far as was looked."""
        return sum(self.kinds.values())

    @property
    def more(self) -> bool:
        """Whether there are more than were looked at."""
        files = self.kinds.get("resource", 0)
        return files >= LOOKED_FILES or self.count - files >= LOOKED


def find(
    own: str, wide: str, *, kind: str = "", institution: str = "", form: str = "", start: int = 0, stop: int = 5
) -> Found:
    """What answers a question, each kind from one number to another. `own` are the words as asked, `wide` with synonyms."""
    if not wide:
        return Found()
    conditions = ""
    if institution:
        conditions += " AND institution = %(institution)s"
    if form:
        conditions += " AND formats @> ARRAY[%(form)s]"
    values = {
        "weights": _WEIGHTS,
        "own": own,
        "wide": wide,
        "own_title": in_titles(own),
        "wide_title": in_titles(wide),
        "named": _NAMED,
        "looked": LOOKED,
        "files": LOOKED_FILES,
        "facet": FACET,
        "start": start,
        "stop": stop,
        "kind": kind,
        "institution": institution,
        "form": form,
    }
    told: dict[str, dict[str, int]] = {"kind": {}, "institution": {}, "format": {}, "hit": {}}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(conditions=conditions), values)
        for name, value, count in cursor.fetchall():
            told[name][value] = count
    numbers = {int(place): number for place, number in told["hit"].items()}
    entries = sorted(Entry.objects.defer("words").filter(place__in=numbers), key=lambda each: numbers[each.place])
    hits = {each: [entry for entry in entries if entry.kind == each] for each in KINDS}
    return Found({k: v for k, v in hits.items() if v}, told["kind"], told["institution"], told["format"])
