"""Header -> the role of each column, and its name in the clean file."""

from csv_preflight.stages.columns.countries import find_countries
from csv_preflight.stages.columns.exports import phones_in_order
from csv_preflight.stages.columns.headers import (
    Known,
    begins_with_header,
    line_of_header,
    other_tables,
    without_headers,
)
from csv_preflight.stages.columns.likely import (
    SAMPLE_ROWS,
    data_in_header,
    likely_phone_columns,
    looks_like_phone,
    named_like_area_code,
    named_like_phone,
    number_above_numbers,
    phone_columns,
    phone_shares,
    title_above,
)
from csv_preflight.stages.columns.matching import match_columns
from csv_preflight.stages.columns.names import clean_name, find_column
from csv_preflight.stages.columns.one_column import misread
from csv_preflight.stages.columns.opt_outs import likely_opt_outs
from csv_preflight.stages.columns.resolution import Resolved, resolve
from csv_preflight.stages.columns.restoring import restore

__all__ = [
    "SAMPLE_ROWS",
    "Known",
    "Resolved",
    "begins_with_header",
    "clean_name",
    "data_in_header",
    "find_column",
    "find_countries",
    "likely_opt_outs",
    "likely_phone_columns",
    "line_of_header",
    "looks_like_phone",
    "match_columns",
    "misread",
    "named_like_area_code",
    "named_like_phone",
    "number_above_numbers",
    "other_tables",
    "phone_columns",
    "phone_shares",
    "phones_in_order",
    "resolve",
    "restore",
    "title_above",
    "without_headers",
]
