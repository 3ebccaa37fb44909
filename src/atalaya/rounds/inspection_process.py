"""A process that inspects units of a round: probes come on standard input, rows go out on standard output, a line of JSON each.

The first line of its input says by which numbers the country identifies persons. It ends when its input does, as when the round
that started it dies; what it has not told by then is lost, and done again.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, TextIO, cast

from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.pack import CountryPack, Division, Identifier
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import DEFAULT, IsIdentity, Limits
from atalaya.rounds.inspection_rows import inspection_rows
from atalaya.store.archive import Archive
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

Rows = list[tuple[str, Row]]

IN_MEMORY: Final = 1 << 20
"""Bytes of a body that is inspected without a file of its own."""


@dataclass(frozen=True, slots=True)
class Persons:
    """By which numbers a country identifies persons: its identifiers that do, and its divisions, which some refer to."""

    identifiers: tuple[Identifier, ...] = ()
    divisions: tuple[Division, ...] = ()

    def limits(self) -> Limits:
        """The usual limits, with the numbers that have a check digit."""
        rules = (compile_identifier(each, self.divisions) for each in self.identifiers)
        return replace(DEFAULT, identities=tuple(_teller(rule) for rule in rules if rule.checks))

    def line(self) -> str:
        """As a line of JSON."""
        return canonical_json(asdict(self)) + "\n"


def persons_of(pack: CountryPack) -> Persons:
    """Those of a pack; divisions only where an identifier may need them."""
    personal = tuple(each for each in pack.identifiers if each.personal)
    return Persons(personal, pack.divisions if personal else ())


def read_persons(line: str) -> Persons:
    """Read what `Persons.line` wrote."""
    told = json.loads(line)
    divisions = (Division(**{**each, "names": tuple(each["names"])}) for each in told["divisions"])
    return Persons(tuple(Identifier(**each) for each in told["identifiers"]), tuple(divisions))


def _teller(rule: IdentifierRule) -> IsIdentity:
    return lambda text: rule.verdict(text).valid


def inspect_probes(archive: Archive, probes: Iterable[Row], limits: Limits) -> Rows:
    """The rows of the inspections of answers that came whole. Raises StoreError where the archive lacks their bytes."""
    return [
        row for probe in probes for row in inspection_rows(str(probe["resource_id"]), _inspect(archive, probe, limits))
    ]


def _inspect(archive: Archive, probe: Row, limits: Limits) -> Inspection:
    sha256, url = str(probe["sha256"]), str(probe["final_url"])
    media_type = str(probe["media_type"]) if probe["media_type"] else None
    if probe["kept"] == "whole" and cast(int, probe["size"]) <= IN_MEMORY:
        return inspect_bytes(archive.read(sha256), url=url, media_type=media_type, limits=limits)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        path = Path(folder) / "body"
        archive.extract(sha256, path)
        return inspect_file(path, url=url, media_type=media_type, limits=limits)


def serve(archive: Archive, given: TextIO, out: TextIO) -> None:
    """Answer every line of probes with a line of rows."""
    limits = read_persons(given.readline()).limits()
    for line in given:
        out.write(canonical_json(inspect_probes(archive, json.loads(line), limits)) + "\n")
        out.flush()


if __name__ == "__main__":
    serve(Archive(Path(sys.argv[1])), sys.stdin, sys.stdout)
