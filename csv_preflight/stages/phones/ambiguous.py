"""Cells that are one number as written, and a different one with a plus sign."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones.bare import Bare, Rows, end_behind_code, groups, groups_of


class Ambiguous(NamedTuple):
    """Cells that are a number as written; with_plus: the number with a plus sign."""

    cells: Bare
    with_plus: PhoneColumn


def ambiguous(cells: Bare, phones: PhoneColumn, *, possible: bool) -> Ambiguous:
    """Return the cells that are a different number with a plus sign.

    possible: a possible number with plus is enough where the number as written is not valid either.
    """
    places, numbers = other_numbers(cells.digits, cells.rows, phones, possible=possible)
    return Ambiguous(cells.take(places), numbers)


def other_numbers(digits: TextColumn, rows: Rows, phones: PhoneColumn, *, possible: bool) -> tuple[Rows, PhoneColumn]:
    """Return which digits are a different number with a plus sign, and these numbers.

    rows: of the digits among the numbers as written.  possible: see ``ambiguous``.
    """
    places, numbers = e164.valid_with_plus(digits, possible=possible)
    rows = rows[places]
    differs = ~numbers.e164.equals(phones.e164.take(rows)) & (numbers.valid | ~phones.valid[rows])
    return places[differs], numbers.take(differs)


def begin_with_own_code(cells: Bare, phones: PhoneColumn) -> NDArray[np.bool_]:
    """Whether each cell begins like its number's calling code, which it may therefore hold."""
    digits, numbers = cells.digits, phones.e164.take(cells.rows)
    first = numbers.data[numbers.starts + 1]
    short_code = (first == ord("1")) | (first == ord("7"))
    second = short_code | (digits.data[digits.starts + 1] == numbers.data[numbers.starts + 2])
    chosen: NDArray[np.bool_] = (digits.data[digits.starts] == first) & second
    return chosen


def written_as_there(both: Ambiguous, phones: PhoneColumn, *, with_code: bool = False) -> NDArray[np.bool_]:
    """Whether each cell has the digit groups of its number's national format, and none that ends after a calling code.

    If a group does end after the other number's calling code, the cell must be exactly the national format, and either
    have brackets, or the other number must be a service's, such as +800.  with_code: the digit groups are enough.
    """
    forms, numbers = both.cells.forms(), phones.e164.take(both.cells.rows)
    certain = np.zeros(len(forms), bool)
    looked = np.flatnonzero((groups(forms) != 1) & phones.valid[both.cells.rows])
    behind_code = end_behind_code(forms[looked]) & (not with_code)
    looked, odd = looked[~behind_code], looked[behind_code]
    _, first, which = np.unique(
        np.stack([forms[looked], e164.alike(numbers.take(looked))]), axis=1, return_index=True, return_inverse=True
    )
    there = [groups_of(e164.national_form(number)) for number in numbers.take(looked[first]).tolist()]
    fits = groups(forms[looked[first]]) == np.array(there, np.int64)
    certain[looked] = fits[which]
    others = e164.calling_codes(both.with_plus.e164.take(odd)).tolist()
    texts, here = both.cells.text.take(odd).tolist(), numbers.take(odd).tolist()
    certain[odd] = [
        ("(" in text or e164.region_of_calling_code(other) is None) and e164.national_form(number) == text
        for text, number, other in zip(texts, here, others, strict=True)
    ]
    return certain
