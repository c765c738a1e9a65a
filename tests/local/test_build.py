"""Building the dashboard, or saying why not."""

import os

import pytest

from local import building
from local.cli import main
from local.local_error import LocalError
from local.places import Places

NODE = "#!/bin/sh\necho v{}\n"
# Called as `npm run build --silent -- --outDir FOLDER --emptyOutDir`. What runs sees
# the older build meanwhile.
NPM = """#!/bin/sh
echo "$@" >>asked
test "$1" = run || exit 0
rm -rf "$6" && mkdir -p "$6/assets" && echo new >"$6/index.html"
echo script >"$6/assets/$(cat package.json).js"
cat dist/index.html >>seen 2>&1
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout with a dashboard's sources, and a build of older ones."""
    folder = tmp_path / "dashboard"
    (folder / "dist").mkdir(parents=True)
    (folder / "dist" / "index.html").write_text("old")
    (folder / "dist" / "built-from").write_text("what was")
    for name in (*building.SOURCES, "index.html"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine that has the tools which are given by their text, and a shell's."""
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin")

    def _with(**given):
        for name, text in given.items():
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)

    return _with


def test_is_built_once_for_the_same_sources(checkout, machine):
    machine(node=NODE.format("22.1.0"), npm=NPM)
    places = Places(checkout.parent)
    assert building.build(places)
    assert building.build(places)
    assert (checkout / "dist" / "index.html").read_text() == "new\n"
    assert len((checkout / "asked").read_text().splitlines()) == 2
    (checkout / "index.html").write_text("changed")
    assert building.build(places)
    assert len((checkout / "asked").read_text().splitlines()) == 4


def test_what_runs_is_served_until_it_is_started_again(checkout, machine):
    """Caught: a page that was gone during a build and named scripts that were unknown."""
    machine(node=NODE.format("22.1.0"), npm=NPM)
    assets = []
    for version in ("1", "2", "3"):
        (checkout / "package.json").write_text(version)
        assert building.build(Places(checkout.parent))
        found = (checkout / "dist" / "assets").iterdir()
        assets.append(sorted(path.name for path in found))
    assert (checkout / "seen").read_text() == "old" + 2 * "new\n"
    assert assets == [["1.js"], ["1.js", "2.js"], ["2.js", "3.js"]]


def test_too_old_a_node_leaves_the_api_alone(checkout, machine, capfd):
    machine(node=NODE.format("18.20.4"), npm=NPM)
    assert not building.build(Places(checkout.parent))
    assert (
        "Only the API runs: the dashboard needs Node 20.19 or newer, and here is "
        in (capfd.readouterr().out)
    )
    assert not (checkout / "dist").exists()


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("#!/bin/sh\n", "says nothing when asked"),
        ("#!/bin/sh\nexit 1\n", "says nothing when asked"),
        ("#!/bin/sh\necho node: not found\n", "says 'node: not found' when asked"),
        ("#!/bin/sh\necho v22\n", "says 'v22' when asked"),
        ("#!/bin/sh\nprintf '\\377\\376'\n", "when asked for its version"),
        ("#!/bin/sh\nexec sleep 60\n", "has not said its version in 1 s"),
        ("#!/bin/sh\nsleep 60\necho v22.1.0\n", "has not said its version in 1 s"),
    ],
)
def test_a_node_that_is_none_leaves_the_api_alone(
    checkout, machine, monkeypatch, capfd, node, said
):
    """Caught: a traceback instead of a server, for a broken shim on the PATH."""
    monkeypatch.setattr(building, "NODE_SECONDS", 1)
    machine(node=node, npm=NPM)
    assert not building.build(Places(checkout.parent))
    (line,) = capfd.readouterr().out.splitlines()
    assert line.startswith("Only the API runs: the dashboard needs Node 20.19")
    assert said in line


def test_a_download_that_failed_names_the_proxy(checkout, machine, monkeypatch):
    machine(node=NODE.format("22.1.0"), npm="#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(LocalError, match="through the proxy of HTTPS_PROXY"):
        building.build(Places(checkout.parent))


def test_failing_build_is_an_error_and_leaves_no_older_one(checkout, machine):
    """Caught: tests that went on with the dashboard of yesterday."""
    machine(node=NODE.format("22.1.0"), npm="#!/bin/sh\nexit 1\n")
    with pytest.raises(LocalError, match=r"`npm ci .*` failed"):
        building.build(Places(checkout.parent))
    assert not (checkout / "dist").exists()


def test_command_line_fails_with_it(checkout, machine, monkeypatch, capfd):
    machine(node=NODE.format("22.1.0"), npm="#!/bin/sh\nexit 1\n")
    monkeypatch.setattr("local.cli.Places", lambda: Places(checkout.parent))
    assert main(["build"]) == 1
    assert "was not built" in capfd.readouterr().err
