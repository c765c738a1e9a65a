"""A checkout of the test's own, on a machine that was given nothing."""

import shutil

import pytest

from local import postgres, servers
from local.places import Places


@pytest.fixture
def nothing_given(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "JWT_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def initialised(tmp_path_factory):
    """A data folder to copy: initdb takes longer than everything else here."""
    places = Places(tmp_path_factory.mktemp("initialised"))
    places.make()
    postgres.start(places)
    postgres.stop(places)
    return places.postgres_data


@pytest.fixture
def fresh(tmp_path, nothing_given):
    """A checkout in a path with spaces, too long for a socket; nothing in it yet."""
    project = tmp_path / ("a long path with spaces " * 4).strip()
    project.mkdir()
    places = Places(project)
    yield places
    servers.down(places)
    # In the temporary folder of the machine, not in the test's.
    shutil.rmtree(places.sockets, ignore_errors=True)


@pytest.fixture
def places(fresh, initialised):
    """A checkout that has a database already."""
    fresh.make()
    shutil.copytree(initialised, fresh.postgres_data)
    return fresh
