"""The mentions of a site, as the matching of duties wants them, from the parts of an open round or from a sealed observation.

One mention for each address that the site leads to, with the words of the best of its links, and one for each heading.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final, cast

from atalaya.catalogue.folding import fold
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind, Place
from atalaya.history.read import Sealed
from atalaya.rounds.context import Round
from atalaya.rounds.crawling import STAGE as CRAWL
from atalaya.rounds.site_clicks import clicks_from_home
from atalaya.rounds.site_contents import HISTORIES
from atalaya.rounds.site_contents import STAGE as CONTENTS
from atalaya.store.tables import Row

Rows = Callable[[str], Iterable[Mapping[str, Any]]]
"""The rows of one site by the name of their table."""

LONG_TEXT: Final = 200
"""Characters from which more of a link's text says no more of what it leads to."""

_KINDS = {
    "page": MentionKind.PAGE,
    "document": MentionKind.DOCUMENT,
    "media": MentionKind.DOCUMENT,
    "heading": MentionKind.HEADING,
    "form": MentionKind.FORM,
    "viewer": MentionKind.VIEWER,
    "shared_folder": MentionKind.SHARED_FOLDER,
}


def mentions_of_round(round_: Round, source_id: str) -> Iterator[Mention]:
    """The mentions of one site of an open round whose stage `contents` is done."""
    known = round_.ledger.unit_rows(CONTENTS, HISTORIES + source_id, "histories")
    histories = {str(row["subject_id"]): row for _, row in known}

    def rows(table: str) -> Iterable[Mapping[str, Any]]:
        stage = CONTENTS if table == "site_contents" else CRAWL
        return (row for _, row in round_.ledger.unit_rows(stage, source_id, table))

    yield from mentions(rows, histories)


def mentions_of_observation(observation: Sealed, source_id: str) -> Iterator[Mention]:
    """The mentions of one site of a sealed observation."""
    for _, found in mentions_of_sites(observation, (source_id,)):
        yield from found


def mentions_of_sites(observation: Sealed, source_ids: Sequence[str]) -> Iterator[tuple[str, Iterator[Mention]]]:
    """The mentions of some sites of a sealed observation, each site with its own: their tables are read once for all of them, and
    held."""
    of_site: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(partial(defaultdict, list))
    for table in ("sites", "site_pages", "site_documents", "site_links", "site_contents"):
        for row in observation.rows(table, "source_id IN (SELECT unnest(?::VARCHAR[]))", [list(source_ids)]):
            of_site[str(row["source_id"])][table].append(row)
    visited = (row for tables in of_site.values() for row in (*tables["site_pages"], *tables["site_documents"]))
    seen = [str(row["mention_id"]) for row in visited]
    known = observation.rows("histories", "subject_id IN (SELECT unnest(?::VARCHAR[]))", [seen])
    histories = {str(row["subject_id"]): row for row in known}
    for source_id in source_ids:
        yield source_id, mentions(of_site[source_id].__getitem__, histories)


def mentions(rows: Rows, histories: Mapping[str, Mapping[str, Any]]) -> Iterator[Mention]:
    """The mentions of one site from its rows, by id; `histories` by mention id."""
    contents = {row["sha256"]: row for row in rows("site_contents")}
    pages = {row["mention_id"]: row for row in rows("site_pages")}
    documents = {row["mention_id"]: row for row in rows("site_documents")}
    titles = {row["url"]: row["title"] for row in pages.values()}
    links = best_links(rows("site_links"))
    homes = [str(row["url"]) for row in rows("sites")]
    clicks = clicks_from_home(homes[0], rows("site_links")) if homes else {}
    for mention_id in sorted({*links, *pages, *documents}):
        visited = pages.get(mention_id) or documents.get(mention_id)
        link = links.get(mention_id)
        if visited is None and link is None:
            continue
        content = _content(visited, pages, contents, histories.get(mention_id)) if visited is not None else _below(link)
        mention = _mention(mention_id, link, visited, content, mention_id in documents, titles)
        place = mention.page_url if mention.kind is MentionKind.HEADING else mention.url
        yield replace(mention, clicks=clicks.get(place))


