"""What people write for a country, in any language -> ISO 3166.  Knows nothing of CSV or rules."""

from csv_preflight.countries.columns import (
    Context,
    context_of,
    find_region,
    listed_regions,
    possible_regions,
    resolve_column,
)
from csv_preflight.countries.headers import names_countries
from csv_preflight.countries.recognition import CountryColumn, holds_countries, recognize

__all__ = [
    "Context",
    "CountryColumn",
    "context_of",
    "find_region",
    "holds_countries",
    "listed_regions",
    "names_countries",
    "possible_regions",
    "recognize",
    "resolve_column",
]
