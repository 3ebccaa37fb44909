"""The declared checksum is that of the file: MD5, SHA-1 or SHA-256, told by its name or its length."""

import re

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import SET_ASIDE_FIELDS, SET_ASIDE_REASONS, STATE_FIELDS, TRUE_FIELDS, set_aside, stands_in
from atalaya.checks.example_cases import SHA256, distribution, inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Inspection

LENGTHS = {32: "md5", 40: "sha1", 64: "sha256"}
"""Hexadecimal digits of a digest → its algorithm (RFC 1321, FIPS 180-4)."""

_DIGEST = re.compile(
    r"(?:.{0,80}?(md5|sha-?1|sha-?256|sha-?384|sha-?512|sha3[-_]?\d{3}|crc32c?|blake2[bs]|blake3)[\s:=_-]+|"
    r")([0-9a-f]{8,128})",
    re.IGNORECASE,
)


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    declared = case.distribution.checksum
    if not declared or not declared.strip():
        return not_applicable("nothing_declared")
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    if case.probe is not None and not case.probe.whole:
        return unknown("part")
    if stands_in(case):
        return unknown("stands_in")
    match = _DIGEST.fullmatch(declared.strip()[:300])
    if match is None:
        return unknown("unreadable")
    return _compare((match.group(1) or "").lower().replace("-", ""), match.group(2).lower(), case.inspection)


def _compare(named: str, digest: str, found: Inspection) -> Outcome:
    algorithm = LENGTHS.get(len(digest))
    if algorithm is None or (named and named != algorithm):
        return unknown("algorithm")
    own = found.sha256 if algorithm == "sha256" else found.md5 if algorithm == "md5" else found.sha1
    if own is None:
        return unknown("part")
    return passed("ok", algorithm=algorithm) if own.lower() == digest else failed("other", algorithm=algorithm)


def _declaring(checksum: str | None, **changes: object) -> ResourceCase:
    found = inspection(md5="a" * 32, sha1="b" * 40)
    return resource_case(**{"distribution": distribution(checksum=checksum), "inspection": found, **changes})


CHECK = Check(
    id="checksum_true",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="The declared checksum is that of the file",
    text="The checksum that the record declares (MD5, SHA-1 or SHA-256) is that of the file, so that anyone can tell "
    "whether a copy is whole "
    "and unchanged.",
    remedy="Compute the checksum again whenever the file is replaced, best by the program that uploads it, or leave "
    "the field empty.",
    effort=Effort.LOW,
    fields=(
        *SET_ASIDE_FIELDS,
        *TRUE_FIELDS,
        *STATE_FIELDS,
        "distribution.checksum",
        "inspection.sha256",
        "inspection.md5",
        "inspection.sha1",
    ),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The declared checksum ({algorithm}) is that of the file.",
        "other": "The declared checksum ({algorithm}) is not that of the file.",
        "nothing_declared": "The record declares no checksum.",
        "unreadable": "What the record declares as a checksum is none.",
        "algorithm": "The declared checksum is of an algorithm that we do not compute, or its name and its length disagree.",
        "part": "The file is larger than what we keep, so it was not seen whole.",
        "stands_in": "A page or an error message came instead of the file, so it could not be compared.",
    },
    terms={"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256"},
    rule=rule,
    examples=(
        Example(_declaring(f"sha256:{SHA256}"), Verdict.PASS, "ok", "named and equal"),
        Example(_declaring("A" * 32), Verdict.PASS, "ok", "MD5 by its length, in capitals"),
        Example(
            _declaring(f"http://spdx.org/rdf/terms#checksumAlgorithm_sha1:{'b' * 40}"),
            Verdict.PASS,
            "ok",
            "named by SPDX",
        ),
        Example(_declaring("c" * 32), Verdict.FAIL, "other", "the checksum of an older file"),
        Example(_declaring("véase el sitio"), Verdict.UNKNOWN, "unreadable", "words"),
        Example(_declaring("sha512:" + "d" * 128), Verdict.UNKNOWN, "algorithm", "SHA-512"),
        Example(_declaring("c" * 32, probe=probe(whole=False)), Verdict.UNKNOWN, "part", "a file beyond our limits"),
        Example(_declaring("c" * 32, inspection=inspection("html")), Verdict.UNKNOWN, "stands_in", "an error page"),
        Example(_declaring("c" * 32, inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(_declaring(None), Verdict.NOT_APPLICABLE, "nothing_declared", "no declared checksum"),
        Example(
            resource_in("xml", format="WMS", media_type=None, checksum="c" * 32),
            Verdict.NOT_APPLICABLE,
            "service",
            "a map service",
        ),
        Example(
            resource_in("csv", derived=True, checksum="c" * 32),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
