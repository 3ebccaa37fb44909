"""`atalaya duties decide`: a person rules whether a mention of a site is what a duty demands."""

import os
from pathlib import Path

import click

from atalaya.cli.moments import read_moment
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import stamp
from atalaya.duties.rulings import KIND, ruling_of, subject_of
from atalaya.exceptions import StoreError
from atalaya.history.duties import duty_rules, matches_of
from atalaya.history.read import Sealed, open_sealed
from atalaya.settings import read_settings
from atalaya.store.decisions import Decision, record
from atalaya.store.observations import latest
from atalaya.store.tables import Row


@click.command("decide")
@click.argument("institution")
@click.argument("mention")
@click.argument("duty")
@click.option("--yes/--no", "fulfils", default=None, help="Whether the mention is what the duty demands.")
@click.option("--why", required=True, help="The reason, kept with the decision.")
@click.option("--as-of", metavar="MOMENT", help="The moment of the decision instead of now.")
@click.option("--who", default="analyst", show_default=True, help="The post that decides; never a person's name.")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    institution: str,
    mention: str,
    duty: str,
    fulfils: bool | None,
    why: str,
    as_of: str | None,
    who: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Rule whether MENTION of the site of INSTITUTION is what DUTY demands; the next round applies it.

    The ruling holds as long as address, words and, of a document, bytes are the same, and is a label for `duties accuracy`. DUTY
    may be one that the machine did not think of.
    """
    if fulfils is None:
        raise click.UsageError("say --yes or --no")
    if not why.strip():
        raise click.UsageError("--why needs a reason: it is kept with the decision")
    clock, _ = read_moment(as_of)
    root = read_settings(os.environ, home).home
    sealed = open_sealed(latest(root, institution.partition(":")[0]))
    row = _matched(sealed, institution, mention, duty)
    decision = Decision(
        kind=KIND,
        subject=subject_of(institution, mention, duty),
        ruling=ruling_of(row, fulfils=fulfils),
        who=who,
        moment=stamp(clock.now()),
        why=why,
    )
    record(root, sealed.manifest.country, decision)
    if as_json:
        print_json({"id": decision.id, "subject": decision.subject, "ruling": decision.ruling})
    else:
        console().print(f"Recorded as {decision.id}; the next round applies it.")


def _matched(sealed: Sealed, institution: str, mention: str, duty: str) -> Row:
    """The row of a match; where the machine did not think of the duty, that of the mention without a score."""
    rows = list(matches_of(sealed, "institution_id = ? AND mention_id = ?", (institution, mention)))
    if not rows:
        raise StoreError(
            f"{institution} has no match of the mention {mention!r} in {sealed.manifest.observation}; take both as "
            "`atalaya duties review --all` or `--json` lists them"
        )
    if duty not in duty_rules(sealed):
        raise StoreError(
            f"{duty!r} is no duty of {sealed.manifest.country}; `atalaya duties list` lists their ids as --format json"
        )
    found = next((row for row in rows if row["duty_id"] == duty), None)
    return found or {**rows[0], "duty_id": duty, "score": 0.0, "sure": False}
