"""Cells without a plus sign whose first digit is not 0: their digits, and in which groups they are written.

Only such a cell can be a number with a country code that has lost its plus sign: no calling code begins with 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.text_column import Bytes, TextColumn

Rows = NDArray[np.intp]

# A form: bit i says that digit i begins a group of digits; above these bits is how many digits there are, whether a
# group ends behind what may be a calling code, and a hash of what is between the digits.
_MOST_DIGITS = 24
_LEAST_DIGITS = 4
_AFTER_CODE, _PUNCTUATION = 29, 30


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """Cells of a column that hold a number without a plus sign.

    rows: their indices in the column; text: as they are written; digits: those alone.  forms: int64, the same for cells
    that are written alike, whatever their digits.
    """

    rows: Rows
    text: TextColumn
    digits: TextColumn
    forms: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: Rows | NDArray[np.bool_]) -> Bare:
        """Return some of the cells (places or a mask)."""
        return Bare(self.rows[chosen], self.text.take(chosen), self.digits.take(chosen), self.forms[chosen])


def bare(cells: TextColumn, rows: Rows) -> Bare:
    """Return those of the rows that hold digits without a plus sign, the first of them no 0.

    >>> found = bare(TextColumn.of(["65 81234567", "+6581234567", "(0151) 23456789"]), np.arange(3))
    >>> found.digits.tolist(), ends_behind_code(int(found.forms[0]))
    (['6581234567'], True)
    """
    first = first_byte(cells)[rows]
    rows = rows[(first != ord("+")) & (first != ord("0")) & (cells.lengths[rows] > 0)]
    text = cells.take(rows).packed()
    is_digit = text.data - np.uint8(ord("0")) <= 9
    digits = text.kept(is_digit)
    chosen = (digits.lengths >= _LEAST_DIGITS) & (digits.lengths <= _MOST_DIGITS)
    chosen &= first_byte(digits) != ord("0")
    chosen[np.searchsorted(text.ends, np.flatnonzero(text.data == ord("+")), "right")] = False
    if not chosen.all():
        rows, text = rows[chosen], text.take(chosen).packed()
        is_digit = text.data - np.uint8(ord("0")) <= 9
        digits = text.kept(is_digit)
    return Bare(rows, text, digits, _forms(text, digits, is_digit))


def first_byte(cells: TextColumn) -> Bytes:
    """Return the first byte of each cell; of an empty one, any."""
    return np.append(cells.data, np.uint8(0))[cells.starts]


def groups_of(text: str) -> int:
    """Return the bits of a form that say where groups of digits begin, for one text."""
    bits = digits = 0
    before = False
    for character in text:
        if character.isdigit():
            bits |= 0 if before else 1 << digits
            digits += 1
        before = character.isdigit()
    return bits


def groups(form: int) -> int:
    """Return the bits of a form that say where groups of digits begin; 1 for digits in one piece."""
    return form & ((1 << _MOST_DIGITS) - 1)


def ends_behind_code(form: int) -> bool:
    """Return whether a group of digits ends behind what may be a calling code."""
    return bool(form >> _AFTER_CODE & 1)


def _forms(text: TextColumn, digits: TextColumn, is_digit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the form of each cell; text and digits are packed, is_digit marks the digits of text."""
    forms = 1 | digits.lengths << _MOST_DIGITS
    between = np.flatnonzero(~is_digit)
    if not len(between):
        return forms
    row = np.searchsorted(text.ends, between, "right")
    before = np.cumsum(is_digit)[between] - digits.starts[row]
    mixed = (before + 1) * (text.data[between].astype(np.int64) + 7)
    marks = np.bincount(row, mixed * mixed % 8191, len(text)).astype(np.int64)
    inner = (before > 0) & (before < np.minimum(digits.lengths[row], _MOST_DIGITS))
    np.bitwise_or.at(forms, row[inner], np.int64(1) << before[inner])
    size = e164.calling_code_sizes(digits)
    return forms | (forms >> size & (size > 0)) << _AFTER_CODE | marks << _PUNCTUATION
