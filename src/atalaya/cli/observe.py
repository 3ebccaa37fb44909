"""`atalaya observe`: one round over a country or over single catalogues, sealed, with its report."""

import os
from pathlib import Path

import click

from atalaya.cli.moments import read_moment
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json, stage_progress
from atalaya.cli.summary import print_summary, summary
from atalaya.clock import stamp, system_clock
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import SourceError
from atalaya.fetch.loop import run
from atalaya.rounds.catalogues import pack_of_sources
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings


@click.command("observe")
@click.option("--country", help="Country pack: a code such as gt, or a folder.")
@click.option(
    "--source", "sources", multiple=True, metavar="URL", help="A catalogue to observe by itself; may be repeated."
)
@HOME_OPTION
@click.option("--as-of", metavar="MOMENT", help="The moment of the observation instead of now.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of everything that is sampled.")
@click.option("--resolve", type=click.Path(dir_okay=False, path_type=Path), help="Connect as this resolve.json says.")
@click.option("--sites", is_flag=True, help="Read the web site of every institution of the country as well.")
@click.option("--workers", is_flag=True, help="Leave fetching and inspecting to `atalaya assist` on any machines.")
@click.option("--resume", is_flag=True, help="Finish the round that was left unfinished.")
@click.option("--local", is_flag=True, help="The sources given with --source may lie on private addresses.")
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads; one argument an option
    country: str | None,
    sources: tuple[str, ...],
    home: Path | None,
    as_of: str | None,
    seed: int,
    resolve: Path | None,
    sites: bool,
    workers: bool,
    resume: bool,
    local: bool,
    as_json: bool,
) -> None:
    """Observe a country (--country gt) or single catalogues (--source URL): read, fetch, inspect, check, measure, seal."""
    if (country is None) == (not sources):
        raise SourceError("say what to observe: either --country CODE or --source URL (which may be repeated)")
    if sites and not country:
        raise SourceError("--sites reads the sites of a country's institutions: name it with --country")
    clock, stated = read_moment(as_of)
    settings = read_settings(os.environ, home)
    with stage_progress(quiet=as_json) as told:
        plan = Plan(
            settings=settings,
            clock=clock,
            pacing=system_clock(),
            resolve=resolve,
            progress=told,
            with_workers=workers,
        )
        pack = read_pack(find_pack(country)) if country else pack_of_sources(sources, local=local)
        request = Request(
            pack=pack, as_of=stamp(clock.now()), as_of_stated=stated, seed=seed, resume=resume, sites=sites
        )
        done = run(observe(plan, request))
    result = summary(done)
    if as_json:
        print_json(result)
    else:
        print_summary(console(), result)
