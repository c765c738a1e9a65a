from ipaddress import ip_network

import pytest
from django.db import connection

from focusguard import reporting
from focusguard.checks import (
    TIME_OUTS,
    UNSHARED_CACHES,
    check_deployment,
    check_pooled_time_outs,
    check_words_of_people_in_logs,
)
from focusguard.mail_url import mail_server
from focusguard.provider_settings import Provider
from local.postgres import QUIET

GOOD_KEY = "kP2v-9sXq_Lw7RzT0cYhBn4EoUi8MdFa"


@pytest.fixture
def production(settings):
    settings.LOCAL_MODE = settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["focusguard.example"]
    settings.SECRET_KEY = GOOD_KEY
    settings.JWT_SECRET_KEY = GOOD_KEY[::-1]
    settings.ALLOWED_ORIGINS = ["https://app.focusguard.example"]
    settings.REFRESH_COOKIE_SAMESITE, settings.REFRESH_COOKIE_SECURE = "Lax", True
    settings.RATE_LIMIT_ENABLED = settings.SECURE_SSL_REDIRECT = True
    settings.STATEMENT_TIMEOUT_MS, settings.LOCK_TIMEOUT_MS = 5000, 2000
    settings.REDIS_URL = "redis://valkey:6379/0"
    return settings


@pytest.mark.django_db
def test_pooler_wants_the_time_outs_of_the_role(production):
    def missing():
        return [m.msg.split()[-1] for m in check_pooled_time_outs(None, ["default"])]

    assert missing() == []
    production.DATABASE_POOLER = True
    with connection.cursor() as cursor:
        for name in TIME_OUTS:
            cursor.execute(f"SET LOCAL {name} = 0")
        assert missing() == [f"{name}." for name in TIME_OUTS]
        for name, value in TIME_OUTS.items():
            cursor.execute(f"SET LOCAL {name} = '{value}'")
        assert missing() == []
    assert check_pooled_time_outs(None, None) == []


def talkative():
    """Return the settings that are named, with their values."""
    said = check_words_of_people_in_logs(None, ["default"])
    assert {message.id for message in said} <= {"focusguard.W005"}
    return [message.msg.partition(":")[0].split(" ", 2)[2] for message in said]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_error_verbosity", "default"),
        ("log_min_error_statement", "error"),
        ("log_statement", "mod"),
        ("log_parameter_max_length_on_error", "-1"),
    ],
)
def test_a_postgres_that_logs_what_people_typed_is_named(name, value):
    with connection.cursor() as cursor:
        for setting, quiet in QUIET.items():
            cursor.execute(f"SET LOCAL {setting} = {quiet}")
        assert talkative() == []
        cursor.execute(f"SET LOCAL {name} = '{value}'")
        assert talkative() == [f"{name} = {value}"]
    assert check_words_of_people_in_logs(None, None) == []


@pytest.mark.django_db
def test_slow_statements_are_logged_without_their_values():
    with connection.cursor() as cursor:
        for setting, quiet in QUIET.items():
            cursor.execute(f"SET LOCAL {setting} = {quiet}")
        cursor.execute("SET LOCAL log_min_duration_statement = 250")
        assert talkative() == []
        cursor.execute("SET LOCAL log_parameter_max_length = -1")
        assert talkative() == ["log_parameter_max_length = -1"]


@pytest.fixture
def bare_install(monkeypatch):
    """Find no package beyond those that pip brings for requirements.txt."""
    monkeypatch.setattr(reporting, "find_spec", lambda package: None)


@pytest.mark.parametrize(
    "name", ["SENTRY_DSN", "OTEL_EXPORTER_OTLP_ENDPOINT", "PICTURES_S3_BUCKET"]
)
def test_what_is_set_without_its_package_does_not_start(production, bare_install, name):
    setattr(production, name, "https://collector.example")
    assert ids() == ["focusguard.E010"]


def test_reporting_is_not_missed_where_it_is_not_wanted(production, bare_install):
    assert ids() == []


def ids():
    return [message.id for message in check_deployment(None)]


