"""What a list is, before anything is done to it."""

from csv_preflight.inspection.inspecting import Inspection, inspect_file

__all__ = ["Inspection", "inspect_file"]
