"""A passkey of Chromium's own authenticator: made, used, and refused where it must be."""

from contextlib import closing

import pytest
from playwright.sync_api import Error

from accounts.tests.factories import PASSWORD
from identity.models import Passkey
from tests.browser.ways_in.virtual_authenticator import add_authenticator
from tests.harness.bounds import DEADLINE
from tests.live.harness.stack import Request, free_port

pytestmark = pytest.mark.slow

CREATE = """async (options) => (await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
})).toJSON()"""
GET = """async (options) => (await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
})).toJSON()"""


@pytest.fixture(scope="module")
def site(start_stack):
    """The stack of a dashboard at localhost, which a browser makes passkeys for."""
    port = free_port()
    origin = f"http://localhost:{port}"
    stack = start_stack(
        port=port,
        DASHBOARD_URL=origin,
        ALLOWED_HOSTS="localhost,127.0.0.1",
        RATE_LIMIT_PER_MINUTE="100000",
    )
    return stack, origin


@pytest.fixture
def stack(site, unharmed):
    return unharmed(site[0])


class Phone:
    """A page of the site, and the authenticator beside it."""

    def __init__(self, context, origin):
        self.page = context.new_page()
        self.page.goto(f"{origin}/admin/login/")
        self._cdp, added = add_authenticator(context, self.page)
        self._id = added["authenticatorId"]

    def create(self, options):
        return self.page.evaluate(CREATE, options)

    def get(self, options):
        return self.page.evaluate(GET, options)

    def knows_its_person(self, known):
        self._cdp.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self._id, "isUserVerified": known},
        )


@pytest.fixture
def context(chromium):
    with closing(chromium.new_context()) as context:
        context.set_default_timeout(DEADLINE * 1000)
        yield context


@pytest.fixture
def phone(context, site, stack):
    return Phone(context, site[1])


def ask(stack, path, body=None, token=None):
    answer = stack.send(Request("POST", f"/api/auth/{path}", body, token=token))
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def add(stack, phone, token):
    begun = ask(stack, "passkeys/options", token=token)
    body = {
        "flow_token": begun["flow_token"],
        "credential": phone.create(begun["public_key"]),
        "name": "Chromium",
    }
    return ask(stack, "passkeys", body, token)


def signed_in(stack):
    body = {"username": "alice_focus", "password": PASSWORD}
    return ask(stack, "login", body)["access_token"]


@pytest.mark.row("ID15")
def test_somebody_adds_a_passkey_and_signs_in_by_it(stack, alice, phone):
    """Caught: `Permissions-Policy: publickey-credentials-get=()` on our own pages."""
    token = signed_in(stack)
    added = add(stack, phone, token)
    assert added["backed_up"] is True
    kept = Passkey.objects.get()
    assert kept.rp_id == "localhost"
    assert kept.transports == ["internal"]
    for _ in range(2):
        begun = ask(stack, "passkey/options")
        credential = phone.get(begun["public_key"])
        body = {"flow_token": begun["flow_token"], "credential": credential}
        assert ask(stack, "passkey", body)["user"]["username"] == "alice_focus"
    # This one counts.
    assert Passkey.objects.get().sign_count > kept.sign_count
    with pytest.raises(Error, match="InvalidStateError"):
        add(stack, phone, token)


@pytest.mark.row("ID15")
def test_who_is_not_known_to_their_device_neither_makes_nor_uses_one(
    stack, alice, phone
):
    """Caught: `userVerification: preferred`, by which a device that does not know its
    person signs all the same."""
    token = signed_in(stack)
    add(stack, phone, token)
    phone.knows_its_person(False)
    with pytest.raises(Error, match="NotAllowedError"):
        phone.get(ask(stack, "passkey/options")["public_key"])
    assert Passkey.objects.count() == 1


@pytest.mark.row("ID15")
def test_another_name_of_the_same_machine_gets_no_passkey(stack, alice, context, site):
    stranger = Phone(context, site[1].replace("localhost", "127.0.0.1"))
    begun = ask(stack, "passkeys/options", token=signed_in(stack))
    assert begun["public_key"]["rp"]["id"] == "localhost"
    with pytest.raises(Error, match="SecurityError"):
        stranger.create(begun["public_key"])
