"""Which names are evidently those of bodies: nothing that may be a person is."""

import pytest

from atalaya.harvest.organisations import is_organisation


@pytest.mark.parametrize(
    "name",
    [
        "Ministerio de Agricultura, Ganadería y Alimentación",
        "MINISTERIO DE FINANZAS PUBLICAS",
        "Guatemala. Ministerio de Salud",
        "Costa Rica. Instituto Nacional de Estadística",
        "Instituto Nacional de Estadística (INE)",
        "INE - Instituto Nacional de Estadística",
        "Ministerio de Finanzas - Dirección de Crédito Público",
        "Secretaría de Planificación",
        "Secretaria de Salud",
        "Municipalidad de Sololá",
        "Dirección General de Estadística",
        "El Banco de Guatemala",
        "Corte Suprema de Justicia",
        "Supremo Tribunal Federal",
        "Prefeitura Municipal de Recife",
        "Ministério da Saúde",
        "Universidade Federal do Pará",
        "Ministère de la Santé",
        "Agence nationale de la sécurité",
        "National Institute of Statistics",
        "Department of Health",
        "Texas Department of Health",
        "Environmental Protection Agency",
        "U.S. Census Bureau",
        "World Bank",
        "Harvard University",
    ],
)
def test_bodies(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "John Doe",
        "Ana Pérez",
        "Ana Pérez del Observatorio",
        "Ana Pérez - Ministerio de Salud",
        "Ministerio de Salud - Ana Pérez",
        "Ministerio de Salud (Ana Pérez)",
        "Ministerio de Salud, Ana Pérez",
        "Pérez, Ana (Ministerio de Salud)",
        "García, Luisa; Instituto de Física",
        "Juan Pérez. Ministerio de Salud",
        "Ministro Juan Pérez",
        "Secretaria Ana López",
        "Directora de la Oficina de Datos",
        "Ana Corte",
        "Corte, Ana",
        "Cámara Ruiz",
        "John Bank",
        "Ana Pérez, Head of Department",
        "Ana Pérez Head of Department",
        "oficina@ministerio.example",
        "Datos abiertos",
    ],
)
def test_what_may_be_a_person(name: str) -> None:
    assert not is_organisation(name)
