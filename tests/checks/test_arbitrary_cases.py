"""No case whatever makes a check raise, waver, or quote an address of a person."""

import dataclasses
import re
import types
import typing
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from atalaya.checks.cases import Case, CatalogueCase, DatasetCase, ResourceCase, TableCase
from atalaya.checks.check import explain
from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import level_of, run_checks
from atalaya.translations import LANGUAGES

TELLING = (
    *(
        "",
        " ",
        "CSV",
        "ZIP+CSV",
        "csv",
        "zip",
        "html",
        "xlsx",
        "json_error",
        "pdf",
        "WMS",
        "text/csv",
        "{0}",
        "{x}",
        "%s",
    ),
    *("http://[", "https://datos.example.org/a.csv", "https://datos.example.org/", "http://a.example/login", "ftp://x"),
    *("cc-by", "CC BY-NC 4.0", "other-open", "notspecified", "https://creativecommons.org/licenses/by/4.0/"),
    *("R/P1M", "anual", "irregular", "nunca", "UNKNOWN", "R/P999999999Y", "cada 0 meses"),
    *("2026-03-01", "2999-12-31", "1421298000000", "-99999999999", "31/12/2025", "2025", "non-public"),
    *("timeout", "robots", "tls_expired", "tls_other", "dns", "address", "truncated", "error_document", "schema_only"),
    *("complete", "failed", "held", "partial", "malformed", "Unnamed: 0", "2024", "ana.perez@example.org escribe"),
)
TEXTS = st.sampled_from(TELLING) | st.text(max_size=40)
DATES = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def strategy(annotation: typing.Any, texts: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[typing.Any]:
    """Arbitrary values of an annotation, with telling texts and every field of every dataclass filled."""
    if isinstance(annotation, types.UnionType):
        return st.one_of([strategy(part, texts) for part in typing.get_args(annotation)])
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return st.lists(strategy(typing.get_args(annotation)[0], texts), max_size=3).map(tuple)
    if origin is not None:
        return st.dictionaries(texts, texts, max_size=2)
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        return st.builds(
            annotation,
            **{
                field.name: strategy(hints[field.name], texts)
                for field in dataclasses.fields(annotation)
                if field.compare or field.name == "examined"
            },
        )
    plain: dict[typing.Any, st.SearchStrategy[typing.Any]] = {
        str: texts,
        int: st.integers(-1, 600),
        bool: st.booleans(),
        float: st.floats(0, 1),
        date: DATES,
        type(None): st.none(),
    }
    return plain[annotation]


LETTER = "Ana Pérez <ana.perez@example.org>, ftp://ana:secreto@datos.example.org/a.csv"
PEOPLE = st.sampled_from((LETTER, LETTER, LETTER, *TELLING))
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


@pytest.mark.parametrize("case_type", [CatalogueCase, DatasetCase, ResourceCase, TableCase])
@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)
def test_every_case_has_outcomes_that_can_be_explained(case_type: type[Case], data: st.DataObject) -> None:
    case = data.draw(strategy(case_type))
    found = run_checks(case)
    assert found == run_checks(case)
    assert {check.level for check, _ in found} == {level_of(case)}
    for check, outcome in found:
        assert 0 <= outcome.passed <= outcome.applied
        assert (outcome.applied > 0) == (outcome.verdict in (Verdict.PASS, Verdict.FAIL))
        for language in LANGUAGES:
            assert explain(check, outcome, language)
        assert not any(isinstance(value, str) and MAIL.search(value) for value in outcome.evidence.values())


@pytest.mark.parametrize("case_type", [CatalogueCase, DatasetCase, ResourceCase, TableCase])
@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.generate],
    database=None,
)
def test_no_evidence_names_an_address_wherever_it_was_written(case_type: type[Case], data: st.DataObject) -> None:
    for check, outcome in run_checks(data.draw(strategy(case_type, PEOPLE))):
        for name, value in outcome.evidence.items():
            assert not (isinstance(value, str) and MAIL.search(value)), f"{check.id} quotes {name}: {value}"
