"""Records and their institutions: the order of evidence, and what stays a suggestion."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution
from atalaya.countries.attribution import METHODS, attribute, index_attribution, publisher_key
from atalaya.countries.pack import CountryPack, Source

NAMED_BY = "Ministerio pri Financoj kaj Impostoj"


def record(name: str | None = None, landing: str | None = None, **more: object) -> Dataset:
    publisher = Agent(name=name, uri=more.pop("uri", None), native_id=more.pop("native_id", None))  # type: ignore[arg-type]
    empty = publisher == Agent()
    return Dataset(title={"": "x"}, publisher=None if empty else publisher, landing_page=landing, **more)  # type: ignore[arg-type]


def source(pack: CountryPack, slug: str = "nacia") -> Source:
    return next(s for s in pack.sources if s.id == f"zz:{slug}")


CASES = [
    # dataset, institution, method, how
    (record(NAMED_BY), "mpf", "name", "exact_name"),
    (record("mpfi"), "mpf", "name", "acronym"),
    (record(native_id="financa_ministerio"), "mpf", "name", "variant"),
    (record("Sekcio 7", native_id="mpfi"), "mpf", "name", "acronym"),
    (record("Ŝtata Banko", native_id="mpfi"), "banko", "name", "exact_name"),
    (record("La Granda Impostejo de Nordo"), "mpf", "rule", "contains"),
    (record("BUĜETO!"), "mpf", "rule", "folded"),
    (record("io ajn", native_id="org-42"), "banko", "rule", "native_id"),
    (record("io ajn", uri="http://sano.zz.example/org/7/"), "ministerio-sano", "rule", "uri"),
    (record("io ajn", uri="https://sano.zz.example/org/8"), "ministerio-sano", "domain", "sano.zz.example"),
    (record("io ajn", landing="https://www.financoj.zz.example/d/1"), "mpf", "domain", "www.financoj.zz.example"),
    (record(None, landing="https://banko.zz.example/d/1"), "banko", "domain", "banko.zz.example"),
    (record(None, landing="https://datumoj.zz.example/dataset/1"), None, "unattributed", None),
    (record("io ajn", landing="https://notfinancoj.zz.example/"), None, "unattributed", None),
    (record("Ŝtata Banko", landing="https://financoj.zz.example/d/1"), "banko", "name", "exact_name"),
    (record("Ministerio pri Financoj"), "mpf", "name", "short_name"),
    (record("Financoj kaj Impostoj de Hungario"), None, "unattributed", None),
    (record("Urbodomo de Novurbo"), None, "unattributed", None),
    (record("www.financoj.zz.example"), "mpf", "domain", "www.financoj.zz.example"),
    (record("datumoj@sano.zz.example"), "ministerio-sano", "domain", "sano.zz.example"),
    (record(None), None, "unattributed", None),
    (record("io ajn", landing="http://[broken"), None, "unattributed", None),
]


@pytest.mark.parametrize(("dataset", "slug", "method", "how"), CASES)
def test_the_order_of_evidence(
    zz: CountryPack, dataset: Dataset, slug: str | None, method: str, how: str | None
) -> None:
    found = attribute(dataset, source(zz), index_attribution(zz))
    expected = f"zz:{slug}" if slug else None
    assert (found.institution_id, found.method, found.how) == (expected, method, how)
    assert found.method in METHODS
    assert (found.score >= 0.9) == (slug is not None)


def test_a_source_of_one_publisher_owns_all(zz: CountryPack) -> None:
    found = attribute(record("Ŝtata Banko"), source(zz, "financoj"), index_attribution(zz))
    assert (found.institution_id, found.method) == ("zz:mpf", "source")


def test_a_rule_for_a_source_stands_before_its_owner(zz: CountryPack) -> None:
    rules = tuple(replace(rule, source="zz:financoj") for rule in zz.attribution)
    pack = replace(zz, attribution=rules)
    found = attribute(record("x", native_id="org-42"), source(pack, "financoj"), index_attribution(pack))
    assert (found.institution_id, found.method) == ("zz:banko", "rule")


def test_a_rule_of_another_source_says_nothing(zz: CountryPack) -> None:
    found = attribute(record("buĝeto"), source(zz, "malnova"), index_attribution(zz))
    assert (found.institution_id, found.method) == (None, "unattributed")


@pytest.mark.parametrize(
    ("written", "ruled"),
    [("Sekcio Sep", "Sekcio Sep"), ("SEKCIO  SEP", "sekcio sep"), (NAMED_BY, "ministerio pri financoj kaj impostoj")],
)
def test_a_decision_stands_above_all(zz: CountryPack, written: str, ruled: str) -> None:
    index = index_attribution(zz)
    for decided in ("zz:banko", None):
        found = attribute(record(written), source(zz), index, {("zz:nacia", ruled): decided})
        assert (found.institution_id, found.method, found.suggestions) == (decided, "decision", ())
    other = attribute(record(written), source(zz), index, {("zz:financoj", ruled): "zz:banko"})
    assert other.method != "decision"


def test_a_decision_elsewhere_is_a_suggestion_and_one_on_every_source_holds(zz: CountryPack) -> None:
    index = index_attribution(zz)
    elsewhere = attribute(record("Sekcio Sep"), source(zz), index, {("zz:financoj", "sekcio sep"): "zz:banko"})
    assert elsewhere.method == "unattributed"
    assert (elsewhere.suggestions[0].institution.id, elsewhere.suggestions[0].how) == ("zz:banko", "decided_elsewhere")
    everywhere = {("*", "sekcio sep"): "zz:banko"}
    assert attribute(record("Sekcio Sep"), source(zz), index, everywhere).institution_id == "zz:banko"
    here = {**everywhere, ("zz:nacia", "sekcio sep"): None}
    found = attribute(record("Sekcio Sep"), source(zz), index, here)
    assert (found.institution_id, found.method) == (None, "decision")


def test_a_decision_on_records_without_a_publisher(zz: CountryPack) -> None:
    found = attribute(record(None), source(zz), index_attribution(zz), {("zz:nacia", ""): "zz:banko"})
    assert found.institution_id == "zz:banko"


@pytest.mark.parametrize(
    ("as_of", "slug"), [("2018-05-01T00:00:00Z", "arkivo"), ("2026-01-05", "arkivo"), (None, "arkivo")]
)
def test_an_official_name_stands_before_a_variant(zz: CountryPack, as_of: str | None, slug: str) -> None:
    found = attribute(record("Oficejo pri la Arkivoj"), source(zz), index_attribution(zz), as_of=as_of)
    assert found.institution_id == f"zz:{slug}"


@pytest.mark.parametrize(
    ("as_of", "slug"), [("2018-05-01", "arkivo"), ("2026-01-05T08:00:00Z", "nova-arkivo"), (None, None)]
)
def test_being_settles_a_shared_name(zz: CountryPack, as_of: str | None, slug: str | None) -> None:
    bodies = tuple(
        replace(body, names=("La Arkivejo",)) if body.id in ("zz:arkivo", "zz:nova-arkivo") else body
        for body in zz.institutions
    )
    index = index_attribution(replace(zz, institutions=bodies))
    found = attribute(record("la arkivejo"), source(zz), index, as_of=as_of)
    assert found.institution_id == (f"zz:{slug}" if slug else None)
    if slug is None:
        assert {m.institution.id for m in found.suggestions if m.named} == {"zz:arkivo", "zz:nova-arkivo"}


def test_what_the_source_covers_settles_a_shared_name(zz: CountryPack) -> None:
    covering = replace(source(zz), covers=("zz:urbodomo-s1", "zz:banko"))
    found = attribute(record("Urbodomo de Novurbo"), covering, index_attribution(zz))
    assert (found.institution_id, found.method) == ("zz:urbodomo-s1", "name")


def test_a_domain_of_two_institutions_is_no_evidence(zz: CountryPack) -> None:
    bodies = tuple(replace(b, domains=("komuna.example",)) if b.kind == "urbo" else b for b in zz.institutions)
    index = index_attribution(replace(zz, institutions=bodies))
    found = attribute(record("x", landing="https://komuna.example/1"), source(zz), index)
    assert found.institution_id is None
    assert {m.institution.kind for m in found.suggestions} == {"urbo"}


def test_the_longest_domain_rules(zz: CountryPack) -> None:
    bodies = tuple(replace(b, domains=("zz.example",)) if b.id == "zz:banko" else b for b in zz.institutions)
    index = index_attribution(replace(zz, institutions=bodies))
    assert (
        attribute(record("x", landing="https://a.sano.zz.example/"), source(zz), index).institution_id
        == "zz:ministerio-sano"
    )
    assert attribute(record("x", landing="https://b.zz.example/"), source(zz), index).institution_id == "zz:banko"


@pytest.mark.parametrize(
    ("dataset", "slug", "how"),
    [
        (record("Ministerio pri Impostoj"), "mpf", "resembles"),
        (
            record("x", contact=ContactPoint(has_email=True, email_domain="Sano.zz.example")),
            "ministerio-sano",
            "address",
        ),
        (record("x", distributions=(Distribution(download_url="https://banko.zz.example/a.csv"),)), "banko", "address"),
    ],
)
def test_hints_are_suggestions(zz: CountryPack, dataset: Dataset, slug: str, how: str) -> None:
    found = attribute(dataset, source(zz), index_attribution(zz))
    assert found.institution_id is None
    assert [(m.institution.id, m.how) for m in found.suggestions][:1] == [(f"zz:{slug}", how)]


def test_a_source_that_covers_one_suggests_it(zz: CountryPack) -> None:
    found = attribute(record("x"), replace(source(zz), covers=("zz:banko",)), index_attribution(zz))
    assert [(m.institution.id, m.how) for m in found.suggestions] == [("zz:banko", "covered")]


@pytest.mark.parametrize(
    ("agent", "key"),
    [
        (None, ""),
        (Agent(name="  Ŝtata-BANKO "), "stata banko"),
        (Agent(native_id="Org_42"), "org 42"),
        (Agent(name="***", uri="https://a.example/X"), "https a example x"),
        (Agent(), ""),
    ],
)
def test_publisher_keys(agent: Agent | None, key: str) -> None:
    assert publisher_key(agent) == key


@given(st.none() | st.text(max_size=40), st.none() | st.text(max_size=40), st.none() | st.text(max_size=40))
def test_whatever_a_publisher_writes_is_answered(
    zz: CountryPack, name: str | None, uri: str | None, landing: str | None
) -> None:
    dataset = Dataset(title={}, publisher=Agent(name=name, uri=uri), landing_page=landing)
    index = index_attribution(zz)
    found = attribute(dataset, source(zz), index)
    assert (found.institution_id is None) == (found.method == "unattributed")
    assert attribute(dataset, source(zz), index) == found
