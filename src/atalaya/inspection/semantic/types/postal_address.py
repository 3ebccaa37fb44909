"""Street addresses."""

import re

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "direccion, domicilio, address, adresse, endereco, street address, address 1, ubicacion, direccion "
    "exacta, direccion fisica, residencia, on street, street, calle, logradouro, location, adresse "
    "postale, lugar audiencia, direcciones, domicilio fiscal, site address"
)
STREETS = words(
    "calle avenida av ave ave. zona colonia barrio aldea km kilometro carretera callejon diagonal "
    "boulevard blvd bulevar calzada lote manzana caserio canton "
    "residenciales edificio nivel oficina local esquina frente street st road rd lane drive dr court ct "
    "way highway hwy parkway suite floor rue avenue place "
    "rua travessa praca bairro andar col res ruta cra carrera cll transversal pasaje jiron urbanizacion "
    "plaza entre parque cdmx piso avda c cr apto "
    "close crescent terrace hill square house building"
)
LEAST = 0.5
"""Share of the values with a word of streets."""
NAMED_LEAST = 0.3
UNNAMED_LEAST = 0.7
_NUMBERED = re.compile(r"\d")


def _has_street(text: str) -> bool:
    return not STREETS.isdisjoint(folded(text).split())


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words of streets and numbers under a name that says address; both in most cells under any."""
    named = column.name.says(NAMES) >= HEAD
    if STREETS.isdisjoint(column.tokens):
        return None
    streets = column.some(_has_street)
    if streets < (NAMED_LEAST if named else UNNAMED_LEAST) or column.words < 2 or column.words > 25:
        return None
    numbered = column.some(_NUMBERED.search)
    if named and (numbered >= 0.1 or streets >= LEAST):
        return Fit(streets, "name")
    return Fit(streets) if numbered >= UNNAMED_LEAST and column.variety > 0.3 and column.words < 15 else None


TYPE = SemanticType(
    id="postal_address",
    version=1,
    title="Address",
    text="Street addresses: words of streets in {named} % of the cells under a name that says address, or such "
    "words and numbers in {unnamed} % under any.",
    forms=frozenset({Form.MIXED, Form.TEXT, Form.WORDS, Form.WORD, Form.CODE}),
    rule=rule,
    thresholds={"named": round(100 * NAMED_LEAST), "unnamed": round(100 * UNNAMED_LEAST)},
    examples=(
        Example(
            "Dirección",
            ("5a avenida 3-20 zona 1", "ALDEA EL NARANJO", "4A CALLE 2-31 ZONA 2"),
            True,
            "addresses under a name that tells",
        ),
        Example("lugar", ("12 High Street", "7 Mill Road", "81 Church Lane"), True, "streets with numbers"),
        Example("municipio", ("Zona alta", "Valle"), False, "names of places"),
    ),
)
