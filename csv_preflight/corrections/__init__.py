"""Corrected rejects files: match them with the list, check them against it, and replace its rows."""

from csv_preflight.corrections.applying import corrected
from csv_preflight.corrections.checking import checked

__all__ = ["checked", "corrected"]
