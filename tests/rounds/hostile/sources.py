"""Hostile catalogues: what each does, how it is declared, and how its harvest has to end.

A case ends as (state, reason): keys of `atalaya.harvest.protocol`. `limit` names the declared limit that ends it, as
docs/explanation/hostile-sources.md lists it.
"""

import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks import monsters
from tests.rounds.hostile.server import Pieces, Script, always, http

KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCase:
    """One source. `ends` are the states and reasons that it may end as; `path` follows the host in its address."""

    what: str
    protocol: str
    script: Script
    ends: tuple[tuple[str, str | None], ...]
    limit: str
    path: str = "/data.json"
    certificate: str | None = None
    silent: bool = False
    by_name: bool = False
    declared: dict[str, Any] = field(default_factory=dict)


def ends(state: str, *reasons: str | None) -> tuple[tuple[str, str | None], ...]:
    return tuple((state, reason) for reason in reasons)


def endless(piece: bytes, *headers: str) -> Script:
    return lambda _target: itertools.chain([http(b"", *headers)], itertools.repeat(piece))


def drip(*, head: bool) -> Script:
    """One byte after the other, of the body or of the headers."""
    start = b"HTTP/1.1 200 OK\r\nX-Slow: " if head else http(b"", "Content-Length: 1000000")
    return lambda _target: itertools.chain([start], itertools.chain.from_iterable(itertools.repeat((b"a", 0.1))))


def onwards(target: str) -> Pieces:
    """Redirects to an address that was never asked before."""
    number = int(parse_qs(urlsplit(target).query).get("n", ["0"])[0]) + 1
    return [http(b"", f"Location: {urlsplit(target).path}?n={number}", "Content-Length: 0", status="302 Found")]


def redirect(location: str) -> Script:
    return always(http(b"", f"Location: {location}", "Content-Length: 0", status="302 Found"))


def search(repeats: bool) -> Script:
    """A CKAN that declares a million packages: every page the same, or new ones for ever."""

    def answer(target: str) -> Pieces:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        start = 0 if repeats else int(asked.get("start", asked.get("offset", "0")))
        names = [f"p{number}" for number in range(start, start + 50)]
        if "package_search" in target:
            result: object = {
                "count": 1_000_000,
                "results": [{"id": name, "name": name, "title": name} for name in names],
            }
        else:
            result = (
                names if "package_list" in target else {"id": asked.get("id"), "name": asked.get("id"), "title": "a"}
            )
        return [http(json.dumps({"success": True, "result": result}).encode(), "Content-Type: application/json")]

    return answer


def hydra(target: str) -> Pieces:
    """Pages of a Hydra collection with nothing on them and always a next one."""
    number = int(parse_qs(urlsplit(target).query).get("page", ["0"])[0]) + 1
    body = (
        "@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        f"<> a dcat:Catalog . <{target}> a hydra:PagedCollection ; "
        f"hydra:nextPage <?page={number}> ; hydra:next <?page={number}> ."
    )
    return [http(body.encode(), "Content-Type: text/turtle")]


def records(target: str) -> Pieces:
    """An OAI-PMH list whose resumption token never runs out."""
    number = (
        int("".join(filter(str.isdigit, parse_qs(urlsplit(target).query).get("resumptionToken", ["0"])[0])) or 0) + 1
    )
    space = "xmlns='http://www.openarchives.org/OAI/2.0/'"
    record = (
        f"<record><header><identifier>oai:a:{number}</identifier><datestamp>2026-01-01</datestamp></header><metadata>"
        "<dc xmlns='http://www.openarchives.org/OAI/2.0/oai_dc/' xmlns:d='http://purl.org/dc/elements/1.1/'>"
        f"<d:title>t{number}</d:title><d:type>Dataset</d:type></dc></metadata></record>"
    )
    body = (
        f"<OAI-PMH {space}><request verb='ListRecords'>https://a.example</request><ListRecords>{record}"
        f"<resumptionToken>t{number}</resumptionToken></ListRecords></OAI-PMH>"
    )
    return [http(body.encode(), "Content-Type: text/xml")]


def sitemaps(_target: str) -> Pieces:
    """An index of sitemaps that lists itself and others, all of which are this index."""
    places = "".join(f"<sitemap><loc>/sitemap-{number}.xml</loc></sitemap>" for number in range(2_000))
    body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</sitemapindex>"
    return [http(body.encode(), "Content-Type: application/xml")]


def many_headers(number: int) -> Script:
    return always(http(b"{}", *(f"X-{place}: a" for place in range(number))))


def body(content: bytes, *headers: str) -> Script:
    return always(http(content, *headers))


