"""Typed input is taken as it is meant, and told at its field what is wrong with it."""

import pytest

from accounts.models import User
from accounts.tests.factories import PASSWORD
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

LOGIN, REGISTER, ME = "/api/auth/login", "/api/auth/register", "/api/users/me"

# A keyboard that completes, a form filled in by itself, a copied cell, a chat.
AROUND = {
    "a space behind": ("", " "),
    "a space before": (" ", ""),
    "a tab": ("\t", "\t"),
    "a line's end": ("", "\r\n"),
    "no-break spaces": ("\u00a0", "\u202f"),
    "an ideographic space": ("\u3000", "\u3000"),
    "a zero-width space": ("\u200b", "\u200b"),
    "a byte order mark": ("\ufeff", ""),
    "marks of direction": ("\u202a", "\u202c\u200e"),
}
around = pytest.mark.parametrize(("before", "behind"), AROUND.values(), ids=AROUND)


def errors_of(answer):
    return answer.json()["detail"].get("errors", {})


def message_of(answer):
    return answer.json()["detail"]["message"]


@around
@pytest.mark.parametrize("name", ["alice_focus", "ALICE_focus", "alice@focusguard.com"])
def test_sign_in_takes_a_name_without_what_surrounds_it(
    anonymous, alice, name, before, behind
):
    body = {"username": f"{before}{name}{behind}", "password": PASSWORD}
    assert anonymous.post(LOGIN, body).status_code == 200


