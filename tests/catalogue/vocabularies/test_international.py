"""Republished series: recognised by who published, where the files lie, a source line or a code; never by a mention."""

from typing import Any

import pytest

from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.catalogue.vocabularies.international import republished


def dataset(title: str, *urls: str, publisher: str | None = None, creator: str | None = None, **more: Any) -> Dataset:
    return Dataset(
        title={"": title},
        description={"": more.pop("description", "")},
        publisher=Agent(name=publisher) if publisher else None,
        creator=Agent(name=creator) if creator else None,
        distributions=tuple(Distribution(download_url=url) for url in urls),
        **more,
    )


@pytest.mark.parametrize(
    ("case", "organisation", "how"),
    [
        (dataset("Población total", publisher="Banco Mundial"), "world_bank", "publisher"),
        (dataset("Population, total", creator="The World Bank"), "world_bank", "creator"),
        (dataset("Empleo", "https://api.worldbank.org/v2/x", "https://data.worldbank.org/y"), "world_bank", "files"),
        (dataset("Cultivos", description="Rendimiento por hectárea. Fuente: FAOSTAT, 2023."), "fao", "source_line"),
        (dataset("Mortalidad", description="*Source*: World Health Organization"), "who", "source_line"),
        (dataset("Guatemala: economía y comercio - World Bank"), "world_bank", "title"),
        (dataset("Población urbana (SP.URB.TOTL.IN.ZS)"), "world_bank", "code"),
        (dataset("Población", native_id="NY.GDP.PCAP.CD"), "world_bank", "code"),
        (dataset("Refugiados", publisher="UNHCR - The UN Refugee Agency"), "unhcr", "publisher"),
    ],
)
def test_recognised(case: Dataset, organisation: str, how: str) -> None:
    found = republished(case)
    assert found is not None
    assert (found.organisation, found.how) == (organisation, how)
    assert found.said


@pytest.mark.parametrize(
    "case",
    [
        dataset("Préstamos del Banco Mundial", publisher="Ministerio de Finanzas Públicas"),
        dataset("Convenios con UNICEF", description="Proyectos con apoyo de UNICEF y el Banco Mundial."),
        dataset("Población", "https://ine.example/a.csv", "https://ine.example/b.csv", "https://data.worldbank.org/c"),
        dataset("Proyectos", "https://minfin.example/a.csv", "https://data.worldbank.org/c"),
        dataset("Deuda", description="Fuente: Ministerio de Finanzas con datos del Banco Mundial."),
        dataset("FAO"),
        dataset("Registro de OMS", publisher="Ministerio de Salud"),
        dataset("Archivo", native_id="A.B.C"),
        dataset("Archivo", native_id="minfin.presupuesto.2024"),
        dataset("Becas", publisher="Unidos por la educación"),
        Dataset(),
    ],
)
def test_a_mention_proves_nothing(case: Dataset) -> None:
    assert republished(case) is None
