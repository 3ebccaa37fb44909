"""Names of public bodies, organisations, companies, schools, hospitals and publishers."""

from atalaya.inspection.semantic.bodies import names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import free_text

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
    "dependencia nombre, facility name, facility, nomepci, lead organisation, organismo publico"
)
LEAST = 0.5
"""Share of the values with words of names of bodies where no name of a column tells."""
NAMED_LEAST = 0.15
_MOST_WORDS = 14.0
_OTHERS = phrases(
    "tipo, type, id, codigo, cod, code, telefono, phone, fax, email, mail, mbox, direccion, address, url, "
    "web, classification, clasificacion, cargo, puesto, job title, sector, titulo, title, description, "
    "descripcion, purpose, expense type, categoria, category, nivel"
)


def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text))


def rule(column: Seen, knowledge: Knowledge) -> Fit | None:
    """Words of names of bodies in half of the cells; any words under a name that says institution, or bodies that
    the country's list holds."""
    if column.words > _MOST_WORDS or column.name.says(_OTHERS) >= HEAD or column.name.says(free_text.NAMES) >= HEAD:
        return None

    def known(text: str) -> bool:
        name = folded(text)
        return names_a_body(name) or name in knowledge.institutions or text in knowledge.acronyms

    share = column.some(known)
    named = column.name.says(NAMES) >= HEAD
    if named and column.fitting(_is_worded) >= 0.9 and (share >= NAMED_LEAST or column.name.says(SURE) >= HEAD):
        return Fit(max(share, column.fitting(_is_worded)), "name")
    return Fit(share, "known") if share >= LEAST and (len(column.values) >= 3 or share == 1.0) else None


SURE = phrases(
    "institucion, organisation, organization, empresa, company, publisher, proveedor, supplier, vendor, "
    "contratista, razon social, merchant name, organisation name, organization name, ministerio, ministry, "
    "company name, publisher name, school name, establecimiento, original publisher, dependencia"
)
"""Names that leave nothing else."""

TYPE = SemanticType(
    id="institution",
    version=1,
    title="Institution or company",
    text="Names of public bodies, organisations, companies, schools and hospitals: words of such names, or "
    "bodies of the country's list, in {least} % of the cells, or words under a name that says institution.",
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
        Example("nombre", ("Ana Pérez", "Luis Gómez", "María Tzoc"), False, "persons"),
    ),
)
