"""Names of public bodies, organisations, companies, schools, hospitals and publishers."""

import re

from atalaya.inspection.semantic.bodies import governs, names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.nouns import KINDS
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import free_text, person_name

NAMES = phrases(
    "institucion, instituciones, entidad, entidades, organizacion, organisation, organization, "
    "organisation name, organization name, empresa, empresas, company, company name, publisher, "
    "publisher name, proveedor, proveedores, supplier, supplier name, vendor, vendor name, contratista, "
    "establecimiento, escuela, school, school name, colegio, hospital, department family, department, "
    "entity, "
    "dependencia, dependencias, ministerio, ministry, agency, agencia, original publisher, razon social, "
    "nombre comercial, merchant name, merchant, beneficiary, payee, contractor, "
    "unidad ejecutora, organismo, parent department, editor, fournisseur, fornecedor, orgao, banco, bank, "
    "partido, party, universidad, university, main parent or sponsoring department, provider, nombre "
    "institucion, nombre de la institucion, "
    "nombre entidad, nombre de la entidad, nombre establecimiento, nombre del establecimiento, nombre de "
    "la empresa, nombre empresa, nombre escuela, institution, employer, customer, client, manufacturer, "
    "fabricante, reporting agency, contributor, dcat publisher, dcat contributor, dcat creator, "
    "dependencia nombre, facility name, facility, nomepci, lead organisation, organismo publico, source, fuente, "
    "fuente de datos, data source, origen de datos, attribution, organismo responsable, unidad responsable, unit, unidad, "
    "unidad administrativa, unidad compradora, entidad compradora, buyer, seller, comprador, vendedor, donor, donante, "
    "funder, financiador, grantee, recipient, operador, operator, owner, client name, awarding body, sponsor, aseguradora",
    plural=True,
)
MAKERS = phrases(
    "dcat contributor, creator, author, publisher, maintainer, owner, provider, contributor, autor, editor, responsable, portal"
)
"""Names of who made something, a person or a body."""
ENTITIES = phrases("entity, entidad, nombre entidad", plural=True)
"""Names that may also be of a thing of a data model."""
ACRONYMS = phrases("abbreviation, acronym, siglas, sigla, acronimo, acronyms, abreviatura", plural=True)
_PARTS = phrases("unit, unidad, directorate, dependencia, division, branch, business unit, unidad administrativa")
_WHOLES = phrases("organisation, organization, parent department, institucion, ministerio, ministry, organizacion")
"""Parts of a body, and names of the body that stand beside them."""
_LEAST_PART = 1.5
_ACRONYM = re.compile(r"[A-ZÁÉÍÓÚÑÜ][\w&.-]{1,11}\Z")
_HOST = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|gov|edu|gob|go|gub|int|mil|info|eu|[a-z]{2})\Z", re.IGNORECASE)
LEAST = 0.5
"""Share of the values with words of names of bodies where no name of a column tells."""
NAMED_LEAST = 0.15
_MOST_WORDS = 14.0
_SURE_WORDS = 8.0
_LONG_WORDS = 40.0
"""Words of names of bodies with all that they belong to, where nearly all values begin as such names do."""
ALL_LEAST = 0.8
_OTHERS = phrases(
    "tipo, type, id, codigo, cod, code, telefono, phone, fax, email, mail, mbox, direccion, address, url, "
    "web, classification, clasificacion, cargo, puesto, job title, sector, titulo, title, description, "
    "descripcion, purpose, expense type, categoria, category, nivel",
    plural=True,
)


def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text))


SURE = phrases(
    "institucion, organisation, organization, empresa, company, publisher, proveedor, supplier, vendor, "
    "contratista, razon social, merchant name, organisation name, organization name, ministerio, ministry, "
    "company name, publisher name, school name, establecimiento, original publisher, dependencia, department family, "
    "manufacturer, fabricante, airline, aerolinea, carrier, employer, contractor, buyer, beneficiary institution, "
    "parent department, nombre institucion, nombre establecimiento",
    plural=True,
)
"""Names that leave nothing else."""


