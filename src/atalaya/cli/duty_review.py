"""`atalaya duties review`: the matches on which a person has to rule, or a draw of those that nobody has to."""

import os
import random
from pathlib import Path

import click

from atalaya.cli.duties import LANGUAGE_OPTION
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, plain, print_json
from atalaya.duties.rulings import KIND, subject_of
from atalaya.history.duties import duty_rules, institution_of, matches_of
from atalaya.history.read import Sealed, open_sealed
from atalaya.settings import read_settings
from atalaya.store.decisions import decisions
from atalaya.store.observations import find
from atalaya.store.tables import Row


@click.command("review")
@click.argument("institution", required=False)
@click.option("--observation", default="latest", show_default=True, help="An id, its beginning, or latest.")
@click.option("--all", "everything", is_flag=True, help="List what changes no verdict as well: unlikely matches.")
@click.option(
    "--sure", type=click.IntRange(1), metavar="N", help="Draw N matches that the machine is sure of, to be tested."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@LANGUAGE_OPTION
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
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
        duty = plain(_name(row, names, language))
        out.print(f"[bold]{plain(row['text'])}[/] ({row['kind']}, {float(str(row['score'])):.2f}) → {duty}")
        path = row["path"]
        way = " › ".join(map(str, path)) if isinstance(path, list) else ""
        for said in (row["url"], way):
            if said:
                out.print(f"  {plain(said)}")
        reasons = row["reasons"]
        for reason in reasons if isinstance(reasons, list) else ():
            out.print(f"  {reason['points']:+.1f} {plain(reason['rule'])}: {plain(reason['said'])}")
        named = f"{row['institution_id']} {row['mention_id']} {row['duty_id']}"
        out.print(f"  atalaya duties decide {named} --yes|--no --why …", markup=False)
    out.print(f"{len(rows)} matches.")
