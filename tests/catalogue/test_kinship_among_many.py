"""Kinship among many alike: what only seems to tell apart, what tells and must be heard, and what it costs."""

import time

import pytest

from atalaya.catalogue.federation import Entry, federate
from atalaya.catalogue.migration import migrated
from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.catalogue.traits import traits_of

TEMPLATE = (
    "Ejecución presupuestaria por renglón, fuente y unidad ejecutora, según el sistema de contabilidad del Estado."
)


def dataset(
    native_id: str, title: str, publisher: str = "", said: str = "", page: str = "", files: tuple[str, ...] = ()
) -> Dataset:
    return Dataset(
        native_id=native_id,
        title={"": title},
        publisher=Agent(name=publisher) if publisher else None,
        description={"": said} if said else {},
        landing_page=page or None,
        distributions=tuple(Distribution(access_url=url) for url in files),
    )


def moves(gone: list[Dataset], come: list[Dataset]) -> list[tuple[str, str]]:
    sides = ([traits_of(item.native_id or "", item) for item in side] for side in (gone, come))
    return [(kin.one, kin.other) for kin in migrated(*sides)]


def copies(**sources: Dataset) -> list[tuple[str, str]]:
    entries = [
        Entry(name, (place,), traits_of(f"{name}/{item.native_id}", item))
        for place, (name, item) in enumerate(sorted(sources.items()))
    ]
    return [(item.record_id, item.copy_id) for item in federate(entries) if item.record_id != item.copy_id]


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        pytest.param(
            dataset(
                "a", "Ejecución presupuestaria enero 2024", "Salud", TEMPLATE, "", ("https://p.example/a/data.csv",)
            ),
            dataset(
                "b", "Ejecución presupuestaria febrero 2024", "Salud", TEMPLATE, "", ("https://p.example/b/data.csv",)
            ),
            id="a window of months that rolls on",
        ),
        pytest.param(
            dataset("a", "Límites del municipio de Salcajá", "IGN", TEMPLATE),
            dataset("b", "Límites del municipio de Zunil", "IGN", TEMPLATE),
            id="one place of a series for another",
        ),
        pytest.param(
            dataset("a", "Informe de ejecución física trimestre I", "Salud", TEMPLATE),
            dataset("b", "Informe de ejecución física trimestre II", "Salud", TEMPLATE),
            id="Roman numbers",
        ),
        pytest.param(
            dataset("a", "Recaudación del impuesto ISR", "SAT", TEMPLATE),
            dataset("b", "Recaudación del impuesto IVA", "SAT", TEMPLATE),
            id="short words that tell",
        ),
        pytest.param(
            dataset("a", "Mapa de la zona sur", "IGN"),
            dataset("b", "Mapa de la zona B", "IGN"),
            id="letters that tell",
        ),
        pytest.param(
            dataset("a", "Presupuesto 2024", "Municipalidad de San Juan"),
            dataset("b", "Presupuesto 2024", "Municipalidad de San Pedro"),
            id="one municipality for another",
        ),
        pytest.param(
            dataset("a", "Presupuesto 2017", "MOP", "", "", ("http://x.example/presupuesto.csv",)),
            dataset("b", "Presupuesto 2018", "MOP", "", "", ("https://x.example/presupuesto.csv",)),
            id="a file that each year overwrites",
        ),
    ],
)
def test_another_dataset_is_no_migration(gone: Dataset, come: Dataset) -> None:
    assert moves([gone], [come]) == []


def test_titles_edited_alike_with_one_publisher_each_are_a_migration() -> None:
    places = ("Petén", "Izabal", "Jalapa")
    gone = [dataset(f"a{p}", f"Registro de escuelas rurales del departamento {p}", "MINEDUC", TEMPLATE) for p in places]
    come = [
        dataset(f"b{p}", f"Registro de las escuelas rurales del departamento {p}", "MINEDUC", TEMPLATE) for p in places
    ]
    assert moves(gone, come) == [(f"a{p}", f"b{p}") for p in sorted(places)]


def test_a_title_of_many_with_a_publisher_of_one_is_a_migration() -> None:
    places = ("Chajul", "Cotzal", "Nebaj")
    gone = [dataset(f"a{p}", "Presupuesto 2024", f"Municipalidad de {p}", TEMPLATE) for p in places]
    come = [dataset(f"b{p}", "Presupuesto 2024", f"Municipalidad de {p}", TEMPLATE) for p in places]
    assert moves(gone, come) == [(f"a{p}", f"b{p}") for p in places]