def chunks() -> Iterator[bytes]:
    yield http(b"", "Transfer-Encoding: chunked")
    yield b"zz\r\nno number of bytes\r\n"


GOOD = json.dumps({"conformsTo": "x", "dataset": [{"identifier": "d1", "title": "Padrón"}]}).encode()
NOTHINGS = json.dumps({"conformsTo": "x", "dataset": [{}] * 2_000}).encode()
GARBAGE = b"\xff\xfe\xfd{\xc3\x28\xa0" * 500
CONTEXT = (
    b'{"@context": "https://169.254.169.254/context.jsonld", "@id": "https://a.example/1", "@type": "dcat:Dataset"}'
)
LAUGHS = monsters.laughs()
METADATA = "http://169.254.169.254/latest/meta-data/"

SOURCES = {
    # the thirteen of the list
    "paging-loop": SourceCase(
        what="pages that repeat", protocol="ckan", path="", script=search(repeats=True), limit="pages that repeat",
        ends=ends("partial", "pages_repeat", "incomplete", "page_failed"),
    ),
    "stream": SourceCase(
        what="a body without end", protocol="datajson", script=endless(b" " * 65_536), limit="ATALAYA_STREAM_LIMIT",
        ends=ends("failed", "oversize"),
    ),
    "zip-bomb": SourceCase(
        what="a workbook of blanks as a catalogue", protocol="datajson_ar", path="/catalogo.xlsx",
        script=body(monsters.workbook_bomb(32 * KIB * KIB)), limit="inspection memory",
        ends=ends("failed", "malformed", "no_datasets", "bomb", "empty"),
    ),
    "nested": SourceCase(
        what="archives in archives", protocol="datajson", script=body(monsters.nested_zip()), limit="–",
        ends=ends("failed", "malformed", "encoding"),
    ),
    "laughs": SourceCase(
        what="billion laughs", protocol="dcat_rdf", path="/catalog.rdf", script=body(LAUGHS, "Content-Type: application/rdf+xml"),
        limit="entities", ends=ends("failed", "entities"),
    ),
    "deep-json": SourceCase(
        what="JSON nested 200,000 deep", protocol="datajson", script=body(monsters.deep_json()), limit="JSON depth",
        ends=ends("failed", "nesting"),
    ),
    "bad-utf8": SourceCase(
        what="bytes in no encoding", protocol="datajson", script=body(GARBAGE), limit="–",
        ends=ends("failed", "malformed", "encoding"),
    ),
    "other-name": SourceCase(
        what="a certificate for another name", protocol="datajson", script=body(GOOD), certificate="wrong_host",
        limit="–", ends=ends("complete", None),
    ),
    "to-metadata": SourceCase(
        what="a redirect to a metadata address", protocol="datajson", script=redirect(METADATA), limit="address guard",
        ends=ends("failed", "address"),
    ),
    "rebind": SourceCase(
        what="a name that changes to a metadata address", protocol="datajson", script=redirect("/other"),
        limit="address guard", by_name=True, declared={"local": True}, ends=ends("failed", "address"),
    ),
    "gzip-10-gb": SourceCase(
        what="a gzip of 10 GB", protocol="datajson", limit="unpacked over received bytes",
        script=lambda _target: itertools.chain(
            [http(b"", "Content-Encoding: gzip")], monsters.gzip_pieces(10 * KIB * KIB * KIB)
        ),
        ends=ends("failed", "bomb"),
    ),
    "long-header": SourceCase(
        what="a header of 1 MB", protocol="datajson", script=body(b"{}", f"X-Long: {'a' * KIB * KIB}"), limit="one header",
        ends=ends("failed", "unreachable"),
    ),
    "drip": SourceCase(
        what="a byte at a time", protocol="datajson", script=drip(head=False), limit="ATALAYA_LEAST_RATE",
        ends=ends("failed", "unreachable"),
    ),
    # others
    "endless-pages": SourceCase(
        what="new pages for ever", protocol="ckan", path="", script=search(repeats=False), limit="ATALAYA_SOURCE_BYTES",
        declared={"page_size": 50}, ends=ends("partial", "spent"),
    ),
    "endless-records": SourceCase(
        what="resumption tokens for ever", protocol="oai_pmh", path="/oai", script=records, limit="ATALAYA_SOURCE_BYTES",
        ends=ends("partial", "spent"),
    ),
    "endless-nothing": SourceCase(
        what="empty pages for ever", protocol="dcat_rdf", path="/catalog.ttl", script=hydra, limit="empty pages in a row",
        ends=ends("failed", "pages_repeat", "no_datasets"),
    ),
    "sitemaps": SourceCase(
        what="an index of sitemaps in a circle", protocol="sitemap", path="/sitemap.xml", script=sitemaps, limit="sitemaps",
        ends=(*ends("failed", "no_datasets", "incomplete", "spent", "pages_repeat"), *ends("partial", "incomplete", "spent")),
    ),
    "nothings": SourceCase(
        what="very many datasets of nothing", protocol="datajson", script=body(NOTHINGS), limit="–",
        ends=(*ends("failed", "no_datasets", "malformed"), *ends("complete", None), *ends("partial", "incomplete")),
    ),
    "gzip-file": SourceCase(
        what="a gzip file of 300 MB", protocol="datajson", script=body(monsters.gzip_bomb(64 * KIB * KIB)),
        limit="unpacked catalogue", ends=ends("failed", "bomb"),
    ),
    "broken-gzip": SourceCase(
        what="half a gzip file", protocol="datajson", script=body(gzip.compress(GOOD * 50)[:-20]), limit="–",
        ends=ends("failed", "malformed"),
    ),
    "brotli": SourceCase(
        what="a coding nobody asked for", protocol="datajson", script=body(b"\x0b\x01\x80abc\x03", "Content-Encoding: br"),
        limit="codings", ends=ends("failed", "coding"),
    ),
    "nine-codings": SourceCase(
        what="nine codings in a row", protocol="datajson", script=body(GOOD, f"Content-Encoding: {'gzip, ' * 9}"),
        limit="codings in a row", ends=ends("failed", "coding"),
    ),
    "many-headers": SourceCase(
        what="20,000 headers", protocol="datajson", script=many_headers(20_000), limit="headers",
        ends=ends("failed", "unreachable"),
    ),
    "slow-headers": SourceCase(
        what="headers a byte at a time", protocol="datajson", script=drip(head=True), limit="ATALAYA_HEAD_SECONDS",
        ends=ends("failed", "unreachable"),
    ),
    "handshake": SourceCase(
        what="a TLS handshake that never ends", protocol="datajson", script=always(), silent=True,
        limit="ATALAYA_HEAD_SECONDS", ends=ends("failed", "unreachable"),
    ),
    "short": SourceCase(
        what="fewer bytes than announced", protocol="datajson", script=body(b"{}", "Content-Length: 5000"), limit="–",
        ends=ends("failed", "unreachable"),
    ),
    "chunks": SourceCase(
        what="chunks without a length", protocol="datajson", script=lambda _target: chunks(), limit="–",
        ends=ends("failed", "unreachable"),
    ),
    "circle": SourceCase(
        what="a redirect to itself", protocol="datajson", script=redirect("/data.json"), limit="redirects",
        ends=ends("failed", "redirects"),
    ),
    "onwards": SourceCase(
        what="redirects to ever new addresses", protocol="datajson", script=onwards, limit="redirects",
        ends=ends("failed", "redirects"),
    ),
    "to-file": SourceCase(
        what="a redirect to a file", protocol="datajson", script=redirect("file:///etc/passwd"), limit="schemes",
        ends=ends("failed", "redirects"),
    ),
    "outside-entity": SourceCase(
        what="an entity in a file", protocol="dcat_rdf", path="/c.rdf", script=body(monsters.outside_entity()),
        limit="entities", ends=ends("failed", "entities"),
    ),
    "quadratic": SourceCase(
        what="one long entity, often", protocol="csw", path="/csw", script=body(monsters.quadratic(20_000)), limit="entities",
        ends=ends("failed", "entities"),
    ),
    "deep-xml": SourceCase(
        what="XML nested 200,000 deep", protocol="dcat_rdf", path="/c.rdf", script=body(monsters.deep_xml()),
        limit="XML depth", ends=ends("failed", "nesting"),
    ),
    "long-number": SourceCase(
        what="a number of a million digits", protocol="datajson", script=body(monsters.long_number()), limit="digits",
        ends=ends("failed", "malformed"),
    ),
    "long-key": SourceCase(
        what="a key of a megabyte", protocol="datajson", script=body(monsters.long_key(KIB * KIB)), limit="–",
        ends=ends("failed", "no_datasets", "malformed"),
    ),
    "remote-context": SourceCase(
        what="JSON-LD whose context lies elsewhere", protocol="dcat_rdf", path="/c.jsonld",
        script=body(CONTEXT, "Content-Type: application/ld+json"), limit="contexts", ends=ends("failed", "remote_context"),
    ),
    "long-literal": SourceCase(
        what="Turtle with a literal of a megabyte", protocol="dcat_rdf", path="/c.ttl",
        script=body(monsters.long_literal(KIB * KIB)), limit="–", ends=ends("failed", "no_datasets"),
    ),
}  # fmt: skip
