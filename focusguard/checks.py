"""Deploy checks: a configuration that cannot be trusted does not start.

gunicorn runs `manage.py check --deploy` before it opens its port. On a developer's
machine (local mode) these only warn.
"""

from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection
from django.http.request import split_domain_port, validate_host

from focusguard import reporting
from focusguard.api import background
from focusguard.db.commands import BACKGROUND
from focusguard.environment import is_origin

MIN_DISTINCT_CHARACTERS = 12
# Out of documents and examples, this project's among them.
KNOWN_KEYS = ("your-super-secret-key", "django-insecure", "change-me", "changeme")

# What a role must have behind a pooler, and a good value.
TIME_OUTS = {
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "2s",
    "statement_timeout": "5s",
}

# Postgres' settings that write values into its log, and how to have none there.
TALKATIVE = """
    SELECT name, setting, CASE name
        WHEN 'log_error_verbosity' THEN 'terse'
        WHEN 'log_min_error_statement' THEN 'panic'
        WHEN 'log_statement' THEN 'ddl'
        ELSE '0'
    END
    FROM pg_settings
    WHERE (name = 'log_error_verbosity' AND setting <> 'terse')
       OR (name = 'log_min_error_statement'
           AND setting NOT IN ('log', 'fatal', 'panic'))
       OR (name = 'log_statement' AND setting NOT IN ('none', 'ddl'))
       OR (name = 'log_parameter_max_length_on_error' AND setting <> '0')
       OR (name = 'log_parameter_max_length' AND setting <> '0' AND EXISTS (
           SELECT FROM pg_settings
           WHERE name IN ('log_min_duration_statement', 'log_min_duration_sample')
             AND setting <> '-1'))
    ORDER BY name
"""

# By IP version: a whole private network (10.0.0.0/8, fd00::/8), and no more.
MOST_PROXIES = {4: 2**24, 6: 2**120}

# Far more than a restart of the worker takes, and than cron's minute.
IDLE_SECONDS = 300

UNSHARED_CACHES = (
    "django.core.cache.backends.dummy.DummyCache",
    "django.core.cache.backends.filebased.FileBasedCache",
    "django.core.cache.backends.locmem.LocMemCache",
)


Findings = Iterator[CheckMessage]
Rule = Callable[[], Findings]

RULES: list[Rule] = []


def rule(check: Rule) -> Rule:
    """Add a check to those of a configuration that serves the public."""
    RULES.append(check)
    return check


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """List what makes this configuration unsafe to serve the public with."""
    if settings.LOCAL_MODE:
        return [
            Warning(
                "Local mode is on: for the machine of one developer only.",
                hint="Unset FOCUSGUARD_LOCAL in production.",
                id="focusguard.W001",
            )
        ]
    return [finding for check in RULES for finding in check()]


@rule
def debug_is_off() -> Findings:
    if settings.DEBUG:
        yield Error("DEBUG is on.", hint="Unset DEBUG.", id="focusguard.E001")


@rule
def hosts_are_named() -> Findings:
    if not all(_is_host(host) for host in settings.ALLOWED_HOSTS):
        yield Error(
            f"ALLOWED_HOSTS is {settings.ALLOWED_HOSTS}: it takes any host, or none.",
            hint="Name the hosts that you serve.",
            id="focusguard.E002",
        )


@rule
def keys_are_hard_to_guess() -> Findings:
    named = [
        ("SECRET_KEY", settings.SECRET_KEY),
        ("JWT_SECRET_KEY", settings.JWT_SECRET_KEY),
        *(("ENCRYPTION_KEYS", key) for key in settings.ENCRYPTION_KEYS),
    ]
    for name, key in named:
        if _is_guessable(key):
            yield Error(
                f"{name} can be guessed.",
                hint='python -c "import secrets; print(secrets.token_urlsafe(48))"',
                id="focusguard.E003",
            )


@rule
def keys_differ() -> Findings:
    keys = [settings.SECRET_KEY, settings.JWT_SECRET_KEY, *settings.ENCRYPTION_KEYS]
    if len(set(keys)) < len(keys):
        yield Error(
            "Two of SECRET_KEY, JWT_SECRET_KEY and ENCRYPTION_KEYS are the same.",
            hint="Give each its own, so that one leak is not two.",
            id="focusguard.E004",
        )


