"""Identifier cells -> clean names, or a finding; and garbled text in any column."""

from csv_preflight.stages.identifiers.column import check
from csv_preflight.stages.identifiers.other_columns import check_text

__all__ = ["check", "check_text"]
