"""Names of natural persons, whole or in parts."""

import re

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.given_names import GIVEN_NAMES
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.nouns import KINDS
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "apellido, apellidos, primer apellido, segundo apellido, nombres, primer nombre, segundo nombre, "
    "nombre completo, nombres y apellidos, nombre y apellido, surname, last name, "
    "first name, given name, family name, full name, middle name, forename, prenom, nom de famille, "
    "sobrenome, funcionario, funcionaria, empleado, director, directora, supervisor, "
    "solicitante, solicitante nombre, beneficiario, titular, representante legal, representante, alcalde, "
    "alcaldesa, candidato, candidata, docente, medico, paciente, alumno, "
    "estudiante, victima nombre, nombre victima, sujeto obligado, reviewers, reviewer, submitters, "
    "submitter, author, autor, autores, authors, maintainer, contact name, nombre contacto, "
    "contacto, responsable, encargado, creator, owner, ministro, senador, diputado, juez, magistrado, "
    "gerente, nombre del funcionario, nombre del director, familyname, firstname, lastname, "
    "name in native language, firstname lastname, traveller, traveler, passenger, employee, employee name, "
    "staff name, nombre empleado, nombre docente, nombre del docente, name of person, participante, "
    "artista, artist"
)
_PLAIN = phrases("name, nombre, nom, nome, full name")
_OFFICES = phrases(
    "job title, cargo, puesto, sexo, sex, gender, genero, edad, age, birth date, "
    "date of birth, fecha de nacimiento, fecha nacimiento, renglon presupuestario, poste, fonction, title of officeholder"
)
"""What stands beside a plain name where it is that of a person: an office, a sex, an age."""
_SURNAMES = phrases("surname, apellido, apellidos, primer apellido, last name, family name, sobrenome, nom de famille")
BESIDE_LEAST = 0.8
_LEAST_NAME, _MOST_NAME = 1.5, 6.0
"""Mean number of words of names of persons."""
TITLES = words("dr dra lic licda ing inga arq mr mrs ms miss sr sra srta prof don dona sir lord lady")
NAMED_LEAST = 0.6
LEAST = 0.6
"""Share of the values with a given name where no name of a column tells."""
_MOST_WORDS = 8
_OTHERS = phrases(
    "email, mail, telefono, phone, id, codigo, url, tipo, cargo, puesto, cantidad, numero, title, dataset, "
    "count, fecha, date, edad, sexo, direccion"
)
BODIES_MOST = 0.3
_FIRST = 5
_BETWEEN = re.compile(r"[~|;*]+|,(?= \w+ \w)|\s/\s")
_LEAST_VALUES = 3


def _is_worded(text: str) -> bool:
    """Letters alone, of one to eight words."""
    return (
        0 < len(text.split()) <= _MOST_WORDS
        and not any(map(str.isdigit, text))
        and any(map(str.isalpha, text))
        and "/" not in text
    )


def _are_worded(text: str) -> bool:
    """One name, or several with signs between them."""
    return all(_is_worded(part.rstrip("0123456789 ")) for part in _BETWEEN.split(text) if part.strip())


def _has_given_name(text: str) -> bool:
    told = folded(text).split()
    if any(map(str.isdigit, text)):
        return False
    return 2 <= len(told) <= _MOST_WORDS and (not GIVEN_NAMES.isdisjoint(told) or told[0] in TITLES)


def begins_with_person(text: str) -> bool:
    """Whether a given name stands among the first words, as before a person's office."""
    return not GIVEN_NAMES.isdisjoint(folded(text).split()[:_FIRST])


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words under a name that speaks of a person, few of them bodies; given names beside other words under any."""
    if column.name.says(_OTHERS) >= HEAD or column.name.says(KINDS) >= HEAD:
        return None
    if column.name.says(NAMES) >= HEAD and column.lengths >= 3:
        share = column.fitting(_are_worded)
        if share >= NAMED_LEAST and (column.bodies < BODIES_MOST or column.some(begins_with_person) >= LEAST):
            return Fit(share, "name")
    if column.name.says(_PLAIN) == WHOLE and _is_beside_persons(column):
        share = column.fitting(_are_worded)
        if share >= BESIDE_LEAST and column.bodies < BODIES_MOST:
            return Fit(share, "table")
    if column.variety < 0.02 or column.words > _MOST_WORDS:
        return None
    if GIVEN_NAMES.isdisjoint(column.tokens) and TITLES.isdisjoint(column.tokens):
        return None
    share = column.fitting(_has_given_name)
    if share < LEAST or len(column.values) < _LEAST_VALUES or column.bodies >= BODIES_MOST:
        return None
    return Fit(share, "known")


def _is_beside_persons(column: Seen) -> bool:
    """Whether the table tells that a plain name is that of a person: surnames beside it, or an office, a sex or an age beside
    names of several words."""
    if column.words > _MOST_NAME:
        return False
    return column.beside(_SURNAMES, HEAD) or (column.words >= _LEAST_NAME and column.beside(_OFFICES, HEAD))


TYPE = SemanticType(
    id="person_name",
    version=3,
    title="Name of a person",
    text="Names of persons: words in {named} % of the cells under a name that speaks of a person, given names beside "
    "other words in {least} % under any, or words in {beside} % under a plain name beside an office, a rank, a "
    "sex or an age; few may be names of bodies.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.CODE, Form.TEXT}),
    rule=rule,
    thresholds={"named": round(100 * NAMED_LEAST), "least": round(100 * LEAST), "beside": round(100 * BESIDE_LEAST)},
    examples=(
        Example("Apellidos", ("Pérez", "Gómez", "Tzoc"), True, "parts of names under a name that tells"),
        Example("quién", ("Ana Pérez", "Luis Gómez", "María Tzoc"), True, "given names beside others"),
        Example(
            "Name",
            ("Air Marshal Quill", "Air Vice Marshal Thorne", "Wing Commander Oakes"),
            True,
            "a plain name beside an office",
            beside=("Job Title",),
        ),
        Example("nombre", ("Ana", "Luis", "Tomasa"), True, "a plain name beside surnames", beside=("apellido",)),
        Example("responsable", ("Dirección de Compras", "Ministerio de Salud"), False, "bodies"),
    ),
)
