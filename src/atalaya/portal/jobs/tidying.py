"""Jobs that ended long ago are forgotten, so that the queue's tables stay small."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

KEPT = timedelta(days=30)
"""How long a job that ended is kept: long enough to look into what happened the month before."""

_OLD = """
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT job.id FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
        WHERE job.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
        GROUP BY job.id HAVING max(event.at) < %s)
"""


def tidy() -> int:
    """Remove the jobs that ended before `KEPT`, with their events; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD, (timezone.now() - KEPT,))
        return int(cursor.rowcount)
