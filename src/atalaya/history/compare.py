"""Two observations of a country side by side: what is new, changed, vanished, returned, migrated, mended, broken or moved.

A dataset of a source that could not be read in the later observation is *not read*, never *vanished*. One that came back
under another identifier has *migrated*: it is neither new nor vanished, and all that migrated in one source is told as one
migration. One that an observation before the earlier one knew has *returned*. A record that was given
to another institution is told apart from what changed in the data: the publisher did nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atalaya.catalogue.identity import digest_id
from atalaya.catalogue.migration import migrated, moved_resources
from atalaya.catalogue.records import preferred
from atalaya.checks.check import finding_id
from atalaya.history.read import Sealed
from atalaya.history.records import record_traits, resource_place
from atalaya.store.tables import Row

Named = tuple[str, str]
"""An id and the title that people know it by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two observations; every list is sorted by id.

    `migrated_datasets`: rows of source_id, former_id, former_title, record_id, title, points, evidence; `migrations`: one row a
    source, of source_id, migrated, before and after (datasets listed), vanished and new (those without a counterpart).
    `moved_findings`: id of a finding of a migrated subject → the id that it had before.
    `moved_attributions`: rows of record_id, title, source_id, before, after (institution ids; None where unattributed).
    `scores`: rows of methodology_id, unit_id, kind, before, after (figures of the index; None where there was none).
    """

    earlier: str
    later: str
    new_datasets: tuple[Named, ...]
    changed_datasets: tuple[Named, ...]
    vanished_datasets: tuple[Named, ...]
    unread_datasets: tuple[Named, ...]
    returned_datasets: tuple[Named, ...]
    migrated_datasets: tuple[Mapping[str, object], ...]
    migrations: tuple[Mapping[str, object], ...]
    new_resources: tuple[str, ...]
    vanished_resources: tuple[str, ...]
    changed_content: tuple[str, ...]
    new_findings: tuple[str, ...]
    mended_findings: tuple[str, ...]
    moved_findings: Mapping[str, str]
    moved_attributions: tuple[Mapping[str, object], ...]
    scores: tuple[Mapping[str, object], ...]

    def counts(self) -> dict[str, int]:
        """How many of each."""
        lists = ("new_datasets", "changed_datasets", "vanished_datasets", "unread_datasets", "returned_datasets")
        more = (
            "migrated_datasets",
            "migrations",
            "new_resources",
            "vanished_resources",
            "changed_content",
            "new_findings",
            "mended_findings",
            "moved_attributions",
            "scores",
        )
        return {name: len(getattr(self, name)) for name in (*lists, *more)}


def compare(earlier: Sealed, later: Sealed) -> Difference:
    """What differs from `earlier` to `later`."""
    before, after = _records(earlier), _records(later)
    unread = {str(row["source_id"]) for row in later.rows("sources") if row["state"] != "complete"}
    pairs, moved = _migrated(earlier, later, before, after, unread)
    moved |= {str(row["former_id"]): str(row["record_id"]) for row in pairs}
    formers, movers = {str(row["former_id"]) for row in pairs}, {str(row["record_id"]) for row in pairs}
    missing = [before[id_] for id_ in sorted(before.keys() - after.keys() - formers)]
    come = sorted(after.keys() - before.keys() - movers)
    returned = _returned(earlier, later, come)
    shared = sorted(before.keys() & after.keys())
    resources = {moved.get(id_, id_): content for id_, content in _hashes(earlier).items()}, _hashes(later)
    findings = _findings(earlier, moved), _findings(later, {})
    return Difference(
        earlier=earlier.manifest.observation,
        later=later.manifest.observation,
        new_datasets=tuple(_named(after[id_]) for id_ in come if id_ not in returned),
        changed_datasets=tuple(
            _named(after[id_]) for id_ in shared if before[id_]["metadata_sha256"] != after[id_]["metadata_sha256"]
        ),
        vanished_datasets=tuple(_named(row) for row in missing if row["source_id"] not in unread),
        unread_datasets=tuple(_named(row) for row in missing if row["source_id"] in unread),
        returned_datasets=tuple(_named(after[id_]) for id_ in come if id_ in returned),
        migrated_datasets=pairs,
        migrations=_by_source(pairs, before, after),
        new_resources=tuple(sorted(resources[1].keys() - resources[0].keys())),
        vanished_resources=tuple(sorted(resources[0].keys() - resources[1].keys())),
        changed_content=_changed(*resources),
        new_findings=tuple(sorted(findings[1].keys() - findings[0].keys())),
        mended_findings=_mended(findings, later),
        moved_findings=_moved_findings(earlier, moved),
        moved_attributions=_moved(earlier, later, after),
        scores=_scores(earlier, later),
    )


def _records(observation: Sealed) -> dict[str, Row]:
    columns = ("record_id", "source_id", "title", "metadata_sha256")
    return {str(row["record_id"]): row for row in observation.rows("records", columns=columns)}


def _migrated(
    earlier: Sealed, later: Sealed, before: Mapping[str, Row], after: Mapping[str, Row], unread: set[str]
) -> tuple[tuple[Mapping[str, object], ...], dict[str, str]]:
    """The datasets that changed their identifier, source by source, and the resources of them: former id → id now.

    What a source that was not read whole lost is no migration.
    """
    found: list[Mapping[str, object]] = []
    resources: dict[str, str] = {}
    for source_id in sorted((_grouped(before, after).keys() & _grouped(after, before).keys()) - unread):
        former, now = record_traits(earlier, source_id), record_traits(later, source_id)
        pairs = migrated([traits for traits, _ in former.values()], [traits for traits, _ in now.values()])
        for kin in pairs:
            places = [[resource_place(row) for row in rows] for rows in (former[kin.one][1], now[kin.other][1])]
            resources |= {old: new for old, new, _ in moved_resources(*places)}
        found += [
            {
                "source_id": source_id,
                "former_id": kin.one,
                "former_title": _named(before[kin.one])[1],
                "record_id": kin.other,
                "title": _named(after[kin.other])[1],
                "points": kin.points,
                "evidence": list(kin.evidence),
            }
            for kin in pairs
        ]
    return tuple(found), resources


def _grouped(ones: Mapping[str, Row], others: Mapping[str, Row]) -> dict[str, set[str]]:
    """By source, the records of one observation that the other has not."""
    grouped: defaultdict[str, set[str]] = defaultdict(set)
    for id_ in ones.keys() - others.keys():
        grouped[str(ones[id_]["source_id"])].add(id_)
    return grouped


def _by_source(
    pairs: Sequence[Mapping[str, object]], before: Mapping[str, Row], after: Mapping[str, Row]
) -> tuple[Mapping[str, object], ...]:
    """One row for each source in which datasets migrated."""
    moved = Counter(str(row["source_id"]) for row in pairs)
    listed = [Counter(str(row["source_id"]) for row in rows.values()) for rows in (before, after)]
    gone, come = _grouped(before, after), _grouped(after, before)
    return tuple(
        {
            "source_id": source_id,
            "migrated": count,
            "before": listed[0][source_id],
            "after": listed[1][source_id],
            "vanished": len(gone[source_id]) - count,
            "new": len(come[source_id]) - count,
        }
        for source_id, count in sorted(moved.items())
    )


def _returned(earlier: Sealed, later: Sealed, come: Sequence[str]) -> frozenset[str]:
    """Of the records that are there again, those first seen before the earlier observation, which did not have them."""
    if not come:
        return frozenset()
    since = {
        str(row["subject_id"]): str(row["first_seen"])
        for row in later.rows("histories", "level = 'dataset'", columns=("subject_id", "first_seen"))
    }
    return frozenset(id_ for id_ in come if since.get(id_, later.manifest.as_of) < earlier.manifest.as_of)


def _named(row: Row) -> Named:
    title = row["title"]
    return str(row["record_id"]), (preferred(title) if isinstance(title, dict) else None) or str(row["record_id"])


def _hashes(observation: Sealed) -> dict[str, str | None]:
    known = {
        str(row["resource_id"]): row["content_sha256"]
        for row in observation.rows("inspections", columns=("resource_id", "content_sha256"))
    }
    rows = observation.rows("distributions", columns=("resource_id",))
    return {str(row["resource_id"]): _text(known.get(str(row["resource_id"]))) for row in rows}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _changed(before: dict[str, str | None], after: dict[str, str | None]) -> tuple[str, ...]:
    both = before.keys() & after.keys()
    return tuple(sorted(id_ for id_ in both if before[id_] and after[id_] and before[id_] != after[id_]))


def _findings(observation: Sealed, moved: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Finding id → check and subject; of subjects that migrated, under the identifiers that they have later."""
    found = {}
    for row in _failing(observation):
        subject = _subject_now(row, moved)
        found[finding_id(str(row["check_id"]), subject)] = (str(row["check_id"]), subject)
    return found


