"""Argentina's profile: the validity of every labelled sample, its error paths, and the words of every rule."""

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from atalaya.catalogue.profiles.ar_profile import ProfileError, profile_schema, validate_profile
from atalaya.catalogue.profiles.string_formats import is_moment, is_uri

TRUTH = Path("groundtruth/ar_profile_validation")
LABELLED = {"valid": 5, "invalid": 23}
"""Samples whose validity the authors of the profile's validator assert."""

SOUND: Mapping[str, Any] = {
    "title": "Catálogo",
    "description": "Datos",
    "publisher": {"name": "Ministerio", "mbox": "datos@ministerio.example"},
    "superThemeTaxonomy": "http://datos.gob.ar/superThemeTaxonomy.json",
    "themeTaxonomy": [{"id": "gasto", "label": "Gasto", "description": None}],
    "dataset": [
        {
            "identifier": "1",
            "title": "Presupuesto",
            "description": "Gasto por año",
            "publisher": {"name": "Ministerio"},
            "superTheme": ["ECON"],
            "accrualPeriodicity": "R/P1Y",
            "issued": "2016-04-14",
            "distribution": [
                {
                    "identifier": "1.1",
                    "title": "Gasto",
                    "accessURL": "http://datos.example/gasto",
                    "downloadURL": "http://datos.example/gasto.csv",
                    "issued": "2016-04-14T19:48:05.433640-03:00",
                    "field": [{"title": "monto", "type": "number"}],
                }
            ],
        }
    ],
}


def changed(place: str, value: Any) -> dict[str, Any]:
    """The sound catalogue with one value put at a place such as `dataset.0.title`; Ellipsis takes it away."""
    catalogue: Any = copy.deepcopy(dict(SOUND))
    *steps, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    inside = catalogue
    for step in steps:
        inside = inside[step]
    if value is ...:
        del inside[last]
    else:
        inside[last] = value
    return catalogue


def told(place: str, value: Any) -> list[tuple[str, str]]:
    return [(error.place, error.rule) for error in validate_profile(changed(place, value))]


def truth(corpora: Path) -> dict[str, dict[str, Any]]:
    index: dict[str, dict[str, Any]] = json.loads((corpora / TRUTH / "expected_index.json").read_text(encoding="utf-8"))
    return index


def sample(corpora: Path, name: str) -> object:
    return json.loads((corpora / TRUTH / "samples" / f"{name}.json").read_text(encoding="utf-8"))


def expected_errors(entry: Mapping[str, Any], corpora: Path, name: str) -> set[tuple[Any, ...]] | None:
    """The paths and whether a field is missing, as the expectation states them; None where it states the validity alone."""
    stated = entry.get("full_expected")
    file = corpora / TRUTH / "expected" / f"{name}.json"
    if stated is None and file.is_file():
        stated = json.loads(file.read_text(encoding="utf-8"))
    if stated is None:
        return None
    groups = [stated["error"]["catalog"], *(stated["error"]["dataset"] or [])]
    return {(*error["path"], error["error_code"] == 1) for group in groups for error in group["errors"]}


def given_errors(errors: tuple[ProfileError, ...]) -> set[tuple[Any, ...]]:
    return {(*error.path, error.rule == "required") for error in errors}


@pytest.mark.real
def test_the_validity_of_every_labelled_sample(corpora: Path) -> None:
    index = truth(corpora)
    labels = {name: entry["valid"] for name, entry in index.items() if entry["valid"] is not None}
    assert {"valid": sum(labels.values()), "invalid": len(labels) - sum(labels.values())} == LABELLED
    found = {name: validate_profile(sample(corpora, name)) == () for name in labels}
    agreeing = sum(found[name] == label for name, label in labels.items())
    print(f"profile: validity of {agreeing} of {len(labels)} labelled samples")  # noqa: T201 - the comparison is shown
    assert found == labels


@pytest.mark.real
def test_the_paths_of_every_stated_error(corpora: Path) -> None:
    agreeing, stated = 0, 0
    for name, entry in truth(corpora).items():
        expected = expected_errors(entry, corpora, name)
        if expected is None:
            continue
        given = given_errors(validate_profile(sample(corpora, name)))
        stated += 1
        agreeing += given == expected
        assert given == expected, name
    print(f"profile: equal error paths in {agreeing} of {stated} samples that state them")  # noqa: T201 - the comparison is shown
    assert stated > 15


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("invalid_dataset_type", ["dataset"]),
        ("invalid_ditribution_filenames", ["dataset[0].distribution[0].fileName"]),
        ("invalid_keywords", ["dataset[1].keyword"]),
        ("invalid_multiple_emails", ["dataset[0].publisher.mbox", "dataset[1].contactPoint.hasEmail"]),
    ],
)
def test_the_places_that_expectations_describe_in_words(name: str, places: list[str], corpora: Path) -> None:
    assert [error.place for error in validate_profile(sample(corpora, name))] == places


