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

# Cells of the first batch that tell how a list is written, spread over it.
LOOKED_AT = 600
# Foreign numbers that have lost their plus signs are, except for a few, no numbers of the region at all.  So many that
# are, of as many countries, and none that is not: these are national numbers.  Of fewer countries, it takes more.
SEVERAL, MORE = 3, 5
# Of all cells in one form, at least this share has to be no other number.
ALONE = 1 / 6
# So many cells of one form that are national numbers and nothing else show as well how the list writes them.
PLENTY = 500
# One number in so many that is such only with a plus sign is a slip of somebody's finger.
SLIP = 1000
# So many cells that all are numbers with a plus sign are not so by chance.
MANY = 10
# Whose own code is the prefix for trunk calls, too: 1 202 555 0143 is as people there write it.
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
    """Return what a first batch tells.

    national: cells that are a number as they are; coded: those that have its country's code; others: those that are
    none.  unsigned: how many of all its numbers have no plus sign.  region[i]: index of row i's region.
    """
    looked = national.take(np.arange(0, len(national), max(1, -(-len(national) // LOOKED_AT))))
    places, found = e164.valid_with_plus(looked.digits)
    same = found.e164.equals(phones.e164.take(looked.rows[places]))
    both = Ambiguous(looked.take(places[~same]), found.take(~same))
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
    """Return the regions and forms in which cells that are two numbers are national ones."""
    own = begin_with_own_code(both.cells, phones)
    codes: dict[tuple[int, int], list[int]] = {}
    only = Counter(zip(region[alone.rows].tolist(), alone.forms().tolist(), strict=True))
    numbers = both.found.e164.tolist()
    keys = zip(region[both.cells.rows].tolist(), both.cells.forms().tolist(), strict=True)
    for key, number, is_own in zip(keys, numbers, own.tolist(), strict=True):
        if not is_own:
            codes.setdefault(key, []).append(e164.calling_code_of(number))
    forms = []
    behind = end_behind_code(np.array([form for _, form in only], np.int64)).tolist()
    for (key, count), behind_code in zip(only.items(), behind, strict=True):
        met = Counter(codes.get(key, []))
        # In some regions most numbers are others in one country, in none are they in many.
        commonest = max(met.values(), default=0)
        usual = met.total() - commonest <= count and count >= ALONE * (count + met.total())
        # A gap after what may be a calling code speaks for it.
        no_chance = met.total() >= (MANY if behind_code else MORE) or (len(met) >= SEVERAL and not behind_code)
        if count >= PLENTY or (no_chance and usual):
            forms.append((regions[key[0]] or "", key[1]))
    return forms
