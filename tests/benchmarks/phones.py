"""The phone engine against phonenumbers, cold (the first call) and warm: ``python -m tests.benchmarks.phones``.

phonenumbers parses, validates, types and formats 10,000 of the same cells, with its pattern cache on.  Both run in
processes of their own, so that both are cold at first: phonenumbers loads the metadata of each country then.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
import phonenumbers

from csv_preflight import e164
from csv_preflight.model.text_column import TextColumn

SAMPLE = 10_000
Mix = tuple[list[str], list[str | None], list[int] | None]

AREAS = (212, 415, 650, 303, 512, 617, 702, 206, 312, 713, 404, 305)


def us_national(rng: random.Random, rows: int) -> Mix:
    seen: dict[str, None] = {}
    while len(seen) < rows:
        seen[f"({rng.choice(AREAS)}) {rng.randint(200, 999)}-{rng.randint(0, 9999):04}"] = None
    return list(seen), ["US"], None


FORMS = ("({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{}{}{}", "+1 {} {} {}", "1-{}-{}-{}", "{} {} {}", "+1{}{}{}")


def us_messy(rng: random.Random, rows: int) -> Mix:
    cells = []
    for cell in us_national(rng, rows)[0]:
        text = rng.choice(FORMS).format(cell[1:4], cell[6:9], cell[10:])
        chance = rng.random()
        if chance < 0.03:
            text += f"{rng.choice([' x', ' ext. '])}{rng.randint(1, 999)}"
        elif chance < 0.05:
            text = rng.choice(["N/A", "unknown", "-", "none", ""])
        elif chance < 0.06:
            text = text[:-2]
        elif chance < 0.07:
            text = text.replace("-", "\u2013")
        cells.append(text)
    return cells, ["US"], None


def e164_cells(rng: random.Random, rows: int) -> Mix:
    return ["+1" + "".join(filter(str.isdigit, cell)) for cell in us_national(rng, rows)[0]], [None], None


def indian_mobile(rng: random.Random, rows: int) -> Mix:
    seen: dict[str, None] = {}
    while len(seen) < rows:
        seen[f"{rng.choice('67899')}{rng.randrange(10**9):09}"] = None
    return list(seen), ["IN"], None


def world(rng: random.Random, rows: int) -> Mix:
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    kinds = phonenumbers.PhoneNumberType.values()
    examples = [(r, n) for r in regions for k in kinds if (n := phonenumbers.example_number_for_type(r, k))]
    forms = [phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL,
             phonenumbers.PhoneNumberFormat.NATIONAL]  # fmt: skip
    cells, which = [], []
    for _ in range(rows):
        region, example = rng.choice(examples)
        number = phonenumbers.PhoneNumber()
        number.merge_from(example)
        spread = 10 ** rng.randint(3, 5)
        number.national_number = example.national_number // spread * spread + rng.randrange(spread)
        cells.append(phonenumbers.format_number(number, rng.choice(forms)))
        which.append(regions.index(region))
    return cells, list(regions), which


def world_one_region(rng: random.Random, rows: int) -> Mix:
    return world(rng, rows)[0], ["US"], None


WORDS = (
    *("n/a", "none", "unknown", "call office", "see notes", "ann@example.com", "12 Main St", "TBD", "-", "?", "1"),
    *("00000", "999-99", "Smith, John", "№ 5", "555-CALL", "http://example.com/1", "2024-01-31", "12:30"),
)


def garbage(rng: random.Random, rows: int) -> Mix:
    def tail() -> str:
        letters = "".join(rng.choices("abcdef ghij012+-", k=rng.randint(0, 12)))
        return rng.choice(["", "", f" {rng.randint(0, 99999)}", letters])

    return [rng.choice(WORDS) + tail() for _ in range(rows)], ["US"], None


def tenfold(rng: random.Random, rows: int) -> Mix:
    base = us_national(rng, rows // 10)[0]
    return rng.choices(base, k=rows), ["US"], None


MIXES: dict[str, Callable[[random.Random, int], Mix]] = {
    "US national": us_national,
    "US messy": us_messy,
    "E.164": e164_cells,
    "Indian mobile": indian_mobile,
    "world, region column": world,
    "world, one default region": world_one_region,
    "garbage": garbage,
    "US, ten-fold duplicates": tenfold,
}


def with_phonenumbers(cell: str, region: str | None) -> None:
    """Parse, validate, type and format one cell."""
    try:
        number = phonenumbers.parse(cell, region)
    except phonenumbers.NumberParseException:
        return
    phonenumbers.is_valid_number(number)
    phonenumbers.number_type(number)
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def engine_times(name: str, rows: int) -> tuple[float, float]:
    """Return seconds a cell of the engine's first call, and of the best of three more."""
    cells, regions, which = MIXES[name](random.Random(1), rows)
    column = TextColumn.of(cells)
    index = None if which is None else np.array(which, np.intp)
    times = []
    for _ in range(4):
        start = perf_counter()
        e164.parse_column(column, regions, index)
        times.append((perf_counter() - start) / rows)
    return times[0], min(times[1:])


def phonenumbers_times(name: str, rows: int) -> tuple[float, float]:
    """Return seconds a cell of phonenumbers' first run over some of the cells, and of the best of three more."""
    cells, regions, which = MIXES[name](random.Random(1), rows)
    getattr(phonenumbers, "enable_pattern_cache", lambda: None)()
    chosen = random.Random(2).sample(range(rows), min(SAMPLE, rows))
    times = []
    for _ in range(4):
        start = perf_counter()
        for row in chosen:
            with_phonenumbers(cells[row], regions[which[row] if which else 0])
        times.append((perf_counter() - start) / len(chosen))
    return times[0], min(times[1:])


def measure(name: str, rows: int) -> tuple[float, float]:
    """Return how many times as fast as phonenumbers the engine is, cold and warm, each in a process of its own."""
    found = []
    for function in ("phonenumbers_times", "engine_times"):
        code = f"from tests.benchmarks.phones import {function}; print(*{function}({name!r}, {rows}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        found.append([float(seconds) for seconds in done.stdout.split()])
    return found[0][0] / found[1][0], found[0][1] / found[1][1]


def main() -> None:
    print("| cells | 10,000 cold | 10,000 warm | 300,000 cold | 300,000 warm |")
    print("| --- | --- | --- | --- | --- |")
    for name in MIXES:
        ratios = [f"{ratio:.1f} ×" for rows in (10_000, 300_000) for ratio in measure(name, rows)]
        print(f"| {name} | {' | '.join(ratios)} |", flush=True)


if __name__ == "__main__":
    main()
