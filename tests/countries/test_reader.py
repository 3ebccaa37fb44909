"""Errors of a pack: each told with its file, line and column, all together, with what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya.countries.pack import CountryPack
from atalaya.countries.problems import PackProblem
from atalaya.countries.reader import examine_pack, find_pack, known_packs, pack_sha256, read_pack
from atalaya.exceptions import CountryPackError

Spoil = Callable[..., tuple[PackProblem, ...]]

INSTITUTIONS = "institutions/registaro.yml"
CASES = [
    # file, old text, new text, text at which the place must stand, words of the problem, words of the remedy
    ("country.yml", "code: zz\n", "", "name: {eo: Zet", "lacks the key 'code'", "add `code:`"),
    ("country.yml", "languages:", "langauges:", "langauges", "unknown key 'langauges'", "did you mean 'languages'"),
    ("country.yml", "    headline: true\n", "", "groups:", "0 groups are the headline", "headline: true"),
    ("country.yml", "kinds: [urbo]\n", "kinds: [urbo]\n    headline: true\n", "id: urboj", "2 groups", "headline"),
    ("country.yml", "[memstara]", "[memstara, plenuma]", "branches: [memst", "'plenuma' belongs to the groups", "one"),
    ("country.yml", "level: 2", "level: 3", "level: 3", "no division of level 3", "correct the level"),
    ("country.yml", "code: zz", "code: [zz", ": {eo", "is not YAML", "indentation, colons and quotes"),
    ("country.yml", "code: zz", "code: zz\ncode: yy", "code: yy", "'code' stands twice (first in line 2)", "keep one"),
    ("country.yml", "eo: Zetlando, en: Zetland", "eo: &a Zetlando, en: *a", "&a Zet", "an alias", "instead of anchors"),
    (INSTITUTIONS, "slug: arkivo", "slug: mpf", "slug: mpf\n  name: Oficejo", "'zz:mpf' stands twice", "line 1"),
    (INSTITUTIONS, "parent: mpf", "parent: mpg", "parent: mpg", "no institution has the slug 'mpg'", "use a slug"),
    (INSTITUTIONS, "parent: mpf", "parent: arkivo", "parent: arkivo", "zz:arkivo lies inside itself", "its parent"),
    (INSTITUTIONS, "kind: oficejo", "kind: oficeja", "kind: oficeja", "'oficeja' is not among", "`kinds:`"),
    (INSTITUTIONS, '"2019-12-31"', '"2019-02-30"', "valid_to:", "2019-02-30 is no day", "correct the date"),
    (INSTITUTIONS, '"2019-12-31"', "31.12.2019", "valid_to:", "has not the right form", "YYYY-MM-DD"),
    (INSTITUTIONS, '"2019-12-31"', '"2019-12-31"\n  valid_from: "2020-01-01"', "valid_to:", "before it begins", "correct"),
    (INSTITUTIONS, "verified: true", "verified: yes", "verified: yes", '"yes" is not true or false', ""),
    (INSTITUTIONS, "acronym: MPS", "acronym: 33", "acronym: 33", "33 is not text", "put it in quotes"),
    (INSTITUTIONS, "[financoj.zz", "[https://financoj.zz", "https://financoj.zz.example]", "right form", "host alone"),
    ("institutions/banko.yml", "division: N", "division: Q", "division: Q", "no division has the code 'Q'", "divisions.csv"),
    ("divisions.csv", "N1,2,N,", "N1,2,X,", "N1,2,X,", "no division has the code 'X'", "parent"),
    ("divisions.csv", "N1,2,N,", "N1,2,S1,", "N1,2,S1,", "not above 2", "level 1"),
    ("divisions.csv", "N1,2,N,", "N,2,N,", "N,2,N,", "'N' stands twice", "line 2"),
    ("divisions.csv", "9000", "9.000", "N,1,", "'9.000', which is no number", "whole number"),
    ("divisions.csv", "Sudo,", "Sudo", "S,1,", "5 cells where the header has 6", "quotes"),
    ("divisions.csv", "population", "people", "code,", "unknown column 'people'", "the columns are"),
    ("divisions.csv", ",level", "", "code,", "lacks the column 'level'", "the columns are"),
    ("divisions.csv", "Norda Provinco,", '"Norda"x,', "N,1,", "is not CSV", "quotes"),
    ("sources/malnova.yml", "reason: ", "caveats: [] #", "state:", "has no reason", "add `reason:`"),
    ("sources/nacia.yml", "least: 1", "least: 501", "least", "least (501) is more than most (500)", "correct"),
    ("sources/nacia.yml", "least: 1", "lesat: 1", "lesat", "unknown key 'lesat'", "did you mean 'least'?"),
    ("sources/nacia.yml", "https://", "ftp://", "url:", "right form", "http:// or https://"),
    ("sources/financoj.yml", "covers: [mpf]", "covers: [mpx]", "covers", "slug 'mpx'", "institutions/"),
    ("sources/malnova.yml", "unreachable", "unreachabel", "state:", "is none of active", "did you mean 'unreachable'?"),
    ("attribution.yml", "institution: banko", "institution: bank", "institution: bank", "slug 'bank'", "institutions/"),
    ("attribution.yml", "source: nacia", "source: nacio", "source: nacio", "no file sources/nacio.yml", "file"),
    ("attribution.yml", "Impostejo", "'***'", "publisher: '***'", "no letters or digits", "match: exact"),
    ("attribution.yml", "match: uri", "match: url", "match: url", "is none of exact", "did you mean 'uri'?"),
    ("identities.yml", "[aprobita sumo], ", "", "parts:", "is too short", "one list of names for each column"),
    ("identities.yml", "valida\n  total", "valida\n  totalo", "totalo", "unknown key 'totalo'", "did you mean 'total'?"),
    ("calendar.yml", "null", "ZZZ", "holidays_country", "no country 'ZZZ'", "null"),
    ("calendar.yml", '"07-26"', '"02-30"', '"02-30"', "02-30 is no day", "correct the date"),
    ("calendar.yml", "[4, 5]", "[0, 1, 2, 3, 4, 5, 6]", "weekend", "", "at most six"),
    ("identifiers.yml", '"[A-Z][0-9]{6}[A-Z]"', '"[A-Z"', "pattern:", "no regular expression", "correct the pattern"),
    ("identifier-vectors.yml", "N123456P", "N123456R", "N123456R", "should be valid and is refused for check_digit", "rule|the"),
    ("identifier-vectors.yml", "N123456Q", "S000001B", "{value: S000001B", "refused for check_digit and is valid", "the"),
    ("identifier-vectors.yml", "identifier: firma-numero", "identifier: firmo", "identifier: firmo", "id 'firmo'", "an id of"),
    ("duties/malfermo.yml", "obliged: [reg", "obliged: [rex", "obliged: [rex", "no class has the id 'rex", "`classes:`"),
    ("duties/malfermo.yml", "update: monate", "update: jare", "update: jare", "no update rule has the id 'jare'", "`updates:`"),
    ("duties/malfermo.yml", "kinds: [oficejo]", "kinds: [oficeja]", "except_kinds:", "'oficeja' is not among", "`kinds:`"),
    ("duties/malfermo.yml", "[familia]", "[ELSPEZOJ]", "against:", "speaks for the duty and against", "one list"),
    ("duties/malfermo.yml", "article: \"3\"\n", "article: \"4\"\n", "default_article:", "is of the article '4'", "one of 3"),
    ("duties/malfermo.yml", "[letters]", "[leters]", "leters", "is none of digits", "did you mean 'letters'?"),
    ("duties/malfermo.yml", "openness: table", "openness: open", "open", "is none of table", "table, text or any"),
    ("duties/malfermo.yml", "openness: table", "repeats: [malfermo-3-z]", "repeats", "no other duty has", "article, numeral"),
    ("duties/malfermo.yml", "openness: table", "repeats: [malfermo-3-a]", "repeats", "no other duty has", "article, numeral"),
    ("duties/malfermo.yml", "names: [sal", "name: [sal", "name: [sal", "unknown key 'name'", "did you mean 'names'?"),
    ("duties/malfermo.yml", "period: P1M", "period: monthly", "period: monthly", "has not the right form", "P1M"),
    ("duties/malfermo.yml", "2011-01-01", "2011-02-30", "valid_from:", "2011-02-30 is no day", "correct the date"),
    ("duties/malfermo.yml", "unit: working, ", "", "{id: respondo", "days without a unit", "both or neither"),
    ("duties/malfermo.yml", "numeral: b", "numeral: a", "{article: \"3\", numeral: a, name: {eo: Dun", "stands twice", "line"),
]  # fmt: skip


def place_of(text: str, at: str) -> str:
    """Line and column, from 1, at which `at` first stands in `text`."""
    start = text.index(at)
    return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


@pytest.mark.parametrize(("file", "old", "new", "at", "what", "remedy"), CASES)
def test_an_error_is_told_where_it_stands(
    spoilt: Spoil, zz_copy: Path, file: str, old: str, new: str, at: str, what: str, remedy: str
) -> None:
    errors = [p for p in spoilt(file, new, old=old) if p.severity == "error"]
    place = f"{file}:{place_of((zz_copy / file).read_text(encoding='utf-8'), at)}: error: "
    fitting = [p for p in errors if what in p.what and any(words in p.remedy for words in remedy.split("|"))]
    assert [p for p in fitting if str(p).startswith(place)], place + "\n" + "\n".join(map(str, errors))


def test_all_problems_are_told_together(spoilt: Spoil, zz_copy: Path) -> None:
    spoilt("sources/nacia.yml", "protocol: ckan\n")
    spoilt("calendar.yml", "holidays_country: ZZZ\n")
    spoilt(INSTITUTIONS, "- slug: a\n  name: A\n  kind: ministerio\n  parent: b\n  typo: 1\n")
    with pytest.raises(CountryPackError) as caught:
        read_pack(zz_copy)
    message = str(caught.value)
    assert str(zz_copy) in message
    for part in (
        "sources/nacia.yml:1:1: error: lacks the key 'title'",
        "lacks the key 'url'",
        "calendar.yml:1:1",
        "'typo'",
    ):
        assert part in message


def test_a_file_that_cannot_be_read_accuses_no_reference_to_it(spoilt: Spoil) -> None:
    errors = [p for p in spoilt(INSTITUTIONS, "- slug: [\n") if p.severity == "error"]
    assert {p.file for p in errors} == {INSTITUTIONS}


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("notes.txt", "x", "is not read"),
        ("sources/other.yaml", "x", "is not read"),
        ("institutions/more.yml", "- {slug: x, name: X, kind: oficejo, branch: loka}\n", "is in no group"),
        (
            "institutions/more.yml",
            "- {slug: x, name: X, kind: oficejo, branch: plenuma, acronym: m.p.s.}\n",
            "'MPS' belongs",
        ),
        (
            "institutions/more.yml",
            "- {slug: x, name: NACIA ARKÍVO, kind: oficejo, branch: plenuma}\n",
            "'nacia arkivo' belongs",
        ),
        ("sources/twice.yml", "title: {eo: x}\nprotocol: ckan\nurl: https://datumoj.zz.example/\n", "is also that of"),
        ("sources/english.yml", "title: {en: x}\nprotocol: ckan\nurl: https://x.example\n", "no text in 'eo'"),
    ],
)
def test_a_warning_leaves_the_pack_usable(spoilt: Spoil, zz_copy: Path, file: str, text: str, what: str) -> None:
    warnings = spoilt(file, text)
    assert any(p.severity == "warning" and what in p.what for p in warnings), warnings
    assert read_pack(zz_copy).code == "zz"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"code: zz\nname: {eo: \xf1}\n", "country.yml:2:12: error: is not UTF-8"),
        (b"", "country.yml:1:1: error: the file is empty"),
        (b"- a list\n", "country.yml:1:1: error: "),
        (b"a: " + b"[" * 60 + b"]" * 60, "country.yml:1:54: error: is nested too deeply"),
        (b"a: " + b"[" * 5000, "error: "),
        (b"code: !!python/name:os.system zz\n", "country.yml:1:7: error: the tag"),
        (b"code: zz\n---\ncode: yy\n", "error: is not YAML"),
        (b"code: \x01\n", "error: is not YAML"),
    ],
)
def test_a_country_file_of_hostile_form_is_an_error_and_no_crash(zz_copy: Path, body: bytes, place: str) -> None:
    (zz_copy / "country.yml").write_bytes(body)
    assert any(place in str(problem) for problem in examine_pack(zz_copy).problems), examine_pack(zz_copy).problems


def test_a_byte_order_mark_is_no_error(zz_copy: Path) -> None:
    file = zz_copy / "country.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_pack(zz_copy).code == "zz"


def test_protocols_are_compared_only_where_they_are_given(zz_copy: Path) -> None:
    problems = examine_pack(zz_copy, ["ckan"]).problems
    assert [str(p).split(";")[0] for p in problems] == [
        "sources/financoj.yml:2:1: error: no harvester reads the protocol 'datajson'"
    ]
    assert examine_pack(zz_copy).problems == ()


def test_codes_and_folders_are_found(zz_copy: Path) -> None:
    assert find_pack("gt").name == "gt"
    assert find_pack(str(zz_copy)) == zz_copy
    assert find_pack(zz_copy) == zz_copy


def test_what_is_not_there_names_what_is(tmp_path: Path) -> None:
    with pytest.raises(CountryPackError, match=", ".join(known_packs())):
        find_pack("atlantis")
    with pytest.raises(CountryPackError, match=r"no country\.yml"):
        find_pack(tmp_path)
    with pytest.raises(CountryPackError, match=r"no country\.yml"):
        examine_pack(tmp_path)


def test_the_hash_covers_names_and_bytes_of_every_shown_file(zz_copy: Path, zz: CountryPack) -> None:
    assert read_pack(zz_copy).sha256 == zz.sha256 == pack_sha256(zz_copy)
    (zz_copy / ".hidden").write_text("x")
    assert pack_sha256(zz_copy) == zz.sha256
    (zz_copy / "attribution.yml").rename(zz_copy / "duties" / "attribution.yml")
    assert pack_sha256(zz_copy) != zz.sha256


def test_a_duty_may_repeat_others(zz_copy: Path) -> None:
    path = zz_copy / "duties" / "malfermo.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("openness: table", "repeats: [malfermo-3-b]"), encoding="utf-8")
    pack = examine_pack(zz_copy).pack
    assert pack is not None
    assert [duty.repeats for duty in pack.duties] == [("malfermo-3-b",), ()]


def test_the_objects_hold_what_the_files_say(zz: CountryPack) -> None:
    bodies = {body.id: body for body in zz.institutions}
    bank, archive = bodies["zz:banko"], bodies["zz:arkivo"]
    assert (bank.name, bank.acronym, bank.division, bank.parent) == ("Ŝtata Banko", "ŜB", "N", None)
    assert (archive.parent, archive.valid_to, archive.verified) == ("zz:mpf", "2019-12-31", False)
    sources = {source.id: source for source in zz.sources}
    assert (sources["zz:financoj"].institution, sources["zz:financoj"].covers) == ("zz:mpf", ("zz:mpf",))
    assert (sources["zz:nacia"].most, sources["zz:nacia"].shrink_limit) == (500, 0.2)
    assert {d.code: (d.level, d.parent, d.population) for d in zz.divisions}["S1"] == (2, "S", 800)
    assert zz.rates == {"datumoj.zz.example": 2}
    budget = zz.duties[0]
    assert (budget.except_kinds, budget.openness, budget.valid_from) == (("oficejo",), "table", "2011-01-01")
    assert budget.evidence.columns == (("elspezo", "kosto"), ("monato",))
    assert (budget.evidence.names, budget.evidence.against, budget.evidence.period) == (
        ("financa plano",),
        ("familia",),
        "P1M",
    )
    assert zz.laws[0].citation.numeral == ("litero", "lit")
    assert next((d.id, d.obliged, d.update) for d in zz.duties) == ("malfermo-3-a", ("registaro",), "monate")
    assert [(d.id, d.days, d.unit) for d in zz.deadlines] == [("malfermo-respondo", 5, "working")]


def test_every_town_has_an_institution_and_equal_names_are_told_apart(zz: CountryPack) -> None:
    towns = {body.id: body for body in zz.institutions if body.kind == "urbo"}
    assert sorted(towns) == ["zz:urbodomo-n1", "zz:urbodomo-n2", "zz:urbodomo-s1"]
    assert towns["zz:urbodomo-n2"].name == "Urbodomo de Novurbo, Norda Provinco"
    assert towns["zz:urbodomo-s1"].name == "Urbodomo de Novurbo, Suda Provinco"
    assert towns["zz:urbodomo-n1"].name == "Urbodomo de Ĉefurbo"
    assert "Urbodomo de Chefurbo, Norda Provinco" in towns["zz:urbodomo-n1"].names
    assert towns["zz:urbodomo-n1"].division == "N1"


def test_null_means_unknown(zz_copy: Path, zz: CountryPack) -> None:
    path = zz_copy / "sources" / "nacia.yml"
    nulls = "".join(f"{key}: null\n" for key in ("institution", "covers", "state", "local", "shrink_limit", "caveats"))
    path.write_text(path.read_text() + nulls)
    assert read_pack(zz_copy).sources == zz.sources


def test_the_pack_file_order_follows_paths(zz: CountryPack) -> None:
    assert [source.id for source in zz.sources] == ["zz:financoj", "zz:malnova", "zz:nacia"]
