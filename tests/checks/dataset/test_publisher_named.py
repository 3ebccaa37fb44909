"""Edges of `publisher_named`: brackets, codes, addresses, masked mail."""

import pytest

from atalaya.catalogue.records import Agent
from atalaya.checks.dataset.publisher_named import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("publisher", "reason"),
    [
        (Agent(name="INE"), "ok"),
        (Agent(name="Administrador del portal (muestra)"), "nobody"),
        (Agent(name="…@salud.example.org"), "mail"),
        (Agent(name="8c1f3c6e-7d9a-4b0e-9a52-0c9f8f1f2d3e"), "code"),
        (Agent(name="https://datos.example.org/org/3"), "address_only"),
        (Agent(name="data.city.example.org"), "address_only"),
        (Agent(name="S.A.T."), "ok"),
        (Agent(name="U.S. Census"), "ok"),
        (Agent(name=" ", native_id="secretaria-de-obras"), "ok"),
        (Agent(), "missing"),
        (Agent(name="--"), "nobody"),
    ],
)
def test_publishers(publisher: Agent, reason: str) -> None:
    assert rule(dataset_case(publisher=publisher)).reason == reason
