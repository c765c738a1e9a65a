"""Sending: a mail is taken from the outbox, handed to the server, its end recorded.

Taking it and recording are short transactions, and none is open while the server is
spoken to: one that hangs holds no lock. A sender that dies in between leaves a mail that
is due again after `LEASE`. So each goes out at least once, always by one Message-ID.
"""

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Case, F, JSONField, QuerySet, Value, When
from django.db.models.functions import Now

from mail import services
from mail.addresses import is_mailable
from mail.composing import compose
from mail.letters import builder
from mail.models import MAX_TRIES, OutboxMail
from mail.replies import Refusal, refusal

logger = logging.getLogger("focusguard.mail")

State = OutboxMail.State

# Longer than any conversation with the server may be (`mail.delivery`).
LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=30)  # each further one is twice as long
SPREAD = 0.2
LONGEST_REASON = 200
NO_OUTCOME = "The sender of the last try did not come back."
# Of a mail that has ended: what somebody typed is kept no longer, nor whence they did.
KEPT_ADDRESS = Case(When(user=None, then=Value("")), default=F("address"))
KEPT_DATA = Case(When(user=None, then=Value({}, JSONField())), default=F("data"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a try: `waiting` where there will be another.

    `server_away`: the next mail would meet the same.
    """

    state: State
    reason: str = ""
    server_away: bool = False


def send(mail_id: UUID) -> None:
    """Send this mail if it is due and nobody else has it; harmless to repeat."""
    if services.is_on():
        this = OutboxMail.objects.filter(pk=mail_id)
        _give_up(this)
        if mail := _take(this):
            _finish(mail)


def send_due(limit: int) -> int:
    """Send what is due, oldest first; return how many mails were tried."""
    return sum(1 for _ in outcomes(limit))


def outcomes(limit: int) -> Iterator[Outcome]:
    """Send up to `limit` mails that are due, and say what came of each.

    It ends where the server is away: the others keep their tries, and are still due.
    """
    if not services.is_on():
        return
    _give_up(OutboxMail.objects.all())
    for _ in range(limit):
        mail = _take(OutboxMail.objects.all())
        if mail is None:
            return
        outcome = _finish(mail)
        yield outcome
        if outcome.server_away:
            return


def _take(mails: "QuerySet[OutboxMail]") -> OutboxMail | None:
    """Take the one that is due for longest, so that no other sender has it meanwhile."""
    with transaction.atomic(durable=True):
        due = mails.filter(
            state=State.WAITING, due_at__lte=Now(), tries__lt=MAX_TRIES
        ).order_by("due_at")
        mail = due.select_for_update(skip_locked=True, no_key=True).first()
        if mail is not None:
            mail.tries += 1
            OutboxMail.objects.filter(pk=mail.pk).update(
                tries=mail.tries, due_at=Now() + LEASE
            )
    return mail


def _give_up(mails: "QuerySet[OutboxMail]") -> None:
    """End those whose last try nobody came back from."""
    mails.filter(state=State.WAITING, due_at__lte=Now(), tries__gte=MAX_TRIES).update(
        state=State.FAILED,
        reason=NO_OUTCOME,
        ended_at=Now(),
        address=KEPT_ADDRESS,
        data=KEPT_DATA,
    )


def _finish(mail: OutboxMail) -> Outcome:
    outcome = _try(mail)
    if outcome.state == State.WAITING and mail.tries >= MAX_TRIES:
        outcome = Outcome(State.FAILED, outcome.reason, outcome.server_away)
    _record(mail, outcome)
    level = logging.WARNING if outcome.state == State.FAILED else logging.INFO
    details = {"mail_id": mail.pk, "kind": mail.kind, "tries": mail.tries}
    reason = f": {outcome.reason}" if outcome.reason else ""
    logger.log(level, "mail %s%s", outcome.state.value, reason, extra=details)
    return outcome


def _try(mail: OutboxMail) -> Outcome:
    """Make the letter and hand it over. Whatever goes wrong is an outcome."""
    try:
        build = builder(mail.kind)
        if build is None:
            # An older release may run beside the one that queued this.
            return Outcome(State.WAITING, "No app of this release writes this kind.")
        with transaction.atomic(durable=True):
            letter = build(mail)
        if letter is None:
            return Outcome(State.DROPPED, "It was not due any more.")
        if not is_mailable(letter.to):
            return Outcome(State.FAILED, "No mail can be sent to this address.")
        message = compose(mail, letter)
    except Exception as error:
        logger.exception("the letter could not be made", extra={"mail_id": mail.pk})
        return Outcome(State.WAITING, f"The letter failed: {type(error).__name__}.")
    try:
        get_connection().send_messages([message])
    except Exception as error:
        return _outcome(refusal(error, quoted=mail.user_id is not None))
    return Outcome(State.SENT)


def _outcome(refused: Refusal) -> Outcome:
    state = State.FAILED if refused.final else State.WAITING
    return Outcome(state, refused.reason[:LONGEST_REASON], refused.of_server)


def _record(mail: OutboxMail, outcome: Outcome) -> None:
    mine = OutboxMail.objects.filter(pk=mail.pk, state=State.WAITING)
    if outcome.state == State.WAITING:
        # Not over a newer try's, where this one was held up for longer than its lease.
        mine.filter(tries=mail.tries).update(
            reason=outcome.reason, due_at=Now() + _pause(mail.tries)
        )
        return
    if outcome.state == State.FAILED:
        mine = mine.filter(tries=mail.tries)
    mine.update(
        state=outcome.state,
        reason=outcome.reason,
        ended_at=Now(),
        address=KEPT_ADDRESS,
        data=KEPT_DATA,
    )


def _pause(tries: int) -> timedelta:
    """Return the pause after so many tries: 30 s, 1 min, 2 min … ± 20 %.

    Spread, so that the mails of an outage do not come back all at once.
    """
    spread = random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311  (no secret)
    return FIRST_PAUSE * float(2 ** (tries - 1)) * spread
