"""What tells whether plans, or what was said of them, changed: by what the database knows of every row, however it came."""

from django.db import connection

_DOCUMENTS = """
SELECT plan.number, concat_ws('.', sum(plan.xmin::text::bigint), count(*), sum(commitment.xmin::text::bigint),
                              sum(version.xmin::text::bigint), count(version.id))
FROM commitments_plan AS plan
LEFT JOIN commitments_commitment AS commitment ON commitment.plan_id = plan.number
LEFT JOIN commitments_version AS version ON version.commitment_id = commitment.id
WHERE %(plan)s IS NULL OR plan.number = %(plan)s GROUP BY plan.number
"""
_READINGS = """
SELECT commitment.plan_id, concat_ws('.', count(*), sum(reading.xmin::text::bigint), max(reading.id))
FROM commitments_reading AS reading JOIN commitments_commitment AS commitment ON commitment.id = reading.commitment_id
WHERE %(plan)s IS NULL OR commitment.plan_id = %(plan)s GROUP BY commitment.plan_id
"""


def marks_of_plans(plan: int | None = None) -> dict[int, tuple[str, str]]:
    """Number of a plan → a mark of its documents, and one of the readings about it, of every plan or of one.

    A mark sums the transactions that last wrote each row: it changes with every row that comes, changes or goes, by whatever way,
    and never because of a transaction that did not end.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, {"plan": plan})
        documents = dict(cursor.fetchall())
        cursor.execute(_READINGS, {"plan": plan})
        readings = dict(cursor.fetchall())
    return {number: (mark, readings.get(number, "")) for number, mark in documents.items()}
