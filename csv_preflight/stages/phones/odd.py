"""Which phone cells are more than digits and common punctuation, or may be something else than one number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]

# Counts of four kinds of bytes in one sum, 8 bits each.  They cannot overflow: cells of more than LONG bytes are odd.
_DIGIT, _PLUS, _HYPHEN, _OTHER = (1 << shift for shift in (0, 8, 16, 24))
_WEIGHTS = np.full(256, _OTHER, np.uint32)
_WEIGHTS[list(b" ()")] = 0
_WEIGHTS[list(b"0123456789")] = _DIGIT
_WEIGHTS[ord("+")] = _PLUS
_WEIGHTS[ord("-")] = _HYPHEN
_WITHOUT_DOTS = _WEIGHTS.copy()
_WITHOUT_DOTS[ord(".")] = 0
_IS_DIGIT = _WEIGHTS == _DIGIT

# Cells with few digits may be dates, with many, cards or two numbers: both kinds are examined one by one.
FEW_DIGITS, MANY_DIGITS, LONG = 8, 14, 64
DATE_LENGTH = len("2024 01 31")


class Trimmed(NamedTuple):
    """cells: without what is around the numbers; fixes: by rule, the rows that it was taken from; odd: the others."""

    cells: TextColumn
    fixes: Mapping[str, Rows]
    odd: Rows


def is_odd(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell (packed) has to be examined by ``cell.examine``."""
    counts = cells.sums(_WEIGHTS)
    digits, pluses = counts & 0xFF, (counts >> 8) & 0xFF
    hyphens, others = (counts >> 16) & 0xFF, counts >> 24
    others[_dotted(cells, np.flatnonzero((others >= 2) & (others <= 4) & (digits > FEW_DIGITS) & (hyphens == 0)))] = 0
    padded = np.append(cells.data, np.uint8(0))
    first = padded[cells.starts]
    second = padded[np.minimum(cells.starts + 1, len(cells.data))]
    odd: NDArray[np.bool_] = (others != 0) | (cells.lengths > LONG) | (digits >= MANY_DIGITS) | (first == ord("-"))
    odd |= (digits <= FEW_DIGITS) & (hyphens == 2)
    odd |= (digits == FEW_DIGITS) & (cells.lengths == DATE_LENGTH)
    odd |= (pluses > 1) | ((pluses == 1) & (first != ord("+")) & (second != ord("+")))
    odd |= digits == 0
    odd |= padded[np.maximum(cells.ends - 1, 0)] == ord(")")
    return odd


def _dotted(cells: TextColumn, rows: Rows) -> Rows:
    """Return the rows in which dots between groups of digits are all that is uncommon.

    A single dot may be a decimal point, and three are in an IP address, whose last group has at most three digits.
    """
    some = cells.take(rows)
    four_at_end = some.lengths >= 4
    for place in range(1, 5):
        four_at_end &= _IS_DIGIT[some.data[np.maximum(some.ends - place, 0)]]
    dots = (some.sums(_WEIGHTS) >> 24) - (some.sums(_WITHOUT_DOTS) >> 24)
    dotted: Rows = rows[(some.sums(_WITHOUT_DOTS) >> 24 == 0) & ((dots != 3) | four_at_end)]
    return dotted
