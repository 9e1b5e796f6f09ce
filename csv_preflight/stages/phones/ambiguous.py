"""Cells that are one number as they are, and another one with a plus sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.stages.phones.bare import Bare, ends_behind_code, groups, groups_of


@dataclass(frozen=True, slots=True, eq=False)
class Ambiguous:
    """Cells that are a number as they are, and ``found`` with a plus sign."""

    cells: Bare
    found: PhoneColumn


def ambiguous(cells: Bare, phones: PhoneColumn) -> Ambiguous:
    """Return those of the cells that are another number with a plus sign."""
    places, found = e164.valid_with_plus(cells.digits)
    differs = ~found.e164.equals(phones.e164.take(cells.rows[places]))
    return Ambiguous(cells.take(places[differs]), found.take(differs))


def begin_with_own_code(cells: Bare, phones: PhoneColumn) -> NDArray[np.bool_]:
    """Whether each cell begins with the first digits of its number's calling code: it may be there."""
    digits, numbers = cells.digits, phones.e164.take(cells.rows)
    first = numbers.data[numbers.starts + 1]
    short_code = (first == ord("1")) | (first == ord("7"))
    second = short_code | (digits.data[digits.starts + 1] == numbers.data[numbers.starts + 2])
    chosen: NDArray[np.bool_] = (digits.data[digits.starts] == first) & second
    return chosen


def written_as_there(both: Ambiguous, phones: PhoneColumn) -> NDArray[np.bool_]:
    """Whether each cell is written as only its number's own country does: in its groups, which no code ends.

    Where a group ends behind the code of the other number, the cell has to be the very text that is usual there, and
    its brackets tell; or the other number is one of a service, such as +800, and no person's.
    """
    certain = np.zeros(len(both.cells), bool)
    numbers, texts = phones.e164.take(both.cells.rows).tolist(), both.cells.text.tolist()
    forms, valid = both.cells.forms().tolist(), phones.valid[both.cells.rows].tolist()
    for place, (number, text, form) in enumerate(zip(numbers, texts, forms, strict=True)):
        if groups(form) == 1 or not valid[place]:
            continue
        if not ends_behind_code(form):
            certain[place] = groups_of(e164.national_form(number)) == groups(form)
        elif "(" in text or e164.region_of_calling_code(e164.calling_code_of(both.found.e164[place])) is None:
            certain[place] = e164.national_form(number) == text
    return certain
