"""Find phone cells with more than digits and common punctuation, or that may not be a single number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.distinct import among
from csv_preflight.model.text_column import IS_DIGIT, TextColumn, are_digits

Rows = NDArray[np.intp]

NOTHING: Mapping[Any, Any] = MappingProxyType({})

# Counts of four kinds of bytes in one sum, 8 bits each.  They cannot overflow: cells of more than LONG bytes are odd.
_DIGIT, _PLUS, _HYPHEN, _OTHER = (1 << shift for shift in (0, 8, 16, 24))
_WEIGHTS = np.full(256, _OTHER, np.uint32)
_WEIGHTS[list(b" ()")] = 0
_WEIGHTS[IS_DIGIT] = _DIGIT
_WEIGHTS[ord("+")] = _PLUS
_WEIGHTS[ord("-")] = _HYPHEN
_WITHOUT_DOTS, _WITHOUT_SLASHES = _WEIGHTS.copy(), _WEIGHTS.copy()
_WITHOUT_DOTS[ord(".")] = _WITHOUT_SLASHES[ord("/")] = 0

# Cells with few digits may be dates, with many, cards or two numbers: both kinds are examined one by one.
FEW_DIGITS, MANY_DIGITS, LONG = 8, 14, 64
DATE_LENGTH = len("2024 01 31")
# Numbers in pairs of digits have four dots or slashes.
_MOST_GROUPS = 4
# Up to this many digits before the first slash are no number by themselves; this many after a slash, or more, are not
# just other last digits.
_MOST_BEFORE, _LEAST_BEHIND = 6, 5


class Trimmed(NamedTuple):
    """Cells without the text around their numbers.

    odd: the rows that are still odd.  fixes: changed rows, by rule; extensions: by row.
    """

    cells: TextColumn
    odd: Rows
    fixes: Mapping[str, Rows] = NOTHING
    extensions: Mapping[int, str] = NOTHING


def is_odd(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell (packed) has to be examined by ``cell.examine``."""
    counts = cells.sums(_WEIGHTS)
    digits, pluses = counts & 0xFF, (counts >> 8) & 0xFF
    hyphens, others = (counts >> 16) & 0xFF, counts >> 24
    several = (digits > FEW_DIGITS) & (others > 0) & (others <= _MOST_GROUPS)
    others[_dotted(cells, np.flatnonzero(several & (hyphens == 0)), others)] = 0
    others[_with_slashes(cells, np.flatnonzero(several), others)] = 0
    padded = np.append(cells.data, np.uint8(0))
    first = padded[cells.starts]
    second = padded[np.minimum(cells.starts + 1, len(cells.data))]
    odd: NDArray[np.bool_] = (others != 0) | (cells.lengths > LONG) | (digits >= MANY_DIGITS) | (first == ord("-"))
    odd |= (digits <= FEW_DIGITS) & (hyphens == 2)
    last, before = padded[np.maximum(cells.ends - 1, 0)], padded[np.maximum(cells.ends - 2, 0)]
    blanks = (first == ord(" ")).astype(np.int64) + (last == ord(" "))
    odd |= (digits == FEW_DIGITS) & (cells.lengths - blanks == DATE_LENGTH)
    odd |= (pluses > 1) | ((pluses == 1) & (first != ord("+")) & (second != ord("+")))
    odd |= digits == 0
    odd |= (
        (last == ord(")")) | ((last == ord(" ")) & among(before, b" )")) | ((first == ord(" ")) & among(second, b" -"))
    )
    return odd


def without_blanks(cells: TextColumn) -> TextColumn:
    """Return cells without the single blank at either end that a cell may have without being odd."""
    padded = np.append(cells.data, np.uint8(0))
    before = (padded[cells.starts] == ord(" ")) & (cells.lengths > 0)
    behind = (padded[np.maximum(cells.ends - 1, 0)] == ord(" ")) & (cells.lengths > before)
    if not (before.any() or behind.any()):
        return cells
    return TextColumn(cells.data, cells.starts + before, cells.ends - behind)


def _dotted(cells: TextColumn, rows: Rows, others: NDArray[np.integer]) -> Rows:
    """Return the rows in which only dots between groups of digits are uncommon.

    A single dot may be a decimal point, and three are in an IP address, whose last group has at most three digits.
    """
    some, dots = cells.take(rows), others[rows]
    four_at_end = some.lengths >= 4
    for index in range(1, 5):
        four_at_end &= are_digits(some.data[np.maximum(some.ends - index, 0)])
    dotted: Rows = rows[(some.sums(_WITHOUT_DOTS) >> 24 == 0) & (dots > 1) & ((dots != 3) | four_at_end)]
    return dotted


def _with_slashes(cells: TextColumn, rows: Rows, others: NDArray[np.integer]) -> Rows:
    """Return the rows in which only slashes between groups of digits are uncommon.

    Two slashes may be in a date.  One with few digits after it, or many before it, may separate two numbers, and so may
    the last of four: 030/231256/7/8/9.
    """
    rows = rows[(cells.take(rows).sums(_WITHOUT_SLASHES) >> 24 == 0) & among(others[rows], (1, _MOST_GROUPS))]
    some = cells.take(rows).packed()
    at = np.flatnonzero(some.data == ord("/"))
    row = np.searchsorted(some.ends, at, side="right")
    first, last = np.zeros((2, len(some)), np.int64)
    first[row[::-1]], last[row] = at[::-1], at
    has_long_group = np.zeros(len(some), bool)
    has_long_group[row[1:][(np.diff(row) == 0) & (np.diff(at) > _LEAST_BEHIND)]] = True
    before, behind = (
        part.sums(_WEIGHTS) & 0xFF
        for part in (TextColumn(some.data, some.starts, first), TextColumn(some.data, last, some.ends))
    )
    slashed: Rows = rows[(before <= _MOST_BEFORE) & ~has_long_group & ((others[rows] > 1) | (behind >= _LEAST_BEHIND))]
    return slashed
