"""Amounts in a currency."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, Name, phrases
from atalaya.inspection.semantic.nouns import COUNTS as PEOPLE
from atalaya.inspection.semantic.nouns import FISCAL, MEASURES
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
    "adjudicado, inicial, codificado, pim, pia, girado, liquidado, fob, cif, bid, ask, bid price, ask price"
)
SIGNED = re.compile(
    r"[£€¢₡]|(?<![\w$])\$(?![$A-Za-z])|\bQ\.|\(Q\)|\b(?:US|C|R)\$|\((?:Q|GTQ|USD|EUR|GBP|MXN|COP)\b|\b(?:GTQ|USD|EUR|GBP)\b"
    r"|lempiras|colones|soles|d[oó]lares|millones de Q|sterling",
    re.IGNORECASE,
)
COUNTS = phrases(
    "numero de, number of, cantidad de, count, casos, headcount, percentage, porcentaje, codigo, cod, "
    "code, id, tipo, tasa, rate, index, indice, anos, full time "
    "equivalent, fte, headcounts, score, ranking, pct, per cent, por ciento, gdp, pib, growth, crecimiento, variacion, no de, "
    "nro de, num, numero, number, cantidad, months, meses, days, dias"
)
TIMES = phrases("fecha, date, year, ano, ejercicio")
"""Names of moments, whose values are told before; behind a noun of money they say of when it is."""
TOTALS = phrases("total, total cost, total amount, costo total, monto total, importe total, suma, grand total")
BRACKETS = 10
"""Different numbers of brackets of income or price, the largest of them, and how often each stands there at least."""
LARGE = 1000.0
"""What some amount reaches in a table of public money; measures with two decimals are smaller, or their names tell."""
PARTS_LEAST = 0.6
PARTS_TOLERANCE = 0.3
"""Share of notes among amounts under a name that tells."""
CENTS = 0.2
_AMOUNT = frozenset({Form.AMOUNT})


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers with a sign of a currency, or under a name that tells of money and of no count; large numbers with cents
    in a table of money."""
    signed = column.of_forms(_AMOUNT)
    if signed >= PARTS_LEAST:
        return Fit(signed)
    name = column.name
    numeric = column.of_forms(NUMERIC)
    if numeric < 1 - PARTS_TOLERANCE or _counts(name):
        return None
    if _is_in_brackets(column) or (name.shortened and max(column.numbers, default=0.0) < LARGE):
        return None
    if SIGNED.search(name.raw) is not None or name.says(NAMES) >= HEAD:
        return Fit(numeric, "name")
    if name.says(NAMES) and _has_cents(column):
        return enough(numeric, "name")
    if name.says(MEASURES) or name.says(PEOPLE) or not _is_in_cents(column):
        return None
    public = max(column.numbers, default=0.0) >= LARGE and (column.beside(FISCAL, HEAD) or _continues_money(column))
    return (
        enough(numeric, "table")
        if public or any(_is_total(other) for other in column.table if other is not column)
        else None
    )


def _counts(name: Name) -> bool:
    """Whether a name is that of a count, a code or a rate: by its noun, or anywhere where its noun is not money."""
    said = name.says(COUNTS)
    return said >= HEAD or ((said > 0 or name.says(TIMES) > 0) and name.says(NAMES) < HEAD)


def _continues_money(column: Seen) -> bool:
    """Whether the column has no name and the nearest to its left that has one is of money: headers of merged cells."""
    if column.name.words:
        return False
    left = next((other for other in reversed(column.table[: column.place]) if other.name.words), None)
    return left is not None and left.name.says(NAMES) >= HEAD and not left.name.says(COUNTS)


def _is_total(column: Seen) -> bool:
    """Whether the name of another column is that of a sum of money, with the sign of its currency."""
    return column.name.says(TOTALS) > 0 and SIGNED.search(column.name.raw) is not None


def _is_in_brackets(column: Seen) -> bool:
    """Whether the numbers are few, small and whole, and repeat over and over: the numbers of brackets, or flags."""
    return (
        column.distinct <= BRACKETS
        and column.view.filled >= BRACKETS * column.distinct
        and column.whole_numbers
        and max(column.numbers, default=0.0) <= BRACKETS
    )


def _has_cents(column: Seen) -> bool:
    """Whether a quarter of the numbers have decimals, most of them two at most."""
    decimals = _decimals(column)
    return len(decimals) >= len(column.values) / 4 and sum(size <= 2 for size in decimals) >= 0.8 * len(decimals)


def _is_in_cents(column: Seen) -> bool:
    """Whether a fifth of the numbers have two decimals and hardly any has more: rates and measures have others."""
    decimals = _decimals(column)
    return decimals.count(2) >= CENTS * len(column.values) and sum(size > 2 for size in decimals) <= 0.05 * len(
        column.values
    )


def _decimals(column: Seen) -> list[int]:
    """How many decimals the numbers that have some are written with."""
    mark = column.mark.mark
    return [len(value.rsplit(mark, 1)[1].rstrip(")% ")) for value in column.values if mark in value]


TYPE = SemanticType(
    id="money",
    version=3,
    title="Amount of money",
    text="Amounts in a currency: {signs} % with its sign or code, numbers under a name that tells of money "
    "(amount, budget, price, salary) and of no count, or numbers with cents that reach {large} in a table whose other "
    "columns tell of money.",
    forms=NUMERIC,
    rule=rule,
    signs=DIGITS,
    thresholds={"signs": round(100 * PARTS_LEAST), "large": round(LARGE)},
    examples=(
        Example("valor", ("Q 1,200.00", "Q 350.50"), True, "amounts with a sign"),
        Example("Devengado", ("120378.5", "1471870"), True, "numbers under a name that tells"),
        Example("Actual Pay Floor (£)", ("80000", "95000"), True, "a sign in the name"),
        Example(
            "Educación",
            ("120378.55", "1471870.4", "0", "33000.25"),
            True,
            "large numbers with cents beside others of money",
            beside=("ejercicio",),
        ),
        Example(
            "Educación", ("120378.55", "1471870.4", "0", "33000.25"), False, "the same in a table that speaks of none"
        ),
        Example("Presupuesto Año 2014", ("4518949152", "306948506"), True, "money and its year"),
        Example("Precio por kilo en el año 2019", ("1200", "1350"), True, "money by its noun, a year behind it"),
        Example("número de pagos", ("12", "15"), False, "counts"),
    ),
)
