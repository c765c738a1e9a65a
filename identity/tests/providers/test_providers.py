"""Signing up, in, linking and unlinking by a provider, as a client meets it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.by_mail import password_reset
from accounts.by_mail.mail_links import find_link, token_of
from accounts.models import AuthSession, SecurityEvent, User
from accounts.tests.factories import MailLinkFactory, UserFactory
from accounts.tests.post import delivered, link_in, text_of
from identity.models import AuthFlow, LinkedIdentity
from identity.tests.factories import LinkedIdentityFactory
from identity.tests.providers.elsewhere import (
    FINISH,
    SITE,
    Liar,
    come_back,
    finish,
    go,
    start,
    way_back,
)
from identity.tests.tokens_of_programs import program
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def own_liar():
    liar = Liar()
    yield liar
    liar.stop()


@pytest.fixture
def liar(own_liar, settings):
    own_liar.say()
    own_liar.asked.clear()
    settings.PROVIDERS = {"company": own_liar.provider}
    settings.DASHBOARD_URL = SITE
    settings.ALLOWED_ORIGINS = [SITE]
    return own_liar


@pytest.fixture
def linked(liar, alice):
    """Give Alice the identity that Mallory has at the provider."""
    return LinkedIdentityFactory(user=alice, issuer=liar.issuer, subject="mallory")


def unlink(client, identity):
    return client.delete(f"/api/auth/identities/{identity.pk}")


def test_without_a_setting_there_is_no_provider(anonymous, as_alice):
    assert refusal(start(anonymous)) == (404, "PROVIDER_NOT_FOUND")
    path = "/api/auth/oauth/company/callback"
    assert refusal(anonymous.get(path)) == (404, "PROVIDER_NOT_FOUND")
    assert refusal(anonymous.get(FINISH)) == (401, "FLOW_INVALID")
    assert as_alice.get("/api/auth/identities").json() == {
        "has_password": True,
        "identities": [],
    }


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
def test_start_and_finish_are_of_our_own_pages(liar, anonymous, origin):
    """Caught: a page elsewhere that begins a flow in somebody's browser."""
    headers = {"Origin": origin} if origin else {}
    path = "/api/auth/oauth/company/start"
    for asked in (
        anonymous.post(path, {"intent": "sign_in"}, headers=headers),
        anonymous.post(FINISH, {"username": "new"}, headers=headers),
    ):
        assert refusal(asked) == (403, "ORIGIN_REFUSED")
        assert not asked.cookies
    assert not AuthFlow.objects.exists()


@pytest.mark.parametrize(
    ("secure", "name", "path"),
    [(False, "oauth_flow", "/api/auth/oauth"), (True, "__Host-oauth_flow", "/")],
)
@pytest.mark.parametrize("samesite", ["Strict", "None"])
def test_cookie_comes_back_from_elsewhere_and_is_read_by_no_script(
    liar, anonymous, settings, secure, name, path, samesite
):
    """Caught: a Strict cookie, which stays behind on the way back."""
    settings.REFRESH_COOKIE_SECURE = secure
    settings.REFRESH_COOKIE_SAMESITE = samesite
    (cookie,) = start(anonymous).cookies.values()
    assert (cookie.key, cookie["path"], cookie["samesite"]) == (name, path, "Lax")
    assert cookie["httponly"] is True
    assert bool(cookie["secure"]) == secure
    assert (cookie["max-age"], cookie["domain"]) == (600, "")
    # What it holds stands in no table.
    (flow,) = AuthFlow.objects.values_list()
    assert cookie.value.encode() not in map(bytes, filter(_is_bytes, flow))


def _is_bytes(value):
    return isinstance(value, bytes | memoryview)


def test_twenty_flows_a_minute_are_begun_by_a_client(liar, settings):
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 1000
    for _ in range(20):
        assert start(APIClient()).status_code == 200
    refused = start(APIClient())
    assert refusal(refused) == (429, "FLOWS_RATE_LIMITED")
    assert refused.headers["Retry-After"]


def test_host_of_a_request_is_in_no_address(liar, anonymous, settings):
    settings.ALLOWED_HOSTS = ["*"]
    answer = start(anonymous, Host="evil.example")
    assert "evil.example" not in answer.json()["authorization_url"]
    page = anonymous.get(way_back(answer), headers={"Host": "evil.example"})
    assert page.headers["Location"] == f"{SITE}/sign-up?step=finish"


