"""Calling codes: those of numbers, and of regions."""

from __future__ import annotations

from functools import cache

import numpy as np
import phonenumbers
from numpy.typing import NDArray

from csv_preflight.model.text_column import Bytes, Positions, TextColumn

_LONGEST_CODE = 3


@cache
def _sizes() -> NDArray[np.int64]:
    """Return the length of the calling code at the start of each three-digit number, 0 where there is none."""
    sizes = np.zeros(1000, np.int64)
    for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        size = len(str(code))
        span = 10 ** (_LONGEST_CODE - size)
        sizes[code * span : (code + 1) * span] = size
    return sizes


def _first_digits(data: Bytes, starts: Positions) -> NDArray[np.int64]:
    """Return the first three digits of each cell as a number.  data: the digits that ``starts`` points into."""
    first = np.zeros(len(starts), np.int64)
    for index in range(_LONGEST_CODE):
        first = first * 10 + (data[starts + index] - np.uint8(ord("0")))
    return first


def calling_codes(numbers: TextColumn) -> NDArray[np.int64]:
    """Return the calling code of E.164 numbers, 0 where there is none.

    >>> calling_codes(TextColumn.of(["+12025550143", "+442079460123", ""])).tolist()
    [1, 44, 0]
    """
    filled = np.flatnonzero(numbers.lengths > _LONGEST_CODE)
    first = _first_digits(numbers.data, numbers.starts[filled] + 1)
    codes = np.zeros(len(numbers), np.int64)
    size = _sizes()[first]
    codes[filled] = np.where(size > 0, first // 10 ** (_LONGEST_CODE - size), 0)
    return codes


def split_calling_code(numbers: TextColumn) -> tuple[TextColumn, TextColumn]:
    """Return the calling code and the national number of E.164 numbers; both "" where there is none.

    >>> [part.tolist() for part in split_calling_code(TextColumn.of(["+12025550143", "+442079460123", ""]))]
    [['1', '44', ''], ['2025550143', '2079460123', '']]
    """
    filled = np.flatnonzero(numbers.lengths > _LONGEST_CODE)
    begin, cut = numbers.ends.copy(), numbers.ends.copy()
    begin[filled] = numbers.starts[filled] + 1
    cut[filled] = begin[filled] + _sizes()[_first_digits(numbers.data, begin[filled])]
    return TextColumn(numbers.data, begin, cut), TextColumn(numbers.data, cut, numbers.ends)


def calling_code_of(e164: str) -> int:
    """Return the calling code of an E.164 number, 0 if it has none."""
    for size in (1, 2, 3):
        code = e164[1 : 1 + size]
        if code.isdigit() and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return int(code)
    return 0


@cache
def calling_code_of_region(region: str) -> int:
    """Return the calling code of a supported region."""
    return int(phonenumbers.country_code_for_region(region))


def region_of_calling_code(code: int) -> str | None:
    """Return the main region of a calling code, None if the code belongs to no country."""
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, (None,))[0]
    return str(region) if region in phonenumbers.SUPPORTED_REGIONS else None


def main_region(e164: str) -> str | None:
    """Return the main region of an E.164 number's calling code, None if it has none."""
    regions: tuple[str, ...] = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(calling_code_of(e164), ())
    return next(iter(regions), None)


def calling_code_sizes(digits: TextColumn) -> NDArray[np.int64]:
    """Return the length of the calling code at the start of each cell, 0 where there is none.

    digits: ASCII digits only, at least three in each cell.
    """
    return _sizes()[_first_digits(digits.data, digits.starts)]
