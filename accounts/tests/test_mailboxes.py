"""One mailbox, one account, however its address is typed."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.mailboxes import canonical_identifier, canonical_mailbox
from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory
from focusguard.db.constraints import violated_constraint
from tests.harness.answers import refusal

SOFT_HYPHEN, ZERO_WIDTH = "\u00ad", "\u200b"
PLAIN = [
    "ann@example.com",
    "Ann@EXAMPLE.com",
    "ann@example.com.",
    "ann@\uff45xample.com",
    "ann@example\u3002com",
    f"ann@exam{SOFT_HYPHEN}ple.com",
    f"ann@exa{ZERO_WIDTH}mple.com",
    f"a{SOFT_HYPHEN}nn@example.com",
    f"ann{ZERO_WIDTH}@example.com",
    "\uff41nn@example.com",
    '"ann"@example.com',
]
UMLAUT = [
    "ann@b\u00fccher.example",
    "ann@bu\u0308cher.example",
    "ann@B\u00dcCHER.example",
    "ann@xn--bcher-kva.example",
    "ann@XN--BCHER-KVA.example",
    "ann@\uff58n--bcher-kva.example.",
]
KELVIN = ["kim@example.com", "\u212aim@example.com", "\uff4bim@example.com"]
MAILBOXES = [PLAIN, UMLAUT, KELVIN]
NONE = [
    "ann",
    "@example.com",
    "ann@",
    "ann@example..com",
    "ann@-example.com",
    "ann@\u202eexample.com",
    "ann@[127.0.0.1]",
    "ann@exa mple.com",
    "ann@example.com\n",
    '"a nn"@example.com',
    '"ann',
    "\u00e4nn@example.com",
    "ann.@example.com",
    "a..nn@example.com",
    "ann@xn--zzzzzzz99999.example",
    "ann@" + "a" * 64 + ".com",
    "a" * 250 + "@example.com",
]

spelled = pytest.mark.parametrize(
    ("first", "other"),
    [(forms[0], form) for forms in MAILBOXES for form in forms],
    ids=ascii,
)


@spelled
def test_every_spelling_has_one_form(first, other):
    assert canonical_mailbox(other).lower() == canonical_mailbox(first).lower()
    assert canonical_identifier(other) == canonical_identifier(first)


@pytest.mark.parametrize(
    "address",
    [
        "a.nn@example.com",
        "ann+tag@example.com",
        "an-n@r3---sn.example.com",
        "o'hara@example.com",
        "ann@localhost",
        "ann@fa\u00df.example",
    ],
)
def test_what_a_provider_may_tell_apart_is_kept_apart(address):
    assert canonical_mailbox(address) != canonical_mailbox("ann@example.com")
    assert canonical_mailbox(canonical_mailbox(address)) == canonical_mailbox(address)


@pytest.mark.parametrize("address", NONE, ids=ascii)
def test_what_is_no_mailbox_is_refused(address):
    with pytest.raises(ValidationError):
        canonical_mailbox(address)


def register(client, email, username="ann_other"):
    body = {"username": username, "email": email, "password": PASSWORD}
    return client.post("/api/auth/register", body)


@pytest.mark.django_db
@spelled
def test_mailbox_is_registered_once(anonymous, first, other):
    made = register(anonymous, other, "ann")
    assert made.status_code == 201
    assert made.json()["user"]["email"].lower() == canonical_mailbox(first).lower()
    assert refusal(register(anonymous, first)) == (409, "EMAIL_TAKEN")


@pytest.mark.django_db
@spelled
def test_any_spelling_signs_in(anonymous, first, other):
    register(anonymous, first, "ann")
    body = {"username": other, "password": PASSWORD}
    assert anonymous.post("/api/auth/login", body).status_code == 200
    assert User.objects.get_by_natural_key(other).username == "ann"


@pytest.mark.django_db
@spelled
def test_profile_takes_no_mailbox_of_somebody_else(as_alice, first, other):
    UserFactory(email=canonical_mailbox(first))
    answer = as_alice.put("/api/users/me", {"email": other})
    assert refusal(answer) == (409, "EMAIL_TAKEN")


@pytest.mark.django_db
@pytest.mark.parametrize("address", NONE[:4], ids=ascii)
def test_no_mailbox_is_told_at_its_field(anonymous, address):
    answer = register(anonymous, address)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert list(answer.json()["detail"]["errors"]) == ["email"]


@pytest.mark.django_db
@spelled
def test_database_refuses_every_other_spelling(first, other):
    UserFactory(email=canonical_mailbox(first))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        UserFactory(email=other)
    constraint = violated_constraint(refused.value)
    assert constraint in {"users_email_unique", "users_email_form"}


@pytest.mark.django_db
def test_staff_give_nobody_the_mailbox_of_somebody_else(as_staff, alice, bob):
    data = {
        "username": bob.username,
        "email": f"alice@focus{SOFT_HYPHEN}guard.com",
        "timezone": "UTC",
    }
    page = as_staff.post(reverse("admin:accounts_user_change", args=[bob.pk]), data)
    assert "This e-mail address is taken." in page.content.decode()


# Of them the form says that they are mailboxes, and no server takes mail for them.
UNMAILABLE = ["ann@localhost", "ann@10.0.0.10", f"{'a' * 65}@example.com"]


@pytest.mark.django_db
def test_mailbox_that_breaks_mail_is_taken_where_none_is_sent(anonymous):
    assert register(anonymous, UNMAILABLE[0]).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("address", UNMAILABLE)
def test_mailbox_that_breaks_mail_is_refused_where_it_is_sent(
    anonymous, as_alice, mail_on, address
):
    for answer in (
        register(anonymous, address),
        as_alice.put("/api/users/me", {"email": address}),
    ):
        assert refusal(answer) == (422, "VALIDATION_ERROR")
        assert list(answer.json()["detail"]["errors"]) == ["email"]
    assert User.objects.get().email == "alice@focusguard.com"


@pytest.mark.django_db
def test_mailbox_of_before_mail_was_sent_stays_and_may_be_sent_back(sign_in, mail_on):
    ann = UserFactory(email="Ann@localhost")
    body = {"email": "ann@localhost", "timezone": "Asia/Tokyo"}
    assert sign_in(ann).put("/api/users/me", body).status_code == 200
    ann.refresh_from_db()
    assert (ann.email.lower(), ann.timezone) == ("ann@localhost", "Asia/Tokyo")


@pytest.mark.django_db
def test_staff_give_nobody_a_mailbox_that_breaks_mail(as_staff, bob, mail_on):
    data = {"username": bob.username, "email": "bob@localhost", "timezone": "UTC"}
    page = as_staff.post(reverse("admin:accounts_user_change", args=[bob.pk]), data)
    assert "No mail can be sent to this address." in page.content.decode()
    bob.refresh_from_db()
    assert bob.email == "bob@focusguard.com"


@pytest.mark.django_db
def test_superuser_is_made_with_the_one_form():
    User.objects.create_superuser("root_admin", "Ro@B\u00dcCHER.example", PASSWORD)
    assert User.objects.get().email == "Ro@xn--bcher-kva.example"


@pytest.fixture
def twins(db):
    """Accounts as they could be before, put in order by the migration."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE users DROP CONSTRAINT users_email_form")
    emails = {
        "first": "ann@exam\u00adple.com",
        "second": "ann@exa\u200bmple.com",
        "alone": "kim@b\u00fccher.example",
        "none": '"kim.."@example.com',
        "plain": "zoe@example.com",
        "plains_twin": '"zoe"@example.com',
    }
    for username, email in emails.items():
        UserFactory(username=username, email=email)
    import_module("accounts.migrations.0006_one_form_of_a_mailbox").give_one_form(
        apps, None
    )
    return emails


