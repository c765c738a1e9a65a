"""Sentry is told of the rule that refused a row, and not of the row (ADR 34)."""

import json
import logging
from functools import partial
from typing import ClassVar

import pytest
import sentry_sdk
from django.db import IntegrityError
from sentry_sdk.integrations.logging import LoggingIntegration

from accounts.models import User
from accounts.tests.factories import UserFactory
from focusguard import reporting

pytestmark = [
    pytest.mark.django_db,
    # It says what we want on every version that the requirements allow.
    pytest.mark.filterwarnings("ignore:The send_default_pii option:DeprecationWarning"),
]

MAIL = "somebody.who.left@focusguard.test"


class Kept(sentry_sdk.transport.Transport):
    """Keeps what would be sent."""

    sent: ClassVar[list[str]] = []

    def capture_envelope(self, envelope):
        self.sent.append(json.dumps([item.payload.json for item in envelope.items]))


@pytest.fixture
def sent(settings, monkeypatch):
    """Collect what a process with our settings of Sentry would have sent."""
    settings.SENTRY_DSN = "http://key@127.0.0.1:9/1"
    monkeypatch.setattr(Kept, "sent", [])
    init = partial(
        sentry_sdk.init,
        transport=Kept,
        # The others would change Django and more for every test that follows.
        default_integrations=False,
        integrations=[LoggingIntegration()],
    )
    monkeypatch.setattr(sentry_sdk, "init", init)
    with sentry_sdk.isolation_scope():
        before = sentry_sdk.get_global_scope().client
        reporting.report_errors()
        yield Kept.sent
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(before)


@pytest.mark.parametrize("how", ["exception", "text", "argument", "breadcrumb"])
def test_refused_row_is_left_out_however_it_is_told(sent, how):
    UserFactory(email=MAIL)
    log = logging.getLogger("focusguard.test")
    try:
        User.objects.create(username="another", email=MAIL)
    except IntegrityError as error:
        assert MAIL in str(error)
        if how == "exception":
            log.exception("not saved")
        elif how == "text":
            log.error(f"not saved: {error}")
        elif how == "argument":
            log.error("not saved: %s", error)
        else:
            log.warning("not saved: %s", error)
            log.error("given up")
    (event,) = sent
    assert "duplicate key value" in event
    assert MAIL not in event


def test_no_token_of_a_program_leaves(sent):
    """Caught: the address of a request that failed, as it came."""
    token = "fgp_" + "4fT9cQzLw2K8" * 4 + "0"
    log = logging.getLogger("focusguard.test")
    log.error("GET /api/users/%s failed", token)
    (event,) = sent
    assert "GET /api/users/fgp_* failed" in event
    assert token not in event
