"""`atalaya duties review`, `decide` and `accuracy`: people say which matches are right, and how right the machine is."""

import os
import random
from collections.abc import Iterable
from pathlib import Path

import click
from rich.table import Table

from atalaya.cli.duties import LANGUAGE_OPTION
from atalaya.cli.observe import read_moment
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, plain, print_json
from atalaya.clock import stamp
from atalaya.duties.accuracy import Agreement, accuracy_of
from atalaya.duties.rulings import KIND, ruling_of, subject_of
from atalaya.exceptions import StoreError
from atalaya.history.duties import duty_rules, institution_of, matches_of
from atalaya.history.read import Sealed, open_sealed
from atalaya.settings import read_settings
from atalaya.store.decisions import Decision, decisions, record
from atalaya.store.observations import find, latest
from atalaya.store.tables import Row

_OBSERVATION = click.option(
    "--observation", default="latest", show_default=True, help="An id, its beginning, or latest."
)


@click.command("review")
@click.argument("institution", required=False)
@_OBSERVATION
@click.option("--all", "everything", is_flag=True, help="List what changes no verdict as well: unlikely matches.")
@click.option(
    "--sure", type=click.IntRange(1), metavar="N", help="Draw N matches that the machine is sure of, to be tested."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@LANGUAGE_OPTION
@HOME_OPTION
@JSON_OPTION
def review(
    institution: str | None,
    observation: str,
    everything: bool,
    sure: int | None,
    seed: int,
    language: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """List the matches on which a person has to rule, of INSTITUTION or of all, the likeliest first.

    A match that nobody ruled on leaves its duty unknown wherever it could change the verdict.
    """
    root = read_settings(os.environ, home).home
    sealed = open_sealed(find(root, observation))
    ruled = _ruled(root, sealed.manifest.country)
    rows = [row for row in _rows(sealed, institution) if _subject(row) not in ruled]
    if sure is not None:
        known = [row for row in rows if row["sure"]]
        chosen = random.Random(seed).sample(known, min(sure, len(known)))  # noqa: S311 - a draw, no secret
    else:
        chosen = [row for row in rows if not row["sure"] and (everything or row["waits"])]
    chosen.sort(key=lambda row: (-float(str(row["score"])), _subject(row)))
    names = {id_: rule["title"] for id_, rule in duty_rules(sealed).items()}
    if as_json:
        print_json(
            {"observation": sealed.manifest.observation, "matches": [_told(row, names, language) for row in chosen]}
        )
        return
    _print(chosen, names, language)


def _rows(sealed: Sealed, institution: str | None) -> list[Row]:
    """The matches of one institution or of all on which no ruling holds."""
    if institution is None:
        return list(matches_of(sealed, "ruling IS NULL"))
    body = institution_of(sealed, institution)
    return list(matches_of(sealed, "ruling IS NULL AND institution_id = ?", (body["institution_id"],)))


def _ruled(root: Path, country: str) -> set[str]:
    """Subjects that were ruled on since the observation or before, with what was looked at."""
    return {f"{each.subject} {each.ruling.get('evidence')}" for each in decisions(root, country, KIND)}


def _subject(row: Row) -> str:
    subject = subject_of(str(row["institution_id"]), str(row["mention_id"]), str(row["duty_id"]))
    return f"{subject} {row['evidence_key']}"


def _name(row: Row, names: dict[str, object], language: str) -> str:
    title = names.get(str(row["duty_id"]))
    said = title.get(language) or next(iter(title.values()), "") if isinstance(title, dict) else ""
    return f"{row['duty_id']} {said}".strip()


def _told(row: Row, names: dict[str, object], language: str) -> dict[str, object]:
    return {**row, "duty": _name(row, names, language)}


def _print(rows: list[Row], names: dict[str, object], language: str) -> None:
    out = console()
    for row in rows:
        out.print(
            f"[bold]{plain(row['text'])}[/] ({row['kind']}, {float(str(row['score'])):.2f}) → {plain(_name(row, names, language))}"
        )
        path = row["path"]
        way = " › ".join(map(str, path)) if isinstance(path, list) else ""
        for said in (row["url"], way):
            if said:
                out.print(f"  {plain(said)}")
        reasons = row["reasons"]
        for reason in reasons if isinstance(reasons, list) else ():
            out.print(f"  {reason['points']:+.1f} {plain(reason['rule'])}: {plain(reason['said'])}")
        out.print(
            f"  atalaya duties decide {row['institution_id']} {row['mention_id']} {row['duty_id']} --yes|--no --why …",
            markup=False,
        )
    out.print(f"{len(rows)} matches.")


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
def decide(
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


@click.command("accuracy")
@click.argument("country")
@HOME_OPTION
@JSON_OPTION
def accuracy(country: str, home: Path | None, as_json: bool) -> None:
    """Say how often the matching of COUNTRY (a code) agrees with the people who ruled on it."""
    root = read_settings(os.environ, home).home
    known = decisions(root, country, KIND)
    found = accuracy_of((each.subject, each.ruling) for each in known)
    rows = [("sure", found.sure), ("asked", found.asked), *((f"score from {low}", each) for low, each in found.bands)]
    if as_json:
        print_json(
            {
                "country": country,
                "decisions": len(known),
                **{name: _agreement(each) for name, each in rows[:2]},
                "bands": [{"from": low, **_agreement(each)} for low, each in found.bands],
                "duties": {id_: _agreement(each) for id_, each in found.duties},
            }
        )
        return
    _print_agreements((*rows, *found.duties))


def _agreement(found: Agreement) -> dict[str, float | int | None]:
    return {"rulings": found.rulings, "agreeing": found.agreeing, "share": found.share}


def _print_agreements(rows: Iterable[tuple[str, Agreement]]) -> None:
    listed = [(name, each) for name, each in rows if each.rulings or name in ("sure", "asked")]
    table = Table(id_column("matches", [name for name, _ in listed]), "rulings", "agreeing", "share", box=None)
    for name, each in listed:
        table.add_row(name, str(each.rulings), str(each.agreeing), "–" if each.share is None else f"{each.share:.1%}")
    console().print(table)