def test_newcomer_signs_up_with_a_name_that_is_free(liar, anonymous, alice, mail_on):
    assert go(anonymous) == "/sign-up?step=finish"
    for body in ({}, {"timezone": "Europe/Berlin"}):
        refused = finish(anonymous, body)
        assert refusal(refused) == (422, "VALIDATION_ERROR")
        assert refused.json()["detail"]["errors"].keys() == {"username"}
    taken = finish(anonymous, {"username": alice.username.upper()})
    assert refusal(taken) == (409, "USERNAME_TAKEN")
    made = finish(anonymous, {"username": "mallory", "timezone": "Asia/Tokyo"})
    assert made.status_code == 201
    assert "refresh_token" in made.cookies
    user = User.objects.get(username="mallory")
    assert made.json()["user"]["id"] == str(user.pk)
    assert user.email == "mallory@provider.example"
    assert (user.email_verified, user.has_usable_password()) == (True, False)
    assert not delivered(mail_on), "a letter asks for what is proven"
    assert refusal(finish(anonymous, {"username": "again"})) == (401, "FLOW_INVALID")
    device = AuthSession.objects.get()
    assert (device.method, device.user) == ("provider", user)


@pytest.mark.parametrize("verified", [None, "true", 1, False])
def test_address_that_is_not_verified_is_proven_by_our_own_mail(
    liar, anonymous, mail_on, verified
):
    liar.claim(email_verified=verified)
    assert go(anonymous) == "/sign-up?step=finish"
    made = finish(anonymous, {"username": "mallory"})
    assert made.json()["user"]["email_verified"] is False
    (letter,) = delivered(mail_on)
    assert link_in(letter)[0] == "verify"


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("email", [None, "", "no address", 7, "a@localhost"])
def test_who_has_no_address_cannot_sign_up(liar, anonymous, mail_on, email, verified):
    liar.say(
        claims={"email": email, "email_verified": verified}, userinfo={"sub": "mallory"}
    )
    assert go(anonymous) == "/sign-in?error=OAUTH_EMAIL_UNVERIFIED"


def test_address_that_was_taken_meanwhile_is_told(liar, anonymous):
    assert go(anonymous) == "/sign-up?step=finish"
    UserFactory(email="mallory@provider.example")
    taken = finish(anonymous, {"username": "mallory"})
    assert refusal(taken) == (409, "EMAIL_TAKEN")
    assert not LinkedIdentity.objects.exists()


def test_page_is_told_what_waits_and_a_name_that_is_free(liar, anonymous):
    UserFactory(username="Zoe_Ozil")
    liar.claim(name="Zoë Özil")
    assert go(anonymous) == "/sign-up?step=finish"
    assert anonymous.get(FINISH).json() == {
        "step": "sign_up",
        "provider": "company",
        "name": "Company",
        "email": "mallory@provider.example",
        "username": "Zoe_Ozil2",
    }
    liar.claim(name="名前", email="é@provider.example")
    assert go(anonymous) in (
        "/sign-up?step=finish",
        "/sign-in?error=OAUTH_EMAIL_UNVERIFIED",
    )


def test_sign_in_opens_a_device_and_writes_that(liar, linked, alice, anonymous):
    before = linked.last_used_at
    assert go(anonymous) == "/"
    device = AuthSession.objects.get()
    assert (device.user, device.method) == (alice, "provider")
    assert device.proved_at is not None
    event = SecurityEvent.objects.get()
    assert (event.kind, event.method) == ("signed_in", "provider")
    linked.refresh_from_db()
    assert linked.last_used_at > before
    assert linked.email == "mallory@provider.example"
    # A browser refreshes by the cookie that it was given.
    refreshed = anonymous.post("/api/auth/refresh", {}, headers={"Origin": SITE})
    assert refreshed.json()["user"]["id"] == str(alice.pk)


def test_same_subject_of_another_issuer_is_another_account(liar, alice, anonymous):
    """Caught: a key of the subject alone, which each issuer gives as it likes."""
    elsewhere = "https://another.example"
    LinkedIdentityFactory(user=alice, issuer=elsewhere, subject="mallory")
    assert go(anonymous) == "/sign-up?step=finish"
    assert not AuthSession.objects.exists()


