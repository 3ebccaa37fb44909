"""Columns of personal data: what names and values say together, and what is no personal data at all."""

import pytest

from atalaya.countries.identifiers import compile_identifier
from atalaya.countries.pack import Identifier
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits
from atalaya.inspection.personal import SAMPLE, spread

NUMBER = Identifier(
    id="example",
    title={"en": "an identity number"},
    pattern="[0-9]{9}",
    rule={
        "checks": [
            {
                "body": [0, 8],
                "check": [8, 9],
                "weights": [2, 3, 4, 5, 6, 7, 8, 9],
                "modulus": 11,
                "residues": {"10": None},
            }
        ]
    },
    personal=True,
)


RULE = compile_identifier(NUMBER)


def is_identity(text: str) -> bool:
    return RULE.verdict(text).valid


def valid_numbers(count: int) -> list[str]:
    found: list[str] = []
    for body in range(10_000_000, 10_000_000 + 40 * count, 7):
        found += [f"{body}{digit}" for digit in range(10) if is_identity(f"{body}{digit}")]
    return found[:count]


def flags(columns: dict[str, list[str]], limits: Limits | None = None) -> dict[str, str]:
    """Column → kind of personal data, of a CSV with these columns."""
    rows = zip(*columns.values(), strict=True)
    text = "\n".join([";".join(columns), *(";".join(row) for row in rows)])
    (table,) = inspect_bytes(text.encode(), url="https://x.example/a.csv", limits=limits or Limits()).tables
    return {column.name: column.personal for column in table.columns if column.personal}


COUNT = 40
NAMES = [f"Ana {chr(97 + n % 26)}{n}" for n in range(COUNT)]
SURNAMES = [f"Pérez {chr(97 + n % 26)}{n}" for n in range(COUNT)]
PHONES = [f"5{n:03}-{4000 + n}" for n in range(COUNT)]
STREETS = [f"{n} calle {n + 3}-41 zona {n % 9}" for n in range(COUNT)]
MAILS = [f"ana.perez{n}@gmail.com" for n in range(COUNT)]
NUMBERS = [f"{1000 + n} {20000 + 37 * n} 0101" for n in range(COUNT)]
SUMS = [str(1000 + 13 * n) for n in range(COUNT)]
PERSONS = {"Nombres": NAMES, "Apellidos": SURNAMES}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"Cédula de identidad": NUMBERS, "Monto": SUMS}, {"Cédula de identidad": "identity_number"}),
        (
            {"No. de documento de identificación": NUMBERS, "Monto": SUMS},
            {"No. de documento de identificación": "identity_number"},
        ),
        ({"codigo": SUMS, "correo": MAILS}, {"correo": "private_mail"}),
        ({**PERSONS, "Teléfono": PHONES}, {"Teléfono": "private_phone"}),
        ({"Nombre del beneficiario": NAMES, "Celular": PHONES}, {"Celular": "private_phone"}),
        ({**PERSONS, "Dirección": STREETS}, {"Dirección": "home_address"}),
        ({"expediente": SUMS, "Dirección de domicilio": STREETS}, {"Dirección de domicilio": "home_address"}),
        ({**PERSONS, "Diagnóstico": ["diabetes", "asma", "anemia", "otro"] * 10}, {"Diagnóstico": "health"}),
        ({**PERSONS, "Edad": [str(n % 12) for n in range(COUNT)]}, {"Edad": "minor"}),
        ({"Nombre del alumno": NAMES, "nota": SUMS}, {"Nombre del alumno": "minor"}),
    ],
)
def test_personal_columns(columns: dict[str, list[str]], expected: dict[str, str]) -> None:
    assert flags(columns) == expected


@pytest.mark.parametrize(
    "columns",
    [
        {**PERSONS, "Cargo": ["director"] * COUNT, "Teléfono": PHONES, "Salario": SUMS},
        {"Escuela": NAMES, "Teléfono": PHONES, "Dirección": STREETS},
        {"Municipalidad": NAMES, "correo": [f"muni{n}@gmail.com" for n in range(COUNT)]},
        {"nombre": NAMES, "correo": [f"ana{n}@salud.example.gob" for n in range(COUNT)]},
        {"Nombre": NAMES, "correo institucional": MAILS},
        {"Enfermedad": ["asma", "otra", "anemia", "dengue"] * 10, "Casos": SUMS},
        {"Cédula jurídica": NUMBERS, "Empresa": NAMES},
        {"Identidad": ["maya", "garífuna", "xinka", "ladina"] * 10, "Personas": SUMS},
        {"Total de celulares": PHONES, **PERSONS},
        {"Edad": [str(n % 12) for n in range(COUNT)], "Población": SUMS},
        {"codigo": NUMBERS, "monto": SUMS},
        {"Dirección": ["norte", "sur", "este", "oeste"] * 10, "viento": SUMS},
        {**PERSONS, "Municipio de residencia": ["Villa Real", "Pueblo Nuevo", "San Luis", "Puerto"] * 10},
    ],
)
def test_what_is_no_personal_data(columns: dict[str, list[str]]) -> None:
    assert flags(columns) == {}


def test_the_numbers_of_a_country_are_told_by_their_rule_alone() -> None:
    limits = Limits(identities=(is_identity,))
    columns = {"llave": valid_numbers(COUNT), "monto": SUMS}
    assert flags(columns, limits) == {"llave": "identity_number"}
    assert flags(columns) == {}
    assert flags({"llave": [f"1000{n:05}" for n in range(COUNT)], "monto": SUMS}, limits) == {}


def test_columns_of_more_values_than_are_counted_are_judged_all_the_same() -> None:
    limits = Limits(identities=(is_identity,), distinct=10)
    assert flags({"llave": valid_numbers(COUNT), "monto": SUMS}, limits) == {"llave": "identity_number"}


def test_two_values_are_no_register() -> None:
    assert flags({"cedula de identidad": NUMBERS[:2], "monto": SUMS[:2]}) == {}


def test_a_sample_is_bounded_and_steady() -> None:
    values = {f"{n:05}" for n in range(3_000)}
    assert len(spread(values)) <= SAMPLE
    assert spread(values) == spread(set(values))
