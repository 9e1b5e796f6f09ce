"""A column of text -> E.164, outcome, line type and region, exactly as the installed phonenumbers gives them.

The only package that imports phonenumbers.  It knows nothing of CSV or of rules.
"""

from csv_preflight.e164.calling_codes import (
    calling_code_of,
    calling_code_of_region,
    calling_code_sizes,
    calling_codes,
    main_region,
    region_of_calling_code,
)
from csv_preflight.e164.lengths import may_be_international, may_be_number_of
from csv_preflight.e164.national import alike, national_form
from csv_preflight.e164.outcomes import (
    COSTLY_LINE_TYPES,
    INVALID_LENGTH,
    LINE_TYPES,
    LOCAL_ONLY,
    NO_CALLING_CODE,
    NOT_A_NUMBER,
    PARSED_TOO_LONG,
    POSSIBLE,
    TOO_LONG,
    TOO_SHORT,
    TOO_SHORT_AFTER_IDD,
    TOO_SHORT_NSN,
    UNKNOWN_CALLING_CODE,
)
from csv_preflight.e164.parsing import (
    parse_column,
    region_of_number,
    shared_tables,
    supported_regions,
    valid_with_plus,
    version,
)

__all__ = [
    "COSTLY_LINE_TYPES",
    "INVALID_LENGTH",
    "LINE_TYPES",
    "LOCAL_ONLY",
    "NOT_A_NUMBER",
    "NO_CALLING_CODE",
    "PARSED_TOO_LONG",
    "POSSIBLE",
    "TOO_LONG",
    "TOO_SHORT",
    "TOO_SHORT_AFTER_IDD",
    "TOO_SHORT_NSN",
    "UNKNOWN_CALLING_CODE",
    "alike",
    "calling_code_of",
    "calling_code_of_region",
    "calling_code_sizes",
    "calling_codes",
    "main_region",
    "may_be_international",
    "may_be_number_of",
    "national_form",
    "parse_column",
    "region_of_calling_code",
    "region_of_number",
    "shared_tables",
    "supported_regions",
    "valid_with_plus",
    "version",
]
