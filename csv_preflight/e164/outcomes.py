"""The outcomes and line types of phonenumbers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from csv_preflight.e164.single import PARSE_ERROR

# Outcomes: a ValidationResult, or PARSE_ERROR plus the error type that parse raises.
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
# Line types that cost the caller, or both sides, more than an ordinary call.
COSTLY_LINE_TYPES = ("premium-rate", "shared-cost")
