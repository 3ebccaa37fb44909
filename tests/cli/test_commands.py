"""The command line as a user meets it: in processes of its own, over real HTTP on loopback."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from atalaya.cli import atalaya
from atalaya.history.read import open_sealed
from atalaya.replay.server import serving, write_resolve
from atalaya.store.observations import folders
from tests.patience import PATIENCE

COUNTRY = Callable[..., tuple[Path, Path]]


def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "atalaya", *(str(argument) for argument in arguments)]
    environment = {**os.environ, "ATALAYA_RATE": "500"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
    assert done.returncode == code, done.stderr[-2000:] + done.stdout[-2000:]
    return done


@pytest.fixture
def observed(small_country: COUNTRY, tmp_path: Path) -> Path:
    """A home with two observations of the small country, two days apart."""
    pack, replay = small_country()
    _, after = small_country("day-2", changed=True)
    for day, folder in (("2026-01-05", replay), ("2026-01-07", after)):
        with serving(folder) as served:
            resolve = tmp_path / f"{day}.json"
            write_resolve(served, resolve)
            run(
                "observe",
                "--country",
                pack,
                "--home",
                tmp_path / "home",
                "--as-of",
                day,
                "--resolve",
                resolve,
                "--json",
            )
    return tmp_path / "home"


def test_what_was_observed_can_be_listed_shown_compared_verified_and_exported(observed: Path, tmp_path: Path) -> None:
    home = ("--home", observed)
    listed = json.loads(run("observation", "list", *home, "--json").stdout)["observations"]
    assert [row["observation"] for row in listed] == ["zz-20260105T000000Z", "zz-20260107T000000Z"]
    shown = json.loads(run("observation", "show", *home, "--json").stdout)
    assert shown["previous"] == "zz-20260105T000000Z"
    assert [Path(path).exists() for path in shown["reports"]] == [True, True]
    told = run("observation", "show", "latest", *home).stdout
    measured = [f"{row['coverage']:.0%}" for row in shown["scores"] if row["coverage"] is not None]
    assert sorted(re.findall(r"\d+%", told)) == sorted(measured) != []
    compared = json.loads(run("observation", "compare", "zz-20260105", "latest", *home, "--json").stdout)
    assert compared["counts"]["new_datasets"] == compared["counts"]["vanished_datasets"] == 1
    assert "DIFFERS" not in run("observation", "verify", "latest", *home).stdout
    run("observation", "export", "latest", tmp_path / "out", *home, "--format", "csv")
    assert (tmp_path / "out" / "records.csv").read_text().count("Conjunto") == 7
    again = run("observation", "export", "latest", tmp_path / "out", *home, code=2)
    assert "not empty" in again.stderr
    (next(observed.rglob("outcomes-00.parquet"))).write_bytes(b"")
    run("observation", "verify", "zz-20260105T000000Z", *home, code=1)


def test_attribution_is_reviewed_and_decided(observed: Path) -> None:
    home = ("--home", observed)
    review = json.loads(run("attribution", "review", *home, "--json").stdout)
    assert review["unattributed_share"] == 0
    decided = run("attribution", "decide", "zz:uno", "", "zz:dos", "--why", "acuerdo", *home, "--json")
    assert json.loads(decided.stdout)["ruling"] == {"institution": "zz:dos"}
    for arguments, words in (
        (("zz:uno", "", "zz:nobody", "--why", "x"), "zz:nobody"),
        (("zz:uno", "Otra Oficina", "zz:dos", "--why", "x"), "Otra Oficina"),
        (("zz:uno", "", "zz:dos", "--why", " "), "reason"),
    ):
        assert words in run("attribution", "decide", *arguments, *home, code=2).stderr


def test_whose_series_a_record_is_can_be_decided(small_country: COUNTRY, observed: Path, tmp_path: Path) -> None:
    home = ("--home", observed)
    (sealed,) = [folder for folder in folders(observed) if "20260107" in folder.name]
    row = next(iter(open_sealed(sealed).rows("records", "source_id = 'zz:dos'")))
    record_id, named = str(row["record_id"]), f"zz:dos|{row['native_id']}"
    decide = ("attribution", "series")
    told = run(*decide, named, "--foreign", "world_bank", "--why", "x", "--as-of", "2026-01-08", *home, "--json")
    assert json.loads(told.stdout)["subject"] == record_id
    pack, replay = small_country("day-3", changed=True)
    with serving(replay) as served:
        write_resolve(served, tmp_path / "resolve.json")
        flags = (*home, "--as-of", "2026-01-09", "--resolve", tmp_path / "resolve.json")
        run("observe", "--country", pack, *flags, "--json")
    listed = run("observation", "appearances", *home).stdout
    assert record_id in listed
    assert "series of world_bank, by decision: x" in listed
    again = run(*decide, record_id, "--own", "--why", "y", *home, "--json")
    assert json.loads(again.stdout)["ruling"] == {"own": True}
    for arguments, words in (
        ((record_id, "--why", "x"), "--own or --foreign"),
        ((record_id, "--own", "--foreign", "un", "--why", "x"), "--own or --foreign"),
        ((record_id, "--foreign", "nobody", "--why", "x"), "world_bank"),
        ((record_id, "--own", "--why", " "), "reason"),
        (("zz:dos|nothing", "--own", "--why", "x"), "no record"),
        (("nothing", "--own", "--why", "x"), "no record"),
    ):
        assert words in run(*decide, *arguments, *home, code=2).stderr


def test_one_catalogue_is_observed_by_its_address(small_country: COUNTRY, tmp_path: Path) -> None:
    _, replay = small_country()
    with serving(replay) as served:
        resolve = tmp_path / "resolve.json"
        write_resolve(served, resolve)
        flags = ("--home", tmp_path / "home", "--resolve", resolve)
        found = [
            json.loads(run("observe", "--source", url, *flags, "--json").stdout)
            for url in (
                "https://uno.small.example/",
                "https://dos.small.example/data.json",
                "https://tres.small.example/catalog.ttl",
            )
        ]
        nothing = run("observe", "--source", "https://more.small.example/0-1.csv", *flags, code=2)
    assert [(f["sources"][0]["protocol"], f["datasets"], f["resources"]) for f in found] == [
        ("ckan", 7, 14),
        ("datajson", 5, 10),
        ("dcat_rdf", 4, 4),
    ]
    assert "ckan" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("observe",), "--country"),
        (("observe", "--country", "nowhere-at-all"), "nowhere-at-all"),
        (("observe", "--source", "no address"), "no address"),
        (("observe", "--country", "gt", "--resolve", "missing.json"), "missing.json"),
        (("observation", "show", "zz-1"), "zz-1"),
    ],
)
def test_errors_name_the_thing_and_end_with_status_2(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    done = run(*arguments, "--home", tmp_path / "home", code=2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_moment_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "2026-01-31" in run("observe", "--country", "gt", "--as-of", "soon", "--home", tmp_path, code=2).stderr


WITHOUT_JSON = {"plans export", "portal serve", "translations export", "worker"}
"""Commands that hand over a file in a form of its own, or run until they are ended."""


def every_command(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, as they are found when they are asked for."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None, (*path, name)
            yield from every_command(found, (*path, name))


def test_every_command_explains_itself_and_offers_json() -> None:
    found = dict(every_command(atalaya))
    assert len(found) > 80
    assert all(command.help for command in found.values())
    answering = {
        path: {name for option in command.params for name in option.opts}
        for path, command in found.items()
        if not isinstance(command, click.Group)
    }
    assert {path for path, options in answering.items() if not options & {"--json", "--format"}} == WITHOUT_JSON