def _moved_findings(observation: Sealed, moved: Mapping[str, str]) -> dict[str, str]:
    rows = ((row, _subject_now(row, moved)) for row in _failing(observation)) if moved else ()
    return {
        finding_id(str(row["check_id"]), subject): str(row["finding_id"])
        for row, subject in rows
        if subject != row["subject_id"]
    }


def _failing(observation: Sealed) -> Iterator[Row]:
    columns = ("check_id", "subject_id", "resource_id", "table", "level", "finding_id")
    return observation.rows("outcomes", "verdict = 'fail'", columns=columns)


def _subject_now(row: Row, moved: Mapping[str, str]) -> str:
    """The subject of an outcome under the identifier that it has later."""
    if row["level"] == "table" and str(row["resource_id"]) in moved:
        return digest_id(moved[str(row["resource_id"])], str(row["table"]))
    return moved.get(str(row["subject_id"]), str(row["subject_id"]))


def _mended(findings: tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]], later: Sealed) -> tuple[str, ...]:
    """A finding is mended only when the same check passes on the same subject; silence mends nothing."""
    rows = later.rows("outcomes", "verdict = 'pass'", columns=("check_id", "subject_id"))
    passing = {(str(row["check_id"]), str(row["subject_id"])) for row in rows}
    before, after = findings
    return tuple(sorted(id_ for id_ in before.keys() - after.keys() if before[id_] in passing))


