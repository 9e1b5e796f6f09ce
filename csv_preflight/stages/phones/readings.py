"""Digits without a plus sign: do they begin with a country code?  One cell alone often cannot tell, but the list can.

4915123456789 is a German mobile that has lost its plus sign; with region DE, libphonenumber reads a fixed line in Leer.
6582345678 is a number in Singapore, and with region US also one in Jamaica.  Such a number is rejected, however it is
punctuated, unless the cell has its own country's format, or the list writes its national numbers in that form and no
number in it has lost a plus sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.distinct import among
from csv_preflight.model.text_column import TextColumn
from csv_preflight.model.writing import Writing
from csv_preflight.stages.phones.ambiguous import ambiguous, begin_with_own_code, other_numbers, written_as_there
from csv_preflight.stages.phones.bare import Bare, Rows, after_00, bare, first_byte
from csv_preflight.stages.phones.writing import writing_of

# libphonenumber's region of services such as +800, and its name in messages.
INTERNATIONAL, NO_COUNTRY = "001", "no single country"


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """The numbers of a column.

    writing: how the list writes its numbers.  unclear: by row, the region of the number with a plus sign.
    """

    phones: PhoneColumn
    writing: Writing
    unclear: dict[int, str] = field(default_factory=dict)


def resolve_missing_plus(
    cells: TextColumn,
    phones: PhoneColumn,
    taken: NDArray[np.bool_],
    rows: Rows,
    regions: Sequence[str | None] = (None,),
    which: Rows | None = None,
    *,
    plus: bool,
    possible: bool = False,
    writing: Writing | None = None,
) -> Resolved:
    """Decide about digits that are one number as written and another one with a plus sign.

    phones: the cells as written; taken: which of these numbers are accepted; rows: those that hold only a
    number.  which[i]: index of row i's region.  plus: whether the destination wants plus signs; if it does
    not, digits that are a number only with one are read with it, since lists made for it have none.  possible: whether
    possible numbers are accepted.  writing: how the list writes its numbers; None in its first batch.
    """
    every = bare(cells, rows)
    region = np.zeros(len(cells), np.intp) if which is None else which
    here = every.take(taken[every.rows])
    others = every.take(~taken[every.rows])
    coded = here.digits.equals(_behind_plus(phones.e164.take(here.rows)))
    national = here.take(~coded)
    if writing is None and (len(here) or not plus):
        unsigned = int(np.count_nonzero(taken & (first_byte(cells) != ord("+"))))
        writing = writing_of(national, here.take(coded), others, unsigned, phones, regions, region)
    writing = writing or Writing()
    if not plus:
        places, numbers = e164.valid_with_plus(others.digits, possible=possible)
        phones = phones.replaced(others.rows[places], numbers)
    doubtful = national.take(e164.may_be_international(national.digits))
    in_form = _in_form(doubtful, writing, regions, region) & phones.valid[doubtful.rows]
    both = ambiguous(
        doubtful.take(~in_form | begin_with_own_code(doubtful, phones)), phones, possible=possible and not plus
    )
    unclear = ~written_as_there(both, phones)
    if not plus and writing.coded:
        # Among digits with codes only the format of its own country tells a national number.
        coded = unclear & ~written_as_there(both, phones, with_code=True)
        phones = phones.replaced(both.cells.rows[coded], both.with_plus.take(np.flatnonzero(coded)))
        unclear &= ~coded
    with_plus = {
        int(both.cells.rows[place]): region_of(both.with_plus, place) for place in np.flatnonzero(unclear).tolist()
    }
    return Resolved(phones, writing, with_plus)


def another_after_00(cells: TextColumn, phones: PhoneColumn, accepted: Rows, *, possible: bool) -> dict[int, str]:
    """Return the accepted rows that are another number with + in place of 00, with the region of that number.

    Where 00 is not dialled to call abroad, libphonenumber takes it for digits of a number there, or 009 for a prefix.
    """
    behind = after_00(cells.take(accepted))
    rows = accepted[behind.rows]
    places, numbers = other_numbers(behind.digits, rows, phones, possible=possible)
    return {row: region_of(numbers, index) for index, row in enumerate(rows[places].tolist())}


def _in_form(cells: Bare, writing: Writing, regions: Sequence[str | None], region: Rows) -> NDArray[np.bool_]:
    """Whether each cell has a form in which the list writes national numbers of its region."""
    chosen = np.zeros(len(cells), bool)
    if not writing.national:
        return chosen
    written = cells.forms()
    for index, name in enumerate(regions):
        forms = [form for of, form in writing.national if of == name]
        if forms:
            chosen |= (region[cells.rows] == index) & among(written, forms)
    return chosen


def miss_plus(cells: TextColumn, rejected: Rows) -> bool:
    """Return whether most rejected rows that are digits are numbers with a plus sign; a few are so by chance."""
    digits = bare(cells, rejected)
    return len(e164.valid_with_plus(digits.digits)[0]) * 2 > len(digits)


def without_plus(cells: TextColumn, rejected: Rows) -> dict[int, str]:
    """Return the rejected rows that are numbers with a plus sign, with the region of the number."""
    digits = bare(cells, rejected)
    places, numbers = e164.valid_with_plus(digits.digits)
    rows = digits.rows[places].tolist()
    return {row: region_of(numbers, index) for index, row in enumerate(rows)}


def common_region(cells: TextColumn, lost: dict[int, str]) -> str | None:
    """Return the default region with which all rows of ``without_plus`` are read as they are with a plus sign."""
    if len(set(lost.values())) != 1:
        return None
    region = next(iter(lost.values()))
    if region == NO_COUNTRY:
        return None
    digits = bare(cells, np.array([*lost], np.intp))
    here = e164.parse_column(digits.text, (region,))
    wanted = e164.valid_with_plus(digits.digits)[1]
    return region if len(wanted.e164) == len(digits) and here.e164.equals(wanted.e164).all() else None


def region_of(phones: PhoneColumn, index: int) -> str:
    """Return the region of a number, or of its calling code if it is not valid; NO_COUNTRY for +800 and the like."""
    region = phones.regions[phones.region[index]] or e164.main_region(phones.e164[index])
    return region if region not in (None, INTERNATIONAL) else NO_COUNTRY


def _behind_plus(numbers: TextColumn) -> TextColumn:
    return TextColumn(numbers.data, np.minimum(numbers.starts + 1, numbers.ends), numbers.ends)
