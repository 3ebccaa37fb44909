"""The inspect stage: one unit for each fetched batch. The bytes of every whole answer are inspected."""

import tempfile
from dataclasses import replace
from pathlib import Path

from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.pack import CountryPack
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT, IsIdentity, Limits
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.rows import inspection_rows
from atalaya.store.tables import Row

STAGE = "inspect"


def inspect(round_: Round) -> None:
    """Inspect every batch that has no part yet."""
    units = round_.ledger.units(FETCH)
    for number, unit in enumerate(units):
        round_.progress(STAGE, number, len(units))
        if not round_.ledger.done(STAGE, unit):
            round_.ledger.write(STAGE, unit, _unit_rows(round_, unit))
    round_.progress(STAGE, len(units), len(units))


def _unit_rows(round_: Round, unit: str) -> list[tuple[str, Row]]:
    rows: list[tuple[str, Row]] = []
    limits = limits_of(round_.pack)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        for table, probe in round_.ledger.unit_rows(FETCH, unit):
            if table == "probes" and _inspectable(probe):
                rows.extend(_inspect(round_, probe, Path(folder), limits))
    return rows


def limits_of(pack: CountryPack) -> Limits:
    """The usual limits, with the numbers by which the country identifies persons: those that have a check digit."""
    rules = (compile_identifier(each, pack.divisions) for each in pack.identifiers if each.personal)
    return replace(DEFAULT, identities=tuple(_teller(rule) for rule in rules if rule.checks))


def _teller(rule: IdentifierRule) -> IsIdentity:
    return lambda text: rule.verdict(text).valid


def _inspectable(probe: Row) -> bool:
    status = probe["status"]
    good = isinstance(status, int) and 200 <= status < 300 and probe["failure"] is None
    return good and probe["sha256"] is not None and probe["kept"] != "withdrawn"


def _inspect(round_: Round, probe: Row, folder: Path, limits: Limits) -> list[tuple[str, Row]]:
    path = folder / "body"
    round_.archive.extract(str(probe["sha256"]), path)
    media_type = probe["media_type"]
    inspection = inspect_file(
        path, url=str(probe["final_url"]), media_type=str(media_type) if media_type else None, limits=limits
    )
    path.unlink()
    return inspection_rows(str(probe["resource_id"]), inspection)
