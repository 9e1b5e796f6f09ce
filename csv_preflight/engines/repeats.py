"""Find the repeats in the files of a list by their numbers alone, file by file, in one process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.text_column import Positions
from csv_preflight.stages import duplicates

# Numbers looked up at a time: their arrays fit the processor's cache.
ROWS = 1 << 14


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The numbers of the clean rows of a file, their lines in the list, and the marks of their identifiers.

    All of them are sent: lines are as short as a ``NumberTable`` keeps them.
    """

    numbers: Positions
    lines: NDArray[np.uint32]
    marks: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Repeats:
    """The positions of the clean rows of a file that are repeats, and for each the line of the list that is kept.

    others: whether that row has another identifier.
    """

    rows: NDArray[np.intp]
    lines: Positions
    others: NDArray[np.bool_]


def last_of(every: Sequence[Keys]) -> NumberTable:
    """Return the last line of each number of a list.  every: the keys of its files, in order."""
    last = NumberTable()
    for keys in every:
        for part in _parts(keys):
            last.meet(part.numbers, part.lines, part.marks, overwrite=True)
    return last


def find_repeats(keys: Keys, seen: NumberTable, last: NumberTable | None) -> Repeats:
    """Return the repeats of a file.

    seen: the numbers of the files before it, to which its own are added; last: the last line of each number, if that
    row is kept.
    """
    found = []
    for at, part in enumerate(_parts(keys)):
        again, kept, others = duplicates.find_repeats(part.numbers, part.lines, part.marks, seen, last)
        found.append(Repeats(np.flatnonzero(again) + at * ROWS, kept.astype(np.int64), others))
    if not found:
        return Repeats(np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0, bool))
    return Repeats(
        np.concatenate([one.rows for one in found]),
        np.concatenate([one.lines for one in found]),
        np.concatenate([one.others for one in found]),
    )


def _parts(keys: Keys) -> list[Keys]:
    return [
        Keys(keys.numbers[start : start + ROWS], keys.lines[start : start + ROWS], keys.marks[start : start + ROWS])
        for start in range(0, len(keys.numbers), ROWS)
    ]
