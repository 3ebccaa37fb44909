"""Which records are one dataset: what tells, what does not, and that each has one counterpart at most."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.federation import Entry, federate
from atalaya.catalogue.migration import migrated, moved_resources
from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.catalogue.traits import Traits, traits_of

LONG = "Ejecución mensual del presupuesto por institución, fuente de financiamiento y renglón de gasto."
UUID = "932019a8-e08a-4269-83e0-aa0b8191c21d"


def record(key: str, title: str = "", *urls: str, publisher: str = "", owner: str | None = None, **more: Any) -> Traits:
    dataset = Dataset(
        native_id=more.pop("id", key),
        title={"": title} if title else {},
        publisher=Agent(name=publisher) if publisher else None,
        distributions=tuple(Distribution(download_url=url) for url in urls),
        description={"": more.pop("description", "")},
        **more,
    )
    return traits_of(key, dataset, owner=owner)


OLD = record("a", "Ejecución presupuestaria", "http://viejo.example/1/ejecucion-2024.csv", publisher="Hacienda")


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (record("b", "Ejecución Presupuestaria", publisher="Hacienda"), True),
        (record("b", "EJECUCION PRESUPUESTARIA"), True),
        (record("b", "Ejecución presupuestaria", publisher="Ministerio de Salud"), False),
        (record("b", "Ejecución presupuestaria 2019", publisher="Hacienda"), False),
        (record("b", "Ejecución presupuestaria anual", "https://nuevo.example/x/ejecucion-2024.csv", publisher="Hacienda"), True),
        (record("b", "Ejecución presupuestaria anual", publisher="Hacienda"), False),
        (record("b", "Presupuesto", "https://viejo.example/1/ejecucion-2024.csv", publisher="Hacienda"), False),
        (record("b", "Ejecución del presupuesto", "https://viejo.example/1/ejecucion-2024.csv", publisher="Hacienda"), True),
        (record("b", "Ejecución presupuestaria mensual", "https://viejo.example/1/ejecucion-2024.csv"), True),
        (record("b", "Deuda pública", "https://viejo.example/2/deuda.csv", publisher="Hacienda"), False),
        (record("b", "Nómina", "https://www.viejo.example/1/ejecucion-2024.csv/", "https://x.example/n.csv",
                "https://x.example/m.csv", publisher="Salud"), False),
    ],
)  # fmt: skip
def test_what_makes_two_records_of_a_source_one_dataset(now: Traits, same: bool) -> None:
    assert bool(migrated([OLD], [now])) is same


def test_an_identifier_inside_another_tells() -> None:
    before, now = record("a", "Armas", id=UUID), record("b", "Portación de armas", id=f"justicia_{UUID}")
    (kin,) = migrated([before], [now])
    assert {"mark", "identifier"} <= set(kin.evidence)


def test_a_title_that_several_records_have_does_not_tell_alone() -> None:
    before = [record("a1", "Presupuesto"), record("a2", "Presupuesto")]
    assert migrated(before, [record("b", "Presupuesto")]) == ()
    told = record("a3", "Presupuesto", "http://x.example/p-2024.csv")
    (kin,) = migrated([*before, told], [record("b", "Presupuesto", "http://y.example/p-2024.csv", publisher="")])
    assert (kin.one, kin.other) == ("a3", "b")


def test_years_are_never_taken_for_one_another() -> None:
    before = [record(f"a{year}", f"Presupuesto {year}", publisher="Hacienda") for year in range(2010, 2020)]
    now = [record(f"b{year}", f"Presupuesto de {year}", publisher="Hacienda") for year in range(2015, 2025)]
    assert all(kin.one[1:] == kin.other[1:] for kin in migrated(before, now))


def test_two_candidates_of_equal_worth_settle_nothing() -> None:
    before = [record("a", "Registro de barcos de pesca artesanal")]
    now = [record("b", "Registro de barcos de pesca"), record("c", "Registro de barcos de pesca")]
    assert migrated(before, now) == ()


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y", "z w", "z v"])), max_size=8),
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y", "z w", "z v"])), max_size=8),
)
def test_each_record_has_one_counterpart_at_most(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    left = [record(f"l{n}", title, f"http://a.example/{name}.csv") for n, (name, title) in enumerate(one)]
    right = [record(f"r{n}", title, f"http://a.example/{name}.csv") for n, (name, title) in enumerate(other)]
    pairs = migrated(left, right)
    assert len({kin.one for kin in pairs}) == len({kin.other for kin in pairs}) == len(pairs)
    turned = {(kin.other, kin.one) for kin in migrated(right, left)}
    assert turned == {(kin.one, kin.other) for kin in pairs}


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ([("a", "http://x.example/1.csv")], [("b", "https://x.example/1.csv/")], {("a", "b", "address")}),
        ([("a", "http://x.example/d/p.csv")], [("b", "http://y.example/e/p.csv")], {("a", "b", "file")}),
        ([("a", "http://x.example/q")], [("b", "http://y.example/r")], {("a", "b", "only")}),
        ([("a", ""), ("c", "")], [("b", "http://y.example/r")], set()),
        ([("a", "http://x.example/p.csv"), ("c", "http://z.example/p.csv")], [("b", "http://y.example/p.csv")], set()),
    ],
)
def test_resources_of_a_migrated_dataset(before: Any, after: Any, pairs: Any) -> None:
    assert set(moved_resources(before, after)) == pairs


def entry(source: str, traits: Traits, rank: int = 1) -> Entry:
    return Entry(source, (rank,), traits)


def copies(*entries: Entry) -> dict[str, str]:
    return {item.copy_id: item.record_id for item in federate(entries) if item.copy_id != item.record_id}


def test_a_copy_in_the_national_portal_is_one_dataset_with_its_original() -> None:
    own = record("o", "Homicidios", "https://datos.mingob.example/h.csv", publisher="Gobernación")
    listed = record("n", "Homicidios", "http://datos.mingob.example/h.csv", publisher="Ministerio de Gobernación")
    assert copies(entry("zz:nacional", listed), entry("zz:mingob", own, rank=0)) == {"n": "o"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("a", "Presupuesto 2024", publisher="Salud"), record("b", "Presupuesto 2024", publisher="Educación")),
        (record("a", "Presupuesto 2024"), record("b", "Presupuesto 2024")),
        (record("a", "Presupuesto 2024", publisher="Salud"), record("b", "Presupuesto 2024", publisher="Salud")),
        (record("a", "Mapa", "https://x.example/portal"), record("b", "Nómina", "https://x.example/portal")),
        (record("a", "Ley", "https://ley.example/57-2008.pdf", "https://a.example/1.csv", "https://a.example/2.csv"),
         record("b", "Nómina", "https://ley.example/57-2008.pdf", "https://b.example/1.xls", "https://b.example/2.xls")),
    ],
)  # fmt: skip
def test_what_does_not_make_records_of_two_sources_one_dataset(one: Traits, other: Traits) -> None:
    assert copies(entry("zz:uno", one), entry("zz:dos", other)) == {}


def test_title_and_description_of_one_institution_do_and_texts_of_publishers_do_not() -> None:
    texts = [record(key, "Presupuesto 2024", publisher="Salud", description=LONG) for key in "ab"]
    assert copies(entry("zz:uno", texts[0]), entry("zz:dos", texts[1])) == {}
    one = record("a", "Presupuesto 2024", publisher="MSPAS", owner="zz:salud", description=LONG)
    other = record("b", "Presupuesto 2024", publisher="Ministerio de Salud", owner="zz:salud", description=LONG)
    assert copies(entry("zz:uno", one), entry("zz:dos", other)) == {"a": "b"}  # the same rank: by source


def test_three_sources_are_one_group_and_two_records_of_a_source_never() -> None:
    urls = "https://x.example/h.csv"
    found = copies(
        entry("zz:a", record("a", "Homicidios", urls, publisher="M"), 0),
        entry("zz:b", record("b", "Homicidios", urls, publisher="M")),
        entry("zz:c", record("c", "Homicidios", urls, publisher="M")),
    )
    assert found == {"b": "a", "c": "a"}
    twice = copies(
        entry("zz:a", record("a1", "Homicidios", urls, publisher="M"), 0),
        entry("zz:a", record("a2", "Homicidios", urls, publisher="M"), 0),
        entry("zz:b", record("b", "Homicidios", urls, publisher="M")),
    )
    assert len(twice) <= 1


def test_every_record_appears_once() -> None:
    entries = [
        entry(f"zz:{s}", record(f"{s}{n}", f"T {n}", f"https://x.example/{n}.csv")) for s in "abc" for n in range(4)
    ]
    found = federate(entries)
    assert sorted(item.copy_id for item in found) == sorted(e.traits.key for e in entries)
    assert len({(item.record_id, item.source_id) for item in found}) == len(found)
