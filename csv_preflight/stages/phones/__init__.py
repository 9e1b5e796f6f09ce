"""Phone cells -> E.164, or a finding."""

from csv_preflight.stages.phones.normalization import Normalized, normalize
from csv_preflight.stages.phones.odd import is_odd

__all__ = ["Normalized", "is_odd", "normalize"]
