"""Columns of personal data: what names and values say together, and what is no personal data at all."""

from collections.abc import Sequence

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
    limits = Limits(identities=(is_identity,), frame_bytes=1_000)
    columns = {"llave": valid_numbers(1_200), "monto": SUMS * 30}
    assert flags(columns, limits) == {"llave": "identity_number"}


def test_two_values_are_no_register() -> None:
    assert flags({"cedula de identidad": NUMBERS[:2], "monto": SUMS[:2]}) == {}


def test_a_sample_is_bounded_and_steady() -> None:
    values = {f"{n:05}" for n in range(3_000)}
    assert len(spread(values)) <= SAMPLE
    assert spread(values) == spread(set(values))


def check_symbol(body: str, weights: Sequence[int]) -> str:
    left = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return "0" if left < 2 else str(11 - left)


def eleven_digits(number: int) -> str:
    """A number with the two check digits of a Brazilian CPF."""
    body = f"{100_000_000 + 7_919 * number}"
    body += check_symbol(body, range(10, 1, -1))
    return body + check_symbol(body, range(11, 1, -1))


def with_letter(number: int) -> str:
    """Eight digits with the letter of a Spanish DNI."""
    value = 10_000_000 + 7_919 * number
    return f"{value}{'TRWAGMYFPDXBNJZSQVHLCKE'[value % 23]}"


CPF = [eleven_digits(n) for n in range(COUNT)]
DNI = [with_letter(n) for n in range(COUNT)]
CURP = [f"ABCD80{1 + n % 12:02}{10 + n % 18}HDFRRN{n % 10}{n // 10}" for n in range(COUNT)]
BIRTHS = [f"19{50 + n}-05-1{n % 9}" for n in range(COUNT)]
TEXTS = [f"texto {chr(97 + n % 26)}" for n in range(COUNT)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"CPF": CPF, "Valor": SUMS}, {"CPF": "identity_number"}),
        ({"codigo": [f"{c[:3]}.{c[3:6]}.{c[6:9]}-{c[9:]}" for c in CPF], "Valor": SUMS}, {"codigo": "identity_number"}),
        ({"clave": DNI, "importe": SUMS}, {"clave": "identity_number"}),
        ({"clave": CURP, "apoyo": SUMS}, {"clave": "identity_number"}),
        ({"DPI": [f"{1000 + n}{20000 + n}0101" for n in range(COUNT)]}, {"DPI": "identity_number"}),
        (
            {"cedula_beneficiario": [f"17{10_000_000 + n}" for n in range(COUNT)]},
            {"cedula_beneficiario": "identity_number"},
        ),
        (
            {
                "Tipo de documento": ["CC"] * COUNT,
                "Número de documento": [str(52_000_000 + 31 * n) for n in range(COUNT)],
            },
            {"Número de documento": "identity_number"},
        ),
        (
            {"Contacto": [f"Ana Paz <ana.paz{n}@gmail.com>" for n in range(COUNT)], "zona": SUMS},
            {"Contacto": "private_mail"},
        ),
        (
            {"Paciente": [f"Ana Paz{'abcdefgh'[n % 8] * (n // 8 + 1)}" for n in range(COUNT)], "Celular": PHONES},
            {"Celular": "private_phone"},
        ),
        ({**PERSONS, "Fecha de nacimiento": BIRTHS}, {"Fecha de nacimiento": "birth_date"}),
        (
            {"DNI": DNI, "Enfermedad": ["asma", "otra", "anemia", "dengue"] * 10},
            {"DNI": "identity_number", "Enfermedad": "health"},
        ),
    ],
)
def test_more_personal_columns(columns: dict[str, list[str]], expected: dict[str, str]) -> None:
    assert flags(columns) == expected


@pytest.mark.parametrize(
    "columns",
    [
        {"cedula": [str(120_000 + 37 * n) for n in range(COUNT)], "departamento": TEXTS},
        {"CUI": [str(2_100_000 + n) for n in range(COUNT)], "Proyecto": TEXTS},
        {"CPF": [f"***.{100 + n}.{200 + n}-**" for n in range(COUNT)], "Valor": SUMS},
        {**PERSONS, "Documento": [f"{10_000 + n}-2023" for n in range(COUNT)], "Partida": SUMS},
        {**PERSONS, "id": [str(100_000 + n) for n in range(COUNT)]},
        {"correo": [f"ana{n}@me.gov.example" for n in range(COUNT)], "zona": SUMS},
        {"correo": [f"ana{n}@mail.salud.example" for n in range(COUNT)], "zona": SUMS},
        {"Proveedor": TEXTS, "NIT": SUMS, "Correo": MAILS, "Teléfono": PHONES, "Dirección": STREETS},
        {**PERSONS, "Partido": TEXTS, "Teléfono": PHONES},
        {"Nombre": TEXTS, "Edad": [str(n % 15) for n in range(COUNT)], "Estudiante": SUMS},
        {"Nombre del estudiante": NAMES, "Edad": [str(20 + n % 15) for n in range(COUNT)]},
        {**PERSONS, "Fecha de nacimiento": [f"18{10 + n}-05-12" for n in range(COUNT)]},
        {"Municipio": TEXTS, "Fecha de nacimiento": BIRTHS},
        {
            "lat": [f"14.{600_000 + 7 * n}" for n in range(COUNT)],
            "lon": [f"-90.{500_000 + 7 * n}" for n in range(COUNT)],
        },
        {"codigo": [str(11_000_000_000 + 12_345 * n) for n in range(COUNT)], "monto": SUMS},
    ],
)
def test_more_that_is_no_personal_data(columns: dict[str, list[str]]) -> None:
    assert flags(columns) == {}


def test_a_form_tells_itself_only_over_enough_values() -> None:
    assert flags({"clave": DNI[:5], "importe": SUMS[:5]}) == {}
