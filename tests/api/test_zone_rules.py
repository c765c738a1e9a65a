"""Whose rules a day follows: those of the pinned tzdata, whatever the machine has."""

import importlib.resources
import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from accounts.zones import ZONE_NAMES

ASK = """
import datetime as dt, json, django
django.setup()
from accounts.models import User
from accounts.zones import ZONE_NAMES
late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
print(json.dumps({
    "day": str(User(timezone="Europe/Berlin").local_date(late)),
    "known": ["Nowhere/Stale" in ZONE_NAMES, "Asia/Kolkata" in ZONE_NAMES],
}))
"""


@pytest.fixture
def stale_machine(tmp_path):
    """A machine whose database says that Berlin keeps UTC, and knows a place of its own."""
    utc = importlib.resources.files("tzdata.zoneinfo") / "UTC"
    for name in ("Europe/Berlin", "Nowhere/Stale"):
        place = tmp_path / name
        place.parent.mkdir()
        with importlib.resources.as_file(utc) as rules:
            shutil.copy(rules, place)
    return tmp_path


def test_the_machines_zone_database_decides_nothing(stale_machine):
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONTZPATH": str(stale_machine)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(asked.stdout) == {"day": "2026-07-02", "known": [False, True]}


def test_every_zone_that_may_be_chosen_has_rules_in_the_pinned_package():
    names = importlib.resources.files("tzdata") / "zones"
    assert set(names.read_text().split()) - {"Factory"} == ZONE_NAMES


@pytest.mark.parametrize(
    "alias", ["Asia/Calcutta", "Europe/Kyiv", "Europe/Kiev", "US/Pacific", "Etc/UTC"]
)
def test_names_that_browsers_send_for_a_place_are_known(alias):
    assert alias in ZONE_NAMES
