"""Hostile resources: what each address does, and how its probe and its inspection have to end.

`failure` is a value of `atalaya.fetch.answers.Failure` or None, `defects` the codes of which one must have been found, empty
where none is asked for; `reason` the outcome of the check `reachable`.
"""

import gzip
import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks import monsters
from tests.rounds.hostile.server import Script, always, http
from tests.rounds.hostile.sources import KIB, body, drip, endless, onwards, redirect

MIB = KIB * KIB


NOTHING = always()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCase:
    """One resource, at a host of its own or at an address as it is written."""

    what: str
    failure: str | None
    reason: str
    script: Script = NOTHING
    defects: tuple[str, ...] = ()
    robots: Script | None = None
    address: str | None = None
    name: str = "data.csv"
    certificate: str | None = None


def _file(name: str, content: bytes, *defects: str) -> ResourceCase:
    return ResourceCase(what=name, failure=None, reason="ok", script=body(content), defects=defects, name=name)


def _address(address: str) -> ResourceCase:
    return ResourceCase(what=address, failure="address", reason="unusable", address=address)


_CODED = {
    "coded-gzip": ("gzip", monsters.gzip_bomb(64 * MIB)),
    "coded-twice": ("gzip, gzip", gzip.compress(monsters.gzip_bomb(64 * MIB), mtime=0)),
    "coded-deflate": ("deflate", monsters.deflate_bomb(64 * MIB)),
    "coded-hollow": ("gzip, gzip", gzip.compress(gzip.compress(b"", mtime=0) * 2_000_000, mtime=0)),
}
"""The last one unpacks to two million gzip members that hold nothing at all."""

RESOURCES: Mapping[str, ResourceCase] = {
    **{
        name: ResourceCase(
            what=f"Content-Encoding: {coding}, a bomb", failure="bomb", reason="beyond",
            script=body(content, f"Content-Encoding: {coding}"),
        )
        for name, (coding, content) in _CODED.items()
    },
    "coded-zstd": ResourceCase(
        what="Content-Encoding: zstd that is none", failure="encoding", reason="failed_once",
        script=body(b"\x28\xb5\x2f\xfd" + b"\xff" * 500, "Content-Encoding: zstd"),
    ),
    "stream": ResourceCase(
        what="a body without end", failure="oversize", reason="beyond", script=endless(b"a,b\n" * 10_000)
    ),
    "drip": ResourceCase(what="a byte at a time", failure="timeout", reason="failed_once", script=drip(head=False)),
    "slow-headers": ResourceCase(
        what="headers a byte at a time", failure="timeout", reason="failed_once", script=drip(head=True)
    ),
    "long-header": ResourceCase(
        what="a header of 1 MB", failure="connection", reason="failed_once", script=body(b"a", f"X-Long: {'a' * MIB}")
    ),
    "more-than-said": ResourceCase(
        what="more bytes than announced", failure=None, reason="ok",
        script=always(http(b"a,b\n1,2\n", "Content-Length: 8"), 0.05, b"rest"),
    ),
    "less-than-said": ResourceCase(
        what="fewer bytes than announced", failure="truncated", reason="failed_once",
        script=body(b"a,b\n1,2\n", "Content-Length: 800"),
    ),
    "cookies": ResourceCase(
        what="a wall of cookies", failure=None, reason="ok",
        script=body(b"a,b\n1,2\n", *(f"Set-Cookie: c{number}=1" for number in range(60))),
    ),
    "onwards": ResourceCase(
        what="redirects to ever new addresses", failure="redirects", reason="failed_once", script=onwards
    ),
    "to-metadata": ResourceCase(
        what="a redirect to a metadata address", failure="address", reason="unusable",
        script=redirect("http://169.254.169.254/latest/meta-data/"),
    ),
    "to-private": ResourceCase(
        what="a redirect to a private address in octal", failure="address", reason="unusable",
        script=redirect("http://0177.0.0.1:8080/"),
    ),
    "to-file": ResourceCase(
        what="a redirect to a file", failure="redirects", reason="failed_once", script=redirect("file:///etc/passwd")
    ),
    "self-signed": ResourceCase(
        what="a certificate signed by itself", failure=None, reason="ok", script=body(b"a,b\n1,2\n"),
        certificate="self_signed",
    ),
    "expired": ResourceCase(
        what="an expired certificate", failure=None, reason="ok", script=body(b"a,b\n1,2\n"), certificate="expired"
    ),
    "robots-stars": ResourceCase(
        what="robots.txt of stars", failure=None, reason="ok", script=body(b"a,b\n1,2\n"),
        robots=body(monsters.hostile_robots(300)), name="a" * 2_000 + ".csv",
    ),
    "robots-endless": ResourceCase(
        what="robots.txt without end", failure=None, reason="ok", script=body(b"a,b\n1,2\n"),
        robots=endless(b"Disallow: /no\n" * 2_000),
    ),
    "decimal": _address("http://2130706433/data.csv"),
    "hexadecimal": _address("http://0x7f000001/data.csv"),
    "mapped": _address("http://[::ffff:10.0.0.1]/data.csv"),
    "metadata": _address("http://metadata.google.internal/computeMetadata/v1/"),
    "loopback": _address("http://localhost/data.csv"),
    "turns-private": _address("http://turns-private.hostile.example/data.csv"),
    "zip": _file("data.zip", monsters.zip_bomb(64 * MIB), "bomb"),
    "nested": _file("nested.zip", monsters.nested_zip(), "bomb"),
    "crowded": _file("crowded.zip", monsters.crowded_zip(110_000), "bomb"),
    "overlapping": _file("overlapping.zip", monsters.overlapping_zip(), "bomb"),
    "escaping": _file("escaping.zip", monsters.escaping_zip()),
    "escaping-tar": _file("escaping.tar", monsters.escaping_tar()),
    "gz": _file("data.csv.gz", monsters.gzip_bomb(64 * MIB), "bomb"),
    "gz-gz": _file("data.csv.gz", monsters.gzip_of_gzip(64 * MIB), "bomb"),
    "workbook": _file("data.xlsx", monsters.workbook_span(), "bomb"),
    "laughs": _file("data.xml", monsters.laughs(), "bomb"),
    "quadratic": _file("data.xml", monsters.quadratic(20_000), "bomb"),
    "outside": _file("data.xml", monsters.outside_entity(), "bomb"),
    "deep-json": _file("data.json", monsters.deep_json(), "bomb"),
    "long-number": _file("data.json", monsters.long_number(), "unreadable"),
    "long-key": _file("data.json", monsters.long_key(MIB)),
    "deep-page": _file("data.csv", monsters.deep_page(20_000), "html_instead_of_data"),
    "long-line": _file("data.csv", monsters.long_line(MIB)),
    "wide": _file("data.csv", monsters.wide_table(60_000)),
    "bad-utf8": _file("data.csv", monsters.bad_utf8()),
    "literal": _file("data.ttl", monsters.long_literal(MIB)),
}  # fmt: skip


def script_of(case: ResourceCase) -> Script:
    """The answers of the host: robots.txt where the case has one, else none, and the resource."""

    def answer(target: str):  # type: ignore[no-untyped-def]
        if target == "/robots.txt":
            missing = http(b"", "Content-Length: 0", status="404 Not Found")
            return itertools.chain(case.robots(target)) if case.robots is not None else [missing]
        return case.script(target)

    return answer
