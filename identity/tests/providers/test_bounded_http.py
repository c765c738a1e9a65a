"""A provider that hangs, sends without end or points elsewhere, and what is remembered."""

from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from focusguard.provider_settings import Provider
from identity.providers.exceptions import ProviderAway
from identity.providers.vouching import bounded_http, discovery, openid_connect
from identity.providers.vouching.bounded_http import AT_ONCE, conversation
from identity.providers.vouching.oauth_client import oauth_session
from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.providers.lying import HONEST, Server


@pytest.fixture
def liar():
    """An OpenID provider in a thread, whose `state` a test sets."""
    server = Server(("127.0.0.1", 0))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    discovery.forget()
    yield server.state
    server.state.released.set()
    server.shutdown()
    server.server_close()
    thread.join(DEADLINE)
    # What was given up has ended too, and leaves the next test both places.
    assert wait_until(_all_places_are_free, seconds=DEADLINE)


def _all_places_are_free():
    taken = [bounded_http._places.acquire(blocking=False) for _ in range(AT_ONCE)]
    for _ in filter(None, taken):
        bounded_http._places.release()
    return all(taken)


@pytest.fixture
def provider(liar):
    return Provider("liar", "Liar", liar.issuer, "focusguard", "secret")


@pytest.fixture
def soon(monkeypatch):
    """From its call on, give a provider up after half a second.

    An honest answer takes longer beside other load: a test asks for it before.
    """
    return lambda: monkeypatch.setattr(bounded_http, "IN_ALL_SECONDS", 0.5)


def say(liar, **says):
    liar.says = HONEST | says


def discover(provider):
    with oauth_session(provider, scope="openid", redirect="") as session:
        return discovery.endpoints_of(provider, session)


def keys(provider, wanted):
    with oauth_session(provider, scope="openid", redirect="") as session:
        endpoints = discovery.endpoints_of(provider, session)
        return discovery.keys_of(provider, endpoints, session, wanted=wanted)


def test_discovery_is_asked_once_an_hour(liar, provider, monkeypatch):
    assert openid_connect.find_endpoints(provider).token == f"{liar.issuer}/token"
    assert discover(provider) == openid_connect.find_endpoints(provider)
    assert liar.asked == ["openid-configuration"]
    monkeypatch.setattr(discovery, "KEPT_SECONDS", 0)
    openid_connect.find_endpoints(provider)
    assert liar.asked == ["openid-configuration"] * 2


def test_key_that_nobody_knows_is_asked_for_once_a_minute(liar, provider, monkeypatch):
    """Caught: a set of keys that is asked for again at each unknown name."""
    for number in range(5):
        assert list(keys(provider, f"made up {number}")) == ["own"]
    assert liar.asked.count("jwks") == 1
    monkeypatch.setattr(discovery, "ASKED_AGAIN_SECONDS", 0)
    keys(provider, "made up")
    keys(provider, "own")
    assert liar.asked.count("jwks") == 2


@pytest.mark.parametrize("trouble", ["hang", "trickle", "redirect", "large", "html"])
def test_provider_in_trouble_is_away_and_soon(liar, provider, soon, trouble):
    """Caught: `session.get(url, timeout=3)`, which follows a redirect, reads 10 MB and
    never ends where a byte comes now and then."""
    say(liar, trouble={"openid-configuration": trouble})
    soon()
    with pytest.raises(ProviderAway) as told:
        openid_connect.find_endpoints(provider)
    assert not liar.outwaited
    assert told.value.retry_after
    assert liar.asked == ["openid-configuration"]


@pytest.mark.parametrize("trouble", ["hang", "trickle", "redirect", "large", "html"])
def test_keys_of_a_provider_in_trouble_are_away_and_soon(liar, provider, soon, trouble):
    """Caught: the same, where the keys are asked for."""
    discover(provider)
    say(liar, trouble={"jwks": trouble})
    soon()
    with pytest.raises(ProviderAway):
        conversation(lambda: keys(provider, "own"))
    assert not liar.outwaited
    assert liar.asked == ["openid-configuration", "jwks"]


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"issuer": "https://other.example"},
        {"authorization_endpoint": None},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "https://other.example/keys"},
    ],
)
def test_document_that_is_of_another_is_taken_for_none(liar, provider, told):
    """An `http` issuer has `http` endpoints, an `https` one none without TLS."""
    honest = {
        "issuer": liar.issuer,
        "authorization_endpoint": f"{liar.issuer}/auth",
        "token_endpoint": f"{liar.issuer}/token",
        "jwks_uri": f"{liar.issuer}/jwks",
    }
    liar.document = honest | told if isinstance(told, dict) else told
    with pytest.raises(ProviderAway):
        openid_connect.find_endpoints(provider)


def test_nobody_listens_is_away(provider, liar):
    nobody = Provider("x", "X", "http://127.0.0.1:1", "id", "secret")
    with pytest.raises(ProviderAway):
        openid_connect.find_endpoints(nobody)


@contextmanager
def two_talking():
    """Take both places, until the event is set that is handed out with the threads."""
    go, talking = Event(), []

    def talk():
        talking.append(1)
        return go.wait(DEADLINE)

    def wait():
        with suppress(ProviderAway):
            conversation(talk)

    threads = [Thread(target=wait) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    assert wait_until(lambda: len(talking) == AT_ONCE, seconds=DEADLINE)
    yield threads, go
    go.set()
    for one in threads:
        one.join(DEADLINE)


def test_two_talk_to_providers_at_a_time_and_a_third_is_sent_away(monkeypatch):
    """Caught: a provider that hangs, and all eight threads of a worker with it."""
    monkeypatch.setattr(bounded_http, "IN_ALL_SECONDS", DEADLINE)
    # Caught: a third that waits for a place, until the two are given up.
    with two_talking() as (threads, _):
        with pytest.raises(ProviderAway):
            conversation(list)
        assert all(one.is_alive() for one in threads)


def test_conversation_that_is_given_up_keeps_its_place_until_it_ends(soon):
    soon()
    with two_talking() as (threads, go):
        for one in threads:
            one.join(DEADLINE)
        with pytest.raises(ProviderAway):
            conversation(list)
        go.set()
        assert wait_until(_all_places_are_free, seconds=DEADLINE)
        assert conversation(lambda: "there is a place") == "there is a place"


def test_what_a_conversation_raises_is_raised_where_it_is_awaited():
    def talk():
        raise KeyError("a fault of ours")

    with pytest.raises(KeyError, match="a fault of ours"):
        conversation(talk)


def test_netrc_adds_no_password(liar, provider, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    openid_connect.find_endpoints(provider)
    assert liar.headers.get("Authorization") is None
