"""Phone cells -> E.164, or a finding."""

from csv_preflight.stages.phones.normalization import Normalized, is_odd, normalize

__all__ = ["Normalized", "is_odd", "normalize"]
