"""Hostile lists of twice the size: ``python -m tests.benchmarks.hostile``.  Two is linear, four quadratic.

It ends with 1 if one takes more than MOST times as long.
"""

from __future__ import annotations

import io
from time import process_time

from csv_preflight.api import check_file, open_lists
from csv_preflight.inspection import inspect_file
from csv_preflight.stages.phones import cell
from tests.promises.hostile import HOSTILE, SETTINGS

# The smaller of the two lists takes so many seconds, or is so large: what does not grow counts for little then.
ENOUGH, FIRST, LARGEST = 0.3, 1 << 17, 1 << 23
MOST = 3.0


def seconds(data: bytes) -> float:
    """The least processor time of ``check`` and ``inspect`` in two runs."""
    return min(_once(data), _once(data))


def _once(data: bytes) -> float:
    cell._examine.cache_clear()  # the cells of the smaller list would be known in the second run, of the larger not
    start = process_time()
    check_file(io.BytesIO(data), "hostile.csv", SETTINGS, open_lists(SETTINGS))
    inspect_file(io.BytesIO(data), "hostile.csv", SETTINGS)
    return process_time() - start


def main() -> None:
    print("\n| hostile list | size | seconds | twice the size takes |\n| --- | --- | --- | --- |")
    seconds(b"phone\n+12025550101\n")
    slow = []
    for name, build in HOSTILE.items():
        size = FIRST
        once = seconds(build(size))
        while once < ENOUGH and size < LARGEST:
            size *= 2
            once = seconds(build(size))
        ratio = seconds(build(2 * size)) / once
        print(f"| {name} | {size / 1e6:.1f} MB | {once:.2f} | {ratio:.1f} × |", flush=True)
        if ratio > MOST:
            slow.append(name)
    if slow:
        raise SystemExit(f"more than {MOST:.0f} times as long: {', '.join(slow)}")


if __name__ == "__main__":
    main()