@pytest.mark.real
def test_every_sample_ends_in_words(corpora: Path) -> None:
    for name in truth(corpora):
        for error in validate_profile(sample(corpora, name)):
            assert error.message.startswith(error.place)
            assert "@" not in error.message, "mail addresses are never quoted"
            assert "; " in error.message


def test_the_schema_is_sound_and_says_what_to_do() -> None:
    schema = profile_schema()
    Draft4Validator.check_schema(schema)
    named = [schema, *schema["definitions"].values()]
    properties = [rule for each in named for rule in each.get("properties", {}).values()]
    assert all("$ref" in rule or {"rule", "description"} <= set(rule) for rule in [*named, *properties])


def test_a_catalogue_that_keeps_the_profile_is_valid() -> None:
    assert validate_profile(SOUND) == ()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("publisher.mbox", ""),
        ("publisher.mbox", ...),
        ("homepage", None),
        ("homepage", ""),
        ("issued", "2016-04-14T19:48:05"),
        ("issued", ""),
        ("modified", None),
        ("spatial", ["-58.1", "-35.1"]),
        ("themeTaxonomy", []),
        ("themeTaxonomy", ...),
        ("dataset", []),
        ("dataset.0.publisher.mbox", None),
        ("dataset.0.publisher.mbox", "  datos@ministerio.example  "),
        ("dataset.0.superTheme", ["econ", "JUST"]),
        ("dataset.0.theme", ["de otra taxonomía"]),
        ("dataset.0.accrualPeriodicity", "R/PT1H"),
        ("dataset.0.accrualPeriodicity", "R/P0.33M"),
        ("dataset.0.accrualPeriodicity", "EVENTUAL"),
        ("dataset.0.temporal", "2015-01-01"),
        ("dataset.0.temporal", "2015-01-01T00:45:00Z/2016-01-15T00:06:00Z"),
        ("dataset.0.temporal", ""),
        ("dataset.0.keyword", ["guion-punto.gbajo_", "año", "3 s"]),
        ("dataset.0.title", "x" * 100),
        ("dataset.0.landingPage", None),
        ("dataset.0.anything", {"of": "a node"}),
        ("dataset.0.distribution", []),
        ("dataset.0.distribution.0.byteSize", ""),
        ("dataset.0.distribution.0.fileName", "otro.pdf"),
        ("dataset.0.distribution.0.field.0.title", None),
        ("dataset.0.distribution.0.field.0.title", "x" * 60),
    ],
)
def test_what_the_profile_allows(place: str, value: Any) -> None:
    assert told(place, value) == []


@pytest.mark.parametrize(
    ("place", "value", "where", "rule"),
    [
        ("title", "", "title", "text"),
        ("title", ["Catálogo"], "title", "text"),
        ("title", ..., "catalogue", "required"),
        ("publisher", "Ministerio", "publisher", "object"),
        ("publisher.name", ..., "publisher", "required"),
        ("publisher.mbox", None, "publisher.mbox", "email"),
        ("publisher.mbox", "ministerio.example", "publisher.mbox", "email"),
        ("superThemeTaxonomy", "", "superThemeTaxonomy", "uri"),
        ("themeTaxonomy", None, "themeTaxonomy", "list"),
        ("themeTaxonomy.0.label", 7, "themeTaxonomy[0].label", "text"),
        ("themeTaxonomy", [{"id": "a"}, {"id": "a", "label": "b"}], "themeTaxonomy", "repeated"),
        ("language", "spa", "language", "list"),
        ("homepage", "datos.gob.ar", "homepage", "uri"),
        ("dataset", None, "dataset", "list"),
        ("dataset.0", "Presupuesto", "dataset[0]", "object"),
        ("dataset.0.identifier", 1, "dataset[0].identifier", "text"),
        ("dataset.0.title", "x" * 101, "dataset[0].title", "title"),
        ("dataset.0.superTheme", [], "dataset[0].superTheme", "list"),
        ("dataset.0.superTheme", ["ECON", "ECONOMY"], "dataset[0].superTheme[1]", "super_theme"),
        ("dataset.0.superTheme", "ECON", "dataset[0].superTheme", "list"),
        ("dataset.0.theme", ["a", ""], "dataset[0].theme", "list"),
        ("dataset.0.keyword", ["a,b"], "dataset[0].keyword", "keyword"),
        ("dataset.0.keyword", [""], "dataset[0].keyword", "keyword"),
        ("dataset.0.accrualPeriodicity", "anual", "dataset[0].accrualPeriodicity", "frequency"),
        ("dataset.0.accrualPeriodicity", None, "dataset[0].accrualPeriodicity", "frequency"),
        ("dataset.0.issued", None, "dataset[0].issued", "date"),
        ("dataset.0.issued", "14/04/2016", "dataset[0].issued", "date"),
        ("dataset.0.issued", "2016-02-30", "dataset[0].issued", "date"),
        ("dataset.0.temporal", "2015/2016", "dataset[0].temporal", "period"),
        ("dataset.0.contactPoint", "Ana", "dataset[0].contactPoint", "object"),
        ("dataset.0.contactPoint", {"hasEmail": "a@b.example; c@d.example"}, "dataset[0].contactPoint.hasEmail", "email"),
        ("dataset.0.distribution", None, "dataset[0].distribution", "list"),
        ("dataset.0.distribution.0.issued", ..., "dataset[0].distribution[0]", "required"),
        ("dataset.0.distribution.0.downloadURL", "", "dataset[0].distribution[0].downloadURL", "uri"),
        ("dataset.0.distribution.0.byteSize", 5120.5, "dataset[0].distribution[0].byteSize", "size"),
        ("dataset.0.distribution.0.field", {}, "dataset[0].distribution[0].field", "list"),
        ("dataset.0.distribution.0.field.0.title", "x" * 61, "dataset[0].distribution[0].field[0].title", "column"),
    ],
)  # fmt: skip
def test_what_the_profile_forbids(place: str, value: Any, where: str, rule: str) -> None:
    assert told(place, value) == [(where, rule)]


