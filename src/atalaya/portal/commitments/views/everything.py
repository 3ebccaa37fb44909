"""All plans with everything that was said of them, as one ZIP: plans and self-assessments as JSON, readings as CSV."""

import csv
import io
import zipfile
from collections.abc import Iterator

import orjson
from django.http import HttpRequest, HttpResponse

from atalaya.history.export import guarded
from atalaya.portal.commitments.models import Assessment, Reading
from atalaya.portal.commitments.standings import standings_now
from atalaya.portal.commitments.views.pages import current
from atalaya.publish.plan_files import json_of

COLUMNS = (
    "plan", "commitment", "milestone", "voice", "institution", "level", "on", "as_of", "share", "note", "withdrawn",
    "withdrawn_why", "evidence",
)  # fmt: skip
"""Columns of the readings."""
_NEW = (1980, 1, 1, 0, 0, 0)
"""The same bytes for the same plans: ZIP knows no other oldest moment."""


@current
def everything(request: HttpRequest) -> HttpResponse:
    """Give the ZIP."""
    del request
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in standings_now():
            _add(archive, f"plan-{each.plan.number}.json", json_of(each.plan))
        _add(archive, "readings.csv", "".join(_readings()).encode("utf-8-sig"))
        rows = Assessment.objects.exclude(published=None).values(
            "plan", "term", "number", "as_of", "published", "document"
        )
        _add(archive, "self-assessments.json", orjson.dumps(list(rows), option=orjson.OPT_INDENT_2))
    response = HttpResponse(body.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="planes.zip"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _add(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _NEW), body, zipfile.ZIP_DEFLATED)


def _readings() -> Iterator[str]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    rows = Reading.objects.select_related("commitment").prefetch_related("evidence")
    for row in rows.order_by("commitment__plan", "commitment__number", "milestone", "on", "id").iterator(
        chunk_size=2000
    ):
        told = [getattr(row, name) for name in COLUMNS[2:-1]]
        links = "\n".join(each.url for each in row.evidence.all())
        plain = ("" if cell is None else str(cell) for cell in (*told, links))
        writer.writerow([row.commitment.plan_id, row.commitment.number, *map(guarded, plain)])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
