"""Coverage of a process that was killed ends no run."""

import sqlite3

import pytest
from coverage import CoverageData
from coverage.data import combine_parallel_data
from coverage.exceptions import CoverageException

from tests.harness.unreadable_coverage import leave_out_unreadable


@pytest.fixture
def measured(tmp_path):
    """Write the data of four processes; two of the files were cut off."""
    files = []
    for number in range(4):
        data = CoverageData(str(tmp_path / ".coverage"), suffix=f"p{number}")
        data.add_arcs({f"/src/{number}.py": {(1, 2)}})
        files.append(tmp_path / f".coverage.p{number}")
    with sqlite3.connect(files[1]) as nameless:
        nameless.execute("UPDATE file SET path = NULL")
    files[2].write_bytes(files[2].read_bytes()[:12_000])
    return tmp_path


def combined(folder):
    data = CoverageData(str(folder / ".coverage"))
    combine_parallel_data(data)
    return data.measured_files()


def test_files_that_were_cut_off_are_left_out_and_named(measured):
    told = sorted(leave_out_unreadable(measured))
    assert [line.split()[1] for line in told] == [".coverage.p1", ".coverage.p2"]
    assert combined(measured) == {"/src/0.py", "/src/3.py"}


def test_coverage_itself_would_end_there(measured):
    """So that this is taken away once it is not needed any more."""
    with pytest.raises(CoverageException):
        combined(measured)
