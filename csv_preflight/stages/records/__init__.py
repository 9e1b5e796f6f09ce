"""Text -> batches of records with their physical lines."""

from csv_preflight.stages.records.exact import Limits
from csv_preflight.stages.records.reader import Records, read
from csv_preflight.stages.records.scan import ENDINGS

__all__ = ["ENDINGS", "Limits", "Records", "read"]