def test_address_and_whether_it_is_verified_are_of_one_document(liar, anonymous):
    """Caught: the address of userinfo, verified by an ID token that names none."""
    userinfo = {"sub": "mallory", "email": "alice@provider.example"}
    for said in ({}, {"email_verified": False}):
        liar.say(
            claims={"email": None, "email_verified": True}, userinfo=userinfo | said
        )
        assert go(anonymous) == "/sign-in?error=OAUTH_EMAIL_UNVERIFIED"


def test_a_head_of_the_callback_signs_nobody_in(liar, linked, alice, anonymous):
    """Caught: a link checker that comes first, and takes the code."""
    back = way_back(start(anonymous))
    assert anonymous.head(back)["Location"] == f"{SITE}/sign-in"
    assert not AuthSession.objects.filter(user=alice).exists()
    assert come_back(anonymous, back) == "/"


def test_code_is_traded_with_the_verifier_of_its_flow(liar, linked, anonymous):
    """Caught: PKCE that is asked for and not sent, and one verifier for all flows."""
    urls = [start(anonymous).json()["authorization_url"] for _ in range(2)]
    challenges = {parse_qs(urlsplit(url).query)["code_challenge"][0] for url in urls}
    assert len(challenges) == 2
    assert go(anonymous) == "/"


def test_what_a_provider_gave_is_kept_nowhere(liar, linked, anonymous):
    back = way_back(start(anonymous))
    assert come_back(anonymous, back) == "/"
    tokens = ["an-access-token", *back.split("code=")[1].split("&")]
    for model in (AuthFlow, LinkedIdentity, AuthSession, SecurityEvent):
        rows = str(list(model.objects.values()))
        assert not [token for token in tokens if token in rows]


def test_a_program_links_nothing(liar, alice):
    """Caught: answers that the document did not name."""
    client = program(alice)
    assert refusal(start(client, "link")) == (403, "SCOPE_MISSING")
    assert refusal(client.get(FINISH)) == (403, "SCOPE_MISSING")
    assert refusal(finish(client)) == (403, "SCOPE_MISSING")


def test_link_is_for_who_has_just_proved_who_they_are(liar, alice, as_alice, mail_on):
    assert refusal(start(APIClient(), "link")) == (401, "NOT_AUTHENTICATED")
    AuthSession.objects.update(proved_at=timezone.now() - timedelta(minutes=11))
    assert refusal(start(as_alice, "link")) == (403, "PROOF_REQUIRED")
    AuthSession.objects.update(proved_at=timezone.now())
    assert go(as_alice, "link") == "/you?step=link"
    waits = as_alice.get(FINISH).json()
    assert (waits["step"], waits["username"]) == ("link", "")
    made = finish(as_alice)
    assert made.status_code == 201
    listed = as_alice.get("/api/auth/identities").json()
    assert listed["identities"] == [made.json()]
    assert made.json() | {"provider": "company", "name": "Company"} == made.json()
    assert alice.security_events.get(kind="identity_linked").method == "provider"
    (letter,) = delivered(mail_on)
    assert "linked" in letter["Subject"]
    assert "Company" in text_of(letter)
    # Mallory could have chosen that.
    assert "mallory@provider.example" not in text_of(letter)


def test_account_that_is_linked_already_is_told_as_it_is(liar, linked, as_alice):
    assert go(as_alice, "link") == "/you?step=link"
    assert finish(as_alice).json()["id"] == str(linked.pk)
    assert LinkedIdentity.objects.count() == 1


def test_flow_to_link_is_used_up(liar, as_alice):
    """Caught: an account that was unlinked, and is linked again by an old cookie."""
    assert go(as_alice, "link") == "/you?step=link"
    kept = as_alice.cookies.copy()
    made = LinkedIdentity.objects.get(pk=finish(as_alice).json()["id"])
    assert unlink(as_alice, made).status_code == 204
    as_alice.cookies = kept
    assert refusal(finish(as_alice)) == (401, "FLOW_INVALID")
    assert not LinkedIdentity.objects.exists()


def test_account_of_somebody_else_cannot_be_linked(liar, linked, as_bob, bob):
    assert go(as_bob, "link") == "/you?step=link"
    assert refusal(finish(as_bob)) == (409, "IDENTITY_TAKEN")
    assert not bob.identities.exists()


