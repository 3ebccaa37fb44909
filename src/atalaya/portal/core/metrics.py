"""Figures for whoever runs the portal, as OpenMetrics text: requests, queue, database, last round, disk. None is of a person.

Off unless ATALAYA_METRICS allows it: `public`, or a token that must come with `Authorization: Bearer`.
"""

import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from atalaya.portal.core.metering import BOUNDS, METER, Counts
from atalaya.version import __version__

KIND = "application/openmetrics-text; version=1.0.0; charset=utf-8"
PUBLIC = "public"
LEAST_DISK = 256 << 20
"""Bytes that must be left on the disk: below that answers cannot be kept and uploads fail."""

Line = tuple[dict[str, str], float]


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; nobody but whom the setting allows learns that they are there."""
    if not _allowed(request):
        raise Http404
    return HttpResponse("".join(_text()), content_type=KIND, headers={"Cache-Control": "no-store"})


def ready(_request: HttpRequest) -> HttpResponse:
    """Whether this process can do its work: the database answers with its tables, observations are loaded, the disk has room."""
    lacks = [name for name, well in _readiness().items() if not well]
    said = {"status": "ready"} if not lacks else {"status": "not ready", "lacks": lacks}
    return JsonResponse(said, status=503 if lacks else 200, headers={"Cache-Control": "no-store"})


def _readiness() -> dict[str, bool]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT to_regclass('django_migrations') IS NOT NULL, to_regclass('published.edition') IS NOT NULL"
            )
            tables, published = cursor.fetchone()
    except DatabaseError:
        return {"database": False}
    return {
        "database": True,
        "migrations": tables,
        "observations": published,
        "disk": shutil.disk_usage(_disk()).free > LEAST_DISK,
    }


def _allowed(request: HttpRequest) -> bool:
    wanted = str(settings.METRICS)
    if wanted in ("", PUBLIC):
        return wanted == PUBLIC
    given = request.headers.get("Authorization", "")
    return secrets.compare_digest(given.encode(), f"Bearer {wanted}".encode())


def _text() -> Iterator[str]:
    """The exposition, family by family, as OpenMetrics 1.0 has it."""
    yield from _family("atalaya_build", "info", "The version that answers.", [({"version": __version__}, 1)], "_info")
    yield from _requests(METER.total())
    disk = shutil.disk_usage(_disk())
    gauges: tuple[tuple[str, str, list[Line]], ...] = (
        ("atalaya_jobs", "Jobs of the queue by state.", _jobs()),
        ("atalaya_oldest_job_seconds", "Age of the oldest job that is due and waits.", _oldest_job()),
        (
            "atalaya_database_bytes",
            "Size of the portal's database.",
            _one("SELECT pg_database_size(current_database())"),
        ),
        (
            "atalaya_last_observation_timestamp_seconds",
            "Moment of the newest observation that is shown.",
            _last_observation(),
        ),
        (
            "atalaya_disk_free_bytes",
            "Bytes left on the disk of the home folder.",
            [({}, disk.free)],
        ),
        ("atalaya_disk_size_bytes", "Bytes of the disk of the home folder.", [({}, disk.total)]),
    )
    for name, text, lines in gauges:
        if lines:
            yield from _family(name, "gauge", text, lines)
    yield "# EOF\n"


def _requests(counts: Counts) -> Iterator[str]:
    lines: list[Line] = [
        ({"method": method, "route": route, "status": status}, count)
        for (method, route, status), count in sorted(counts.requests.items())
    ]
    yield from _family("atalaya_requests", "counter", "Requests that were answered.", lines, "_total")
    yield "# TYPE atalaya_request_seconds histogram\n# UNIT atalaya_request_seconds seconds\n"
    yield "# HELP atalaya_request_seconds How long answers took.\n"
    for route in sorted(counts.seconds):
        total = 0
        for place, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            total += counts.bars[route, place]
            yield f"atalaya_request_seconds_bucket{_labels({'route': route, 'le': bound})} {total}\n"
        yield f"atalaya_request_seconds_count{_labels({'route': route})} {total}\n"
        yield f"atalaya_request_seconds_sum{_labels({'route': route})} {float(counts.seconds[route]):.6f}\n"


def _family(name: str, kind: str, text: str, lines: list[Line], suffix: str = "") -> Iterator[str]:
    yield f"# TYPE {name} {kind}\n# HELP {name} {text}\n"
    for labels, value in lines:
        yield f"{name}{suffix}{_labels(labels)} {value}\n"


def _labels(labels: dict[str, str]) -> str:
    def quoted(value: str) -> str:
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')

    return "{" + ",".join(f'{name}="{quoted(value)}"' for name, value in labels.items()) + "}" if labels else ""


def _jobs() -> list[Line]:
    rows = _ask("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status")
    return [({"state": str(state)}, float(str(count))) for state, count in rows]


def _oldest_job() -> list[Line]:
    return _one(
        "SELECT coalesce(extract(epoch FROM now() - min(coalesce(jobs.scheduled_at, added.at))), 0) "
        "FROM procrastinate_jobs AS jobs LEFT JOIN procrastinate_events AS added "
        "ON added.job_id = jobs.id AND added.type = 'deferred' "
        "WHERE jobs.status = 'todo' AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())"
    )


def _last_observation() -> list[Line]:
    rows = _ask("SELECT max(as_of)::text FROM published.edition")
    if not rows or rows[0][0] is None:
        return []
    moment = datetime.fromisoformat(str(rows[0][0]))
    return [({}, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())]


def _one(query: str) -> list[Line]:
    rows = _ask(query)
    return [({}, float(str(rows[0][0])))] if rows else []


def _ask(query: str) -> list[tuple[object, ...]]:
    """The rows of a query; none where the database, or the table, is not there: the other figures are told all the same."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())
    except DatabaseError:
        return []


def _disk() -> Path:
    return Path(settings.ATALAYA_HOME)
