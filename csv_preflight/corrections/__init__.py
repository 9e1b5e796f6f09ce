"""Corrected rejects files: matched with the list, checked against it, and put in the place of its rows."""

from csv_preflight.corrections.applying import corrected
from csv_preflight.corrections.checking import checked

__all__ = ["checked", "corrected"]
