"""A world that all tests of a module share: the transaction of each is rolled back to it.

To make one takes longer than most of what is then asked of it.
"""

from dataclasses import replace

import pytest
from django.db import transaction

from accounts.devices.one_door import open_device
from accounts.models import User
from accounts.tests.factories import UserFactory
from tests.harness.worlds import client_of, world_of


@pytest.fixture(scope="module")
def _lasting_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        user = UserFactory(username="alice_focus", email="alice@focusguard.com")
        yield world_of(user, client_of(open_device(user=user)))
        transaction.set_rollback(True)


@pytest.fixture
def alice(_lasting_world, db):
    """The owner, as the last test has not left her."""
    return User.objects.get(pk=_lasting_world.user.pk)


@pytest.fixture
def as_alice(_lasting_world, alice):
    """A client without what the last test's got, a cookie for one."""
    return client_of(_lasting_world.client.signed_in)


@pytest.fixture
def world(_lasting_world, alice, as_alice):
    return replace(_lasting_world, user=alice, client=as_alice)