def test_unlinking_is_for_who_has_just_proved_who_they_are(
    liar, linked, alice, as_alice, mail_on
):
    AuthSession.objects.update(proved_at=timezone.now() - timedelta(minutes=11))
    assert refusal(unlink(as_alice, linked)) == (403, "PROOF_REQUIRED")
    AuthSession.objects.update(proved_at=timezone.now())
    assert unlink(as_alice, linked).status_code == 204
    assert refusal(unlink(as_alice, linked)) == (404, "IDENTITY_NOT_FOUND")
    assert alice.security_events.get(kind="identity_unlinked").method == "provider"
    (letter,) = delivered(mail_on)
    assert "unlinked" in letter["Subject"]


def test_last_way_in_stays(liar, linked, alice, as_alice, settings):
    alice.set_unusable_password()
    User.objects.filter(pk=alice.pk).update(password=alice.password)
    AuthSession.objects.update(revoked_at=None, revoked_reason="")
    assert refusal(unlink(as_alice, linked)) == (409, "LAST_WAY_IN")
    # One of a provider that is offered no more opens nothing, and so is none.
    stale = LinkedIdentityFactory(user=alice, issuer="https://gone.example")
    assert refusal(unlink(as_alice, linked)) == (409, "LAST_WAY_IN")
    told = as_alice.get("/api/auth/identities").json()["identities"][1]
    assert (told["provider"], told["name"]) == (None, "https://gone.example")
    assert unlink(as_alice, stale).status_code == 204
    other = LinkedIdentityFactory(user=alice, issuer=liar.issuer)
    assert unlink(as_alice, linked).status_code == 204
    assert refusal(unlink(as_alice, other)) == (409, "LAST_WAY_IN")


def test_first_proof_of_an_address_takes_away_what_was_linked_before(
    liar, linked, alice
):
    """Caught: pre-hijacking. Mallory makes an account with alice's address and links her
    own; alice resets the password, and mallory still signs in."""
    link = MailLinkFactory(user=alice, kind="reset")
    password_reset.reset(
        link=find_link(token_of(link), ["reset"]), new_password="alice's own phrase 7"
    )
    assert not LinkedIdentity.objects.exists()
    # What is linked after that is hers, and stays at the next reset.
    own = LinkedIdentityFactory(user=alice, issuer=liar.issuer)
    link = MailLinkFactory(user=alice, kind="reset")
    password_reset.reset(
        link=find_link(token_of(link), ["reset"]), new_password="another phrase 7"
    )
    assert alice.identities.get() == own


def test_provider_that_is_away_is_a_page_and_a_503(liar, anonymous, monkeypatch):
    back = way_back(start(anonymous))
    liar.say(trouble={"token": "html"})
    assert come_back(anonymous, back) == "/sign-in?error=PROVIDER_AWAY"


def test_callback_beyond_the_limit_of_requests_is_a_page(liar, anonymous, settings):
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 1
    path = "/api/auth/oauth/company/callback"
    assert come_back(anonymous, path) == "/sign-in?error=OAUTH_FLOW_INVALID"
    assert come_back(anonymous, path) == "/sign-in?error=PROVIDER_AWAY"


def test_statements_of_a_way_there_and_back(
    liar, linked, anonymous, django_assert_num_queries
):
    start(anonymous)
    # The flow's row.
    with django_assert_num_queries(1):
        answer = start(anonymous)
    back = way_back(answer)
    # The flow and its claim; the identity with its user, and when it was used last; the
    # user's lock between two savepoints, the identity again, the device, room for it, the
    # event.
    with django_assert_num_queries(11):
        assert come_back(anonymous, back) == "/"


def test_staff_look_at_linked_accounts_and_change_nothing(as_staff, linked):
    listed = as_staff.get(reverse("admin:identity_linkedidentity_changelist"))
    assert listed.status_code == 200
    assert linked.email in listed.content.decode()
    page = reverse("admin:identity_linkedidentity_change", args=[linked.pk])
    assert as_staff.get(page).status_code == 200
    assert as_staff.post(page, {"email": "other"}).status_code == 403


def test_flows_that_are_over_are_pruned(liar, anonymous):
    start(anonymous)
    AuthFlow.objects.update(expires_at=timezone.now() - timedelta(hours=2))
    call_command("prune_auth_flows", verbosity=0)
    assert not AuthFlow.objects.exists()
