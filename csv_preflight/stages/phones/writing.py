"""How a list writes its numbers, by its first batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.writing import Writing
from csv_preflight.stages.phones.ambiguous import Ambiguous, begin_with_own_code
from csv_preflight.stages.phones.bare import Bare, Rows, end_behind_code

# How many cells of the first batch are looked at, spread over it.
LOOKED_AT = 600
# A foreign number that has lost its plus sign is rarely a number of the region, too.  Cells of one form that are both
# are national numbers if they would be of this many countries, or if there are MORE of them.
SEVERAL, MORE = 3, 5
# The least share of the cells in one form that must not be another number with a plus sign.
ALONE = 1 / 6
# This many cells of one form that can only be national numbers are enough evidence, too.
PLENTY = 500
# One number in this many that needs a plus sign is taken for a typing error.
SLIP = 1000
# This many cells that are all numbers with a plus sign are no coincidence.
MANY = 10
# In North America the calling code is also the trunk prefix: 1 202 555 0143 is a usual form.
_PREFIX_IS_CODE = ord("1")


def writing_of(
    national: Bare,
    coded: Bare,
    others: Bare,
    unsigned: int,
    phones: PhoneColumn,
    regions: Sequence[str | None],
    region: Rows,
) -> Writing:
    """Return how a list writes its numbers.

    national: cells that are a number as written; coded: those that include its calling code; others: those that are no
    number.  unsigned: how many numbers of the batch have no plus sign.  region[i]: index of row i's region.
    """
    looked = national.take(np.arange(0, len(national), max(1, -(-len(national) // LOOKED_AT))))
    places, numbers = e164.valid_with_plus(looked.digits)
    same = numbers.e164.equals(phones.e164.take(looked.rows[places]))
    both = Ambiguous(looked.take(places[~same]), numbers.take(~same))
    alone = phones.valid[looked.rows]
    alone[places] = False
    first = coded.digits.data[coded.digits.starts]
    lost = np.count_nonzero(first != _PREFIX_IS_CODE) + np.count_nonzero(same)
    lost += len(e164.valid_with_plus(others.digits)[0])
    if lost * SLIP > unsigned:
        return Writing(lost=True, coded=not alone.any())
    if not alone.any():
        many = len(both.cells) >= MANY or len(coded) > 0
        return Writing(lost=many, coded=many)
    return Writing(national=frozenset(_national_forms(looked.take(alone), both, phones, regions, region)))


def _national_forms(
    alone: Bare, both: Ambiguous, phones: PhoneColumn, regions: Sequence[str | None], region: Rows
) -> list[tuple[str, int]]:
    """Return the regions and forms in which ambiguous cells are national numbers."""
    own = begin_with_own_code(both.cells, phones)
    codes: dict[tuple[int, int], list[int]] = {}
    only = Counter(zip(region[alone.rows].tolist(), alone.forms().tolist(), strict=True))
    numbers = both.with_plus.e164.tolist()
    keys = zip(region[both.cells.rows].tolist(), both.cells.forms().tolist(), strict=True)
    for key, number, is_own in zip(keys, numbers, own.tolist(), strict=True):
        if not is_own:
            codes.setdefault(key, []).append(e164.calling_code_of(number))
    forms = []
    behind = end_behind_code(np.array([form for _, form in only], np.int64)).tolist()
    for (key, count), behind_code in zip(only.items(), behind, strict=True):
        met = Counter(codes.get(key, []))
        # In some regions most numbers are also numbers of one other country, but never of many.
        commonest = max(met.values(), default=0)
        usual = met.total() - commonest <= count and count >= ALONE * (count + met.total())
        # A gap after a possible calling code suggests that it is one.
        no_chance = met.total() >= (MANY if behind_code else MORE) or (len(met) >= SEVERAL and not behind_code)
        if count >= PLENTY or (no_chance and usual):
            forms.append((regions[key[0]] or "", key[1]))
    return forms
