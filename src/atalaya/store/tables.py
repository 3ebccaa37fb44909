"""The tables of an observation: columns, keys, and which columns or tables are volatile.

Types: `text`, `integer`, `number`, `boolean`, `json` (canonical JSON text). Moments are text as `clock.stamp` writes them.
Volatile tables hold durations, attempts and connection data: they are kept, checked for integrity, and left out of the
content hash, so that the same bytes and the same injected clock give the same content hashes.
"""

from dataclasses import dataclass

Row = dict[str, object]
"""One row: column name → value. `json` columns hold plain lists and dicts until they are written."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table: its key columns in order, all columns with their types, and whether it is volatile."""

    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    volatile: bool = False
    numbers: tuple[str, ...] = ()
    """The columns of the type `number`."""
    text: str = ""
    """What is to be known of the columns, for the page of all tables."""


def _shape(name: str, key: str, columns: str, *, volatile: bool = False, text: str = "") -> TableShape:
    """Build a shape from `name:type` words; a bare word is text."""
    pairs = (word.partition(":") for word in columns.split())
    kinds = {column: kind or "text" for column, _, kind in pairs}
    numbers = tuple(column for column, kind in kinds.items() if kind == "number")
    return TableShape(name, tuple(key.split()), kinds, volatile, numbers, text)


_DUTY_MATCHES = """A row for each mention of a site and each duty of its institution that it may fulfil.

`score` and `sure` are those of the matching, with its `reasons`; `waits` tells that a verdict is open until a person rules,
`ruling` what one ruled (`decision_id`). `behind` is what stands behind it: open, closed, nothing or unread. `statement` and
`said` are what the institution says in place of publishing. A ruling holds while `evidence_key` stays the same."""

_DUTY_VERDICTS = """A row for each duty of each institution whose site was asked, and one for each period of its series.

`period` is empty for the duty as a whole. `due` is the last day in time, `whole` tells that the site, or its section of the law,
was read whole, `gaps` are periods missing between others, and `evidence` holds addresses with the archived bytes, the path to
them and the days on which they were first and last seen. docs/explanation/duty-verdicts.md tells what a `standing` means."""

_SCORES = """A row for each node of each unit: `unit_id` is an institution, a source (`source:<id>`) or a group, as `kind` says.

`node` is the node's id in the methodology, the whole always `index`; `parent` is the node above it, `level` what the
methodology calls its depth, `weight` its share of the whole as declared. `value` lies between `low` and `high`; a node that
does not apply has no value and no `coverage`, and ends only where it may come to apply. Figures of an indicator are those
after its steps: under a sum of points they are shares from 0 to 1 of its points. `rank` is the place in the first group of
the unit, `rank_low` and `rank_high` the best and the worst that the intervals permit.

`detail` tells the state (value, unknown, not_applicable). Of an indicator: `measure`, `reason` and its cases (`passed`,
`applied`, `unknown`, `not_applicable`). Of a branch: `contributions` of its parts (`node`, `state`, `weight`, `value`,
`points`) and the `gates` that stand at it (`node`, `state`: open, closed, unknown, not_applicable). Of the whole: `band`, the
nodes `not_collected` in this edition, and `ranks` by `rule` and `group` (`all` is everyone together) with `rank`, `low`,
`high` and `among`. Of a group: `members`, `with_value`, `unknown` and, at the whole, `ranked`, `band` and the `rule` that
makes its figure."""

