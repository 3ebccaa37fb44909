"""Columns that seem to hold personal data: their names and values are judged together, and only the kind of data is kept.

Kinds: `identity_number` (a national number of a person), `private_mail` (addresses at providers for everybody), `private_phone`,
`home_address`, `health` and `minor`. Names and pay of officials are no kind: laws oblige to publish them. A
telephone, an address or a
state of health is personal only in a table about persons, which its other columns show; the same columns of schools, offices or
companies are not. No value leaves this module.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from atalaya.catalogue.folding import fold
from atalaya.inspection.findings import Column
from atalaya.inspection.limits import IsIdentity

SAMPLE = 200
"""Different values of a column that are looked at."""
LONGEST = 160
"""Characters of a value that are looked at; what identifies a person is shorter."""
LEAST_VALUES = 3
"""Different values below which nothing is said of a column: one example is no register of persons."""
SHARE = 0.6
"""Share of the values that must have the form; the rest are typing errors and remarks."""
_FREE_SHARE = 0.5
_ROLE_SHARE = 0.5
"""Shares of mail addresses at free providers, and of those that name a post or an office instead of a person."""
_VARIED = 0.3
"""Different values for each filled cell: addresses and numbers of persons hardly repeat."""
_ADULT = 18


class Kind(StrEnum):
    """Kinds of personal data."""

    IDENTITY_NUMBER = "identity_number"
    PRIVATE_MAIL = "private_mail"
    PRIVATE_PHONE = "private_phone"
    HOME_ADDRESS = "home_address"
    HEALTH = "health"
    MINOR = "minor"


_IDENTITY = re.compile(
    r"(?:n(?:o|ro|um|umero)?s? (?:de )?(?:la |el |su )?)?(?:documento (?:(?:nacional|unico|"
    r"personal) )?(?:de )?(?:identidad|identificacion)|"
    r"cedula(?: de (?:identidad|ciudadania|vecindad))?|identificacion personal|identidad|pasaporte|"
    r"carn?et? de identidad|"
    r"codigo unico de identificacion|documento personal(?: de identificacion)?|registro (?:unico )?de identidad)"
    r"(?: del? (?:la )?\w+)?|(?:national|personal) (?:id|identity|identification)(?: (?:number|card|no))?|"
    r"identity (?:card|document|number)"
    r"(?: number| no)?|passport(?: (?:number|no))?|social security(?: (?:number|no))?|documento de identidade|"
    r"cartao de cidadao|"
    r"numero de securite sociale"
)
_NUMBER = re.compile(r"(?=(?:[^\d]{0,12}\d){5})[A-Za-z]{0,4}[\d .\-/]{5,24}[A-Za-z]{0,8}[\d]{0,2}\Z")
_MAIL = re.compile(r"([^\s@,;<>]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})\Z")
_FREE = frozenset(
    {
        "gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail",
        "icloud", "me", "mac", "aol", "gmx",
        "protonmail",
        "proton", "mail", "zoho", "yandex", "terra", "uol", "bol", "ig", "prodigy",
        "orange", "wanadoo", "laposte", "free",
        "tutanota", "fastmail", "latinmail", "hushmail", "inbox",
    }
)  # fmt: skip
"""Second-level names of providers that give addresses to everybody."""
_ROLE = re.compile(
    r"(?:info|contact|correo|admin|muni|alcald|secretar|gerenc|direcc|ventas|sales|oficina|office|recepcion|prensa|"
    r"press|rrhh|compras|"
    r"transparencia|acceso|unidad|depto|departamento|coordina|servicio|soporte|support|escuela|colegio|instituto|"
    r"centro|hospital|"
    r"empresa|asociacion|cooperativa|hotel|restaurant|farmacia|contabilidad|finanzas|facturacion|atencion|biblioteca|"
    r"ayuntamiento|prefeitura|"
    r"mairie|juzgado|tribunal|consulado|embajada|eor[im]|cam[iy]|uip)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"[(+]?\d[\d \-().+/]{5,22}\Z")

_OFFICIAL = re.compile(
    r"\b(?:institucional|institucion|oficial|oficina|entidad|dependencia|establecimiento|empresa|escuela|colegio|"
    r"centro|sede|sucursal|negocio|"
    r"comercial|fiscal|organizacion|proveedor|unidad|contratista|juridica|office|work|business|company|school|"
    r"institution|institutional|hospital|"
    r"clinica|farmacia|hotel|municipal|municipalidad|agencia|ip|web|url|mac|url|sitio|catastral|trabajo|laboral|"
    r"empleador|consulado|estacion)\b"
)
_POST = re.compile(
    r"\b(?:cargo|puesto|plaza|funcionari[oa]s?|servidor(?:es)? public[oa]s?|renglon|dependencia|position|job title|"
    r"post|salario|sueldo|"
    r"honorarios|remuneracion|salary|fonction|cargo publico)\b"
)
"""Columns that show a table of officials, whose names, posts and pay are public by law."""
_SURNAME = re.compile(
    r"\b(?:apellidos?|primer apellido|segundo apellido|surname|last name|family name|sobrenome|nom de famille)\b"
)
_PERSON = re.compile(
    r"\b(?:beneficiari[oa]s?|solicitante|paciente|alumn[oa]|estudiante|propietari[oa]|contribuyente|ciudadan[oa]|"
    r"denunciante|victima|afiliad[oa]|"
    r"asegurad[oa]|trabajador|emplead[oa]|patient|student|beneficiary|applicant|citizen|owner|eleve|etudiant|menor|"
    r"nin[oa]|hij[oa]|madre|padre|"
    r"mother|father|conyuge|fallecid[oa]|detenid[oa]|privad[oa] de libertad|migrante|deportad[oa])\b"
)
_NAMED = re.compile(
    r"\b(?:nombres?|name|nome|nom|nombre completo|nombres y apellidos|full name|primer nombre|first name)\b"
)
_COUNTED = re.compile(
    r"\b(?:total|cantidad|numero de|casos|count|number of|porcentaje|tasa|rate|percent|quantidade|promedio|suma)\b"
)
_PERSONAL_PHONE = re.compile(
    r"\b(?:celular|movil|whatsapp|mobile|cell ?phone|telemovel|portable|telefono (?:personal|particular|movil|"
    r"celular|de (?:casa|domicilio|residencia)|"
    r"domicilio|casa|domiciliar)|home phone|personal phone)\b"
)
_ANY_PHONE = re.compile(r"\b(?:telefonos?|tel|phone|telephone|telefone|contacto)\b")
_HOME = re.compile(
    r"\b(?:direccion (?:de )?(?:domicilio|residencia|particular|casa|domiciliar|domiciliaria|vivienda|habitacion)|"
    r"domicilio (?:particular|personal)|"
    r"home address|residential address|endereco residencial|adresse (?:personnelle|du domicile)|"
    r"lugar de residencia exacto)\b"
)
_ANY_ADDRESS = re.compile(r"\b(?:direccion|domicilio|residencia|address|endereco|adresse)\b")
_HEALTH = re.compile(
    r"\b(?:diagnosticos?|enfermedad(?:es)?|padecimientos?|cie ?10|icd ?10|cid ?10|discapacidad(?:es)?|tipo de sangre|"
    r"grupo sanguineo|alergias?|vih|"
    r"condicion medica|antecedentes medicos|historia clinica|diagnosis|disease|illness|disability|blood type|doenca|"
    r"deficiencia|maladie|handicap|"
    r"tratamiento medico|causa de muerte|comorbilidad(?:es)?|embarazo)\b"
)
_MINOR = re.compile(
    r"\b(?:nombres?|apellidos?|name|nome|nom)(?: (?:y apellidos?|completos?))?(?: (?:del?|de la|of the|do|"
    r"da))? (?:la )?(?:menor(?: de edad)?|nin[oa]|alumn[oa]|"
    r"estudiante|adolescente|hij[oa]|child|pupil|minor|student|crianca|alun[oa]|eleve|enfant)\b"
)
_AGE = re.compile(r"(?:edad(?: en anos| anos| actual)?|age|idade)")


def spread(values: Collection[str]) -> tuple[str, ...]:
    """At most `SAMPLE` of some different values, cut and spread over their order, always the same ones.

    >>> spread({"b", "a"})
    ('a', 'b')
    """
    ordered = sorted(values)
    return tuple(value[:LONGEST] for value in ordered[:: max(1, -(-len(ordered) // SAMPLE))])


def mark_personal(
    columns: Sequence[Column], samples: Sequence[Sequence[str]], identities: Iterable[IsIdentity] = ()
) -> tuple[Column, ...]:
    """The columns with the kind of personal data that each seems to hold; `samples` are different values of each."""
    names = [fold(column.name) for column in columns]
    rules = tuple(identities)
    persons = _about_persons(names)
    found = []
    for column, name, sample in zip(columns, names, samples, strict=False):
        kind = None
        if column.filled >= LEAST_VALUES and len(sample) >= LEAST_VALUES:
            kind = _kind(column, name, sample, persons, rules)
        found.append(column if kind is None else replace(column, personal=kind.value))
    return (*found, *columns[len(found) :])


def _about_persons(names: Sequence[str]) -> bool:
    """Whether a table is a list of private persons: surnames, or names beside a word for a person; not one of officials."""
    joined = " | ".join(names)
    if _POST.search(joined):
        return False
    named = any(_NAMED.search(name) and not _COUNTED.search(name) and not _OFFICIAL.search(name) for name in names)
    identified = any(_IDENTITY.fullmatch(name) for name in names)
    return _SURNAME.search(joined) is not None or (named and (identified or _PERSON.search(joined) is not None))


def _kind(column: Column, name: str, sample: Sequence[str], persons: bool, rules: Sequence[IsIdentity]) -> Kind | None:
    if column.kind not in ("text", "integer", "number"):
        return None
    if _is_identity(column, name, sample, rules):
        return Kind.IDENTITY_NUMBER
    if column.kind == "text" and _is_private_mail(name, sample):
        return Kind.PRIVATE_MAIL
    if _COUNTED.search(name):
        return None
    official = _OFFICIAL.search(name) is not None
    if not official and _is_phone(name, persons) and _share(sample, _PHONE) and _varied(column):
        return Kind.PRIVATE_PHONE
    if column.kind == "text" and not official and _is_address(name, persons) and _varied(column):
        return Kind.HOME_ADDRESS if _reads_as_address(sample) else None
    if persons and _HEALTH.search(name):
        return Kind.HEALTH
    return Kind.MINOR if _is_minor(column, name, sample, persons) else None


def _is_identity(column: Column, name: str, sample: Sequence[str], rules: Sequence[IsIdentity]) -> bool:
    """Numbers that a rule of the country accepts, or the name of such a number over different values of its form."""
    if any(sum(map(is_identity, sample)) >= SHARE * len(sample) for is_identity in rules):
        return True
    return _IDENTITY.fullmatch(name) is not None and _share(sample, _NUMBER) and _varied(column)


def _is_private_mail(name: str, sample: Sequence[str]) -> bool:
    if not any("@" in value for value in sample):
        return False
    found = [match for value in sample if (match := _MAIL.match(value.strip())) is not None]
    if len(found) < max(LEAST_VALUES, SHARE * len(sample)) or _OFFICIAL.search(name):
        return False
    free = [match for match in found if match.group(2).lower().split(".")[0] in _FREE]
    roles = sum(_ROLE.match(match.group(1)) is not None for match in free)
    return len(free) >= _FREE_SHARE * len(found) and roles < _ROLE_SHARE * len(free)


def _is_phone(name: str, persons: bool) -> bool:
    return persons and bool(_PERSONAL_PHONE.search(name) or _ANY_PHONE.search(name))


def _is_address(name: str, persons: bool) -> bool:
    return bool(_HOME.search(name)) or (persons and bool(_ANY_ADDRESS.search(name)))


def _reads_as_address(sample: Sequence[str]) -> bool:
    """Texts of some length of which many hold a number: places of residence by municipality do not."""
    long = sum(len(value) >= 8 and " " in value for value in sample)
    numbered = sum(any(character.isdigit() for character in value) for value in sample)
    return long >= SHARE * len(sample) and numbered * 3 >= len(sample)


def _is_minor(column: Column, name: str, sample: Sequence[str], persons: bool) -> bool:
    if column.kind == "text":
        return _MINOR.search(name) is not None and _varied(column) and not any(map(str.isdigit, sample[:LEAST_VALUES]))
    if not persons or column.kind != "integer" or not _AGE.fullmatch(name):
        return False
    ages = [int(value) for value in sample if value.isascii() and value.isdigit() and len(value) <= 3]
    return len(ages) >= SHARE * len(sample) and sum(age < _ADULT for age in ages) >= 0.8 * len(ages)


def _share(sample: Sequence[str], form: re.Pattern[str]) -> bool:
    return sum(form.match(value.strip()) is not None for value in sample) >= SHARE * len(sample)


def _varied(column: Column) -> bool:
    return column.distinct is None or column.distinct >= _VARIED * column.filled
