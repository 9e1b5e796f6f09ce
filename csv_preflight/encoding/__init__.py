"""Bytes -> their encoding.  Knows nothing of CSV, of rules and findings, or of settings."""

from csv_preflight.encoding.decoding import Decoding, Undecodable
from csv_preflight.encoding.detection import detect
from csv_preflight.encoding.evidence import Evidence
from csv_preflight.encoding.joins import Join, Joins
from csv_preflight.encoding.result import Detected, LineReading, Unclear
from csv_preflight.encoding.unicode import bom_encoding, wide_encoding

__all__ = [
    "Decoding",
    "Detected",
    "Evidence",
    "Join",
    "Joins",
    "LineReading",
    "Unclear",
    "Undecodable",
    "bom_encoding",
    "detect",
    "wide_encoding",
]
