"""A second reader of recorded catalogues, which shares no reading with the harvester: it counts, and keeps nothing.

    python -m benchmarks.second_reader KIND FILE
    python -m benchmarks.second_reader --all

FILE is sought in the recorded material (`ATALAYA_CORPORA`, by default `../shared/corpora`). The first form prints how many
dataset records the file carries and how many resources they declare, with whatever else bears on the two numbers. The second
recounts every row of `expected_counts.yml` and ends with status 1 where a row differs or where a recorded catalogue that the
manifest leaves uncounted has no row, with status 2 where the recorded material is absent.
"""

import csv
import gzip
import io
import json
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click
import openpyxl
import xlrd
import yaml
from lxml import etree, html
from owslib.iso import MD_Metadata
from rich.console import Console
from rich.table import Table

from benchmarks.material import corpora

EXPECTED = Path(__file__).with_name("expected_counts.yml")
COMMAND = ["python", "-m", "benchmarks.second_reader"]
DCAT = "http://www.w3.org/ns/dcat#"
SPACES = {
    "csw": "http://www.opengis.net/cat/csw/2.0.2",
    "dcat": DCAT,
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gmi": "http://www.isotc211.org/2005/gmi",
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "srv": "http://www.isotc211.org/2005/srv",
}


@dataclass(frozen=True, slots=True)
class Count:
    """Dataset records of one file and the resources that they declare; None where a file of its kind cannot declare any."""

    datasets: int
    resources: int | None
    details: dict[str, Any] = field(default_factory=dict)
    """What else was counted, by name: other readings of the same two words, and what the file says of itself."""


def count_iso(data: bytes) -> Count:
    """ISO 19139, alone or in a CSW page: metadata elements, and the addresses of their transfer options as OWSLib reads them."""
    root = _xml(data)
    elements = _find(root, "//gmd:MD_Metadata | //gmi:MI_Metadata")
    records = [MD_Metadata(element) for element in elements]
    given = [record.distribution.online for record in records if record.distribution is not None]
    online = [item.url for items in given for item in items if item.url]
    paths = {
        "with_linkage": "gmd:distributionInfo/gmd:MD_Distribution/gmd:transferOptions//gmd:CI_OnlineResource"
        "[normalize-space(gmd:linkage)]",
        "in_distributors": ".//gmd:MD_Distributor//gmd:CI_OnlineResource",
        "anywhere": ".//gmd:CI_OnlineResource",
        "services": "gmd:identificationInfo/srv:SV_ServiceIdentification",
    }
    others = {name: sum(len(_find(element, path)) for element in elements) for name, path in paths.items()}
    _agree("transfer options", len(online), others.pop("with_linkage"))
    hierarchy = dict(Counter(record.hierarchy or "unstated" for record in records))
    details = {"hierarchy": hierarchy, "distinct_addresses": len(set(online)), **others, **_page(root)}
    return Count(len(records), len(online), details)


def count_csw_dcat(data: bytes) -> Count:
    """DCAT or GeoDCAT-AP in a CSW page: nodes typed dcat:Dataset, and their dcat:distribution properties."""
    root = _xml(data)
    datasets = _typed(root, "Dataset")
    declared = sum(len(_find(dataset, "dcat:distribution")) for dataset in datasets)
    details = {
        "described_distributions": len(_typed(root, "Distribution")),
        "catalogue_records": len(_typed(root, "CatalogRecord")),
        "data_services": len(_typed(root, "DataService")),
        **_page(root),
    }
    return Count(len(datasets), declared, details)


def count_fgdc(data: bytes) -> Count:
    """FGDC CSDGM: metadata roots, and the network addresses of their digital forms."""
    roots = _find(_xml(data), "/metadata[idinfo]")
    addresses = [node.text for root in roots for node in _find(root, "distinfo//digform//networkr") if node.text]
    details = {
        "digital_forms": sum(len(_find(root, "distinfo//digform")) for root in roots),
        "links_of_the_citation": sum(len(_find(root, "idinfo/citation//onlink")) for root in roots),
    }
    return Count(len(roots), len(addresses), details)


def count_oai(data: bytes) -> Count:
    """OAI-PMH: record elements that carry metadata; headers, deletions, sets and formats are no datasets."""
    root = _xml(data)
    paths = {
        "records": "//oai:record",
        "headers": "//oai:header",
        "deleted": "//oai:header[@status='deleted']",
        "sets": "//oai:set",
        "formats": "//oai:metadataFormat",
    }
    details: dict[str, Any] = {"verb": root.xpath("string(//oai:request/@verb)", namespaces=SPACES)}
    details |= {name: len(_find(root, path)) for name, path in paths.items()}
    return Count(len(_find(root, "//oai:record[oai:metadata]")), None, details)


