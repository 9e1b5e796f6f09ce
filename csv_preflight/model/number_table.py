"""A set of phone numbers that remembers the line each was first seen on, in about 20 bytes a number.

A hash table in three numpy arrays, with open addressing and linear probing: a number goes into the slot of its hash or
the next free one.  All numbers of a batch are probed at once, one step in each turn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight import kernels
from csv_preflight.model.text_column import Positions

# Beyond this share of filled slots the searches become long.
FULLEST = 0.82
# Up to this size the table doubles; then it grows by little, in place, to stay within 20 bytes a number.
LARGE = 1 << 22
LARGE_GROWTH = 1.15
# Slots after the last one, for numbers that are pushed over the end.
SLACK = 1 << 12
CHUNK = 1 << 16
# In place of a line: the row has no line number.
NO_LINE = (1 << 32) - 1
# In place of a line: the number is not in the table.
ABSENT = 0

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


class NumberTable:
    """Phone numbers, the digits of E.164 as int64 (never 0), with a line (uint32) and a mark (uint16) each.

    expected: how many numbers will come, if known, which saves growing; at most ``LARGE`` slots are made in advance.

    >>> table = NumberTable()
    >>> numbers, lines = np.array([12025550143, 12025550144, 12025550143]), np.array([2, 3, 4])
    >>> table.meet(numbers, lines, np.zeros(3, np.uint16))[0].tolist()
    [2, 3, 2]
    >>> table.lines(np.array([12025550144, 12025550199])).tolist()
    [3, 0]
    """

    def __init__(self, expected: int = 0) -> None:
        size = min(LARGE, max(1 << 12, int(expected / FULLEST) + 1))
        self._numbers = np.zeros(size + SLACK, np.int64)
        self._lines = np.zeros(size + SLACK, np.uint32)
        self._marks = np.zeros(size + SLACK, np.uint16)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    @property
    def numbers(self) -> Positions:
        """The numbers, in no order."""
        present: Positions = self._numbers[self._numbers != 0]
        return present

    @classmethod
    def of(cls, numbers: Positions, lines: Positions, marks: NDArray[np.uint16]) -> NumberTable:
        """Make a table of numbers that are all different."""
        table = cls(len(numbers))
        if len(numbers) > FULLEST * table._size:
            table._make_room(len(numbers))
        table._insert(numbers, lines.astype(np.uint32), marks)
        table._filled = len(numbers)
        return table

    def __reduce__(self) -> tuple[object, ...]:
        present = self._numbers != 0
        return NumberTable.of, (self._numbers[present], self._lines[present], self._marks[present])

    def reserve(self, count: int) -> None:
        """Make room for this many more numbers, so that the table need not grow for them."""
        self._make_room(count)

    def lines(self, numbers: Positions) -> NDArray[np.uint32]:
        """Return the line of each number, ABSENT for numbers that are not in the table."""
        place = self._search(numbers)
        return np.where(self._numbers[place] == numbers, self._lines[place], np.uint32(ABSENT))

    def marks(self, numbers: Positions) -> NDArray[np.uint16]:
        """Return the mark of each number, 0 for numbers that are not in the table."""
        place = self._search(numbers)
        return np.where(self._numbers[place] == numbers, self._marks[place], np.uint16(0))

    def meet(
        self, numbers: Positions, lines: NDArray[np.integer], marks: NDArray[np.uint16], *, overwrite: bool = False
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """Add the numbers that are new; return line and mark of each as first added (with overwrite: as last added).

        lines: no line may be used twice in the life of the table.
        """
        if self._filled + len(numbers) > FULLEST * self._size:
            self._make_room(len(numbers))
        short = lines.astype(np.uint32)
        place = self._insert(numbers, short, marks)
        self._filled += int(np.count_nonzero(self._lines[place] == short))
        if overwrite:
            self._lines[place] = short
            self._marks[place] = marks
        return self._lines[place], self._marks[place]

    @property
    def _size(self) -> int:
        return len(self._numbers) - SLACK

    def _home(self, numbers: Positions) -> NDArray[np.intp]:
        """Return the slot of each number's hash, scaled so that the order stays the same in a larger table."""
        mixed = numbers.astype(np.uint64) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MULTIPLIER
        return (((mixed >> _HALF) * np.uint64(self._size)) >> _HALF).astype(np.intp)

    def _search(self, numbers: Positions) -> NDArray[np.intp]:
        """Return the slot of each number, or the free slot where it would be put."""
        if kernels.compiled:
            place = np.empty(len(numbers), np.int64)
            kernels.compiled.find(self._numbers, SLACK, np.ascontiguousarray(numbers), place)
            return place
        place = self._home(numbers)
        searching = np.arange(len(numbers))
        while len(searching):
            there = self._numbers[place[searching]]
            searching = searching[(there != 0) & (there != numbers[searching])]
            place[searching] += 1
        return place

    def _insert(self, numbers: Positions, lines: NDArray[np.uint32], marks: NDArray[np.uint16]) -> NDArray[np.intp]:
        """Insert the numbers that are missing; return the slot of each.

        If several rows reach one free slot, the first row wins, since all arrays are written backwards; rows of the
        same number then find it there, and other numbers go on.
        """
        if kernels.compiled:
            place = np.empty(len(numbers), np.int64)
            mine = self._numbers, self._lines, self._marks
            new = (np.ascontiguousarray(array) for array in (numbers, lines, marks))
            kernels.compiled.insert(*mine, SLACK, *new, place)
            return place
        place = self._home(numbers)
        searching = np.arange(len(numbers))
        while len(searching):
            there = self._numbers[place[searching]]
            free = searching[there == 0][::-1]
            if len(free):
                at = place[free]
                self._numbers[at], self._lines[at], self._marks[at] = numbers[free], lines[free], marks[free]
                there = self._numbers[place[searching]]
            searching = searching[there != numbers[searching]]
            place[searching] += 1
        return place

    def _make_room(self, more: int) -> None:
        size = self._size
        while self._filled + more > FULLEST * size:
            size = int(size * (2 if size < LARGE else LARGE_GROWTH))
        old = self._size + SLACK
        for array in (self._numbers, self._lines, self._marks):
            array.resize(size + SLACK, refcheck=False)
        # From the top, each stretch of old slots is emptied and its numbers are inserted again, further up, where
        # all is done already.  A number whose new slot is below waits until the end.
        waiting = []
        for end in range(old, 0, -CHUNK):
            start = max(0, end - CHUNK)
            numbers, lines, marks = self._take(start, end)
            below = self._home(numbers) < start
            waiting.append((numbers[below], lines[below], marks[below]))
            self._insert(numbers[~below], lines[~below], marks[~below])
        for numbers, lines, marks in waiting:
            self._insert(numbers, lines, marks)

    def _take(self, start: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint16]]:
        present = start + np.flatnonzero(self._numbers[start:end])
        taken = self._numbers[present], self._lines[present], self._marks[present]
        self._numbers[start:end] = 0
        return taken