def test_migration_keeps_whom_it_finds(twins, anonymous):
    kept = dict(User.objects.values_list("username", "shares_mailbox"))
    sharing = {name for name, shares in kept.items() if shares}
    assert sharing == {"second", "none", "plains_twin"}
    assert User.objects.get(username="first").email == "ann@example.com"
    assert User.objects.get(username="alone").email == "kim@xn--bcher-kva.example"
    # Each by the spelling that it came with, and by its name.
    for username, email in twins.items():
        for identifier in (username, email):
            body = {"username": identifier, "password": PASSWORD}
            answer = anonymous.post("/api/auth/login", body)
            assert answer.status_code == 200, identifier
            assert answer.json()["user"]["username"] == username
    body = {"username": "ann@example.com", "password": PASSWORD}
    answer = anonymous.post("/api/auth/login", body)
    assert answer.json()["user"]["username"] == "first"


def test_account_that_shares_a_mailbox_goes_on(twins, sign_in):
    second = User.objects.get(username="second")
    client = sign_in(second)
    told = client.get("/api/users/me").json()
    same = {"email": told["email"], "timezone": "Asia/Tokyo"}
    assert client.put("/api/users/me", same).status_code == 200
    second.refresh_from_db()
    assert (second.email, second.shares_mailbox) == (twins["second"], True)
    client.put("/api/users/me", {"email": "own@example.com"})
    second.refresh_from_db()
    assert (second.email, second.shares_mailbox) == ("own@example.com", False)


def test_command_lists_who_shares(twins):
    out = StringIO()
    call_command("list_shared_mailboxes", stdout=out)
    second, none, plain, last = out.getvalue().splitlines()
    first = User.objects.get(username="first")
    assert "second" in second
    assert second.endswith(f"the mailbox of {first.pk} first")
    assert none.endswith("no address that is taken today")
    assert plain.endswith("zoe@example.com now") or "plain" in plain
    assert last == "3 accounts share a mailbox or have none."