@rule
def origins_are_origins() -> Findings:
    for origin in settings.ALLOWED_ORIGINS:
        if not is_origin(origin):
            yield Error(
                f"ALLOWED_ORIGINS has {origin!r}, which is not an origin.",
                hint="Write https://app.example.com, with no path and no wildcard.",
                id="focusguard.E005",
            )


@rule
def browsers_take_the_cookie() -> Findings:
    none = settings.REFRESH_COOKIE_SAMESITE == "None"
    if none and not settings.REFRESH_COOKIE_SECURE:
        yield Error(
            "Browsers refuse a SameSite=None cookie that is not Secure.",
            hint="Unset DEBUG, or set REFRESH_COOKIE_SAMESITE=Lax.",
            id="focusguard.E006",
        )


@rule
def statements_time_out() -> Findings:
    for name in ("STATEMENT_TIMEOUT_MS", "LOCK_TIMEOUT_MS"):
        if getattr(settings, name) == 0:
            yield Error(
                f"{name} is 0: requests would wait without end, and all the others "
                "behind them.",
                hint=f"Unset {name}.",
                id="focusguard.E007",
            )


@rule
def counters_are_shared() -> Findings:
    if settings.CACHES[settings.RATELIMIT_USE_CACHE]["BACKEND"] in UNSHARED_CACHES:
        yield Error(
            "The counters of limits are not shared: every worker would count alone.",
            hint="Set REDIS_URL, or leave it empty to count in Postgres.",
            id="focusguard.E008",
        )


@rule
def limits_are_on() -> Findings:
    if not settings.RATE_LIMIT_ENABLED:
        yield Error(
            "RATE_LIMIT_ENABLED is off: passwords can be guessed without end.",
            hint="Unset RATE_LIMIT_ENABLED.",
            id="focusguard.E009",
        )


@rule
def proxies_are_ours() -> Findings:
    if not settings.TRUSTED_PROXIES:
        return
    for network in settings.TRUSTED_PROXY_NETWORKS:
        if network.num_addresses > MOST_PROXIES[network.version]:
            yield Error(
                f"TRUSTED_PROXY_NETWORKS has {network}, where strangers are: each of "
                "them could choose the address that limits count by.",
                hint="Name the addresses of your proxies.",
                id="focusguard.E012",
            )


@rule
def proxies_are_named() -> Findings:
    if settings.TRUSTED_PROXIES and not settings.TRUSTED_PROXY_NETWORKS:
        yield Error(
            "TRUSTED_PROXIES is set, and TRUSTED_PROXY_NETWORKS names none.",
            hint="Name the addresses of your proxies.",
            id="focusguard.E013",
        )


@rule
def what_reports_is_installed() -> Findings:
    for name, file in reporting.lacking().items():
        yield Error(
            f"{name} is set, and what it needs is not installed.",
            hint=f"pip install -r {file}",
            id="focusguard.E010",
        )


@rule
def https_is_asked_for() -> Findings:
    if not settings.SECURE_SSL_REDIRECT:
        yield Warning(
            "SECURE_SSL_REDIRECT is off: plain HTTP is answered, and no browser is told "
            "to stay with HTTPS.",
            hint="Leave it on; behind a proxy that ends TLS set TRUSTED_PROXIES "
            "and TRUSTED_PROXY_NETWORKS.",
            id="focusguard.W002",
        )


@rule
def valkey_counts() -> Findings:
    if not settings.REDIS_URL:
        yield Warning(
            "REDIS_URL is not set: counting requests costs Postgres a statement "
            "each, and every worker keeps a cache of its own.",
            id="focusguard.W003",
        )


@rule
def origins_have_tls() -> Findings:
    if any(origin.startswith("http://") for origin in settings.ALLOWED_ORIGINS):
        yield Warning(
            "ALLOWED_ORIGINS has an origin without TLS.", id="focusguard.W004"
        )


@rule
def mail_reaches_people() -> Findings:
    if settings.MAIL_SERVER.folder:
        yield Warning(
            "EMAIL_URL is a folder: no mail reaches anybody, and whoever reads the "
            "folder can open accounts.",
            hint="Set it to the mail server.",
            id="focusguard.W007",
        )


@rule
def mail_is_handed_over_by_tls() -> Findings:
    server = settings.MAIL_SERVER
    if server.host and not (
        server.starttls or server.tls or _is_ourselves(server.host)
    ):
        yield Warning(
            "EMAIL_URL is smtp://: mails, with links that open accounts, and the "
            "password of the server travel in the clear.",
            hint="Use smtp+starttls:// or smtps://.",
            id="focusguard.W008",
        )


