"""Numbers that people type to get past a form: one repeated digit, or consecutive digits."""

from __future__ import annotations

import numpy as np

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.stages.phones.bare import Rows

# Shorter national numbers of this kind are in use.
_LEAST, _MOST = 7, 12


def _made_up() -> frozenset[str]:
    row = "0123456789" * 3
    turned = row[::-1]
    result = set()
    for size in range(_LEAST, _MOST + 1):
        result |= {digit * size for digit in "0123456789"}
        # 0123456789 without its 0, where that is the trunk prefix.
        result |= {row[begin : begin + size] for begin in (0, 1)} | {turned[begin : begin + size] for begin in (0, 1)}
    return frozenset(result)


_MADE_UP = _made_up()
# The last digits rule out nearly all numbers without a Python object for each.
_TAIL = 100_000
_TAILS = np.zeros(_TAIL, bool)
_TAILS[[int(digits) % _TAIL for digits in _MADE_UP]] = True


def placeholders(phones: PhoneColumn, rows: Rows) -> Rows:
    """Return the rows whose national number is made up, such as 9999999999, 1234567890 or 9876543210."""
    likely = rows[_TAILS[phones.number[rows] % _TAIL]]
    numbers = phones.e164.take(likely).tolist()
    made_up = [number[1 + len(str(e164.calling_code_of(number))) :] in _MADE_UP for number in numbers]
    chosen: Rows = likely[np.array(made_up, bool)]
    return chosen
