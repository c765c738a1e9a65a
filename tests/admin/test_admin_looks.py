"""The staff's pages look and speak like the dashboard, which is built apart from them."""

import json
import re
from pathlib import Path

import pytest

from accounts.devices.device_names import device_name

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ROOT / "focusguard" / "static" / "focusguard"
DASHBOARD = ROOT / "dashboard" / "src"
COLOUR = re.compile(r"(--[\w-]+): (light-dark\([^;]+\));")


def test_colours_are_those_of_the_dashboard():
    theirs = dict(COLOUR.findall((DASHBOARD / "styles" / "tokens.css").read_text()))
    ours = dict(COLOUR.findall((OURS / "admin-colours.css").read_text()))
    assert len(ours) > 10
    assert ours == {name: theirs.get(name) for name in ours}


def test_font_is_the_dashboards_file():
    """The dashboard may not have been built where the staff's pages are served."""
    theirs = (DASHBOARD / "styles" / "inter.woff2").read_bytes()
    assert (OURS / "inter.woff2").read_bytes() == theirs


@pytest.mark.parametrize(
    ("agent", "name"), json.loads((DASHBOARD / "device-names.json").read_text())
)
def test_device_has_the_name_that_its_owner_reads(agent, name):
    assert device_name(agent) == name
