"""Lists of numbers in parts, area code and number, as in the US do-not-call registry.

The North American Numbering Plan has an area code of three digits, an exchange of three, and four more; neither of the
first two begins with 0 or 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.text_column import TextColumn, interleaved

# The lengths of the parts that make a number, each in a column of its own.
_PARTS = ((3, 7), (3, 3, 4))
# The length of a part that may have a mark within.
_WITH_MARK = 7
# The least share of such rows; the others are reported as unreadable.
MOSTLY = 0.9
_MARKS = re.compile(r"(?<=[0-9]{3})[-. ](?=[0-9]{4})", re.ASCII)


def is_split(cells: Sequence[str]) -> bool:
    """Whether some cells of a row that follow each other are the parts of a number.

    >>> is_split(["202", "5550143"]), is_split(["Ann", "202", "555", "0143"]), is_split(["area", "number"])
    (True, True, False)
    """
    row = [_MARKS.sub("", cell) for cell in cells]
    return any(_are_parts(row[at:], lengths) for lengths in _PARTS for at in range(len(row)))


def _are_parts(cells: Sequence[str], lengths: Sequence[int]) -> bool:
    parts = cells[: len(lengths)]
    if [len(part) for part in parts] != [*lengths] or not all(part.isascii() and part.isdecimal() for part in parts):
        return False
    return parts[0][0] > "1" and parts[1][0] > "1"


def parts_of_numbers(batch: Batch) -> slice | None:
    """Return the columns that hold the parts of a number in most rows, the first such ones; None if there are none."""
    if not len(batch):
        return None
    for at in range(len(batch.columns)):
        for lengths in _PARTS:
            if len(found := batch.columns[at : at + len(lengths)]) < len(lengths):
                continue
            fits = np.ones(len(batch), bool)
            for place, (column, length) in enumerate(zip(found, lengths, strict=True)):
                fits &= _has_digits(column, length, least=2 if place < 2 else 0)
            if float(np.mean(fits)) >= MOSTLY:
                return slice(at, at + len(lengths))
    return None


def joined(batch: Batch, parts: slice, before: bytes) -> Batch:
    """Return the batch with the whole number of ten digits in the first column of the parts.

    before: the country code, or nothing.
    """
    rows = len(batch)
    code = TextColumn(np.frombuffer(before, np.uint8), np.zeros(rows, np.int64), np.full(rows, len(before), np.int64))
    cells = interleaved([code, *batch.columns[parts]]).joined()
    count = parts.stop - parts.start + 1
    whole = TextColumn(cells.data, cells.starts[::count], cells.ends[count - 1 :: count])
    return replace(batch, columns=(*batch.columns[: parts.start], whole, *batch.columns[parts.start + 1 :]))


def _has_digits(cells: TextColumn, length: int, *, least: int) -> NDArray[np.bool_]:
    """Whether each cell consists of ``length`` digits, the first at least ``least``; seven may be 555-0143."""
    lengths, cells = cells.lengths, cells.packed()
    if length == _WITH_MARK:
        cells = cells.kept(~np.isin(cells.data, list(b"-. ")))
    fits: NDArray[np.bool_] = (cells.lengths == length) & (lengths <= length + (length == _WITH_MARK))
    places = np.where(fits, cells.starts, 0)[:, None] + np.arange(length)
    digits = cells.data.take(places, mode="clip") if len(cells.data) else np.zeros(places.shape, np.uint8)
    fits &= ((digits >= ord("0")) & (digits <= ord("9"))).all(axis=1) & (digits[:, 0] >= ord("0") + least)
    return fits
