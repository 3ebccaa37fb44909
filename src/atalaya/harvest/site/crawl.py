"""A crawl of one site: hands out targets, takes what came of them, and tells rows.

It asks nothing itself and keeps no clock: the same visits in the same order give the same rows and the same next target. So a
crawl that died is brought back by taking again the visits that were noted, without asking anything twice.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from typing import Final

from atalaya.catalogue.folding import fold
from atalaya.catalogue.identity import digest_id
from atalaya.harvest.site.addresses import Link, is_under, link_of
from atalaya.harvest.site.frontier import DOCUMENT, MISSING, PAGE, PROBE, SITEMAP, Frontier, Site, Target
from atalaya.harvest.site.masking import opening_of
from atalaya.harvest.site.missing import MissingSign, sign_of
from atalaya.harvest.site.page_parts import PageHeading, PageLink, PageReading
from atalaya.harvest.site.references import NEAREST, Reference, judge
from atalaya.harvest.site.traps import Traps
from atalaya.harvest.site.visits import UNRENDERED, Visited, is_document
from atalaya.store.tables import Row

TIRED: Final = 10
"""Targets in a row that gave no answer, or an error of the server, after which the rest of a site is left alone."""
_REPEATED_HEADING: Final = 3
"""Times that one heading is told of a site: what stands on every page is its frame."""
_PATH: Final = 12
_TROUBLE = frozenset({"dns", "refused", "timeout", "connection", "tls_other", "truncated", "postponed", "spent"})

START, SECTION, SECTION_DOCUMENT, OUTSIDE, REST, LISTED, LAST = range(7)
"""Ranks of targets: the home page and what stands in its place; the section of the law and its documents; pages on other hosts
that it leads to; the rest by distance; what only a sitemap names; what is only probed."""

Rows = list[tuple[str, Row]]


class Crawl:
    """The state of the crawl of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.frontier = Frontier(site.budget)
        self._traps = Traps(site.year)
        self._read: set[str] = set()
        self._in_section: set[str] = set()
        self._told: set[int] = set()
        self._headings: Counter[str] = Counter()
        self._missing: MissingSign | None = None
        self._counts: Counter[str] = Counter()
        self._tired = 0
        self._first_failure: str | None = None
        self.stopped: str | None = None
        home = link_of(site.home, "")
        if home is not None:
            self.frontier.add(Target(link=home, purpose=PAGE), home.key, START)

    # -- what is asked next

    def next(self) -> Target | None:
        """The next target, None where the crawl is over."""
        while not self.stopped and (target := self.frontier.next()) is not None:
            key = self._traps.key(target.link)
            closed = self._traps.closed(target.link, target.section) if target.purpose == PAGE else None
            if key in self._read or closed:
                self.frontier.asked["outside" if target.outside else target.purpose] -= 1
                if closed and key not in self._read:
                    self.frontier.leave_out(closed, target)
                continue
            self._read.add(key)
            if target.purpose == PAGE:
                self._traps.asked(target.link)
            return target
        return None

    # -- what came

    def take(self, target: Target, visited: Visited) -> Rows:
        """Take what came of a target and tell its rows."""
        self._tire(target, visited)
        if target.purpose == SITEMAP:
            self._take_sitemap(target, visited)
            return []
        if target.purpose == MISSING:
            self._missing = sign_of(visited)
            return []
        if not self._counts["page"] and visited.page is not None:
            self._begin(visited)
        final = link_of(visited.final_url, "") or target.link
        if is_document(target, visited):
            return [self._document(target, visited, final)]
        return self._page(target, visited, final)

    def _tire(self, target: Target, visited: Visited) -> None:
        troubled = visited.failure in _TROUBLE or (visited.status or 0) >= 500 or visited.status == 429
        self._tired = self._tired + 1 if troubled else 0
        if not visited.good:
            self._first_failure = self._first_failure or visited.failure or str(visited.status)
            blocked = target.section and target.purpose == PAGE and visited.status not in (404, 410)
            self._counts["section_failed"] += blocked
        if self._tired >= TIRED:
            self.stopped = "tired"

    def _begin(self, visited: Visited) -> None:
        """The site answers: ask how it says that a page is missing, and for its sitemaps."""
        base = visited.final_url
        odd = hashlib.sha256(self.site.source_id.encode()).hexdigest()[:20]
        for path, purpose, rank in (
            (f"/{odd}", MISSING, START),
            ("/robots.txt", SITEMAP, START),
            ("/sitemap.xml", SITEMAP, START),
        ):
            link = link_of(base, path)
            if link is not None:
                self.frontier.add(Target(link=link, purpose=purpose), link.key, rank)

    def _take_sitemap(self, target: Target, visited: Visited) -> None:
        for address in visited.sitemaps:
            link = link_of(target.link.url, address)
            if link is not None and is_under(link.host, self.site.domains):
                self.frontier.add(Target(link=link, purpose=SITEMAP, depth=0), link.key, START)
        for address in visited.addresses:
            said = PageLink(address, "", "anchor", chrome=True)
            found = judge(self.site, target, target.link.url, said, 0)
            if found is not None and found.purpose in (PAGE, DOCUMENT) and not found.outside:
                self._offer(found, target, said, (), listed=True)

    # -- documents

    def _document(self, target: Target, visited: Visited, final: Link) -> tuple[str, Row]:
        if target.purpose != PROBE and visited.size is not None:
            self.frontier.size += visited.size
        self._read.add(self._traps.key(final))
        self._counts["documents"] += visited.good and target.purpose != PROBE
        return "site_documents", {
            **self._about(target, visited),
            "size": visited.size,
            "kept": visited.kept,
            "probed": target.purpose == PROBE,
        }

    def _about(self, target: Target, visited: Visited) -> Row:
        """What rows of pages and of documents have in common."""
        return {
            "source_id": self.site.source_id,
            "url": target.link.url,
            "mention_id": self.mention_id(target.link),
            "final_url": visited.final_url,
            "status": visited.status,
            "failure": visited.failure,
            "media_type": visited.media_type,
            "sha256": visited.sha256,
            "depth": target.depth,
            "section": target.section,
            "parent": target.parent or None,
            "text": target.text,
            "path": list(target.path),
            "headings": list(target.headings),
        }

    def mention_id(self, link: Link) -> str:
        """The id of what an address leads to; the same however the address is written."""
        return digest_id(self.site.source_id, link.key)

    # -- pages

    def _page(self, target: Target, visited: Visited, final: Link) -> Rows:
        page = visited.page or PageReading()
        row: Row = {
            **self._about(target, visited),
            "title": opening_of(page.title),
            "language": page.language or None,
            "words": page.words,
            "own_words": page.own_words,
            "text_sha256": page.text_sha256 or None,
            "opening": opening_of(page.opening),
            "links": len(page.links),
            "documents": 0,
            "same_as": None,
            "soft_404": False,
            "rendered": visited.rendered,
            "outside": target.outside,
        }
        rows: Rows = [("site_pages", row)]
        if not visited.good or visited.page is None:
            return rows
        self._counts["page"] += 1
        self._counts["section"] += target.section
        self._counts["unrendered"] += visited.rendered == UNRENDERED
        self._counts["section_failed"] += visited.rendered == UNRENDERED and target.section
        row["same_as"] = self._landed_before(target, final) or self._traps.same_as(final, _identity(page))
        row["soft_404"] = target.depth > 0 and self._missing is not None and self._missing.fits(page)
        inside = target.outside or is_under(final.host, self.site.domains) or target.depth == 0
        if row["same_as"] is not None or row["soft_404"] or not inside:
            self._traps.read(target.link, page.blocks, news=False)
            return rows
        if target.depth == 0 and not is_under(final.host, self.site.domains):
            self.site = _moved(self.site, final)
        found = self._references(target, visited, page, final)
        row["documents"] = sum(name == "site_links" and each["kind"] == "document" for name, each in found)
        news = any(each["kind"] in ("document", "viewer", "shared_folder", "heading") for _, each in found)
        self._traps.read(target.link, page.blocks, news=news)
        return rows + found

    def _landed_before(self, target: Target, final: Link) -> str | None:
        """The address that a redirect led to, where it was read already; else it need not be asked again."""
        key = self._traps.key(final)
        if key == self._traps.key(target.link):
            return None
        if key in self._read:
            return final.url
        self._read.add(key)
        self.frontier.know(key)
        return None

    def _references(self, target: Target, visited: Visited, page: PageReading, final: Link) -> Rows:
        base = (page.base and (link_of(visited.final_url, page.base) or final).url) or visited.final_url
        path = (*target.path, target.text)[-_PATH:] if target.text else target.path
        rows: Rows = []
        for said in page.links:
            found = judge(self.site, target, base, said, page.words)
            if found is None:
                continue
            skipped = found.skipped
            if found.purpose is not None:
                skipped = "nofollow" if page.nofollow else self._offer(found, target, said, path)
            rows.extend(self._link_row(found, target, said, path, skipped))
        for heading in page.headings:
            rows.extend(self._heading_row(target, heading, path))
        return rows

    def _offer(
        self, found: Reference, target: Target, said: PageLink, path: tuple[str, ...], *, listed: bool = False
    ) -> str | None:
        """Offer a target to the frontier; gives why it is not asked, None where it is, or was, or will be."""
        assert found.purpose is not None
        key = self._traps.key(found.link)
        known = self.frontier.knows(key)
        if known and (not found.section or key in self._in_section or key in self._read):
            return None
        reason = self._traps.closed(found.link, found.section) if found.purpose == PAGE else None
        stands_in = said.relation in ("refresh", "frame") and found.purpose == PAGE
        child = Target(
            link=found.link,
            purpose=found.purpose,
            depth=target.depth + (not stands_in),
            section=found.section,
            outside=found.outside,
            parent="" if listed else target.link.url,
            text=target.text if stands_in and not said.text else said.text,
            path=target.path if stands_in else path,
            headings=said.headings,
        )
        if reason is not None:
            return self.frontier.leave_out(reason, child)
        if found.section:
            self._in_section.add(key)
        rank = START if stands_in and target.depth == 0 else _rank(found, listed=listed)
        if not known:
            return self.frontier.add(child, key, rank)
        self.frontier.again(child, rank)
        return None

    def _link_row(
        self, found: Reference, target: Target, said: PageLink, path: tuple[str, ...], skipped: str | None
    ) -> Rows:
        """The row of a link, the first time that its text leads to its address from the section, or from elsewhere."""
        link_id = digest_id(
            self.site.source_id, found.link.key, said.text, "section" if found.section else "", found.kind
        )
        if found.kind == "form" and said.relation == "postback":
            link_id = digest_id(self.site.source_id, target.link.key, said.text, said.reference)
        if (mark := hash(link_id)) in self._told:
            return []
        self._told.add(mark)
        row: Row = {
            "link_id": link_id,
            "source_id": self.site.source_id,
            "mention_id": self.mention_id(found.link) if said.relation != "postback" else link_id,
            "kind": found.kind,
            "relation": said.relation,
            "page_url": target.link.url,
            "url": found.link.url,
            "text": opening_of(said.text),
            "lead": opening_of(said.lead),
            "path": list(path),
            "headings": list(said.headings),
            "section": found.section,
            "chrome": said.chrome,
            "skipped": skipped,
        }
        return [("site_links", row)]

    def _heading_row(self, target: Target, heading: PageHeading, path: tuple[str, ...]) -> Rows:
        text = heading.text
        folded = fold(text)
        mention_id = digest_id(self.site.source_id, target.link.key, folded)
        self._headings[folded] += 1
        mark = hash(mention_id)
        if self._headings[folded] > _REPEATED_HEADING or mark in self._told:
            return []
        self._told.add(mark)
        row: Row = {
            "link_id": mention_id,
            "source_id": self.site.source_id,
            "mention_id": mention_id,
            "kind": "heading",
            "relation": "heading",
            "page_url": target.link.url,
            "url": target.link.url,
            "text": opening_of(text),
            "lead": opening_of(heading.below),
            "path": list(path),
            "headings": list(heading.above),
            "section": target.section or self.site.words.speak(text, *heading.above[-NEAREST:]),
            "chrome": heading.chrome,
            "skipped": None,
        }
        return [("site_links", row)]

    # -- the end

    def summary(self) -> Row:
        """The row of the site: what was read of it, what was left out and why."""
        counts, frontier = self._counts, self.frontier
        cut = frontier.left_out["budget"]
        state = (
            "failed" if not counts["page"] else "partial" if self.stopped or cut or counts["unrendered"] else "complete"
        )
        reason = self.stopped or ("budget" if cut else "script" if counts["unrendered"] else None)
        left = self.frontier.section_left_out + counts["section_failed"]
        return {
            "source_id": self.site.source_id,
            "url": self.site.home,
            "state": state,
            "reason": self._first_failure if state == "failed" else reason,
            "pages": frontier.asked[PAGE] + frontier.asked["outside"],
            "pages_read": counts["page"],
            "documents": counts["documents"],
            "probes": frontier.asked[PROBE],
            "size": frontier.size,
            "section_pages": counts["section"],
            "section_unread": left + (1 if self.stopped and len(frontier) else 0),
            "unrendered": counts["unrendered"],
            "left_out": dict(sorted(frontier.left_out.items())),
        }


def _rank(found: Reference, *, listed: bool) -> int:
    if found.purpose == PROBE:
        return LAST
    if found.outside:
        return OUTSIDE
    if found.section:
        return SECTION if found.purpose == PAGE else SECTION_DOCUMENT
    return LISTED if listed else REST


def _identity(page: PageReading) -> int:
    """What two pages have in common that are one: their text, and the names that their links end in."""
    digest = hashlib.sha256(page.text_sha256.encode())
    for link in page.links:
        digest.update(
            link.reference.partition("?")[0].partition(";")[0].rstrip("/").rpartition("/")[2].encode("utf-8", "replace")
        )
        digest.update(b"\n")
    return int.from_bytes(digest.digest()[:8], "big")


def _moved(site: Site, final: Link) -> Site:
    """The site where its home page led to another host: there it is now."""
    return replace(site, domains=site.domains | {final.host})
