"""The register of schemas of a pack: what is read, and what is told with its file, line and column."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from atalaya.countries.reader import examine_pack, read_pack

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ZZ, tmp_path / "zz"))


def changed(pack: Path, **changes: Any) -> list[str]:
    """Problems of the pack after keys of its schema were changed; None takes a key away."""
    path = pack / "schemas" / "offices.json"
    value = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(
        json.dumps({key: item for key, item in value.items() if item is not None}, indent=1), encoding="utf-8"
    )
    return [str(problem) for problem in examine_pack(pack).problems]


def test_a_schema_is_read_with_its_texts_and_agreement(pack: Path) -> None:
    (schema,) = read_pack(pack).schemas
    assert (schema.id, schema.version, schema.state, schema.date) == ("zz:offices", "1.0.0", "agreed", "2026-11-01")
    assert dict(schema.title) == {"eo": "Oficejoj", "en": "Offices"}
    assert schema.agreed_by == ("Treasury of Zetland",)
    assert [field.name for field in schema.schema.fields] == ["office"]
    assert schema.schema.primary_key == ("office",)
    assert schema.file == "schemas/offices.json"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": "1"}, "has not the right form"),
        ({"title": None}, "lacks the key 'title'"),
        ({"sources": []}, "is empty"),
        ({"agreement": {"state": "agreed", "date": "2026-11-01"}}, "agreed by nobody"),
        ({"agreement": {"state": "law", "date": "2026-11-01"}}, "none of proposal, agreed"),
        ({"duties": ["malfermo-9-z"]}, "no duty has the id 'malfermo-9-z'"),
        ({"fields": [{"name": "a", "type": "strng"}]}, "did you mean 'string'"),
        ({"primaryKey": "ofice"}, "did you mean 'office'"),
    ],
)
def test_what_makes_it_unusable(pack: Path, changes: dict[str, Any], words: str) -> None:
    problems = changed(pack, **changes)
    assert [problem for problem in problems if ": error: " in problem and words in problem], problems
    assert examine_pack(pack).pack is None


def test_what_a_person_should_look_at(pack: Path) -> None:
    (problem,) = changed(pack, titel="x")
    assert problem.startswith("schemas/offices.json:")
    assert "did you mean 'title'" in problem
    assert ": warning: " in problem


def test_texts_of_fields_are_asked_for_in_every_language(pack: Path) -> None:
    country = pack / "country.yml"
    country.write_text(
        country.read_text(encoding="utf-8").replace("languages: [eo]", "languages: [eo, fr]"), encoding="utf-8"
    )
    told = [str(p) for p in examine_pack(pack).problems if p.file == "schemas/offices.json"]
    assert len(told) == 4
    assert all("'fr'" in problem for problem in told)
