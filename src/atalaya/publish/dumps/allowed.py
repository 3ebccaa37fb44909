"""What of a sealed observation its dump carries: decided table by table and column by column, here and nowhere else.

A table or column that is not named here is not published: a new one must be decided first, and a test says so. What is kept back
is people's data, people's words and what a file says in its own words (architecture, rule 9); every column that is kept back says
why. *Masked* columns are texts that institutions published: addresses of mail lose their name and long numbers their digits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PERSON = "may name a person"
WORDS = "holds people's own words"
TEXT = "holds text of documents or pages"
WORKING = "is of use to the reading programs only"
NETWORK = "tells addresses of the network"

REASONS = (PERSON, WORDS, TEXT, WORKING, NETWORK)
"""Why a column or table is kept back, in English, the key of its translation."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One table in a dump: the columns that it carries, those that are masked, those that are kept back with why, and what it is.

    `kept_back` says why the whole table is; it has no columns then.
    """

    table: str
    about: str
    columns: tuple[str, ...]
    masked: tuple[str, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)
    kept_back: str = ""

    @property
    def whole(self) -> bool:
        """Whether the sealed files themselves are handed out, byte for byte."""
        return not (self.masked or self.withheld or self.kept_back)


def _table(
    table: str, about: str, columns: str, *, masked: str = "", withheld: Mapping[str, str] | None = None
) -> Allowed:
    return Allowed(table, about, tuple(columns.split()), tuple(masked.split()), withheld or {})


ALLOWED: dict[str, Allowed] = {
    each.table: each
    for each in (
        _table(
            "appearances",
            "Datasets that several sources list, and which record is whose copy.",
            "record_id source_id copy_id points evidence",
        ),
        _table(
            "attempts",
            "Every request that was made, with what it took.",
            "url number purpose unit status failure seconds received_bytes moment",
            withheld={"address": NETWORK},
        ),
        _table(
            "attributions",
            "Which institution each record belongs to, and how that was told.",
            "record_id source_id institution_id method how score publisher publisher_key suggestions",
            masked="publisher publisher_key",
        ),
        _table("blobs", "The bytes that were seen, by SHA-256.", "sha256 size kept class"),
        _table(
            "columns",
            "The columns of the tables in the files, and how many of their cells are filled.",
            "resource_id table column name kind filled missing distinct personal",
            masked="name",
        ),
        _table(
            "decisions",
            "Rulings of analysts, such as whose a record is.",
            "id kind subject ruling moment",
            masked="ruling",
            withheld={"who": PERSON, "why": WORDS},
        ),
        _table(
            "distributions",
            "The resources of the datasets, as their sources describe them.",
            "resource_id record_id source_id ordinal native_id title description access_url download_url format media_type "
            "byte_size licence rights issued modified checksum conforms_to languages derived",
            masked="title description rights",
        ),
        _table(
            "duty_matches",
            "What on the sites of institutions may fulfil a legal duty, with the reasons.",
            "institution_id mention_id duty_id source_id kind url page_url text path headings sha256 score sure waits behind "
            "reasons periods statement said ruling decision_id evidence_key",
            masked="text path headings reasons statement said",
        ),
        _table(
            "duty_verdicts",
            "How each institution stands in each legal duty, by period.",
            "institution_id duty_id period first last due standing reason rule days_late open clicks justification gaps "
            "evidence source_id whole",
            masked="justification evidence",
        ),
        _table(
            "field_uses",
            "Which fields the sources sent, and how they were read.",
            "source_id path reading count",
        ),
        _table(
            "histories",
            "When every subject was first seen, last seen, changed and failing.",
            "subject_id lineage level first_seen last_seen last_good failing_since unreached_since hidden_since "
            "unknown_rounds observations changed changes content_sha256 sha256 tables declared described",
            masked="tables",
        ),
        _table(
            "inspections",
            "What the bytes of each resource are: true format, encoding, tables and defects.",
            "resource_id sha256 format media_type size encoding dialect tables defects content_sha256 service md5 sha1 "
            "reason document",
            masked="tables",
            withheld={"members": PERSON},
        ),
        _table(
            "institutions",
            "The register of institutions.",
            "institution_id name acronym kind branch site groups",
        ),
        _table(
            "measures",
            "The measures from which the index is computed, one for each institution.",
            "measure_id institution_id value passed applied unknown not_applicable low high reason",
        ),
        _table(
            "migrations",
            "Records and resources that came back under another identifier.",
            "subject_id former_id level source_id points evidence",
        ),
        _table(
            "outcomes",
            "The result of every check on every case, with its evidence.",
            "check_id subject_id check_version level institution_id source_id record_id resource_id table verdict reason "
            "passed applied evidence finding_id",
        ),
        _table(
            "pages",
            "The answers of the catalogues that were read.",
            "source_id url status failure sha256 size media_type headers",
        ),
        _table(
            "probes",
            "What was asked for each resource and what came back.",
            "resource_id url final_url status failure tls_failure redirects headers media_type sha256 size kept second_look",
        ),
        _table("problems", "What sources sent that could not be read.", "source_id ordinal place reason"),
        _table(
            "records",
            "The datasets, as their sources describe them.",
            "record_id source_id native_id occurrence title description keywords themes publisher contact licence "
            "licence_title licence_url access_rights rights issued modified frequency spatial temporal languages "
            "landing_page version conforms_to profile_violations metadata_sha256",
            masked="title description keywords rights publisher",
            withheld={"creator": PERSON},
        ),
        Allowed("remarks", "Notes on how resources were read.", (), kept_back=WORKING),
        _table(
            "republished",
            "Series of international organisations that institutions list as theirs.",
            "record_id source_id organisation how said",
            masked="said",
        ),
        _table(
            "rules",
            "Every check and indicator with its texts, reasons and remedy.",
            "id version kind level dimension effort title text remedy reasons terms formats",
        ),
        _table(
            "scores",
            "The figures of every index: each node of each institution, source and group.",
            "methodology_id unit_id node parent level kind group value low high coverage ranked rank rank_low rank_high "
            "weight detail",
        ),
        _table(
            "site_contents",
            "What the documents of the sites are.",
            "source_id sha256 format tables rows words scanned content_sha256 reason",
            masked="tables",
            withheld={"title": TEXT, "opening": TEXT},
        ),
        _table(
            "site_documents",
            "The documents that the sites of institutions lead to.",
            "source_id url mention_id final_url status failure media_type sha256 size kept probed depth section parent text "
            "path headings",
            masked="text path headings",
        ),
        _table(
            "site_links",
            "The links on the sites that may lead to what a law obliges to publish.",
            "link_id source_id mention_id kind relation page_url url text path headings section chrome skipped",
            masked="text path headings",
            withheld={"lead": TEXT},
        ),
        _table(
            "site_pages",
            "The pages of the sites that were read.",
            "source_id url mention_id final_url status failure media_type sha256 depth section parent text path headings "
            "title language words own_words text_sha256 links documents same_as soft_404 rendered outside",
            masked="text path headings title",
            withheld={"opening": TEXT},
        ),
        _table(
            "sites",
            "The web sites that were read, and how far.",
            "source_id institution_id url state reason pages pages_read documents probes size section_pages section_unread "
            "unrendered left_out",
        ),
        _table(
            "sources",
            "The places where institutions publish, and how reading them ended.",
            "source_id title protocol url institution_id covers state reason detail declared_total datasets resources derived "
            "problems unread_fields tls_failure answered answered_sha256",
        ),
        _table(
            "statements",
            "What people said in the portal, as it was frozen for the index.",
            "id kind institution_id subject cut_off",
            withheld={"value": WORDS},
        ),
        Allowed("validators", "What lets a later reading ask only for what is new.", (), kept_back=WORKING),
    )
}
"""Every table of an observation, by name."""