def _moved(earlier: Sealed, later: Sealed, records: Mapping[str, Row]) -> tuple[Mapping[str, object], ...]:
    """Records of both observations that were given to another institution, or to one at last."""

    def owners(observation: Sealed) -> dict[str, object]:
        rows = observation.rows("attributions", columns=("record_id", "institution_id"))
        return {str(row["record_id"]): row["institution_id"] for row in rows}

    before, after = owners(earlier), owners(later)
    moved = (id_ for id_ in sorted(before.keys() & after.keys() & records.keys()) if before[id_] != after[id_])
    return tuple(
        {
            "record_id": id_,
            "title": _named(records[id_])[1],
            "source_id": records[id_]["source_id"],
            "before": before[id_],
            "after": after[id_],
        }
        for id_ in moved
    )


def _scores(earlier: Sealed, later: Sealed) -> tuple[Mapping[str, object], ...]:
    def index(observation: Sealed) -> dict[tuple[str, str], Row]:
        rows = observation.rows("scores", "node = 'index'")
        return {(str(row["methodology_id"]), str(row["unit_id"])): row for row in rows}

    before, after = index(earlier), index(later)
    shared = {key[0] for key in before} & {key[0] for key in after}
    moved = []
    for key in sorted(before.keys() | after.keys()):
        if key[0] not in shared:
            continue
        old, new = (rows.get(key, {}).get("value") for rows in (before, after))
        if old != new:
            kind = (after.get(key) or before[key])["kind"]
            moved.append({"methodology_id": key[0], "unit_id": key[1], "kind": kind, "before": old, "after": new})
    return tuple(moved)