def test_check_deployment_has_nothing_against_a_safe_configuration(production):
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "focusguard.E001"),
        ("ALLOWED_HOSTS", ["*"], "focusguard.E002"),
        ("SECRET_KEY", "a" * 50, "focusguard.E003"),
        ("JWT_SECRET_KEY", "your-super-secret-key-here-0123456789", "focusguard.E003"),
        ("JWT_SECRET_KEY", GOOD_KEY, "focusguard.E004"),
        ("ENCRYPTION_KEYS", ["a" * 50], "focusguard.E003"),
        ("ENCRYPTION_KEYS", [GOOD_KEY], "focusguard.E004"),
        ("ALLOWED_ORIGINS", ["*"], "focusguard.E005"),
        ("ALLOWED_ORIGINS", ["null"], "focusguard.E005"),
        ("ALLOWED_ORIGINS", ["https://*.example.com"], "focusguard.E005"),
        ("ALLOWED_ORIGINS", ["https://example.com/app"], "focusguard.E005"),
        ("ALLOWED_HOSTS", ["focusguard.example", "."], "focusguard.E002"),
        ("ALLOWED_HOSTS", [""], "focusguard.E002"),
        ("STATEMENT_TIMEOUT_MS", 0, "focusguard.E007"),
        ("LOCK_TIMEOUT_MS", 0, "focusguard.E007"),
        ("RATE_LIMIT_ENABLED", False, "focusguard.E009"),
        ("SECURE_SSL_REDIRECT", False, "focusguard.W002"),
        ("REDIS_URL", "", "focusguard.W003"),
        ("ALLOWED_ORIGINS", ["http://app.example.com"], "focusguard.W004"),
    ],
)
def test_check_deployment_names_what_is_unsafe(production, name, value, expected):
    setattr(production, name, value)
    assert ids() == [expected]


@pytest.mark.parametrize("backend", UNSHARED_CACHES)
def test_check_deployment_refuses_counters_that_workers_do_not_share(
    production, backend
):
    production.CACHES = {production.RATELIMIT_USE_CACHE: {"BACKEND": backend}}
    assert ids() == ["focusguard.E008"]


@pytest.mark.parametrize(
    ("networks", "expected"),
    [
        ([], ["focusguard.E013"]),
        (["0.0.0.0/0", "::/0"], ["focusguard.E012"] * 2),
        (["128.0.0.0/1"], ["focusguard.E012"]),
        (["10.0.0.0/8", "fd00::/8", "::1", "172.17.0.1"], []),
    ],
)
def test_check_deployment_refuses_proxies_that_could_be_anybody(
    production, networks, expected
):
    production.TRUSTED_PROXY_NETWORKS = tuple(map(ip_network, networks))
    assert ids() == []
    production.TRUSTED_PROXIES = 1
    assert ids() == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://mail.example.com", []),
        ("smtp+starttls://ann:pass@mail.example.com", []),
        ("smtp://localhost", []),
        ("smtp://127.0.0.1:2525", []),
        ("smtp://[::1]", []),
        ("smtp://mail.example.com", ["focusguard.W008"]),
        ("smtp://10.0.0.7", ["focusguard.W008"]),
        ("file:///tmp", ["focusguard.W007"]),
    ],
)
def test_check_deployment_warns_of_mail_that_others_read(production, url, expected):
    production.EMAIL_URL = url
    production.MAIL_SERVER = mail_server(url, production.BASE_DIR)
    production.DASHBOARD_URL = "https://focusguard.example"
    assert ids() == expected
    production.DASHBOARD_URL = "http://focusguard.example"
    assert ids() == [*expected, "focusguard.W009"]


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["api.focusguard.example"], ["focusguard.W010"]),
        (["api.focusguard.example", "app.focusguard.example"], []),
        ([".focusguard.example"], []),
    ],
)
def test_check_deployment_warns_where_no_mail_program_can_unsubscribe(
    production, hosts, expected
):
    production.EMAIL_URL = "smtps://mail.example.com"
    production.ALLOWED_HOSTS = hosts
    production.DASHBOARD_URL = "https://app.focusguard.example:8443"
    assert ids() == expected
    production.EMAIL_URL = ""
    assert ids() == []


@pytest.mark.parametrize(
    ("issuer", "dashboard", "expected"),
    [
        ("https://login.example.com", "https://focusguard.example", []),
        ("http://127.0.0.1:9000", "https://focusguard.example:8443", []),
        (
            "http://login.example.com",
            "https://focusguard.example",
            ["focusguard.E014"],
        ),
        (
            "https://login.example.com",
            "https://app.focusguard.example",
            ["focusguard.E015"],
        ),
        (
            "https://login.example.com",
            "http://focusguard.example",
            ["focusguard.W011"],
        ),
    ],
)
def test_check_deployment_looks_at_the_way_to_a_provider_and_back(
    production, issuer, dashboard, expected
):
    production.DASHBOARD_URL = dashboard
    assert ids() == []
    production.PROVIDERS = {"a": Provider("a", "A", issuer, "id", "secret")}
    assert ids() == expected


def test_check_deployment_refuses_a_cookie_that_browsers_refuse(production):
    production.REFRESH_COOKIE_SAMESITE = "None"
    production.REFRESH_COOKIE_SECURE = False
    assert ids() == ["focusguard.E006"]


def test_check_deployment_only_warns_on_a_developers_machine(production):
    production.LOCAL_MODE = production.DEBUG = True
    assert ids() == ["focusguard.W001"]
