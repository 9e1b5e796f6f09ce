"""Whole processes against pandas and click, in pairs: ``python -m tests.benchmarks.process``."""

from __future__ import annotations

import compileall
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import csv_preflight

ROUNDS = 5

NAIVE = """
import sys
import pandas as pd
import phonenumbers

def clean(cell):
    try:
        number = phonenumbers.parse(cell, "US")
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

IN_PROCESS = """
import sys, time
import pandas as pd
from csv_preflight import clean_file
best = [9e9, 9e9]
for _ in range(3):
    start = time.perf_counter()
    pd.read_csv(sys.argv[1], dtype=str)
    middle = time.perf_counter()
    clean_file(sys.argv[1], sys.argv[2], region="US", max_rows=10**9, max_bytes=10**12)
    best = [min(best[0], middle - start), min(best[1], time.perf_counter() - middle)]
print(best[1] / best[0])
"""


def write_list(path: Path, rows: int) -> None:
    """A list of distinct fictional people with numbers in several forms."""
    rng = random.Random(1)
    forms = ("({}) {}-{:04}", "{}-{}-{:04}", "{}{}{:04}", "+1{}{}{:04}", "+1 {} {} {:04}")
    areas = (212, 415, 650, 303, 512, 617, 702, 206, 312, 713, 404, 305)
    places = rng.sample(range(len(areas) * 800 * 10_000), rows)
    with path.open("w") as file:
        file.write("Name,phoneNumber,City\n")
        for number, place in enumerate(places):
            area, rest = divmod(place, 8_000_000)
            phone = rng.choice(forms).format(areas[area], 200 + rest // 10_000, rest % 10_000)
            file.write(f"Person {number},{phone},{rng.choice(['Rome', 'Boston', 'Austin'])}\n")


def ratio(one: list[str], other: list[str]) -> str:
    """The median, over pairs run in turn, of how long one process takes against another; with its range."""
    ratios = []
    for _ in range(ROUNDS):
        times = []
        for command in (one, other):
            start = perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=False)
            times.append(perf_counter() - start)
        ratios.append(times[0] / times[1])
    return f"{statistics.median(ratios):.2f} × ({min(ratios):.2f}–{max(ratios):.2f})"


def main() -> None:
    # As pip does with what it installs; a checkout may not be allowed to keep what Python compiles.
    compileall.compile_dir(Path(csv_preflight.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as directory:
        ten, small, large = (Path(directory) / name for name in ("ten.csv", "5mb.csv", "100mb.csv"))
        write_list(ten, 10)
        write_list(small, 150_000)
        write_list(large, 3_000_000)
        clean = ["-m", "csv_preflight", "clean", str(small), "--region", "US", "--max-rows", "1000000"]
        clean += ["--max-bytes", "1GB", "--out-dir", f"{directory}/out"]
        check = ["-m", "csv_preflight", "check", str(ten), "--region", "US"]
        read = ["-c", f"import pandas; pandas.read_csv({str(small)!r}, dtype=str)"]
        rows = [
            ("`--help` against `import click`", ["-m", "csv_preflight", "--help"], ["-c", "import click"]),
            ("`check` of 10 rows against `import pandas`", check, ["-c", "import pandas"]),
            ("`clean` of 150,000 rows against `read_csv`", clean, read),
            ("the same against pandas + phonenumbers", clean, ["-c", NAIVE, str(small), f"{directory}/naive.csv"]),
        ]
        print("\n| whole process | ratio: median (range) |\n| --- | --- |")
        for name, one, other in rows:
            print(f"| {name} | {ratio(one, other)} |", flush=True)
        done = subprocess.run(
            [sys.executable, "-c", IN_PROCESS, str(large), f"{directory}/large.clean.csv"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        print(f"| `clean_file` of 3,000,000 rows against `read_csv`, in one process | {float(done.stdout):.2f} × |")


if __name__ == "__main__":
    main()
