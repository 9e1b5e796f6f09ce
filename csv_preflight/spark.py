"""Clean a Spark DataFrame; needs the extra ``spark``."""

from csv_preflight.engines.spark import Cleaned, clean

__all__ = ["Cleaned", "clean"]
