"""Look at a list before doing anything to it."""

from csv_preflight.inspection.guesses import Certainty, ColumnGuess, PhoneGuess
from csv_preflight.inspection.inspecting import Inspection, inspect_file
from csv_preflight.inspection.regions import RegionGuess

__all__ = ["Certainty", "ColumnGuess", "Inspection", "PhoneGuess", "RegionGuess", "inspect_file"]
