"""Jobs for mails. The row in the outbox is the truth, and a job only drives it.

A row says when it is due and whether it has ended: a job that is lost, or too many,
changes nothing. So a try that did not send has its next job at the row's `due_at`, and
a row that is due without a job gets one.
"""

from uuid import UUID

from django.db import connection
from django.utils import timezone

from mail import sending, services
from mail.models import OutboxMail
from work import queue
from work.queue import MAIL, SEND_MAIL

AT_A_TIME = 1000

WITHOUT_A_JOB = """
SELECT m.id::text FROM mail_outbox m
WHERE m.state = 'waiting' AND m.due_at <= now() AND NOT EXISTS (
    SELECT FROM procrastinate_jobs j
    WHERE j.status IN ('todo', 'doing') AND j.task_name = %s
      AND j.args ->> 'mail_id' = m.id::text
)
ORDER BY m.due_at LIMIT %s
"""


def send(mail_id: UUID) -> None:
    """Send a mail if it is due; where it is due later, a job waits for that."""
    sending.send(mail_id)
    waiting = OutboxMail.objects.waiting().filter(pk=mail_id, due_at__gt=timezone.now())
    due_at = waiting.values_list("due_at", flat=True).first()
    if due_at is not None and services.is_on():
        queue.defer(SEND_MAIL, queue=MAIL, at=due_at, mail_id=str(mail_id))


def sweep() -> int:
    """Give each mail a job that is due and has none; return how many there were."""
    if not services.is_on():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_A_JOB, [SEND_MAIL, AT_A_TIME])
        lost = [{"mail_id": mail_id} for (mail_id,) in cursor.fetchall()]
    return queue.defer_each(SEND_MAIL, queue=MAIL, ids=lost) if lost else 0
