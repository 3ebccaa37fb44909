"""Publishing an edition of an index, and an erratum where a dispute was upheld: always a further edition, never an edit."""

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from atalaya.catalogue.identity import digest_id
from atalaya.checks.outcomes import Verdict
from atalaya.exceptions import MethodologyError, StoreError
from atalaya.history.amending import amended_table
from atalaya.history.read import Sealed
from atalaya.history.recompute import wanting
from atalaya.indices.analysis import analyse
from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_index
from atalaya.indices.rows import score_rows
from atalaya.publish.editions.edition import (
    CHANGES,
    EDITION,
    ERRATUM,
    FORMAT,
    METHODOLOGY,
    NAME,
    Edition,
    Ruling,
    digest_of,
    editions_folder,
    hold_newest,
    lock_in,
    published,
    read_edition,
)
from atalaya.publish.indices.files import csv_of, write_files
from atalaya.publish.indices.page import index_page
from atalaya.store.manifest import manifest_sha256
from atalaya.store.parts import sync_folder
from atalaya.store.tables import Row
from atalaya.translations import LANGUAGES
from atalaya.version import __version__

RULED = (Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)
"""What may stand in the place of a fail once a dispute over it is upheld."""

_SAME = ("unit", "name", "node", "level")


def publish_edition(home: Path, sealed: Sealed, methodology: Path, moment: str, draws: int | None = None) -> Edition:
    """Publish the index of a methodology file over a sealed observation. `draws` as declared where it is None, 0 for none.

    Raises StoreError where this edition is published already, MethodologyError where the observation lacks measures that the
    index reads, or another edition was published under the same version with other bytes.
    """
    index = read_index(methodology)
    absent = wanting(index, sealed)
    if absent:
        raise MethodologyError(f"{sealed.manifest.observation} has no {', '.join(absent)}, which {index.id} reads")
    _hold_version(home, index)
    computed = compute(index, amended_table(sealed, {}), stages=True)
    edition = Edition(
        format=FORMAT,
        id=f"{index.name}-{index.version}-{sealed.manifest.observation}",
        kind=EDITION,
        country=sealed.manifest.country,
        methodology=index.id,
        methodology_sha256=index.sha256,
        observation=sealed.manifest.observation,
        manifest_sha256=manifest_sha256(sealed.folder),
        as_of=sealed.manifest.as_of,
        published=moment,
        release=__version__,
        draws=_draws(computed, draws),
        parent=None,
        parent_sha256=None,
        reason="",
        rulings=(),
        changed=0,
        files={},
    )
    return _written(home, edition, computed, methodology, None)


def publish_erratum(home: Path, parent_id: str, sealed: Sealed, rulings: Sequence[Ruling], moment: str) -> Edition:
    """Publish what an edition should have been, in the light of upheld disputes; the edition itself stays as it is.

    Raises StoreError where the edition has an erratum already, another observation is given, a finding is not one of it or was
    ruled before, or nothing would be ruled.
    """
    parent = read_edition(home, parent_id)
    hold_newest(home, parent)
    if parent.observation != sealed.manifest.observation or parent.manifest_sha256 != manifest_sha256(sealed.folder):
        raise StoreError(
            f"{parent.id} was computed from {parent.observation}, {parent.manifest_sha256[:12]}…; give that one"
        )
    if not rulings:
        raise StoreError(f"no upheld dispute concerns {parent.id}; name a finding with its verdict")
    repeated = sorted({each.finding for each in parent.rulings} & {each.finding for each in rulings})
    if repeated:
        raise StoreError(f"the finding {repeated[0]} was ruled in {parent.id} already; name another")
    folder = editions_folder(home) / parent.id
    index = read_index(folder / METHODOLOGY)
    held = (*parent.rulings, *rulings)
    computed = compute(index, amended_table(sealed, verdicts_of(held)), stages=True)
    changes = list(changes_between(folder / "scores.csv", computed))
    root, _, number = parent.id.rpartition("-e") if parent.kind == ERRATUM else (parent.id, "", "0")
    edition = Edition(
        format=FORMAT,
        id=f"{root}-e{int(number) + 1}",
        kind=ERRATUM,
        country=parent.country,
        methodology=parent.methodology,
        methodology_sha256=parent.methodology_sha256,
        observation=parent.observation,
        manifest_sha256=parent.manifest_sha256,
        as_of=parent.as_of,
        published=moment,
        release=__version__,
        draws=parent.draws,
        parent=parent.id,
        parent_sha256=digest_of(folder / NAME),
        reason=" ".join(dict.fromkeys(each.why for each in rulings)),
        rulings=held,
        changed=len(changes),
        files={},
    )
    return _written(home, edition, computed, folder / METHODOLOGY, changes)


