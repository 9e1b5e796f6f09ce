"""Numbers in their national format: phonenumbers formats one of each kind, and the others take its shape."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import NamedTuple

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

from csv_preflight.e164.calling_codes import calling_code_of, calling_codes
from csv_preflight.model.distinct import distinct
from csv_preflight.model.text_column import TextColumn

_LENGTH_BITS = 6
_FILLING = "12345678901234567890"
_DIGITS = re.compile("[0-9]+")
# A format whose groups depend on their sizes alone, as all do in phonenumbers 9.0.
_SIZES_ONLY = re.compile(r"(?:\(?\\d(?:\{[0-9]+(?:,[0-9]+)?\})?\)?)+")


class _Shape(NamedTuple):
    """text: the format, with %s for each group of digits; groups: begin and end of each in the national number."""

    text: str
    groups: tuple[tuple[int, int], ...]

    def of(self, digits: str) -> str:
        return self.text % tuple(digits[begin:end] for begin, end in self.groups)


def national_form(e164: str) -> str:
    """Return a valid E.164 number in its national format.

    >>> national_form("+442079460123")
    '020 7946 0123'
    """
    code = calling_code_of(e164)
    digits = e164[1 + len(str(code)) :]
    shape = _shape(code, len(digits), digits[: _deciding(code)])
    return _formatted(code, digits) if shape is None else shape.of(digits)


def alike(numbers: TextColumn) -> NDArray[np.int64]:
    """Return a key for each valid E.164 number, the same for numbers with the same groups in their national format.

    >>> keys = alike(TextColumn.of(["+12025550143", "+12025550199", "+442079460123"])).tolist()
    >>> keys[0] == keys[1], keys[1] == keys[2]
    (True, False)
    """
    if not len(numbers):
        return np.zeros(0, np.int64)
    codes = calling_codes(numbers)
    decides = np.zeros(int(codes.max(initial=0)) + 1, np.int64)
    for code in np.flatnonzero(np.bincount(codes)).tolist():
        decides[code] = 1 + len(str(code)) + _deciding(code)
    first = TextColumn(numbers.data, numbers.starts, numbers.starts + np.minimum(decides[codes], numbers.lengths))
    return distinct(first)[1] << _LENGTH_BITS | numbers.lengths


@lru_cache(maxsize=1 << 16)
def _shape(code: int, size: int, first: str) -> _Shape | None:
    """Return the national format of numbers of this size and these first digits, None if it moves digits around."""
    digits = first + _FILLING[: size - len(first)]
    text = _formatted(code, digits)
    found = list(_DIGITS.finditer(text))
    written = "".join(group[0] for group in found)
    if not written.endswith(digits):
        return None
    before = len(written) - len(digits)  # the national prefix
    pieces, groups, at, seen = [], [], 0, 0
    for group in found:
        own = max(before - seen, 0)
        pieces.append(text[at : group.start() + min(own, len(group[0]))].replace("%", "%%"))
        if own < len(group[0]):
            pieces.append("%s")
            groups.append((seen + own - before, seen + len(group[0]) - before))
        at, seen = group.end(), seen + len(group[0])
    pieces.append(text[at:].replace("%", "%%"))
    return _Shape("".join(pieces), tuple(groups))


def _formatted(code: int, digits: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0"))
    number = PhoneNumber(code, int(digits), italian_leading_zero=zeros > 0, number_of_leading_zeros=zeros or None)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


@cache
def _deciding(code: int) -> int:
    """Return how many leading digits of a national number decide its format."""
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    formats = [] if metadata is None else metadata.number_format
    leading = [one.leading_digits_pattern[-1] for one in formats if one.leading_digits_pattern]
    try:
        parser = import_module("re._parser")
    except ImportError:  # the whole number decides it as well, only more slowly
        return len(_FILLING)
    if not all(_SIZES_ONLY.fullmatch(str(one.pattern)) for one in formats):
        return len(_FILLING)
    return max((parser.parse(pattern).getwidth()[1] for pattern in leading), default=0)
