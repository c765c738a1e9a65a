"""gunicorn refuses to start with a configuration that cannot be trusted."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest
from django.conf import settings

from local.processes import wait_until
from tests.harness.bounds import DEADLINE

pytestmark = pytest.mark.row("A28")

SAFE = {
    "FOCUSGUARD_LOCAL": "false",
    "DEBUG": "false",
    # Nobody listens there: what starts would not need it before the first request.
    "DATABASE_URL": "postgresql://focusguard@127.0.0.1:9/focusguard",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "kP2v-9sXq_Lw7RzT0cYhBn4EoUi8MdFaJ3gW6tCx5NbVmQeD1rSyHuKp",
    "JWT_SECRET_KEY": "pKuHySr1DeQmVbN5xCt6Wg3JaFdM8iUoE4nBhYc0TzR7wL_qXs9-v2Pk",
    "ALLOWED_HOSTS": "focusguard.example",
    "ALLOWED_ORIGINS": "https://app.focusguard.example",
    "RATE_LIMIT_ENABLED": "true",
    "SECURE_SSL_REDIRECT": "true",
    "DJANGO_SETTINGS_MODULE": "focusguard.settings",
}


GUNICORN = [
    *(sys.executable, "-m", "gunicorn", "focusguard.wsgi:application"),
    *("--config", "gunicorn.conf.py", "--bind", "127.0.0.1:0"),
]


def start(changes):
    """Start gunicorn as the container does; return how that ended."""
    return subprocess.run(
        GUNICORN,
        cwd=settings.BASE_DIR,
        env=os.environ | SAFE | changes,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )


# What the checks find, and what ends the reading of the settings.
FAULTS = [
    ({"DEBUG": "true"}, "focusguard.E001"),
    ({"ALLOWED_HOSTS": "*"}, "focusguard.E002"),
    ({"JWT_SECRET_KEY": "your-super-secret-key-here-0123456789"}, "focusguard.E003"),
    ({"ALLOWED_ORIGINS": "*"}, "focusguard.E005"),
    ({"STATEMENT_TIMEOUT_MS": "0"}, "STATEMENT_TIMEOUT_MS is 0"),
    ({"LOCK_TIMEOUT_MS": "0"}, "LOCK_TIMEOUT_MS is 0"),
    (
        {"DJANGO_SETTINGS_MODULE": "tests.live.harness.unshared_settings"},
        "focusguard.E008",
    ),
    ({"RATE_LIMIT_ENABLED": "false"}, "focusguard.E009"),
    (
        {"TRUSTED_PROXIES": "1", "TRUSTED_PROXY_NETWORKS": "0.0.0.0/0"},
        "focusguard.E012",
    ),
]
UNREADABLE = [
    ({"JWT_SECRET_KEY": "8-bytes!"}, "JWT_SECRET_KEY must have at least 32 bytes"),
    ({"TRUSTED_PROXY_NETWORKS": "nginx"}, "TRUSTED_PROXY_NETWORKS must be"),
    ({"METRICS_DIR": "/nowhere"}, "METRICS_DIR must be a folder"),
]


def test_gunicorn_refuses_and_names_every_fault():
    ended = start(dict(pair for changes, _ in FAULTS for pair in changes.items()))
    assert ended.returncode != 0
    assert [said for _, said in FAULTS if said not in ended.stderr] == []
    assert "Booting worker" not in ended.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [*UNREADABLE, *(pytest.param(*fault, marks=pytest.mark.slow) for fault in FAULTS)],
    ids=str,
)
def test_gunicorn_refuses(changes, said):
    ended = start(changes)
    assert ended.returncode != 0
    assert said in ended.stderr
    assert "Booting worker" not in ended.stderr


def test_gunicorn_takes_the_configuration_that_the_others_spoil():
    """The spoilt configurations above are refused for the change alone."""
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=os.environ | SAFE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    "sign",
    [
        signal.SIGINT,
        *(
            pytest.param(sign, marks=pytest.mark.slow)
            for sign in (signal.SIGTERM, signal.SIGHUP)
        ),
    ],
)
def test_gunicorn_that_is_stopped_while_it_checks_leaves_nothing_running(sign):
    """Caught: a check that went on after the gunicorn that had started it."""
    with subprocess.Popen(
        GUNICORN,
        cwd=settings.BASE_DIR,
        env=os.environ | SAFE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # As in a terminal, whoever started the tests.
        preexec_fn=lambda: signal.signal(sign, signal.SIG_DFL),
    ) as process:
        gunicorn = psutil.Process(process.pid)
        assert wait_until(
            lambda: any(map(checks, gunicorn.children())), seconds=DEADLINE
        )
        (check,) = gunicorn.children()
        process.send_signal(sign)
        assert process.wait(DEADLINE) != 0
        assert not check.is_running()


def checks(process):
    with suppress(psutil.NoSuchProcess):
        return "--deploy" in process.cmdline()
    return False