TABLES: dict[str, TableShape] = {
    shape.name: shape
    for shape in (
        _shape("appearances", "record_id source_id", "record_id source_id copy_id points:number evidence:json"),
        _shape(
            "attempts",
            "url number purpose",
            "url number:integer purpose unit status:integer failure seconds:number received_bytes:integer address "
            "moment",
            volatile=True,
        ),
        _shape(
            "attributions",
            "record_id",
            "record_id source_id institution_id method how score:number publisher publisher_key suggestions:json",
        ),
        _shape("blobs", "sha256", "sha256 size:integer kept class"),
        _shape(
            "columns",
            "resource_id table column",
            "resource_id table column:integer name kind filled:integer missing:integer distinct:integer personal",
        ),
        _shape("decisions", "id", "id kind subject ruling:json who moment why"),
        _shape(
            "distributions",
            "resource_id",
            "resource_id record_id source_id ordinal:integer native_id title:json description:json access_url "
            "download_url "
            "format media_type byte_size:integer licence rights issued modified checksum conforms_to:json "
            "languages:json "
            "derived:boolean",
        ),
        _shape(
            "duty_matches",
            "institution_id mention_id duty_id",
            "institution_id mention_id duty_id source_id kind url page_url text path:json headings:json sha256 score:number "
            "sure:boolean waits:boolean behind reasons:json periods:json statement said ruling:boolean decision_id evidence_key",
            text=_DUTY_MATCHES,
        ),
        _shape(
            "duty_verdicts",
            "institution_id duty_id period",
            "institution_id duty_id period first last due standing reason rule days_late:integer open:boolean clicks:integer "
            "justification gaps:json evidence:json source_id whole:boolean",
            text=_DUTY_VERDICTS,
        ),
        _shape("field_uses", "source_id path reading", "source_id path reading count:integer"),
        _shape(
            "histories",
            "subject_id",
            "subject_id lineage level first_seen last_seen last_good failing_since unreached_since hidden_since "
            "unknown_rounds:integer "
            "observations:integer changed changes:integer content_sha256 sha256 tables:json declared described",
        ),
        _shape(
            "inspections",
            "resource_id",
            "resource_id sha256 format media_type size:integer encoding dialect:json members:json tables:json "
            "defects:json content_sha256 service md5 sha1 reason document:json",
        ),
        _shape("institutions", "institution_id", "institution_id name acronym kind branch site groups:json"),
        _shape(
            "measures",
            "measure_id institution_id",
            "measure_id institution_id value:number passed:integer applied:integer unknown:integer "
            "not_applicable:integer "
            "low:number high:number reason",
        ),
        _shape(
            "migrations",
            "subject_id",
            "subject_id former_id level source_id points:number evidence:json",
        ),
        _shape(
            "outcomes",
            "check_id subject_id",
            "check_id subject_id check_version:integer level institution_id source_id record_id resource_id table "
            "verdict reason passed:integer applied:integer evidence:json finding_id",
        ),
        _shape(
            "pages",
            "source_id url",
            "source_id url status:integer failure sha256 size:integer media_type headers:json",
        ),
        _shape(
            "probes",
            "resource_id url",
            "resource_id url final_url status:integer failure tls_failure redirects:json headers:json media_type "
            "sha256 size:integer kept second_look:boolean",
        ),
        _shape("problems", "source_id ordinal", "source_id ordinal:integer place reason"),
        _shape(
            "records",
            "record_id",
            "record_id source_id native_id occurrence:integer title:json description:json keywords:json themes:json "
            "publisher:json creator:json contact:json licence licence_title licence_url access_rights rights issued "
            "modified "
            "frequency spatial:json temporal:json languages:json landing_page version conforms_to:json "
            "profile_violations:json metadata_sha256",
        ),
        _shape("remarks", "resource_id", "resource_id detail notes:json asked:boolean", volatile=True),
        _shape("republished", "record_id", "record_id source_id organisation how said"),
        _shape(
            "rules",
            "id version",
            "id version:integer kind level dimension effort title:json text:json remedy:json reasons:json terms:json "
            "formats:json",
        ),
        _shape(
            "scores",
            "methodology_id unit_id node",
            "methodology_id unit_id node parent level kind group value:number low:number high:number coverage:number "
            "ranked:boolean rank:integer rank_low:integer rank_high:integer weight:number detail:json",
            text=_SCORES,
        ),
        _shape(
            "site_contents",
            "source_id sha256",
            "source_id sha256 format tables:json rows:integer words:integer scanned:boolean title opening content_sha256 reason",
        ),
        _shape(
            "site_documents",
            "source_id url",
            "source_id url mention_id final_url status:integer failure media_type sha256 size:integer kept probed:boolean "
            "depth:integer section:boolean parent text path:json headings:json",
        ),
        _shape(
            "site_links",
            "link_id",
            "link_id source_id mention_id kind relation page_url url text lead path:json headings:json section:boolean "
            "chrome:boolean skipped",
        ),
        _shape(
            "site_pages",
            "source_id url",
            "source_id url mention_id final_url status:integer failure media_type sha256 depth:integer section:boolean parent "
            "text path:json headings:json title language words:integer own_words:integer text_sha256 opening links:integer "
            "documents:integer same_as soft_404:boolean rendered outside:boolean",
        ),
        _shape(
            "sites",
            "source_id",
            "source_id institution_id url state reason pages:integer pages_read:integer documents:integer probes:integer "
            "size:integer section_pages:integer section_unread:integer unrendered:integer left_out:json",
        ),
        _shape(
            "sources",
            "source_id",
            "source_id title:json protocol url institution_id covers:json state reason detail declared_total:integer "
            "datasets:integer resources:integer derived:integer problems:integer unread_fields:integer tls_failure "
            "answered:integer answered_sha256",
        ),
        _shape("statements", "id", "id kind institution_id subject value:json cut_off"),
        _shape(
            "validators",
            "url purpose",
            "url purpose sha256 etag last_modified final_url headers:json",
            volatile=True,
        ),
    )
}
"""All tables by name."""

STAGES = ("harvest", "identify", "crawl", "fetch", "inspect", "contents", "duties", "check", "measure")
"""The stages of a round, in order; the ledger keeps one folder of parts for each."""
