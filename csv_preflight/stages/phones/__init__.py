"""Phone cells -> E.164, or a finding."""

from csv_preflight.stages.phones.column import is_odd
from csv_preflight.stages.phones.normalization import Normalized, normalize

__all__ = ["Normalized", "is_odd", "normalize"]
