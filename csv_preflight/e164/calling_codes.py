"""E.164 numbers in two parts: the calling code, and the national number."""

from __future__ import annotations

from functools import cache

import numpy as np
import phonenumbers
from numpy.typing import NDArray

from csv_preflight.model.text_column import TextColumn

_LONGEST_CODE = 3


@cache
def _sizes() -> NDArray[np.int64]:
    """Return how many digits the calling code has that begins with each number of three digits."""
    sizes = np.full(1000, _LONGEST_CODE, np.int64)
    for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        size = len(str(code))
        span = 10 ** (_LONGEST_CODE - size)
        sizes[code * span : (code + 1) * span] = size
    return sizes


def split_calling_code(numbers: TextColumn) -> tuple[TextColumn, TextColumn]:
    """Return the calling code and the national number of E.164 numbers; both "" where there is none.

    >>> [part.tolist() for part in split_calling_code(TextColumn.of(["+12025550143", "+442079460123", ""]))]
    [['1', '44', ''], ['2025550143', '2079460123', '']]
    """
    filled = numbers.lengths > _LONGEST_CODE
    padded = np.append(numbers.data, np.zeros(_LONGEST_CODE + 1, np.uint8))
    digits = [padded[numbers.starts + place].astype(np.int64) - ord("0") for place in (1, 2, 3)]
    first = np.where(filled, digits[0] * 100 + digits[1] * 10 + digits[2], 0)
    begin = np.where(filled, numbers.starts + 1, numbers.ends)
    cut = np.where(filled, begin + _sizes()[first], numbers.ends)
    return TextColumn(numbers.data, begin, cut), TextColumn(numbers.data, cut, numbers.ends)
