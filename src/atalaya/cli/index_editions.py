"""`atalaya index publish`, `erratum` and `verify`: editions are frozen, corrected by further ones, and verified."""

import csv
from dataclasses import asdict
from pathlib import Path

import click

from atalaya.cli.moments import read_moment
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, plain, print_json
from atalaya.cli.sealed import folder_of, home_of
from atalaya.clock import stamp
from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed, open_sealed
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import file_of, find_index, shipped_lock
from atalaya.indices.locks import broken_locks
from atalaya.publish.editions.edition import (
    CHANGES,
    Edition,
    Ruling,
    editions_folder,
    hold_newest,
    published,
    read_edition,
)
from atalaya.publish.editions.publishing import RULED, finding_of, publish_edition, publish_erratum
from atalaya.publish.editions.verifying import verify_editions
from atalaya.rounds.rulings import DISPUTE, dispute_ruling
from atalaya.store.decisions import Decision, decisions, record
from atalaya.store.observations import find

_SHOWN = 20
_AS_OF = click.option("--as-of", metavar="MOMENT", help="The moment of publication instead of now.")


@click.command("publish")
@click.argument("observation")
@click.option("--methodology", default=HEADLINE, show_default=True, help="A YAML file, or one that is shipped.")
@click.option(
    "--draws", type=click.IntRange(0), help="Reruns of the uncertainty analysis; 0 for none (default: as declared)."
)
@_AS_OF
@HOME_OPTION
@JSON_OPTION
def PUBLISH(  # noqa: N802 - as COMMAND of other files
    observation: str, methodology: str, draws: int | None, as_of: str | None, home: Path | None, as_json: bool
) -> None:
    """Publish the edition of an index over a sealed OBSERVATION: its files are locked by hash and never edited."""
    find_index(methodology)
    root, clock = home_of(home), read_moment(as_of)[0]
    sealed = open_sealed(folder_of(root, observation))
    edition = publish_edition(root, sealed, file_of(methodology), stamp(clock.now()), draws)
    _tell(root, edition, as_json=as_json)


