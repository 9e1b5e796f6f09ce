"""What is written around every number of a column: an apostrophe, ="...", a label, a zero decimal.

Spreadsheets and CRMs do it to all numbers alike.  Of each kind of cell one is examined, and the others are like it: the
text before and after the number is the same, and the number is not odd by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.distinct import distinct, together
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.stages.phones.cell import Examined, examine
from csv_preflight.stages.phones.odd import FEW_DIGITS, Trimmed, is_odd

Rows = NDArray[np.intp]

# How many bytes before and after a number are looked at.
_LONGEST = 24
# In fewer rows, examining each of them is as fast.
_LEAST = 32
_BEGINS, _IS_DIGIT = np.zeros(256, bool), np.zeros(256, bool)
_IS_DIGIT[list(b"0123456789")] = True
_BEGINS[list(b"+(0123456789")] = True
# Digits but zero count alike: 00 begins an international number.
_ALIKE = np.arange(256, dtype=np.int64)
_ALIKE[list(b"123456789")] = ord("1")
_PLUS, _BRACKET = 1 << 8, 1 << 16
_WEIGHTS = np.zeros(256, np.uint32)
_WEIGHTS[list(b"0123456789")] = 1
_WEIGHTS[ord("+")] = _PLUS
_WEIGHTS[ord("(")], _WEIGHTS[ord(")")] = _BRACKET, (1 << 32) - _BRACKET


def without_affixes(cells: TextColumn, odd: Rows) -> Trimmed:
    """Take off what is around numbers that are not odd by themselves.  odd: the rows to look at."""
    if len(odd) < _LEAST:
        return Trimmed(cells, {}, odd)
    some = cells.take(odd)
    core = _cores(some)
    rows = np.flatnonzero(_are_plain(some, core))
    if not len(rows):
        return Trimmed(cells, {}, odd)
    some, core = some.take(rows), core.take(rows)
    _, first, which = np.unique(_kinds(some, core), return_index=True, return_inverse=True)
    fixes = [_fixes(some[row], core[row]) for row in first.tolist()]
    taken = np.array([found is not None for found in fixes], bool)[which]
    starts, ends = cells.starts.copy(), cells.ends.copy()
    done = odd[rows[taken]]
    starts[done], ends[done] = core.starts[taken], core.ends[taken]
    by_rule = {
        rule: odd[rows[np.array([rule in (found or ()) for found in fixes], bool)[which]]]
        for rule in sorted({rule for found in fixes for rule in found or ()})
    }
    left = np.ones(len(odd), bool)
    left[rows[taken]] = False
    return Trimmed(TextColumn(cells.data, starts, ends), by_rule, odd[left])


def _cores(cells: TextColumn) -> TextColumn:
    """Return each cell from the first sign of a number to its last digit; without a zero decimal at the end."""
    begin, end, data = cells.starts.copy(), cells.ends.copy(), np.append(cells.data, np.uint8(0))
    for _ in range(_LONGEST):
        begin += ~_BEGINS[data[begin]] & (begin < end)
    for _ in range(_LONGEST):
        end -= ~_IS_DIGIT[data[end - 1]] & (begin < end)
    has_decimal = (end - begin > 2) & (data[end - 1] == ord("0")) & (data[end - 2] == ord("."))
    end[has_decimal] -= 2
    return TextColumn(cells.data, begin, end)


def _are_plain(cells: TextColumn, core: TextColumn) -> NDArray[np.bool_]:
    """Whether each core is a number that is not odd, and something is around it."""
    sums = core.sums(_WEIGHTS)
    digits, brackets = sums & 0xFF, sums >> 16
    plain: NDArray[np.bool_] = ~is_odd(core) & (digits > FEW_DIGITS) & (brackets == 0) & (core.lengths < cells.lengths)
    # Grouped digits before a decimal may be an amount.
    behind = np.append(core.data, np.uint8(0))[core.ends]
    plain &= (behind != ord(".")) | (core.lengths == digits + ((sums >> 8) & 0xFF))
    return plain


def _kinds(cells: TextColumn, core: TextColumn) -> Positions:
    """Return a key for each cell, the same only where what is around the numbers is, and they begin alike."""
    _, before = distinct(TextColumn(cells.data, cells.starts, core.starts))
    _, behind = distinct(TextColumn(cells.data, core.ends, cells.ends))
    first, second = (_ALIKE[core.data[core.starts + place]] for place in (0, 1))
    return together([before, behind, core.sums(_WEIGHTS) & 0xFF, first, second])


def _fixes(cell: str, core: str) -> tuple[str, ...] | None:
    """Return the fixes by which a cell becomes its core, None if it does not."""
    found = examine(cell)
    return found.fixes if found == Examined(core, fixes=found.fixes) else None
