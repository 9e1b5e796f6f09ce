"""Files as one list, in this process and on Dask's workers: ``python -m tests.benchmarks.dask [--rows N] [--files N]``.

By default 200 MB in 8 files.  Wall time of whole processes, in pairs, with the start of the workers; and without it, on
workers that are there already.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import distributed

from tests.benchmarks.lists import write_list

ROUNDS = 3
# A cluster leaves settings of its own behind, by which freed memory costs twice the time.
ENVIRONMENT = dict(os.environ)


def cleaning(paths: Sequence[Path], directory: Path, *engine: str) -> float:
    """The seconds that a process takes to clean files as one list."""
    command = [
        "clean",
        *map(str, paths),
        "--as-one",
        "--region",
        "US",
        "--max-rows",
        "1000000000",
        "--max-bytes",
        "1000000000000",
    ]
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "csv_preflight", *command, "--out-dir", str(directory / "out"), *engine],
        capture_output=True, check=True, env=ENVIRONMENT,
    )  # fmt: skip
    return perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=6_000_000)
    parser.add_argument("--files", type=int, default=8)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        write_list(directory / "all.csv", given.rows)
        header, *rows = (directory / "all.csv").read_bytes().splitlines(keepends=True)
        (directory / "all.csv").unlink()
        paths = [directory / f"{place}.csv" for place in range(given.files)]
        for place, path in enumerate(paths):
            path.write_bytes(header + b"".join(rows[place :: given.files]))
        del rows
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"\n{given.files} files, {given.rows:,} rows, {size:.0f} MB; load before: {os.getloadavg()[0]:.1f}\n")
        print("| run | here | Dask, with the start of the workers | Dask, on 2 workers that are there |")
        print("| --- | --- | --- | --- |")
        options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": "ERROR"}
        for turn in range(1, ROUNDS + 1):
            here = cleaning(paths, directory)
            started = cleaning(paths, directory, "--engine", "dask")
            with distributed.LocalCluster(**options) as cluster:
                there = cleaning(paths, directory, "--engine", "dask", "--scheduler", cluster.scheduler_address)
            ratios = (f"{seconds:.1f} s, {seconds / here:.2f} ×" for seconds in (started, there))
            print(f"| {turn} | {here:.1f} s | {' | '.join(ratios)} |", flush=True)


if __name__ == "__main__":
    main()
