"""The numbers of another list, which may be a national do-not-call registry: sorted, in 8 bytes each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import Positions

# The array grows by a quarter, in place, so that numbers never take more than 10 bytes each while they are read.
GROWTH = 1.25
SMALLEST = 1 << 12
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class NumberSet:
    """Different phone numbers, the digits of E.164 as int64, ascending.

    >>> NumberSet(np.array([12025550143, 12025550144])).holds(np.array([12025550144, 12025550199])).tolist()
    [True, False]
    """

    numbers: Positions = field(default_factory=lambda: np.zeros(0, np.int64), repr=False)

    def __len__(self) -> int:
        return len(self.numbers)

    def holds(self, numbers: Positions) -> NDArray[np.bool_]:
        """Return whether each number is in the set."""
        if not len(self.numbers):
            return np.zeros(len(numbers), bool)
        # Searching in ascending order is several times faster in a large set.
        order = np.argsort(numbers)
        wanted = numbers[order]
        place = np.searchsorted(self.numbers, wanted)
        found = np.empty(len(numbers), bool)
        found[order] = self.numbers[np.minimum(place, len(self.numbers) - 1)] == wanted
        return found


class NumbersRead:
    """Collects phone numbers, batch by batch, for a set.

    >>> read = NumbersRead()
    >>> read.add(np.array([12025550144, 12025550143]))
    >>> read.add(np.array([12025550144]))
    >>> read.as_set().numbers.tolist()
    [12025550143, 12025550144]
    """

    def __init__(self) -> None:
        self._numbers = np.zeros(SMALLEST, np.int64)
        self._filled = self._different = 0

    def add(self, numbers: Positions) -> None:
        """Add numbers, which may be there already."""
        end = self._filled + len(numbers)
        if end > len(self._numbers):
            if self._filled > 2 * self._different:
                self._drop_repeats()
            end = self._filled + len(numbers)
            if end * GROWTH > len(self._numbers):
                self._numbers.resize(int(end * GROWTH), refcheck=False)
        self._numbers[self._filled : end] = numbers
        self._filled = end

    def as_set(self) -> NumberSet:
        """Return all numbers as a set; nothing can be added afterwards."""
        self._drop_repeats()
        self._numbers.resize(self._filled, refcheck=False)
        return NumberSet(self._numbers)

    def _drop_repeats(self) -> None:
        """Sort in place, and move numbers down over repeats."""
        numbers = self._numbers[: self._filled]
        numbers.sort()
        kept, last = 0, 0  # no number is 0
        for start in range(0, len(numbers), CHUNK):
            some = numbers[start : start + CHUNK]
            different = some[np.diff(some, prepend=last) != 0]
            last = int(some[-1])
            numbers[kept : kept + len(different)] = different
            kept += len(different)
        self._filled = self._different = kept
