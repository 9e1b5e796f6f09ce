"""E.164 numbers -> time zones by the data of phonenumbers, exactly as its ``time_zones_for_number`` gives them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from phonenumbers import PhoneNumberType
from phonenumbers.phonenumberutil import is_number_type_geographical
from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

from csv_preflight.e164.calling_codes import split_calling_code
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.distinct import ascending
from csv_preflight.model.text_column import TextColumn


@cache
def _zones() -> tuple[tuple[str, ...], tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]]:
    """Return the possible cells, "" first, and by length of prefix from 1 the prefixes and their cells' indices."""
    cells: dict[str, int] = {"": 0}
    by_size: list[list[tuple[int, int]]] = [[] for _ in range(TIMEZONE_LONGEST_PREFIX)]
    for prefix, zones in TIMEZONE_DATA.items():
        by_size[len(prefix) - 1].append((int(prefix), cells.setdefault("&".join(zones), len(cells))))
    tables = []
    for pairs in by_size:
        table = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        tables.append((table[:, 0].copy(), table[:, 1].copy()))
    return tuple(cells), tuple(tables)


def time_zones(phones: PhoneColumn) -> TextColumn:
    """Return the time zone of each number; several are joined by &, none is ""."""
    cells, tables = _zones()
    codes, _ = split_calling_code(phones.e164)
    geographical = _geographical(phones, codes)
    # For a number that is not geographical, only the calling code counts.
    lengths = np.where(geographical, phones.e164.lengths - 1, codes.lengths)
    padded = np.append(phones.e164.data, np.zeros(TIMEZONE_LONGEST_PREFIX + 1, np.uint8))
    result = np.zeros(len(phones.e164), np.int64)
    prefix = np.zeros(len(phones.e164), np.int64)
    known = phones.valid & (phones.e164.lengths > 0)
    for index, (prefixes, which) in enumerate(tables):
        prefix = prefix * 10 + padded[np.minimum(phones.e164.starts + 1 + index, len(padded) - 1)] - ord("0")
        if not len(prefixes):
            continue
        at = np.minimum(np.searchsorted(prefixes, prefix), len(prefixes) - 1)
        found = known & (lengths > index) & (prefixes[at] == prefix)
        result[found] = which[at[found]]  # a longer prefix replaces a shorter one
    return TextColumn.repeating(cells, result)


def _geographical(phones: PhoneColumn, codes: TextColumn) -> NDArray[np.bool_]:
    """Whether each number is geographical: its digits say where it is."""
    result = np.zeros(len(codes), bool)
    for line_type in ascending(phones.line_type).tolist():
        rows = np.flatnonzero(phones.line_type == line_type)
        if line_type in (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
            result[rows] = True
        elif line_type == PhoneNumberType.MOBILE:
            result[rows] = np.array(_with_place(codes.take(rows).tolist()), bool)
    return result


def _with_place(codes: Sequence[str]) -> list[bool]:
    known = {code: bool(code) and _mobiles_have_a_place(int(code)) for code in {*codes}}
    return [known[code] for code in codes]


def _mobiles_have_a_place(code: int) -> bool:
    return bool(is_number_type_geographical(PhoneNumberType.MOBILE, code))
