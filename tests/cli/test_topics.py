"""`atalaya topics` as third parties use it: a file of their own is checked and observed."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from atalaya.cli.topics import COMMAND
from atalaya.history.read import Sealed

TOPIC = """title: {es: Habitantes, en: Inhabitants}
question: {es: "¿Cuántos?", en: "How many?"}
wanted:
  - {id: people, title: {es: Población, en: Population}, words: [[población], [municipio]], columns: [[municipio], [poblacion]]}
  - {id: births, title: {es: Nacimientos, en: Births}, words: [[nacimientos]]}
criteria:
  - {id: published, title: {es: Publicado, en: Published}, kind: published}
  - {id: open, title: {es: Abierto, en: Open}, kind: checks, checks: [CHECK], of: [people]}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(COMMAND, [str(argument) for argument in arguments])


def test_a_topic_of_ones_own_is_observed(two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path) -> None:
    pack, _ = two_small_rounds
    mine = tmp_path / "mine.yml"
    mine.write_text(TOPIC.replace("CHECK", "licence_open"), encoding="utf-8")
    options = ("--country", pack, "--home", pack.parent / "home")
    done = run("observe", mine, *options, "--json")
    assert done.exit_code == 0, done.output
    (topic,) = json.loads(done.output)["topics"]
    assert {each["id"]: each["state"] for each in topic["wanted"]} == {"people": "found", "births": "missing"}
    assert {each["id"]: each["verdict"] for each in topic["criteria"]} == {"published": "unmet", "open": "met"}
    said = run("observe", mine, *options)
    assert "missing  Nacimientos" in said.output
    assert "unmet    Publicado (1 met, 1 unmet)" in said.output


def test_checks_that_do_not_exist_are_told(two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path) -> None:
    pack, _ = two_small_rounds
    mine = tmp_path / "mine.yml"
    mine.write_text(TOPIC.replace("CHECK", "licence_opn"), encoding="utf-8")
    done = run("check", mine, "--country", pack)
    assert done.exit_code == 1
    assert "no check has the id 'licence_opn' (criterion 'open')" in done.output
    assert "mine.yml: cannot be used." in done.output
    assert "licence_opn" in str(run("observe", mine, "--country", pack, "--home", pack.parent / "home").exception)


def test_a_country_without_topics_says_so(two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    pack, _ = two_small_rounds
    assert "has no topics" in str(run("observe", "--country", pack, "--home", pack.parent / "home").exception)
