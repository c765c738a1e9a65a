"""`python -m focusguard`, the container's command, and its health check."""

import os
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import settings

VARIABLES = ("HOST", "PORT", "WEB_CONCURRENCY", "GUNICORN_THREADS")


@pytest.fixture
def container(tmp_path):
    """A folder as the image has it, where an `.env` can be mounted."""
    shutil.copy(settings.BASE_DIR / "gunicorn.conf.py", tmp_path)
    shutil.copytree(
        settings.BASE_DIR / "focusguard",
        tmp_path / "focusguard",
        ignore=shutil.ignore_patterns("tests", "local", "__pycache__"),
    )
    return tmp_path


def run(container, *arguments, **environment):
    inherited = {name: os.environ[name] for name in os.environ if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "focusguard", *arguments],
        cwd=container,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "GUNICORN_THREADS", "PORT"])
@pytest.mark.parametrize("value", ["auto", ""])
def test_a_variable_that_is_no_number_is_named_in_one_line(container, name, value):
    """Caught: gunicorn itself, which reads WEB_CONCURRENCY before any configuration."""
    ended = run(container, **{name: value})
    (said,) = ended.stderr.splitlines()
    assert said.startswith(f"focusguard: {name} must be a number from 1 to ")
    assert ended.returncode == 1


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health/live" else 404)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing beside the test."""


def test_health_check_asks_where_env_file_says_and_through_no_proxy(container):
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        (container / ".env").write_text(f"PORT={server.server_port}\n")
        answering = Thread(target=server.serve_forever)
        answering.start()
        ended = run(container, "alive", http_proxy="http://127.0.0.1:9")
        server.shutdown()
        answering.join()
    assert (ended.returncode, ended.stderr) == (0, "")


def test_health_check_fails_in_one_line_where_nobody_answers(container):
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        port = server.server_port
    ended = run(container, "alive", HOST="127.0.0.1", PORT=str(port))
    (said,) = ended.stderr.splitlines()
    assert said.startswith(f"focusguard: 127.0.0.1:{port} does not answer")
    assert ended.returncode == 1


def test_image_asks_and_serves_by_it():
    """Caught: a check of its own words, which knew no PORT of an `.env` file."""
    lines = (settings.BASE_DIR / "Dockerfile").read_text().splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("CMD ")]
    assert commands == [
        'CMD ["python", "-m", "focusguard", "alive"]',
        'CMD ["python", "-m", "focusguard"]',
    ]
