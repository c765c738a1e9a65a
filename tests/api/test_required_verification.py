"""`EMAIL_VERIFICATION=required`: who has not verified an address is seen by nobody."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory
from accounts.tests.post import delivered, token_in
from leaderboard.boards import BOARDS
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(mail_on, settings):
    settings.EMAIL_VERIFICATION = "required"


@pytest.fixture
def carol(anonymous, required):
    """A user who has just registered, and has focused for half an hour."""
    body = {"username": "carol", "email": "carol@focusguard.com", "password": PASSWORD}
    answer = anonymous.post("/api/auth/register", body)
    assert answer.status_code == 201
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}")
    client.id = answer.json()["user"]["id"]
    started = timezone.now() - timedelta(hours=1)
    user = User.objects.get(pk=client.id)
    FocusSessionFactory(user=user, created_at=started, done=True)
    rebuild_stats(user_id=client.id)
    return client


def listed_on(client, user_id):
    """Return the boards that list a user; each agrees with the tables."""
    call_command("verify_leaderboards", verbosity=0)
    found = set()
    for board in BOARDS:
        answer = client.get(f"/api/leaderboard/{board.slug}").json()
        if user_id in {entry["user_id"] for entry in answer["leaderboard"]}:
            found.add(board.slug)
        assert answer["total_users"] == len(answer["leaderboard"])
    return found


def apply(**options):
    said = StringIO()
    call_command("apply_email_verification", stdout=said, **options)
    return said.getvalue()


EVERYWHERE = {board.slug for board in BOARDS}


def test_a_client_is_told_why_nobody_sees_whom(anonymous, required, settings):
    ways = {"mail": True, "verification_required": True}
    assert anonymous.get("/api/auth/ways").json().items() >= ways.items()


def test_nobody_sees_whom_until_they_verify(carol, as_alice, anonymous, mail_on):
    assert listed_on(as_alice, carol.id) == listed_on(carol, carol.id) == set()
    unseen = as_alice.get(f"/api/users/{carol.id}")
    assert refusal(unseen) == (404, "USER_NOT_FOUND")
    assert carol.get("/api/users/me").json()["xp_points"] > 0
    assert carol.get("/api/leaderboard/xp").json()["current_user_rank"] == 1
    (letter,) = delivered(mail_on)
    confirmed = anonymous.post("/api/auth/email/confirm", {"token": token_in(letter)})
    assert confirmed.status_code == 200
    assert listed_on(as_alice, carol.id) == EVERYWHERE
    assert as_alice.get(f"/api/users/{carol.id}").status_code == 200


def test_a_reset_is_a_proof_as_well(carol, as_alice, anonymous, mail_on):
    anonymous.post("/api/auth/password/forgot", {"email": "carol@focusguard.com"})
    letter = delivered(mail_on)[-1]
    body = {"token": token_in(letter), "new_password": "another long phrase 7"}
    assert anonymous.post("/api/auth/password/reset", body).status_code == 204
    assert listed_on(as_alice, carol.id) == EVERYWHERE


def test_an_address_that_staff_give_has_to_be_proven_too(carol, as_alice, ada):
    user = User.objects.get(pk=carol.id)
    User.objects.filter(pk=user.pk).update(
        awaits_verification=False, email_verified_at=timezone.now()
    )
    services.update_profile(user=user, changes={"email": "new@focusguard.com"}, by=ada)
    assert listed_on(as_alice, carol.id) == set()


def test_a_pending_change_hides_nobody(carol, as_alice):
    User.objects.update(awaits_verification=False, email_verified_at=timezone.now())
    carol.put("/api/users/me", {"email": "new@focusguard.com"})
    assert listed_on(as_alice, carol.id) == EVERYWHERE


def test_the_setting_is_switched_on_and_off_with_people_there(
    carol, as_alice, settings
):
    verified = UserFactory(email_verified_at=timezone.now())
    User.objects.filter(pk=carol.id).update(awaits_verification=False)
    assert listed_on(as_alice, carol.id) == EVERYWHERE
    assert apply(dry_run=True) == "2 accounts would wait for a verification\n"
    assert listed_on(as_alice, carol.id) == EVERYWHERE
    assert apply(batch_size=1) == "2 accounts wait for a verification\n"
    assert apply() == "0 accounts wait for a verification\n"
    assert listed_on(as_alice, carol.id) == set()
    verified.refresh_from_db()
    assert not verified.awaits_verification
    settings.EMAIL_VERIFICATION = "optional"
    assert apply() == "2 accounts wait no more\n"
    assert listed_on(as_alice, carol.id) == EVERYWHERE


def test_where_it_is_optional_nobody_waits(anonymous, mail_on):
    body = {"username": "carol", "email": "carol@focusguard.com", "password": PASSWORD}
    anonymous.post("/api/auth/register", body)
    assert not User.objects.get().awaits_verification
