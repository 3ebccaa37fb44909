"""Recorded catalogues as a replay: the folder `routing` read, and a folder written that `atalaya replay` serves.

Nothing recorded is copied: routes point at the files where they are. Only packages that have to stand one a line are
written into the folder that is asked for, which belongs to the caller and is not kept.
"""

import csv
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROUTING = Path(__file__).with_name("routing")
EXPECTED = Path(__file__).with_name("expected_counts.yml")
SIDECAR_HEADERS = ("content-type", "content-encoding", "etag", "last-modified", "link")
"""Headers of a recording that matter to a reader; those of the connection do not."""

TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".xls": "application/vnd.ms-excel",
    ".xml": "application/rdf+xml",
    ".ttl": "text/turtle",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Content types of files that were stored without a recording of their answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutedSource:
    """One source of the routing: how it is declared, how it is served and what its harvest must end as."""

    id: str
    protocol: str
    url: str
    page_size: int | None
    files: tuple[str, ...]
    serve: tuple[Mapping[str, Any], ...]
    state: str
    reason: str | None
    differs: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    derives: bool = False
    least: int = 1
    in_round: str | None = None
    """The state that a first round gives the source, where it is not that of the harvest."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Datasets, declared resources and links derived by rule; None where nobody counted them in one of its files."""

    datasets: int | None
    resources: int | None
    derived: int | None = None


