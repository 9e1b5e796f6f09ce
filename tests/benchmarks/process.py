"""Whole processes against pandas and click, in pairs: ``python -m tests.benchmarks.process``."""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from time import perf_counter

import csv_preflight
from csv_preflight import kernels
from tests.benchmarks.lists import write_list

ROUNDS = 5

NAIVE = """
import sys
import pandas as pd
import phonenumbers

def clean(cell):
    try:
        number = phonenumbers.parse(cell, sys.argv[3])
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    phonenumbers.number_type(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

frame = pd.read_csv(sys.argv[1], dtype=str)
frame["phoneNumber"] = frame["phoneNumber"].map(clean)
frame = frame[frame["phoneNumber"].notna()].drop_duplicates("phoneNumber")
frame.to_csv(sys.argv[2], index=False)
"""

READ = """
import sys
if sys.argv[2] == "python":
    sys.modules["pyarrow"] = None
import pandas as pd
pd.read_csv(sys.argv[1], dtype=str)
"""

# The best of three of each, in turn: reading as pandas does with pyarrow, without it, and cleaning.
IN_PROCESS = """
import sys, time
import pandas as pd
from csv_preflight import clean_file

def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start

def read(storage):
    pd.options.mode.string_storage = storage
    pd.read_csv(sys.argv[1], dtype=str)

def clean():
    clean_file(sys.argv[1], sys.argv[2], region=sys.argv[3], max_rows=10**9, max_bytes=10**12)

steps = (lambda: read("pyarrow"), lambda: read("python"), clean)
times = [[timed(step) for step in steps] for _ in range(3)]
print(*map(min, zip(*times)))
"""

SMALL = ("us", "e164", "indian")
LARGE = ("us", "e164", "all of +1", "with .0, ', tel: and x12", "half rejected", "all rejected")


def ratios(one: list[str], *others: list[str]) -> list[str]:
    """The median, over rounds run in turn, of how long a process takes against each of others; with its range."""
    found: list[list[float]] = [[] for _ in others]
    for _ in range(ROUNDS):
        times = []
        for command in (one, *others):
            start = perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=False)
            times.append(perf_counter() - start)
        for place, time in enumerate(times[1:]):
            found[place].append(times[0] / time)
    return [f"{statistics.median(each):.2f} × ({min(each):.2f}-{max(each):.2f})" for each in found]


def show(name: str, *cells: str) -> None:
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def small(directory: Path) -> None:
    """Short lists, whole processes."""
    ten, first = directory / "ten.csv", directory / "first.csv"
    long = directory / "long.csv"
    write_list(ten, 10)
    write_list(long, 150_000)
    with long.open() as lines:
        first.write_text("".join(islice(lines, 10_001)))
    command = ["-m", "csv_preflight"]
    options = ["--max-rows", "1000000", "--max-bytes", "1GB"]
    print("\n| whole process | ratio: median (range) |\n| --- | --- |")
    show("`--help` against `import click`", *ratios([*command, "--help"], ["-c", "import click"]))
    check = [*command, "check", str(ten), "--region", "US"]
    show("`check` of 10 rows against `import pandas`", *ratios(check, ["-c", "import pandas"]))
    check = [*command, "check", str(first), "--region", "US"]
    show("`inspect` of 150,000 rows against `check` of 10,000", *ratios([*command, "inspect", str(long)], check))
    print("\n| `clean` of 150,000 rows | pandas with pyarrow | pandas without | pandas and phonenumbers |")
    print("| --- | --- | --- | --- |")
    for kind in SMALL:
        path, out = str(directory / f"{kind}.csv"), str(directory / "out")
        region = write_list(Path(path), 150_000, kind)
        clean = [*command, "clean", path, "--region", region, "--out-dir", out, *options]
        reads = [["-c", READ, path, storage] for storage in ("pyarrow", "python")]
        show(kind, *ratios(clean, *reads, ["-c", NAIVE, path, f"{out}.naive.csv", region]))


def large(directory: Path) -> None:
    """Lists of 100 MB, in one process."""
    print(
        "\n| `clean_file` of 3,000,000 rows, one process | pandas with pyarrow | pandas without |\n| --- | --- | --- |"
    )
    for kind in LARGE:
        path = directory / "large.csv"
        region = write_list(path, 3_000_000, kind)
        command = [sys.executable, "-c", IN_PROCESS, str(path), str(directory / "large.clean.csv"), region]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        arrow, plain, clean = map(float, done.stdout.split())
        show(kind, f"{clean / arrow:.2f} ×", f"{clean / plain:.2f} ×")


def main() -> None:
    # As pip does with what it installs; a checkout may not be allowed to keep what Python compiles.
    compileall.compile_dir(Path(csv_preflight.__file__).parent, quiet=1)
    print(f"\nThe compiled loops are {'in use' if kernels.compiled else 'not there'}.")
    with tempfile.TemporaryDirectory() as directory:
        small(Path(directory))
        large(Path(directory))


if __name__ == "__main__":
    main()
