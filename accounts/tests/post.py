"""The mails that accounts send, as who reads them has them."""

import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mail.sending import send_due

LINK = re.compile(r"https://app\.focusguard\.test/(\w+)#([\w-]+)")


def delivered(mail_on):
    """Send what is due; return what of it went out, oldest first."""
    before = {message["Message-ID"] for message in mail_on()}
    send_due(100)
    return [message for message in mail_on() if message["Message-ID"] not in before]


def text_of(message):
    return message.get_body(("plain",)).get_content()


def link_in(message):
    """Return the page and the token of the link in a mail."""
    (page, token), *_ = LINK.findall(text_of(message))
    return page, token


def token_in(message):
    return link_in(message)[1]


@contextmanager
def statements(count):
    """Hold the block to so many statements, beside those that let a worker know."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured]
    ours = [sql for sql in asked if "procrastinate" not in sql]
    assert len(ours) == count, "\n".join(ours)
