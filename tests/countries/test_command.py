"""`atalaya country` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.cli.country import COMMAND
from atalaya.countries.schemas import pack_schema
from atalaya.harvest.discovery import DECLARABLE
from atalaya.harvest.registry import PROTOCOLS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(COMMAND, [str(argument) for argument in arguments])


def test_check_counts_everything(zz_copy: Path) -> None:
    done = run("check", zz_copy)
    assert done.exit_code == 0, done.output
    assert "0 errors, 0 warnings" in done.output
    assert "institutions" in done.output


def test_check_prints_one_json_object(zz_copy: Path) -> None:
    told = json.loads(run("check", zz_copy, "--json").stdout)
    assert (told["code"], told["usable"], told["problems"]) == ("zz", True, [])
    assert told["counts"]["institutions"] == 8
    assert len(told["sha256"]) == 64


@pytest.mark.parametrize("as_json", [False, True])
def test_an_error_gives_status_1_and_its_place(zz_copy: Path, as_json: bool) -> None:
    (zz_copy / "calendar.yml").write_text("holidays_country: ZZ\n")
    done = run("check", zz_copy, *(["--json"] if as_json else []))
    assert done.exit_code == 1
    if as_json:
        problem = json.loads(done.stdout)["problems"][0]
        assert (problem["file"], problem["line"], problem["column"], problem["severity"]) == (
            "calendar.yml",
            1,
            1,
            "error",
        )
    else:
        assert "calendar.yml:1:1: error:" in done.output
        assert "1 errors" in done.output or "1 error," in done.output


def test_a_warning_leaves_status_0(zz_copy: Path) -> None:
    (zz_copy / "notes [draft].txt").write_text("x")
    done = run("check", zz_copy)
    assert done.exit_code == 0
    assert "notes [draft].txt: warning: is not read" in done.output


def test_a_protocol_that_no_harvester_reads(zz_copy: Path) -> None:
    (zz_copy / "sources" / "fax.yml").write_text("title: {eo: Fakso}\nprotocol: fax\nurl: https://fakso.example\n")
    done = run("check", zz_copy)
    assert done.exit_code == 1
    assert "sources/fax.yml:2:1: error: no harvester reads the protocol 'fax'" in done.output
    told = " ".join(done.output.split())
    assert all(protocol.id in told for protocol in PROTOCOLS)


@pytest.mark.parametrize("protocol", DECLARABLE)
def test_whatever_is_registered_may_be_declared(protocol: str, zz_copy: Path) -> None:
    text = f"title: {{eo: Fonto}}\nprotocol: {protocol}\nurl: https://fonto.example\ninstitution: mpf\n"
    (zz_copy / "sources" / "fonto.yml").write_text(text)
    done = run("check", zz_copy)
    assert done.exit_code == 0, done.output


def test_a_web_site_needs_its_institution(zz_copy: Path) -> None:
    (zz_copy / "sources" / "retejo.yml").write_text(
        "title: {eo: Retejo}\nprotocol: site\nurl: https://retejo.example\n"
    )
    done = run("check", zz_copy)
    assert done.exit_code == 1
    assert "sources/retejo.yml:2:1: error: a web site has no institution" in done.output


def test_the_schema_keeps_no_list_of_protocols() -> None:
    """The schema lies below the harvesters: it says what an id looks like, and the registry which ids there are."""
    assert pack_schema()["$defs"]["source"]["properties"]["protocol"] == {"$ref": "#/$defs/slug"}


def test_new_writes_a_pack_that_check_accepts(tmp_path: Path) -> None:
    folder = tmp_path / "uy"
    done = run("new", "uy", "--name", "Uruguay", "--folder", folder)
    assert done.exit_code == 0, done.output
    assert str(folder / "country.yml") in done.output
    assert run("check", folder).exit_code == 0
