"""What holds of every country pack, packaged or not."""

import json
from pathlib import Path

import pytest

from atalaya.catalogue.records import Agent, Dataset
from atalaya.countries.attribution import attribute, index_attribution
from atalaya.countries.groups import group_of, headline, members
from atalaya.countries.identifiers import compile_identifier
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import examine_pack, find_pack, known_packs

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"
FOLDERS = [*(find_pack(code) for code in known_packs()), ZZ]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def pack(folder: Path) -> CountryPack:
    found = examine_pack(folder).pack
    assert found is not None
    return found


def test_the_packaged_packs_are_found() -> None:
    assert "gt" in known_packs()
    assert not [code for code in known_packs() if code.startswith("_")]


def test_a_pack_has_no_error(folder: Path) -> None:
    assert [str(p) for p in examine_pack(folder).problems if p.severity == "error"] == []


def test_the_code_is_the_folder_and_begins_every_id(pack: CountryPack) -> None:
    assert pack.code == pack.folder.name
    for listed in (pack.institutions, pack.sources):
        ids = [item.id for item in listed]
        assert [i for i in ids if not i.startswith(f"{pack.code}:")] == []
        assert len(ids) == len(set(ids))


def test_every_institution_is_in_one_group(pack: CountryPack) -> None:
    assert [body.id for body in pack.institutions if group_of(body, pack.groups) is None] == []
    assert sum(len(members(group, pack)) for group in pack.groups) == len(pack.institutions)
    assert members(headline(pack), pack)


def test_every_identifier_agrees_with_its_vectors(pack: CountryPack) -> None:
    rules = {i.id: compile_identifier(i, pack.divisions) for i in pack.identifiers}
    assert {vector.identifier for vector in pack.identifier_vectors} == set(rules)
    for vector in pack.identifier_vectors:
        verdict = rules[vector.identifier].verdict(vector.value)
        assert (verdict.valid, verdict.reason) == (vector.valid, vector.why), vector.value


def test_every_institution_is_attributed_by_its_own_name(pack: CountryPack) -> None:
    index = index_attribution(pack)
    source = next(s for s in pack.sources if s.institution is None)
    missed = []
    for body in pack.institutions:
        if body.valid_to is not None:
            continue
        dataset = Dataset(title={"": "x"}, publisher=Agent(name=body.name.upper()))
        found = attribute(dataset, source, index, as_of="2026-11-01")
        if found.institution_id != body.id:
            missed.append((body.id, found))
    assert missed == []


def test_every_source_that_is_not_read_says_why(pack: CountryPack) -> None:
    assert [s.id for s in pack.sources if s.state != "active" and not s.reason] == []


def test_a_pack_read_twice_is_the_same(folder: Path, pack: CountryPack) -> None:
    again = examine_pack(folder).pack
    assert again == pack


def test_every_registered_schema_is_whole(folder: Path, pack: CountryPack) -> None:
    """Texts in two languages, a source, duties that exist, and a header that holds an empty table."""
    duties = {duty.id for duty in pack.duties}
    for schema in pack.schemas:
        assert schema.id == f"{pack.code}:{Path(schema.file).stem}"
        assert json.loads((folder / schema.file).read_text("utf-8"))["name"] == Path(schema.file).stem
        assert set(schema.title) >= {pack.languages[0], "en"}, schema.id
        assert set(schema.description) >= {pack.languages[0], "en"}, schema.id
        assert schema.sources, schema.id
        assert set(schema.duties) <= duties, schema.id
        assert schema.state == "proposal" or schema.agreed_by, schema.id
        for field in schema.schema.fields:
            assert set(field.title) >= {"", "en"}, (schema.id, field.name)
            assert set(field.description) >= {"", "en"}, (schema.id, field.name)


def test_no_schema_has_a_problem(folder: Path) -> None:
    problems = [problem for problem in examine_pack(folder).problems if problem.file.startswith("schemas/")]
    assert [str(problem) for problem in problems] == []


def test_every_duty_can_be_recognised(pack: CountryPack) -> None:
    """Each is named as institutions name it; one that needs a table says by which columns it is known."""
    for duty in pack.duties:
        assert duty.evidence.names, duty.id
        if duty.openness == "table":
            assert len(duty.evidence.columns) >= 2, duty.id
            assert "table" in duty.evidence.documents, duty.id


def test_every_law_with_duties_says_how_it_is_cited(pack: CountryPack) -> None:
    for law in pack.laws:
        if any(duty.law == law.id for duty in pack.duties):
            assert law.citation.article, law.id
            assert law.citation.numeral, law.id
            assert law.citation.default_article in {duty.article for duty in pack.duties if duty.law == law.id}, law.id
