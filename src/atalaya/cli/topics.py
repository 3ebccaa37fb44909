"""`atalaya topics`: check a thematic observatory of one's own, and observe it."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from atalaya.checks.registry import CHECKS
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.cli.portal import sealed_of
from atalaya.countries.observed import Topic
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.countries.topics import read_topic
from atalaya.exceptions import CountryPackError
from atalaya.publish.topics.judging import Observed
from atalaya.publish.topics.observing import observe_topics
from atalaya.settings import read_settings

FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
COUNTRY = click.option("--country", default="gt", show_default=True, help="Code of the country, or folder of its pack.")
SHOWN = 3
"""Datasets that the text names for one thing wanted; JSON has all."""


@click.group("topics")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Thematic observatories: check a file of one's own, and observe topics."""


@COMMAND.command("check")
@FILES
@COUNTRY
@JSON_OPTION
def check(files: tuple[Path, ...], country: str, as_json: bool) -> None:
    """Tell everything that is wrong with topic FILES. The exit status is 1 where one has an error."""
    pack = read_pack(find_pack(country))
    if not files:
        raise click.UsageError("name at least one file of a topic")
    found = [_examined(file, pack) for file in files]
    if as_json:
        print_json([{"file": str(file), "usable": topic is not None, "problems": told} for file, topic, told in found])
    else:
        for file, topic, told in found:
            for problem in told:
                console().print(problem, markup=False)
            console().print(f"{file}: {'can be used' if topic else 'cannot be used'}.", markup=False)
    if any(topic is None for _, topic, _ in found):
        raise click.exceptions.Exit(1)


@COMMAND.command("observe")
@FILES
@COUNTRY
@HOME_OPTION
@JSON_OPTION
def observe(files: tuple[Path, ...], country: str, home: Path | None, as_json: bool) -> None:
    """Say how topics stand in the newest sealed observation: those in FILES, or those of the country without any."""
    pack = read_pack(find_pack(country))
    topics = [_read(file, pack) for file in files] or list(pack.topics)
    if not topics:
        raise CountryPackError(f"the pack of {pack.code} has no topics; name the file of one")
    observation = sealed_of(read_settings(os.environ, home).home, pack)[-1]
    observed = observe_topics(observation, topics)
    if as_json:
        print_json({"observation": observation.manifest.observation, "topics": [_as_json(each) for each in observed]})
        return
    console().print(f"Observation {observation.manifest.observation}", markup=False)
    for each in observed:
        _print(each, pack)


def _examined(file: Path, pack: CountryPack) -> tuple[Path, Topic | None, list[str]]:
    topic, problems = read_topic(file, pack)
    told = [str(problem) for problem in problems]
    known = {check.id for check in CHECKS}
    strange = [
        f"{file.name}: error: no check has the id {name!r} (criterion {criterion.id!r}); docs/reference/checks.md lists them"
        for criterion in (topic.criteria if topic else ())
        for name in criterion.checks
        if name not in known
    ]
    return file, None if strange else topic, [*told, *strange]


def _read(file: Path, pack: CountryPack) -> Topic:
    _, topic, told = _examined(file, pack)
    if topic is None:
        raise CountryPackError("\n".join((f"the topic in {file} cannot be used:", *told)))
    return topic


def _as_json(each: Observed) -> dict[str, Any]:
    return {
        "id": each.topic.id,
        "title": dict(each.topic.title),
        "wanted": [
            {
                "id": w.id,
                "state": each.states[w.id],
                "matches": [{**asdict(m), "sure": m.sure} for m in each.matches[w.id]],
            }
            for w in each.topic.wanted
        ],
        "criteria": [
            {"id": r.criterion.id, "verdict": r.verdict, "items": [asdict(item) for item in r.items]}
            for r in each.rulings
        ],
    }


def _print(each: Observed, pack: CountryPack) -> None:
    out, language = console(), pack.languages[0]
    out.print(f"\n{_text(each.topic.title, language)}", markup=False)
    for wanted in each.topic.wanted:
        out.print(f"  {each.states[wanted.id]:8} {_text(wanted.title, language)}", markup=False)
        for match in each.matches[wanted.id][:SHOWN]:
            out.print(f"           {match.score:5.1f} {match.dataset}", markup=False)
    for ruling in each.rulings:
        counts = _counts([item.verdict for item in ruling.items])
        out.print(f"  {ruling.verdict:8} {_text(ruling.criterion.title, language)} ({counts})", markup=False)


def _counts(verdicts: Sequence[str]) -> str:
    return ", ".join(f"{verdicts.count(each)} {each}" for each in dict.fromkeys(verdicts)) or "nothing to judge"


def _text(texts: Any, language: str) -> str:
    return str(texts.get(language) or next(iter(texts.values())))
