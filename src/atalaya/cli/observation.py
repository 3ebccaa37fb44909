"""`atalaya observation`: list, show, compare, verify, export and report on what was sealed."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.table import Table

from atalaya.checks.registry import CHECKS
from atalaya.cli.groups import Group
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, plain, print_json, visible
from atalaya.cli.sealed import folder_of, home_of, told_state
from atalaya.cli.summary import print_summary, summary
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import StoreError
from atalaya.history.appearances import listings, series
from atalaya.history.compare import Difference, compare
from atalaya.history.export import FORMATS, export
from atalaya.history.read import Sealed, open_parent, open_sealed
from atalaya.history.verify import Check, verify
from atalaya.publish.dumps.description import read_dump
from atalaya.publish.dumps.verifying import is_dump, opened_dump, verify_dump
from atalaya.publish.gathering import Known, write_reports
from atalaya.publish.sentences import explainer
from atalaya.publish.words import Words, words
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import fingerprint, read_manifest
from atalaya.store.observations import folders, read_opening
from atalaya.store.tables import Row
from atalaya.translations import LANGUAGES

SHOWN = 20
"""Rows of each list of differences shown to people."""


@click.group("observation", cls=Group)
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """What was observed: list, show, compare, verify, export. OBSERVATION is an id, its beginning, or `latest`."""


@COMMAND.command("list")
@HOME_OPTION
@JSON_OPTION
def list_(home: Path | None, as_json: bool) -> None:
    """List all observations: sealed, open, aborted or damaged."""
    rows = [_listed(folder) for folder in folders(home_of(home))]
    if as_json:
        print_json({"observations": rows})
        return
    names = ("observation", "state", "as_of", "sources", "datasets", "resources", "outcomes")
    table = Table(*(id_column(name, [row.get(name) for row in rows]) for name in names))
    for row in rows:
        table.add_row(*(plain(row.get(name)) for name in names))
    console().print(table if rows else "No observation yet: run `atalaya observe --country CODE` or `make demo`.")


def _listed(folder: Path) -> dict[str, object]:
    """What a list says of one observation; a folder that cannot be read is listed with the reason."""
    state = told_state(folder)
    try:
        if (folder / MANIFEST).exists():
            manifest = read_manifest(folder)
            tables = {entry.name: entry.rows for entry in manifest.tables}
            counts = {"sources": "sources", "datasets": "records", "resources": "distributions", "outcomes": "outcomes"}
            return {
                "observation": manifest.observation,
                "state": state,
                "as_of": manifest.as_of,
                **{name: tables.get(table) for name, table in counts.items()},
                "previous": manifest.parent,
            }
        opening = read_opening(folder)
        return {
            "observation": opening.observation,
            "state": state,
            "as_of": opening.as_of,
            "previous": opening.parent,
        }
    except StoreError as error:
        return {"observation": folder.name, "state": "damaged", "reason": str(error)}


@COMMAND.command("show")
@click.argument("observation", default="latest")
@HOME_OPTION
@JSON_OPTION
def show(observation: str, home: Path | None, as_json: bool) -> None:
    """Show what an observation holds, its scores and its hashes."""
    result = summary(open_sealed(folder_of(home_of(home), observation)))
    if as_json:
        print_json(result)
    else:
        print_summary(console(), result)


@COMMAND.command("compare")
@click.argument("earlier")
@click.argument("later")
@HOME_OPTION
@JSON_OPTION
def compare_(earlier: str, later: str, home: Path | None, as_json: bool) -> None:
    """Say what is new, changed, vanished, returned, migrated, mended or broken between two observations, and what scores moved.

    Records that were given to another institution are told apart: nothing changed in their data.
    """
    root = home_of(home)
    after = open_sealed(folder_of(root, later))
    difference = compare(open_sealed(folder_of(root, earlier)), after)
    if as_json:
        print_json({**asdict(difference), "counts": difference.counts()})
        return
    names = {
        str(row["institution_id"]): str(row["name"])
        for row in after.rows("institutions", columns=("institution_id", "name"))
    }
    _print_difference(console(), difference, names)


def _print_difference(out: Console, difference: Difference, names: Mapping[str, str]) -> None:
    for name, count in difference.counts().items():
        out.print(f"{count:>7}  {name.replace('_', ' ')}")
    for title in ("new_datasets", "changed_datasets", "vanished_datasets", "returned_datasets", "unread_datasets"):
        rows = getattr(difference, title)
        for _, name in rows[:SHOWN]:
            out.print(f"  {title.removesuffix('_datasets'):>9}: {visible(name)}", markup=False)
        _print_rest(out, len(rows))
    for row in difference.migrations:
        out.print(
            f"One migration in {row['source_id']}: {row['migrated']} of {row['before']} datasets are there under other "
            f"identifiers, {row['vanished']} are gone and {row['new']} are new.",
            markup=False,
        )
    for row in difference.migrated_datasets[:SHOWN]:
        renamed = "" if row["title"] == row["former_title"] else f" → {visible(row['title'])}"
        out.print(f"   migrated: {visible(row['former_title'])}{renamed}", markup=False)
    _print_rest(out, len(difference.migrated_datasets))
    if difference.moved_attributions:
        out.print("Given to another institution, with no change in the data:")
    for row in difference.moved_attributions[:SHOWN]:
        before, after = (
            names.get(str(row[end]), row[end]) if row[end] else "unattributed" for end in ("before", "after")
        )
        out.print(f"  {visible(row['title'])}: {visible(before)} → {visible(after)}", markup=False)
    _print_rest(out, len(difference.moved_attributions))
    if difference.scores:
        out.print("Scores that moved:")
    for row in difference.scores:
        unit = names.get(str(row["unit_id"]), str(row["unit_id"]))
        figures = " → ".join("–" if row[end] is None else f"{row[end]:.1f}" for end in ("before", "after"))
        out.print(
            f"  {visible(row['kind']):>11}: {visible(unit)}: {figures}  ({visible(row['methodology_id'])})",
            markup=False,
        )


def _print_rest(out: Console, count: int) -> None:
    if count > SHOWN:
        out.print(f"  and {count - SHOWN} more: --json lists them all")


@COMMAND.command("appearances")
@click.argument("observation", default="latest")
@HOME_OPTION
@JSON_OPTION
def appearances(observation: str, home: Path | None, as_json: bool) -> None:
    """List the datasets that several sources list, and the series of international organisations, with the evidence.

    Both are set aside: they count once, or for nobody. `atalaya attribution series` rules on one of them by
    its record id.
    """
    sealed = open_sealed(folder_of(home_of(home), observation))
    several, foreign = list(listings(sealed)), list(series(sealed))
    if as_json:
        print_json({"observation": sealed.manifest.observation, "datasets": several, "republished": foreign})
        return
    out = console()
    for row in several:
        out.print(f"[bold]{plain(row['title'])}[/] in {plain(row['source_id'])}: {plain(row['record_id'])}")
        for copy in cast("list[Row]", row["copies"]):
            evidence = ", ".join(cast("list[str]", copy["evidence"]))
            out.print(
                f"  also in {visible(copy['source_id'])}: {visible(copy['title'])}, {copy['record_id']} ({evidence})",
                markup=False,
            )
    for row in foreign:
        out.print(f"[bold]{plain(row['title'])}[/] in {plain(row['source_id'])}: {plain(row['record_id'])}")
        out.print(
            f"  series of {visible(row['organisation'])}, by {visible(row['how'])}: {visible(row['said'])}",
            markup=False,
        )
    out.print(f"{len(several)} datasets appear in several sources; {len(foreign)} republished series.")


@COMMAND.command("findings")
@click.argument("observation", default="latest")
@click.option("--institution", help="Only the findings of this institution, by its id.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts."
)
@HOME_OPTION
@JSON_OPTION
def findings(observation: str, institution: str | None, language: str, home: Path | None, as_json: bool) -> None:
    """List every finding with its sentence, its evidence and its remedy."""
    sealed = open_sealed(folder_of(home_of(home), observation))
    rows = _findings(sealed, institution, language)
    if as_json:
        print_json({"observation": sealed.manifest.observation, "institution": institution, "findings": rows})
        return
    out = console()
    for row in rows:
        subject = " · ".join(visible(row[name]) for name in ("record", "resource", "table") if row[name])
        out.print(f"[bold]{plain(row['title'])}[/]: {plain(subject or row['source_id'])}")
        for name in ("sentence", "url", "evidence", "remedy"):
            if row[name]:
                out.print(f"  {name}: {plain(row[name])}")
    out.print(f"{len(rows)} findings.")


def _findings(sealed: Sealed, institution: str | None, language: str) -> list[dict[str, object]]:
    """The findings of an observation, or of one of its institutions. Raises StoreError where there is no such institution."""
    known = {str(row["institution_id"]) for row in sealed.rows("institutions", columns=("institution_id",))}
    if institution is not None and institution not in known:
        raise StoreError(
            f"{institution!r} is no institution of {sealed.manifest.observation}; its ids look like {sorted(known)[:3]}"
        )
    where = "verdict = 'fail'" + (" AND institution_id = ?" if institution is not None else "")
    explain, say = explainer(CHECKS), words(language, sealed.manifest.country)
    rules = {(row["id"], row["version"]): row for row in sealed.rows("rules")}
    found = Known(sealed).findings(where, () if institution is None else (institution,))
    return [
        _finding(row, rules.get((row["check_id"], row["check_version"]), {}), explain(row, language), say)
        for row in found
    ]


def _finding(row: Row, rule: Row, sentence: str | None, say: Words) -> dict[str, object]:
    asked = ("url", "status", "failure", "media_type", "format", "size", "sha256")
    return {
        "finding_id": row["finding_id"],
        "institution_id": row["institution_id"],
        "check": f"{row['check_id']}@{row['check_version']}",
        "title": say.pick(rule.get("title")) or row["check_id"],
        "reason": row["reason"],
        "sentence": sentence,
        "source_id": row["source_id"],
        "record_id": row["record_id"],
        "record": say.pick(row["record_title"]) or row["record_id"],
        "resource_id": row["resource_id"],
        "resource": say.pick(row["resource_title"]) or row["resource_id"],
        "table": row["table"],
        "url": row["url"] or row["landing_page"],
        "evidence": row["evidence"],
        "probe": {name: row[name] for name in asked if row[name] is not None},
        "remedy": say.pick(rule.get("remedy")),
    }


@COMMAND.command("verify")
@click.argument("observation", default="latest")
@click.option("--key", metavar="HEX", help="Demand this public key: its hexadecimal digits, or its fingerprint.")
@click.option("--verbose", is_flag=True, help="Print every line, not only what differs or needs a look.")
@HOME_OPTION
@JSON_OPTION
def verify_(observation: str, key: str | None, verbose: bool, home: Path | None, as_json: bool) -> None:
    """Make every hash again, check the signature and whose it is, the chain and the archived bytes.

    OBSERVATION may also be a downloaded dump: its folder or ZIP. Exit status 1 when anything differs.
    """
    path = Path(observation)
    if is_dump(path):
        with opened_dump(path) as folder:
            checks, signer = verify_dump(folder, key=key), read_dump(folder)
        _tell_checks(checks, signer.observation, signer.public_key, as_json=as_json, verbose=verbose)
        return
    root = home_of(home)
    folder = folder_of(root, observation)
    checks = verify(root, folder, key=key)
    manifest = read_manifest(folder)
    _tell_checks(checks, manifest.observation, manifest.public_key, as_json=as_json, verbose=verbose)


def _tell_checks(checks: tuple[Check, ...], observation: str, public_key: str, *, as_json: bool, verbose: bool) -> None:
    """Print what was verified; exit status 1 where anything differs."""
    holds = all(check.holds for check in checks)
    if as_json:
        signed = {"public_key": public_key, "fingerprint": fingerprint(public_key)}
        print_json({"observation": observation, "holds": holds, **signed, "checks": [asdict(each) for each in checks]})
    else:
        _print_checks(console(), checks, verbose=verbose)
        console().print(f"key: {fingerprint(public_key)}", markup=False)
    if not holds:
        sys.exit(1)


def _print_checks(out: Console, checks: tuple[Check, ...], *, verbose: bool) -> None:
    for check in checks:
        mark = "[red]DIFFERS[/]" if not check.holds else "[yellow]LOOK[/]" if check.warning else "[green]holds[/]"
        if verbose or not check.holds or check.warning:
            said = "  ".join(plain(text) for text in (check.what, check.warning, check.detail) if text)
            out.print(f"{mark}  {said}")
    differing = sum(not check.holds for check in checks)
    out.print(
        f"{len(checks) - differing} of {len(checks)} checks hold" + (f", {differing} differ" if differing else "")
    )


@COMMAND.command("export")
@click.argument("observation")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@HOME_OPTION
@JSON_OPTION
def export_(observation: str, folder: Path, format_: str, home: Path | None, as_json: bool) -> None:
    """Write all tables of an observation with their manifest and checksums into FOLDER."""
    files = export(open_sealed(folder_of(home_of(home), observation)), folder, format_)
    if as_json:
        print_json({"files": [str(path) for path in files]})
    else:
        console().print(f"{len(files)} files in {visible(folder)}", markup=False)


@COMMAND.command("report")
@click.argument("observation", default="latest")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Copy the reports into this folder.")
@click.option("--country", help="Write the reports anew with this country pack: a code or a folder.")
@HOME_OPTION
@JSON_OPTION
def report(observation: str, to: Path | None, country: str | None, home: Path | None, as_json: bool) -> None:
    """Say where the reports of an observation are, copy them, or write them anew."""
    root = home_of(home)
    folder = folder_of(root, observation)
    if country is not None:
        sealed = open_sealed(folder)
        previous = open_parent(root, sealed.manifest.country, sealed.manifest.parent)
        write_reports(sealed, previous, read_pack(find_pack(country)))
    files = sorted(folder.glob("report*.html"))
    if to is not None:
        to.mkdir(parents=True, exist_ok=True)
        files = [Path(shutil.copy(path, to)) for path in files]
    if as_json:
        print_json({"files": [str(path) for path in files]})
    else:
        for path in files:
            console().print(visible(path), markup=False)
