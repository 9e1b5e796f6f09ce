"""Digits without a plus sign: do they begin with a country code?  One cell can not always tell, its list often can.

4915123456789 is a German mobile that has lost its plus sign; to libphonenumber, with region DE, it is a fixed line in
Leer.  442079460123 is one of Britain, and with region DE one of Germany, too.  Nobody is called by such an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]

# So many cells that all are numbers with a plus sign are not so by chance.
MANY = 10
# Fewer may be numbers of other countries by chance: then the region that is given stands.
SEVERAL = 3
# Cells that are looked at first: they tell most lists.
FEW = 20

# Of services such as +800, to libphonenumber; and what a person is told of them.
INTERNATIONAL, NO_COUNTRY = "001", "no country"

_NO_PUNCTUATION = str.maketrans("", "", " ()-./")


def settle(cells: TextColumn, phones: PhoneColumn, *, plus: bool) -> tuple[PhoneColumn, dict[int, str]]:
    """Decide on digits that are one number as they stand, and another one with a plus sign.

    phones: what the cells are as they stand.  plus: whether the destination wants plus signs; where it does not,
    what is a number only with one is taken so, since a list that was made for it has none.  Returned with the
    numbers are the rows that stay unclear, with the region that each is of with a plus sign.
    """
    behind_plus = TextColumn(phones.e164.data, np.minimum(phones.e164.starts + 1, phones.e164.ends), phones.e164.ends)
    with_code = phones.valid & behind_plus.equals(cells)
    rows = _digits_only(cells, np.flatnonzero(~with_code))
    here, elsewhere = rows[phones.valid[rows]], rows[~phones.valid[rows]]
    only_with_plus = False
    if not plus:
        found = _with_plus(cells, elsewhere)
        phones = phones.replaced(elsewhere[found.valid], found.take(found.valid))
        only_with_plus = bool(found.valid.any())
    # Numbers only as they stand: the list leaves out the plus sign and, where there is one, the prefix for trunk calls.
    only_here = not _with_plus(cells, here[:FEW]).valid.all()
    if only_here and not only_with_plus:
        here = _begin_with_own_code(cells, behind_plus, here)
    found = _with_plus(cells, here)
    differs = ~found.e164.equals(phones.e164.take(here))
    here, found = here[differs], found.take(differs)
    either = found.valid
    only_here = only_here or not either.all()
    if not plus and not only_here and (only_with_plus or with_code.any() or len(here) >= MANY):
        return phones.replaced(here, found), {}
    unclear = _have_one_code(phones, here, found, either)
    if not plus and (only_with_plus or not only_here):
        unclear = either
    elif not only_here and len(here) >= SEVERAL:
        unclear |= either & ~_as_written_there(cells, phones, here, either)
    return phones, _regions(here, found, unclear)


def without_plus(cells: TextColumn, rejected: Rows) -> dict[int, str]:
    """Return those of the rejected rows that seem to have lost a plus sign, by the region they would be of with it.

    None, where that is true of less than half of the rows that are only digits: by chance it is of some.
    """
    bare = [
        (row, digits)
        for row, text in zip(rejected.tolist(), cells.take(rejected).tolist(), strict=True)
        if (digits := text.translate(_NO_PUNCTUATION)).isdecimal() and digits[0] != "0"
    ]
    found = e164.parse_column(TextColumn.of(["+" + digits for _, digits in bare]))
    if np.count_nonzero(found.valid) * 2 <= len(bare):
        return {}
    return _regions(np.array([row for row, _ in bare], np.intp), found, found.valid)


def common_region(cells: TextColumn, lost: Mapping[int, str]) -> str | None:
    """Return the region that makes numbers of all that ``without_plus`` gives, the same ones as a plus sign makes."""
    if len(set(lost.values())) != 1:
        return None
    region = next(iter(lost.values()))
    if region == NO_COUNTRY:
        return None
    chosen = cells.take(np.array([*lost], np.intp))
    here, unclear = settle(chosen, e164.parse_column(chosen, (region,)), plus=True)
    wanted = TextColumn.of(["+" + text.translate(_NO_PUNCTUATION) for text in chosen.tolist()])
    return region if not unclear and here.e164.equals(wanted).all() else None


def _digits_only(cells: TextColumn, rows: Rows) -> Rows:
    """Return those of the rows whose cells are nothing but digits, the first no 0."""
    first = np.append(cells.data, np.uint8(0))[cells.starts[rows]] - np.uint8(ord("1"))
    begun: Rows = rows[(first < 9) & (cells.lengths[rows] > 0)]
    packed = cells.take(begun).packed()
    others = np.append(0, np.cumsum(packed.data - np.uint8(ord("0")) > 9))
    digits: Rows = begun[others[packed.ends] == others[packed.starts]]
    return digits


def _begin_with_own_code(cells: TextColumn, behind_plus: TextColumn, rows: Rows) -> Rows:
    """Return those of the rows whose cells begin with the first digits of their numbers' calling code."""
    ours, theirs = cells.starts[rows], behind_plus.starts[rows]
    first = behind_plus.data[theirs]
    short_code = (first == ord("1")) | (first == ord("7"))
    second = short_code | (cells.data[ours + 1] == behind_plus.data[theirs + 1])
    chosen: Rows = rows[(cells.data[ours] == first) & second]
    return chosen


def _as_written_there(
    cells: TextColumn, phones: PhoneColumn, rows: Rows, chosen: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether each chosen cell has the digits that are written in its number's country: all that a caller dials."""
    known: dict[int, bool] = {}
    result = np.zeros(len(rows), bool)
    for place in np.flatnonzero(chosen).tolist():
        region = int(phones.region[rows[place]])
        if region not in known:
            written = e164.national_form(phones.e164[rows[place]])
            known[region] = "".join(filter(str.isdigit, written)) == cells[rows[place]]
        result[place] = known[region]
    return result


def _have_one_code(phones: PhoneColumn, rows: Rows, found: PhoneColumn, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each chosen number has the calling code of the one that was found with a plus sign."""
    result = np.zeros(len(rows), bool)
    for place in np.flatnonzero(chosen).tolist():
        code = e164.calling_code_of(found.e164[place])
        result[place] = e164.calling_code_of(phones.e164[rows[place]]) == code
    return result


def region_of(phones: PhoneColumn, place: int) -> str:
    """Return the region of a number in words: that of international services is no country."""
    region = phones.regions[phones.region[place]] if phones.region[place] >= 0 else INTERNATIONAL
    return NO_COUNTRY if region == INTERNATIONAL else region


def _with_plus(cells: TextColumn, rows: Rows) -> PhoneColumn:
    return e164.parse_column(TextColumn.of(["+" + text for text in cells.take(rows).tolist()]))


def _regions(rows: Rows, found: PhoneColumn, chosen: NDArray[np.bool_]) -> dict[int, str]:
    """Return the region of each chosen number by its row."""
    return {int(rows[place]): region_of(found, place) for place in np.flatnonzero(chosen).tolist()}
