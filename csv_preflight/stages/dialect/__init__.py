"""Delimiter, quoting, lines above the header and delimiters after the last field."""

from csv_preflight.stages.dialect.detection import Detected, detect
from csv_preflight.stages.dialect.quoting import is_padded, rfc4180

__all__ = ["Detected", "detect", "is_padded", "rfc4180"]
