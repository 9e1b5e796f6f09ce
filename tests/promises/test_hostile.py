"""Hostile lists: in bounded memory, and with nobody lost.  How long they take, ``tests/benchmarks/hostile.py`` says."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count

import pytest

from csv_preflight.stages.columns.names import final_names, free_name
from csv_preflight.stages.identifiers.mojibake import LONGEST_KEPT
from csv_preflight.stages.identifiers.names import _kept, cleaned, examine
from tests.promises.hostile import HOSTILE, SETTINGS
from tests.samples import ROOT

SIZE = 200_000
# What a run may take beside the modules and the list: a few blocks of it, the arrays of a batch, the engine's tables.
MEMORY = 400 << 20

# What stops a list, where anything does: the others end with a row that is ready.
STOPS = {
    "zero bytes": "F001",
    "a zip archive": "F001",
    "a gzip file": "F001",
    "an xz file": "F001",
    "long regions of stacked marks": "C006",
    "long regions of initials": "C006",
}

ALL_IN_LITTLE_MEMORY = """
import io, json, resource, sys
from csv_preflight.inspection import inspect_file
from csv_preflight.api import check_file, open_lists
from tests.promises.hostile import HOSTILE, SETTINGS
import phonenumbers
lists = {name: build(int(sys.argv[1])) for name, build in HOSTILE.items()}
with open("/proc/self/statm") as file:
    now = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + int(sys.argv[2]),) * 2)
for name, data in lists.items():
    report = check_file(io.BytesIO(data), "hostile.csv", SETTINGS, open_lists(SETTINGS))
    inspect_file(io.BytesIO(data), "hostile.csv", SETTINGS)
    rows = report.rows
    codes = {found.code: found.count for found in report.findings}
    print(json.dumps([name, rows.read, rows.clean, rows.rejected, codes]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is limited and read as Linux does")
def test_hostile_lists_take_little_memory_and_lose_nobody() -> None:
    command = [sys.executable, "-c", ALL_IN_LITTLE_MEMORY, str(SIZE), str(MEMORY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    reports = {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}
    assert set(reports) == set(HOSTILE)
    for name, (read, clean, rejected, codes) in reports.items():
        assert read == clean + rejected, name
        if name in STOPS:
            assert STOPS[name] in codes, name
        else:
            assert clean >= 1, name
    assert reports["one unclosed quote after another"][3]["R004"] == SIZE // 3


def test_columns_that_get_the_same_name_are_numbered_without_trying_all_numbers_again() -> None:
    class Taken(set[str | None]):
        asked = 0

        def __contains__(self, name: object) -> bool:
            Taken.asked += 1
            return super().__contains__(name)

    names = [f"a{'!' * length}" for length in range(1, 2001)]
    taken, numbers, made = Taken(), {}, []
    for _ in names:
        made.append(free_name("a", taken, numbers.setdefault("a", count(2))))
        taken.add(made[-1])
    assert made == ["a", *(f"a_{number}" for number in range(2, 2001))]
    assert Taken.asked < 3 * len(names)
    assert final_names(names, range(2000), [0], None, SETTINGS.profile)[-1] == "a_2000"


def test_long_cells_are_not_kept_in_memory() -> None:
    before = _kept.cache_info().currsize
    examine(" " + "x" * LONGEST_KEPT)
    assert _kept.cache_info().currsize == before
    examine(" a name that no other test has")
    assert _kept.cache_info().currsize == before + 1


def test_flags_of_tags_are_kept_and_others_dropped() -> None:
    tags = "\U000e0067\U000e007f"
    assert cleaned(f"\U0001f3f4{tags} Ann") == f"\U0001f3f4{tags} Ann"
    assert cleaned(f"Ann{tags} \U0001f3f4") == "Ann \U0001f3f4"
