"""Amounts in a currency."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "monto, montos, importe, importes, presupuesto, presupuestado, asignado, asignacion, vigente, "
    "devengado, pagado, comprometido, modificado, modificaciones, "
    "ejecutado, percibido, recaudado, recaudacion, precio, precios, costo, costos, coste, salario, "
    "salarios, sueldo, sueldos, honorarios, expenditure, amount, amounts, "
    "cost, costs, price, prices, salary, wage, wages, pay, payment, budget, spend, spending, revenue, "
    "income, fee, fees, gasto, gastos, ingreso, ingresos, pago, "
    "pagos, deuda, debt, saldo, balance, total cost, total paybill, paybill, pay floor, pay ceiling, valor "
    "total, valor contrato, valor unitario, precio unitario, "
    "valor del contrato, inversion, investment, subsidio, aporte, transferencia, transferencias, ganancia, "
    "utilidad, renta, rentas, tarifa, tarifas, turnover, "
    "montant, prix, cout, depense, recette, valor pago, despesa, receita, salario base, bonificacion, "
    "remuneracion, recaudo, contract value, award value, "
    "amount in sterling, allowances, overtime, gasto por estudiante, total compensation, reward, monto "
    "adjudicado, inicial, codificado, pim, pia, girado, liquidado, fob, cif"
)
SIGNED = re.compile(
    r"[£€$¢₡]|\bQ\.|\(Q\)|\b(?:US|C|R)\$|\((?:Q|GTQ|USD|EUR|GBP|MXN|COP)\b|\b(?:GTQ|USD|EUR|GBP)\b"
    r"|quetzales|d[oó]lares|millones de Q|sterling",
    re.IGNORECASE,
)
COUNTS = phrases(
    "numero de, number of, cantidad de, count, casos, headcount, percentage, porcentaje, codigo, cod, "
    "code, id, tipo, fecha, date, tasa, rate, index, indice, anos, year, ano, ejercicio, full time "
    "equivalent, fte, headcounts, score, ranking"
)
PARTS_LEAST = 0.6
_AMOUNT = frozenset({Form.AMOUNT})


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers with a sign of a currency, or under a name that tells of money and of no count."""
    signed = column.of_forms(_AMOUNT)
    if signed >= PARTS_LEAST:
        return Fit(signed)
    if column.name.says(COUNTS):
        return None
    told = SIGNED.search(column.name.raw) is not None or column.name.says(NAMES) >= HEAD
    numeric = column.of_forms(NUMERIC)
    if told:
        return enough(numeric, "name", PARTS_TOLERANCE)
    return enough(numeric, "name") if column.name.says(NAMES) and _has_cents(column) else None


def _has_cents(column: Seen) -> bool:
    """Whether most decimals are of two digits."""
    decimals = [value for value in column.values if column.mark.mark in value]
    cents = sum(len(value.rsplit(column.mark.mark, 1)[1].rstrip(")% ")) <= 2 for value in decimals)
    return len(decimals) >= len(column.values) / 4 and cents >= 0.8 * len(decimals)


PARTS_TOLERANCE = 0.3
"""Share of notes among amounts under a name that tells."""

TYPE = SemanticType(
    id="money",
    version=1,
    title="Amount of money",
    text="Amounts in a currency: {signs} % with its sign or code, or numbers under a name that tells of money "
    "(amount, budget, price, salary) and of no count.",
    forms=NUMERIC,
    rule=rule,
    thresholds={"signs": round(100 * PARTS_LEAST)},
    examples=(
        Example("valor", ("Q 1,200.00", "Q 350.50"), True, "amounts with a sign"),
        Example("Devengado", ("120378.5", "1471870"), True, "numbers under a name that tells"),
        Example("Actual Pay Floor (£)", ("80000", "95000"), True, "a sign in the name"),
        Example("número de pagos", ("12", "15"), False, "counts"),
    ),
)
