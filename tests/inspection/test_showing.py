"""What of a file may be shown to others."""

import random

from atalaya.inspection.findings import Column
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.showing import is_guarded, shown

CHANCE = random.Random(4)
PLACES = ("Arriba", "Abajo", "Enmedio")
ROWS = [
    f"{number},{CHANCE.choice(PLACES)},{CHANCE.randint(1, 9)},Persona Inventada {number},inventada{number}@gmail.com"
    for number in range(60)
]
BODY = "\n".join(["clave,lugar,casos,nombre del paciente,correo", *ROWS, "60,Lejos,2,Persona Inventada 60,x@gmail.com"])


def columns(body: str, *, guarded: bool) -> dict[str, Column]:
    found = inspect_bytes(body.encode(), url="x.csv")
    (table,) = (shown(found) if guarded else found).tables
    assert table.frame is None
    return {column.name: column for column in table.columns}


def test_everything_is_told_to_whoever_holds_the_file() -> None:
    told = columns(BODY, guarded=False)
    assert all(column.description is not None and column.description.distribution.top for column in told.values())


def test_only_common_values_of_harmless_columns_are_shown_to_others() -> None:
    told = columns(BODY, guarded=True)
    tops = {
        name: column.description.distribution.top for name, column in told.items() if column.description is not None
    }
    assert {value for value, _ in tops["lugar"]} == set(PLACES)
    assert not tops["clave"]
    assert not tops["nombre del paciente"]
    assert not tops["correo"]
    assert is_guarded(told["correo"])
    assert not is_guarded(told["lugar"])
    spread = told["casos"].description
    assert spread is not None
    assert spread.distribution.spread is not None
