"""Settings of gunicorn.conf.py, by the process environment and by `.env`."""

import os
import runpy
import shutil

import pytest
from django.conf import settings

# Above what Linux gives to any process.
DEAD = 2**22 + 1
VARIABLES = ("HOST", "PORT", "WEB_CONCURRENCY", "GUNICORN_THREADS")


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Read the configuration in a folder whose `.env` has these lines."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    conf = shutil.copy(settings.BASE_DIR / "gunicorn.conf.py", tmp_path)

    def read(*lines):
        (tmp_path / ".env").write_text("\n".join(lines))
        read = runpy.run_path(conf)
        return read["bind"], read["workers"], read["threads"]

    return read


def test_what_env_file_says_is_used(configured):
    lines = ("HOST=127.0.0.1", "PORT=8108", "WEB_CONCURRENCY=1", "GUNICORN_THREADS=3")
    assert configured(*lines) == ("127.0.0.1:8108", 1, 3)


def test_without_a_word_it_is_two_workers_on_8000(configured):
    assert configured() == ("0.0.0.0:8000", 2, 8)


def test_the_process_environment_wins(configured, monkeypatch):
    monkeypatch.setenv("PORT", "8200")
    assert configured("HOST=127.0.0.1", "PORT=8108")[0] == "127.0.0.1:8200"


def test_counts_of_before_are_emptied_where_env_file_says(tmp_path, monkeypatch):
    monkeypatch.delenv("METRICS_DIR", raising=False)
    counts = tmp_path / "counts"
    counts.mkdir()
    (counts / f"counter_{DEAD}.db").write_bytes(b"left by a gunicorn of before")
    (counts / f"counter_{os.getpid()}.db").write_bytes(b"of sockets that are open")
    (tmp_path / ".env").write_text(f"METRICS_DIR={counts}")
    (tmp_path / "manage.py").write_text("")  # what it checks is another test's
    conf = shutil.copy(settings.BASE_DIR / "gunicorn.conf.py", tmp_path)
    runpy.run_path(conf)["on_starting"](None)
    assert [path.name for path in counts.iterdir()] == [f"counter_{os.getpid()}.db"]


def test_env_file_is_left_to_be_read_anew_at_a_reload(configured):
    """Caught: the master's environment, which every later worker inherits."""
    configured("PORT=8108")
    assert "PORT" not in os.environ


@pytest.mark.parametrize(
    "line",
    [
        *("PORT=http", "PORT=0", "PORT=65536", "PORT=", "PORT=-1", "PORT=8000x"),
        *("WEB_CONCURRENCY=auto", "WEB_CONCURRENCY=0", "GUNICORN_THREADS=1.5"),
    ],
)
def test_what_is_no_number_is_named_in_one_line(configured, line):
    name, _, value = line.partition("=")
    with pytest.raises(SystemExit) as ended:
        configured(line)
    (said,) = str(ended.value.code).splitlines()
    assert said.startswith(f"focusguard: {name} must be a number from 1 to ")
    assert repr(value) in said
