"""`atalaya index plan`: the findings whose mending raises an institution most, and what became of them."""

from pathlib import Path

import click

from atalaya.checks.check import Effort
from atalaya.cli.index_text import figure
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, plain, print_json
from atalaya.cli.sealed import folder_of, home_of
from atalaya.history.follow_up import FollowUp, follow_up
from atalaya.history.improvement import ImprovementPlan, find_institution, goal_of, improvement_plan
from atalaya.history.read import Sealed, open_sealed
from atalaya.history.remedies import time_of
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import find_index
from atalaya.publish.plans import DOMAIN, REASONS, STATES, plan_json, plan_rows, summary_rows, write_plan
from atalaya.translations import LANGUAGES, translate

_TIMES = {time_of(effort.value)[0]: effort.value for effort in Effort}


@click.command("plan")
@click.argument("observation")
@click.argument("institution")
@click.option(
    "--methodology", default=HEADLINE, show_default=True, help="The index to be raised, which reads measures."
)
@click.option(
    "--steps", type=click.IntRange(1, 500), help="Findings of the plan (default: 10, or as many as a goal needs)."
)
@click.option(
    "--to-rank", type=click.IntRange(1), help="The fewest findings with which it has this rank or a better one."
)
@click.option("--to-score", type=float, help="The fewest findings with which it has this score.")
@click.option("--to-band", help="The fewest findings with which it is in this band.")
@click.option(
    "--within", type=click.Choice(list(_TIMES)), help="Only findings that take no longer: minutes, hours or days each."
)
@click.option("--follow", help="A later observation: tell what became of each finding there.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write JSON, and CSV and XLSX in each language."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the texts.")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads; one parameter an option
    observation: str,
    institution: str,
    methodology: str,
    steps: int | None,
    to_rank: int | None,
    to_score: float | None,
    to_band: str | None,
    within: str | None,
    follow: str | None,
    out: Path | None,
    language: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Tell which findings of INSTITUTION (id, name or acronym) pay most when they are mended, from a sealed OBSERVATION.

    Exit status 1 where a goal cannot be reached.
    """
    root = home_of(home)
    sealed, index = open_sealed(folder_of(root, observation)), find_index(methodology)
    goal = goal_of(index, rank=to_rank, score=to_score, band=to_band)
    efforts = None if within is None else set(list(_TIMES.values())[: list(_TIMES).index(within) + 1])
    plan = improvement_plan(sealed, index, find_institution(sealed, institution), steps, goal, efforts)
    followed = None
    if follow is not None:
        followed = follow_up(plan, sealed, open_sealed(folder_of(root, follow)), index)
    written = () if out is None else write_plan(out, sealed, index, plan, followed)
    if as_json:
        print_json({**plan_json(sealed, index, plan, followed), "written": [str(path) for path in written]})
    else:
        _print(sealed, index, plan, followed, language)
        for path in written:
            console().print(f"written: {plain(path)}")
    if plan.goal_reached is False:
        raise click.exceptions.Exit(1)


def _print(sealed: Sealed, index: Index, plan: ImprovementPlan, followed: FollowUp | None, language: str) -> None:
    out = console()

    def t(text: str, **values: object) -> str:
        return plain(translate(text, language, DOMAIN).format(**values))

    out.print(
        f"[bold]{plain(plan.name)}[/] {plain(plan.institution)} · {plain(plan.methodology)} · {plain(plan.observation)}"
    )
    for row in summary_rows(plan, language, followed):
        when, score, low, high, rank, best, worst = row.values()
        places = f"{figure(rank, 0)} ({figure(best, 0)} – {figure(worst, 0)})"
        out.print(
            f"  {plain(when)}: {figure(score, plan.decimals)} ({figure(low, plan.decimals)} – {figure(high, plan.decimals)}), "
            + t("rank {rank} of {units}", rank=places, units=plan.ranked_units)
        )
    if plan.goal_reached is False:
        out.print(f"[red]{t('The goal cannot be reached by mending what was found.')}[/]")
    if plan.reason:
        out.print(t(REASONS[plan.reason]))
    for step, row in zip(plan.steps, plan_rows(sealed, index, plan, language, followed), strict=True):
        least = t("at least") + " " if step.at_least else ""
        out.print(
            f"\n[bold]{row['number']}. {plain(row['check'])}[/] {least}{step.points:+.2f} → {figure(step.standing.score, 2)}"
            + ("" if step.together == 1 else f" [dim]({t('with {count} steps together', count=step.together)})[/]")
        )
        out.print(f"   {plain(row['dataset'])}  [dim]{plain(row['address'])}[/]")
        out.print(f"   {plain(row['why'])} {plain(row['remedy'])}")
        more = [str(row["time"]), str(row["who"]), str(row["act"]), str(row["help"]), str(row["finding"])]
        out.print(f"   [dim]{plain(' · '.join(word for word in more if word))}[/]")
        if step.likewise:
            out.print(f"   {t('the same act mends {count} more', count=step.likewise)}")
        if followed is not None:
            changed = f" ({t('rule changed')})" if followed.fates[step.finding_id].rule_changed else ""
            out.print(f"   [bold]{plain(row['state'])}[/]{changed}")
    if followed is not None:
        counts = followed.counts()
        told = [f"{t(STATES[name])} {count}" for name, count in counts.items() if count and name != "new"]
        out.print("\n" + ", ".join([*told, f"{t('new')} {counts['new']}"]))
