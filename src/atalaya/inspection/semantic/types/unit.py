"""Units of measure."""

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.bodies import names_a_body
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "unit, units, unidad, unidades, unidad de medida, unidad medida, unit of measure, uom, unite, unidade, "
    "unidade de medida, medida, measure unit, ind unit, indunit, unit of measurement"
)
UNITS = words(
    "kg g mg t tm lb lbs oz qq kilogramo kilogramos gramo gramos tonelada toneladas quintal quintales "
"libra libras onza onzas m km cm mm mi ft in "
    "metro metros kilometro kilometros centimetro centimetros milla millas pie pies metre metres meter "
"meters kilometre kilometres m2 km2 ha mz "
    "hectarea hectareas hectare hectares manzana manzanas m3 l ml lt lts gal litro litros litre litres "
"liter liters galon galones barril barriles "
    "kwh mwh gwh kw mw w v a hz ghz mbps kbps gbps percent percentage porcentaje por ciento number numero caja cajas "
    "docena docenas bolsa bolsas saco sacos frasco frascos tableta tabletas ampolla rollo rollos resma "
"paquete paquetes servicio persona personas people "
    "casos cases horas hours hour hora dias days day dia meses months years anos minutos minutes segundos "
"seconds c f celsius ppm ug mg l ph db usd eur "
    "gtq index indice score tasa rate ratio count quantity each ea pieza piezas par pares global"
)  # fmt: skip
_SIGNS = frozenset({"%", "‰", "°C", "°F", "$", "€", "#", "m²", "km²", "m³"})
_MARKS = frozenset("%‰°$€#²³")
NAMED_LEAST = 0.3
LEAST = 0.9
_MOST_DIFFERENT = 80
_LONGEST = 30.0
_LETTERS = 1.5
"""Mean length up to which the values are letters, of which half are units of something."""


def _is_unit(text: str) -> bool:
    return text in _SIGNS or folded(text) in UNITS


def _begins_with_unit(text: str) -> bool:
    told = folded(text).split()
    return text in _SIGNS or (bool(told) and not UNITS.isdisjoint(told) and not names_a_body(folded(text)))


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Known units; texts with a unit in them where the name says unit."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    if (
        column.name.says(NAMES) >= HEAD
        and column.lengths <= _LONGEST
        and (share := column.some(_begins_with_unit)) >= NAMED_LEAST
    ):
        return Fit(share, "name")
    if len(column.values) < 2:
        return None
    if sum(map(len, column.values)) <= _LETTERS * len(column.values):
        return None
    share = column.among(UNITS) if column.signs.isdisjoint(_MARKS) else column.fitting(_is_unit)
    return Fit(share, "known") if share >= LEAST else None


TYPE = SemanticType(
    id="unit",
    version=2,
    title="Unit of measure",
    text="Units of measure: {least} % known ones, or texts of which {named} % hold one under a name that says unit.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.CODE, Form.MIXED, Form.OTHER}),
    rule=rule,
    words=lambda _: UNITS | {""},
    names=NAMES,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("unidad de medida", ("kg", "litros", "cajas"), True, "units under a name that tells"),
        Example("medición", ("km", "ha", "m"), True, "known units"),
        Example("unidad", ("Dirección de Compras", "Unidad de Género"), False, "units of a body"),
    ),
)
