"""Peak memory of the numbers seen, and of ``clean``: ``python -m tests.benchmarks.memory [--forms FORM ...]``."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
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
# A do-not-call list of 10 million numbers: what is kept of it.
NEVER = """
import resource
import numpy as np
from csv_preflight.model.number_set import NumbersRead
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read = NumbersRead()
for start in range(0, 10_000_000, 20_000):
    read.add(12_000_000_000 + np.arange(start, start + 20_000) * 7919 % 9_999_999_967)
assert len(read.as_set()) == 10_000_000
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
PER_NUMBER = 20
STEP, PLACES = 2_654_435_761, 7_999_999_999
# How a list writes the ten digits of a number.
FORMS = {
    "E.164": lambda digits: f"+1{digits}",
    "national": lambda digits: f"({digits:.3}) {digits[3:6]}-{digits[6:]}",
    "mixed": lambda digits: f"+1{digits}" if digits[-1] in "02468" else digits,
    "unknown codes": lambda digits: f"+999{digits}",
    "garbage": lambda digits: f"call {digits}",
}
# Forms of which no number is kept: all rows are rejected.
REJECTED = {"unknown codes", "garbage"}


def write_list(path: Path, size: int, form: Callable[[str], str]) -> int:
    """A list of distinct fictional people of about a size in bytes; return its rows."""
    rows = 0
    with path.open("w") as file:
        file.write("Name,phoneNumber,City\n+,+12025550143,\n")
        while file.tell() < size:
            digits = [str((row * STEP % PLACES) + 2_000_000_000) for row in range(rows, rows + 100_000)]
            file.write("".join(f"Person {rows + n},{form(one)},Boston\n" for n, one in enumerate(digits)))
            rows += 100_000
    return rows


def peak(path: Path, *options: str) -> int:
    """The most memory, in bytes, that the process of ``clean`` ever has."""
    command = [sys.executable, "-m", "csv_preflight", "clean", str(path), "--profile", "generic", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1, 2)  # a list of which nobody can be called is refused
    return usage.ru_maxrss * 1024


def main(forms: Sequence[str] = tuple(FORMS)) -> None:
    print("\n| memory | peak | less 20 bytes a number that is kept, against 100 MB |\n| --- | --- | --- |")
    for name, program in (("numbers seen", SEEN), ("numbers never to be called", NEVER)):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        print(f"| 10,000,000 {name} | {int(done.stdout) / 1e6:,.0f} MB | |", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        path, other = Path(directory) / "list.csv", Path(directory) / "other.csv"
        other.write_text("Name,phoneNumber\nAnn,+12025550143\n")
        for name in forms:
            form, rest = FORMS[name], []
            for size in (100_000_000, 1_000_000_000):
                rows = write_list(path, size, form)
                most = peak(path, "--accept", "possible", "--region", "US")
                rest.append(most - (0 if name in REJECTED else rows * PER_NUMBER))
                text = f"`clean` of {size // 1_000_000:,} MB, {rows:,} people, {name}"
                ratio = f"{rest[1] / rest[0]:.2f} ×" if len(rest) > 1 else ""
                print(f"| {text} | {most / 1e6:,.0f} MB | {ratio} |", flush=True)
            rows = write_list(path, 100_000_000, form)
            most = peak(other, "--suppress", str(path), "--region", "US")
            print(f"| `--suppress` of 100 MB, {rows:,} numbers, {name} | {most / 1e6:,.0f} MB | |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=[*FORMS])
    main(parser.parse_args().forms)
