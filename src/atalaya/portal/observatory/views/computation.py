"""How a figure is computed: the tree of the index with its weights and steps, and the figures of one institution at each node."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from atalaya.indices.language.definition import Item, StepCall
from atalaya.indices.scores import node_name
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.models import Explained, Measure
from atalaya.portal.observatory.named import institution_or_404
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.observatory.reckoning import index_named, index_of


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the methodology: how deep it lies, its share of its parent and of the whole, and how it is made."""

    name: str
    item: Item
    depth: int
    weight: float
    of_parent: float
    of_whole: float
    check: str | None
    steps: tuple[StepCall, ...]


COLUMNS = (
    Column("nodo", lambda row: row[0].name),
    Column("nivel", lambda row: row[0].item.level),
    Column("titulo", lambda row: row[0].item.title.get("es")),
    Column("peso", lambda row: row[0].weight),
    Column("parte_del_total", lambda row: row[0].of_whole),
    Column("formula", lambda row: row[0].item.aggregation.method if row[0].item.children else None),
    Column("medida", lambda row: row[0].item.measure),
    Column("estado", lambda row: row[1] and row[1].state),
    Column("valor", lambda row: row[1] and row[1].value),
    Column("minimo", lambda row: row[1] and row[1].low),
    Column("maximo", lambda row: row[1] and row[1].high),
    Column("peso_que_cuenta", lambda row: row[1] and row[1].weight),
    Column("puntos_que_aporta", lambda row: row[1] and row[1].points),
    Column("sin_el", lambda row: row[1] and row[1].without),
    Column("promedio_de_todas", lambda row: row[1] and row[1].peers),
    Column("casos_que_pasan", lambda row: row[2] and row[2].passed),
    Column("casos_decididos", lambda row: row[2] and row[2].applied),
    Column("casos_desconocidos", lambda row: row[2] and row[2].unknown),
)


@published
def index_computation(request: HttpRequest) -> HttpResponse:
    """Render the tree of the methodology, or its nodes as a file."""
    nodes = nodes_of(request.edition.methodology)
    form = wanted_format(request)
    if form:
        rows = ((node, None, None) for node in nodes)
        return download(form, f"como-se-calcula-{request.edition.observation}", COLUMNS, rows)
    return _page(request, nodes, institution=None, figures={}, measures={})


@published
def computation(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the tree of one institution, or its nodes as a file; 404 where the register has no such body."""
    found = institution_or_404(slug)
    nodes = nodes_of(request.edition.methodology)
    figures = {each.node: each for each in Explained.objects.filter(unit=found.id)}
    measures = {each.measure: each for each in Measure.objects.filter(institution=found.id)}
    form = wanted_format(request)
    if form:
        rows = ((node, figures.get(node.name), measures.get(node.item.measure or "")) for node in nodes)
        return download(form, f"como-se-calcula-{slug}-{request.edition.observation}", COLUMNS, rows)
    return _page(request, nodes, institution=found, figures=figures, measures=measures)


def _page(request: HttpRequest, nodes: tuple[Node, ...], **values: Any) -> HttpResponse:
    index = index_of(request.edition)
    return page(
        request,
        "observatory/computation.html",
        index=index,
        nodes=nodes,
        rules=rules_of(node.check for node in nodes if node.check),
        gates=[(gate, index.items[gate.node], index.items[gate.at]) for gate in index.gates],
        absent=index.not_collected,
        said_step=said_step,
        said_formula=lambda item: spoken(request).t(said_formula(item)),
        **values,
    )


FORMULAS = {
    "arithmetic": "weighted mean of what lies below",
    "copeland": "how many of the others it beats, criterion by criterion",
    "generalised": "weighted generalised mean of what lies below",
    "geometric": "weighted geometric mean of what lies below",
    "harmonic": "weighted harmonic mean of what lies below",
    "maximum": "the greatest of what lies below",
    "median": "the median of what lies below",
    "minimum": "the least of what lies below",
    "penalised": "weighted mean of what lies below, less a penalty for unevenness",
    "product": "product of what lies below",
    "sum": "weighted sum of what lies below",
}
"""How a branch is made of what lies below it, by its way of aggregation."""


def said_formula(item: Item) -> str:
    """The English sentence for how a branch is made; the name of a way that nobody described here."""
    return FORMULAS.get(item.aggregation.method, item.aggregation.method)


def said_step(call: StepCall) -> str:
    """A step as it is written in formulas: `× 100`, or its name with its parameters."""
    if call.name == "scale" and set(call.parameters) == {"multiply"}:
        return f"× {call.parameters['multiply']}"
    told = ", ".join(f"{name} {value}" for name, value in call.parameters.items())
    return f"{call.name}({told})"


@lru_cache(maxsize=4)
def nodes_of(methodology: str) -> tuple[Node, ...]:
    """Every collected node, parents first, in the order of the methodology."""
    index = index_named(methodology)
    found: list[Node] = []

    def add(item: Item, depth: int, of_parent: float, of_whole: float) -> None:
        common = [item.overrides.get(call.name, call) for call in index.steps] if item.is_leaf else []
        steps = tuple(call for call in (*item.first, *common, *item.then, *item.after) if call is not None)
        check = item.measure.partition("@")[0] if item.measure and "@" in item.measure else None
        name = node_name(index, item)
        found.append(Node(name, item, depth, item.weight, of_parent, of_whole, check, steps))
        total = sum(abs(child.weight) for child in item.present) or 1.0
        for child in item.present:
            share = abs(child.weight) / total
            add(child, depth + 1, share, of_whole * share)

    add(index.root, 0, 1.0, 1.0)
    return tuple(found)
