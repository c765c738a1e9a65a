import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from mail import services
from mail.models import OutboxMail
from mail.signals import mail_queued
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    """List the mails that were announced."""
    seen = []

    def note(mail_id, **kwargs):
        seen.append(mail_id)

    mail_queued.connect(note)
    yield seen
    mail_queued.disconnect(note)


def queue(**fields):
    services.queue(**{"kind": "hello", "key": "hello:1"} | fields)


def test_queue_stores_a_mail_that_is_due_at_once(mail_on, alice, announced):
    queue(user_id=alice.pk, data={"link": 7})
    mail = OutboxMail.objects.due().get()
    assert (mail.kind, mail.key, mail.user_id) == ("hello", "hello:1", alice.pk)
    assert (mail.address, mail.data, mail.tries) == ("", {"link": 7}, 0)
    assert announced == [mail.pk]


def test_queue_stores_a_mail_for_later(mail_on, announced):
    later = timezone.now() + timedelta(hours=1)
    queue(address="ann@focusguard.test", due_at=later)
    assert OutboxMail.objects.get().due_at == later
    assert not OutboxMail.objects.due()


def test_queue_stores_a_key_once_and_announces_it_once(mail_on, alice, announced):
    queue(user_id=alice.pk)
    queue(user_id=alice.pk, data={"second": True})
    assert OutboxMail.objects.get().data == {}
    assert len(announced) == 1


def test_queue_stores_nothing_while_mail_is_off(alice, announced):
    queue(user_id=alice.pk)
    assert not services.is_on()
    assert not OutboxMail.objects.exists()
    assert not announced


def test_queue_wants_somebody_to_write_to(mail_on):
    with pytest.raises(ValueError, match="for a user or to an address"):
        queue()


def test_queue_goes_with_the_transaction_it_stands_in(mail_on, alice):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(user_id=alice.pk)
        raise ZeroDivisionError
    assert not OutboxMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_leaves_no_mail(mail_on, alice):
    def fail(**kwargs):
        raise ZeroDivisionError

    mail_queued.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            queue(user_id=alice.pk)
    finally:
        mail_queued.disconnect(fail)
    assert not OutboxMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_queue_of_one_key_at_once_stores_and_announces_one(mail_on, alice, announced):
    ready = threading.Barrier(5)

    def run():
        try:
            ready.wait()
            queue(user_id=alice.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert OutboxMail.objects.count() == len(announced) == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "lost", "ended_at": timezone.now()}, "mail_outbox_state_known"),
        ({"state": "sent"}, "mail_outbox_ended_once"),
        ({"ended_at": timezone.now()}, "mail_outbox_ended_once"),
        ({"address": ""}, "mail_outbox_to_somebody"),
        (
            {"state": "sent", "ended_at": timezone.now()},
            "mail_outbox_typed_address_erased",
        ),
        (
            {"state": "failed", "ended_at": timezone.now(), "address": ""},
            "mail_outbox_ended_with_reason",
        ),
        ({"kind": ""}, "mail_outbox_named"),
        ({"key": "hello:2"}, "mail_outbox_key_unique"),
        ({"tries": 9}, "mail_outbox_tries_bounded"),
    ],
)
def test_outbox_refuses(mail_on, change, constraint):
    queue(address="ann@focusguard.test")
    queue(address="ann@focusguard.test", key="hello:2")
    with breaks(constraint):
        OutboxMail.objects.filter(key="hello:1").update(**change)


def test_outbox_takes_no_mail_of_nobody(mail_on):
    with pytest.raises(Exception, match="mail_outbox_user_id"), transaction.atomic():
        queue(user_id=uuid4())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_mail_goes_with_its_user(mail_on, alice):
    queue(user_id=alice.pk)
    alice.delete()
    assert not OutboxMail.objects.exists()
