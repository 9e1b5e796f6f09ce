"""A column of text -> E.164, outcome, line type, region: exactly what the installed phonenumbers says.

The only package that imports phonenumbers.  It knows nothing of CSV or of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

from csv_preflight.model import PhoneColumn
from csv_preflight.text import TextColumn

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# Outcomes: ValidationResult as it is, and what parse raises from PARSE_ERROR on.
PARSE_ERROR = 10
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


def main_region(e164: str) -> str:
    """Return the main region of an E.164 number's calling code, "" if there is none."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(calling_code_of(e164), ("",))
    return str(regions[0])


def parse_column(
    cells: TextColumn, regions: Sequence[str | None] = (None,), which: NDArray[np.intp] | None = None
) -> PhoneColumn:
    """Return what phonenumbers says of every cell.

    regions: the default regions in use, None for none; which[i]: the index of row i's region, all rows' is the
    first where it is not given.
    """
    getattr(phonenumbers, "enable_pattern_cache", lambda: None)()
    texts = cells.tolist()
    chosen = which.tolist() if which is not None else [0] * len(texts)
    answers = [_answer(text, regions[index]) for text, index in zip(texts, chosen, strict=True)]
    places: dict[str, int] = {}
    columns = list(zip(*answers, strict=True)) or [()] * 5
    e164 = list(columns[2])
    return PhoneColumn(
        outcome=np.array(columns[0], np.int8),
        valid=np.array(columns[1], bool),
        number=np.array([int(text[1:]) if 1 < len(text) <= 19 else 0 for text in e164], np.int64),
        e164=TextColumn.of(e164),
        line_type=np.array(columns[3], np.int8),
        region=np.array([places.setdefault(r, len(places)) if r else -1 for r in columns[4]], np.int16),
        regions=tuple(places),
    )


@lru_cache(maxsize=1 << 16)
def _answer(text: str, region: str | None) -> tuple[int, bool, str, int, str | None]:
    try:
        number: PhoneNumber = phonenumbers.parse(text, region)
    except NumberParseException as error:
        return PARSE_ERROR + error.error_type, False, "", PhoneNumberType.UNKNOWN, None
    return (
        phonenumbers.is_possible_number_with_reason(number),
        phonenumbers.is_valid_number(number),
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.number_type(number),
        phonenumbers.region_code_for_number(number),
    )