def verdicts_of(rulings: Sequence[Ruling]) -> dict[tuple[str, str], Verdict]:
    """The verdicts that stand instead, by check id and subject id."""
    return {(each.check, each.subject): Verdict(each.verdict) for each in rulings}


def finding_of(sealed: Sealed, finding: str) -> Row:
    """The failing outcome of a finding: check, version, subject, reason. Raises StoreError where there is none."""
    columns = ("check_id", "subject_id", "check_version", "reason", "finding_id")
    for row in sealed.rows("outcomes", "finding_id = ?", (finding,), columns=columns):
        if digest_id(str(row["check_id"]), str(row["subject_id"])) == finding:
            return row
    raise StoreError(
        f"{sealed.manifest.observation} has no finding {finding!r}; take the id as `atalaya index plan` lists it"
    )


def changes_between(before: Path, computed: Computed) -> Iterator[dict[str, object]]:
    """Each figure of a written `scores.csv` that is another one now: unit, node, figure, before and after."""
    with before.open(encoding="utf-8", newline="") as stream:
        old = {(row["unit"], row["node"]): row for row in csv.DictReader(stream)}
    now = csv.DictReader(scores_text(computed).splitlines())
    for row in now:
        former = old.get((row["unit"], row["node"]), {})
        for figure, value in row.items():
            if figure not in _SAME and former.get(figure, "") != value:
                yield {
                    **{name: row[name] for name in ("unit", "name", "node")},
                    "figure": figure,
                    "before": former.get(figure, ""),
                    "after": value,
                }


def scores_text(computed: Computed) -> str:
    """What `scores.csv` of an index holds."""
    return csv_of(list(score_rows(computed)))


def _draws(computed: Computed, draws: int | None) -> int | None:
    told = computed.index.uncertainty
    return None if told is None or draws == 0 or not computed.ranked.any() else draws or told.draws


def _hold_version(home: Path, index: Index) -> None:
    """A version that was published may not have other bytes. Raises MethodologyError where it does."""
    for id_ in published(home):
        other = read_edition(home, id_)
        if other.methodology == index.id and other.methodology_sha256 != index.sha256:
            raise MethodologyError(
                f"{index.id} was published as {other.methodology_sha256[:12]}… in {other.id} and is now {index.sha256[:12]}…; "
                "restore the file and write the change as a new version"
            )


def _written(
    home: Path, edition: Edition, computed: Computed, methodology: Path, changes: Sequence[Mapping[str, object]] | None
) -> Edition:
    """Write the files beside their place, move them there, then lock them; what was never locked was never published."""
    if edition.id in published(home):
        raise StoreError(f"{edition.id} is published already; an upheld dispute is published as an erratum")
    place = editions_folder(home) / edition.id
    unfinished = place.with_name(f".{edition.id}.unfinished")
    for left in (place, unfinished):
        if left.exists():
            shutil.rmtree(left)
    analysis = None if edition.draws is None else analyse(computed, edition.draws)
    write_files(unfinished, computed, analysis)
    for language in LANGUAGES:
        (unfinished / f"index.{language}.html").write_text(index_page(computed, language, analysis), encoding="utf-8")
    shutil.copyfile(methodology, unfinished / METHODOLOGY)
    if changes is not None:
        (unfinished / CHANGES).write_text(csv_of(changes), encoding="utf-8")
    files = {path.name: digest_of(path) for path in sorted(unfinished.iterdir())}
    whole = replace(edition, files=files)
    (unfinished / NAME).write_text(whole.text(), encoding="utf-8")
    sync_folder(unfinished)
    unfinished.replace(place)
    sync_folder(place.parent)
    lock_in(home, whole)
    return whole