def count_re3data(data: bytes) -> Count:
    """re3data: descriptions of repositories, none of a dataset."""
    return Count(0, None, {"repositories": len(_find(_xml(data), "//*[local-name() = 'repository']"))})


def count_listing(data: bytes) -> Count:
    """A web folder: the page carries no record; the XML files that it links are candidates for one each."""
    links = [str(link) for link in html.fromstring(data).xpath("//a/@href") if not link.startswith(("?", "..", "/"))]
    return Count(0, None, {"links": len(links), "xml_files": sum(link.lower().endswith(".xml") for link in links)})


def count_schema_org(data: bytes) -> Count:
    """schema.org, as JSON-LD or within a page: objects of type Dataset at any depth, and their distributions."""
    if data.lstrip().startswith(b"<"):
        scripts = html.fromstring(data).xpath("//script[@type = 'application/ld+json']/text()")
        documents = [json.loads(script) for script in scripts]
    else:
        documents = [json.loads(data)]
    objects = [item for document in documents for item in _objects(document)]
    datasets = [item for item in objects if "Dataset" in _types(item)]
    tops = [item for document in documents for item in _listed(document)]
    details = {
        "documents": len(documents),
        "types": dict(Counter(name for item in tops for name in _types(item))),
        "distributions_of_any_type": sum(len(_listed(item.get("distribution"))) for item in objects),
    }
    return Count(len(datasets), sum(len(_listed(item.get("distribution"))) for item in datasets), details)


def count_datacite(data: bytes) -> Count:
    """DataCite JSON: records whose general type is Dataset, and their content addresses."""
    document = json.loads(data)
    records = [item.get("attributes", item) for item in _listed(document.get("data", document))]
    kinds = [record["types"].get("resourceTypeGeneral", "unstated") for record in records]
    datasets = [record for record, kind in zip(records, kinds, strict=True) if kind == "Dataset"]
    details = {"records": len(records), "types": dict(Counter(kinds))}
    return Count(len(datasets), sum(len(_listed(record.get("contentUrl"))) for record in datasets), details)


def count_dcat_json(data: bytes) -> Count:
    """A dataset, or a catalogue of them, in the JSON form of DCAT: objects, and the entries of their distribution."""
    document = json.loads(data)
    datasets = _listed(document.get("dataset", document))
    return Count(len(datasets), sum(len(_listed(dataset.get("distribution"))) for dataset in datasets))


def count_ar_xlsx(data: bytes) -> Count:
    """An Argentine catalogue as a workbook: filled rows of the sheets Dataset and Distribution below their header."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = {name: _records(book[name].iter_rows(values_only=True)) for name in ("Dataset", "Distribution", "Field")}
    known, named = ([str(row["dataset_identifier"]) for row in sheets[name]] for name in ("Dataset", "Distribution"))
    details = {
        "distinct_datasets": len({name.strip() for name in known}),
        "distributions_of_no_dataset": len(
            [name for name in named if name.strip() not in {one.strip() for one in known}]
        ),
        "joined_only_when_trimmed": len([name for name in named if name not in known]),
        "fields": len(sheets["Field"]),
    }
    return Count(len(sheets["Dataset"]), len(sheets["Distribution"]), details)


def count_hydra_csv(data: bytes) -> Count:
    """uData's catalogue of resources as CSV: distinct values of dataset.id, and rows."""
    return _resources(_records(csv.reader(_lines(data), delimiter=";", strict=True)))


def count_hydra_xls(data: bytes) -> Count:
    """uData's catalogue of resources as a workbook: distinct values of dataset.id, and rows, in every sheet."""
    sheets = xlrd.open_workbook(file_contents=data).sheets()
    return _resources([row for sheet in sheets for row in _records(map(sheet.row_values, range(sheet.nrows)))])


def count_ods_csv(data: bytes) -> Count:
    """OpenDataSoft's catalogue as CSV: rows, which the line ends outside quotes must number too; it lists no files."""
    rows = _records(csv.reader(_lines(data), strict=True))
    outside = "".join(data.decode("utf-8-sig").split('"')[::2])
    _agree("rows", len(rows), len(outside.strip().splitlines()) - 1)
    details = {
        "distinct_datasets": len({row["datasetid"] for row in rows}),
        "physical_lines": data.count(b"\n"),
        "with_references": sum(bool(row["references"].strip()) for row in rows),
    }
    return Count(len(rows), None, details)