@around
def test_sign_up_keeps_a_name_without_what_surrounds_it(anonymous, before, behind):
    typed = {
        "username": "carol",
        "email": "carol@focusguard.com",
        "timezone": "Europe/Berlin",
    }
    body = {field: f"{before}{text}{behind}" for field, text in typed.items()}
    answer = anonymous.post(REGISTER, body | {"password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["user"].items() >= typed.items()


@around
def test_a_changed_profile_is_kept_without_what_surrounds_it(as_alice, before, behind):
    typed = {
        "username": "alice_two",
        "email": "two@focusguard.com",
        "timezone": "Asia/Tokyo",
    }
    body = {field: f"{before}{text}{behind}" for field, text in typed.items()}
    answer = as_alice.put(ME, body)
    assert answer.status_code == 200
    assert answer.json().items() >= typed.items()


@around
def test_staff_sign_in_takes_a_name_without_what_surrounds_it(
    client, alice, before, behind
):
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    form = {"username": f"{before}alice_focus{behind}", "password": PASSWORD}
    assert client.post("/admin/login/", form, secure=True).status_code == 302


def test_a_password_keeps_what_surrounds_it(anonymous):
    body = {"username": "carol", "email": "carol@focusguard.com"}
    spaced = f" {PASSWORD} "
    assert anonymous.post(REGISTER, body | {"password": spaced}).status_code == 201
    for password, status in ((spaced, 200), (PASSWORD, 401)):
        body = {"username": "carol", "password": password}
        assert anonymous.post(LOGIN, body).status_code == status


@pytest.mark.parametrize("name", [" ", "\u200b", "\ufeff \u00a0"])
def test_a_name_of_nothing_is_none(anonymous, name):
    answer = anonymous.post(LOGIN, {"username": name, "password": PASSWORD})
    assert errors_of(answer) == {"username": ["This field may not be blank."]}


def test_blanks_within_a_name_are_refused(anonymous):
    body = {"username": "carol smith", "email": "c@focusguard.com"}
    answer = anonymous.post(REGISTER, body | {"password": PASSWORD})
    assert refusal(answer)[0] == 422
    assert errors_of(answer).keys() == {"username"}


TAKEN = ["This username is taken."]
TAKEN_ADDRESS = ["This e-mail address is taken."]


@pytest.mark.parametrize(
    ("names", "code", "errors"),
    [
        (
            {"username": "Alice_Focus", "email": "new@focusguard.com"},
            "USERNAME_TAKEN",
            {"username": TAKEN},
        ),
        (
            {"username": "carol", "email": "ALICE@focusguard.com"},
            "EMAIL_TAKEN",
            {"email": TAKEN_ADDRESS},
        ),
        (
            {"username": "alice_focus", "email": "alice@focusguard.com"},
            "USERNAME_TAKEN",
            {"username": TAKEN, "email": TAKEN_ADDRESS},
        ),
    ],
)
def test_what_is_taken_stands_at_its_field(
    anonymous, as_bob, alice, names, code, errors
):
    for answer in (
        anonymous.post(REGISTER, names | {"password": PASSWORD}),
        as_bob.put(ME, names),
    ):
        assert refusal(answer) == (409, code)
        assert errors_of(answer) == errors
        assert message_of(answer) == " ".join(said for (said,) in errors.values())


def test_two_accounts_may_each_have_one_of_the_names(anonymous, alice, bob):
    body = {"username": "bob_build", "email": "alice@focusguard.com"}
    answer = anonymous.post(REGISTER, body | {"password": PASSWORD})
    assert errors_of(answer) == {"username": TAKEN, "email": TAKEN_ADDRESS}


def test_a_wrong_current_password_stands_at_its_field(as_alice):
    body = {"current_password": "not it at all", "new_password": "staple battery 9"}
    answer = as_alice.patch(f"{ME}/password", body)
    assert refusal(answer) == (400, "WRONG_PASSWORD")
    assert errors_of(answer) == {"current_password": ["The current password is wrong."]}


def test_all_that_is_wrong_is_told_at_once(anonymous, alice):
    body = {
        "username": "alice_focus",
        "email": "no address",
        "password": "password",
        "timezone": "Mars/Olympus",
        "invited_by": "bob",
    }
    answer = anonymous.post(REGISTER, body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert errors_of(answer) == {
        "username": TAKEN,
        "email": ["Enter a valid e-mail address."],
        "password": ["This password is too common."],
        "timezone": ["This is not an IANA time zone."],
        "invited_by": ["This field is not known."],
    }
    assert message_of(answer).endswith("2 more fields failed.")


def test_a_faulty_body_does_not_tell_whose_an_address_is(anonymous, alice):
    body = {"username": "carol", "email": "alice@focusguard.com", "password": "short"}
    assert errors_of(anonymous.post(REGISTER, body)).keys() == {"password"}


def test_all_that_is_wrong_with_a_password_is_told_at_once(anonymous):
    body = {"username": "carol", "email": "carol@focusguard.com", "password": "1234567"}
    assert errors_of(anonymous.post(REGISTER, body)) == {
        "password": [
            "Ensure this field has at least 8 characters.",
            "This password is too common.",
        ]
    }


@pytest.mark.parametrize("typed", [None, 7, ["alice"], "x" * 20_000])
def test_a_password_is_judged_beside_any_other_field(anonymous, typed):
    body = {"username": typed, "email": typed, "password": "password"}
    answer = anonymous.post(REGISTER, body)
    assert errors_of(answer).keys() == {"username", "email", "password"}


def test_a_new_password_is_judged_beside_the_current_one(as_alice):
    body = {"current_password": None, "new_password": "alice_focus"}
    answer = as_alice.patch(f"{ME}/password", body)
    assert errors_of(answer).keys() == {"current_password", "new_password"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"username": "carol", "email": "c@focusguard.com", "password": "password"},
            "password: This password is too common.",
        ),
        (
            {"username": "carol", "email": "nowhere", "password": "password"},
            "email: Enter a valid e-mail address. "
            "password: This password is too common.",
        ),
        ({"x" * 5000: 1, "y": 1}, None),
        ([], "Send a JSON object."),
        ("alice", "Send a JSON object."),
        (3, "Send a JSON object."),
    ],
)
def test_the_message_of_a_422_names_the_first_failures(anonymous, body, message):
    answer = anonymous.post(REGISTER, body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    if message:
        assert message_of(answer) == message
    assert len(message_of(answer)) < 500


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/api/sessions", {"duration_min": 0}, "duration_min: "),
        ("/api/garden", {"plant_type": "Oak"}, "session_id: "),
        ("/api/auth/login", {}, "username: "),
        ("/api/auth/refresh", {"token": "x"}, "token: "),
    ],
)
def test_every_422_names_what_failed(as_alice, path, body, named):
    answer = as_alice.post(path, body)
    assert refusal(answer)[0] == 422
    assert message_of(answer).startswith(named)


def test_a_taken_name_is_among_the_first_that_the_message_names(anonymous, alice):
    body = {"username": "alice_focus", "email": "x", "password": "x", "timezone": "x"}
    answer = anonymous.post(REGISTER, body)
    assert errors_of(answer).keys() == body.keys()
    assert message_of(answer).startswith("username: This username is taken. email: ")


def test_a_body_that_is_null_is_told_what_to_send(anonymous):
    answer = anonymous.generic(
        "POST", "/api/auth/login", "null", content_type="application/json"
    )
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert errors_of(answer) == {"non_field_errors": ["Send a JSON object."]}


def test_another_word_is_told_which_there_are(as_alice):
    """And is not given back, however long it is."""
    session = as_alice.post("/api/sessions", {}).json()["id"]
    for word in ("completed", "x" * 50_000):
        answer = as_alice.patch(f"/api/sessions/{session}", {"status": word})
        assert message_of(answer) == "status: Write abandoned."
        kind = {"session_id": session, "plant_type": word}
        told = message_of(as_alice.post("/api/garden", kind))
        assert told.startswith("plant_type: Write Rose, ")
        assert len(told) < 500