def _is_proper(text: str) -> bool:
    """Several words, or capitals in a row: no plain noun."""
    return " " in text or text[:2].isupper()


def _is_known(text: str, knowledge: Knowledge) -> bool:
    told = folded(text)
    return names_a_body(told) or told in knowledge.institutions or text in knowledge.acronyms


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Words of names of bodies in half of the cells; any words under a name that says institution, or bodies that
    the country's list holds; hosts under a name of who made something."""
    name = column.name
    if name.says(_OTHERS) >= HEAD or name.says(KINDS) == WHOLE or name.says(free_text.NAMES) >= HEAD:
        return None
    if column.words > _LONG_WORDS or column.answers or not any(map(str.isalpha, column.signs)):
        return None

    if name.says(person_name.NAMES) >= HEAD and column.some(person_name.begins_with_person) >= LEAST:
        return None
    share = column.bodies
    if share < LEAST and not (
        knowledge.institutions.isdisjoint(column.folded) and knowledge.acronyms.isdisjoint(column.values)
    ):
        share = column.some(lambda text: _is_known(text, knowledge))
    if column.words > (_SURE_WORDS if name.says(NAMES) < HEAD else _MOST_WORDS) and share < ALL_LEAST:
        return None
    if name.says(MAKERS) >= HEAD:
        share = max(share, column.some(lambda text: _is_known(text, knowledge) or governs(text)))
        if share >= LEAST:
            return Fit(share, "name")
    if name.says(_PARTS) == WHOLE and column.beside(_WHOLES, HEAD) and column.words >= _LEAST_PART:
        return enough(column.fitting(_is_worded), "table")
    sure = name.says(SURE) >= HEAD or (name.says(ENTITIES) >= HEAD and column.some(_is_proper) >= LEAST)
    if name.says(NAMES) >= HEAD and share >= (0.0 if sure else NAMED_LEAST):
        worded = column.fitting(_is_worded)
        return Fit(max(share, worded), "name") if worded >= 0.9 else None
    if column.leading is Form.CODE and name.says(NAMES) < HEAD:
        return None
    if column.words > _SURE_WORDS and column.some(lambda text: text.endswith(".")) >= LEAST:
        return None
    if share >= LEAST and (len(column.values) >= 3 or share == 1.0):
        return Fit(share, "known")
    if name.says(MAKERS) >= HEAD:
        return enough(column.fitting(_HOST.match), "name")
    return enough(column.fitting(_ACRONYM.match), "name") if name.says(ACRONYMS) >= HEAD else None


TYPE = SemanticType(
    id="institution",
    version=3,
    title="Institution or company",
    text="Names of public bodies, organisations, companies, schools and hospitals: words of such names, or bodies of "
    "the country's list, in {least} % of the cells, words under a name that says institution, governments of "
    "places under a name of who made something, or units beside the body that they are part of.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.CODE}),
    rule=rule,
    thresholds={"least": round(100 * LEAST)},
    examples=(
        Example(
            "nombre", ("Ministerio de Salud", "Universidad Nacional", "Hospital General"), True, "words of such names"
        ),
        Example(
            "Supplier",
            ("Accenture (UK) Limited", "DWP", "Birbeck Medical Group"),
            True,
            "companies under a name that tells",
        ),
        Example(
            "Creator", ("Wilkin County", "City of Baltimore", "Lake County GIS"), True, "places that made something"
        ),
        Example(
            "Unit",
            ("Strategy", "Corporate Services", "Trade Policy", "Communication and Marketing"),
            True,
            "parts of the body that stands beside them",
            beside=("Organisation",),
        ),
        Example("nombre", ("Ana Pérez", "Luis Gómez", "María Tzoc"), False, "persons"),
    ),
)
