"""Names in further languages: what is current, stale and awaited, as files that come and go."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli.translations import COMMAND
from atalaya.countries.reader import examine_pack, find_pack, read_pack
from atalaya.countries.row_translations import AWAITING, COLUMNS, CURRENT, STALE, as_csv, sources_of, standings

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ZZ, tmp_path / "zz"))


def states(folder: Path) -> dict[tuple[str, str], str]:
    return {(each.source.subject, each.source.field): each.state for each in standings(read_pack(folder), "mam")}


def test_a_translation_is_stale_when_its_source_changed(pack: Path) -> None:
    found = states(pack)
    assert found["topic:loko", "title"] == CURRENT
    assert found["topic:loko", "question"] == STALE
    assert set(found.values()) == {CURRENT, STALE, AWAITING}
    topic = pack / "topics" / "loko.yml"
    topic.write_text(topic.read_text(encoding="utf-8").replace("eo: Loĝantoj,", "eo: Homoj,"), encoding="utf-8")
    assert states(pack)["topic:loko", "title"] == STALE


def test_every_text_stands_once_in_the_countrys_language() -> None:
    for folder in (ZZ, find_pack("gt")):
        sources = sources_of(read_pack(folder))
        assert len({(source.subject, source.field) for source in sources}) == len(sources) > 10
        assert all(source.text for source in sources)


def run(*arguments: object) -> str:
    done = CliRunner().invoke(COMMAND, [str(each) for each in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_a_translator_fills_in_a_file_and_it_comes_back(pack: Path, tmp_path: Path) -> None:
    file = tmp_path / "mam.csv"
    run("export", "mam", "--output", file, "--awaiting", "--country", pack)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert ("topic:loko", "title") not in {(row["subject"], row["field"]) for row in rows}
    (stale,) = [row for row in rows if row["before"]]
    assert (stale["text"], stale["before"]) == ("", "inventita malnova")
    run("import", "mam", file, "--country", pack)
    assert states(pack)["topic:loko", "question"] == STALE, "a file sent back as it was makes nothing current"
    for row in rows:
        row["text"] = f'inventita, "{row["subject"]}"'
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    run("import", "mam", file, "--country", pack)
    assert set(states(pack).values()) == {CURRENT}
    assert '"current": ' in run("status", "--country", pack, "--json")
    again = {each.source.subject: each.text for each in standings(read_pack(pack), "mam")}
    assert again["kind:ministerio"] == 'inventita, "kind:ministerio"'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "has other columns"),
        (f"{','.join(COLUMNS)}\nx\n", "is no row of a translation"),
        (f"{','.join(COLUMNS)}\na,b,c,d,{'x' * 2001},\n", "is no row of a translation"),
        (f"{','.join(COLUMNS)}\na,b,c,d,e,\na,b,c,d,f,\n", "a b stands twice"),
        (f'{",".join(COLUMNS)}\n"a,b\n', "is not CSV"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(pack: Path, text: str, words: str) -> None:
    (pack / "translations" / "mam.csv").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in examine_pack(pack).problems if words in str(problem)]


def test_a_language_that_nobody_declared_is_told(pack: Path) -> None:
    (pack / "translations" / "quc.csv").write_text(as_csv(()), encoding="utf-8")
    assert [problem for problem in examine_pack(pack).problems if "country.yml does not name" in str(problem)]


def test_the_four_languages_of_the_country_await_their_translators() -> None:
    pack = read_pack(find_pack("gt"))
    assert set(pack.translated_into) == {"quc", "kek", "mam", "cak"}
    for tag in pack.translated_into:
        assert {each.state for each in standings(pack, tag)} == {AWAITING}, "nothing is translated by a program"