@click.command("erratum")
@click.argument("edition")
@click.option(
    "--finding", "findings", multiple=True, metavar="ID=VERDICT",
    help="A finding over which a dispute was upheld, and what stands instead: pass, not_applicable or unknown.",
)  # fmt: skip
@click.option("--why", help="The reason, kept with the decision and told in the erratum.")
@click.option("--who", default="analyst", show_default=True, help="The post that decides; never a person's name.")
@_AS_OF
@HOME_OPTION
@JSON_OPTION
def ERRATUM(  # noqa: N802 - as COMMAND of other files
    edition: str,
    findings: tuple[str, ...],
    why: str | None,
    who: str,
    as_of: str | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Publish the erratum of an EDITION: a further edition in which upheld disputes hold, and what changed figure by figure.

    Without --finding all disputes are applied that were upheld since and concern findings of its observation.
    """
    root, clock = home_of(home), read_moment(as_of)[0]
    moment = stamp(clock.now())
    parent = read_edition(root, edition)
    hold_newest(root, parent)
    sealed = open_sealed(find(root, parent.observation))
    if findings:
        if not (why or "").strip():
            raise click.UsageError("--why needs a reason: it is kept with the decision and told in the erratum")
        ruled = [_decision(sealed, told, parent, who, moment, str(why)) for told in findings]
        known = {each.finding for each in parent.rulings}
        for each in ruled:
            if each.subject in known:
                raise StoreError(f"the finding {each.subject} was ruled in {parent.id} already; name another")
        for each in ruled:
            record(root, parent.country, each)
    else:
        ruled = _upheld(root, sealed, parent)
    erratum = publish_erratum(root, parent.id, sealed, [_ruling(each) for each in ruled], moment)
    _tell(root, erratum, as_json=as_json)


@click.command("verify")
@click.argument("edition", required=False)
@click.option("--hashes-only", is_flag=True, help="Compare hashes alone, and compute no figure again.")
@HOME_OPTION
@JSON_OPTION
def VERIFY(edition: str | None, hashes_only: bool, home: Path | None, as_json: bool) -> None:  # noqa: N802 - as above
    """Verify all published editions, or EDITION: lock, files, errata, and every figure from the sealed observation.

    The methodologies that come with Atalaya are held to their lock too. Exit status 1 where something does not hold.
    """
    root = home_of(home)
    shipped = broken_locks(shipped_lock())
    found = verify_editions(root, edition, figures=not hashes_only)
    if as_json:
        print_json(
            {"editions": [{**asdict(each), "holds": each.holds} for each in found], "methodologies": list(shipped)}
        )
    else:
        for each in found:
            said = "holds" if each.holds else f"[red]{plain(each.detail)}[/]"
            console().print(f"[bold]{plain(each.edition or 'published.lock')}[/] {each.what}: {said}")
        for told in shipped:
            console().print(f"[red]{plain(told)}[/]")
        if not published(root):
            console().print("No edition is published yet: `atalaya index publish OBSERVATION` publishes one.")
    if shipped or not all(each.holds for each in found):
        raise click.exceptions.Exit(1)


def _decision(sealed: Sealed, told: str, parent: Edition, who: str, moment: str, why: str) -> Decision:
    """The decision that a dispute over one finding is upheld."""
    finding, _, verdict = told.partition("=")
    if verdict not in [each.value for each in RULED]:
        raise click.UsageError(
            f"--finding {told}: write ID=VERDICT with one of {', '.join(each.value for each in RULED)}"
        )
    row = finding_of(sealed, finding)
    ruling = dispute_ruling(
        verdict=verdict,
        check=str(row["check_id"]),
        version=int(str(row["check_version"])),
        subject=str(row["subject_id"]),
        reason=str(row["reason"]),
        observation=parent.observation,
    )
    return Decision(kind=DISPUTE, subject=finding, ruling=dict(ruling), who=who, moment=moment, why=why)


def _upheld(root: Path, sealed: Sealed, parent: Edition) -> list[Decision]:
    """The upheld disputes over findings of the observation that the edition does not hold yet; the latest ruling of each."""
    known = {each.finding for each in parent.rulings}
    latest = {
        each.subject: each
        for each in decisions(root, parent.country, DISPUTE)
        if each.ruling.get("observation") == sealed.manifest.observation
    }
    return [latest[finding] for finding in sorted(latest) if finding not in known]


def _ruling(decision: Decision) -> Ruling:
    return Ruling(
        finding=decision.subject,
        check=str(decision.ruling["check"]),
        subject=str(decision.ruling["subject"]),
        was="fail",
        verdict=str(decision.ruling["verdict"]),
        who=decision.who,
        moment=decision.moment,
        why=decision.why,
        decision=decision.id,
    )


def _tell(root: Path, edition: Edition, *, as_json: bool) -> None:
    folder = editions_folder(root) / edition.id
    changes: list[dict[str, str]] = []
    if edition.parent is not None:
        with (folder / CHANGES).open(encoding="utf-8", newline="") as stream:
            changes = list(csv.DictReader(stream))
    if as_json:
        print_json({**asdict(edition), "folder": str(folder), "changes": changes})
        return
    out = console()
    out.print(
        f"[bold]{plain(edition.id)}[/] {edition.kind} of {plain(edition.methodology)} over {plain(edition.observation)}"
    )
    if edition.parent is not None:
        out.print(f"corrects {plain(edition.parent)}: {plain(edition.reason)}")
        out.print(f"{edition.changed} figures changed:")
        for row in changes[:_SHOWN]:
            told = f"{row['unit']} {row['node']} {row['figure']}: {row['before'] or '–'} → {row['after'] or '–'}"
            out.print(f"  {plain(told)}")
        if len(changes) > _SHOWN:
            out.print(f"  … and {len(changes) - _SHOWN} more in {CHANGES}")
    out.print(f"written: {plain(folder)}")
