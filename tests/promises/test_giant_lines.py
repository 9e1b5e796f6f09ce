"""A line of a gigabyte is refused by its rule, in the memory that any list takes, and the rows around it are read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.exam

SIZE = 1_000_000_000
MOST_MEMORY = 150_000_000
BEFORE, AFTER = b"Name,phone\nAnn,+12025550101\n", b"\nBob,+12025550102\n"

# Runs a command and prints its memory.  A process counts from the size of the one that starts it: this is a small one.
MEASURED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""

# What stands before, in and after the line; the rule; the rows that can be called.
GIANTS = {
    "a cell": (BEFORE, b"x", AFTER, "R007", 2),
    "a quoted cell": (BEFORE + b'"', b"x", b'",1' + AFTER, "R007", 2),
    "a quote that is never closed": (BEFORE + b'"', b"x", AFTER, "R007", 2),
    "doubled quotes": (BEFORE + b'"', b'""', b'"' + AFTER, "R007", 2),
    "delimiters": (BEFORE, b",", AFTER, "R007", 2),
    "letters beyond ASCII": (BEFORE, "é".encode(), AFTER, "R007", 2),
    "the header": (b"", b"x", b"\n" + BEFORE, "F005", 0),
}


@pytest.mark.parametrize(("before", "unit", "after", "code", "clean"), GIANTS.values(), ids=GIANTS)
def test_a_line_of_a_gigabyte(before: bytes, unit: bytes, after: bytes, code: str, clean: int, tmp_path: Path) -> None:
    path = tmp_path / "giant.csv"
    with path.open("wb") as file:
        file.write(before)
        block = unit * (1_000_000 // len(unit))
        for _ in range(SIZE // len(block)):
            file.write(block)
        file.write(after)
    options = ["--profile", "generic", "--phone-column", "phone", "--output-format", "json"]
    command = [sys.executable, "-m", "csv_preflight", "check", path, *options]
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, check=False)
    path.unlink()
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["rows"]["clean"], [found["code"] for found in report["findings"]]) == (clean, [code])
    if code == "R007":
        assert [sample["line"] for sample in report["findings"][0]["samples"]] == [3]
    memory = int(done.stderr) * (1 if sys.platform == "darwin" else 1024)
    assert memory < MOST_MEMORY