KINDS: dict[str, Callable[[bytes], Count]] = {
    "ar-xlsx": count_ar_xlsx,
    "csw-dcat": count_csw_dcat,
    "datacite": count_datacite,
    "dcat-json": count_dcat_json,
    "fgdc": count_fgdc,
    "hydra-csv": count_hydra_csv,
    "hydra-xls": count_hydra_xls,
    "iso": count_iso,
    "listing": count_listing,
    "oai": count_oai,
    "ods-csv": count_ods_csv,
    "re3data": count_re3data,
    "schema-org": count_schema_org,
}


def count_file(kind: str, path: Path) -> Count:
    """The count of one file, decompressed where its name says gzip."""
    data = path.read_bytes()
    return KINDS[kind](gzip.decompress(data) if path.suffix == ".gz" else data)


def differences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """File, expected and counted, of every row that is counted otherwise; and every uncounted file without a row."""
    rows = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    for row in rows:
        *command, kind, name = shlex.split(row["command"])
        if command != COMMAND or name != row["file"]:
            yield row["file"], row["command"], "not the command that counts this file"
            continue
        count = count_file(kind, folder / name)
        expected = (row["datasets"], row.get("resources"))
        if expected != (count.datasets, count.resources):
            yield name, str(expected), str((count.datasets, count.resources))
    for name in sorted(_uncounted(folder) - {row["file"] for row in rows}):
        yield name, "a row", "none"


def _uncounted(folder: Path) -> set[str]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["local_path"]
            for row in csv.DictReader(stream)
            if row["local_path"].startswith("catalogues/")
            and (row["kind"], row["parse_status"], row["n_datasets"]) == ("catalogue", "ok", "")
        }


def _xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _find(node: Any, path: str) -> list[Any]:
    return list(node.xpath(path, namespaces=SPACES))


def _typed(root: Any, name: str) -> list[Any]:
    return _find(root, f"//*[self::dcat:{name} or rdf:type/@rdf:resource = '{DCAT}{name}']")


def _page(root: Any) -> dict[str, int]:
    """What a CSW page says of itself; nothing for any other document."""
    names = ("numberOfRecordsMatched", "numberOfRecordsReturned", "nextRecord")
    return {name: int(results.get(name)) for results in _find(root, "//csw:SearchResults") for name in names}


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object within a value, outermost first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def _types(item: dict[str, Any]) -> set[str]:
    return {str(name).rpartition("/")[2].removeprefix("schema:") for name in _listed(item.get("@type"))}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _lines(data: bytes) -> io.StringIO:
    return io.StringIO(data.decode("utf-8-sig"), newline="")


def _records(rows: Any) -> list[dict[str, Any]]:
    """Rows with at least one filled cell below the header row, by column name; a ragged row is an error."""
    header, *body = [tuple(row) for row in rows]
    return [dict(zip(header, row, strict=True)) for row in body if any(cell not in (None, "") for cell in row)]


def _resources(rows: list[dict[str, Any]]) -> Count:
    archived = sum(row["dataset.archived"] not in ("", "False") for row in rows)
    return Count(len({row["dataset.id"] for row in rows}), len(rows), {"of_archived_datasets": archived})


def _agree(what: str, one: int, other: int) -> None:
    if one != other:
        raise ValueError(f"two ways of counting {what} differ: {one} and {other}; read the file by eye")


@click.command(help=__doc__.partition("\n")[0])
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@click.argument("file", required=False)
@click.option("--all", "everything", is_flag=True, help="recount every row of expected_counts.yml")
def main(kind: str | None, file: str | None, everything: bool) -> None:
    """Print the counts of one file, or compare all."""
    folder = corpora()
    if not folder.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    if everything:
        found = list(differences(folder))
        table = Table("file", "expected", "counted")
        for line in found:
            table.add_row(*line)
        Console().print(table if found else f"every row of {EXPECTED.name} is counted as expected")
        sys.exit(1 if found else 0)
    if kind is None or file is None:
        raise click.UsageError("name a kind and a file, or ask for --all")
    click.echo(json.dumps({"file": file, **asdict(count_file(kind, folder / file))}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
