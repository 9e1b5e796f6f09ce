"""Destinations: profiles as data, and their meaning for a list."""

from csv_preflight.destinations.header import (
    HeaderLimit,
    exceeded_limits,
    folded,
    longest_cell,
    missing,
    only_numbers,
    refused,
    required_columns,
)
from csv_preflight.destinations.names import sendable_name
from csv_preflight.destinations.reading import built_in_profiles, find_profile, read_profiles

__all__ = [
    "HeaderLimit",
    "built_in_profiles",
    "exceeded_limits",
    "find_profile",
    "folded",
    "longest_cell",
    "missing",
    "only_numbers",
    "read_profiles",
    "refused",
    "required_columns",
    "sendable_name",
]
