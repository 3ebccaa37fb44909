"""Columns that seem to hold personal data: their names and values are judged together, and only the kind of data is kept.

Kinds: `identity_number` (a national number of a person), `private_mail` (addresses at providers for everybody), `private_phone`,
`home_address`, `birth_date`, `health` and `minor`. Names and pay of officials are no kind: laws oblige to publish them. A
telephone, an address or a
state of health is personal only in a table about persons, which its other columns show; the same columns of schools, offices or
companies are not. No value leaves this module.
"""

import heapq
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from atalaya.catalogue.folding import fold
from atalaya.inspection.findings import Column
from atalaya.inspection.identity_numbers import is_known_number, mostly
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
    BIRTH_DATE = "birth_date"
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
_DOCUMENT = re.compile(
    r"(?:n(?:o|ro|um|umero)? (?:de |do )?)?(?:(?P<own>identificacion|cedula|ced|cc)|documento|doc)"
    r"(?P<whose> (?:del? )?(?:la )?(?:titular|persona|beneficiari[oa]|solicitante|pa[cs]iente|alun?mn?[oa]|estudiante|"
    r"propietari[oa]|benef|ciudadan[oa]|cliente|usuari[oa]|afiliad[oa]|trabajador))?"
)
"""A number of a document: of a person where the name says whose, where the table is about persons and the document is their
own, or beside a column that says what kind of document it is."""
_DOCUMENT_TYPE = re.compile(r"tipo (?:de )?(?:documento|doc|identificacion|id)(?: .*)?|document type|id type")
_NUMBER = re.compile(r"(?=(?:[^\d]{0,12}\d){5})[A-Za-z]{0,4}[\d .\-/]{5,24}[A-Za-z]{0,8}[\d]{0,2}\Z")
_LEAST_DIGITS = 7
"""Digits from which a plain whole number may identify a person: shorter ones in a column of that name are mostly counts."""
_MAIL = re.compile(r"([^\s@,;:<>()/|]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
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
"""Names of providers that give addresses to everybody, right before the ending of their domain."""
_ENDING = re.compile(r"(?:(?:com|co|net|org)\.)?(?:[a-z]{2}|com|net|mail)")
"""What follows the name of a provider: `com`, `es`, `com.br`; `me.gov.xx` and `mail.ministry.xx` are of offices."""
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
    r"\b(?:cargo|puesto(?! de (?:salud|votacion))|plaza|funcionari[oa]s?|servidor(?:es)? public[oa]s?|renglon|"
    r"dependencia(?! economica)|position|job title|"
    r"post|salario|sueldo|"
    r"honorarios|remuneracion|salary|fonction|cargo publico|diputad[oa]s?|deputad[oa]s?|senador(?:a|es|as)?|concejal(?:es)?|"
    r"vereador(?:a|es|as)?|alcaldes?|alcaldesas?|prefeit[oa]s?|magistrad[oa]s?|juez|jueza|jueces|ministr[oa]s?|candidat[oa]s?|"
    r"partido(?: politico)?|bancada|curul|senators?|judges?|political party|embajador(?:a|es|as)?)\b"
)
"""Columns that show a table of officials, whose names, posts and pay are public by law."""
_SURNAME = re.compile(
    r"\b(?:apellidos?|primer apellido|segundo apellido|surname|last name|family name|sobrenome|nom de famille)\b"
)
_PERSON = re.compile(
    r"\b(?:beneficiari[oa]s?|solicitante|pa[cs]iente|alumn[oa]|alun[oa]|estudante|estudiante|propietari[oa]|"
    r"proprietari[oa]|contribuyente|ciudadan[oa]|cidada[o]?|"
    r"denunciante|victima|vitima|afiliad[oa]|"
    r"asegurad[oa]|trabajador|emplead[oa]|patient|student|beneficiary|applicant|citizen|owner|eleve|etudiant|menor|"
    r"nin[oa]|crianca|hij[oa]|filh[oa]|(?<!casa )(?:madre|padre)|"
    r"mother|father|conyuge|fallecid[oa]|detenid[oa]|privad[oa] de libertad|migrante|deportad[oa])\b"
)
_ORGANISATION = re.compile(
    r"\b(?:empresa|razon social|razao social|nombre comercial|nome fantasia|"
    r"proveedor|fornecedor|contratista|cnpj|establecimiento|"
    r"escuela|colegio|oficina|entidad|institucion|instituicao|organizacion|asociacion|cooperativa|sucursal|agencia|company|"
    r"supplier|school|organisation|organization|office|municipalidad|razon)\b"
)
"""Columns that show a table of organisations, whose mail, telephone and address are those of a business or an office."""
_OWNER = re.compile(r"\b(?:propietari[oa]|proprietari[oa]|owner|contribuyente)\b")
"""Persons that stand in tables of organisations too."""
_NAMED = re.compile(
    r"\b(?:nombres?|name|nome|nom|nombre completo|nombres y apellidos|full name|primer nombre|first name)\b"
)
_COUNTED = re.compile(
    r"\b(?:total|cantidad|numero de|casos|count|number of|porcentaje|tasa|rate|percent|quantidade|promedio|suma)\b"
)
_PERSONAL_PHONE = re.compile(
    r"\b(?:celular|cel|movil|whatsapp|mobile|cell ?phone|telemovel|portable|telefono (?:personal|particular|movil|"
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
_BIRTH = re.compile(
    r"\b(?:(?:fecha|fec|f|dia|data) (?:de |del )?(?:nacimiento|nac|nacim|nascimento|nasc)|(?:nacimiento|nascimento)"
    r"|date of birth|birth ?date|dob|date de naissance)\b"
)
_LIVING_SINCE = 1920
"""Year before which hardly anybody alive was born: older dates are of history."""
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_AGE = re.compile(r"(?:edad(?: en anos| anos| actual)?|age|idade)")


def spread(values: Collection[str]) -> tuple[str, ...]:
    """At most `SAMPLE` of some different values, cut: all of them as they come, or some that are spread over their order.

    >>> spread(["b", "a"])
    ('b', 'a')
    """
    taken = list(values) if len(values) <= SAMPLE else sorted(values)[:: -(-len(values) // SAMPLE)]
    longest = max(map(len, taken), default=0)
    return tuple(taken if longest <= LONGEST else [value[:LONGEST] for value in taken])


def mark_personal(
    columns: Sequence[Column], samples: Sequence[Sequence[str]], identities: Iterable[IsIdentity] = ()
) -> tuple[Column, ...]:
    """The columns with the kind of personal data that each seems to hold; `samples` are different values of each."""
    named = [_Named(column, fold(column.name), sample) for column, sample in zip(columns, samples, strict=False)]
    about = _subject(named, tuple(identities))
    found = []
    for each in named:
        kind = _kind(each, about) if each.enough else None
        found.append(each.column if kind is None else replace(each.column, personal=kind.value))
    return (*found, *columns[len(found) :])


@dataclass(frozen=True, slots=True)
class _Named:
    """A column with its folded name and different values of it."""

    column: Column
    name: str
    sample: Sequence[str]

    @property
    def enough(self) -> bool:
        """Whether it has so many values that something may be said of it."""
        return self.column.filled >= LEAST_VALUES and len(self.sample) >= LEAST_VALUES

    @property
    def of_names(self) -> bool:
        """Whether its values read as names of persons: two to six words without digits, hardly repeated."""
        if self.column.kind != "text" or not self.enough or not _varied(self.column):
            return False
        named = sum(2 <= len(value.split()) <= 6 and not any(map(str.isdigit, value)) for value in self.sample)
        return named >= SHARE * len(self.sample)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a table is about: `numbers` are the names of its columns of identity numbers."""

    persons: bool
    organisations: bool
    adults: bool
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Documents:
    """What a table says of the documents in it: whether it is about persons, tells kinds of documents, or has organisations."""

    persons: bool
    kinds: bool
    organisations: bool

    def person_has(self, name: str) -> bool:
        """Whether a folded name is that of a number of a person's document."""
        if _IDENTITY.fullmatch(name) is not None:
            return True
        found = _DOCUMENT.fullmatch(name)
        return found is not None and (
            self.kinds or found["whose"] is not None or (self.persons and found["own"] is not None)
        )


def _subject(columns: Sequence[_Named], rules: Sequence[IsIdentity]) -> _Subject:
    names = [each.name for each in columns]
    joined = " | ".join(names)
    organisations = _ORGANISATION.search(joined) is not None
    documented = any(_DOCUMENT_TYPE.fullmatch(name) for name in names)
    about = _Documents(_about_persons(columns, joined), documented, organisations)
    numbers = frozenset(
        each.name
        for each in columns
        if each.enough and each.column.kind in ("text", "integer", "number") and _is_identity(each, rules, about)
    )
    persons = about.persons or (bool(numbers) and _POST.search(joined) is None)
    private = persons and _PERSON.search(_OWNER.sub("", joined)) is not None
    return _Subject(persons, organisations and not private, any(map(_of_adults, columns)), numbers)


def _about_persons(columns: Sequence[_Named], joined: str) -> bool:
    """Whether a table is a list of private persons: surnames, names beside a word for a person, or a column of persons; not
    one of officials."""
    if _POST.search(joined):
        return False
    if _SURNAME.search(joined) is not None:
        return True
    counts = {
        each.name for each in columns if each.column.kind in ("integer", "number") and _PERSON.fullmatch(each.name)
    }
    told = [each for each in columns if each.name not in counts and not _COUNTED.search(each.name)]
    if any(_PERSON.fullmatch(each.name) and each.of_names for each in told):
        return True
    names = [each for each in told if _NAMED.search(each.name) and not _OFFICIAL.search(each.name)]
    if any(_BIRTH.search(each.name) for each in columns) and any(each.of_names for each in names):
        return True
    identified = any(_IDENTITY.fullmatch(each.name) for each in told)
    return bool(names) and (identified or any(_PERSON.search(each.name) for each in told))


def _kind(each: _Named, about: _Subject) -> Kind | None:
    column, name, sample = each.column, each.name, each.sample
    if name in about.numbers:
        return Kind.IDENTITY_NUMBER
    if column.kind == "date":
        return Kind.BIRTH_DATE if about.persons and _is_birth(name, sample) else None
    if column.kind not in ("text", "integer", "number"):
        return None
    if column.kind == "text" and not about.organisations and _is_private_mail(name, sample):
        return Kind.PRIVATE_MAIL
    if _COUNTED.search(name):
        return None
    return _contact(each, about) or _condition(each, about)


def _contact(each: _Named, about: _Subject) -> Kind | None:
    column, name, sample = each.column, each.name, each.sample
    if _OFFICIAL.search(name) or not _varied(column):
        return None
    if about.persons and _is_phone(name, organisations=about.organisations) and _share(sample, _PHONE):
        return Kind.PRIVATE_PHONE
    stated = about.persons and not about.organisations and _ANY_ADDRESS.search(name) is not None
    home = column.kind == "text" and (stated or _HOME.search(name) is not None)
    return Kind.HOME_ADDRESS if home and _reads_as_address(sample) else None


def _condition(each: _Named, about: _Subject) -> Kind | None:
    if about.persons and _HEALTH.search(each.name):
        return Kind.HEALTH
    return Kind.MINOR if _is_minor(each, about) else None


def _is_identity(each: _Named, rules: Sequence[IsIdentity], about: _Documents) -> bool:
    """Numbers that a rule of the country or of the world accepts, or the name of such a number over values of its form."""
    name, sample = each.name, each.sample
    if any(mostly(sample, SHARE, is_identity) for is_identity in rules):
        return True
    if not _varied(each.column):
        return False
    if is_known_number(name, sample, SHARE, organisations=about.organisations or _OFFICIAL.search(name) is not None):
        return True
    return about.person_has(name) and _share(sample, _NUMBER) and not _are_counts(each.column, sample)


def _are_counts(column: Column, sample: Sequence[str]) -> bool:
    """Whole numbers too short to identify anybody."""
    short = sum(sum(map(str.isdigit, value)) < _LEAST_DIGITS for value in sample)
    return column.kind in ("integer", "number") and short > (1 - SHARE) * len(sample)


def _is_birth(name: str, sample: Sequence[str]) -> bool:
    """Days of birth of people who may be alive."""
    years = [int(found.group(1)) for value in sample if (found := _YEAR.search(value)) is not None]
    living = sum(year >= _LIVING_SINCE for year in years)
    return _BIRTH.search(name) is not None and 2 * living >= len(sample)


def _is_private_mail(name: str, sample: Sequence[str]) -> bool:
    if "@" not in "".join(sample) or _OFFICIAL.search(name):
        return False
    cells = [_MAIL.findall(value) for value in sample]
    if sum(map(bool, cells)) < max(LEAST_VALUES, SHARE * len(sample)):
        return False
    found = [mail for cell in cells for mail in cell]
    free = [person for person, host in found if _is_free(host.lower())]
    roles = sum(_ROLE.match(person) is not None for person in free)
    return len(free) >= _FREE_SHARE * len(found) and roles < _ROLE_SHARE * len(free)


def _is_free(host: str) -> bool:
    provider, _, ending = host.partition(".")
    return provider in _FREE and _ENDING.fullmatch(ending) is not None


def _is_phone(name: str, *, organisations: bool) -> bool:
    return bool(_PERSONAL_PHONE.search(name) or (not organisations and _ANY_PHONE.search(name)))


def _reads_as_address(sample: Sequence[str]) -> bool:
    """Texts of some length of which many hold a number: places of residence by municipality do not."""
    long = sum(len(value) >= 8 and " " in value for value in sample)
    numbered = sum(any(character.isdigit() for character in value) for value in sample)
    return long >= SHARE * len(sample) and numbered * 3 >= len(sample)


def _is_minor(each: _Named, about: _Subject) -> bool:
    if about.adults:
        return False
    if each.column.kind == "text":
        if _MINOR.search(each.name) is None or not _varied(each.column):
            return False
        return not any(map(str.isdigit, heapq.nsmallest(LEAST_VALUES, each.sample)))
    ages = _ages(each) if about.persons else []
    return bool(ages) and sum(age < _ADULT for age in ages) >= 0.8 * len(ages)


def _of_adults(each: _Named) -> bool:
    ages = _ages(each)
    return bool(ages) and sum(age >= _ADULT for age in ages) >= 0.8 * len(ages)


def _ages(each: _Named) -> list[int]:
    """The values of a column of ages; none where they are something else."""
    if each.column.kind != "integer" or not _AGE.fullmatch(each.name) or not each.enough:
        return []
    ages = [int(value) for value in each.sample if value.isascii() and value.isdigit() and len(value) <= 3]
    return ages if len(ages) >= SHARE * len(each.sample) else []


def _share(sample: Sequence[str], form: re.Pattern[str]) -> bool:
    return mostly(sample, SHARE, lambda value: form.match(value.strip()))


def _varied(column: Column) -> bool:
    return column.distinct is None or column.distinct >= _VARIED * column.filled
