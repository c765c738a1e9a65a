"""The layout of the repository holds what CONTRIBUTING promises of it."""

from collections import Counter
from pathlib import Path

from tests.harness.sources import tracked


def test_every_file_of_tests_is_run_by_make_test(pytestconfig):
    """A package that moved out of `testpaths` once took 33 tests out of the suite."""
    run = tuple(f"{path}/" for path in pytestconfig.getini("testpaths"))
    files = [name for name in tracked() if Path(name).match("test_*.py")]
    assert files
    assert [name for name in files if not name.startswith(run)] == []


def test_no_folder_needs_searching():
    """Decisions are a numbered series with an index; all else is found by its folder."""
    files = Counter(str(Path(name).parent) for name in tracked())
    full = {folder: n for folder, n in files.items() if n > 20}
    full.pop("docs/adr", None)
    assert full == {}