def read_routing() -> tuple[RoutedSource, ...]:
    """All sources of the routing, by protocol, in its order."""
    files = sorted(ROUTING.glob("*.yml"))
    return tuple(_source(entry) for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8")))


def _source(entry: Mapping[str, Any]) -> RoutedSource:
    expect = entry.get("expect", {"state": "complete", "reason": None})
    served = entry.get("serve") or [{"url": entry["url"], "file": entry["files"][0]}]
    return RoutedSource(
        id=entry["id"],
        protocol=entry["protocol"],
        url=entry["url"],
        page_size=entry.get("page_size"),
        files=tuple(entry["files"]),
        serve=tuple(served),
        state=expect["state"],
        reason=expect["reason"],
        differs={name: said["by"] for name, said in entry.get("differs", {}).items()},
        reasons=tuple(f"{name} {said['by']:+d}: {said['why']}" for name, said in entry.get("differs", {}).items()),
        derives=entry.get("links") == "derived",
        least=entry.get("least", 1),
        in_round=entry.get("round"),
    )


def read_manifest(corpora: Path) -> dict[str, dict[str, str]]:
    """Rows of the manifest by path."""
    with (corpora / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return {row["local_path"]: row for row in csv.DictReader(stream)}


def read_expected() -> dict[str, Mapping[str, Any]]:
    """The counts of a second reader for the files that the manifest does not count, by path."""
    rows: list[dict[str, Any]] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.is_file() else []
    return {row["file"]: row for row in rows}


def expected_counts(source: RoutedSource, manifest: Mapping[str, Mapping[str, str]]) -> Counts:
    """What the source must give: the counts of its files together, moved by what differs and why.

    Where the manifest counts links that a rule derives, the declared resources are none.
    """
    second = read_expected()
    datasets = _total(source, manifest, second, ("n_datasets", "datasets"))
    resources = _total(source, manifest, second, ("n_resources", "resources"))
    return Counts(datasets, 0, resources) if source.derives else Counts(datasets, resources)


def _total(
    source: RoutedSource,
    manifest: Mapping[str, Mapping[str, str]],
    second: Mapping[str, Mapping[str, Any]],
    names: tuple[str, str],
) -> int | None:
    total = source.differs.get(names[1], 0)
    for file in source.files:
        number = manifest[file][names[0]] or second.get(file, {}).get(names[1])
        if manifest[file]["parse_status"].startswith("PARSE-FAIL") or manifest[file]["kind"] == "http-error":
            number = 0  # what nobody can parse, and an error, hold nothing that could be read
        if number is None:
            return None
        total += int(number)
    return total


def write_replay(folder: Path, corpora: Path, ids: Collection[str] | None = None) -> tuple[RoutedSource, ...]:
    """Write `replay.yml` for these sources (all by default) into `folder`, which must exist; gives the sources.

    Raises KeyError for an id that the routing does not have.
    """
    known = {source.id: source for source in read_routing()}
    sources = tuple(known.values()) if ids is None else tuple(known[name] for name in ids)
    routes: list[dict[str, object]] = []
    services: list[dict[str, object]] = []
    for source in sources:
        for answer in source.serve:
            if "ckan" in answer:
                lines = folder.resolve() / f"{source.id}.jsonl"
                _write_packages(lines, [corpora / name for name in answer["packages"]])
                services.append({"kind": "ckan", "base": answer["ckan"], "packages": str(lines), "rows_cap": 1000})
            elif "lines" in answer:
                target = folder.resolve() / f"{source.id}-{len(routes)}.json"
                _write_list(target, corpora / answer["lines"], answer)
                headers = {"Content-Type": "application/json"}
                routes.append({"url": answer["url"], "file": str(target), "status": 200, "headers": headers})
            else:
                routes.append(_route(answer, corpora))
    document = {"format": 1, "root": "/", "routes": routes, "services": services}
    (folder / "replay.yml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return sources


def _route(answer: Mapping[str, Any], corpora: Path) -> dict[str, object]:
    if "text" in answer:
        return {"url": answer["url"], "text": answer["text"], "headers": {"Content-Type": answer["type"]}}
    path = (corpora / answer["file"]).resolve()
    status, headers = _recorded(path)
    if "type" in answer:
        headers = {**headers, "Content-Type": answer["type"]}
    return {"url": answer["url"], "file": str(path), "status": status, "headers": headers}


def _recorded(path: Path) -> tuple[int, dict[str, str]]:
    """Status and headers of the recording beside a file; 200 and the type of its name where there is none."""
    sidecar = path.with_name(path.name.removesuffix(".gz") + ".http.json")
    if not sidecar.is_file():
        return 200, {"Content-Type": TYPES.get(path.suffix, "application/octet-stream")}
    response = json.loads(sidecar.read_text(encoding="utf-8"))["response"]
    kept = {name: text for name, text in response["headers"].items() if name.lower() in SIDECAR_HEADERS}
    return int(response["status"]["code"]), kept


def _write_packages(target: Path, files: Iterable[Path]) -> None:
    """Packages one a line: files of lines as they are, files of one package or a list of packages spread out."""
    with target.open("w", encoding="utf-8") as stream:
        for file in files:
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".jsonl":
                stream.write(text if text.endswith("\n") else text + "\n")
                continue
            value = json.loads(text)
            for package in value if isinstance(value, list) else [value]:
                stream.write(json.dumps(package, ensure_ascii=False) + "\n")


def _write_list(target: Path, file: Path, answer: Mapping[str, Any]) -> None:
    """The lines of a file as the list `as` of one JSON object, with their number under the name `total` where that is said."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    count = f", {json.dumps(answer['total'])}: {len(lines)}" if "total" in answer else ""
    target.write_text(f"{{{json.dumps(answer['as'])}: [{','.join(lines)}]{count}}}", encoding="utf-8")


def pack_source(source: RoutedSource) -> dict[str, object]:
    """The source as a file `sources/<id>.yml` of a country pack would declare it."""
    declared: dict[str, object] = {
        "title": {"es": source.id, "en": source.id},
        "protocol": source.protocol,
        "url": source.url,
    }
    if source.least != 1:
        declared["least"] = source.least
    if source.page_size is not None:
        declared["page_size"] = source.page_size
    return declared


def write_sources(folder: Path, sources: Iterable[RoutedSource]) -> None:
    """Write one `<id>.yml` a source into `folder`, the `sources` of a country pack."""
    for source in sources:
        text = yaml.safe_dump(pack_source(source), sort_keys=False, allow_unicode=True)
        (folder / f"{source.id}.yml").write_text(text, encoding="utf-8")
