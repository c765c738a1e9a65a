"""The files of `deploy/` fit the product: its commands, its variables, its ports."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
OURS = {"app", "realtime", "worker", "migrate"}
NGINX = (DEPLOY / "nginx.conf").read_text()
UNITS = sorted(DEPLOY.glob("*.service"))


def test_containers_of_one_image_run_the_commands_that_there_are():
    assert {name for name, one in SERVICES.items() if "build" in one} == {"app"}
    assert {SERVICES[name]["image"] for name in OURS} == {"focusguard"}
    for name in OURS - {"app"}:
        python, manage, command, *_ = SERVICES[name]["command"]
        assert (python, manage) == ("python", "manage.py")
        assert command in get_commands()


def test_every_container_that_stays_is_restarted_and_looked_at():
    staying = SERVICES.keys() - {"migrate"}
    assert {SERVICES[name]["restart"] for name in staying} == {"always"}
    # The image of the app brings a healthcheck of its own.
    assert {name for name in staying if "healthcheck" not in SERVICES[name]} == {"app"}
    assert "HEALTHCHECK" in (settings.BASE_DIR / "Dockerfile").read_text()
    assert SERVICES["migrate"]["restart"] == "no"


def test_nothing_of_a_new_version_starts_before_its_tables():
    for name in OURS - {"migrate"}:
        after = {
            other: on["condition"] for other, on in SERVICES[name]["depends_on"].items()
        }
        assert after == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }


def test_containers_are_given_no_secret_in_the_file():
    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) == {"POSTGRES_PASSWORD"}
    for name in OURS:
        assert SERVICES[name]["env_file"] == "../.env"
        assert (
            not {"SECRET_KEY", "JWT_SECRET_KEY"} & SERVICES[name]["environment"].keys()
        )


def test_variables_of_the_containers_are_those_that_the_service_reads():
    example = (settings.BASE_DIR / ".env.example").read_text()
    for name in OURS:
        for variable in SERVICES[name]["environment"]:
            assert f"\n{variable}=" in example


# Without its means it is skipped on a desk, and fails in CI, which installs them.
@pytest.mark.skipif(
    not (shutil.which("systemd-analyze") or os.environ.get("CI")),
    reason="systemd is not here",
)
def test_systemd_takes_the_units(tmp_path):
    for unit in UNITS:
        # Where the packages of a checkout are is all that differs here.
        text = unit.read_text().replace(
            "/opt/focusguard/.venv/bin/python", sys.executable
        )
        (tmp_path / unit.name).write_text(text)
    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_units_are_restarted_whatever_ends_them_and_run_what_there_is():
    commands = {}
    for unit in UNITS:
        text = unit.read_text()
        assert "\nRestart=always\n" in text
        assert "\nNoNewPrivileges=yes\n" in text
        _, _, command = re.search(r"^ExecStart=(\S+) (\S+) (\S+)$", text, re.M).groups()
        commands[unit.stem] = command
    assert commands == {
        "focusguard": "focusguard",
        "focusguard-realtime": "serve_realtime",
        "focusguard-worker": "work",
    }
    assert {"serve_realtime", "work"} <= get_commands().keys()


def test_web_server_is_stopped_first_then_the_sockets_then_the_worker():
    """systemd stops in the opposite order of the start."""

    def after(unit):
        return re.search(r"^After=(.*)$", (DEPLOY / unit).read_text(), re.M)[1].split()

    worker, sockets = "focusguard-worker.service", "focusguard-realtime.service"
    assert {worker, sockets} <= set(after("focusguard.service"))
    assert worker in after(sockets)


def test_process_of_the_sockets_may_have_as_many_as_it_takes():
    """A socket is a descriptor; more are for Postgres, Valkey and those that come."""
    needed = settings.REALTIME_MAX_SOCKETS + 1000
    unit = (DEPLOY / "focusguard-realtime.service").read_text()
    assert int(re.search(r"^LimitNOFILE=(\d+)$", unit, re.M)[1]) >= needed
    assert SERVICES["realtime"]["ulimits"]["nofile"] >= needed


def test_sockets_are_asked_for_at_their_port_everywhere():
    port = settings.REALTIME_PORT
    assert SERVICES["realtime"]["environment"]["REALTIME_PORT"] == str(port)
    assert SERVICES["realtime"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert str(port) in SERVICES["realtime"]["healthcheck"]["test"][-1]
    (sockets,) = re.findall(r"upstream focusguard_sockets \{(.*?)\}", NGINX, re.S)
    assert set(re.findall(r"server \S+:(\d+)", sockets)) == {str(port)}
