"""Readers of catalogues beside the bare parser of their format: a part of `make bench`."""

import json
from collections.abc import Iterator

import pyoxigraph

from atalaya.harvest.datajson import read_data_json
from atalaya.harvest.dcat_rdf import read_rdf
from benchmarks.lines import Line, best
from benchmarks.material import corpora


def bench_lines() -> Iterator[Line]:
    """One line a format; none where the recorded material is absent."""
    folder = corpora() / "catalogues"
    if not folder.is_dir():
        return
    pod = (folder / "datajson_us" / "hhs_2021-12-05.data.json").read_bytes()
    yield Line(
        what="read data.json, 1,808 datasets",
        value=best(lambda: read_data_json(pod)),
        yardstick="json.loads",
        yardstick_value=best(lambda: json.loads(pod)),
    )
    rdf = (folder / "dcat_rdf" / "govdata" / "rostock-catalog-original-input.rdf").read_bytes()

    def parse() -> object:
        return list(pyoxigraph.parse(rdf, format=pyoxigraph.RdfFormat.RDF_XML, base_iri="https://a.example/"))

    yield Line(
        what="read DCAT-AP RDF/XML, 17,714 triples",
        value=best(lambda: read_rdf(rdf)),
        yardstick="pyoxigraph.parse",
        yardstick_value=best(parse),
    )
