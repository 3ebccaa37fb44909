"""The process that answers one query: `python -m atalaya.portal.api.sparql.worker GRAPH FORM OUT`, the query on standard input.

It knows the graph and nothing else, writes its answer to a file, and is ended when it takes too long. What it says on standard
output is one word and a text: `ok`, `cut` (more rows than are given), `wrong` (no query that can be asked) or `long` (too long an
answer).
"""

import csv
import io
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

ROWS = 10_000
"""Rows or triples of an answer; of more the first are given."""
BYTES = 20_000_000
MEMORY = 1 << 30
SECONDS = 10

GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RESULTS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
"""Answers of ASK are written by the engine; CSV and TSV know no answer yes or no, and get it as one word."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = Sequence[Term | None]


class TooLong(Exception):
    """An answer is longer than anybody may ask for."""


def main(place: str, form: str, out: str) -> tuple[str, str]:
    """Answer the query; gives the word and the text."""
    store = ox.Store.read_only(place)
    try:
        answer = store.query(sys.stdin.read())
        if isinstance(answer, ox.QueryBoolean):
            text = str(bool(answer)).lower()
            body = answer.serialize(format=RESULTS[form]) if form in RESULTS else text.encode()
            Path(out).write_bytes(body or b"")
            return "ok", "boolean"
        if isinstance(answer, ox.QueryTriples):
            triples = list(islice(answer, ROWS + 1))
            body = ox.serialize(triples[:ROWS], format=GRAPHS.get(form, ox.RdfFormat.TURTLE)) or b""
            if len(body) > BYTES:
                raise TooLong
            Path(out).write_bytes(body)
            return ("cut" if len(triples) > ROWS else "ok"), "graph"
        names = [variable.value for variable in answer.variables]
        rows = ([row[name] for name in names] for row in answer)
        return _write(Path(out), WRITERS.get(form, WRITERS["json"])(names, islice(rows, ROWS)), rows), "rows"
    except TooLong:
        return "long", ""
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return "wrong", str(error)[:500]


def _write(out: Path, pieces: Iterator[str], rest: Iterator[Row]) -> str:
    written = 0
    with out.open("w", encoding="utf-8", newline="") as stream:
        for piece in pieces:
            written += len(piece)
            if written > BYTES:
                raise TooLong
            stream.write(piece)
    return "cut" if next(rest, None) is not None else "ok"


def as_json(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """https://www.w3.org/TR/sparql11-results-json/"""
    yield f'{{"head":{{"vars":{json.dumps(list(names))}}},"results":{{"bindings":['
    for number, row in enumerate(rows):
        bound = {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        yield ("," if number else "") + json.dumps(bound, ensure_ascii=False)
    yield "]}}"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        found["datatype"] = term.datatype.value
    return found


def as_xml(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """https://www.w3.org/TR/rdf-sparql-XMLres/"""
    heads = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    yield f"<head>{heads}</head><results>"
    for row in rows:
        cells = zip(names, row, strict=True)
        bound = "".join(f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in cells if term)
        yield f"<result>{bound}</result>"
    yield "</results></sparql>"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml(term.value)}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{_xml(term.value)}</literal>"
    if term.datatype.value.endswith("#string"):
        return f"<literal>{_xml(term.value)}</literal>"
    return f"<literal datatype={quoteattr(_xml(term.datatype.value))}>{_xml(term.value)}</literal>"


def _xml(text: str) -> str:
    """A text inside XML 1.0, which knows no control characters but three."""
    return escape("".join(c if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n\r" else "\ufffd" for c in text))


def as_csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/: plain values."""
    yield _line(names)
    for row in rows:
        yield _line(
            [
                "" if term is None else f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value
                for term in row
            ]
        )


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def as_tsv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The same recommendation: terms as SPARQL writes them."""
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]] = {
    "json": as_json,
    "xml": as_xml,
    "csv": as_csv,
    "tsv": as_tsv,
}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 1, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * BYTES, 4 * BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(main(*sys.argv[1:4])))  # noqa: T201 - the answer of this process
