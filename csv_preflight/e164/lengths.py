"""A quick test by calling code and length that rules out most digits that are no number with + before them."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from csv_preflight.model.text_column import TextColumn

_NON_GEOGRAPHIC = "001"
_COMMON, _ANYTHING, _NOTHING = re.compile(r"[-\s().\[\]/]"), re.compile(".*"), re.compile("(?!)")
# The longest calling code and the digit after it, which may be a national prefix.
_FIRST = 4
_LONGEST = 24
# How many digits libphonenumber may strip after a calling code: a national prefix, as in 49 0151 23456789, and by a
# region's own rule another one or a carrier code, as in 352 15004 27123456.  How many it may insert by a rule, such as
# an area code.
_PREFIX, _BY_RULE, _PUT_IN = 3, 6, 4


def may_be_international(digits: TextColumn) -> NDArray[np.bool_]:
    """Return whether each cell begins with a calling code and has a length that is in use under it.

    digits: ASCII digits only.
    """
    lengths = digits.lengths
    fits = (lengths >= _FIRST) & (lengths < _LONGEST)
    rows = None if fits.all() else np.flatnonzero(fits)
    starts, lengths = (digits.starts, lengths) if rows is None else (digits.starts[rows], lengths[rows])
    first = _first_four(digits.data, starts)
    allowed, made = _tables()
    for prefix in np.flatnonzero((np.bincount(first, minlength=len(made)) > 0) & ~made).tolist():
        allowed[prefix], made[prefix] = _lengths(prefix), True
    found = allowed.ravel().take(first * _LONGEST + lengths)
    if rows is None:
        return found
    result = np.zeros(len(digits), bool)
    result[rows] = found
    return result


def _first_four(data: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first four digits of cells as numbers, four bytes at a time."""
    if not len(starts):
        return np.zeros(0, np.int64)
    words = np.ndarray(len(data) - 3, "<u4", np.ascontiguousarray(data), strides=(1,))
    digits = words[starts] & 0x0F0F0F0F
    pairs = digits * 10 + (digits >> 8)
    return ((pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF)).astype(np.int64)


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return ``_lengths`` by prefix, and which prefixes are filled in."""
    return np.zeros((10**_FIRST, _LONGEST), bool), np.zeros(10**_FIRST, bool)


def _lengths(prefix: int) -> NDArray[np.bool_]:
    """Return for each count of digits whether a number that begins with these four may have it."""
    allowed = np.zeros(_LONGEST, bool)
    text = f"{prefix:0{_FIRST}}"
    for size in range(1, _FIRST):
        code = int(text[:size])
        if text[0] == "0" or code not in COUNTRY_CODE_TO_REGION_CODE:
            continue
        for region in COUNTRY_CODE_TO_REGION_CODE[code]:
            metadata = _metadata(region, code)
            if metadata is None or metadata.general_desc is None:
                continue
            rewritten = metadata.national_prefix_transform_rule is not None
            has_rule = rewritten or metadata.national_prefix_for_parsing != metadata.national_prefix
            is_prefixed = text[size] in ("0", (metadata.national_prefix or "")[:1])
            taken_out = _BY_RULE if has_rule else _PREFIX if is_prefixed else 0
            for length in metadata.general_desc.possible_length:
                shortest = size + length - (_PUT_IN if rewritten else 0)
                allowed[max(shortest, _FIRST) : size + length + taken_out + 1] = True
    return allowed


def _metadata(region: str, code: int) -> PhoneMetadata | None:
    if region == _NON_GEOGRAPHIC:
        return PhoneMetadata.metadata_for_nongeo_region(code)
    return PhoneMetadata.metadata_for_region(region)


def may_be_number_of(text: str, region: str) -> bool:
    """Return whether a text may be a valid number of a region when it is parsed there; a quick test, too.

    >>> may_be_number_of("(202) 555-0143", "US"), may_be_number_of("(202) 555-0143", "IS")
    (True, False)
    """
    digits = _COMMON.sub("", text)
    if not digits.isdecimal():
        return True
    code, general, abroad, prefix, is_rewritten = _national(region)
    if abroad.match(digits):
        return True
    for number in (digits, digits.removeprefix(code)):
        found = prefix.match(number)
        if general.fullmatch(number) or (found and (is_rewritten or general.fullmatch(number, found.end()))):
            return True
    return False


@cache
def _national(region: str) -> tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str], bool]:
    """Return a region's calling code, its numbers and prefixes (abroad, national), and whether it rewrites prefixes."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.general_desc is None:
        return "", _ANYTHING, _NOTHING, _NOTHING, False
    patterns = (
        metadata.general_desc.national_number_pattern,
        metadata.international_prefix,
        metadata.national_prefix_for_parsing,
    )
    general, abroad, prefix = (re.compile(pattern) if pattern else _NOTHING for pattern in patterns)
    return str(metadata.country_code), general, abroad, prefix, metadata.national_prefix_transform_rule is not None
