"""A column of text -> E.164, outcome, line type, region: exactly what the installed phonenumbers says.

The only package that imports phonenumbers.  It knows nothing of CSV or of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from csv_preflight.e164 import single as _single
from csv_preflight.e164.single import PARSE_ERROR
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn

if TYPE_CHECKING:
    from csv_preflight.e164.metadata import Tables

# Shorter columns are not worth the engine's tables, nor the time to import it.
SMALL = 64

# Outcomes: ValidationResult as it is, and what parse raises from PARSE_ERROR on.
POSSIBLE = ValidationResult.IS_POSSIBLE
UNKNOWN_CALLING_CODE = ValidationResult.INVALID_COUNTRY_CODE
TOO_SHORT = ValidationResult.TOO_SHORT
TOO_LONG = ValidationResult.TOO_LONG
LOCAL_ONLY = ValidationResult.IS_POSSIBLE_LOCAL_ONLY
INVALID_LENGTH = ValidationResult.INVALID_LENGTH
NO_CALLING_CODE = PARSE_ERROR + NumberParseException.INVALID_COUNTRY_CODE
NOT_A_NUMBER = PARSE_ERROR + NumberParseException.NOT_A_NUMBER
TOO_SHORT_AFTER_IDD = PARSE_ERROR + NumberParseException.TOO_SHORT_AFTER_IDD
TOO_SHORT_NSN = PARSE_ERROR + NumberParseException.TOO_SHORT_NSN
PARSED_TOO_LONG = PARSE_ERROR + NumberParseException.TOO_LONG

LINE_TYPES: Mapping[int, str] = MappingProxyType(
    {
        PhoneNumberType.FIXED_LINE: "fixed-line",
        PhoneNumberType.MOBILE: "mobile",
        PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed-line-or-mobile",
        PhoneNumberType.TOLL_FREE: "toll-free",
        PhoneNumberType.PREMIUM_RATE: "premium-rate",
        PhoneNumberType.SHARED_COST: "shared-cost",
        PhoneNumberType.VOIP: "voip",
        PhoneNumberType.PERSONAL_NUMBER: "personal-number",
        PhoneNumberType.PAGER: "pager",
        PhoneNumberType.UAN: "uan",
        PhoneNumberType.VOICEMAIL: "voicemail",
        PhoneNumberType.UNKNOWN: "unknown",
    }
)
# Calling them costs the caller, or both sides, more than a usual call.
COSTLY_LINE_TYPES = ("premium-rate", "shared-cost")


def version() -> str:
    """Return the version of phonenumbers."""
    return str(phonenumbers.__version__)


def supported_regions() -> frozenset[str]:
    """Return the regions that may be given as default."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def calling_code_of(e164: str) -> int:
    """Return the calling code that an E.164 number begins with, 0 if there is none."""
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
    """Return the main region of a calling code; None if it is no country's."""
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, (None,))[0]
    return str(region) if region in phonenumbers.SUPPORTED_REGIONS else None


def main_region(e164: str) -> str:
    """Return the main region of an E.164 number's calling code, "" if there is none."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(calling_code_of(e164), ("",))
    return str(regions[0])


def national_form(e164: str) -> str:
    """Return a valid E.164 number as it is written in its own country.

    >>> national_form("+442079460123")
    '020 7946 0123'
    """
    number = phonenumbers.parse(e164)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def region_of_number(text: str, default: str | None = None) -> str:
    """Return the region of a valid number, "" if a text is none; default: the region for one without country code."""
    _, valid, _, _, region = _single.answer(text, default)
    return region or "" if valid else ""


def parse_column(
    cells: TextColumn, regions: Sequence[str | None] = (None,), which: NDArray[np.intp] | None = None
) -> PhoneColumn:
    """Return what phonenumbers says of every cell.

    regions: the default regions in use, None for none; which[i]: the index of row i's region, all rows' is the
    first where it is not given.
    """
    index = np.zeros(len(cells), np.intp) if which is None else which
    tables = shared_tables() if len(cells) >= SMALL else None
    if tables is None:
        return _single.parse_column(cells, regions, index)
    from csv_preflight.e164 import column

    return column.parse_column(tables, cells, regions, index)


@cache
def shared_tables() -> Tables | None:
    """Return the tables of the whole process, which only ever grow; None where the engine can not be used.

    Calls of ``parse_column`` from several threads have to take turns.
    """
    from csv_preflight.e164.metadata import Tables, can_be_followed

    return Tables() if can_be_followed() else None


def calling_code_sizes(digits: TextColumn) -> NDArray[np.int64]:
    """Return how many digits the calling code has that each cell begins with, 0 where there is none.

    digits: ASCII digits only, at least three in each cell.
    """
    first = np.zeros(len(digits), np.intp)
    for place in range(3):
        first = first * 10 + (digits.data[digits.starts + place] - np.uint8(ord("0")))
    return _code_sizes()[first]


@cache
def _code_sizes() -> NDArray[np.int64]:
    return np.array([len(str(calling_code_of(f"+{first:03}") or "")) for first in range(1000)], np.int64)


def valid_with_plus(digits: TextColumn) -> tuple[NDArray[np.intp], PhoneColumn]:
    """Return the rows whose digits are a valid number with + before them, and those numbers.

    digits: ASCII digits only.
    """
    from csv_preflight.e164.lengths import may_be_international

    rows = np.flatnonzero(may_be_international(digits))
    found = parse_column(digits.take(rows).preceded_by(b"+"))
    return rows[found.valid], found.take(found.valid)
