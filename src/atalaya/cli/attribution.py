"""`atalaya attribution`: whose institution a publisher is, and whose series a record is, decided by a person."""

import os
from pathlib import Path

import click
from rich.table import Table

from atalaya.catalogue.vocabularies.international import organisations
from atalaya.cli.moments import read_moment
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, plain, print_json
from atalaya.clock import stamp
from atalaya.countries.attribution import EVERYWHERE
from atalaya.exceptions import StoreError
from atalaya.history.appearances import set_aside
from atalaya.history.attributions import publisher_keys, waiting
from atalaya.history.read import Sealed, open_sealed
from atalaya.rounds.harvesting import SERIES
from atalaya.rounds.rulings import ATTRIBUTION, SEPARATOR
from atalaya.settings import read_settings
from atalaya.store.decisions import Decision, record
from atalaya.store.observations import find, latest


@click.group("attribution")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Which institution a published record belongs to."""


@COMMAND.command("review")
@click.argument("observation", default="latest")
@HOME_OPTION
@JSON_OPTION
def review(observation: str, home: Path | None, as_json: bool) -> None:
    """List the publishers that no rule attributes, with suggestions and the share of records they hold."""
    sealed = open_sealed(find(read_settings(os.environ, home).home, observation))
    aside = set_aside(sealed)
    owners = {
        str(row["record_id"]): row["institution_id"]
        for row in sealed.rows("attributions", columns=("record_id", "institution_id"))
        if str(row["record_id"]) not in aside
    }
    rows, total = waiting(sealed), len(owners)
    unattributed = sum(owner is None for owner in owners.values())
    share = unattributed / total if total else 0.0
    if as_json:
        print_json({"observation": sealed.manifest.observation, "unattributed_share": share, "publishers": rows})
        return
    out = console()
    out.print(f"{unattributed} of {total} records are unattributed ({share:.1%}).")
    if not rows:
        return
    table = Table("source", "publisher", "records", "suggestions")
    for row in rows:
        found = row["suggestions"]
        names = ", ".join(f"{s['institution']} ({s['score']:.2f})" for s in found) if isinstance(found, list) else ""
        cells = (row["source"], row["publisher"] or "(none stated)", row["records"], names or "–")
        table.add_row(*map(plain, cells))
    out.print(table)
    out.print(
        "Decide with: atalaya attribution decide SOURCE PUBLISHER INSTITUTION --why REASON (or --none)", markup=False
    )


@COMMAND.command("decide")
@click.argument("source")
@click.argument("publisher")
@click.argument("institution", required=False)
@click.option("--everywhere", is_flag=True, help="Rule on this text of every source, not of this one alone.")
@click.option("--none", "nobody", is_flag=True, help="The publisher is no institution of this country.")
@click.option("--why", required=True, help="The reason, kept with the decision.")
@click.option("--as-of", metavar="MOMENT", help="The moment of the decision instead of now.")
@click.option("--who", default="analyst", show_default=True, help="The post that decides; never a person's name.")
@HOME_OPTION
@JSON_OPTION
def decide(
    source: str,
    publisher: str,
    institution: str | None,
    everywhere: bool,
    nobody: bool,
    why: str,
    as_of: str | None,
    who: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Decide that what PUBLISHER publishes in SOURCE is INSTITUTION's; the next round applies it."""
    if (institution is None) != nobody:
        raise click.UsageError("give either an INSTITUTION id or --none")
    clock, _ = read_moment(as_of)
    root = read_settings(os.environ, home).home
    sealed = open_sealed(latest(root, source.partition(":")[0]))
    known = {str(row["institution_id"]) for row in sealed.rows("institutions", columns=("institution_id",))}
    if institution is not None and institution not in known:
        raise StoreError(
            f"{institution!r} is no institution of {sealed.manifest.country}; its ids look like {sorted(known)[:3]}"
        )
    if not why.strip():
        raise click.UsageError("--why needs a reason: it is kept with the decision")
    keys = publisher_keys(sealed, source, publisher)
    if everywhere and keys == {""}:
        raise click.UsageError("records without a publisher cannot be ruled on everywhere: they share nothing")
    if len(keys) != 1:
        raise StoreError(
            f"no record of {source!r} in {sealed.manifest.observation} names the publisher {publisher!r}; "
            "take both as `atalaya attribution review` lists them"
        )
    decision = Decision(
        kind=ATTRIBUTION,
        subject=(EVERYWHERE if everywhere else source) + SEPARATOR + keys.pop(),
        ruling={"institution": institution},
        who=who,
        moment=stamp(clock.now()),
        why=why,
    )
    _keep(root, sealed.manifest.country, decision, as_json=as_json)


def record_named(observation: Sealed, text: str) -> str:
    """The id of the record that a text names: by the id itself, or as `source|native id`. Raises StoreError otherwise."""
    source, separator, native = text.partition(SEPARATOR)
    where, values = ("source_id = ? AND native_id = ?", (source, native)) if separator else ("record_id = ?", (text,))
    found = [str(row["record_id"]) for row in observation.rows("records", where, values, columns=("record_id",))]
    if len(found) == 1:
        return found[0]
    problem = f"names {len(found)} records ({', '.join(found)})" if found else "is no record"
    raise StoreError(
        f"{text!r} {problem} of {observation.manifest.observation}; give a record id, as `atalaya observation appearances` "
        f"lists them, or SOURCE{SEPARATOR}NATIVE_ID"
    )


@COMMAND.command("series")
@click.argument("named", metavar="RECORD")
@click.option("--own", is_flag=True, help="The record is data of the institution that lists it.")
@click.option("--foreign", metavar="ORGANISATION", help="The record is a series of this organisation, by its id.")
@click.option("--observation", default="latest", show_default=True, help="The observation that has the record.")
@click.option("--why", required=True, help="The reason, kept with the decision.")
@click.option("--as-of", metavar="MOMENT", help="The moment of the decision instead of now.")
@click.option("--who", default="analyst", show_default=True, help="The post that decides; never a person's name.")
@HOME_OPTION
@JSON_OPTION
def series(
    named: str,
    own: bool,
    foreign: str | None,
    observation: str,
    why: str,
    as_of: str | None,
    who: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Decide whether RECORD is the institution's own or an international organisation's; the next round applies it.

    RECORD is a record id, as `atalaya observation appearances` lists them, or SOURCE|NATIVE_ID.
    """
    if own == (foreign is not None):
        raise click.UsageError("give either --own or --foreign ORGANISATION")
    if foreign is not None and foreign not in organisations():
        raise click.UsageError(f"{foreign!r} is no organisation of the table; its ids: {', '.join(organisations())}")
    if not why.strip():
        raise click.UsageError("--why needs a reason: it is kept with the decision")
    clock, _ = read_moment(as_of)
    root = read_settings(os.environ, home).home
    sealed = open_sealed(find(root, observation))
    decision = Decision(
        kind=SERIES,
        subject=record_named(sealed, named),
        ruling={"own": True} if foreign is None else {"own": False, "organisation": foreign},
        who=who,
        moment=stamp(clock.now()),
        why=why,
    )
    _keep(root, sealed.manifest.country, decision, as_json=as_json)


def _keep(root: Path, country: str, decision: Decision, *, as_json: bool) -> None:
    """Record a decision and say under which id."""
    record(root, country, decision)
    if as_json:
        print_json({"id": decision.id, "subject": decision.subject, "ruling": decision.ruling})
    else:
        console().print(f"Recorded as {decision.id}; the next round applies it.")
