"""Cells without a plus sign whose first digit is not 0: their digits and how these are grouped.

Only such a cell can be a number that has lost its plus sign: no calling code begins with 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164, kernels
from csv_preflight.model.distinct import among
from csv_preflight.model.text_column import Bytes, TextColumn, are_digits

Rows = NDArray[np.intp]

# A form: bit i is set if digit i begins a group of digits.  Above these bits: the number of digits, whether a group
# ends after a possible calling code, and a hash of the characters between the digits.
_MOST_DIGITS = 24
_LEAST_DIGITS = 4
_AFTER_CODE, _PUNCTUATION = 29, 30
_GROUPS = re.compile(r"\d+")
_BITS = np.exp2(np.arange(_MOST_DIGITS + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """Cells of a column that hold a number without a plus sign.

    rows: their indices in the column; text: as written; digits: only the digits.
    """

    rows: Rows
    text: TextColumn
    digits: TextColumn

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: Rows | NDArray[np.bool_]) -> Bare:
        """Return some of the cells (indices or a mask)."""
        return Bare(self.rows[chosen], self.text.take(chosen), self.digits.take(chosen))

    def forms(self) -> NDArray[np.int64]:
        """Return the form of each cell: the same for cells that differ only in their digits."""
        text = self.text.packed()
        is_digit = are_digits(text.data)
        return _forms(text, text.kept(is_digit), is_digit)


def bare(cells: TextColumn, rows: Rows) -> Bare:
    """Return the rows that hold digits without a plus sign and do not begin with 0.

    >>> found = bare(TextColumn.of(["65 81234567", "+6581234567", "(0151) 23456789"]), np.arange(3))
    >>> found.digits.tolist(), end_behind_code(found.forms()).tolist()
    (['6581234567'], [True])
    """
    first = first_byte(cells)[rows]
    rows = rows[(first != ord("+")) & (first != ord("0")) & (cells.lengths[rows] > 0)]
    text = cells.take(rows).packed()
    digits = text.kept(are_digits(text.data))
    chosen = (digits.lengths >= _LEAST_DIGITS) & (digits.lengths <= _MOST_DIGITS)
    chosen &= first_byte(digits) != ord("0")
    chosen &= ~text.holding(text.data == ord("+"))
    return Bare(rows, text, digits) if chosen.all() else Bare(rows, text, digits).take(chosen)


def first_byte(cells: TextColumn) -> Bytes:
    """Return the first byte of each cell, an arbitrary one for an empty cell."""
    return cells.data.take(cells.starts, mode="clip") if len(cells.data) else np.zeros(len(cells), np.uint8)


class After00(NamedTuple):
    """Cells whose digits begin with 00: their rows, and the digits after it."""

    rows: Rows
    digits: TextColumn


def after_00(cells: TextColumn) -> After00:
    """Return the cells whose digits begin with 00, as + is dialled in many countries.

    >>> after_00(TextColumn.of(["(00)65 81234567", "0151", "00"])).digits.tolist()
    ['6581234567']
    """
    padded = np.append(cells.data, np.zeros(2, np.uint8))
    first, second = padded[cells.starts], padded[cells.starts + 1]
    rows = np.flatnonzero(((first == ord("0")) & (second == ord("0"))) | ((first == ord("(")) & among(second, b"0( ")))
    text = cells.take(rows).packed()
    digits = text.kept(are_digits(text.data))
    padded = np.append(digits.data, np.zeros(2, np.uint8))
    begins = (padded[digits.starts] == ord("0")) & (padded[digits.starts + 1] == ord("0")) & (digits.lengths > 2)
    begins &= ~text.holding(text.data == ord("+"))
    return After00(rows[begins], TextColumn(digits.data, digits.starts[begins] + 2, digits.ends[begins]))


def groups_of(text: str) -> int:
    """Return the bits of a text's form that say where groups of digits begin."""
    bits = digits = 0
    for group in _GROUPS.findall(text):
        bits |= 1 << digits
        digits += len(group)
    return bits


def groups(forms: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the bits of forms that say where groups of digits begin; 1 for a single group."""
    return forms & ((1 << _MOST_DIGITS) - 1)


def end_behind_code(forms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each form whether a group of digits ends after a possible calling code."""
    behind: NDArray[np.bool_] = forms >> _AFTER_CODE & 1 == 1
    return behind


def _forms(text: TextColumn, digits: TextColumn, is_digit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the form of each cell; text and digits are packed, is_digit marks the digits of text."""
    sizes = e164.calling_code_sizes(digits)
    if kernels.compiled:
        forms = np.empty(len(text), np.int64)
        kernels.compiled.forms(text.data, np.ascontiguousarray(text.ends), digits.lengths, sizes, forms)
        return forms
    forms = 1 | digits.lengths << _MOST_DIGITS
    between = np.flatnonzero(~is_digit)
    if not len(between):
        return forms
    row = np.repeat(np.arange(len(text)), text.lengths - digits.lengths)
    # In a packed column, only such bytes and digits come before a byte between digits.
    before = between - np.arange(len(between)) - digits.starts[row]
    mixed = (before + 1) * (text.data[between] + np.int64(7))
    marks = np.bincount(row, mixed * mixed % 8191, len(text)).astype(np.int64)
    # A group begins after the last of several such bytes, so that each bit is counted once.
    begins = (before > 0) & (before < digits.lengths[row]) & (np.append(between[1:], -1) != between + 1)
    forms += np.bincount(row[begins], _BITS[before[begins]], len(text)).astype(np.int64)
    return forms | (forms >> sizes & (sizes > 0)) << _AFTER_CODE | marks << _PUNCTUATION
