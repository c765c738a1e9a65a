"""A provider of the tests' own process, and a browser that goes there and back."""

from threading import Thread
from urllib.parse import urlsplit

import requests

from focusguard.provider_settings import Provider
from identity.providers.vouching import discovery
from tests.harness.bounds import DEADLINE
from tests.live.providers.lying import CLIENT_ID, HONEST, SECRET, Server

SITE = "https://app.focusguard.test"
FINISH = "/api/auth/oauth/finish"


class Liar:
    """An OpenID provider in a thread, honest until it is told to `say` something."""

    def __init__(self):
        discovery.forget()
        self.server = Server(("127.0.0.1", 0))
        self._thread = Thread(target=self.server.serve_forever, args=(0.01,))
        self._thread.start()
        self.issuer = self.server.state.issuer
        self.provider = Provider("company", "Company", self.issuer, CLIENT_ID, SECRET)

    @property
    def asked(self):
        return self.server.state.asked

    def say(self, **says):
        self.server.state.says = HONEST | says

    def claim(self, **claims):
        self.say(claims=claims)

    def stop(self):
        self.server.state.released.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join(DEADLINE)


def start(client, intent="sign_in", **headers):
    path = "/api/auth/oauth/company/start"
    return client.post(path, {"intent": intent}, headers={"Origin": SITE} | headers)


def way_back(answer):
    """Go where a start says; return the path that the browser is sent back to."""
    url = answer.json()["authorization_url"]
    sent = requests.get(url, allow_redirects=False, timeout=DEADLINE)
    parts = urlsplit(sent.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return f"{parts.path}?{parts.query}"


def come_back(client, path):
    """Return the page that a callback leads to."""
    answer = client.get(path)
    assert answer.status_code == 303, answer.content
    where = answer.headers["Location"]
    assert where.startswith(SITE)
    return where.removeprefix(SITE)


def go(client, intent="sign_in"):
    return come_back(client, way_back(start(client, intent)))


def finish(client, body=None):
    return client.post(FINISH, body or {}, headers={"Origin": SITE})