def best_links(links: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Mention → the link whose words tell most of what it leads to: of the section, with a text, of the longest text, the first
    found. A site may have hundreds of links for each address: no more than one of each is held."""

    def rank(row: Mapping[str, Any]) -> tuple[bool, bool, int, int, str]:
        letters = len(fold(row["text"]))
        return (not row["section"], row["chrome"], -min(letters, LONG_TEXT), len(row["path"]), str(row["link_id"]))

    best: dict[str, tuple[tuple[bool, bool, int, int, str], Mapping[str, Any]]] = {}
    for row in links:
        ranked = rank(row)
        mention = str(row["mention_id"])
        if mention not in best or ranked < best[mention][0]:
            best[mention] = (ranked, row)
    return {mention: row for mention, (_, row) in best.items()}


def _mention(
    mention_id: str,
    link: Mapping[str, Any] | None,
    visited: Mapping[str, Any] | None,
    content: DocumentContent | None,
    is_document: bool,
    titles: Mapping[str, str],
) -> Mention:
    said = cast("Mapping[str, Any]", link if link is not None else visited)
    page_url = str(said["page_url"] if link is not None else said["parent"] or said["url"])
    kind = _KINDS.get(str(said.get("kind")), MentionKind.DOCUMENT if is_document else MentionKind.PAGE)
    if kind is MentionKind.DOCUMENT and visited is not None and not is_document:
        kind = MentionKind.PAGE
    elif kind is MentionKind.PAGE and is_document:
        kind = MentionKind.DOCUMENT
    headings = [str(each) for each in said["headings"]]
    lead = str(said.get("lead") or "") if kind is not MentionKind.HEADING else ""
    section = bool(said["section"]) or (visited is not None and bool(visited["section"]))
    return Mention(
        id=mention_id,
        source_id=str(said["source_id"]),
        kind=kind,
        url=str(said["url"]),
        page_url=page_url,
        text=str(said["text"]),
        path=tuple(str(each) for each in said["path"]),
        headings=tuple([*headings, lead] if lead else headings),
        page_title=str(titles.get(page_url) or ""),
        place=Place.SECTION if section else Place.ELSEWHERE,
        content=content,
    )


def _below(link: Mapping[str, Any] | None) -> DocumentContent | None:
    """What stands under a heading, as the content of it; None for what is no heading, or has nothing under it."""
    if link is None or link["kind"] != "heading" or not link["lead"]:
        return None
    return DocumentContent(opening=link["lead"], words=len(str(link["lead"]).split()))


def _content(
    visited: Mapping[str, Any],
    pages: Mapping[str, Mapping[str, Any]],
    contents: Mapping[str, Mapping[str, Any]],
    history: Mapping[str, Any] | None,
) -> DocumentContent:
    is_page = visited["mention_id"] in pages
    read = contents.get(visited["sha256"], {}) if not is_page else visited
    notes = [
        name
        for name, there in (
            ("soft_404", visited.get("soft_404")),
            ("unrendered", visited.get("rendered") == "no"),
            ("rendered", visited.get("rendered") == "yes"),
            ("same_as", visited.get("same_as")),
            ("probed", visited.get("probed")),
            ("outside", visited.get("outside")),
        )
        if there
    ]
    return DocumentContent(
        status=visited["status"],
        failure=visited["failure"],
        sha256=visited["sha256"],
        size=visited.get("size"),
        media_type=visited["media_type"],
        format="html" if is_page else read.get("format"),
        tables=tuple(tuple(names) for names in read.get("tables") or ()),
        rows=read.get("rows") or 0,
        words=(read.get("own_words") if is_page else read.get("words")) or 0,
        scanned=bool(read.get("scanned")),
        title=read.get("title") or "",
        opening=read.get("opening") or "",
        first_seen=_day(history, "first_seen"),
        last_seen=_day(history, "last_good"),
        changed=_day(history, "changed"),
        links=visited.get("documents") or 0,
        notes=tuple(notes),
    )


def _day(row: Mapping[str, Any] | None, name: str) -> date | None:
    value = row.get(name) if row is not None else None
    return date.fromisoformat(str(value)[:10]) if value else None
