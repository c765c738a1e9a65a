"""Jobs for imports. The row says what is due, and a job only drives it."""

from collections import defaultdict

from django.db import connection

from importing.models import Status
from work import queue
from work.queue import HEAVY

AT_A_TIME = 1000
STEPS = {Status.READING: "read", Status.APPLYING: "apply", Status.UNDOING: "undo"}

WITHOUT_A_JOB = """
SELECT i.id::text, i.status FROM imports i
WHERE i.status = ANY(%s) AND NOT EXISTS (
    SELECT FROM procrastinate_jobs j
    WHERE j.status IN ('todo', 'doing') AND j.queue_name = %s
      AND j.args ->> 'import_id' = i.id::text
)
ORDER BY i.created_at LIMIT %s
"""


def task_of(step: str) -> str:
    """Return the name of the task that does a step of an import."""
    return f"{step}_import"


def sweep() -> int:
    """Give each import a job that is due and has none; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_A_JOB, [list(STEPS), HEAVY, AT_A_TIME])
        lost = cursor.fetchall()
    by_step: dict[str, list[dict[str, str]]] = defaultdict(list)
    for import_id, status in lost:
        by_step[STEPS[status]].append({"import_id": import_id})
    return sum(
        queue.defer_each(task_of(step), queue=HEAVY, ids=ids)
        for step, ids in by_step.items()
    )
