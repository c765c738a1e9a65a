"""Coverage of processes that were killed while they wrote it down.

Coverage writes without a journal, and combines whatever it can open: one file that was
cut off ends the whole run with an INTERNALERROR, after its last test.
"""

from pathlib import Path

from coverage import CoverageData
from coverage.exceptions import CoverageException


def leave_out_unreadable(folder: Path) -> list[str]:
    """Remove each data file that does not combine; return their names, and why."""
    left_out = []
    for path in folder.glob(".coverage.*"):
        try:
            found = CoverageData(str(path), read_only=True)
            found.read()
            CoverageData(no_disk=True).update(found, map_path=str.strip)
        except CoverageException as problem:
            left_out.append(f"left {path.name} out of the coverage: {problem}")
            path.unlink(missing_ok=True)
    return left_out
