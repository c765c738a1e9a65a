"""Jobs as a test finds them in the queue, and workers that it needs no process for."""

from django.db import connection

from work.queue import Job, Status


def queued(**conditions):
    """List (task, what it is about) of the jobs that wait, oldest first."""
    waiting = Job.objects.filter(status=Status.TODO.value, **conditions)
    return [(job.task_name, job.args) for job in waiting.order_by("pk")]


def worker(*, silent_for=0):
    """Register a worker that was last heard of so many seconds ago; return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        return cursor.fetchone()[0]


def job(task="send_mail", *, status="todo", **columns):
    """Put a job into the queue as it stands at some moment; return its row."""
    columns = {"queue_name": "default", "task_name": task, "status": status} | columns
    names = ", ".join(columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO procrastinate_jobs ({names}) VALUES ({places}) RETURNING id",
            list(columns.values()),
        )
        (job_id,) = cursor.fetchone()
    return Job.objects.get(pk=job_id)
