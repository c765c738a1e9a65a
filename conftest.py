"""The cast and the ground of every test: real Postgres, real Valkey, cheap hashing."""

import gc
import os
import re
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default as default_policy

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient
from whitenoise.middleware import WhiteNoiseMiddleware

from accounts.devices import one_door
from focusguard.counters import in_postgres, in_valkey
from tests.harness.loading import load_middleware_once
from tests.harness.migrating import migrated_once
from tests.harness.scheduling import ByFile, import_a_share, in_order

# A busy machine is no fault of an example.
hypothesis_settings.register_profile("focusguard", deadline=None)
hypothesis_settings.load_profile("focusguard")


def pytest_configure(config):
    """Give each worker its own Valkey database; 0 belongs to `make run`."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    number = int(worker.removeprefix("gw")) + 1
    for cache in django_settings.CACHES.values():
        if "LOCATION" in cache:
            cache["LOCATION"] = re.sub(
                r"\?db=\d+$|(/\d+)?$", f"?db={number}", cache["LOCATION"], count=1
            )
    _lengthen_limits()
    if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
        folders = config.getini("testpaths")
        import_a_share(config.rootpath, folders, number - 1, int(workers))


def _lengthen_limits():
    """Keep production's limits off the tests' own connections.

    On a busy machine 10 idle seconds pass in the middle of a test's transaction, and 5
    while it fills its tables. The stacks of the live tests have limits of their own.
    """
    for database in django_settings.DATABASES.values():
        database.setdefault("OPTIONS", {})["options"] = (
            "-c idle_in_transaction_session_timeout=0"
            " -c statement_timeout=120000 -c lock_timeout=60000"
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop(session):
    """Last, so that it is inside of pytest-cov, which combines what it finds."""
    done = yield
    config = session.config
    if config.pluginmanager.hasplugin("_cov") and not hasattr(config, "workerinput"):
        from tests.harness.unreadable_coverage import leave_out_unreadable

        reporter = config.pluginmanager.getplugin("terminalreporter")
        reporter.ensure_newline()
        for line in leave_out_unreadable(config.rootpath):
            reporter.write_line(line, yellow=True)
    return done


def pytest_collection_finish():
    """Leave five thousand tests out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix,
    django_db_blocker,
    tmp_path_factory,
    worker_id,
):
    """Migrate once for all workers of pytest-xdist: each copies what one of them made."""
    if worker_id != "master":
        with django_db_blocker.unblock():
            migrated_once(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let no commit wait for the disk, a stack's neither: no test kills this Postgres."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        # The next connection has it.
        connection.close()


@pytest.fixture(autouse=True)
def _cheap_hashing(monkeypatch):
    """The same algorithm at the lowest cost: 1 ms instead of 250."""
    monkeypatch.setattr(BCryptSHA256PasswordHasher, "rounds", 4)


@pytest.fixture
def hashes(monkeypatch):
    """List what each hashing of a password cost: 2 to the power of its rounds."""
    made = []
    encode = BCryptSHA256PasswordHasher.encode

    def counted(hasher, password, salt):
        _, rounds, _ = salt.decode().strip("$").split("$")
        made.append(2 ** int(rounds))
        return encode(hasher, password, salt)

    monkeypatch.setattr(BCryptSHA256PasswordHasher, "encode", counted)
    return made


@pytest.fixture(autouse=True, scope="session")
def _what_is_answered_is_documented():
    """Hold whatever a test's client gets from the API against the OpenAPI document."""
    from tests.harness.documented import require_documented

    ask = Client.request

    def asked(client, **request):
        answer = ask(client, **request)
        # Staff who browse by their session are no clients of the document.
        if django_settings.SESSION_COOKIE_NAME not in client.cookies:
            require_documented(
                answer.request["REQUEST_METHOD"], answer.request["PATH_INFO"], answer
            )
        return answer

    Client.request = asked
    yield
    Client.request = ask


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once():
    """Spare every client a walk through all static files: half of a short test's time."""
    walk = WhiteNoiseMiddleware.add_files_from_finders
    listed = {}

    def look_up(middleware):
        place = (middleware.static_prefix, str(middleware.static_root))
        if place not in listed:
            walk(middleware)
            listed[place] = dict(middleware.files)
        middleware.files.update(listed[place])

    WhiteNoiseMiddleware.add_files_from_finders = look_up
    yield
    WhiteNoiseMiddleware.add_files_from_finders = walk


@pytest.fixture(autouse=True, scope="session")
def _middleware_is_loaded_once():
    load = BaseHandler.load_middleware
    BaseHandler.load_middleware = load_middleware_once(load)
    yield
    BaseHandler.load_middleware = load


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_cheaply():
    from tests.harness.emptying import empty_the_tables

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: empty_the_tables()
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _no_limits(settings):
    """Limits are off but where a test turns them on; counters start empty."""
    settings.RATE_LIMIT_ENABLED = False
    caches["default"].clear()
    in_valkey.KNOWN.clear()
    in_postgres.KNOWN.clear()


@pytest.fixture(autouse=True)
def _limits_begin_with_the_test(monkeypatch):
    """A limit that began anew in the middle of a test would let its last request pass."""
    began = int(time.time())

    def end_of_window(value, period):
        return began + ((int(time.time()) - began) // period + 1) * period

    monkeypatch.setattr("django_ratelimit.core._get_window", end_of_window)


@pytest.fixture
def alice(db):
    """The owner."""
    from accounts.tests.factories import UserFactory

    return UserFactory(username="alice_focus", email="alice@focusguard.com")


@pytest.fixture
def bob(db):
    """Another user."""
    from accounts.tests.factories import UserFactory

    return UserFactory(username="bob_build", email="bob@focusguard.com")


@pytest.fixture
def ada(db):
    """A member of the staff, who may do everything."""
    from accounts.tests.staff import superuser

    return superuser(username="ada_admin", email="ada@focusguard.com")


@pytest.fixture
def as_staff(client, ada):
    """A browser in which Ada is signed in to the staff's site."""
    client.force_login(ada)
    return client


@pytest.fixture
def mail_on(settings, tmp_path):
    """Mail is on, and each that is sent is a file; a call returns those there are."""
    folder = tmp_path / "mail"
    settings.EMAIL_URL = f"file://{folder}"
    settings.EMAIL_BACKEND = "mail.delivery.FolderBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    settings.DASHBOARD_URL = "https://app.focusguard.test"
    settings.EMAIL_FROM = "noreply@focusguard.test"

    def sent():
        return [
            message_from_bytes(path.read_bytes(), policy=default_policy)
            for path in sorted(folder.glob("*.eml"))
        ]

    return sent


@pytest.fixture
def pictures_on(settings, tmp_path):
    """Pictures are kept, in a folder of the test; a call returns their names."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    settings.PICTURES_DIR = str(folder)

    def kept():
        return sorted(path.name for path in folder.iterdir())

    kept.folder = folder
    return kept


@pytest.fixture
def anonymous():
    """A client that nobody signed in with."""
    return APIClient()


@pytest.fixture
def sign_in():
    """Sign a user in on a new device; return a client that holds its access token."""
    from tests.harness.worlds import client_of

    def _sign_in(user, **kwargs):
        return client_of(one_door.open_device(user=user), **kwargs)

    return _sign_in


@pytest.fixture
def as_alice(alice, sign_in):
    return sign_in(alice)


@pytest.fixture
def as_bob(bob, sign_in):
    return sign_in(bob)


def pytest_collection_modifyitems(items):
    in_order(items)
    for item in items:
        for row in item.iter_markers("row"):
            item.user_properties.append(("row", row.args[0]))


def pytest_terminal_summary(terminalreporter, config):
    """Print what `make test-live` tried of the catalogue, and how often it failed."""
    if "row" not in config.option.markexpr:
        return
    tries, failures, figures = Counter(), Counter(), Counter()
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in report.user_properties:
                if name != "row":
                    figures[name] += value
                elif report.when == "call" or outcome == "error":
                    tries[value] += report.when == "call"
                    failures[value] += outcome != "passed"
    terminalreporter.section("the catalogue")
    for row in sorted(tries):
        terminalreporter.line(f"{row:5} tries {tries[row]:4}  failures {failures[row]}")
    for name in sorted(figures):
        terminalreporter.line(f"{name}: {figures[name]}")
