"""The addresses of the files of a publication in the OCP Data Registry, which its JSON describes without giving them.

`/en/publications.json` lists the publications; a file is `/en/publication/<id>/download?name=<full or year>.<suffix>`
(https://github.com/open-contracting/data-registry, `data_registry/urls.py` and `exporter/views.py`). These links are made by a
rule of ours, so they are derived.
"""

from collections.abc import Mapping

from atalaya.catalogue.records import Distribution
from atalaya.harvest import values
from atalaya.harvest.bodies import join
from atalaya.harvest.ocds_periods import span
from atalaya.harvest.ocds_publications import File

SUFFIXES: Mapping[str, str] = {"jsonl": "jsonl.gz", "csv": "csv.tar.gz", "xlsx": "xlsx"}
"""The files that the registry exports, format → suffix."""


def is_registry_entry(item: object) -> bool:
    """Whether an object is a publication as the registry lists it."""
    return isinstance(item, dict) and all(name in item for name in ("id", "title", "source_id", "retrieval_frequency"))


def registry_files(item: Mapping[str, object], base: str) -> list[File]:
    """The files of one publication: those that it counts by year, else the whole in JSON Lines, which
    every one has that was ever collected."""
    native_id = values.word(item.get("id"))
    listed = item.get("files")
    if native_id is None:
        return []
    if not isinstance(listed, dict) or not listed:
        collected = not values.is_blank(item.get("last_retrieved"))
        return [_file(base, native_id, "jsonl", "full", None)] if collected else []
    found = []
    for name in SUFFIXES:
        known = listed.get(name)
        if not isinstance(known, dict):
            continue
        if known.get("full"):
            found.append(_file(base, native_id, name, "full", values.byte_size(known["full"])))
        years = known.get("by_year", known.get("years"))
        for year in years if isinstance(years, list) else ():
            stated = values.word(year.get("year")) if isinstance(year, dict) else values.word(year)
            size = values.byte_size(year.get("size")) if isinstance(year, dict) else None
            if span(stated) is not None and stated is not None:
                found.append(_file(base, native_id, name, stated, size))
    return found


def _file(base: str, native_id: str, name: str, part: str, size: int | None) -> File:
    url = join(base, f"publication/{native_id}/download?name={part}.{SUFFIXES[name]}")
    title = {"": part}
    distribution = Distribution(title=title, download_url=url, format=name, byte_size=size, derived=True)
    return File(distribution, span(part))
