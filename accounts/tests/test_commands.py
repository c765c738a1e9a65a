from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.management.commands import changepassword
from accounts.models import AuthSession, MailLink, SecurityEvent, User
from accounts.tests.factories import PASSWORD, MailLinkFactory
from focusguard.db.tests.elsewhere import held_elsewhere

NEW_PASSWORD = "another long phrase 7"

pytestmark = pytest.mark.django_db


def prune(*args, **options):
    """Run the command; return what it said."""
    out = StringIO()
    call_command("prune_auth_sessions", *args, **options, stdout=out)
    return out.getvalue()


def device(user, *, expired=None, revoked=None):
    """Store a device that expired or was signed out so many days ago."""
    now = timezone.now()
    return AuthSession.objects.create(
        user=user,
        created_at=now - timedelta(days=100),
        last_used_at=now - timedelta(days=100),
        expires_at=now + timedelta(days=7 if expired is None else -expired),
        revoked_at=None if revoked is None else now - timedelta(days=revoked),
        revoked_reason="" if revoked is None else "logout",
    )


def test_prune_deletes_what_ended_more_than_90_days_ago(alice):
    device(alice, expired=91)
    device(alice, revoked=91)
    kept = {
        device(alice).pk,
        device(alice, expired=89).pk,
        device(alice, revoked=89).pk,
    }
    assert prune() == "2 devices deleted\n"
    assert set(AuthSession.objects.values_list("pk", flat=True)) == kept


def test_prune_takes_another_number_of_days(alice):
    device(alice, expired=8)
    assert prune(days=7) == "1 devices deleted\n"


def test_prune_deletes_links_that_expired_a_day_ago(alice):
    now = timezone.now()
    MailLinkFactory(user=alice, expires_at=now - timedelta(hours=25))
    kept = {
        MailLinkFactory(user=alice, expires_at=now - timedelta(hours=23)).pk,
        MailLinkFactory(user=alice).pk,
    }
    call_command("prune_mail_links", verbosity=0)
    assert set(MailLink.objects.values_list("pk", flat=True)) == kept


@pytest.mark.row("L05")
def test_prune_works_in_batches_until_nothing_is_left(alice):
    for _ in range(5):
        device(alice, expired=91)
    assert prune(batch_size=2) == "5 devices deleted\n"


def test_prune_dry_run_counts_and_deletes_nothing(alice):
    device(alice, expired=91)
    device(alice)
    assert prune(dry_run=True) == "1 devices would be deleted\n"
    assert AuthSession.objects.count() == 2


@pytest.mark.row("C14")
def test_prune_refuses_to_run_twice_at_once(alice):
    device(alice, expired=91)
    with (
        held_elsewhere("prune_auth_sessions"),
        pytest.raises(CommandError, match="Another prune_auth_sessions") as refused,
    ):
        prune()
    assert refused.value.returncode == 1
    assert AuthSession.objects.count() == 1


@pytest.mark.parametrize("days", ["0", "-3", "soon", "99999999999"])
def test_prune_refuses_a_number_of_days_that_is_none(days):
    with pytest.raises(CommandError, match="days"):
        prune(f"--days={days}")


def test_prune_is_silent_when_told_to(alice):
    device(alice, expired=91)
    assert prune(verbosity=0) == ""


@pytest.fixture
def typed(monkeypatch):
    """Type these at the prompts of `changepassword`, one after the other."""

    def type_(*answers):
        left = list(answers)
        monkeypatch.setattr(changepassword, "getpass", lambda prompt: left.pop(0))
        return left

    return type_


@pytest.mark.parametrize("name", ["alice_focus", "Alice@focusguard.com"])
def test_changepassword_signs_out_everywhere_and_is_written_down(
    alice, as_alice, anonymous, typed, capsys, name
):
    typed(NEW_PASSWORD, NEW_PASSWORD)
    call_command("changepassword", name)
    assert "signed out everywhere" in capsys.readouterr().out
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert as_alice.get("/api/users/me").status_code == 401
    body = {"refresh_token": as_alice.signed_in.refresh_token}
    assert anonymous.post("/api/auth/refresh", body).status_code == 401
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user) == (SecurityEvent.Kind.PASSWORD_CHANGED, alice)


def test_changepassword_keeps_what_was_earned_while_somebody_typed(
    alice, typed, monkeypatch
):
    def earn_and_type(prompt):
        User.objects.filter(pk=alice.pk).update(xp_points=50)
        return NEW_PASSWORD

    monkeypatch.setattr(changepassword, "getpass", earn_and_type)
    call_command("changepassword", "alice_focus", verbosity=0)
    alice.refresh_from_db()
    assert alice.xp_points == 50


@pytest.mark.parametrize(
    ("name", "answers", "told"),
    [
        ("nobody_here", [], "does not exist"),
        ("alice_focus", ["one 1234567", "other 12345"] * 3, "do not match"),
        ("alice_focus", ["password1"] * 6, "too common"),
    ],
)
def test_changepassword_refused_changes_nothing(
    alice, typed, capsys, name, answers, told
):
    left = typed(*answers)
    with pytest.raises(CommandError) as refused:
        call_command("changepassword", name)
    assert told in str(refused.value) + capsys.readouterr().err
    assert left == []
    assert User.objects.get().check_password(PASSWORD)
    assert not SecurityEvent.objects.exists()


def test_createsuperuser_is_written_down(alice, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    names = {"username": "root_admin", "email": "Root@EXAMPLE.com"}
    call_command("createsuperuser", interactive=False, verbosity=0, **names)
    made = User.objects.get(is_superuser=True)
    assert (made.username, made.email) == ("root_admin", "Root@example.com")
    event = SecurityEvent.objects.get()
    assert event.kind == SecurityEvent.Kind.STAFF_ACCESS_CHANGED
    assert event.user == made


@pytest.mark.parametrize("ended_by", [EOFError, KeyboardInterrupt])
def test_changepassword_says_in_a_sentence_that_nothing_was_typed(
    alice, monkeypatch, ended_by
):
    def nothing(prompt):
        raise ended_by

    monkeypatch.setattr(changepassword, "getpass", nothing)
    with pytest.raises(CommandError, match="No password was typed"):
        call_command("changepassword", "alice_focus", verbosity=0)
    assert not SecurityEvent.objects.exists()
