"""Peak memory: the numbers seen, and ``clean`` of a long list: ``python -m tests.benchmarks.memory``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEEN = """
import resource
import numpy as np
from csv_preflight.model.number_table import NumberTable
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
table = NumberTable()
for start in range(0, 10_000_000, 20_000):
    lines = np.arange(start, start + 20_000)
    table.meet(12_000_000_000 + lines * 7919 % 9_999_999_967, lines + 2, np.zeros(20_000, np.uint16))
assert len(table) == 10_000_000
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
PER_NUMBER = 20
STEP, PLACES = 2_654_435_761, 7_999_999_999


def write_list(path: Path, size: int) -> int:
    """A list of distinct fictional people of about a size in bytes; return its rows."""
    rows = 0
    with path.open("w") as file:
        file.write("Name,phoneNumber,City\n")
        while file.tell() < size:
            places = [(row * STEP % PLACES) + 2_000_000_000 for row in range(rows, rows + 100_000)]
            file.write("".join(f"Person {rows + n},+1{place},Boston\n" for n, place in enumerate(places)))
            rows += 100_000
    return rows


def peak(path: Path) -> int:
    """The most memory, in bytes, that the process of ``clean`` ever has."""
    command = [
        sys.executable,
        "-m",
        "csv_preflight",
        "clean",
        str(path),
        "--accept",
        "possible",
        "--profile",
        "generic",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * 1024


def main() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True)
    print("\n| memory | |\n| --- | --- |")
    print(f"| 10,000,000 numbers seen | {int(done.stdout) / 1e6:,.0f} MB |", flush=True)
    rest = []
    with tempfile.TemporaryDirectory() as directory:
        for size in (100_000_000, 1_000_000_000):
            path = Path(directory) / "list.csv"
            rows = write_list(path, size)
            most = peak(path)
            rest.append(most - rows * PER_NUMBER)
            name = f"peak of `clean` of {size // 1_000_000:,} MB, {rows:,} people"
            print(f"| {name} | {most / 1e6:,.0f} MB |", flush=True)
    print(f"| the same, less {PER_NUMBER} bytes a number, the longer against the shorter | {rest[1] / rest[0]:.2f} × |")


if __name__ == "__main__":
    main()