def test_many_of_one_title_cost_as_many_times_more_and_not_its_square() -> None:
    def cost(size: int) -> float:
        sides = [[dataset(f"{side}{n}", "Estadísticas de empleo", "X") for n in range(size)] for side in "ab"]
        start = time.process_time()
        moves(*sides)
        return time.process_time() - start

    few, many = min(cost(150) for _ in range(5)), min(cost(3000) for _ in range(2))
    assert many < 60 * few  # twenty times where it grows in line, else four hundred


UNIT = "Unidad de Acceso a la Información Pública"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            dataset("1", "Contrataciones 2024", "Municipalidad de San Juan", files=("https://www.guatecompras.gt/",)),
            dataset("2", "Contrataciones 2024", "Municipalidad de San Pedro", files=("https://www.guatecompras.gt/",)),
            id="a national system that both link to",
        ),
        pytest.param(
            dataset("deliberations", "Délibérations du conseil", "Ville d'Angers"),
            dataset("deliberations", "Délibérations du conseil", "Ville de Nantes"),
            id="an identifier made of the title",
        ),
        pytest.param(
            dataset("presupuesto-2024", "Presupuesto 2024", "Municipalidad de Mixco"),
            dataset("presupuesto-2024", "Presupuesto 2024", "Municipalidad de Salcajá"),
            id="the same slug in two data.json",
        ),
        pytest.param(
            dataset("1", "Presupuesto 2023", "MINEDUC", files=("https://mineduc.example/presupuesto",)),
            dataset("2", "Presupuesto 2024", "MINEDUC", files=("https://mineduc.example/presupuesto",)),
            id="two years behind one page",
        ),
        pytest.param(
            dataset("1", "Inventario de escuelas", "MINEDUC", files=("https://mineduc.example/estadisticas",)),
            dataset("2", "Calendario de vacunación", "MINEDUC", files=("https://mineduc.example/estadisticas",)),
            id="titles unlike behind one page",
        ),
        pytest.param(
            dataset("1", "Presupuesto 2024", UNIT, TEMPLATE, files=("https://a.example/presupuesto-2024.pdf",)),
            dataset("2", "Presupuesto 2024", UNIT, TEMPLATE, files=("https://b.example/presupuesto-2024.pdf",)),
            id="a unit that every body has",
        ),
    ],
)
def test_two_bodies_that_publish_alike_are_two_datasets(one: Dataset, other: Dataset) -> None:
    assert copies(a=one, b=other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            dataset("1", "Red vial primaria", "MOP", files=("https://i.example/red%20vial.csv",)),
            dataset("2", "Red vial primaria", "MOP", files=("http://www.i.example/red vial.csv",)),
            id="an address with its space written in two ways",
        ),
        pytest.param(
            dataset("0123456789abcdef0123456789abcdef_0", "Parques", "City"),
            dataset("n-1", "Parques", "City", page="https://hub.example/datasets/0123456789abcdef0123456789abcdef"),
            id="an item with and without its layer",
        ),
    ],
)
def test_one_dataset_written_in_two_ways_is_one(one: Dataset, other: Dataset) -> None:
    assert len(copies(a=one, b=other)) == 1


def test_municipal_portals_with_slugs_and_the_national_one_are_told_apart() -> None:
    """Twenty portals publish six datasets each under the same slugs; the national portal lists all 120 with their files."""
    topics = (
        "Presupuesto 2024",
        "Compras 2024",
        "Nómina 2024",
        "Informe 2023",
        "Marco legal",
        "Directorio de empleados",
    )
    towns = (
        "Mixco Cobán Zunil Salcajá Chajul Nebaj Cotzal Flores Jalapa Sololá Rabinal Cubulco Tactic Chisec Lívingston"
    )
    sources: dict[str, list[Dataset]] = {"nat": []}
    right = set()
    for number, town in enumerate(towns.split()):
        name = f"m{number}"
        sources[name] = []
        for topic in topics:
            slug, body = topic.lower().replace(" ", "-"), f"Municipalidad de {town}"
            file = f"https://{name}.example/f/{slug}.csv"
            sources[name].append(dataset(slug, topic, body, TEMPLATE, f"https://{name}.example/d/{slug}", (file,)))
            sources["nat"].append(dataset(f"{name}-{slug}-n", topic, body, TEMPLATE, "", (file,)))
            right.add((f"{name}/{slug}", f"nat/{name}-{slug}-n"))
    entries = [
        Entry(name, (name == "nat", name), traits_of(f"{name}/{item.native_id}", item))
        for name, items in sources.items()
        for item in items
    ]
    found = {(item.record_id, item.copy_id) for item in federate(entries) if item.record_id != item.copy_id}
    assert found - right == set()
    assert len(found) == len(right)