@pytest.mark.parametrize("value", [None, [], [SOUND], "catálogo", 7])
def test_what_is_no_object_is_one_departure(value: object) -> None:
    assert [(error.place, error.rule) for error in validate_profile(value)] == [("catalogue", "object")]


@pytest.mark.parametrize("place", ["dataset.0.anything", "dataset.0.keyword", "title"])
def test_what_is_nested_without_end_is_one_departure(place: str) -> None:
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    assert told(place, deep) == [("catalogue", "nesting")]


def test_all_missing_fields_are_named_once() -> None:
    errors = validate_profile({"dataset": [{}]})
    missing = [error.message.partition(";")[0] for error in errors]
    assert len(missing) == len(set(missing)) == 4 + 8
    assert "dataset[0] lacks superTheme" in missing


def test_the_same_dataset_twice_is_one_departure() -> None:
    catalogue = changed("dataset", [SOUND["dataset"][0], dict(reversed(SOUND["dataset"][0].items()))])
    (error,) = validate_profile(catalogue)
    assert (error.place, error.rule) == ("dataset", "repeated")
    assert "0 and 1" in error.reason


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("dataset.0.title", "x" * 129, "dataset[0].title has 129 characters; write a title of 1 to 100 characters"),
        ("dataset.0.accrualPeriodicity", "RP1Y", 'dataset[0].accrualPeriodicity says "RP1Y"; write a repeating'),
        ("dataset.0.keyword", ["a", "b&"], 'dataset[0].keyword has an item that says "b&"; write'),
        ("dataset.0.keyword", ["ana@b.example"], "dataset[0].keyword has an item that holds another text; write"),
        ("dataset.0.superTheme", ..., "dataset[0] lacks superTheme; write a list of one or more codes"),
        ("publisher", ["Ana", "ana@b.example"], "publisher is a list; state who publishes"),
        ("publisher", "Ana", "publisher holds another text; state who publishes"),
        ("dataset.0.contactPoint", {"fn": 7}, "dataset[0].contactPoint.fn is a number; write"),
    ],
)
def test_a_message_names_place_thing_and_remedy(place: str, value: Any, said: str) -> None:
    (error,) = validate_profile(changed(place, value))
    assert error.message.startswith(said)


@pytest.mark.parametrize(
    ("check", "text", "fits"),
    [
        (is_uri, "http://datos.gob.ar", True),
        (is_uri, "ftp://a.example:2121/x.csv", True),
        (is_uri, "http://[2001:db8::1]/x", True),
        (is_uri, "mailto:a@b.example", True),
        (is_uri, "http://a.example/x?y={z}", False),
        (is_uri, "http://a.example/año", False),
        (is_uri, "http://a.example/100%", False),
        (is_uri, " http://a.example", False),
        (is_uri, "http://a.example/x\n", False),
        (is_uri, "//a.example/x", False),
        (is_moment, "2016-04-14", True),
        (is_moment, "2016-04-14T19:48", True),
        (is_moment, "2016-04-14T19:48:05Z", True),
        (is_moment, "2016-105T19:48:05", True),
        (is_moment, "2016-04-14 19:48:05", False),
        (is_moment, "2016-04-1419:48:05.433640-03:00", False),
        (is_moment, "2016-13-01", False),
        (is_moment, "2016-04-14T25:00:00", False),
        (is_moment, "2016-4-14", False),
        (is_moment, "", False),
    ],
)
def test_forms_of_text(check: Callable[[str], bool], text: str, fits: bool) -> None:
    assert check(text) is fits