@rule
def links_in_mails_have_tls() -> Findings:
    if settings.EMAIL_URL and settings.DASHBOARD_URL.startswith("http://"):
        yield Warning(
            "DASHBOARD_URL is http://: whoever is on the way reads what a link opens.",
            id="focusguard.W009",
        )


@rule
def mail_programs_reach_us() -> Findings:
    if not settings.EMAIL_URL:
        return
    host, _ = split_domain_port(urlsplit(settings.DASHBOARD_URL).netloc)
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Warning(
            f"DASHBOARD_URL is at {host}, which ALLOWED_HOSTS has not: the button of a "
            "mail program that stops the weekly report posts to /api there.",
            hint="Serve /api at that host too, and name it in ALLOWED_HOSTS.",
            id="focusguard.W010",
        )


@rule
def providers_have_tls() -> Findings:
    for provider in settings.PROVIDERS.values():
        parts = urlsplit(provider.issuer)
        if parts.scheme != "https" and not _is_ourselves(parts.hostname or ""):
            yield Error(
                f"{provider.id} is asked over http://: whoever is on the way says who "
                "signs in.",
                hint="Name an issuer with https://.",
                id="focusguard.E014",
            )


@rule
def people_come_back_to_us() -> Findings:
    host, _ = split_domain_port(urlsplit(settings.DASHBOARD_URL).netloc)
    if settings.PROVIDERS and not validate_host(host, settings.ALLOWED_HOSTS):
        yield Error(
            f"DASHBOARD_URL is at {host}, which ALLOWED_HOSTS has not: whoever comes "
            "back from a provider is refused.",
            hint="Serve /api at that host too, and name it in ALLOWED_HOSTS.",
            id="focusguard.E015",
        )


@rule
def people_come_back_by_tls() -> Findings:
    if settings.PROVIDERS and settings.DASHBOARD_URL.startswith("http://"):
        yield Warning(
            "DASHBOARD_URL is http://: whoever is on the way reads what a provider "
            "sends people back with.",
            id="focusguard.W011",
        )


@register(Tags.database)
def check_pooled_time_outs(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """List the time-outs that nobody sets: through a pooler the role must bring them.

    Run where the database is asked: by `migrate`, and by `check --database default`.
    """
    if not databases or not settings.DATABASE_POOLER:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = '0'",
            [list(TIME_OUTS)],
        )
        missing = sorted(name for (name,) in cursor.fetchall())
    return [
        Error(
            f"DATABASE_POOLER is on, and the role has no {name}.",
            hint=f"ALTER ROLE focusguard SET {name} = '{TIME_OUTS[name]}'",
            id="focusguard.E011",
        )
        for name in missing
    ]


@register(Tags.database)
def check_words_of_people_in_logs(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """List the settings by which Postgres writes into its log what people typed.

    A warning: a provider may not let them be changed. Run as the one above.
    """
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute(TALKATIVE)
        found = cursor.fetchall()
    return [
        Warning(
            f"Postgres has {name} = {value}: its log keeps e-mail addresses and names, "
            "also of deleted accounts.",
            hint=f"ALTER ROLE focusguard SET {name} = {quiet}; as an administrator.",
            id="focusguard.W005",
        )
        for name, value, quiet in found
    ]


@register(BACKGROUND)
def check_that_somebody_works(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn where neither a worker nor cron has been seen for a while.

    Sessions are settled at their user's next start then, boards grow slow and no mail is
    sent. Of `check --database default`; `migrate` leaves it out.
    """
    idle = background.idle_seconds() if databases else None
    if idle is None or idle < IDLE_SECONDS:
        return []
    return [
        Warning(
            f"No worker has been seen for {IDLE_SECONDS // 60} minutes, nor a command "
            "of cron's.",
            hint="Keep `manage.py work` running, or have cron run the commands of "
            "docs/operations.md every minute.",
            id="focusguard.W006",
        )
    ]


def _is_host(host: str) -> bool:
    """Tell whether a word names a host, or by a leading dot the subdomains of a domain."""
    return "*" not in host and bool(host.removeprefix(".").strip())


def _is_ourselves(host: str) -> bool:
    """Tell whether a host is this machine, by its name or by an address of it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_guessable(key: str) -> bool:
    return len(set(key)) < MIN_DISTINCT_CHARACTERS or any(
        known in key.lower() for known in KNOWN_KEYS
    )
