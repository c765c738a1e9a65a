from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.tests.factories import UserFactory
from identity.models import TotpSecret
from identity.second_factor import sealing
from identity.tests.phone import KEYS
from tests.harness.clock import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def secrets(keys):
    """Three secrets, sealed by the first key."""
    for n in range(3):
        sealed = sealing.seal(f"secret {n}".encode())
        TotpSecret.objects.create(user=UserFactory(), secret=sealed, created_at=NOON)
    return keys


def rotate(**options):
    out, err = StringIO(), StringIO()
    try:
        call_command("rotate_encryption", stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue().strip(), str(error)
    return out.getvalue().strip(), ""


def opened():
    rows = TotpSecret.objects.order_by("pk")
    return [sealing.unseal(bytes(row.secret)).decode() for row in rows]


EVERY = ["secret 0", "secret 1", "secret 2"]


@pytest.mark.row("ID08")
def test_a_key_is_changed_and_the_old_one_taken_away(secrets):
    assert rotate() == ("3 processed, 0 sealed anew, 0 failed", "")
    secrets.ENCRYPTION_KEYS = [KEYS[1], KEYS[0]]
    assert opened() == EVERY
    dry = rotate(dry_run=True)
    assert dry == ("3 processed, 3 would be sealed anew, 0 failed", "")
    assert rotate(batch_size=2) == ("3 processed, 3 sealed anew, 0 failed", "")
    assert rotate() == ("3 processed, 0 sealed anew, 0 failed", "")
    secrets.ENCRYPTION_KEYS = KEYS[1:]
    assert opened() == EVERY


def test_what_no_key_opens_is_told_and_left_alone(secrets):
    secrets.ENCRYPTION_KEYS = KEYS[1:]
    before = list(TotpSecret.objects.order_by("pk").values_list("secret", flat=True))
    said, failed = rotate()
    assert said == "3 processed, 0 sealed anew, 3 failed"
    assert failed == "3 of 3 secrets open by no key."
    now = list(TotpSecret.objects.order_by("pk").values_list("secret", flat=True))
    assert list(map(bytes, now)) == list(map(bytes, before))


def test_without_a_key_nothing_is_rotated(settings):
    settings.ENCRYPTION_KEYS = []
    assert "ENCRYPTION_KEYS is empty" in rotate()[1]


def test_a_secret_is_another_text_each_time_it_is_sealed(keys):
    assert sealing.seal(b"same") != sealing.seal(b"same")
