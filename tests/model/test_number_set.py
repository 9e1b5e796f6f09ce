"""The numbers of another list, as a set of Python says it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from csv_preflight.model.number_set import SMALLEST, NumberSet, NumbersRead

FIRST = 12_000_000_000


@pytest.mark.parametrize("count", [0, 1, SMALLEST - 1, SMALLEST, SMALLEST + 1, 200_000])
@pytest.mark.parametrize("spread", [3, 30_000, 10**9], ids=lambda spread: f"{spread} different")
def test_the_numbers_read_are_a_set(count: int, spread: int) -> None:
    rng = random.Random(count + spread)
    given = [FIRST + rng.randrange(spread) for _ in range(count)]
    read = NumbersRead()
    place = 0
    while place < len(given):
        size = rng.randrange(1, 30_000)
        read.add(np.array(given[place : place + size], np.int64))
        place += size
    found = read.as_set()
    assert found.numbers.tolist() == sorted(set(given))
    asked = [*given[:1000], *(FIRST + rng.randrange(spread) for _ in range(1000)), FIRST - 1, FIRST + spread]
    assert found.holds(np.array(asked)).tolist() == [number in set(given) for number in asked]


def test_a_set_of_nothing_holds_nothing() -> None:
    assert NumberSet().holds(np.array([FIRST])).tolist() == [False]


def test_repeats_do_not_take_room() -> None:
    read = NumbersRead()
    for _ in range(200):
        read.add(np.arange(FIRST, FIRST + 1000))
    assert len(read._numbers) < 4 * SMALLEST
    assert len(read.as_set()) == 1000
