"""Answers and inspections as rows of the tables, and back again."""

from typing import cast

from atalaya.checks.cases import ProbeFacts
from atalaya.fetch.answers import Answer
from atalaya.history.records import Fields, fields_of
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column, Defect, Dialect, Document, Geometry, Inspection, Member, Table
from atalaya.rounds.inspection_rows import table_keys
from atalaya.store.tables import Row

STABLE_HEADERS = (
    "content-type",
    "content-disposition",
    "content-encoding",
    "content-language",
)
"""Headers that describe the answer rather than the moment; the others change on every read and would move hashes."""


def probe_row(resource_id: str, url: str, answer: Answer, *, second_look: bool) -> Row:
    """The row of one probe; `url` is the published address."""
    blob = answer.blob
    return {
        "resource_id": resource_id,
        "url": url,
        "final_url": led_to(answer.final_url, url),
        "status": 200 if answer.not_modified else answer.status,
        "failure": answer.failure and answer.failure.value,
        "tls_failure": answer.tls_failure and answer.tls_failure.value,
        "redirects": [led_to(target, url) for target in answer.redirects],
        "headers": stable_headers(answer),
        "media_type": media_type(answer.headers.get("content-type")),
        "sha256": blob and blob.sha256,
        "size": blob and blob.size,
        "kept": blob and blob.kept,
        "second_look": second_look,
    }


def led_to(target: str, published: str) -> str:
    """Where an address led, without its query: signed links carry secrets there, and new ones at every request."""
    return target if target == published else target.partition("?")[0]


def validator_row(url: str, purpose: str, answer: Answer) -> Row | None:
    """What the next round needs to ask whether an address changed; None where its answer cannot be asked for again so."""
    etag, moment = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.blob is None or answer.failure is not None or not (etag or moment):
        return None
    if not (answer.not_modified or 200 <= (answer.status or 0) < 300):
        return None
    return {
        "url": url,
        "purpose": purpose,
        "sha256": answer.blob.sha256,
        "etag": etag,
        "last_modified": moment,
        "final_url": answer.final_url,
        "headers": stable_headers(answer),
    }


def stable_headers(answer: Answer) -> dict[str, str]:
    """The headers of an answer that are kept."""
    return {name: answer.headers[name] for name in STABLE_HEADERS if name in answer.headers}


def media_type(content_type: str | None) -> str | None:
    """The media type of a Content-Type header, lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower() or None if content_type else None


def probe_facts(row: Row) -> ProbeFacts:
    """What a check may know of a probe."""
    fields = cast(Fields, row)
    return ProbeFacts(
        url=fields["url"],
        final_url=fields["final_url"],
        status=fields["status"],
        failure=fields["failure"],
        tls_failure=fields["tls_failure"],
        media_type=fields["media_type"],
        headers=fields["headers"],
        redirects=tuple(fields["redirects"]),
        size=fields["size"],
        sha256=fields["sha256"],
        whole=fields["kept"] != "ends",
        second_look=fields["second_look"],
    )


def inspection_of(row: Row, columns: dict[str, list[Row]]) -> Inspection:
    """The inspection that rows hold; `columns` are its column rows by table key."""
    fields = fields_of(row, "inspections", "resource_id")
    keys = table_keys([table["name"] for table in fields["tables"]])
    tables = tuple(_table_of(table, columns.get(key, [])) for key, table in zip(keys, fields["tables"], strict=True))
    return Inspection(
        **{
            **fields,
            "dialect": Dialect(**fields["dialect"]) if fields["dialect"] else None,
            "members": tuple(Member(**member) for member in fields["members"]),
            "defects": tuple(Defect(**defect) for defect in fields["defects"]),
            "tables": tables,
            "document": Document(**fields["document"]) if fields["document"] else None,
        }
    )


def _table_of(fields: Fields, columns: list[Row]) -> Table:
    ordered = sorted(cast(list[Fields], columns), key=lambda column: int(column["column"]))
    return Table(
        **{
            **fields,
            "geometry": Geometry(**fields["geometry"]) if fields.get("geometry") else None,
            "defects": tuple(map(_defect_of, fields.get("defects", ()))),
        },
        columns=tuple(
            Column(
                position=column["column"], name=column["name"], kind=column["kind"], filled=column["filled"],
                missing=column["missing"], distinct=column["distinct"],
                personal=column.get("personal"),
            )
            for column in ordered
        ),
    )  # fmt: skip


def _defect_of(fields: Fields) -> CellDefect:
    """A defect as it is stored: without the values that show it."""
    lists = {name: tuple(fields[name]) for name in ("columns", "cells", "rows")}
    return CellDefect(
        id=fields["id"],
        count=fields["count"],
        detail=fields["detail"],
        shown=fields.get("shown"),
        doubtful=fields.get("doubtful", False),
        **lists,
    )
