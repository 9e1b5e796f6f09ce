"""Text around the numbers of a column: an apostrophe, ="...", a label, a zero decimal, an extension.

Spreadsheets and CRMs write it around all numbers.  One cell of each kind is examined, and the result applies to the
others: cells of a kind have the same text around the number, except for digits other than zero, and a number that is
not odd itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.distinct import among, distinct, together
from csv_preflight.model.text_column import IS_DIGIT, Positions, TextColumn, are_digits, byte_set
from csv_preflight.stages.phones.cell import Examined, examine
from csv_preflight.stages.phones.odd import FEW_DIGITS, Rows, Trimmed, is_odd

# How many bytes before a number are examined, and its greatest length.
_AHEAD, _LONGEST = 24, 28
# With fewer rows, examining each of them is as fast.
_LEAST = 32
_DIGITS = re.compile("[0-9]+")
_BEGINS, _INSIDE = byte_set(b"+(0123456789"), byte_set(b"+()-./ 0123456789")
# Zero differs from other digits: 00 begins an international number, and .00 is no amount.
_ALIKE = np.arange(256, dtype=np.uint8)
_ALIKE[list(b"123456789")] = ord("1")
_MARKS = b" -.(/"
_PLUS, _BRACKET = 1 << 8, 1 << 16
_WEIGHTS = np.zeros(256, np.uint32)
_WEIGHTS[IS_DIGIT] = 1
_WEIGHTS[ord("+")] = _PLUS
_WEIGHTS[ord("(")], _WEIGHTS[ord(")")] = _BRACKET, (1 << 32) - _BRACKET


class _Kind(NamedTuple):
    """How to reduce cells of a kind to their numbers: the fixes, and the slice of an extension in the text after it."""

    fixes: tuple[str, ...]
    extension: slice | None


def without_affixes(cells: TextColumn, odd: Rows) -> Trimmed:
    """Remove the text around numbers that are not odd themselves.  odd: the rows to examine."""
    if len(odd) < _LEAST:
        return Trimmed(cells, odd)
    some = cells.take(odd)
    core = _cores(some)
    rows = np.flatnonzero(_are_plain(some, core))
    if not len(rows):
        return Trimmed(cells, odd)
    some, core = some.take(rows), core.take(rows)
    _, first, which = np.unique(_kinds(some, core), return_index=True, return_inverse=True)
    fixes: dict[str, list[Rows]] = {}
    extensions: dict[int, str] = {}
    starts, ends, is_odd_still = cells.starts.copy(), cells.ends.copy(), np.ones(len(odd), bool)
    for index, one in enumerate(first.tolist()):
        kind = _kind(some[one], core[one])
        if kind is None:
            continue
        alike = np.flatnonzero(which == index)
        done = odd[rows[alike]]
        starts[done], ends[done] = core.starts[alike], core.ends[alike]
        is_odd_still[rows[alike]] = False
        if kind.extension:
            begin = core.ends[alike] + kind.extension.start
            size = kind.extension.stop - kind.extension.start
            extensions |= zip(done.tolist(), TextColumn(cells.data, begin, begin + size).tolist(), strict=True)
        for rule in kind.fixes:
            fixes.setdefault(rule, []).append(done)
    fixed = {rule: np.concatenate(parts) for rule, parts in fixes.items()}
    return Trimmed(TextColumn(cells.data, starts, ends), odd[is_odd_still], fixed, extensions)


def _cores(cells: TextColumn) -> TextColumn:
    """Return the first number of each cell, from its first character to its last digit, without a zero decimal."""
    begin, data = cells.starts.copy(), np.append(cells.data, np.uint8(0))
    for _ in range(_AHEAD):
        begin += ~_BEGINS[data[begin]] & (begin < cells.ends)
    at, end = begin.copy(), begin.copy()
    inside = np.ones(len(begin), bool)
    for _ in range(_LONGEST):
        byte = data[at]
        inside &= _INSIDE[byte] & (at < cells.ends)
        end = np.where(inside & are_digits(byte), at + 1, end)
        at += inside
    has_decimal = (end - begin > 2) & (data[end - 1] == ord("0")) & (data[end - 2] == ord("."))
    end[has_decimal] -= 2
    return TextColumn(cells.data, begin, end)


def _are_plain(cells: TextColumn, core: TextColumn) -> NDArray[np.bool_]:
    """Whether each core is a number that is not odd and has text around it."""
    sums = core.sums(_WEIGHTS)
    digits, pluses, brackets = sums & 0xFF, (sums >> 8) & 0xFF, sums >> 16
    plain: NDArray[np.bool_] = ~is_odd(core) & (digits > FEW_DIGITS) & (brackets == 0) & (core.lengths < cells.lengths)
    # Two blanks may separate two numbers.
    packed = core.packed()
    is_blank = packed.data == ord(" ")
    plain &= ~packed.holding(np.append(is_blank[:-1] & is_blank[1:], False) if len(is_blank) else is_blank)
    # Grouped digits before a decimal may be an amount.
    behind = np.append(core.data, np.uint8(0))[core.ends]
    plain &= ~among(behind, b".,") | (core.lengths == digits + pluses)
    return plain


def _kinds(cells: TextColumn, core: TextColumn) -> Positions:
    """Return a key for each cell, the same only if their numbers begin alike and have the same text around them.

    Numbers with different punctuation have different keys as well: a SIP address has no spaces.
    """
    packed, behind = core.packed(), TextColumn(cells.data, core.ends, cells.ends).packed()
    first, second = (_ALIKE[core.data[core.starts + place]] for place in (0, 1))
    return together(
        [
            distinct(TextColumn(cells.data, cells.starts, core.starts))[1],
            distinct(TextColumn(_ALIKE[behind.data], behind.starts, behind.ends))[1],
            core.sums(_WEIGHTS) & 0xFF,
            *(packed.holding(packed.data == mark) for mark in _MARKS),
            first,
            second,
        ]
    )


def _kind(cell: str, core: str) -> _Kind | None:
    """Return how to reduce a cell to its core, None if that is not possible."""
    examined = examine(cell)
    if examined != Examined(core, fixes=examined.fixes, extension=examined.extension):
        return None
    if not examined.extension:
        return _Kind(examined.fixes, None)
    behind = cell[cell.index(core) + len(core) :]
    digits = _DIGITS.findall(behind)
    if digits != [examined.extension]:
        return None
    begin = len(behind[: behind.index(examined.extension)].encode())
    return _Kind(examined.fixes, slice(begin, begin + len(examined.extension)))
